"""Finds the line of a thing in a section's source, because pandoc's AST has no lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

from shadowreport.core.ast import plain
from shadowreport.core.report import Place

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\W_]+")

_WINDOW = 60_000  # characters in which the next block is looked for


class Locator:
    """Walks through a source from block to block; each search begins where the last block was."""

    def __init__(self, source: str, file: str, first_line: int) -> None:
        self._source = source
        self._file = file
        self._first_line = first_line
        self._starts = [0, *(match.end() for match in re.finditer("\n", source))]
        self._offset = 0

    def block(self, block: Any) -> Place:
        """The place of the next block that begins with this block's words."""
        words = _WORD.findall(plain(block, notes=True)[:200])[:4]
        found = self._find(words) if words else -1
        if found >= 0:
            start = self._source.rfind("\n", 0, found) + 1
            self._offset = max(start, self._offset)
        return self.here()

    def _find(self, words: list[str]) -> int:
        """Where some words stand next with nothing but other signs between them; -1: nowhere. (A
        pattern made of the words would do, but compiling it takes longer than all the rest.)"""
        limit = self._offset + _WINDOW
        found = self._source.find(words[0], self._offset, limit)
        while found >= 0:
            end = found + len(words[0])
            for word in words[1:]:
                gap = _GAP.match(self._source, end)
                if not gap or not self._source.startswith(word, gap.end()):
                    break
                end = gap.end() + len(word)
            else:
                return found
            found = self._source.find(words[0], found + 1, limit)
        return -1

    def text(self, needle: str) -> Place:
        """The place of a text at or after the present block; the block's own where it is not found."""
        found = self._source.find(needle, self._offset) if needle else -1
        if found < 0 and needle:
            found = self._source.find(needle)
        return self.at(found) if found >= 0 else self.here()

    def passed(self) -> None:
        """The present block is done: the next one begins on a later line."""
        end = self._source.find("\n", self._offset)
        self._offset = len(self._source) if end < 0 else end + 1

    def here(self) -> Place:
        """The place of the present block."""
        return self.at(self._offset)

    def at(self, offset: int) -> Place:
        """The place of a character of the source."""
        line = bisect_right(self._starts, offset) - 1
        return Place(self._file, self._first_line + line, offset - self._starts[line] + 1)
