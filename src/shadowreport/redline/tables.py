"""Compares two tables row by row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from shadowreport.compare.pairing import Row, pair
from shadowreport.compare.words import likeness
from shadowreport.core.ast import attr, node, plain, transform
from shadowreport.core.report import Block, Inline
from shadowreport.redline.marking import Marking
from shadowreport.redline.tokens import Side, is_counted

_SIDES = {"AlignRight": "right", "AlignCenter": "centred"}
_ALIKE = 0.5  # the share of words or cells by which a head or a row is known again


def merged_table(marking: Marking, old: Block, new: Block) -> list[Block]:
    """Two tables as one; where their shapes have nothing in common as two, of which one went and one came
    unless they say the same."""
    one, other = _rows(old), _rows(new)
    shapes = [[_shape(row) for row in rows] for rows in (one, other)]
    flat = all(span[0] == 1 for rows in shapes for row in rows for span in row)
    if flat and len({sum(wide for _, wide in row) for rows in shapes for row in rows}) == 1:
        heads = len(new["c"][3][1])
        same = len(old["c"][3][1]) == heads and heads and _same_heads(one, other, heads)
        heads = heads if same else 0
        rows = [_row(marking, a, b) for a, b in zip(one[:heads], other[:heads], strict=True)]
        rows += _aligned_rows(marking, one[heads:], other[heads:])
    elif shapes[0] == shapes[1]:
        rows = [_row(marking, a, b) for a, b in zip(one, other, strict=True)]
    elif likeness(plain(one), plain(other)) < _ALIKE:
        return [whole_table(marking, old, "deletion"), whole_table(marking, new, "insertion")]
    else:
        rows = []
    title = plain(new["c"][1]) or plain(other[0])
    marking.changed("table", old["c"][0][0], new["c"][0][0], title + _aligned(old, new))
    if not rows:
        return [_whole(marking, old, "deletion"), _whole(marking, new, "insertion")]
    (_, before), (short, after) = old["c"][1], new["c"][1]
    return [_with_rows(new, [short, marking.blocks(before, after)], rows)]


def _aligned(old: Block, new: Block) -> str:
    """How the columns stand now, where they stood otherwise: no mark in the file can show that."""
    before, after = (
        [_SIDES.get(spec[0]["t"], "left") for spec in table["c"][2]] for table in (old, new)
    )
    same = before == after or len(before) != len(after)
    return "" if same else f" [columns: {', '.join(before)} → {', '.join(after)}]"


def _same_heads(one: list[Any], other: list[Any], heads: int) -> bool:
    """Whether the heads belong together: a stranger's first row is one, whatever it says, so the new
    one may have been a row further down."""
    if [_shape(row) for row in one[:heads]] != [_shape(row) for row in other[:heads]]:
        return False
    said = plain(other[0])
    alike = [likeness(plain(row), said) for row in one]
    return alike.index(max(alike)) < heads


def whole_table(marking: Marking, table: Block, side: Side) -> Block:
    """A table that was inserted or deleted."""
    (identifier, *_), (_, long), _, head, *_ = table["c"]
    marking.came_or_went("table", identifier, plain(long) or plain(head), side, False)
    return _whole(marking, table, side)


def _whole(marking: Marking, table: Block, side: Side) -> Block:
    rows = [_whole_row(marking, row, side) for row in _rows(table)]
    (identifier, *rest), (short, long), *_ = table["c"]
    whole = _with_rows(table, [short, marking.whole(long, side)], rows)
    whole["c"][0] = [marking.free(identifier, side), *rest]
    return whole


def _aligned_rows(marking: Marking, one: list[Any], other: list[Any]) -> list[Any]:
    partners = _partners(one, other)
    rows: list[Any] = []
    at = 0
    for index, row in enumerate(other):
        if index not in partners:
            rows.append(_whole_row(marking, row, "insertion"))
            continue
        partner = partners[index]
        rows += [_whole_row(marking, item, "deletion") for item in one[at:partner]]
        rows.append(_row(marking, one[partner], row))
        at = partner + 1
    return rows + [_whole_row(marking, item, "deletion") for item in one[at:]]


def _partners(one: list[Any], other: list[Any]) -> dict[int, int]:
    """For new rows the old ones, in order: those that are alike, and as many as were there between
    two of these."""
    pairing = pair(*([_as_row(row) for row in rows] for rows in (one, other)))
    found: dict[int, int] = {}
    at = 0
    for index, partner in enumerate(pairing.back):
        tied = partner >= at and pairing.sent[partner] == index and partner not in pairing.moved
        if tied and _shape(one[partner]) == _shape(other[index]):
            found[index], at = partner, partner + 1
    ends = [(-1, -1), *found.items(), (len(other), len(one))]
    for (new, old), (next_new, next_old) in pairwise(ends):
        gap = range(new + 1, next_new), range(old + 1, next_old)
        shapes = [
            [_shape(rows[at]) for at in row] for rows, row in zip((other, one), gap, strict=True)
        ]
        ties = zip(*gap, strict=True) if shapes[0] == shapes[1] else _by_cells(one, other, *gap)
        found.update(ties)
    return dict(sorted(found.items()))


def _by_cells(
    one: list[Any], other: list[Any], new: range, old: range
) -> Iterator[tuple[int, int]]:
    """Rows that have half of their cells in common, in order."""
    at = old.start
    for index in new:
        cells = _said([other[index]])
        shares = {partner: _share(cells, _said([one[partner]])) for partner in range(at, old.stop)}
        best = max(shares, key=lambda partner: shares[partner], default=-1)
        if best >= 0 and shares[best] >= _ALIKE and _shape(one[best]) == _shape(other[index]):
            yield index, best
            at = best + 1


def _said(rows: list[Any]) -> list[str]:
    """The words of each cell."""
    return [plain(cell[4]) for row in rows for cell in row[1]]


def _share(one: list[str], other: list[str]) -> float:
    same = sum(bool(a) and a == b for a, b in zip(one, other, strict=False))
    return same / max(1, len(one))


def _as_row(row: Any) -> Row:
    """A row by its words: numbers that are counted change in every row behind a new one."""
    cells = [cell[4] for cell in row[1]]
    return Row(plain(transform(cells, {"Link": _without_number})), "row")


def _without_number(link: Any) -> Any:
    return node("Str", "") if is_counted(link) else None


def _row(marking: Marking, old: Any, new: Any) -> Any:
    cells = [[*b[:4], marking.blocks(a[4], b[4])] for a, b in zip(old[1], new[1], strict=True)]
    return [new[0], cells]


def _whole_row(marking: Marking, row: Any, side: Side) -> Any:
    cells = [[*cell[:4], marking.whole(cell[4], side)] for cell in row[1]]
    mark = marking.mark("row", side, marking.stamp)
    cells[0][4] = _with_mark(cells[0][4], mark)
    return [row[0], cells]


def _with_mark(blocks: list[Block], mark: Inline) -> list[Block]:
    """A mark at the start of the first paragraph."""
    first = blocks[0] if blocks else node("Plain", [])
    if first["t"] == "Div":
        return [node("Div", first["c"][0], _with_mark(first["c"][1], mark)), *blocks[1:]]
    if first["t"] not in ("Para", "Plain"):
        return [node("Plain", [mark]), *blocks]
    return [node(first["t"], [mark, *first["c"]]), *blocks[1:]]


def _rows(table: Block) -> list[Any]:
    _, _, _, head, bodies, foot = table["c"]
    return [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]


def _shape(row: Any) -> list[tuple[int, int]]:
    return [(cell[2], cell[3]) for cell in row[1]]


def _with_rows(table: Block, caption: Any, rows: list[Any]) -> Block:
    attributes, _, specs, head, bodies, foot = table["c"]
    heads = len(head[1])
    body = bodies[0] if bodies else [attr(), 0, [], []]
    return node(
        "Table",
        attributes,
        caption,
        specs,
        [head[0], rows[:heads]],
        [[body[0], body[1], [], rows[heads:]]],
        [foot[0], []],
    )
