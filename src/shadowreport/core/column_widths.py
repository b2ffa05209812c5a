"""How wide the columns of a table are, how its numbers stand and how big its letters are: the same
in every format, from what stands in the cells.

A column gets room for its longest word at least, and of what is left the more the more text it has
(by the square root, so that a column of long texts does not starve its neighbours). Where the words
do not fit side by side the letters get smaller, down to those of a footnote; where they still do
not, the longest words are broken.

Widths are estimated in ems by classes of letters, a little more than in the fonts of the PDF, for no
program that writes a report knows the fonts of the one that shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from operator import truediv
from typing import Any

from shadowreport.core.ast import plain
from shadowreport.core.style import USUAL, Breadths, Style

WIDE = "wide"  # the class of a table that wants a page across
SIZES = (9.0, 8.0, 7.0)  # points of the letters of a table
TAIL = "tail"  # the attribute of a cell: the room that it leaves behind its number (decimals.py)
PADDING = 13.0  # points on both sides of a cell's text, and its line

_NUMBER = re.compile(r"[−–+-]?\d[\d\s\u202f.,'’:/]*\s?%?|[–—−-]|\.{2,3}|…|")
_NARROW, _WIDE_LETTERS = frozenset("ijltfrI.,:;'’!|()[]- "), frozenset("mwMWЖШЩЮФжшщюф@%—…&")
_NARROW_EM, _SMALL_EM, _CAPITAL_EM, _WIDE_EM = 0.34, 0.52, 0.72, 0.9  # of a letter
_BOLD = 1.06
_POINTS = 72 / 25.4  # of a millimetre
_LONG = 25  # lines of a row
_LOW = 18  # lines of a table: about a third of a page
_SPACES = re.compile(r"(\s+)")
# where a line can end in every program: behind a hyphen and the signs of an address, and between
# the letters of scripts without spaces
_PIECES = re.compile(
    r"(?<=[^\W\d]-)(?=[^\W\d])|(?<=\w[/?&=_])(?=\w)|(?<=[\u2e80-\uffef])(?=\w)|(?<=\w)(?=[\u2e80-\uffef])"
)


@dataclass(frozen=True, slots=True)
class Columns:
    """How a table is set: the share of each column, which of them hold numbers, the size of the
    letters in points, and the words that are broken, each with its column."""

    shares: tuple[float, ...]
    numbers: tuple[bool, ...]
    size: float
    too_wide: tuple[tuple[str, int], ...]
    room: tuple[float, ...]  # ems for the text of each column
    needed: float  # ems that all columns need side by side, with what is around their text
    breadths: Breadths  # of the letters, beside those of the toolkit's font


@dataclass(slots=True)
class _Column:
    words: dict[str, float]
    breadths: Breadths
    longest: float = 0.0  # the longest text, in one line
    texts: int = 0
    others: int = 0

    @property
    def least(self) -> float:
        return max(self.words.values(), default=0.5)


def columns_of(table: Sequence[Any], style: Style | None = None, beside: float = 0.0) -> Columns:
    """How a table of pandoc's AST (its content) is set on the pages of a style; without one, on those
    that the toolkit has. `beside` are the points that a list, a quotation or a box takes of a line."""
    (_, classes, _), _, specs, head, bodies, foot = table
    style = style or Style()
    found = [_Column({}, style.breadths) for _ in specs]
    spans: list[tuple[int, int, float]] = []
    for rows, bold in ((head[1], True), ([*rows_of(bodies), *foot[1]], False)):
        for row, columns in zip(rows, positions(rows, len(specs)), strict=True):
            for cell, column in zip(row[1], columns, strict=True):
                _measure(found, spans, cell, column, bold=bold)
    width = style.measure(across=WIDE in classes)
    return _settled(found, spans, width * _POINTS - beside)


def tail_of(cell: Any) -> str:
    """What a cell leaves room for behind its number; mostly nothing."""
    return dict(cell[0][2]).get(TAIL, "")


def rows_of(bodies: Sequence[Any]) -> list[Any]:
    """The rows below the head."""
    return [row for part in bodies for row in (*part[2], *part[3])]


def rooms(row: Any, columns: Sequence[int], laid: Columns) -> list[float]:
    """The room of each cell of a row, by the columns where they begin."""
    return [
        sum(laid.room[column : column + cell[3]])
        for column, cell in zip(columns, row[1], strict=True)
    ]


def long_rows(rows: Sequence[Any], laid: Columns) -> Iterator[bool]:
    """Which rows are so long that they may be torn: the others stay whole."""
    return (lines > _LONG for lines in _lines(rows, laid))


def is_low(table: Sequence[Any], laid: Columns) -> bool:
    """Whether a table of pandoc's AST (its content) takes so little of a page that, below a heading, it
    is kept with the text that follows: a heading and its table alone end no page."""
    _, _, _, head, bodies, foot = table
    groups = (head[1], rows_of(bodies), foot[1])
    return sum(ceil(lines) + 0.5 for rows in groups for lines in _lines(rows, laid)) <= _LOW


def _lines(rows: Sequence[Any], laid: Columns) -> Iterator[float]:
    """About how many lines each row has."""
    for row, columns in zip(rows, positions(rows, len(laid.shares)), strict=True):
        widths = (em(plain(cell[4]), laid.breadths) for cell in row[1])
        yield max(map(truediv, widths, rooms(row, columns, laid)), default=0.0)


def aligned(specs: Sequence[Any], laid: Columns) -> list[Any]:
    """The columns of a table with those of numbers set to the right, if nothing else was asked."""
    right = {"t": "AlignRight"}
    return [
        [right if number and align["t"] == "AlignDefault" else align, width]
        for (align, width), number in zip(specs, laid.numbers, strict=True)
    ]


def positions(rows: Sequence[Any], count: int) -> Iterator[list[int]]:
    """The column of each cell of each row; a cell may reach into the rows below it."""
    busy = [0] * count
    for row in rows:
        found: list[int] = []
        column = 0
        for cell in row[1]:
            while column < count - 1 and busy[column]:
                column += 1
            found.append(column)
            busy[column : column + cell[3]] = [cell[2]] * len(busy[column : column + cell[3]])
            column += cell[3]
        yield found
        busy = [max(rest - 1, 0) for rest in busy]


def _measure(
    found: list[_Column], spans: list[tuple[int, int, float]], cell: Any, column: int, *, bold: bool
) -> None:
    text = plain(cell[4])
    factor = _BOLD if bold or column == 0 else 1.0
    here = found[min(column, len(found) - 1)]
    words = {word: em(word, here.breadths) * factor for word in words_of(text)}
    if cell[3] > 1:
        spans.append((column, cell[3], max(words.values(), default=0.0)))
        return
    behind = em(tail_of(cell), here.breadths)
    for word, wide in words.items():
        here.words[word] = max(wide + behind, here.words.get(word, 0.0))
    here.longest = max(here.longest, em(text, here.breadths) * factor + behind)
    if not bold and text.strip():
        here.texts += 1
        here.others += not _NUMBER.fullmatch(text.strip())


def _settled(found: list[_Column], spans: list[tuple[int, int, float]], width: float) -> Columns:
    least = [column.least for column in found]
    for column, span, longest in spans:
        here = range(column, min(column + span, len(found)))
        lack = longest - sum(least[i] for i in here)
        for i in here:
            least[i] += max(lack, 0.0) / len(here)
    needed = sum(least)
    size = next((size for size in SIZES if needed * size + _around(found) <= width), SIZES[-1])
    room = (width - _around(found)) / size
    rooms = _shared(least, [column.longest for column in found], max(room, 1.0))
    too_wide = tuple(
        (word, i)
        for i, column in enumerate(found)
        for word, wide in column.words.items()
        if wide > rooms[i] + 1e-6
    )
    around = _around(found) / len(found) / size
    total = sum(rooms) + around * len(found)
    numbers = tuple(  # the first column holds the names of the rows
        column.texts > 0 and not column.others and (i > 0 or len(found) == 1)
        for i, column in enumerate(found)
    )
    shares = tuple((ems + around) / total for ems in rooms)
    needed += around * len(found)
    return Columns(shares, numbers, size, too_wide, tuple(rooms), needed, found[0].breadths)


def _around(found: Sequence[_Column]) -> float:
    """Less is left beside the text where there are many columns."""
    return len(found) * padding(len(found))


def padding(columns: int) -> float:
    """Points beside the text of a cell."""
    return PADDING if columns <= 8 else PADDING / 2


def _shared(least: list[float], longest: list[float], room: float) -> list[float]:
    """The room for each column, by what it needs and what it has."""
    if sum(least) > room:
        # the longest words are broken: no column gets more than the same most
        most = _cap(least, room)
        return [min(ems, most) for ems in least]
    if sum(map(max, least, longest)) <= room:
        weights = [max(few, much) for few, much in zip(least, longest, strict=True)]
        rest = room - sum(weights)
        return [ems + rest * ems / sum(weights) for ems in weights]
    rest = room - sum(least)
    weights = [max(much - few, 0.0) ** 0.5 for few, much in zip(least, longest, strict=True)]
    rooms = [few + rest * weight / sum(weights) for few, weight in zip(least, weights, strict=True)]
    return _without_excess(rooms, [max(a, b) for a, b in zip(least, longest, strict=True)])


def _without_excess(rooms: list[float], most: list[float]) -> list[float]:
    """What a column cannot use goes to the others."""
    for _ in rooms:
        excess = sum(max(ems - top, 0.0) for ems, top in zip(rooms, most, strict=True))
        open_ = [i for i, (ems, top) in enumerate(zip(rooms, most, strict=True)) if ems < top]
        if excess < 1e-6 or not open_:
            break
        rooms = [min(ems, top) for ems, top in zip(rooms, most, strict=True)]
        for i in open_:
            rooms[i] += excess / len(open_)
    return rooms


def _cap(least: list[float], room: float) -> float:
    rest, waiting = room, sorted(least)
    for done, ems in enumerate(waiting):
        most = rest / (len(waiting) - done)
        if ems > most:
            return most
        rest -= ems
    return room


# --- words ----------------------------------------------------------------------------------------


def words_of(text: str) -> Iterator[str]:
    """What stays on one line in every program: words, pieces of addresses, Chinese letters."""
    for word in text.split():
        yield from _PIECES.split(word)


@lru_cache(maxsize=4096)
def em(text: str, breadths: Breadths = USUAL) -> float:
    """About how wide a text is, in ems."""
    return sum(_letter(letter, breadths) for letter in text)


def _letter(letter: str, breadths: Breadths) -> float:
    narrow, small, capitals, wide = breadths
    if letter in _NARROW:
        return _NARROW_EM * narrow
    if letter in _WIDE_LETTERS:
        return _WIDE_EM * wide
    if ord(letter) >= 0x1100:
        return 0.0 if letter in "\u200b\u2060" else 1.0
    if letter.isupper():
        return _CAPITAL_EM * capitals
    return (0.56 if ord(letter) > 0x24F else _SMALL_EM) * small


SAMPLES = (  # letters of each class, as many as measure a font, and how wide we take one of them
    ("ijltfrI.,:;'", _NARROW_EM),
    ("abcdeghnopsuvxyz0123456789", _SMALL_EM),
    ("ABCDEFGHJKLNOPQRSTUVXYZ", _CAPITAL_EM),
    ("mwMW%", _WIDE_EM),
)


def breadths_of(widths: Mapping[str, float]) -> Breadths:
    """How much wider than ours the letters of a font are, by the ems of each of `SAMPLES`; none are
    taken for narrower."""
    means = (sum(widths[letter] for letter in letters) / len(letters) for letters, _ in SAMPLES)
    found = (max(1.0, mean / usual) for mean, (_, usual) in zip(means, SAMPLES, strict=True))
    narrow, small, capitals, wide = (round(factor, 3) for factor in found)
    return narrow, small, capitals, wide


def broken(text: str, room: float, breadths: Breadths = USUAL) -> str:
    """The text with places where a word that is wider than the room can be broken."""
    return "".join(
        part if em(part, breadths) * _BOLD <= room else _broken(part, room, breadths)
        for part in _SPACES.split(text)
    )


def _broken(word: str, room: float, breadths: Breadths) -> str:
    """A hyphen shows where a word of letters is broken, and nothing where another one is."""
    mark = "\u00ad" if word.isalpha() else "\u200b"
    pieces: list[str] = []
    for part in _PIECES.split(word):
        line = room + 1
        for letter in part:
            line += em(letter, breadths) * _BOLD
            if line > room - 0.4:  # for the hyphen
                pieces.append("")
                line = em(letter, breadths) * _BOLD
            pieces[-1] += letter
    return mark.join(pieces)
