"""Writes tables as Typst: calls of `report-table` and `report-cell` in templates/report.typ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from shadowreport.core.ast import plain
from shadowreport.core.report import Block
from shadowreport.render.typst_code import Code, labelled, yes

Write = Callable[[Sequence[Block]], Code]

_LONG = 1500  # characters of a cell: about half a page in a column of a recommendation table
_ALIGNMENTS = {"AlignRight": "right", "AlignCenter": "center"}


def table(write: Write, content: Any) -> Code:
    """A table; `write` writes what stands in its caption and its cells."""
    (identifier, _, _), caption, specs, head, bodies, _foot = content
    rows = [cell for row in head[1] for cell in _row(write, row, len(specs))]
    body: list[Code] = []
    for _, row_heads, inner_heads, inner in bodies:
        body += [cell for row in inner_heads for cell in _body_row(write, row, len(specs))]
        body += [cell for row in inner for cell in _body_row(write, row, row_heads)]
    parts = {
        "columns": _array(_width(width) for _, width in specs),
        "aligns": _array(_ALIGNMENTS.get(align["t"], "left") for align, _ in specs),
        "caption": write(caption[1]) if caption[1] else "none",
        "header": _array(rows),
        "body": _array(body),
    }
    settings = ", ".join(f"{name}: {value}" for name, value in parts.items())
    return labelled(f"report-table({settings})", identifier)


def _width(width: dict[str, Any]) -> Code:
    return f"{width['c'] * 100:.2f}%" if width["t"] == "ColWidth" else "auto"


def _array(items: Iterator[Code] | Sequence[Code]) -> Code:
    return f"({''.join(f'{item},' for item in items)})"


def _body_row(write: Write, row: Any, row_heads: int) -> Iterator[Code]:
    cells = row[1]
    if len(cells) == 1 and row_heads:
        # a heading inside the table: as a header of a lower level it never ends a page
        cell = f"report-cell(header: true, colspan: {cells[0][3]}, {write(cells[0][4])})"
        yield f"table.header(level: 2, repeat: false, {cell})"
    else:
        yield from _row(write, row, row_heads)


def _row(write: Write, row: Any, row_heads: int) -> Iterator[Code]:
    cells = row[1]
    long = yes(any(len(plain(cell[4])) > _LONG for cell in cells))
    for index, (_, _, row_span, column_span, blocks) in enumerate(cells):
        spans = f"rowspan: {row_span}, colspan: {column_span}"
        yield f"report-cell(header: {yes(index < row_heads)}, {spans}, long: {long}, {write(blocks)})"
