"""More files that hold a name: places and writings of which a hunt over 209 of them found that they hid it."""

from __future__ import annotations

import base64
import io
import json
import struct
import zlib
from collections.abc import Callable, Iterable

import pikepdf
from PIL import Image
from withheld_files import FILLER, picture, zipped


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png(kind: bytes, body: Callable[[str], bytes]) -> Callable[[str], bytes]:
    """A PNG with a chunk of a kind behind its head."""
    plain = picture("PNG", "")
    return lambda name: plain[:33] + _chunk(kind, body(name)) + plain[33:]


def _packed(name: str) -> bytes:
    return zlib.compress(name.encode())


def _mail(name: str) -> bytes:
    """A subject whose encoded words begin and end in the midst of a word."""
    parts = (base64.b64encode(name[i : i + 4].encode()) for i in range(0, len(name), 4))
    return b"Subject: " + b"\n ".join(b"=?utf-8?B?" + part + b"?=" for part in parts) + b"\n\nx"


def _shown(
    pdf: pikepdf.Pdf, name: str, numbers: Iterable[int] = range(1, 99)
) -> tuple[bytes, pikepdf.Dictionary]:
    """What shows a name in a font whose codes say nothing without its table, and the font."""
    codes = dict(zip(dict.fromkeys(name), numbers, strict=False))
    lines = "\n".join(f"<{code:04X}> <{ord(letter):04X}>" for letter, code in codes.items())
    table = f"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange {len(codes)} beginbfchar\n{lines}\nendbfchar endcmap"
    kinds = {"Type": pikepdf.Name.Font, "BaseFont": pikepdf.Name("/Own")}
    inner = {**kinds, "Subtype": pikepdf.Name.CIDFontType2}
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            **kinds,
            Subtype=pikepdf.Name.Type0,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(pikepdf.Dictionary(**inner))],
            ToUnicode=pdf.make_indirect(pikepdf.Stream(pdf, table.encode())),
        )
    )
    digits = "".join(f"{codes[letter]:04X}" for letter in name)
    fonts = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    return f"BT /F1 20 Tf <{digits}> Tj ET".encode(), fonts


def _form(name: str) -> bytes:
    """A PDF with a form that no page shows."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    stream, fonts = _shown(pdf, name)
    form = pikepdf.Stream(pdf, stream)
    form.stream_dict.Resources = fonts
    pdf.Root.Hidden = pdf.make_indirect(form)
    return _saved(pdf)


def _escaped(name: str) -> bytes:
    """The same, its codes as letters behind backslashes, which mean nothing in a PDF."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    stream, fonts = _shown(pdf, name, b"avcdeghijklmopqsuwyzAVCDEGHIJKLMOPQSUWYZ")
    head, digits = stream.split(b" <")
    codes = bytes.fromhex(digits.partition(b">")[0].decode())[1::2]
    text = b"".join(b"\\0\\%c" % code for code in codes)
    form = pikepdf.Stream(pdf, head + b" (" + text + b") Tj ET")
    form.stream_dict.Resources = fonts
    pdf.Root.Hidden = pdf.make_indirect(form)
    return _saved(pdf)


def _letters(name: str) -> bytes:
    """A page whose letters are shown one by one, in a font without shapes."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    stream, page.obj.Resources = _shown(pdf, name)
    head, digits = stream.split(b" <")
    digits = digits.partition(b">")[0]
    parts = (digits[i : i + 4] for i in range(0, len(digits), 4))
    shown = b" ".join(b"1 0 0 1 9 9 Tm <%s> Tj" % part for part in parts)
    page.obj.Contents = pikepdf.Stream(pdf, head + b" " + shown + b" ET")
    return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def _rich(name: str) -> bytes:
    shown = (f"{{\\b {c if c.isascii() else f'{chr(92)}u{ord(c)}?'}}}" for c in name)
    return f"{{\\rtf1 {''.join(shown)}}}".encode()


def _text(change: Callable[[str], str]) -> tuple[str, Callable[[str], bytes]]:
    return "a.txt", lambda name: f"{FILLER}{change(name)} {FILLER}".encode()


def _split_part(name: str) -> bytes:
    return zipped({"word/embeddings/a.bin": b"\0\1\2" * 20 + name.encode("utf-16-le") + b"\0\0"})


def _gif(name: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "GIF", comment=name.encode())
    return out.getvalue()


def _attached(name: str) -> bytes:
    """A PDF in a PDF, which says the name in a packed object alone."""
    inner, outer = pikepdf.new(), pikepdf.new()
    inner.add_blank_page()
    outer.add_blank_page()
    inner.Root["/Told"] = pikepdf.String(name)
    packed = io.BytesIO()
    inner.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    outer.attachments["inner.pdf"] = packed.getvalue()
    return _saved(outer)


def _script(name: str) -> bytes:
    """A PDF with a script that writes the name in codes of letters."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    codes = "".join(f"\\u{ord(char):04x}" for char in name)
    pdf.Root["/OpenAction"] = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pdf.make_stream(f'say("{codes}")'.encode())
    )
    return _saved(pdf)


