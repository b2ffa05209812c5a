"""Says what a Word file says in the way of the toolkit's own: lengths in twentieths of a point, and no
direction, since a report's lines run as its language does."""

from __future__ import annotations

import re

from shadowreport.word.names import NAMESPACES, Element, short

_UNITS = {"pt": 20.0, "in": 1440.0, "cm": 1440 / 2.54, "mm": 1440 / 25.4, "pc": 240.0, "pi": 240.0}
_LENGTH = re.compile(rf"(-?\d+(?:\.\d+)?)({'|'.join(_UNITS)})")  # ISO 29500-1, 22.9.2.15
_PERCENT = re.compile(r"(-?\d+(?:\.\d+)?)%")
_PARTS = {"w:": 50, "a:": 1000, "w:zoom": 1}  # into how many a percent is divided
_HALF_POINTS = {"w:sz", "w:szCs", "w:kern", "w:position"}
_WORDS = {"w:lvlText", "w:name", "w:aliases"}
_DIRECTIONS = {"w:bidi", "w:rtl", "w:rtlGutter", "w:bidiVisual"}
_W = f"{{{NAMESPACES['w']}}}"


def plain_lengths(root: Element) -> None:
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


def without_direction(root: Element) -> None:
    """Takes out which way lines run."""
    for element in [item for item in root.iter() if short(item) in _DIRECTIONS]:
        element.getparent().remove(element)
