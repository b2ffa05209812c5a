"""Pages that are read from the right: their letters put in reading order by where they stand, whatever order
the program wrote them in, and mirrored, so that a page reads like any other."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

_ONE_LINE = 0.5  # of a size: how far letters of one line may stand above each other
_NEAR = 0.2  # of a size: room between letters of one word
_OVER = 0.35  # of a letter: how far the one behind it lies over it at least, where it does not stand left of it
_MIRRORED = str.maketrans("()[]«»", ")(][»«")
_SMALLER = 0.8  # of a size: the mark of a footnote, which is none of the figures beside it
_WITHIN = "./,:-_"  # between figures or Latin letters, without a blank: 2003/14, CRPD/C/UTO


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter where it is printed; `index` is its place in the order of the file."""

    letter: str
    left: float
    right: float
    foot: float
    size: float
    index: int


def is_right_to_left(letters: Iterable[str]) -> bool:
    """Whether most letters are of a script that is read from the right."""
    kinds = [unicodedata.bidirectional(letter) for letter in letters]
    return sum(kind in ("R", "AL") for kind in kinds) > sum(kind == "L" for kind in kinds)


def in_reading_order(glyphs: Sequence[Glyph], width: float) -> list[Glyph]:
    """The letters of a page line by line as they are read, at places as if they were read from the left."""
    return [glyph for line in _lines(glyphs) for glyph in _ordered(_with_marks(line), width)]


def _lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.foot):
        top = lines[-1][0] if lines else None
        if top and top.foot - glyph.foot < _ONE_LINE * max(top.size, glyph.size):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return lines


def _ordered(line: Sequence[Glyph], width: float) -> list[Glyph]:
    units = sorted(_units(line), key=lambda unit: -max(glyph.right for glyph in unit))
    found: list[Glyph] = []
    for western, part in groupby(_kinds(units), key=lambda item: item[1]):
        group = [glyph for unit, _ in part for glyph in unit]
        if western:
            group.reverse()
        left, right = min(item.left for item in group), max(item.right for item in group)
        for item in group:
            start = width - right + item.left - left if western else width - item.right
            found.append(replace(item, left=start, right=start + item.right - item.left))
    return _with_brackets(found)


def _units(line: Sequence[Glyph]) -> list[list[Glyph]]:
    """Words as far as the file has their letters in order, which lie over each other in some fonts; else letter by
    letter."""
    units: list[list[Glyph]] = []
    for glyph in sorted(line, key=lambda glyph: glyph.index):
        if units and _goes_on(units[-1][-1], glyph):
            units[-1].append(glyph)
        else:
            units.append([glyph])
    return units


def _with_marks(line: Sequence[Glyph]) -> list[Glyph]:
    """A line whose vowel marks are of one piece with the letters that they stand on, wherever the file has them."""
    marks = [glyph for glyph in line if unicodedata.combining(glyph.letter)]
    letters = [glyph for glyph in line if _kind(glyph) in ("R", "AL")]
    if not letters:
        return [*line]
    below: dict[int, str] = {}
    for mark in marks:
        middle = mark.left + mark.right
        base = min(letters, key=lambda glyph: abs(glyph.left + glyph.right - middle))
        if mark.letter not in below.get(base.index, ""):  # some programs write each twice
            below[base.index] = below.get(base.index, "") + mark.letter
    kept = (glyph for glyph in line if glyph not in marks)
    return [replace(glyph, letter=glyph.letter + below.get(glyph.index, "")) for glyph in kept]


def _kind(glyph: Glyph) -> str:
    return unicodedata.bidirectional(glyph.letter[0])


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    arabic = all(_kind(item) in ("AL", "R") for item in (last, glyph))
    near = last.left - glyph.right < _NEAR * glyph.size
    return arabic and near and glyph.left < last.right - _OVER * (last.right - last.left)


def _kinds(units: Sequence[list[Glyph]]) -> list[tuple[list[Glyph], int]]:
    """Each unit, and the group of figures or Latin letters that it belongs to; 0 is none."""
    found: list[tuple[list[Glyph], int]] = []
    group = 0
    western = [_kind(unit[0]) in ("L", "EN") for unit in units]
    for at, unit in enumerate(units):
        inside = 0 < at < len(units) - 1 and western[at - 1] and western[at + 1]
        latin = inside and any(units[near][0].letter.isalpha() for near in (at - 1, at + 1))
        letter = unit[0].letter
        member = western[at] or (inside and (letter in _WITHIN or (latin and letter == " ")))
        before = found[-1] if found else None
        smaller = before and min(before[0][0].size, unit[0].size) < _SMALLER * max(
            before[0][0].size, unit[0].size
        )
        group += bool(member and (not (before and before[1]) or smaller))
        found.append((unit, group if member else 0))
    return found


def _with_brackets(line: list[Glyph]) -> list[Glyph]:
    """A line whose brackets open before they close: some programs write the shapes, not what they mean."""
    first = next((glyph.letter for glyph in line if glyph.letter in "()"), "(")
    if first == "(" or sum(glyph.letter in "()" for glyph in line) < 2:
        return line
    return [replace(glyph, letter=glyph.letter.translate(_MIRRORED)) for glyph in line]
