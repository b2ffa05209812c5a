"""Files that hold a name in every place and in every writing that is known to hide one."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import quopri
import unicodedata
import zipfile
from collections.abc import Callable
from email.header import Header
from urllib.parse import quote

import docx
import openpyxl
import pikepdf
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.comments import Comment
from PIL import Image
from PIL.PngImagePlugin import PngInfo

FILLER = "The court heard the case in the spring. "
_ALIKE = str.maketrans("aeopcxAEOPCTHKMB", "аеорсхАЕОРСТНКМВ")
_BACK = str.maketrans("аеорсхАЕОРСТНКМВ", "aeopcxAEOPCTHKMB")


def _word(change: Callable[[Document, str], None]) -> Callable[[str], bytes]:
    def make(name: str) -> bytes:
        document = docx.Document()
        document.add_paragraph(FILLER)
        change(document, name)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return make


def _split(document: Document, name: str) -> None:
    paragraph = document.add_paragraph(FILLER)
    for letter in name:
        paragraph.add_run(letter).bold = letter in "aeiouаеиоу"


def _xml(text: str) -> Callable[[Document, str], None]:
    def change(document: Document, name: str) -> None:
        inner = text.replace("NAME", html.escape(name))
        document.add_paragraph(FILLER)._p.append(parse_xml(inner.replace("NS", nsdecls("w"), 1)))

    return change


def _property(document: Document, name: str) -> None:
    document.core_properties.last_modified_by = name


def _note(document: Document, name: str) -> None:
    run = document.add_paragraph(FILLER).add_run("here")
    document.add_comment(run, name, author="Editor", initials="E")


def _link(document: Document, name: str) -> None:
    document.part.relate_to(
        f"https://example.org/{quote(name)}",
        f"{RELATIONSHIP_TYPE.HYPERLINK}",
        True,
    )


def _alt(document: Document, name: str) -> None:
    document.add_picture(io.BytesIO(picture("PNG", "")))
    document.inline_shapes[0]._inline.docPr.set("descr", name)


def _embedded(document: Document, name: str) -> None:
    document.add_picture(io.BytesIO(picture("PNG", name)))


def picture(kind: str, name: str) -> bytes:
    image, out = Image.new("RGB", (8, 8)), io.BytesIO()
    if kind == "PNG":
        info = PngInfo()
        info.add_itxt("Author", name, zip=True)
        image.save(out, kind, pnginfo=info)
    else:
        exif = image.getexif()
        exif[0x9C9D] = name.encode("utf-16-le")  # XPAuthor
        image.save(out, kind, exif=exif)
    return out.getvalue()


def workbook(change: Callable[[openpyxl.Workbook, str], None]) -> Callable[[str], bytes]:
    def make(name: str) -> bytes:
        book = openpyxl.Workbook()
        assert book.active
        book.active["A1"] = FILLER
        change(book, name)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return make


def _cell(book: openpyxl.Workbook, name: str) -> None:
    book.worksheets[0]["B7"] = name


def _sheet(book: openpyxl.Workbook, name: str) -> None:
    book.create_sheet(name[:30])


def _cell_note(book: openpyxl.Workbook, name: str) -> None:
    book.worksheets[0]["B7"].comment = Comment(name, "Editor")


def _pdf(change: Callable[[pikepdf.Pdf, str], None]) -> Callable[[str], bytes]:
    def make(name: str) -> bytes:
        pdf = pikepdf.new()
        pdf.add_blank_page()
        change(pdf, name)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()

    return make


def _info(pdf: pikepdf.Pdf, name: str) -> None:
    pdf.docinfo["/Keywords"] = name


def _bookmark(pdf: pikepdf.Pdf, name: str) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(name, 0))


def _attached(pdf: pikepdf.Pdf, name: str) -> None:
    pdf.attachments["notes.docx"] = _word(_split)(name)


def _destination(pdf: pikepdf.Pdf, name: str) -> None:
    pdf.Root.Names = pikepdf.Dictionary(
        Dests=pikepdf.Dictionary(Names=[pikepdf.String(name), pikepdf.Array([pdf.pages[0].obj])])
    )


def _annotation(pdf: pikepdf.Pdf, name: str) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Text,
        Rect=[0, 0, 1, 1],
        Contents=pikepdf.String(name),
    )
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])


def _xmp(pdf: pikepdf.Pdf, name: str) -> None:
    with pdf.open_metadata() as metadata:
        metadata["dc:description"] = name


def _private(pdf: pikepdf.Pdf, name: str) -> None:
    pdf.Root.Private = pikepdf.Stream(pdf, name.encode("utf-16-le"))


def _actual(pdf: pikepdf.Pdf, name: str) -> None:
    said = name.encode("utf-16-be").hex().upper().encode()
    pdf.pages[0].Contents = pikepdf.Stream(
        pdf, b"/Span <</ActualText <FEFF" + said + b">>> BDC /F1 9 Tf EMC"
    )


def older(name: str) -> bytes:
    """A PDF of two revisions; the second replaces the title of the first."""
    first = _pdf(_info)(name)
    number = (
        next(n for n in range(1, 20) if b"%d 0 obj\n<< /Keywords" % n in first)
        if (b"0 obj\n<< /Keywords" in first)
        else 4
    )
    start = len(first)
    body = b"\n%d 0 obj\n<< /Keywords (none) >>\nendobj\n" % number
    table = start + len(body)
    previous = first.rsplit(b"startxref\n", 1)[1].split(b"\n")[0]
    return (
        first
        + body
        + b"xref\n%d 1\n%010d 00000 n \n" % (number, start + 1)
        + b"trailer\n<< /Size 9 /Root 1 0 R /Info %d 0 R /Prev %s >>\n" % (number, previous)
        + b"startxref\n%d\n%%%%EOF\n" % table
    )


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in parts.items():
            archive.writestr(path, data)
    return out.getvalue()


def _page(inner: str) -> Callable[[str], bytes]:
    def make(name: str) -> bytes:
        text = inner.replace("NAME", html.escape(name)).replace(
            "SLUG", quote(name.replace(" ", "-"))
        )
        return f"<!doctype html><html><head><meta charset=utf-8></head><body><p>{FILLER}</p>{text}".encode()

    return make


def _broken(name: str) -> str:
    half = len(name) - 3
    return f"{name[:half]}-\n{name[half:]}"


def repacked(data: bytes, parts: dict[str, str], edit: str = "", comment: str = "") -> bytes:
    """A zip with more parts, another end of its document, a comment of its own and of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = part.replace(b"</w:body>", edit.encode() + b"</w:body>")
            info = zipfile.ZipInfo(name)
            info.comment = comment.encode()
            new.writestr(info, part)
        for name, text in parts.items():
            new.writestr(name, text)
    return out.getvalue()


