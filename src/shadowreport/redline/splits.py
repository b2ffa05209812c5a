"""Paragraphs that were split or joined: a paragraph's end that came or went, with the words in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shadowreport.compare.pairing import Pairing
from shadowreport.core.ast import node, plain
from shadowreport.core.report import Block, Inline
from shadowreport.redline.marking import Marking, named
from shadowreport.redline.texts import merged_pieces

_TEXT = ("Para", "Plain")


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbours of the old state that became neighbours of the new one, and which of them are a pair."""

    olds: range
    news: range
    old: int
    new: int


def groups(
    pairing: Pairing, ties: Mapping[int, int], old: Sequence[Block], new: Sequence[Block]
) -> Iterator[Group]:
    """What was split or joined, where it stands together and is text alone. `ties` are the pairs."""
    partners = {before: after for after, before in ties.items()}
    for before, pieces in (*pairing.splits.items(), *pairing.joins.items()):
        if before not in partners or (before in pairing.splits and before in pairing.joins):
            continue
        own = partners[before] if before in pairing.splits else before
        row = sorted([own, *pieces])
        blocks = new if before in pairing.splits else old
        together = row == list(range(row[0], row[-1] + 1))
        if not together or any(_shape(blocks[at]) != _shape(old[before]) for at in row):
            continue
        if _shape(old[before]) != _shape(new[partners[before]]) or not _shape(old[before]):
            continue
        many, after = range(row[0], row[-1] + 1), partners[before]
        one, other = range(before, before + 1), range(after, after + 1)
        if before in pairing.splits:
            yield Group(one, many, before, after)
        else:
            yield Group(many, other, before, after)


def merged_group(
    marking: Marking, group: Group, old: Sequence[Block], new: Sequence[Block]
) -> list[Block]:
    """The paragraphs of a group as one row of paragraphs."""
    olds, news = [old[at] for at in group.olds], [new[at] for at in group.news]
    before, after = old[group.old], new[group.new]
    outer, kind = marking.stamp, named(after)
    if kind:
        marking.stamp = marking.stamp_of(_name(after))
        marking.changed(kind, _name(before), _name(after), plain(after))
        for item in (item for item in news if item is not after):
            marking.enter("split off", kind, "", _name(item), plain(item))
        for item in (item for item in olds if item is not before):
            marking.enter("joined", kind, _name(item), "", plain(item))
    pieces = merged_pieces(marking, [*map(_text, olds)], [*map(_text, news)])
    marking.stamp = outer
    shells = news if len(news) > 1 else [_shell(marking, item, before, after) for item in olds]
    return [_with_text(block, piece) for block, piece in zip(shells, pieces, strict=True)]


def _shell(marking: Marking, item: Block, before: Block, after: Block) -> Block:
    """The paragraph in which a joined one still stands, with a name that is free."""
    if item is before:
        return after
    if item["t"] != "Div":
        return item
    (name, *rest), blocks = item["c"]
    return node("Div", [marking.free(name, "deletion"), *rest], blocks)


def _shape(block: Block) -> list[Any]:
    """What a paragraph is; empty where it is more than one text."""
    if block["t"] in _TEXT:
        return [block["t"]]
    if block["t"] == "Div" and [item["t"] for item in block["c"][1]] in (["Para"], ["Plain"]):
        return [*block["c"][0][1], block["c"][1][0]["t"]]
    return []


def _name(block: Block) -> str:
    return block["c"][0][0]


def _text(block: Block) -> list[Inline]:
    return block["c"] if block["t"] in _TEXT else block["c"][1][0]["c"]


def _with_text(block: Block, inlines: list[Inline]) -> Block:
    if block["t"] in _TEXT:
        return node(block["t"], inlines)
    attributes, (inner,) = block["c"]
    return node("Div", attributes, [node(inner["t"], inlines)])
