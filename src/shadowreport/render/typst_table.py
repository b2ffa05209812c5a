"""Writes tables as Typst: calls of `report-table` and `report-cell` in templates/report.typ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from shadowreport.core.ast import plain, walk
from shadowreport.core.report import Block
from shadowreport.render.typst_code import Code, joined, labelled, string, yes

Write = Callable[[Sequence[Block]], Code]

_LONG = 1500  # characters of a cell: about half a page in a column of a recommendation table
_ALIGNMENTS = {"AlignRight": "right", "AlignCenter": "center"}


def has_note(value: Any) -> bool:
    """Whether a footnote is called in a block or a row."""
    return any(element["t"] == "Note" for element in walk(value))


def table(write: Write, place: Callable[[], str], content: Any) -> Code:
    """A table; `write` writes what stands in its caption and its cells, and `place` names a place
    where a page can end."""
    (identifier, _, _), caption, specs, head, bodies, _foot = content
    rows = [cell for row in head[1] for cell in _row(write, row, len(specs))]
    body: list[Code] = []
    covered = 1  # rows that begin no page: the first one, and those into which a cell reaches
    for row, headers, title in _body_rows(bodies, len(specs)):
        name = place() if not covered and has_note(row) else ""
        covered = max(covered - 1, *(cell[2] - 1 for cell in row[1]))
        cells = _title(write, row) if title else _row(write, row, headers, name)
        body.append(f"report-row({', '.join([string(name), *cells])})")
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


def _body_rows(bodies: list[Any], columns: int) -> Iterator[tuple[Any, int, bool]]:
    """The rows below the head: a row, its number of heading cells, whether it is itself a heading."""
    for _, row_heads, inner_heads, inner in bodies:
        for rows, headers in ((inner_heads, columns), (inner, row_heads)):
            yield from ((row, headers, len(row[1]) == 1 and headers > 0) for row in rows)


def _title(write: Write, row: Any) -> Iterator[Code]:
    """A heading inside the table: as a header of a lower level it never ends a page."""
    (cell,) = row[1]
    cell = f"report-cell(header: true, colspan: {cell[3]}, {write(cell[4])})"
    yield f"table.header(level: 2, repeat: false, {cell})"


def _row(write: Write, row: Any, row_heads: int, place: str = "") -> Iterator[Code]:
    cells = row[1]
    long = yes(any(len(plain(cell[4])) > _LONG for cell in cells))
    for index, (_, _, row_span, column_span, blocks) in enumerate(cells):
        settings = f"header: {yes(index < row_heads)}, rowspan: {row_span}, colspan: {column_span}"
        mark = [f"row-place({string(place)})"] if place and not index else []
        yield f"report-cell({settings}, long: {long}, {joined([*mark, write(blocks)])})"
