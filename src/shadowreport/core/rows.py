"""Rows of a table that the public edition withholds.

What is read carries a class on such a row, and nothing of the mark that was typed into its first cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from shadowreport.core.ast import attr, node, tables
from shadowreport.core.column_widths import positions
from shadowreport.core.report import Block, Inline

HELD = "confidential"  # the class of a row
# how pandoc is given the mark: as long as '::: confidential', and never the beginning of a division
AS_READ = f"\\:::{HELD}"
_READ = re.compile(rf":::{HELD}(?: |$)")


def lifted(content: Any) -> Any:
    """The content of a table with the marks of its rows taken for what they mean; None where it has none."""
    attributes, caption, specs, head, bodies, foot = content
    new = [
        [own, count, inner, [_lifted(row) for row in rows]] for own, count, inner, rows in bodies
    ]
    if new == bodies:
        return None
    return node("Table", attributes, caption, specs, head, new, foot)


def _lifted(row: Any) -> Any:
    cells = row[1]
    blocks = cells[0][4] if cells else []
    if not blocks or blocks[0]["t"] not in ("Para", "Plain"):
        return row
    first, *rest = blocks[0]["c"] or [{"t": "Space"}]
    match = _READ.match(first["c"]) if first["t"] == "Str" else None
    if not match:
        return row
    words = first["c"][match.end() :]
    left = [node("Str", words), *rest] if words else _without_space(rest)
    own = [{"t": blocks[0]["t"], "c": left}] if left else []
    cell = [*cells[0][:4], [*own, *blocks[1:]]]
    return _marked([row[0], [cell, *cells[1:]]])


def _marked(row: Any) -> Any:
    (identifier, classes, pairs), cells = row
    return [[identifier, [*classes, HELD], pairs], cells]


def _without_space(inlines: list[Inline]) -> list[Inline]:
    space = bool(inlines) and inlines[0]["t"] in ("Space", "SoftBreak", "LineBreak")
    return inlines[space:]


def is_held(row: Any) -> bool:
    """Whether a row is withheld."""
    return HELD in row[0][1]


def rows_of(table: Block) -> Iterator[Any]:
    """The rows of a table below its head."""
    return (row for body in table["c"][4] for row in (*body[2], *body[3]))


def with_held(content: Any, wanted: Callable[[Any], bool]) -> Any:
    """The content of a table in which rows below its head are withheld too."""
    attributes, caption, specs, head, bodies, foot = content
    new = [
        [*body[:3], [_marked(row) if wanted(row) and not is_held(row) else row for row in body[3]]]
        for body in bodies
    ]
    return node("Table", attributes, caption, specs, head, new, foot)


def held_rows(blocks: list[Block]) -> list[list[int]]:
    """For each table in some blocks the rows of it that are withheld, counted below its head."""
    return [
        [index for index, row in enumerate(rows_of(table)) if is_held(row)]
        for table in tables(blocks)
    ]


def without_held(content: Any, notice: Sequence[Inline]) -> Any:
    """The content of a table in which a run of withheld rows is one that says so; None where none is.
    Widths that were typed are dropped: what is withheld may have made them."""
    attributes, caption, specs, head, bodies, foot = content
    if not any(is_held(row) for body in bodies for row in body[3]):
        return None
    bare = [[align, {"t": "ColWidthDefault"}] for align, _ in specs]
    new = [[*body[:3], list(_public(body[3], len(specs), notice))] for body in bodies]
    return node("Table", attributes, caption, bare, head, new, foot)


def _public(rows: Sequence[Any], columns: int, notice: Sequence[Inline]) -> Iterator[Any]:
    for held, run in groupby(rows, is_held):
        if not held:
            yield from run
            continue
        texts = [[node("Plain", list(notice))], *([] for _ in range(columns - 1))]
        yield [attr(), [[attr(), {"t": "AlignDefault"}, 1, 1, blocks] for blocks in texts]]


def centred(head: Any) -> Any:
    """The head of a table with what stands over several columns in their middle."""
    middle = {"t": "AlignCenter"}
    rows = [
        [
            own,
            [
                [a, middle if d["t"] == "AlignDefault" and wide > 1 else d, high, wide, blocks]
                for a, d, high, wide, blocks in cells
            ],
        ]
        for own, cells in head[1]
    ]
    return [head[0], rows]


def with_heads(bodies: Sequence[Any], columns: int) -> list[Any]:
    """The parts of a table below its head, whose first cells are headings of their rows. A cell across all
    columns is the heading of the rows below it, which make a part of their own; where another first cell
    reaches over several columns, the rows of its part have no headings: pandoc's pages would cut it."""
    result: list[Any] = []
    for own, _, inner, rows in bodies:
        parts = [[own, 0, [*inner], []]]
        for row in rows:
            if is_title(row, columns):
                parts.append([attr(), 0, [row], []])
            else:
                parts[-1][3].append(row)
        result += [part for part in parts if part[2] or part[3]] or parts[:1]
    for part in result:
        part[1] = int(columns > 1 and not _reaching(part[3], columns))
    return result


def is_title(row: Any, columns: int) -> bool:
    """Whether a row is one cell across all columns."""
    return columns > 1 and len(row[1]) == 1 and row[1][0][2] == 1 and row[1][0][3] == columns


def _reaching(rows: Sequence[Any], columns: int) -> bool:
    return any(
        at == 0 and cell[3] > 1
        for row, places in zip(rows, positions(rows, columns), strict=True)
        for at, cell in zip(places, row[1], strict=True)
    )
