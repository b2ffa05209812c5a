"""Compares two resolved ASTs into one that carries both, with what was inserted and deleted marked.

Blocks are paired by their id, then by equal and by like text (compare/pairing.py); words inside a
pair by a plain comparison of words. Numbers are no differences: a reference is the same where it
leads to the same thing, and paragraph numbers are Word's own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Literal

from shadowreport.compare.pairing import Row, pair
from shadowreport.compare.words import likeness
from shadowreport.core.ast import attr, node, plain, walk
from shadowreport.core.report import Block, Inline
from shadowreport.redline.tokens import Side, Token, marked, rebuilt, tokens

What = Literal["changed", "added", "removed", "moved"]
_REWRITTEN = 0.25  # below this likeness a paragraph is shown as deleted and inserted whole
_NOTE_ALIKE = 0.4
_TEXT = ("Para", "Plain", "Header")
_LISTS = ("BulletList", "OrderedList")
_NAMED = ("paragraph", "recommendation")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who made a change, and when (ISO 8601)."""

    author: str
    date: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the summary: what happened to a paragraph, a recommendation, a heading or a table.

    `old` and `new` are its anchors before and after, empty where it was not there.
    """

    what: What
    kind: str
    old: str
    new: str
    text: str
    author: str


@dataclass(slots=True)
class Comparison:
    """One comparison: who changed what, by anchor, and the summary so far."""

    stamp_of: Callable[[str, Side], Stamp]
    mark: Callable[[str, Side, Stamp], Inline]
    entries: list[Entry] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)  # anchors of the new state
    stamp: Stamp = Stamp("", "")
    _count: int = 0

    # --- blocks ---------------------------------------------------------------------------------

    def blocks(self, old: Sequence[Block], new: Sequence[Block]) -> list[Block]:
        """Two rows of blocks as one."""
        if list(old) == list(new):
            return list(new)
        partners, moved = _pairs(old, new)
        result: list[Block] = []
        at = 0
        for index, block in enumerate(new):
            partner = partners.get(index, -1)
            if partner < 0:
                result += self.whole([block], "insertion", index in moved)
                continue
            result += self._removed(old, at, partner, partners, moved)
            at = partner + 1
            result += self._pair(old[partner], block)
        return result + self._removed(old, at, len(old), partners, moved)

    def _removed(
        self,
        old: Sequence[Block],
        start: int,
        end: int,
        partners: dict[int, int],
        moved: dict[int, int],
    ) -> list[Block]:
        kept = set(partners.values())
        found: list[Block] = []
        for index in range(start, end):
            if index not in kept:
                found += self.whole([old[index]], "deletion", index in moved.values())
        return found

    def _pair(self, old: Block, new: Block) -> list[Block]:
        kind = new["t"]
        if _same_but_numbers(old, new):
            return [new]
        if kind in _TEXT:
            return self._text(old, new)
        if kind == "Div":
            return self._division(old, new)
        if kind in _LISTS:
            return [self._list(old, new)]
        if kind == "BlockQuote":
            return [node(kind, self.blocks(old["c"], new["c"]))]
        if kind == "Table":
            return self._table(old, new)
        return [*self.whole([old], "deletion"), *self.whole([new], "insertion")]

    def _text(self, old: Block, new: Block) -> list[Block]:
        one, other = _inlines(old), _inlines(new)
        different = new["t"] == "Header" and old["c"][0] != new["c"][0]
        if different or (plain(one) and likeness(plain(one), plain(other)) < _REWRITTEN):
            return [*self.whole([old], "deletion"), *self.whole([new], "insertion")]
        inlines = self.inlines(one, other)
        if new["t"] == "Header":
            if inlines != other:
                identifier = new["c"][1][0]
                self._enter("changed", "heading", identifier, identifier, plain(other))
            return [node("Header", new["c"][0], new["c"][1], inlines)]
        return [node(new["t"], inlines)]

    def _division(self, old: Block, new: Block) -> list[Block]:
        attributes, inner = new["c"]
        before, outer = len(self.entries), self.stamp
        named = attributes[1][:1] and attributes[1][0] in _NAMED
        if named:
            self.stamp = self.stamp_of(attributes[0], "insertion")
        blocks = self.blocks(old["c"][1], inner)
        if named and blocks != inner:
            del self.entries[before:]
            self._enter("changed", attributes[1][0], old["c"][0][0], attributes[0], plain(inner))
        self.stamp = outer
        return [node("Div", attributes, blocks)]

    def _list(self, old: Block, new: Block) -> Block:
        ordered = new["t"] == "OrderedList"
        one, other = (old["c"][1], new["c"][1]) if ordered else (old["c"], new["c"])
        wrapped = self.blocks(
            [node("Div", attr("", "item"), item) for item in one],
            [node("Div", attr("", "item"), item) for item in other],
        )
        items = [block["c"][1] for block in wrapped]
        return node("OrderedList", new["c"][0], items) if ordered else node("BulletList", items)

    def whole(self, blocks: Sequence[Block], side: Side, moved: bool = False) -> list[Block]:
        """Blocks that were inserted or deleted whole."""
        return [self._whole(block, side, moved) for block in blocks]

    def _whole(self, block: Block, side: Side, moved: bool = False) -> Block:
        kind: str = block["t"]
        content: Any = block.get("c")
        if kind in _TEXT:
            if kind == "Header":
                self._enter(
                    _what(side, moved),
                    "heading",
                    *self._sides(content[1][0], side),
                    plain(content[2]),
                )
                identifier = self._free(content[1][0], side)
                return node(
                    kind,
                    content[0],
                    [identifier, *content[1][1:]],
                    self._whole_inlines(content[2], side),
                )
            return node(kind, self._whole_inlines(content, side))
        if kind == "Div":
            (identifier, classes, pairs), inner = content
            named = classes[:1] and classes[0] in _NAMED
            outer, before = self.stamp, len(self.entries)
            if named:
                self.stamp = self.stamp_of(identifier, side)
            result = node(
                "Div", [self._free(identifier, side), classes, pairs], self.whole(inner, side)
            )
            if named:
                del self.entries[before:]
                self._enter(
                    _what(side, moved), classes[0], *self._sides(identifier, side), plain(inner)
                )
            self.stamp = outer
            return result
        if kind in _LISTS:
            items = content[1] if kind == "OrderedList" else content
            made = [self.whole(item, side) for item in items]
            return node(kind, content[0], made) if kind == "OrderedList" else node(kind, made)
        if kind == "BlockQuote":
            return node(kind, self.whole(content, side))
        if kind == "Table":
            return self._whole_table(block, side)
        return block

    def _free(self, identifier: str, side: Side) -> str:
        """An anchor stands once in a file: what moved keeps it in its new place."""
        if side == "deletion" and identifier and identifier in self.taken:
            self._count += 1
            return f"old-{self._count}"
        return identifier

    def _sides(self, identifier: str, side: Side) -> tuple[str, str]:
        return ("", identifier) if side == "insertion" else (identifier, "")

    def _enter(self, what: What, kind: str, old: str, new: str, text: str) -> None:
        self.entries.append(Entry(what, kind, old, new, " ".join(text.split()), self.stamp.author))

    # --- tables ---------------------------------------------------------------------------------

    def _table(self, old: Block, new: Block) -> list[Block]:
        one, other = _rows(old), _rows(new)
        shapes = [[_shape(row) for row in rows] for rows in (one, other)]
        simple = all(span == (1, 1) for rows in shapes for row in rows for span in row)
        if shapes[0] == shapes[1]:
            rows = [self._row(a, b) for a, b in zip(one, other, strict=True)]
        elif simple and len({len(row) for rows in shapes for row in rows}) == 1:
            rows = self._aligned_rows(one, other)
        else:
            return [self._whole_table(old, "deletion"), self._whole_table(new, "insertion")]
        self._enter(
            "changed",
            "table",
            old["c"][0][0],
            new["c"][0][0],
            plain(new["c"][1]) or plain(other[0]),
        )
        caption = self._caption(old["c"][1], new["c"][1])
        return [_with_rows(new, caption, rows, len(new["c"][3][1]))]

    def _aligned_rows(self, one: list[Any], other: list[Any]) -> list[Any]:
        pairing = pair(*([Row(plain(row[1]), "row") for row in rows] for rows in (one, other)))
        rows: list[Any] = []
        at = 0
        for index, row in enumerate(other):
            partner = pairing.back[index]
            if partner < at or pairing.sent[partner] != index or partner in pairing.moved:
                rows.append(self._whole_row(row, "insertion"))
                continue
            rows += [self._whole_row(item, "deletion") for item in one[at:partner]]
            rows.append(self._row(one[partner], row))
            at = partner + 1
        return rows + [self._whole_row(item, "deletion") for item in one[at:]]

    def _row(self, old: Any, new: Any) -> Any:
        cells = [[*b[:4], self.blocks(a[4], b[4])] for a, b in zip(old[1], new[1], strict=True)]
        return [new[0], cells]

    def _whole_row(self, row: Any, side: Side) -> Any:
        cells = [[*cell[:4], self.whole(cell[4], side)] for cell in row[1]]
        mark = self.mark("row", side, self.stamp)
        cells[0][4] = _with_mark(cells[0][4], mark)
        return [row[0], cells]

    def _whole_table(self, table: Block, side: Side) -> Block:
        rows = [self._whole_row(row, side) for row in _rows(table)]
        attributes, (short, long), *_ = table["c"]
        self._enter(
            _what(side, False),
            "table",
            *self._sides(attributes[0], side),
            plain(long) or plain(table["c"][3]),
        )
        caption = [short, self.whole(long, side)]
        whole = _with_rows(table, caption, rows, len(table["c"][3][1]))
        whole["c"][0] = [self._free(attributes[0], side), *attributes[1:]]
        return whole

    def _caption(self, old: Any, new: Any) -> Any:
        return [new[0], self.blocks(old[1], new[1])]

    # --- inlines --------------------------------------------------------------------------------

    def inlines(self, old: Sequence[Inline], new: Sequence[Inline]) -> list[Inline]:
        """Two texts as one, word by word."""
        one, other = tokens(old), tokens(new)
        self._tie_notes(one, other)
        row: list[Token] = []
        for same, a, b, c, d in _readable(one, other):
            row += (
                other[c:d]
                if same
                else [*marked(one[a:b], "deletion"), *marked(other[c:d], "insertion")]
            )
        if not any(token.side for token in row) and not self._notes_changed(row, new):
            return list(new)
        return rebuilt(row, self._wrap)

    def _notes_changed(self, row: Sequence[Token], new: Sequence[Inline]) -> bool:
        before = [item for item in walk(list(new)) if item["t"] == "Note"]
        return [token.element for token in row if token.element["t"] == "Note"] != before

    def _tie_notes(self, one: list[Token], other: list[Token]) -> None:
        """A note whose text changed is the same note, with the change inside it."""
        left = [i for i, token in enumerate(one) if token.element["t"] == "Note"]
        right = [i for i, token in enumerate(other) if token.element["t"] == "Note"]
        same = {one[i].key for i in left} & {other[i].key for i in right}
        right = [i for i in right if other[i].key not in same]
        for i in left:
            if one[i].key in same:
                continue
            text = plain(one[i].element["c"])
            best = max(
                right, key=lambda j: likeness(text, plain(other[j].element["c"])), default=-1
            )
            if best >= 0 and likeness(text, plain(other[best].element["c"])) >= _NOTE_ALIKE:
                right.remove(best)
                inner = self.blocks(one[i].element["c"], other[best].element["c"])
                token = Token(one[i].key, node("Note", inner), other[best].around)
                other[best] = token

    def _wrap(self, side: Side, inlines: list[Inline]) -> Inline:
        return node("Span", attr("", side, author=self.stamp.author, date=self.stamp.date), inlines)

    def _whole_inlines(self, inlines: Sequence[Inline], side: Side) -> list[Inline]:
        return [
            *rebuilt(marked(tokens(inlines), side), self._wrap),
            self.mark("paragraph", side, self.stamp),
        ]


def _readable(
    one: Sequence[Token], other: Sequence[Token]
) -> list[tuple[bool, int, int, int, int]]:
    """The differences, without islands of a space or a comma between two of them."""
    keys = [token.key for token in one], [token.key for token in other]
    codes = [
        (tag == "equal", a, b, c, d)
        for tag, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
    ]
    result: list[tuple[bool, int, int, int, int]] = []
    for index, (same, a, b, c, d) in enumerate(codes):
        island = (
            same and 0 < index < len(codes) - 1 and not any(token.is_word for token in one[a:b])
        )
        if result and not result[-1][0] and (island or not same):
            last = result[-1]
            result[-1] = (False, last[1], b, last[3], d)
        else:
            result.append((same, a, b, c, d))
    return result


def _pairs(old: Sequence[Block], new: Sequence[Block]) -> tuple[dict[int, int], dict[int, int]]:
    """For new blocks the old ones, in order; and those that moved, which are shown as deleted here
    and inserted there."""
    pairing = pair([_as_row(block) for block in old], [_as_row(block) for block in new])
    ties = {
        index: partner
        for partner, index in enumerate(pairing.sent)
        if index >= 0
        and pairing.back[index] == partner
        and _kind(old[partner]) == _kind(new[index])
    }
    moved = {index: partner for index, partner in ties.items() if partner in pairing.moved}
    kept = {index: partner for index, partner in ties.items() if index not in moved}
    if not kept and len(old) == len(new) == 1 and _kind(old[0]) == _kind(new[0]):
        kept = {0: 0}
    return kept, moved


def _as_row(block: Block) -> Row:
    name = (
        block["c"][0][0]
        if block["t"] == "Div"
        else block["c"][1][0]
        if block["t"] == "Header"
        else ""
    )
    text = plain(block, notes=True)
    named = name and not name.rpartition("-")[2].isdigit()
    return Row(text, _kind(block), {name: (0, 1)} if named else {})


def _kind(block: Block) -> str:
    classes = block["c"][0][1] if block["t"] == "Div" else []
    return f"{block['t']} {' '.join(classes)}"


def _inlines(block: Block) -> list[Inline]:
    return block["c"][2] if block["t"] == "Header" else block["c"]


def _same_but_numbers(old: Block, new: Block) -> bool:
    return old["t"] == new["t"] and _bare(old) == _bare(new)


def _bare(value: Any) -> str:
    """A block without numbers that are counted: of paragraphs, references and tables."""
    if isinstance(value, list):
        return "[" + ",".join(map(_bare, value)) + "]"
    if not isinstance(value, dict):
        return json.dumps(value)
    name = value.get("t")
    content: Any = value.get("c")
    if name == "Link" and content[0][1] == ["ref"]:
        return f"reference {content[2][0]}"
    if name == "Span" and content[0][1] == ["table-number"]:
        return "number"
    if name in ("Div", "Table"):
        attributes = [name if name == "Table" else content[0][1]]
        return f"{name}{attributes}{_bare(content[1:])}"
    if name == "Str" and str(content).isspace():
        return "Space"
    return f"{name}{_bare(content)}"


def _what(side: Side, moved: bool) -> What:
    if moved:
        return "moved"
    return "added" if side == "insertion" else "removed"


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


def _with_rows(table: Block, caption: Any, rows: list[Any], heads: int) -> Block:
    attributes, _, specs, head, bodies, foot = table["c"]
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
