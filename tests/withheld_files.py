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
