"""Draws the frame of a box that is a table of one column, since Word joins the frames of paragraphs only
where their indents are the same: a list, a quotation, a table or a picture would stand outside."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from shadowreport.word.based import based_on
from shadowreport.word.names import NAMESPACES, child, etree, number, value
from shadowreport.word.ours import (
    BOX_CONTINUED,
    BOX_RECOMMENDATION,
    BOX_SINGLE,
    FRAME_HEADINGS,
    FRAMES,
    style_id,
)
from shadowreport.word.write.order import put, within
from shadowreport.word.write.tables import (
    LIST_HANGING,
    LIST_INDENT,
    fitted,
    put_spacing,
    style_of,
    text_width,
)
from shadowreport.word.write.zip import Parts

_W, _WP, _A = (f"{{{NAMESPACES[prefix]}}}" for prefix in ("w", "wp", "a"))
_SIDES = ("top", "left", "bottom", "right")
_INSIDE, _HEADS = (set(map(style_id, names)) for names in (FRAMES, FRAME_HEADINGS))
_SINGLE, _NUMBERED, _CONTINUED = map(style_id, (BOX_SINGLE, BOX_RECOMMENDATION, BOX_CONTINUED))
EMU = 635  # of a twentieth of a point
_ABOVE, _BELOW = "260", "180"  # twentieths of a point between a frame and the text around it


class Frame:
    """The frame of boxes as the styles of a file have it."""

    def __init__(self, package: Parts) -> None:
        self.styles: Mapping[str | None, Any] = {
            item.get(_W + "styleId"): item
            for item in package.tree("word/styles.xml").iter(_W + "style")
        }
        borders, self.ground = self._of(_SINGLE, "pBdr"), self._of(_SINGLE, "shd")
        self.lines = {
            side: line for side in _SIDES if (line := child(borders, f"w:{side}")) is not None
        }
        self.rooms = {side: number(value(self.lines.get(side), "w:space")) * 20 for side in _SIDES}
        self.start = self._indent(_SINGLE, "left") - self._indent(_SINGLE, "hanging")
        section = list(package.tree("word/document.xml").iter(_W + "sectPr"))[-1]
        self.page = text_width(section, across=False)
        self.inner = self.page - self.start - self._indent(_SINGLE, "right")
        self.hanging = self._indent(_NUMBERED, "left") - self.start  # of text beside its number

    def draw(self, table: Any) -> None:
        """Draws the frame, and sets what stands within."""
        self._table(table)
        self._cells([row.find(_W + "tc") for row in table.findall(_W + "tr")])
        single = any(style_of(item) == _SINGLE for item in table.iter(_W + "p"))
        beside = 0 if single else self.hanging
        for paragraph in table.iter(_W + "p"):
            if style_of(paragraph) in _INSIDE:
                self._unframe(paragraph)
            elif next(paragraph.iterancestors(_W + "tbl")) is table:
                self._shift(paragraph, beside)
        for inner in table.iter(_W + "tbl"):
            if inner is not table:
                _narrow(inner, beside, self.inner)
        for picture in table.iter(_W + "drawing"):
            fit(picture, "cx", round((self.inner - beside) * EMU))
        _distance(table)

    def _of(self, style: str, kind: str) -> Any:
        """What a style, or one that it is based on, has of a kind."""
        for item in based_on(style, self.styles):
            found = item.find(f"{_W}pPr/{_W}{kind}")
            if found is not None:
                return found
        return None

    def _indent(self, style: str, side: str) -> int:
        for item in based_on(style, self.styles):
            indent = item.find(f"{_W}pPr/{_W}ind")
            if indent is not None and indent.get(_W + side) is not None:
                return number(indent.get(_W + side))
        return 0

    def _table(self, table: Any) -> None:
        properties = table.find(_W + "tblPr")
        width = self.inner + self.rooms["left"] + self.rooms["right"]
        _length(put(properties, "w:tblInd"), self.start - self.rooms["left"])
        _length(put(properties, "w:tblW"), width)
        table.find(_W + "tblGrid")[0].set(_W + "w", str(width))
        lines = put(properties, "w:tblBorders")
        for line in self.lines.values():
            put(lines, copy.deepcopy(line)).set(_W + "space", "0")

    def _cells(self, cells: list[Any]) -> None:
        ends = {"top": cells[0], "bottom": cells[-1]}
        for cell in cells:
            properties = within(cell, "w:tcPr")
            if self.ground is not None:
                put(properties, copy.deepcopy(self.ground))
            margins = put(properties, "w:tcMar")
            for side, room in self.rooms.items():
                _length(put(margins, f"w:{side}"), room if ends.get(side, cell) is cell else 0)

    def _unframe(self, paragraph: Any) -> None:
        """A paragraph of the box without a frame of its own, where it stands with one."""
        properties, style = paragraph.find(_W + "pPr"), style_of(paragraph)
        lines = put(properties, "w:pBdr")
        for side in _SIDES:
            put(lines, f"w:{side}").set(_W + "val", "nil")
        ground = put(properties, "w:shd")
        for key, text in (("val", "clear"), ("color", "auto"), ("fill", "auto")):
            ground.set(_W + key, text)
        left = self.hanging if style in (_NUMBERED, _CONTINUED) else 0
        _set_indent(properties, left, left if style == _NUMBERED else 0)
        if style in _HEADS:
            put_spacing(paragraph, "before", "0")

    def _shift(self, paragraph: Any, beside: int) -> None:
        """Another paragraph below the text of its recommendation, as it stands elsewhere below that of
        a numbered paragraph."""
        properties = within(paragraph, "w:pPr")
        level = properties.find(f"{_W}numPr/{_W}ilvl")
        if level is not None:
            depth = number(level.get(_W + "val")) + 1
            _set_indent(properties, beside + LIST_HANGING * depth, LIST_HANGING)
            return
        left = self._indent(style_of(paragraph), "left") or LIST_INDENT
        _set_indent(properties, max(0, left - LIST_INDENT) + beside, 0)


def _length(element: Any, length: int) -> None:
    element.set(_W + "w", str(length))
    element.set(_W + "type", "dxa")


def _set_indent(properties: Any, left: int, hanging: int) -> None:
    indent = put(properties, "w:ind")
    for side, length in (("left", left), ("right", 0), ("hanging", hanging)):
        indent.set(_W + side, str(length))


def _narrow(table: Any, beside: int, room: int) -> None:
    """Sets a table for the room in a box, below the text of its recommendation."""
    properties = table.find(_W + "tblPr")
    own = properties.find(_W + "tblInd")
    start = beside if own is None else number(own.get(_W + "w")) - LIST_INDENT + beside
    _length(put(properties, "w:tblInd"), start)
    _length(put(properties, "w:tblW"), room - start)
    columns = table.find(_W + "tblGrid").findall(_W + "gridCol")
    widths = fitted([number(column.get(_W + "w")) for column in columns], room - start)
    for column, width in zip(columns, widths, strict=True):
        column.set(_W + "w", str(round(width)))


def fit(picture: Any, side: str, most: int) -> None:
    """Sets a picture smaller that is wider (`side` cx) or higher (cy) than what is left for it."""
    sizes = [*picture.iter(_WP + "extent"), *picture.iter(f"{_A}ext")]
    sizes = [item for item in sizes if item.get(side)]
    longest = max((int(item.get(side)) for item in sizes), default=0)
    for item in sizes if longest > most else ():
        for key in ("cx", "cy"):
            item.set(key, str(int(item.get(key)) * most // longest))


def _distance(table: Any) -> None:
    """Word gives a table no distance: the paragraphs around it bring it, or one of no height between
    two tables, which would be one."""
    for other, add in ((table.getprevious(), table.addprevious), (table.getnext(), table.addnext)):
        if other is not None and other.tag == _W + "tbl":
            add(_thin())
    for other, side, room in (
        (table.getprevious(), "after", _ABOVE),
        (table.getnext(), "before", _BELOW),
    ):
        if other is not None and other.tag == _W + "p":
            put_spacing(other, side, room)
    for cell in table.iter(_W + "tc"):
        if cell[-1].tag == _W + "tbl":  # Word wants a paragraph at the end of a cell
            cell.append(_thin())


def _thin() -> Any:
    paragraph = etree.Element(_W + "p")
    spacing = etree.SubElement(etree.SubElement(paragraph, _W + "pPr"), _W + "spacing")
    for key, text in (("before", "0"), ("after", "0"), ("line", "20"), ("lineRule", "exact")):
        spacing.set(_W + key, text)
    return paragraph
