"""Compares two resolved ASTs into one that carries both, with what was inserted and deleted marked.

Blocks are paired by their id, then by equal and by like text (compare/pairing.py); words inside a
pair by a plain comparison of words. Numbers are no differences: a reference is the same where it
leads to the same thing, and paragraph numbers are Word's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shadowreport.compare.words import likeness
from shadowreport.core.ast import attr, node, plain, walk
from shadowreport.core.report import Block, Inline
from shadowreport.redline.marking import Marking, named
from shadowreport.redline.pairs import pairs, same_but_numbers
from shadowreport.redline.splits import merged_group
from shadowreport.redline.tables import merged_table, whole_table
from shadowreport.redline.texts import merged_inlines, whole_inlines
from shadowreport.redline.tokens import Side

_REWRITTEN = 0.25  # below this likeness a paragraph is shown as deleted and inserted whole
_TEXT = ("Para", "Plain")
_LISTS = ("BulletList", "OrderedList")


class Comparison(Marking):
    """Compares blocks."""

    __slots__ = ()

    def blocks(self, old: Sequence[Block], new: Sequence[Block]) -> list[Block]:
        """Two rows of blocks as one."""
        if list(old) == list(new):
            return list(new)
        found = pairs(old, new)
        went = set(found.moved.values())
        result: list[Block] = []
        at = 0
        for index, block in enumerate([*new, None]):
            group = found.groups.get(index)
            if block and index in found.pieces:
                continue
            if block and not group and index not in found.kept:
                result += self.whole([block], "insertion", index in found.moved)
                continue
            partner = group.olds[0] if group else found.kept.get(index, len(old))
            for gone in range(at, partner):
                result += self.whole([old[gone]], "deletion", gone in went)
            if group:
                result += merged_group(self, group, old, new)
            elif block:
                result += self._pair(old[partner], block)
            at = group.olds[-1] + 1 if group else partner + 1
        return result

    def _pair(self, old: Block, new: Block) -> list[Block]:
        kind = new["t"]
        if same_but_numbers(old, new):
            return [new]
        if kind in _TEXT and not _rewritten(old["c"], new["c"]):
            return [node(kind, merged_inlines(self, old["c"], new["c"]))]
        if kind == "Header" and old["c"][0] == new["c"][0]:
            if not _rewritten(old["c"][2], new["c"][2]):
                return [self._heading(old["c"][2], new)]
        elif kind == "Div":
            return [self._division(old, new)]
        elif kind in _LISTS:
            return [self._list(old, new)]
        elif kind == "BlockQuote":
            return [node(kind, self.blocks(old["c"], new["c"]))]
        elif kind == "Table":
            return merged_table(self, old, new)
        elif kind == "Figure" and _shown(old) == _shown(new):
            return [self._figure(old, new)]
        return [*self.whole([old], "deletion"), *self.whole([new], "insertion")]

    def _heading(self, old: list[Inline], new: Block) -> Block:
        level, attributes, text = new["c"]
        anchor = attributes[0]
        return node("Header", level, attributes, self.title(old, text, anchor, anchor))

    def title(self, old: list[Inline], new: list[Inline], before: str, after: str) -> list[Inline]:
        """Two headings as one, which are entered where they differ; with their anchors."""
        inlines = merged_inlines(self, old, new)
        if inlines != new:
            self.changed("heading", before, after, plain(new), plain(old))
        return inlines

    def _division(self, old: Block, new: Block) -> Block:
        attributes, inner = new["c"]
        kind = named(new)
        count, outer = len(self.entries), self.stamp
        if kind:
            self.stamp = self.stamp_of(attributes[0])
        blocks = self.blocks(old["c"][1], inner)
        if kind and blocks != inner:
            del self.entries[count:]
            self.changed(kind, old["c"][0][0], attributes[0], plain(inner), plain(old["c"][1]))
        self.stamp = outer
        return node("Div", attributes, blocks)

    def _list(self, old: Block, new: Block) -> Block:
        *start, items = _content(new)
        wrapped = self.blocks(
            [node("Div", attr("", "item"), item) for item in _content(old)[-1]],
            [node("Div", attr("", "item"), item) for item in items],
        )
        return node(new["t"], *start, [block["c"][1] for block in wrapped])

    def _figure(self, old: Block, new: Block) -> Block:
        """The same picture under another caption."""
        (identifier, *rest), (short, caption), inner = new["c"]
        long = self.blocks(old["c"][1][1], caption)
        self.changed("figure", old["c"][0][0], identifier, plain(caption), plain(old["c"][1]))
        return node("Figure", [identifier, *rest], [short, long], inner)

    # --- what was inserted or deleted whole -----------------------------------------------------

    def whole(self, blocks: Sequence[Block], side: Side, moved: bool = False) -> list[Block]:
        """Blocks that were inserted or deleted whole."""
        return [self._whole(block, side, moved) for block in blocks]

    def _whole(self, block: Block, side: Side, moved: bool) -> Block:
        kind: str = block["t"]
        content: Any = block.get("c")
        if kind in _TEXT:
            return node(kind, whole_inlines(self, content, side))
        if kind == "Header":
            level, (identifier, *rest), text = content
            self.came_or_went("heading", identifier, plain(text), side, moved)
            attributes = [self.free(identifier, side), *rest]
            return node(kind, level, attributes, whole_inlines(self, text, side))
        if kind == "Div":
            return self._whole_division(block, side, moved)
        if kind in _LISTS:
            *start, items = _content(block)
            return node(kind, *start, [self.whole(item, side) for item in items])
        if kind == "BlockQuote":
            return node(kind, self.whole(content, side))
        if kind == "Figure":
            return self._whole_figure(content, side, moved)
        return whole_table(self, block, side) if kind == "Table" else block

    def _whole_figure(self, content: Any, side: Side, moved: bool) -> Block:
        (identifier, *rest), (short, caption), inner = content
        self.came_or_went("figure", identifier, plain(caption), side, moved)
        attributes = [self.free(identifier, side), *rest]
        return node(
            "Figure", attributes, [short, self.whole(caption, side)], self.whole(inner, side)
        )

    def _whole_division(self, block: Block, side: Side, moved: bool) -> Block:
        (identifier, *rest), inner = block["c"]
        kind = named(block)
        outer, count = self.stamp, len(self.entries)
        if kind:
            self.stamp = self.stamp_of(identifier)
        result = node("Div", [self.free(identifier, side), *rest], self.whole(inner, side))
        if kind:
            del self.entries[count:]
            self.came_or_went(kind, identifier, plain(inner), side, moved)
        self.stamp = outer
        return result


def _rewritten(old: list[Inline], new: list[Inline]) -> bool:
    return bool(plain(old)) and likeness(plain(old), plain(new)) < _REWRITTEN


def _shown(figure: Block) -> list[str]:
    """The pictures of a figure."""
    return [item["c"][2][0] for item in walk(figure["c"][2]) if item["t"] == "Image"]


def _content(block: Block) -> list[Any]:
    """A list's items, behind how it counts where it does."""
    return block["c"] if block["t"] == "OrderedList" else [block["c"]]
