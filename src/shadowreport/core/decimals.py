"""Which numbers of a column lack what others have behind their ones, so that decimal marks stand
below one another: each cell keeps it as an attribute, for which every format leaves room."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shadowreport.core.ast import plain
from shadowreport.core.column_widths import TAIL, columns_of, positions

_SIDES = ("AlignDefault", "AlignRight")


@dataclass(frozen=True, slots=True)
class _Number:
    """A cell of a number: its mark and the digits behind it, and its sign of per cent."""

    cell: Any
    fraction: str
    sign: str


def with_tails(table: Sequence[Any], mark: str) -> Sequence[Any]:
    """A table of pandoc's AST (its content) whose cells of numbers have, as the attribute TAIL, what
    their columns' longest number has behind its ones and they have not; `mark` is the decimal mark
    of the language."""
    attributes, caption, specs, head, bodies, foot = table
    laid = columns_of(table)
    right = {
        i
        for i, (side, _) in enumerate(specs)
        if laid.numbers[i] and side["t"] in _SIDES
    }  # fmt: skip
    copied = [
        [*body[:2], *([[row[0], list(row[1])] for row in rows] for rows in body[2:])]
        for body in bodies
    ]
    rows = [row for body in copied for part in body[2:] for row in part]
    columns: dict[int, list[tuple[Any, int, _Number]]] = {}
    for row, places in zip(rows, positions(rows, len(specs)), strict=True):
        for at, (cell, column) in enumerate(zip(row[1], places, strict=True)):
            if column in right and cell[3] == 1 and plain(cell[4]).strip():
                columns.setdefault(column, []).append((row, at, _number(cell, mark)))
    for found in columns.values():
        _fill(found)
    return [attributes, caption, specs, head, copied, foot]


def _number(cell: Any, mark: str) -> _Number:
    text = plain(cell[4]).strip()
    parts = re.fullmatch(rf"[^{re.escape(mark)}]*?({re.escape(mark)}\d+)?(\s?%)?", text)
    return _Number(cell, *(part or "" for part in (parts.groups() if parts else ("", ""))))


def _fill(found: Sequence[tuple[Any, int, _Number]]) -> None:
    longest = max((number.fraction for _, _, number in found), key=len)
    sign = max((number.sign for _, _, number in found), key=len)
    for row, at, number in found:
        tail = longest[len(number.fraction) :] + ("" if number.sign else sign)
        if tail:
            (identifier, classes, pairs), *rest = number.cell
            row[1][at] = [[identifier, classes, [*pairs, [TAIL, tail]]], *rest]
