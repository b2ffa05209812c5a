"""One cursor over a section file, led by pandoc's AST: where in the file each text stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from shadowreport.compare.text import PICTURE
from shadowreport.core.ast import plain, walk
from shadowreport.core.report import Block, Inline
from shadowreport.core.rows import is_held
from shadowreport.source.char_map import InlineReader, LostError
from shadowreport.source.leaf import Char, Kind, Leaf, Outline
from shadowreport.source.typed import typed
from shadowreport.source.typed.drawn import places_of

_DEFINITION = re.compile(
    r"^ {0,3}\[\^([^\]\s]+)\]:[ \t]*((?:(?!\n[ \t]*\n(?! {4}|\t))(?!\n {0,3}(?:\[\^[^\]\s]+\]:|:{3}))[\s\S])*)",
    re.MULTILINE,
)
_LINK_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]+\S.*$", re.MULTILINE)
_MARK = re.compile(r"\{[^{}]*\}")
_GAP = re.compile(r"(?:[ \t]*\n|[ \t]*(?<![^\n> \t])>(?=[ \t\n])|[ \t]+)*")
_FENCE = re.compile(r"\s*:{3,}[^\n]*\n?")
_HEADING = re.compile(r"\s*#{1,6}[ \t]+")
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+")
_NUMBER = re.compile(r"[ \t]*(?:\(?(?:\d+|[A-Za-z]+|#)[.)]|@)[ \t]+")
_RULE = re.compile(r"[ \t]*[|+][-|+:= \t]*-[-|+:= \t]*\n|[ \t]*[-:][-|+:= \t]*\|[-|+:= \t]*\n")
_ROW_END = re.compile(r"\n[ \t]*\+[-=:+]+\+[ \t]*(?=\n|\Z)")  # of a grid
_DRAWN = re.compile(r"^ {0,3}\+[-=:+]+\+[ \t]*(?:\n[ \t]*[|+][^\n]*)*", re.MULTILINE)
_HELD_ROW = re.compile(r"::: confidential(?=[ \t|])")
_CAPTION = re.compile(r"\s*(?:[Tt]able)?:[ \t]+")
_ALONE = re.compile(r"[ \t]*(?:\n[ \t]*(?=\n|\Z)|\Z)")
_PARAGRAPH_END = re.compile(r"\n[ \t]*(?=\n|\Z)|\Z")


def _masked(source: str, body: int) -> str:
    """The source with the front matter, all definitions and the private remarks between blocks blank, so
    that the cursor passes them."""
    text = _blank(source[:body]) + source[body:]
    for start, end in typed(source[body:]).aside:
        first, last = body + start, body + end
        if not text[:first].rpartition("\n\n")[2].strip() and _ALONE.match(text, last):
            text = text[:first] + _blank(text[first:last]) + text[last:]
    for pattern in (_DEFINITION, _LINK_DEFINITION):
        text = pattern.sub(lambda match: _blank(match[0]), text)
    return text


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


class SectionReader:
    """Walks over blocks with one cursor; makes a leaf of each."""

    def __init__(self, result: Outline) -> None:
        self.result = result
        self.text = text = _masked(result.source, result.body)
        self.inlines = InlineReader(text, result.printing)
        self.at = result.body
        self.top = -1
        self.box = -1
        self.withheld = False
        self.name = result.name
        self.count = 0
        self.recommendations = 0
        self.tables = -1
        self.kind: Kind = "paragraph"
        self.notes: list[tuple[str, Any]] = []

    def read(self, blocks: list[Block]) -> None:
        """All blocks of the body."""
        for block in blocks:
            kind = block["c"][0][1] if block["t"] == "Div" else []
            if kind == ["confidential"]:
                outer, self.withheld = self.withheld, True
                self._passage(block["c"][1])
                self.withheld = outer
            elif kind == ["summary"]:  # its paragraphs are counted apart, as load/body.py does
                outer = self.kind, self.name, self.count
                self.kind, self.name, self.count = "point", f"{self.name}-summary", 0
                self._passage(block["c"][1])
                self.kind, self.name, self.count = outer
                self.result.summary = self._end_of_top()
            else:
                self._top(block)

    def _top(self, block: Block) -> None:
        self._gap()
        start = self.at
        self.top += 1
        top = self.top
        self.result.tops.append((start, start))
        try:
            self._block(block)
        except LostError:
            self._lose(start)
        self.result.tops[top] = (start, self._end_of_top())

    def _passage(self, blocks: list[Block]) -> None:
        """Passes a confidential passage or a summary. Each of its blocks is one of the section's: what
        is added behind one stays inside of the passage."""
        self._gap()
        start = self.at
        try:
            self._skip(_FENCE, "a fence")
            self.read(blocks)
            self._gap()
            self._skip(_FENCE, "a fence")
        except LostError:
            self._lose(start)

    def _end_of_top(self) -> int:
        return len(self.text[: self.at].rstrip())

    def _lose(self, start: int) -> None:
        for leaf in self.result.leaves:
            if leaf.top == self.top:
                leaf.lost = True
        end = _PARAGRAPH_END.search(self.text, max(self.at, start))
        self.at = end.end() if end else len(self.text)

    def _gap(self) -> None:
        match = _GAP.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _skip(self, pattern: re.Pattern[str], what: str) -> str:
        match = pattern.match(self.text, self.at)
        if not match:
            raise LostError(f"{what} at {self.at}")
        self.at = match.end()
        return match[0]

    def _block(self, block: Block) -> None:
        handler = _BLOCKS.get(block["t"])
        if handler is None:
            raise LostError(block["t"])
        handler(self, block["c"])

    def _leaf(self, kind: Kind, inlines: list[Inline], block_start: int) -> Leaf:
        leaf = Leaf(kind, self.at, self.at, block_start, top=self.top, box=self.box)
        leaf.withheld = self.withheld
        self.result.leaves.append(leaf)
        try:
            self.inlines.at = self.at
            self.inlines.read(inlines, leaf)
            self.at = self.inlines.at
        except LostError:
            leaf.lost = True
            end = _PARAGRAPH_END.search(self.text, self.inlines.at)
            self.at = leaf.end = end.start() if end else len(self.text)
            leaf.chars = [Char(mark, leaf.start, leaf.end, leaf.end) for mark in plain(inlines)]
        leaf.block_end = leaf.end
        self.notes += self.inlines.notes
        self.inlines.notes = []
        return leaf

    def _paragraph(self, inlines: list[Inline]) -> None:
        self._gap()
        start = self.at
        identifier, continued, rest = self._mark(inlines)
        if not rest:
            return
        inside = self.kind == "recommendation"
        kind: Kind = "continued" if continued else self.kind
        leaf = self._leaf(kind, rest, start)
        if continued or self.kind not in ("paragraph", "point", "recommendation"):
            return
        if inside:
            self.recommendations += 1
        else:
            self.count += 1
        place = f"{self.name}-rec-{self.recommendations}" if inside else f"{self.name}-{self.count}"
        prefix = "rec-" if inside else "par-"
        leaf.named = bool(identifier)
        leaf.anchor = prefix + (identifier.removeprefix(prefix) or place)

    def _mark(self, inlines: list[Inline]) -> tuple[str, bool, list[Inline]]:
        """Passes `{#id .continued}` on a line of its own, as body.py lifts it."""
        if inlines[0]["t"] != "Str" or not inlines[0]["c"].startswith("{"):
            return "", False, inlines
        end = next((i for i, item in enumerate(inlines) if item["t"] == "SoftBreak"), len(inlines))
        if not _MARK.fullmatch(plain(inlines[:end])):
            return "", False, inlines
        words = self._skip(_MARK, "a mark").strip("{}").split()
        self._gap()
        identifier = next((word[1:] for word in words if word.startswith("#")), "")
        return identifier, ".continued" in words, inlines[end + 1 :]

    def _heading(self, content: Any) -> None:
        level, _, inlines = content
        self._gap()
        start = self.at
        match = _HEADING.match(self.text, self.at)
        self.at = match.end() if match else self.at
        self._leaf("heading", inlines, start).level = level
        end = self.text.find("\n", self.at)
        self.at = end if end >= 0 else len(self.text)
        if not match:  # a heading that is underlined
            self._skip(re.compile(r"\n[=-]+"), "the line below a heading")
        self.result.leaves[-1].block_end = self.at

    def _division(self, content: Any) -> None:
        (_, classes, _), blocks = content
        if classes == ["confidential"]:  # in a box
            self._confidential_in_box(blocks)
            return
        self._gap()
        start = self.at
        fence = self._skip(_FENCE, "a fence")
        if classes == ["note"]:
            colons = len(fence.strip()) - len(fence.strip().lstrip(":"))
            self._skip(
                re.compile(r"[\s\S]*?\n[ \t]*:{" + str(min(colons, 3)) + r",}[ \t]*(?:\n|\Z)"),
                "a fence",
            )
            self.result.notes.append((start, self.at))
            return
        self.kind, self.box = "recommendation", len(self.result.boxes)
        self.result.boxes.append((start, start))
        for block in blocks:
            self._gap()
            self._block(block)
        self._skip(_FENCE, "a fence")
        self.result.boxes[-1] = (start, self._end_of_top())
        self.kind, self.box = "paragraph", -1

    def _confidential_in_box(self, blocks: list[Block]) -> None:
        self._gap()
        self._skip(_FENCE, "a fence")
        outer, self.withheld = self.withheld, True
        for block in blocks:
            self._gap()
            self._block(block)
        self._gap()
        self._skip(_FENCE, "a fence")
        self.withheld = outer

    def _list(self, pattern: re.Pattern[str], items: list[list[Block]]) -> None:
        outer = self.kind
        for item in items:
            self._gap_before_item()
            start = self.text.rfind("\n", 0, self.at) + 1
            lead = self.text[start : self.at]  # of the first item below another one
            marker = (lead if lead.isspace() else "") + self._skip(pattern, "a list item")
            for index, block in enumerate(item):
                self.kind = "item"
                before = len(self.result.leaves)
                self._gap()
                self._block(block)
                if not index and len(self.result.leaves) > before:
                    leaf = self.result.leaves[before]
                    leaf.block_start, leaf.marker = start, marker
        self.kind = outer

    def _gap_before_item(self) -> None:
        match = re.compile(r"(?:[ \t]*(?:>[ \t]?)?[ \t]*\n)*(?:[ \t]*>[ \t]?)?").match(
            self.text, self.at
        )
        self.at = match.end() if match else self.at

    def _quotation(self, blocks: list[Block]) -> None:
        outer, self.kind = self.kind, "quote"
        for block in blocks:
            self._gap()
            before = len(self.result.leaves)
            self._block(block)
            for leaf in self.result.leaves[before:]:
                leaf.block_start = self.text.rfind("\n", 0, leaf.start) + 1
        self.kind = outer

    def _table(self, content: Any) -> None:
        (_, caption, _, head, bodies, foot) = content
        withheld = self.withheld
        outer, self.kind = self.kind, "cell"
        self.tables += 1
        inlines = caption[1][0]["c"] if caption[1] else []
        first = len(self.result.leaves)
        above = self._caption(inlines) if inlines else True
        rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
        places, below = self._merged()
        for number, row in enumerate(rows):
            self._cell_gap()
            start, before = self.at, len(self.result.leaves)
            self.withheld = withheld or is_held(row)
            if is_held(row):
                self._skip(_HELD_ROW, "the mark of a row")
            for column, cell in enumerate(row[1]):
                self._cell(cell[4], (self.tables, number, column), next(places, self.at))
            if any(leaf.lost for leaf in self.result.leaves[before:]):
                end = _ROW_END.search(self.text, start)
                self.at = end.end() if end else self.at
        self.withheld = withheld
        self.at = max(self.at, below)
        self._cell_gap()
        if not above and not self._caption(inlines):
            raise LostError("a caption")
        if not above:  # every output prints it above the table
            self.result.leaves.insert(first, self.result.leaves.pop())
        self.kind = outer

    def _merged(self) -> tuple[Iterator[int], int]:
        """Where the text of each cell begins in a table with merged cells, -1 where it has several lines,
        and where that table ends; nothing for other tables."""
        table = _DRAWN.match(self.text, self.text.rfind("\n", 0, self.at) + 1)
        table = table or _DRAWN.search(self.text, self.at)
        if not table or self.text[self.at : table.start()].strip():
            return iter(()), 0
        places = places_of(table[0].split("\n")) or []
        starts = [place + table.start() if place >= 0 else -1 for place in places]
        return iter(starts), table.end() if starts else 0

    def _cell(self, blocks: list[Block], place: tuple[int, int, int], start: int) -> None:
        lost = start < self.at  # of several lines, or beside a line that was read
        self.at = max(self.at, start)
        for block in blocks:
            self._cell_gap()
            before = len(self.result.leaves)
            if block["t"] in ("Para", "Plain") and not lost:
                self._leaf("cell", block["c"], self.at)
            else:  # a list in a cell stands beside the lines of its neighbours
                self.result.leaves += [
                    self._lost_leaf("cell", text["c"])
                    for text in walk(block)
                    if text["t"] in ("Para", "Plain")
                ]
            for leaf in self.result.leaves[before:]:
                leaf.cell = place

    def _lost_leaf(self, kind: Kind, inlines: list[Inline]) -> Leaf:
        leaf = Leaf(kind, self.at, self.at, self.at, self.at, top=self.top, box=self.box, lost=True)
        leaf.chars = [Char(mark, self.at, self.at, self.at) for mark in plain(inlines)]
        leaf.withheld = self.withheld
        return leaf

    def _cell_gap(self) -> None:
        while True:
            begins = self.at == 0 or self.text[self.at - 1] == "\n"
            match = _RULE.match(self.text, self.at) if begins else None
            match = match or re.compile(r"[ \t|]+|\n").match(self.text, self.at)
            if not match:
                return
            self.at = match.end()

    def _caption(self, inlines: list[Inline]) -> bool:
        match = _CAPTION.match(self.text, self.at)
        if not match:
            return False
        self.at = match.end()
        self._leaf("caption", inlines, self.at)
        return True

    def _figure(self, content: Any) -> None:
        self._gap()
        self._inner(self.at, self.text, content[1][1])
        leaf = Leaf("picture", self.at, top=self.top, lost=True, withheld=self.withheld)
        end = _PARAGRAPH_END.search(self.text, self.at)
        self.at = leaf.end = leaf.block_end = end.start() if end else len(self.text)
        leaf.block_start = leaf.start
        leaf.chars = [Char(PICTURE, leaf.start, leaf.end, leaf.end, "picture")]
        self.result.leaves.append(leaf)

    def _inner(self, start: int, text: str, blocks: list[Block]) -> None:
        """What is said inside of `^[...]` or `![...]`: nothing where it is more than a row of words."""
        leaf = Leaf("footnote" if text[start] == "^" else "caption", start + 2, start + 2)
        reader = InlineReader(text, self.result.printing)
        reader.at = leaf.start
        with suppress(LostError):
            if len(blocks) == 1 and blocks[0]["t"] in ("Para", "Plain"):
                reader.read(blocks[0]["c"], leaf)
                if text.startswith("]", leaf.end):
                    self.result.inner[start] = leaf

    def footnotes(self) -> None:
        """The texts of footnotes, each a leaf of its own."""
        for start, blocks in self.inlines.inner:
            self._inner(start, self.text, blocks)
        texts = {
            match[1]: match.span(2)
            for match in _DEFINITION.finditer(self.result.source, self.result.body)
        }
        for label, blocks in self.notes:
            if label not in texts or label in self.result.footnotes:
                continue
            start, end = texts[label]
            leaf = Leaf(
                "footnote",
                start,
                start,
                self.result.source.rfind("\n", 0, start) + 1,
                end,
                label,
                True,
            )
            reader = InlineReader(self.result.source[:end], self.result.printing)
            reader.at = start
            try:
                if len(blocks) != 1 or blocks[0]["t"] not in ("Para", "Plain"):
                    raise LostError("a footnote of several paragraphs")
                reader.read(blocks[0]["c"], leaf)
                leaf.lost = any(char.atom.startswith(("cite", "note")) for char in leaf.chars)
                self.result.inner[start] = leaf
            except LostError:
                leaf.lost, leaf.end = True, end
            self.result.footnotes[label] = leaf


_BLOCKS: dict[str, Callable[[SectionReader, Any], None]] = {
    "Para": SectionReader._paragraph,
    "Plain": SectionReader._paragraph,
    "Header": SectionReader._heading,
    "Div": SectionReader._division,
    "BulletList": lambda reader, items: reader._list(_BULLET, items),
    "OrderedList": lambda reader, content: reader._list(_NUMBER, content[1]),
    "BlockQuote": SectionReader._quotation,
    "Table": SectionReader._table,
    "Figure": SectionReader._figure,
}
