"""A body as a column of lines, some of which are written anew and some kept as they are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shadowreport.source.typed import Typed
from shadowreport.source.typed.lines import FENCE, Leaf

_INSIDE = ("item", "quote", "note")  # where the signs before a line mean something


class Row(NamedTuple):
    """A line: its text, and what it is: kept as it is, a heading, the edge of a box, or other."""

    text: str
    kind: str


class Page:
    """The lines of a body. `typed` is how it was read."""

    def __init__(self, text: str, typed: Typed) -> None:
        self._lines = text.split("\n")
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._new: dict[int, list[str]] = {}
        self._kept = {
            number
            for start, end in typed.aside
            for number in range(self._at(start), self._at(end) + 1)
        }
        self._headings = {
            self._at(leaf.lines[0].start)
            for leaf in typed.leaves
            if leaf.path[-1].startswith("heading")
        }

    def _at(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def lines_of(self, leaf: Leaf) -> list[int]:
        """The lines of a paragraph; none where something else stands in them that is kept."""
        lines = [self._at(line.start) for line in leaf.lines]
        whole = list(range(lines[0], lines[0] + len(lines)))
        return lines if lines == whole and self._kept.isdisjoint(lines) else []

    def lead(self, leaf: Leaf) -> str:
        """What stands before the text of a paragraph: blanks, the mark of an item or quotation."""
        first = leaf.lines[0]
        number = self._at(first.start)
        indent = first.text[: len(first.text) - len(first.text.lstrip())]
        lead = self._lines[number][: first.start - self._starts[number]] + indent
        return lead if any(part.startswith(_INSIDE) for part in leaf.path) else ""

    def replace(self, lines: Sequence[int], new: list[str]) -> None:
        """Writes some lines anew."""
        self._new.update({number: [] for number in lines})
        self._new[lines[0]] = new

    def rows(self) -> Iterator[Row]:
        """The lines from top to bottom."""
        for number, text in enumerate(self._lines):
            if number in self._new:
                yield from (Row(line, "text") for line in self._new[number])
            elif number in self._kept:
                yield Row(text, "kept")
            else:
                yield Row(text.rstrip(), self._kind(number, text))

    def _kind(self, number: int, text: str) -> str:
        if not text.strip():
            return "blank"
        if number in self._headings:
            return "heading"
        match = FENCE.match(text)
        if match and len(match[1]) > 2:
            return "open" if match[2].strip(": \t") else "close"
        return "text"