_PLAIN = _word(lambda *_: None)("")
_BOOK = workbook(lambda *_: None)("")


def _added(part: str, text: str, of: bytes = _PLAIN) -> Callable[[str], bytes]:
    return lambda name: repacked(of, {part: text.replace("NAME", html.escape(name))})


def _letters(tag: str, data: bytes = _PLAIN) -> Callable[[str], bytes]:
    """A Word file with a paragraph in which every letter is an element of its own."""
    return lambda name: repacked(
        data,
        {},
        f"<w:p><w:r>{''.join(tag.replace('CODE', f'{ord(c):04X}').replace('LETTER', c) for c in name)}</w:r></w:p>",
    )


def _symbols(name: str) -> bytes:
    """Latin letters as the codes of a symbol font, which lie in a private area; others as they are."""
    said = "".join(
        f'<w:sym w:font="Symbol" w:char="F0{ord(c):02X}"/>'
        if ord(c) < 128
        else f"<w:t xml:space='preserve'>{c}</w:t>"
        for c in name
    )
    return repacked(_PLAIN, {}, f"<w:p><w:r>{said}</w:r></w:p>")


def _jpeg(name: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", comment=name.encode())
    return out.getvalue()


def _iptc(name: str) -> bytes:
    text, plain = name.encode(), _jpeg("")
    record = b"\x1c\x02\x50" + len(text).to_bytes(2) + text
    segment = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + len(record).to_bytes(4) + record
    return plain[:2] + b"\xff\xed" + (len(segment) + 2).to_bytes(2) + segment + plain[2:]


def _thumbnail(name: str) -> bytes:
    exif, plain = b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0" + _jpeg(name), _jpeg("")
    return plain[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2) + exif + plain[2:]


def _attached_zip(pdf: pikepdf.Pdf, name: str) -> None:
    pdf.attachments["a.zip"] = zipped({"b.txt": name.encode("utf-16")})


def _script(pdf: pikepdf.Pdf, name: str) -> None:
    action = {"S": pikepdf.Name.JavaScript, "JS": pikepdf.String(f"app.alert('{name}')")}
    pdf.Root.OpenAction = pikepdf.Dictionary(**action)


def _page_label(pdf: pikepdf.Pdf, name: str) -> None:
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(P=pikepdf.String(name))])


