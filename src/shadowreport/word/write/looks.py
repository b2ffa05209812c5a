"""The looks of boxes, tables and lists that templates/style.yaml can ask for, in a Word file's styles."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from shadowreport.core.style import BOXES, BULLETS, COLOURS, TABLES, Style
from shadowreport.word.names import NAMESPACES, etree
from shadowreport.word.ours import FRAMES, TABLE, style_id
from shadowreport.word.write.zip import Parts

_W = f"{{{NAMESPACES['w']}}}"
_THIN, _THICK = "4", "8"  # eighths of a point
# a side of a box: the width and the colour of its line; a box without lines has them in its ground's
# colour, since Word shades the room between two paragraphs only where both have a frame
_SIDES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "frame": dict.fromkeys(("top", "left", "bottom", "right"), (_THIN, COLOURS["line"])),
    "rules": {
        **dict.fromkeys(("top", "bottom"), (_THICK, COLOURS["accent"])),
        **dict.fromkeys(("left", "right"), (_THIN, COLOURS["shade"])),
    },
    "plain": dict.fromkeys(("top", "left", "bottom", "right"), (_THIN, COLOURS["shade"])),
}


def set_looks(package: Parts, style: Style) -> None:
    """Sets what differs from the toolkit's own look; the rest stays as the Word file has it."""
    styles = {
        item.get(_W + "styleId"): item
        for item in package.tree("word/styles.xml").iter(_W + "style")
    }
    if style.boxes != BOXES[0]:
        for name in FRAMES:
            _frame(styles.get(style_id(name)), _SIDES[style.boxes])
    if style.tables != TABLES[0] and style_id(TABLE) in styles:
        _lines(styles[style_id(TABLE)], style.tables)
    if style.bullets != BULLETS[0]:
        _bullets(package.tree("word/numbering.xml"), style.bullets)


def _frame(style: Any, sides: Mapping[str, tuple[str, str]]) -> None:
    frame = None if style is None else style.find(f"{_W}pPr/{_W}pBdr")
    for side in () if frame is None else frame:
        width, colour = sides.get(etree.QName(side).localname, (_THIN, COLOURS["line"]))
        side.set(_W + "sz", width)
        side.set(_W + "color", colour)


def _lines(style: Any, form: str) -> None:
    """A grid has lines on all sides of a cell; a plain table three of them, as books have."""
    borders = style.find(f"{_W}tblPr/{_W}tblBorders")
    for ground in list(style.iter(_W + "shd")) if form == "plain" else ():
        ground.getparent().remove(ground)
    if borders is None:
        return
    inner = borders.find(_W + "insideH")
    if form == "plain":
        borders.find(_W + "bottom").set(_W + "color", COLOURS["accent"])
        borders.remove(inner)
        return
    for name, before in (("left", "top"), ("right", "bottom"), ("insideV", "insideH")):
        line = deepcopy(inner)
        line.tag = _W + name
        borders.find(_W + before).addnext(line)


def _bullets(numbering: Any, sign: str) -> None:
    for level in numbering.iter(_W + "lvl"):
        kind = level.find(_W + "numFmt")
        if kind is not None and kind.get(_W + "val") == "bullet":
            level.find(_W + "lvlText").set(_W + "val", sign)
            for letters in level.findall(_W + "rPr"):  # those of a font of symbols
                level.remove(letters)