def _metadata(name: str) -> bytes:
    """A PDF with metadata of another kind, which a program that writes them anew leaves out."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    body = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><own by="{name}"/></x:xmpmeta>'
    pdf.Root["/Metadata"] = pdf.make_stream(
        body.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
    )
    out = io.BytesIO()
    pdf.save(out, fix_metadata_version=False)
    return out.getvalue()


def _packed_object(name: str) -> bytes:
    """A PDF with an object among packed ones that its table of objects does not know."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    stream = pdf.make_stream(b"1 0 " + pikepdf.String(name).unparse())
    stream["/Type"], stream["/N"], stream["/First"] = pikepdf.Name.ObjStm, 1, 4
    pdf.Root["/Told"] = stream
    return _saved(pdf)


HIDDEN: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "pdf form that nothing shows": ("a.pdf", _form),
    "pdf packed object that nothing knows": ("a.pdf", _packed_object),
    "pdf script in codes": ("a.pdf", _script),
    "pdf metadata of another kind": ("a.pdf", _metadata),
    "base64 above a word": (
        "a.md",
        lambda name: base64.b64encode(name.encode()).rstrip(b"=") + b"\nEnd of it.\n",
    ),
    "letters' codes in a list": ("a.json", lambda name: json.dumps(list(map(ord, name))).encode()),
    "name behind entities far from others": (
        "a.md",
        lambda name: "\n".join(
            ["A line."] * 40 + ["".join(f"&#{ord(char)};" for char in name)] + ["A line."] * 40
        ).encode(),
    ),
    "runs that go on in one another": (
        "a.xml",
        lambda name: (
            f"<p><t>Told by</t><t>{'</t><t>'.join(name.split())}</t><t>once</t></p>".encode()
        ),
    ),
    "pdf letters one by one": ("a.pdf", _letters),
    "pdf form of odd escapes": ("a.pdf", _escaped),
    "pdf in a pdf": ("a.pdf", _attached),
    "png of another chunk, packed": ("a.png", _png(b"prVt", _packed)),
    "png with a broken profile": (
        "a.png",
        _png(b"zTXt", lambda name: b"Raw profile type exif\0\0" + _packed(name)),
    ),
    "zip behind a png": (
        "a.png",
        lambda name: picture("PNG", "") + zipped({"a.txt": name.encode()}),
    ),
    "packed without saying so": ("a.bin", lambda name: b"\0\1" + zlib.compress(name.encode() * 9)),
    "gif comment": ("a.gif", _gif),
    "docx part of wide letters": ("a.docx", _split_part),
    "mail with words cut": ("a.eml", _mail),
    "mail with the name of a file cut": (
        "a.eml",
        lambda name: (
            f"Content: x; filename*0*=utf-8''{name[:4]};\n filename*1*={name[4:]}".encode()
        ),
    ),
    "rtf letters": ("a.rtf", _rich),
    "comment behind the last element": (
        "a.html",
        lambda name: f"<p>x</p><!-- {name} -->".encode(),
    ),
    "html from behind": ("a.html", lambda name: f"<bdo dir='rtl'>{name[::-1]}</bdo>".encode()),
    "UTF-7": _text(lambda name: name.encode("utf-7").decode()),
    "figures for letters": _text(
        lambda name: (
            name.translate(str.maketrans("oieaOIEA", "01340134")) if name.isascii() else name
        )
    ),
    "base64 in fours": _text(
        lambda name: " ".join(
            base64.b64encode(name.encode()).decode()[i : i + 4] for i in range(0, 200, 4)
        )
    ),
    "bits": _text(lambda name: " ".join(f"{byte:08b}" for byte in name.encode())),
}
NUMBERS = {
    "+7 705 318 44 09": ("٧٠٥ ٣١٨ ٤٤ ٠٩", "७०५३१८४४०९", "7\ufe0f\u20e3053184409"),
    "case 7140-23-1a/88": ("7140-23-1а/88", "7140 – 23 – 1A / 88"),
}
