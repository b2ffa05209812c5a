"""What is printed around the text of a PDF's pages: running heads and feet, told from the text by their
places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from shadowreport.observations.block import plain
from shadowreport.observations.columns import CALL, Boxed
from shadowreport.observations.lines import furniture

NOTE = 0.93  # of the text's size: a footnote
NOTE_MARK = re.compile(rf"(?:{CALL}|(\d{{1,3}}(?![\d.)])|\*)\s*)")  # "4." is a paragraph's
_EDGE = 0.15  # of a page's height, above and below, where running heads stand
_GOES_ON = 1.8  # of a size: from the first line of a footnote to its second
_FLAT = re.compile(r"\d+")
_NUMBERED = re.compile(
    r"\(?(?:\d{1,3}[.)]|[^\W\d_]{1,3}\))\s*[^\W\d_]"
)  # begins a paragraph, or (b): no running head

R = TypeVar("R", bound=Boxed)


@dataclass(frozen=True)
class Heads:
    """The running heads of a document: what says the same at the same place of several pages, numbers apart.
    `body` is the size of the text's letters."""

    seen: Counter[tuple[str, int]]
    symbol: re.Pattern[str]
    body: float

    def without(self, page: Sequence[Sequence[R]], height: float, first: bool) -> list[list[R]]:
        """The rows of a page, column by column, less what is printed around them. On the first page the symbol
        stays."""
        called = Counter(mark for column in page for row in column for mark in row.marks)

        def printed(row: R) -> bool:
            note = row.size < NOTE * self.body and _is_note(row, called)
            return _at_edge(row, height) and not note and furniture(plain(row.text), self.symbol)

        notes = {
            id(row)
            for column in page
            for above, row in pairwise(column)
            if _is_note(above, called) and above.bottom - row.bottom < _GOES_ON * row.size
        }
        rows = sorted((row for column in page for row in column), key=lambda row: -row.top)
        around = [row for row in rows if printed(row)]
        for side in (rows, rows[::-1]):
            around += _outermost(
                side,
                lambda row: (
                    printed(row) or (id(row) not in notes and self._repeated(row, height, called))
                ),
            )
        left = {id(row) for row in around if not (first and self._tells_symbol(row, height))}
        return [[row for row in column if id(row) not in left] for column in page]

    def _tells_symbol(self, row: Boxed, height: float) -> bool:
        return row.top > height / 2 and bool(self.symbol.search(row.text))

    def _repeated(self, row: Boxed, height: float, called: Counter[str]) -> bool:
        if not _at_edge(row, height) or _NUMBERED.match(row.text) or _is_note(row, called):
            return False
        said, place = _head(row)
        return sum(self.seen[said, near] for near in (place - 1, place, place + 1)) > 1


def heads(
    pages: Sequence[Sequence[Sequence[Boxed]]],
    sizes: Sequence[tuple[float, float]],
    symbol: re.Pattern[str],
    body: float,
) -> Heads:
    """The running heads of pages, given the rows of each, column by column."""
    seen: Counter[tuple[str, int]] = Counter()
    for page, (_, height) in zip(pages, sizes, strict=True):
        seen.update({_head(row) for column in page for row in column if _at_edge(row, height)})
    return Heads(seen, symbol, body)


def _outermost(rows: Sequence[R], around: Callable[[R], bool]) -> list[R]:
    """The rows from the edge of a page on, as far as each is printed around the text."""
    end = next((at for at, row in enumerate(rows) if not around(row)), len(rows))
    return list(rows[:end])


def _at_edge(row: Boxed, height: float) -> bool:
    return row.bottom > height * (1 - _EDGE) or row.top < height * _EDGE


def _head(row: Boxed) -> tuple[str, int]:
    return _FLAT.sub("#", plain(row.text)), round(row.bottom)


def _is_note(row: Boxed, called: Counter[str]) -> bool:
    """Whether a row is a footnote, by a mark that stands in the text as well."""
    mark = NOTE_MARK.match(row.text)
    own = 1 if mark and row.text.startswith(CALL) else 0
    name = row.marks[0] if own else mark[1] if mark else None
    return bool(name and called[name] > own)
