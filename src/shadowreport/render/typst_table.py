"""Writes tables as Typst: calls of `report-table` and `report-cell` in templates/report.typ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from shadowreport.core.ast import walk
from shadowreport.core.column_widths import (
    Columns,
    aligned,
    columns_of,
    long_rows,
    padding,
    positions,
    rooms,
    tail_of,
)
from shadowreport.core.report import Block
from shadowreport.core.rows import is_title
from shadowreport.core.style import Style
from shadowreport.render.typst_code import Code, joined, labelled, string, yes

Write = Callable[[Sequence[Block], float], Code]
NO_LIMIT = float("inf")

_ALIGNMENTS = {"AlignRight": "end", "AlignCenter": "center"}


def has_note(value: Any) -> bool:
    """Whether a footnote is called in a block or a row."""
    return any(element["t"] == "Note" for element in walk(value))


def _has_link(value: Any) -> bool:
    return any(element["t"] in ("Note", "Link") for element in walk(value))


def table(
    write: Write,
    place: Callable[[], str],
    content: Any,
    style: Style,
    *,
    sticky: bool,
    beside: float,
) -> Code:
    """A table; `write` writes what stands in its caption and its cells, with the ems that it has
    there; `place` names a place where a page can end. No page ends below one that is `sticky`.
    `beside` are the points that what it stands in takes of a line."""
    (identifier, _, _), caption, specs, head, bodies, _foot = content
    laid = columns_of(content, style, beside)
    writing = _Rows(write, laid, len(specs))
    parts = {
        "columns": _array(f"{100 * share:.2f}%" for share in laid.shares),
        "aligns": _array(_ALIGNMENTS.get(spec[0]["t"], "start") for spec in aligned(specs, laid)),
        "size": f"{laid.size:g}pt",
        "inset": f"{padding(len(specs)) / 2 - 0.5:g}pt",
        "caption": write(caption[1], NO_LIMIT) if caption[1] else "none",
        # what repeats on a page is there for the eye alone, and may hold no links (PDF/UA-1, 7.1)
        "repeat": yes(not _has_link(head[1])),
        "sticky": yes(sticky),
        "header": _array(cell for row in writing.head(head[1]) for cell in row),
        "body": _array(writing.body(list(_body_rows(bodies, len(specs))), place)),
    }
    if len(head[1]) > 1:
        parts["heads"] = str(len(head[1]))
    settings = ", ".join(f"{name}: {value}" for name, value in parts.items())
    return labelled(f"report-table({settings})", identifier)


def _array(items: Iterable[Code]) -> Code:
    return f"({''.join(f'{item},' for item in items)})"


def _body_rows(bodies: list[Any], columns: int) -> Iterator[tuple[Any, int, bool]]:
    """The rows below the head: a row, its number of heading cells, whether it is itself a heading."""
    for _, row_heads, inner_heads, inner in bodies:
        for rows, headers in ((inner_heads, columns), (inner, row_heads)):
            yield from ((row, headers, headers > 0 and is_title(row, columns)) for row in rows)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Writes rows of a table, each cell with the room that it has for its words."""

    write: Write
    laid: Columns
    columns: int

    def head(self, rows: list[Any]) -> Iterator[list[Code]]:
        """The rows of the head."""
        places = zip(rows, positions(rows, self.columns), long_rows(rows, self.laid), strict=True)
        for row, columns, long in places:
            yield list(self._row(row, columns, self.columns, long))

    def body(self, rows: list[tuple[Any, int, bool]], place: Callable[[], str]) -> Iterator[Code]:
        """The rows below the head."""
        covered = 1  # rows that begin no page: the first one, and those into which a cell reaches
        plain_rows = [row for row, _, _ in rows]
        columns, long = positions(plain_rows, self.columns), long_rows(plain_rows, self.laid)
        for (row, headers, title), at, torn in zip(rows, columns, long, strict=True):
            name = place() if not covered and has_note(row) else ""
            covered = max(covered - 1, *(cell[2] - 1 for cell in row[1]))
            cells = self._title(row) if title else self._row(row, at, headers, torn, name)
            yield f"report-row({', '.join([string(name), *cells])})"

    def _title(self, row: Any) -> Iterator[Code]:
        """A heading inside the table: as a header of a lower level it never ends a page."""
        (cell,) = row[1]
        text = self.write(cell[4], sum(self.laid.room))
        cell = f"report-cell(header: true, colspan: {cell[3]}, {text})"
        yield f"table.header(level: 2, repeat: false, {cell})"

    def _row(
        self, row: Any, columns: list[int], row_heads: int, long: bool, place: str = ""
    ) -> Iterator[Code]:
        for column, room, cell in zip(columns, rooms(row, columns, self.laid), row[1], strict=True):
            _, _, row_span, span, blocks = cell
            header = yes(column < row_heads)
            settings = f"header: {header}, rowspan: {row_span}, colspan: {span}, long: {yes(long)}"
            side = _ALIGNMENTS.get(cell[1]["t"], "")
            settings += f", side: {side}" if side else ""
            settings += f", tail: {string(tail)}" if (tail := tail_of(cell)) else ""
            mark = [f"row-place({string(place)})"] if place and not column else []
            text = self.write(blocks, room)
            yield f"report-cell({settings}, {joined([*mark, text])})"
