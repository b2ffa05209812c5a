"""PDF: pages as they are read, and every object, also those that no page shows and those of earlier
revisions.

pdfium (pypdfium2) gives the text of a page as a reader sees it, ten times as fast as libraries in
Python; qpdf (pikepdf) unpacks all objects into one file, in which strings and names are found without
a walk in Python over a hundred thousand objects.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pikepdf
import pypdfium2

from shadowreport.gate.fold import clean, squeezed
from shadowreport.gate.opening.glyphs import Glyphs, raw
from shadowreport.gate.pieces import Faults, Piece
from shadowreport.gate.views import runs, texts

# it tells of what it mends, with words of the file
logging.getLogger("pikepdf").setLevel(logging.CRITICAL + 1)

Inner = Callable[..., Iterator[Piece]]

_END = re.compile(rb"%%EOF")
_PLACE = re.compile(rb"(\d{10}) \d{5} n")
_STRING = re.compile(rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)|<[0-9A-Fa-f\s]{4,}>", re.DOTALL)
_NAME = re.compile(rb"/([^\s/<>\[\]()%{}]+)")
_PACKED = b"/Type /ObjStm"
_COMMENT = re.compile(rb"%([^\r\n()<>\\]*)")
_SPLIT = re.compile(rb"\)\s*-?[\d.]*\s*\(")  # a text shown in several strings with kerning between
# strings of a page that may be letters; most are numbers of glyphs, which pdfium reads
_LEGIBLE = re.compile(rb"[A-Za-z\xc0-\xff]{3}|^<FEFF|^\((?:\xfe\xff|\\376\\377)", re.IGNORECASE)
# what draws on a page
_SHOWS = re.compile(rb"[\d\])>] (?:Tf|Tj|TJ|re|cm|l|c|m|gs|g|rg|k|cs|scn?|w|Do|d[01])\s")
_KINDS = (  # what an object is, by what stands in it
    (b"/EmbeddedFile", "attachment"),
    (b"/Filespec", "attachment"),
    (b"/FT ", "form field"),
    (b"/Producer", "properties"),
    (b"/CreationDate", "properties"),
    (b"/StructElem", "structure"),
    (b"/Annot", "annotation"),
    (b"/Names ", "names of destinations"),
    (b"/Limits ", "names of destinations"),
    (b"/Dests", "names of destinations"),
    (b"/Title ", "bookmark"),
    (b"/FontDescriptor", "font"),
    (b"/OCG", "layer"),
)


def pdf(data: bytes, where: tuple[str, ...], faults: Faults, inner: Inner) -> Iterator[Piece]:
    """The texts of a PDF, of its earlier revisions, and of the bytes between its objects."""
    pages = list(_pages(data, where, faults))
    yield from pages
    shown = squeezed(clean("\n".join(page.text for page in pages)))
    yield from _objects(data, where, inner, faults, shown)
    yield Piece((*where, "bytes between objects"), runs(_STREAM_BYTES.sub(b"", data)), binary=True)
    ends = [match.end() for match in _END.finditer(data)]
    for number, end in enumerate(ends[:-1], 1):
        earlier = (*where, f"earlier revision {number}")
        yield from _objects(data[:end], earlier, inner, None, shown)


_STREAM_BYTES = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)


def _pages(data: bytes, where: tuple[str, ...], faults: Faults) -> Iterator[Piece]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        faults.add(where, "it is encrypted or broken")
        return
    try:
        for number in range(len(document)):
            try:
                page = document[number]
                text = page.get_textpage().get_text_range()
            except pypdfium2.PdfiumError:
                faults.add((*where, f"page {number + 1}"), "it is broken")
                continue
            yield Piece((*where, f"page {number + 1}"), text.replace("\r\n", "\n"))
    finally:
        document.close()


def _objects(
    data: bytes, where: tuple[str, ...], inner: Inner, faults: Faults | None, shown: str
) -> Iterator[Piece]:
    """The texts of all objects; of those that show text what is not `shown` on a page."""
    plain = _unpacked(data)
    if plain is None:
        if faults:
            faults.add(where, "its objects cannot be read")
        return
    # what packs other objects comes last: they stand here unpacked, but for those that nothing knows any more
    objects = dict(sorted(_parts(plain), key=lambda part: _PACKED in part[1]))
    glyphs = Glyphs(objects)
    lines: list[str] = []
    labels: list[tuple[bytes, str]] = []
    seen: set[bytes] = set()
    for key, body in objects.items():
        number = key.decode()
        head, has_stream, rest = body.partition(b"\nstream\n")
        if _PACKED in head:
            head, has_stream = _COMMENT.sub(_as_string, body), b""
        for token in _STRING.findall(head) + _NAME.findall(head):
            if token not in seen:
                seen.add(token)
                for text in _read(token):
                    lines.append(" ".join(text.split()))
                    labels.append((head, number))
        if has_stream:
            stream = rest.removesuffix(b"endstream").removesuffix(b"\n")
            place = (*where, f"{_kind(head)} {number}".strip())
            yield from _stream(head, stream, place, inner)
            if b" Tf" in stream:
                told = glyphs.said(key, head, stream)
                yield from (
                    Piece(place, text) for text in told if squeezed(clean(text)) not in shown
                )

    def label(line: int) -> str:
        head, number = labels[line] if line < len(labels) else (b"", "")
        return f"{_kind(head)} (object {number})"

    yield Piece(where, "\n".join(lines), label=label)


def _as_string(comment: re.Match[bytes]) -> bytes:
    return comment[0] + b"(%s)" % comment[1]


def _parts(plain: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The numbers of an unpacked PDF's objects and what is in them, by its own table of their places: a PDF
    that is attached to it has objects of the same look."""
    table = plain.rfind(b"\nxref\n")
    places = sorted(int(place) for place in _PLACE.findall(plain, table))
    for start, behind in pairwise([*places, table]):
        first = plain.index(b" obj\n", start, behind) + len(b" obj\n")
        last = plain.rindex(b"\nendobj", start, behind)
        yield plain[start : plain.index(b" ", start)], plain[first:last]


