"""Tables that are drawn with lines, in which a cell may reach over several columns and rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import combining, east_asian_width

_ACROSS, _DOWN = frozenset("-=:+"), frozenset("|+")


@dataclass(frozen=True, slots=True, order=True)
class DrawnCell:
    """A cell: the lines and the columns of signs where its borders stand."""

    top: int
    left: int
    bottom: int
    right: int


def cells_of(lines: Sequence[str]) -> tuple[list[DrawnCell], int]:
    """The cells of a table, row by row, and the first line of it that is in none of them, or -1."""
    signs = [list(_columns(line)) for line in lines]
    wide = max(map(len, signs), default=0)
    signs = [[*row, *" " * (wide - len(row))] for row in signs]
    corners = [
        (row, column)
        for row in range(len(signs))
        for column in range(wide)
        if signs[row][column] == "+"
    ]
    found = sorted(filter(None, (_cell(signs, *corner) for corner in corners)))
    return found, _uncovered(signs, found)


def _columns(line: str) -> Iterator[str]:
    """A sign for each column of a line as pandoc counts them: a wide letter takes two, a combining mark none."""
    for sign in line.rstrip():
        if not combining(sign):
            yield sign
            yield from "\0" if east_asian_width(sign) in "WF" else ""


def _cell(signs: Sequence[Sequence[str]], top: int, left: int) -> DrawnCell | None:
    """The smallest rectangle with a corner at its start; None where none is drawn."""
    rights = list(_corners(signs[top], left, _ACROSS))
    downs = list(_corners([row[left] for row in signs], top, _DOWN))
    for bottom in downs:
        lows = set(_corners(signs[bottom], left, _ACROSS))
        for right in rights:
            side = [row[right] for row in signs]
            if right in lows and bottom in _corners(side, top, _DOWN):
                return DrawnCell(top, left, bottom, right)
    return None


def _corners(line: Sequence[str], start: int, drawn: frozenset[str]) -> Iterator[int]:
    """Where a border that begins at a place can end."""
    for at in range(start + 1, len(line)):
        if line[at] not in drawn:
            return
        if line[at] == "+":
            yield at


def _uncovered(signs: Sequence[Sequence[str]], cells: Sequence[DrawnCell]) -> int:
    """The first line in which a column of the table belongs to no cell."""
    first = signs[0].index("+") if signs and "+" in signs[0] else 0
    last = max((cell.right for cell in cells), default=first)
    for row in range(1, len(signs) - 1):
        here = [cell for cell in cells if cell.top <= row <= cell.bottom]
        covered = {at for cell in here for at in range(cell.left, cell.right + 1)}
        if covered != set(range(first, last + 1)) or any(
            sign not in " \0" for sign in signs[row][last + 1 :]
        ):
            return row
    return -1 if cells else 0


def bars_of(text: str, edges: Sequence[int], signs: str = "|") -> list[int] | None:
    """Where the bars of a row stand below the signs of its border, as pandoc counts columns: a wide
    letter (Chinese) takes two, a combining mark none."""
    column, at = 0, {}
    for index, sign in enumerate(text):
        if sign in signs:
            at[column] = index
        column += 0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1
    bars = [at[edge] for edge in edges if edge in at]
    return bars if len(bars) == len(edges) else None


def has_merged(lines: Sequence[str]) -> bool:
    """Whether lines of a drawn table stand otherwise than its first border."""
    edges = _edges(lines[0])
    return any(
        _edges(line) != edges or " " in line.strip()
        if line.lstrip().startswith("+")
        else bars_of(line, edges) is None
        for line in lines
    )


def _edges(line: str) -> list[int]:
    return [at for at, sign in enumerate(line) if sign == "+"]


def places_of(lines: Sequence[str]) -> list[int] | None:
    """For each cell of a table where its text begins, counted from the table's first letter, or -1 where it
    has no text or one of several lines; None where no cell reaches over several columns or rows."""
    if not has_merged(lines):
        return None
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    return [_place(lines, starts, cell) for cell in cells_of(lines)[0]]


def _place(lines: Sequence[str], starts: Sequence[int], cell: DrawnCell) -> int:
    found: list[int] = []
    for row in range(cell.top + 1, cell.bottom):
        left, right = bars_of(lines[row], (cell.left, cell.right), "|+") or (0, 0)
        text = lines[row][left + 1 : right]
        if text.strip():
            found.append(starts[row] + left + 1 + len(text) - len(text.lstrip()))
    return found[0] if len(found) == 1 else -1
