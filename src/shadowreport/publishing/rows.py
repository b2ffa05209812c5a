"""Withheld rows of tables in a copy: a run of them is one empty row that is marked as they were.

A table that is drawn with lines is drawn anew, as narrow as its public text allows: its lines would tell
how long the longest withheld cell is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from unicodedata import combining, east_asian_width

from shadowreport.source.typed.confidential import ROW, rows
from shadowreport.source.typed.drawn import bars_of
from shadowreport.source.typed.lines import GRID, cells

_Drawn = tuple[bool, list[str]]  # whether it is a border, and the pieces between its signs


def with_rows(source: str, shown: Sequence[str], in_text: Callable[[str], str]) -> list[str | None]:
    """The lines of a section's copy, with a row for each run of withheld rows of its source; what has no
    line in the copy is None. `in_text` says what references in public text are called."""
    lines, made = source.split("\n"), list[str | None](map(in_text, shown))
    spans = [[source.count("\n", 0, at) for at in span] for span in rows(source)]
    held = {line for first, last in spans for line in range(first, last + 1)}
    while held:
        at = min(held)
        first, last = _table(lines, at)
        own = [index in held for index in range(first, last)]
        table = [lines[index] if index in held else shown[index] for index in range(first, last)]
        new = list((_drawn if GRID.match(table[0]) else _listed)(table, own, in_text))
        made[first:last] = [*new, *[None] * (len(table) - len(new))]
        held -= set(range(first, last))
    return made


def _table(lines: Sequence[str], at: int) -> tuple[int, int]:
    """From where to where the lines of the table go in which a line stands."""
    first, last = at, at
    while first and lines[first - 1].lstrip().startswith(("|", "+")):
        first -= 1
    while last < len(lines) and lines[last].lstrip().startswith(("|", "+")):
        last += 1
    return first, last


def _listed(
    table: Sequence[str], held: Sequence[bool], in_text: Callable[[str], str]
) -> Iterator[str]:
    for own, run in groupby(zip(table, held, strict=True), lambda item: item[1]):
        if own:
            yield f"| {ROW} |" + " |" * (len(cells(next(run)[0])) - 1)
        else:
            yield from (in_text(line) for line, _ in run)


def _drawn(
    table: Sequence[str], held: Sequence[bool], in_text: Callable[[str], str]
) -> Iterator[str]:
    edges = [index for index, sign in enumerate(table[0]) if sign == "+"]
    drawn = [
        (is_border, [*map(in_text, pieces)]) for is_border, pieces in _public(table, held, edges)
    ]
    widths = [
        max(
            3,
            *(_width(pieces[column].rstrip()) + 1 for is_border, pieces in drawn if not is_border),
        )
        for column in range(len(edges) - 1)
    ]
    lead = table[0][: edges[0]]
    for is_border, pieces in drawn:
        sign, draw = ("+", _border) if is_border else ("|", _cell)
        yield lead + sign + sign.join(map(draw, pieces, widths)) + sign


def _public(table: Sequence[str], held: Sequence[bool], edges: Sequence[int]) -> Iterator[_Drawn]:
    """The lines of a table in pieces; for a run of withheld rows, with the borders between them, one."""
    inside = False
    for at, line in enumerate(table):
        if held[at]:
            if not inside:
                yield False, [f" {ROW} ", *[""] * (len(edges) - 2)]
            inside = True
        elif GRID.match(line):
            if not inside or at + 1 == len(table) or not held[at + 1]:
                yield True, line.strip().split("+")[1:-1]
                inside = False
        else:
            found = bars_of(line, edges) or edges
            yield False, [line[left + 1 : right] for left, right in pairwise(found)]


def _border(piece: str, width: int) -> str:
    return piece[0] + piece[1] * (width - 2) + piece[-1]


def _cell(piece: str, width: int) -> str:
    text = piece.rstrip()
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """How many columns a text takes, as pandoc counts them."""
    return sum(0 if combining(sign) else 1 + (east_asian_width(sign) in "WF") for sign in text)
