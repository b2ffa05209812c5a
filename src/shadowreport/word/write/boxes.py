"""Finishes the boxes of a Word file: each on one page, unless it is so long that half a page would be
left empty before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from shadowreport.word.names import NAMESPACES
from shadowreport.word.ours import FRAME_HEADINGS, FRAMES, style_id
from shadowreport.word.write.framed import Frame
from shadowreport.word.write.order import put, within
from shadowreport.word.write.tables import is_box, style_of
from shadowreport.word.write.zip import Parts

_W = f"{{{NAMESPACES['w']}}}"
_LONG, _LINE = 1600, 80  # characters: nearly half a page, and a line
_INSIDE, _HEADS = (set(map(style_id, names)) for names in (FRAMES, FRAME_HEADINGS))


def set_boxes(package: Parts) -> None:
    """Frames the boxes that are tables, and keeps each box together. Its last paragraph lets go of the
    text below it."""
    document = package.tree("word/document.xml")
    tables = [table for table in document.iter(_W + "tbl") if is_box(table)]
    frame = Frame(package) if tables else None
    for table in tables:
        long = _is_high(table)
        for row in () if long else table.findall(_W + "tr"):
            put(within(row, "w:trPr"), "w:cantSplit")
        if frame:
            frame.draw(table)
    for box in _runs(document):
        for paragraph in box[1:-1] if _is_long(box) else ():
            _let_go(paragraph)
        _let_go(box[-1])


def _is_long(items: Sequence[Any]) -> bool:
    return sum(map(_letters, items)) > _LONG


def _is_high(table: Any) -> bool:
    """Whether a box that is a table is as high as a long one: a row of a table in it takes a line at
    least, and a picture may be large."""
    paragraphs = [item for item in table.iter(_W + "p") if _own(item, table)]
    rows = list(table.iter(_W + "tr"))[2:]
    height = sum(max(_LINE, _letters(item)) for item in paragraphs)
    height += sum(_LINE * 1.5 + _letters(row) / 2 for row in rows)
    return height > _LONG or next(table.iter(_W + "drawing"), None) is not None


def _own(paragraph: Any, table: Any) -> bool:
    return next(paragraph.iterancestors(_W + "tbl")) is table


def _letters(item: Any) -> int:
    return sum(len(text.text or "") for text in item.iter(_W + "t"))


def _runs(document: Any) -> Iterator[list[Any]]:
    """The framed paragraphs that stand together; the heading of a box that is a table keeps what it has."""
    box: list[Any] = []
    for paragraph in document.iter(_W + "p"):
        if style_of(paragraph) not in _INSIDE or _heads_a_table(paragraph):
            continue
        box.append(paragraph)
        if style_of(paragraph.getnext()) not in _INSIDE - _HEADS:
            yield box
            box = []


def _heads_a_table(paragraph: Any) -> bool:
    return style_of(paragraph) in _HEADS and paragraph.getparent().tag == _W + "tc"


def _let_go(paragraph: Any) -> None:
    put(paragraph.find(_W + "pPr"), "w:keepNext").set(_W + "val", "0")