def _thrice(pdf: pikepdf.Pdf, name: str) -> None:
    address = f"https://x.example/{quote(quote(quote(name)))}"
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(address))
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action)
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(link)])


def _form(pdf: pikepdf.Pdf, name: str) -> None:
    stream = pikepdf.Stream(pdf, f"<x><v>{name}</v></x>".encode())
    pdf.Root.AcroForm = pikepdf.Dictionary(XFA=stream, Fields=pikepdf.Array([]))


# what a name becomes in a text
WRITINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "small": str.lower,
    "capital": str.upper,
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "soft hyphens": "\u00ad".join,
    "zero width": "\u200b".join,
    "word joiners": lambda name: name.replace("", "\u2060"),
    "spaced": lambda name: " ".join(name.replace(" ", "")),
    "line end": _broken,
    "look-alikes": lambda name: name.translate(_ALIKE) if name.isascii() else name.translate(_BACK),
    "wide": lambda name: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name),
    "percent": quote,
    "percent twice": lambda name: quote(quote(name)),
    "percent three times": lambda name: quote(quote(quote(name))),
    "entities": lambda name: "".join(f"&#{ord(c)};" for c in name),
    "entities in entities": lambda name: "".join(f"&amp;#x{ord(c):x};" for c in name),
    "escapes": lambda name: json.dumps(name)[1:-1].replace("A", "\\u0041"),
    "base64": lambda name: base64.b64encode(name.encode()).decode(),
    "base64 from the second byte": lambda name: base64.b64encode(b"x" + name.encode()).decode(),
    "base64 from the third byte": lambda name: base64.b64encode(b"xy" + name.encode()).decode(),
    "base64 cut": lambda name: base64.b64encode(b"said " + name.encode() + b" then").decode()[1:],
    "base64 of UTF-16": lambda name: base64.b64encode(name.encode("utf-16-le")).decode(),
    "quoted-printable": lambda name: quopri.encodestring(name.encode(), quotetabs=True).decode(),
    "hexadecimal": lambda name: name.encode().hex(),
    "markup": lambda name: f"{name[:-3]}**{name[-3:]}**",
    "escapes of scripts": lambda name: "".join(f"%u{ord(c):04x}" for c in name),
    "escapes of style sheets": lambda name: "".join(f"\\{ord(c):06x}" for c in name),
    "escapes of RTF": lambda name: "".join(f"\\u{ord(c)}?" for c in name),
    "entities without end": lambda name: "".join(f"&#{ord(c)}" for c in name),
    "underscores": lambda name: name.replace(" ", "_"),
    "misread": lambda name: (
        name.encode().decode("cp1252", "ignore")
        if name.isascii()
        else name.encode().decode("latin-1")
    ),
}
# ways that nobody had thought of when the search was made
WRITINGS |= {
    "octal escapes": lambda name: "".join(f"\\{byte:03o}" for byte in name.encode()),
    "base32": lambda name: base64.b32encode(name.encode()).decode(),
    "base85": lambda name: base64.a85encode(name.encode(), adobe=True).decode(),
    "base64 twice": lambda name: base64.b64encode(base64.b64encode(name.encode())).decode(),
    "codes": lambda name: f"String.fromCharCode({','.join(str(ord(c)) for c in name)})",
    "hexadecimal with marks": lambda name: ", ".join(f"0x{byte:02x}" for byte in name.encode()),
    "escapes in braces": lambda name: "".join(f"\\u{{{ord(c):x}}}" for c in name),
    "small capitals": lambda name: name.translate(str.maketrans("abdeghinrstw", "ᴀʙᴅᴇɢʜɪɴʀꜱᴛᴡ")),
    "letters of tags": lambda name: "".join(
        chr(0xE0000 + ord(c)) if c.isascii() else c for c in name
    ),
    "from behind": lambda name: f"\u202e{name[::-1]}\u202c",
    "a link inside": lambda name: f"[{name[:-4]}](x){name[-4:]}",
    "one letter a line": lambda name: "\n".join(name.replace(" ", "")),
    "marks between letters": lambda name: "|".join(name.replace(" ", "")),
    "struck through": lambda name: "".join(f"{c}\u0336" for c in name),
}

