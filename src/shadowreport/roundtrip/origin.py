"""Ties each paragraph of the Word file that was sent to the piece of source that it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from shadowreport.compare.text import NOTE, OPTIONAL, normal
from shadowreport.roundtrip.returned import WordFile, WordText
from shadowreport.source.leaf import Leaf, Outline

_AHEAD = 6
_ENOUGH = 0.9


@dataclass(slots=True)
class Sent:
    """A paragraph as it was sent. `leaf` is None for what is generated: tables of earlier
    recommendations, headings of boxes, the cover. `map` gives for each of its characters the
    character of the leaf's stream, or -1 where it has none."""

    word: WordText
    outline: Outline | None = None
    leaf: Leaf | None = None
    map: list[int] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """The anchor of its source."""
        return self.leaf.anchor if self.leaf else ""


def link(file: WordFile, outlines: Sequence[Outline]) -> list[Sent]:
    """Every paragraph of the sent file that is not part of the contents, with its leaf."""
    by_anchor = {f"sec-{outline.name}": outline for outline in outlines}
    found: list[Sent] = []
    current: Outline | None = None
    at = 0
    for word in file.texts:
        if word.contents:
            continue
        starts = next((by_anchor[name] for name in word.anchors if name in by_anchor), None)
        if starts:
            current, at = starts, 0
        elif any(name.startswith("sec-") for name in word.anchors):
            current = None
        sent = Sent(word, current)
        if current and word.text.strip():
            at = _next(sent, current, at)
        found.append(sent)
    return found


def _next(sent: Sent, outline: Outline, at: int) -> int:
    """Ties the paragraph to one of the next leaves; where the row of leaves goes on."""
    for index in range(at, min(at + _AHEAD, len(outline.leaves))):
        leaf = outline.leaves[index]
        found = mapping(sent.word, leaf)
        if found is not None:
            sent.leaf, sent.map = leaf, found
            return index + 1
    return at


def mapping(word: WordText, leaf: Leaf) -> list[int] | None:
    """For each character of a paragraph the one of the leaf; None where it shows another leaf."""
    shown, text = normal(word.text), normal(leaf.text)
    if shown == text:
        return list(range(len(shown)))
    seen = [at for at, sign in enumerate(text) if sign != OPTIONAL]
    if shown == "".join(text[at] for at in seen):
        return seen
    if leaf.anchor in word.anchors and shown == text + NOTE:  # of evidence that is on file
        return [*range(len(text)), -1]
    if leaf.kind == "caption" and shown.endswith(text):
        before = len(shown) - len(text)
        return [-1] * before + list(range(len(text)))
    if leaf.lost or not (leaf.anchor and leaf.anchor in word.anchors):
        return None
    matcher = SequenceMatcher(None, shown, text, autojunk=False)
    if matcher.ratio() < _ENOUGH:
        return None
    result = [-1] * len(shown)
    for block in matcher.get_matching_blocks():
        result[block.a : block.a + block.size] = range(block.b, block.b + block.size)
    return result
