"""Which block of the old state is which of the new one, and whether they differ but in numbers."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shadowreport.compare.pairing import Row, pair
from shadowreport.core.ast import CAPTION_NUMBER, plain
from shadowreport.core.numbering import CAPTIONED
from shadowreport.core.report import Block
from shadowreport.redline.splits import Group, groups


@dataclass(frozen=True, slots=True)
class Pairs:
    """For new blocks the old ones, in order; those that moved, which are shown as deleted here and
    inserted there; what was split or joined by the first new block of it, and its other new ones."""

    kept: Mapping[int, int]
    moved: Mapping[int, int]
    groups: Mapping[int, Group]
    pieces: Collection[int]


def pairs(old: Sequence[Block], new: Sequence[Block]) -> Pairs:
    """Which block is which."""
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
    found = list(groups(pairing, kept, old, new))
    pieces = {at for group in found for at in group.news[1:]}
    return Pairs(kept, moved, {group.news[0]: group for group in found}, pieces)


def _as_row(block: Block) -> Row:
    attributes = {"Div": lambda c: c[0], "Header": lambda c: c[1]}.get(block["t"])
    name = attributes(block["c"])[0] if attributes else ""
    text = plain(block, notes=True)
    named = name and not name.rpartition("-")[2].isdigit()
    return Row(text, _kind(block), {name: (0, 1)} if named else {})


def _kind(block: Block) -> str:
    classes = block["c"][0][1] if block["t"] == "Div" else []
    return f"{block['t']} {' '.join(classes)}"


def same_but_numbers(old: Block, new: Block) -> bool:
    """Whether two blocks say the same: numbers that are counted are no differences."""
    return old["t"] == new["t"] and _bare(old) == _bare(new)


def _bare(value: Any) -> str:
    """A block without numbers that are counted: of paragraphs, references, tables and figures."""
    if isinstance(value, list):
        return "[" + ",".join(map(_bare, value)) + "]"
    if not isinstance(value, dict):
        return json.dumps(value)
    name = value.get("t")
    content: Any = value.get("c")
    if name == "Link" and content[0][1] == ["ref"]:
        return f"reference {content[2][0]}"
    if name == "Span" and content[0][1] == [CAPTION_NUMBER]:
        return "number"
    if name in ("Div", *CAPTIONED):
        attributes = [name if name in CAPTIONED else content[0][1]]
        return f"{name}{attributes}{_bare(content[1:])}"
    if name == "Str" and str(content).isspace():
        return "Space"
    return f"{name}{_bare(content)}"
