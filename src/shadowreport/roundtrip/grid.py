"""The cells of a table that is drawn with lines: its columns must stay as wide as they are drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from shadowreport.roundtrip.target import Target
from shadowreport.source.leaf import Leaf


def put_into_cell(target: Target, leaf: Leaf, text: str) -> None:
    """Replaces the text of a cell. In a grid spaces make up for the difference; where there are too
    few, the column is drawn wider. Raises OverlapError."""
    source = target.present.source
    first, last = target.present.tops[leaf.top]
    if not source[first:last].lstrip().startswith("+"):
        target.put(leaf.start, leaf.end, text)
        return
    border = source.index("|", leaf.end)
    growth = _width(text) - _width(source[leaf.start : leaf.end])
    spare = max(border - leaf.end - 1, 0)
    if growth <= spare:
        room = border - leaf.end - growth
        target.put(leaf.start, border, text + " " * room)
        return
    target.put(leaf.start, border, text + " " * (border - leaf.end - spare))
    column = _width(source[source.rfind("\n", 0, border) + 1 : border])
    for at in _borders(source, first, last, column):
        if at != border:
            at -= source[at - 1] == ":"  # the end of a line that sets a column to the right
            fill = source[at - 1] if source[at] in "+:" else " "
            target.put(at, at, fill * (growth - spare))


def _borders(source: str, first: int, last: int, column: int) -> Iterator[int]:
    """In each line of a table the first border at a column or behind it."""
    at = source.rfind("\n", 0, first) + 1
    while at < last:
        end = source.find("\n", at)
        end = len(source) if end < 0 else end
        width = 0
        for place in range(at, end):
            if width >= column and source[place] in "|+":
                yield place
                break
            width += _width(source[place])
        at = end + 1


def _width(text: str) -> int:
    """How many columns a text takes, as pandoc counts them."""
    wide = sum(unicodedata.east_asian_width(mark) in "WF" for mark in text)
    return len(text) + wide - sum(unicodedata.combining(mark) > 0 for mark in text)
