"""Finishes the tables that pandoc wrote: widths, letters, heads that repeat, rows that stay whole,
and pages across for those that want one."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from shadowreport.core.frames import OF_BOX, OF_RECOMMENDATION
from shadowreport.word.names import NAMESPACES, etree, number
from shadowreport.word.ours import FRAME_HEADINGS, TABLE_CAPTION, style_id
from shadowreport.word.write.order import put, within

_W = f"{{{NAMESPACES['w']}}}"
_HEADS = frozenset(map(style_id, FRAME_HEADINGS))
HEADING = "Heading"  # how the ids of headings' styles begin
LIST_INDENT, LIST_HANGING = 652, 340  # twentieths of a point: where a paragraph's text begins
_LOOK = {
    "firstRow": "1",
    "lastRow": "0",
    "firstColumn": "1",
    "lastColumn": "0",
    "noHBand": "1",
    "noVBand": "1",
    "val": "06A0",
}


@dataclass(frozen=True, slots=True)
class TableLook:
    """How a table is set: shares of its columns, points of its letters and beside the text of its
    cells, which rows (the head's first) may be torn, whether it is low, and for each row the points
    that are left behind the number of a column."""

    shares: tuple[float, ...]
    size: float
    padding: float
    torn: tuple[bool, ...]
    low: bool
    ends: tuple[dict[int, float], ...]


@dataclass(frozen=True, slots=True)
class SetTable:
    """A table to set: its look by the points that what it stands in takes of a line, and whether it
    stands on a page across."""

    look: Callable[[float], TableLook]
    wide: bool


def is_box(table: Any) -> bool:
    """Whether a table is a box: it begins with the heading of one."""
    return style_of(next(table.iter(_W + "p"), None)) in _HEADS


def style_of(element: Any) -> str:
    """The id of the style that a paragraph names; empty where it names none."""
    style = None if element is None else element.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else style.get(_W + "val", "")


def set_tables(document: Any, looks: Sequence[SetTable]) -> None:
    """Sets the tables of a document (its root element), a look for each that is no box."""
    section = list(document.iter(_W + "sectPr"))[-1]
    tables = [table for table in document.iter(_W + "tbl") if not is_box(table)]
    for table, to_set in zip(tables, looks, strict=True):
        beside = _in_list(table)
        width = text_width(section, across=to_set.wide) - beside
        boxed = any(is_box(outer) for outer in table.iterancestors(_W + "tbl"))
        look = to_set.look(beside / 20 + boxed * (OF_BOX + OF_RECOMMENDATION))
        _properties(table, look, width if beside else 0)
        _grid(table, look, width, beside)
        kept = look.low and style_of(table.getprevious()).startswith(HEADING)
        for row, torn, ends in zip(table.iter(_W + "tr"), look.torn, look.ends, strict=True):
            _row(row, len(look.shares), torn=torn, kept=kept)
            _leave(row, ends)
        _letters(table, look.size)
        _distance(table, in_list=bool(beside))
        if to_set.wide:
            _across(table, section)


def text_width(section: Any, *, across: bool) -> int:
    """The width of the text on a page of a section, in twentieths of a point."""
    size, margins = section.find(_W + "pgSz"), section.find(_W + "pgMar")
    if size is None or margins is None:
        return 9071
    side = int(size.get(_W + ("h" if across else "w")))
    return side - int(margins.get(_W + "left")) - int(margins.get(_W + "right"))


def text_height(section: Any) -> int:
    """The height of the text on a page of a section, in twentieths of a point."""
    size, margins = section.find(_W + "pgSz"), section.find(_W + "pgMar")
    if size is None or margins is None:
        return 14000
    sides = (abs(number(margins.get(_W + side))) for side in ("top", "bottom"))
    return number(size.get(_W + "h")) - sum(sides)


def _in_list(table: Any) -> int:
    """Where a table in a list begins: pandoc sets it in half an inch for each level, and lets it be as
    wide as the page."""
    indent = table.find(f"{_W}tblPr/{_W}tblInd")
    depth = 0 if indent is None else number(indent.get(_W + "w")) // 720
    if indent is None or not depth:
        return 0
    start = LIST_INDENT + LIST_HANGING * depth
    indent.set(_W + "w", str(start))
    return start


def _properties(table: Any, look: TableLook, own_width: int) -> None:
    properties = table.find(_W + "tblPr")
    width = properties.find(_W + "tblW")
    width.set(_W + "type", "dxa" if own_width else "pct")
    width.set(_W + "w", str(own_width or 5000))
    above, caption = table.getprevious(), properties.find(_W + "tblCaption")
    if caption is not None and _is_caption(above):  # pandoc leaves its number out
        caption.set(_W + "val", "".join(text.text or "" for text in above.iter(_W + "t")))
    put(properties, "w:tblLayout").set(_W + "type", "fixed")
    margins = put(properties, "w:tblCellMar")
    for side in ("left", "right"):
        margin = put(margins, f"w:{side}")
        margin.set(_W + "w", str(round(look.padding * 10)))
        margin.set(_W + "type", "dxa")
    for name, value in _LOOK.items():
        properties.find(_W + "tblLook").set(_W + name, value)


def fitted(widths: Sequence[float], room: float) -> list[float]:
    """The widths of columns where there is less room for them: the widest give first, down to one of
    all, since a narrow one is as wide as its longest word."""
    most, left = 0.0, room
    for place, width in enumerate(sorted(widths)):
        most = left / (len(widths) - place)
        if width > most:
            break
        left -= width
    return [min(width, most) for width in widths] if sum(widths) > room else list(widths)


def _grid(table: Any, look: TableLook, width: int, in_list: int) -> None:
    columns = table.find(_W + "tblGrid").findall(_W + "gridCol")
    page = width + in_list
    for column, own in zip(
        columns, fitted([share * page for share in look.shares], width), strict=True
    ):
        column.set(_W + "w", str(round(own)))
    for cell in table.iter(_W + "tcW"):
        cell.getparent().remove(cell)


def _row(row: Any, columns: int, *, torn: bool, kept: bool) -> None:
    """No row is torn (17.4.6) but a very long one. A head goes with the row below it (17.4.50), and
    so does a heading inside the table; other rows let go of the next, or the whole table would want to
    stand on one page, as one that is `kept` does with the text that follows it."""
    properties = within(row, "w:trPr")
    if not torn:
        put(properties, "w:cantSplit")
    inner = columns == 1 or len(row.findall(_W + "tc")) > 1
    if kept or (inner and properties.find(_W + "tblHeader") is None):
        for style in row.iter(_W + "pStyle"):
            put(style.getparent(), "w:keepNext").set(_W + "val", "1" if kept else "0")


def _leave(row: Any, ends: dict[int, float]) -> None:
    """Indents the ends of lines (17.3.1.12), so that decimal marks stand below one another."""
    column = 0
    for cell in row.findall(_W + "tc"):
        if column in ends:
            for side in cell.iter(_W + "jc"):
                indent = put(side.getparent(), "w:ind")
                indent.set(_W + "right", str(round(ends[column] * 20)))
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        column += 1 if span is None else int(span.get(_W + "val"))


def _letters(table: Any, size: float) -> None:
    if size == 9.0:  # what the styles have
        return
    for run in table.iter(_W + "r"):
        properties = within(run, "w:rPr")
        for kind in ("w:sz", "w:szCs"):
            put(properties, kind).set(_W + "val", str(round(size * 2)))


def _distance(table: Any, *, in_list: bool) -> None:
    """Word gives a table no distance to what is around it; the paragraphs there bring it."""
    following, above = table.getnext(), table.getprevious()
    if _is_text(following):
        room = "120" if in_list else "240"
        put_spacing(following, "before", room)
    if in_list and _is_text(above) and not _is_caption(above):
        put_spacing(above, "after", "80")


def put_spacing(paragraph: Any, side: str, room: str) -> None:
    """Sets the distance of a paragraph to the one `before` or `after` it."""
    within(within(paragraph, "w:pPr"), "w:spacing").set(_W + side, room)


def _is_text(block: Any) -> bool:
    return block is not None and block.tag == _W + "p" and not style_of(block).startswith(HEADING)


def _across(table: Any, section: Any) -> None:
    """Puts a table and its caption into a section of their own, on a page across (17.6.13)."""
    body = section.getparent()
    if table.getparent() is not body:
        return
    above = table.getprevious()
    first = above if above is not None and _is_caption(above) else table
    first.addprevious(_section_end(section))
    across = copy.deepcopy(section)
    size = across.find(_W + "pgSz")
    if size is not None:
        width, height = size.get(_W + "w"), size.get(_W + "h")
        size.set(_W + "w", height)
        size.set(_W + "h", width)
        size.set(_W + "orient", "landscape")
    _without_cover(across)
    _without_cover(section)
    table.addnext(_section_end(across))


def _without_cover(section: Any) -> None:
    """Only the document's first section begins with a cover, which has no running head."""
    for title in section.findall(_W + "titlePg"):
        section.remove(title)


def _is_caption(paragraph: Any) -> bool:
    return style_of(paragraph) == style_id(TABLE_CAPTION)


def _section_end(section: Any) -> Any:
    """A paragraph of no height that ends a section."""
    paragraph = etree.Element(_W + "p")
    properties = etree.SubElement(paragraph, _W + "pPr")
    spacing = etree.SubElement(properties, _W + "spacing")
    for name, value in (("before", "0"), ("after", "0"), ("line", "20"), ("lineRule", "exact")):
        spacing.set(_W + name, value)
    properties.append(copy.deepcopy(section))
    return paragraph
