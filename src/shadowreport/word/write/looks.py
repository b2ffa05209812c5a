"""The looks of boxes, tables and lists that templates/style.yaml can ask for, in a Word file's styles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shadowreport.core.style import BOXES, BULLETS, COLOURS, TABLES, Style
from shadowreport.word.names import NAMESPACES, short
from shadowreport.word.ours import FRAMES, TABLE, style_id
from shadowreport.word.write.order import within
from shadowreport.word.write.zip import Parts

_W = f"{{{NAMESPACES['w']}}}"
_Lines = Mapping[str, tuple[str, str]]  # by side: the width, in eighths of a point, and the colour
_BOX, _CELLS = ("top", "left", "bottom", "right"), ("left", "insideH", "insideV", "right")
_THIN = ("4", COLOURS["line"])
_RULE, _EDGE = ("8", COLOURS["accent"]), ("8", COLOURS["line"])
# a box without lines has them in its ground's colour, since Word shades the room between two
# paragraphs only where both have a frame
_NO_LINE = ("4", COLOURS["shade"])
_FRAMES: Mapping[str, _Lines] = {
    "frame": dict.fromkeys(_BOX, _THIN),
    "rules": {"top": _RULE, "left": _NO_LINE, "bottom": _RULE, "right": _NO_LINE},
    "plain": dict.fromkeys(_BOX, _NO_LINE),
}
_TABLES: Mapping[str, _Lines] = {
    "grid": {"top": _RULE, "bottom": _EDGE, **dict.fromkeys(_CELLS, _THIN)},
    "plain": {"top": _RULE, "bottom": _RULE},
}


def set_looks(package: Parts, style: Style) -> None:
    """Sets what differs from the toolkit's own look; the rest stays as the Word file has it."""
    styles = {
        item.get(_W + "styleId"): item
        for item in package.tree("word/styles.xml").iter(_W + "style")
    }
    for name in FRAMES if style.boxes != BOXES[0] else ():
        look = within(styles[style_id(name)], "w:pPr")
        if any(look.find(_W + kind) is not None for kind in ("pBdr", "shd")):  # else inherited
            _draw(within(look, "w:pBdr"), _FRAMES[style.boxes])
    if style.tables != TABLES[0]:
        table = styles[style_id(TABLE)]
        _draw(within(within(table, "w:tblPr"), "w:tblBorders"), _TABLES[style.tables])
        for ground in list(table.iter(_W + "shd")) if style.tables == "plain" else ():
            ground.getparent().remove(ground)
    if style.bullets != BULLETS[0]:
        _bullets(package.tree("word/numbering.xml"), style.bullets)


def _draw(borders: Any, lines: _Lines) -> None:
    for line in list(borders):
        if short(line)[2:] not in lines:
            borders.remove(line)
    for side, (width, colour) in lines.items():
        line = within(borders, f"w:{side}")
        for key, value in (("val", "single"), ("sz", width), ("color", colour)):
            line.set(_W + key, value)
        line.set(_W + "space", line.get(_W + "space", "0"))


def _bullets(numbering: Any, sign: str) -> None:
    for level in numbering.iter(_W + "lvl"):
        kind = level.find(_W + "numFmt")
        if kind is not None and kind.get(_W + "val") == "bullet":
            level.find(_W + "lvlText").set(_W + "val", sign)
            for letters in level.findall(_W + "rPr"):  # those of a font of symbols
                level.remove(letters)
