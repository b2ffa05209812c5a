"""Which sections of a report a returned file without a record holds.

A file that lost its record does not say whether it was the whole report or some sections of it. What
it holds nothing of was never sent, as far as anybody can tell; to delete it would lose text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from shadowreport.compare.pairing import pair
from shadowreport.compare.text import plain_text
from shadowreport.compare.words import likeness
from shadowreport.roundtrip.origin import Sent
from shadowreport.roundtrip.returned import WordFile, WordText
from shadowreport.roundtrip.steps import Left

OURS = 0.2  # the share of its paragraphs that a file of ours has kept, however it was worked over
_ALIKE = 0.6  # less, and a new paragraph is taken for one of a section that was never sent


def held(sents: Sequence[Sent], back: WordFile) -> list[str]:
    """The names of the sections whose heading or some of whose paragraphs came back, in order."""
    backs = [text for text in back.texts if not text.contents]
    pairs = pair([sent.word for sent in sents], backs).sent
    found: dict[str, list[bool]] = defaultdict(list)
    headed: set[str] = set()
    for sent, at in zip(sents, pairs, strict=True):
        if sent.outline is None or sent.leaf is None:
            continue
        came = at >= 0 and _came_back(sent, backs[at])
        if sent.leaf.kind != "title":
            found[sent.outline.name].append(came)
        elif came:
            headed.add(sent.outline.name)
    names = dict.fromkeys(sent.outline.name for sent in sents if sent.outline)
    return [
        name
        for name in names
        if name in headed or (any(found[name]) and sum(found[name]) >= OURS * len(found[name]))
    ]


def _came_back(sent: Sent, back: WordText) -> bool:
    """Whether a paragraph is the one that was sent, and not a new one that reads a little like it."""
    if sent.anchor in back.anchors:
        return True
    old, new = plain_text(sent.word.text), plain_text(back.text)
    if sent.leaf and sent.leaf.kind == "title":
        return bool(back.outline) and old == new
    return likeness(old, new) >= _ALIKE


def not_held(names: Sequence[str]) -> Left:
    """What is said of the sections that a file holds nothing of."""
    what = "nothing of it is in the returned file, which does not say what was sent: it is left as it is; delete its file in sections/ if that is meant"
    if len(names) > 1:
        what = "nothing of them is in the returned file, which does not say what was sent: they are left as they are; delete their files in sections/ if that is meant"
    return Left(", ".join(names), what, "structure")