# where a name stands in a file
PLACES: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "docx runs": ("a.docx", _word(_split)),
    "docx property": ("a.docx", _word(_property)),
    "docx comment": ("a.docx", _word(_note)),
    "docx relationship": ("a.docx", _word(_link)),
    "docx alternative text": ("a.docx", _word(_alt)),
    "docx picture": ("a.docx", _word(_embedded)),
    "docx deleted": (
        "a.docx",
        _word(
            _xml('<w:del NS w:id="1" w:author="E"><w:r><w:delText>NAME</w:delText></w:r></w:del>')
        ),
    ),
    "docx author": ("a.docx", _word(_xml('<w:ins NS w:id="1" w:author="NAME"/>'))),
    "docx bookmark": ("a.docx", _word(_xml('<w:bookmarkStart NS w:id="1" w:name="NAME"/>'))),
    "docx field": ("a.docx", _word(_xml("<w:r NS><w:instrText>REF NAME</w:instrText></w:r>"))),
    "docx hidden": (
        "a.docx",
        _word(_xml("<w:r NS><w:rPr><w:vanish/></w:rPr><w:t>NAME</w:t></w:r>")),
    ),
    "xlsx cell": ("a.xlsx", workbook(_cell)),
    "xlsx sheet": ("a.xlsx", workbook(_sheet)),
    "xlsx comment": ("a.xlsx", workbook(_cell_note)),
    "pdf properties": ("a.pdf", _pdf(_info)),
    "pdf bookmark": ("a.pdf", _pdf(_bookmark)),
    "pdf attachment": ("a.pdf", _pdf(_attached)),
    "pdf destination": ("a.pdf", _pdf(_destination)),
    "pdf annotation": ("a.pdf", _pdf(_annotation)),
    "pdf XMP": ("a.pdf", _pdf(_xmp)),
    "pdf stream": ("a.pdf", _pdf(_private)),
    "pdf actual text": ("a.pdf", _pdf(_actual)),
    "pdf revision": ("a.pdf", older),
    "html comment": ("a.html", _page("<!-- NAME -->")),
    "html attribute": ("a.html", _page('<img alt="NAME">')),
    "html address": ("a.html", _page('<a href="https://example.org/SLUG">x</a>')),
    "html script": ("a.html", _page("<script>const who = 'NAME'</script>")),
    "html data address": (
        "a.html",
        lambda name: _page(
            f'<img src="data:image/png;base64,{base64.b64encode(picture("PNG", name)).decode()}">'
        )(""),
    ),
    "json value": ("a.json", lambda name: json.dumps({"a": [1, {"b": name}]}).encode()),
    "json key": ("a.json", lambda name: json.dumps({"a": {name: 1}}).encode()),
    "json words": (
        "a.json",
        lambda name: json.dumps([{"t": "Str", "c": word} for word in name.split()]).encode(),
    ),
    "png": ("a.png", lambda name: picture("PNG", name)),
    "jpeg": ("a.jpg", lambda name: picture("JPEG", name)),
    "svg": ("a.svg", lambda name: f"<svg><title>{name}</title></svg>".encode()),
    "utf-16": ("a.txt", lambda name: f"{FILLER}{name}".encode("utf-16")),
    "utf-16 without mark": ("a.txt", lambda name: f"{FILLER}{name}".encode("utf-16-be")),
    "gzip": ("a.gz", lambda name: gzip.compress(name.encode())),
    "zip in zip": (
        "a.zip",
        lambda name: zipped({"in.zip": zipped({"a.docx": _word(_split)(name)})}),
    ),
    "header of a mail": (
        "a.eml",
        lambda name: f"From: {Header(name, 'utf-8').encode()} <a@b.example>\n\n{FILLER}".encode(),
    ),
    "utf-32": ("a.txt", lambda name: f"{FILLER}{name}".encode("utf-32")),
    "name of a part": ("a.zip", lambda name: zipped({f"media/{name}.png": picture("PNG", "")})),
    "odt": (
        "a.odt",
        lambda name: zipped(
            {"content.xml": f"<o><p>{name[:3]}<span>{name[3:]}</span></p></o>".encode()}
        ),
    ),
}
PLACES |= {
    "docx letters of a symbol font": ("a.docx", _symbols),
    "docx symbols": ("a.docx", _letters('<w:sym w:font="Arial" w:char="CODE"/>')),
    "docx soft hyphens": ("a.docx", _letters("<w:t>LETTER</w:t><w:softHyphen/>")),
    "docx own property": (
        "a.docx",
        _added("docProps/custom.xml", "<p><vt:lpwstr xmlns:vt='v'>NAME</vt:lpwstr></p>"),
    ),
    "docx glossary": ("a.docx", _added("word/glossary/document.xml", "<t>NAME</t>")),
    "docx of its people": ("a.docx", _added("word/people.xml", "<p author='NAME'/>")),
    "xlsx discussion": (
        "a.xlsx",
        _added("xl/threadedComments/threadedComment1.xml", "<a><text>NAME</text></a>", _BOOK),
    ),
    "zip comment": ("a.docx", lambda name: repacked(_PLAIN, {}, comment=name)),
    "behind a zip": ("a.zip", lambda name: zipped({"a": b"b"}) + b"\n" + name.encode()),
    "svg letters": (
        "a.svg",
        lambda name: f"<svg>{''.join(f'<text>{c}</text>' for c in name)}</svg>".encode(),
    ),
    "jpeg comment": ("a.jpg", _jpeg),
    "jpeg IPTC": ("a.jpg", _iptc),
    "jpeg in a jpeg": ("a.jpg", _thumbnail),
    "behind a png": ("a.png", lambda name: picture("PNG", "") + name.encode()),
    "html cells": (
        "a.html",
        lambda name: f"<table><tr>{''.join(f'<td>{c}</td>' for c in name)}</tr></table>".encode(),
    ),
    "html data for programs": (
        "a.html",
        lambda name: _page(
            f'<script type="application/ld+json">{json.dumps({"name": name})}</script>'
        )(""),
    ),
    "html in a frame": ("a.html", _page("<iframe srcdoc='&lt;p>NAME&lt;/p>'></iframe>")),
    "html of a style sheet": (
        "a.html",
        lambda name: _page(
            f"<style>p::after{{content:'{''.join(f'{chr(92)}{ord(c):x} ' for c in name)}'}}</style>"
        )(""),
    ),
    "pdf packed attachment": ("a.pdf", _pdf(_attached_zip)),
    "pdf script": ("a.pdf", _pdf(_script)),
    "pdf label": ("a.pdf", _pdf(_page_label)),
    "pdf link": ("a.pdf", _pdf(_thrice)),
    "pdf form": ("a.pdf", _pdf(_form)),
    "calendar": ("a.ics", lambda name: f"SUMMARY:{name[:12]}\r\n {name[12:]}\r\n".encode()),
}
