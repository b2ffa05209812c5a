"""Finishes the PDF that typst wrote with what typst 0.15 cannot do itself.

Row headers: every table of ours has them in the first column, so the first cell of each body row
becomes a header cell with the scope Row (PDF 1.7, clause 14.8.5.7; PDF/UA-1, clause 7.5).

Outline: beside the title of a section stand its paragraphs, as in the contents.

Links: what is read out for one is "Footnote 3" and "page 4", in English for a language that typst does not
have, and in the contents ", page 4", without what stands there.

Named destinations (clause 12.3.2.3): `report.pdf#par-labour-code` opens at that paragraph. typst
names headings alone, and says where the others stand.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pikepdf

from shadowreport.render.leftward import read_rightly

_READ_OUT = re.compile(r"(, )?\b(Footnote|page) (\d+)")


def finish(
    pdf: bytes,
    places: Sequence[Any],
    sections: Sequence[tuple[str, str]] = (),
    words: Mapping[str, str] | None = None,
    *,
    leftward: bool = False,
) -> tuple[bytes, int]:
    """The finished PDF and its number of pages. A place has a name and, from the top left, a page
    and a position in points; a section its title and its paragraphs, such as 33–56. `words` are those of
    a language: of a footnote and of a page, which links are read out with. `leftward`: its lines run to
    the left."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for table in _tables(document):
            _mark(table)
        _name_places(document, places)
        _tell_paragraphs(document, sections)
        _read_out(document, words or {})
        if leftward:
            read_rightly(document)
        output = io.BytesIO()
        document.save(
            output,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            fix_metadata_version=False,
        )
        return output.getvalue(), len(document.pages)


def _name_places(document: pikepdf.Pdf, places: Sequence[Any]) -> None:
    if not places:
        return
    if "/Names" not in document.Root:
        document.Root.Names = pikepdf.Dictionary()
    if "/Dests" not in document.Root.Names:
        document.Root.Names.Dests = pikepdf.NameTree.new(document).obj
    names = pikepdf.NameTree(document.Root.Names.Dests)
    for place in places:
        page = document.pages[place["at"]["page"] - 1]
        x, y = (Decimal(place["at"][axis].removesuffix("pt")) for axis in "xy")
        top = Decimal(str(page.mediabox[3]))
        target = pikepdf.Array([page.obj, pikepdf.Name.XYZ, x, top - y, None])
        names[place["name"]] = target


def _tell_paragraphs(document: pikepdf.Pdf, sections: Sequence[tuple[str, str]]) -> None:
    """Sections and the headings in them stand in the outline in the order of the text."""
    items = _outline(document.Root.get("/Outlines"))
    for title, paragraphs in sections:
        item = next((item for item in items if _words(str(item.Title)) == _words(title)), None)
        if item is not None and paragraphs:
            item.Title = pikepdf.String(f"{title} ({paragraphs})")


def _read_out(document: pikepdf.Pdf, words: Mapping[str, str]) -> None:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == pikepdf.Name.Link:
            text = str(item.get("/Contents", ""))
            spoken = _posted(item) or _spoken(text, words).removeprefix(", ")
            if spoken != text:
                item.Contents = pikepdf.String(spoken)


def _posted(link: pikepdf.Dictionary) -> str:
    """The mail address alone: typst puts an English word before it, whatever the language."""
    target = str(link.get("/A", {}).get("/URI", ""))
    return target.removeprefix("mailto:") if target.startswith("mailto:") else ""


def _spoken(text: str, words: Mapping[str, str]) -> str:
    said = _READ_OUT.fullmatch(text)
    word = said and words.get(said[2].lower())
    return f"{word} {said[3]}" if said and word else text


def _outline(parent: Any) -> Iterator[Any]:
    """The items of an outline, outer before inner."""
    item = parent.get("/First") if parent is not None else None
    while item is not None:
        yield item
        yield from _outline(item)
        item = item.get("/Next")


def _words(title: str) -> list[str]:
    return title.replace("\u00ad", "").split()


def _tables(document: pikepdf.Pdf) -> list[Any]:
    return [
        item
        for item in document.objects
        if isinstance(item, pikepdf.Dictionary)
        and item.get("/S") == pikepdf.Name.Table
        and "/K" in item
    ]


def _mark(table: Any) -> None:
    for row in _rows(table):
        cells = _children(row)
        if len(cells) > 1 and cells[0].get("/S") == pikepdf.Name.TD:
            scope = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
            old = cells[0].get("/A")
            cells[0].S = pikepdf.Name.TH
            cells[0].A = (
                scope
                if old is None
                else pikepdf.Array([*(old if isinstance(old, pikepdf.Array) else [old]), scope])
            )


def _rows(element: Any) -> list[Any]:
    found: list[Any] = []
    for child in _children(element):
        kind = child.get("/S")
        if kind == pikepdf.Name.TR:
            found.append(child)
        elif kind == pikepdf.Name.TBody:
            found.extend(_rows(child))
    return found


def _children(element: Any) -> list[Any]:
    kids = element.get("/K")
    items = kids if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in items if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
