"""Tables that are drawn with lines, in which a cell may reach over several columns and rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import combining, east_asian_width

_PATIENCE = 100  # times the signs of a drawing
_ACROSS, _DOWN = frozenset("-=:+"), frozenset("|+")


@dataclass(frozen=True, slots=True, order=True)
class DrawnCell:
    """A cell: the lines and the columns of signs where its borders stand."""

    top: int
    left: int
    bottom: int
    right: int


def cells_of(lines: Sequence[str]) -> tuple[list[DrawnCell], int]:
    """The cells of a table, row by row, and the first line of it that is in none of them, or -1. A drawing
    in which that takes too long to find out is wrong in its first line."""
    drawing = _Drawing(lines)
    found = sorted(filter(None, map(drawing.cell, drawing.corners())))
    return ([], 0) if drawing.spent() else (found, drawing.uncovered(found))


def _columns(line: str) -> Iterator[str]:
    """A sign for each column of a line as pandoc counts them: a wide letter takes two, a combining mark none."""
    for sign in line.rstrip():
        if not combining(sign):
            yield sign
            yield from "\0" if east_asian_width(sign) in "WF" else ""


class _Drawing:
    """The signs of a drawn table in rows of one length, and how far each border goes on."""

    def __init__(self, lines: Sequence[str]) -> None:
        rows = [list(_columns(line)) for line in lines]
        self.wide = max(map(len, rows), default=0)
        self.signs = [[*row, *" " * (self.wide - len(row))] for row in rows]
        self._across = [_ends(row, _ACROSS) for row in self.signs]
        self._down = [_ends(column, _DOWN) for column in zip(*self.signs, strict=True)]
        self._left = _PATIENCE * self.wide * len(rows)

    def spent(self) -> bool:
        """Whether more was looked at than a sensible drawing needs."""
        return self._left < 0

    def corners(self) -> Iterator[tuple[int, int]]:
        """Each place where borders may meet."""
        for at, row in enumerate(self.signs):
            yield from ((at, column) for column, sign in enumerate(row) if sign == "+")

    def cell(self, corner: tuple[int, int]) -> DrawnCell | None:
        """The smallest rectangle with this corner at its start; None where none is drawn."""
        top, left = corner
        for bottom in range(top + 1, self._down[left][top] + 1):
            if self.signs[bottom][left] != "+":
                continue
            for right in range(
                left + 1, min(self._across[top][left], self._across[bottom][left]) + 1
            ):
                self._left -= 1
                if self._is_corner(top, bottom, right):
                    return DrawnCell(top, left, bottom, right)
                if self._left < 0:
                    return None
        return None

    def _is_corner(self, top: int, bottom: int, right: int) -> bool:
        ends = self.signs[top][right] == self.signs[bottom][right] == "+"
        return ends and self._down[right][top] >= bottom

    def uncovered(self, cells: Sequence[DrawnCell]) -> int:
        """The first line in which a column of the table belongs to no cell."""
        if not cells:
            return 0
        first, last = self.signs[0].index("+"), max(cell.right for cell in cells)
        covered = [bytearray(self.wide) for _ in self.signs]
        for cell in cells:
            self._left -= (cell.bottom - cell.top) * (cell.right - cell.left)
            if self._left < 0:
                return cell.top
            for row in range(cell.top, cell.bottom + 1):
                covered[row][cell.left : cell.right + 1] = b"\1" * (cell.right - cell.left + 1)
        whole = bytes(first) + b"\1" * (last + 1 - first) + bytes(self.wide - last - 1)
        for row in range(1, len(self.signs) - 1):
            if covered[row] != whole or any(
                sign not in " \0" for sign in self.signs[row][last + 1 :]
            ):
                return row
        return -1


def _ends(signs: Sequence[str], drawn: frozenset[str]) -> list[int]:
    """For each place of a row or column, how far a border that begins there goes on."""
    ends = list(range(len(signs)))
    for at in range(len(signs) - 2, -1, -1):
        if signs[at + 1] in drawn:
            ends[at] = ends[at + 1]
    return ends


def bars_of(text: str, edges: Sequence[int], signs: str = "|") -> list[int] | None:
    """Where the bars of a row stand below the signs of its border, as pandoc counts columns: a wide
    letter (Chinese) takes two, a combining mark none."""
    at = _bars(text, signs)
    bars = [at[edge] for edge in edges if edge in at]
    return bars if len(bars) == len(edges) else None


@lru_cache(maxsize=64)
def _bars(text: str, signs: str) -> dict[int, int]:
    """Where each bar of a row stands in it, by its column."""
    column, at = 0, dict[int, int]()
    for index, sign in enumerate(text):
        if sign in signs:
            at[column] = index
        column += 0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1
    return at


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
