"""Says what a Word file says in the way of the toolkit's own: lengths in twentieths of a point, sides as left
and right, all in the order of the schema; and no direction, since a report's lines run as its language does."""

from __future__ import annotations

import re

from shadowreport.word.names import NAMESPACES, Element, short, switch
from shadowreport.word.write.order import bring_into_order

_UNITS = {"pt": 20.0, "in": 1440.0, "cm": 1440 / 2.54, "mm": 1440 / 25.4, "pc": 240.0, "pi": 240.0}
_LENGTH = re.compile(rf"(-?\d+(?:\.\d+)?)({'|'.join(_UNITS)})")  # ISO 29500-1, 22.9.2.15
_PERCENT = re.compile(r"(-?\d+(?:\.\d+)?)%")
_PARTS = {"w:": 50, "a:": 1000, "w:zoom": 1}  # into how many a percent is divided
_HALF_POINTS = {"w:sz", "w:szCs", "w:kern", "w:position"}
_WORDS = {"w:lvlText", "w:name", "w:aliases"}
_DIRECTIONS = {"w:bidi", "w:rtl", "w:rtlGutter", "w:bidiVisual"}
_W = f"{{{NAMESPACES['w']}}}"

_SIDES = {"start": "left", "end": "right", "startChars": "leftChars", "endChars": "rightChars"}
_SIDED = {"w:jc", "w:lvlJc", "w:tab", "w:ind"}  # what names a side in an attribute
_BORDERED = {"w:tblBorders", "w:tcBorders", "w:tblCellMar", "w:tcMar"}  # in the name of an element
_PLAIN_SWITCHES = {"cantSplit", "tblHeader", "hidden", "noWrap", "tcFitText", "hideMark"}


def neutral(root: Element) -> None:
    """Brings a part of somebody's file into that way."""
    _plain_lengths(root)
    _without_direction(root)
    for element in list(root.iter(f"{_W}*")):
        _left_and_right(element)
        if short(element)[2:] in _PLAIN_SWITCHES:
            _plain_switch(element)
    bring_into_order(root)


def _left_and_right(element: Element) -> None:
    """Files of the strict kind, and some programs, say where a line starts and ends (17.18.44)."""
    for side in element if short(element) in _BORDERED else ():
        side.tag = _W + _SIDES.get(short(side)[2:], short(side)[2:])
    for key, text in element.items() if short(element) in _SIDED else ():
        side = _SIDES.get(key.removeprefix(_W))
        if side:
            del element.attrib[key]
            element.set(_W + side, text)
        elif key == _W + "val":
            element.set(key, _SIDES.get(text, text))


def _plain_switch(element: Element) -> None:
    """In rows and cells a switch is on where it stands."""
    if switch(element):
        element.attrib.pop(_W + "val", None)
    else:
        element.getparent().remove(element)


def _plain_lengths(root: Element) -> None:
    """Turns lengths with a unit and percents, which files of the strict kind have, into plain numbers."""
    for element in root.iter():
        kind = short(element)
        for key, text in () if kind in _WORDS else element.items():
            if kind.startswith("a:") or key.startswith(_W):
                element.set(key, _plain(kind, text))


def _plain(kind: str, text: str) -> str:
    length, percent = _LENGTH.fullmatch(text), _PERCENT.fullmatch(text)
    if length and kind.startswith("w:"):
        twips = float(length[1]) * _UNITS[length[2]]
        return str(round(twips / 10 if kind in _HALF_POINTS else twips))
    if percent:
        return str(round(float(percent[1]) * _PARTS.get(kind, _PARTS[kind[:2]])))
    return text


def _without_direction(root: Element) -> None:
    """Takes out which way lines run."""
    for element in [item for item in root.iter() if short(item) in _DIRECTIONS]:
        element.getparent().remove(element)