def _unpacked(data: bytes) -> bytes | None:
    """The same PDF with all streams unpacked and all objects, also those that nothing refers to."""
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
            document.Root["/Everything"] = pikepdf.Array(list(document.objects))
            out = io.BytesIO()
            document.save(
                out,
                qdf=True,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
                encryption=False,
                fix_metadata_version=False,  # else it writes metadata anew, without what it cannot read
            )
            return out.getvalue()
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, RuntimeError):
        return None


def _kind(head: bytes) -> str:
    return next((kind for mark, kind in _KINDS if mark in head), "object")


def _stream(head: bytes, body: bytes, where: tuple[str, ...], inner: Inner) -> Iterator[Piece]:
    if b"/EmbeddedFile" in head or b"/Metadata" in head or body.startswith(b"\xff\xd8\xff"):
        yield from inner(body, *where[-1:])
    elif b"/Subtype /Image" in head:
        return
    elif b"/Length1" in head or b"FontFile" in head or b"/Subtype /CIDFontType0C" in head:
        yield Piece(where, runs(body), binary=True)
    elif b"begincmap" in body[:400] or b"/XRef" in head:
        return
    else:
        joined = _SPLIT.sub(b"", body)
        if not _SHOWS.search(body):
            yield from inner(body, *where[-1:])  # a script, or whatever else a file holds
        elif b" Tf" not in body:  # no text of a page
            yield Piece(where, runs(body), binary=True)
        tokens = dict.fromkeys(filter(_LEGIBLE.search, _STRING.findall(joined)))
        yield Piece(
            where, "\n".join(text for token in tokens for text in _read(token)), binary=True
        )


def _read(token: bytes) -> list[str]:
    """What a string or a name of a PDF says."""
    if token.startswith((b"(", b"<")):
        said = raw(token)
    else:
        said = re.sub(rb"#([0-9A-Fa-f]{2})", lambda match: bytes.fromhex(match[1].decode()), token)
    if said.startswith((b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf")) or said.isascii():
        return texts(said)
    return [*texts(said), said.decode("utf-16-be", "replace")]
