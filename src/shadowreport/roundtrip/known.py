"""What the marks in the sent file stand for, so that one which is moved or copied is known again.

A citation prints a footnote, a reference to a section two numbers. Where a text is pasted elsewhere
nothing but what was printed is left of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from shadowreport.roundtrip.change import atom_spans
from shadowreport.roundtrip.origin import Sent
from shadowreport.roundtrip.returned import WordFile
from shadowreport.source.leaf import Leaf, Outline


@dataclass(frozen=True, slots=True)
class Known:
    """`citations` by the text of their footnotes, the sources of footnotes by their texts, the
    section that two numbers stand for by the bookmarks that these lead to."""

    citations: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    ranges: dict[tuple[str, str], str] = field(default_factory=dict)


def known(sents: Sequence[Sent], file: WordFile, again: str) -> Known:
    """What stands for what in a file that was sent; not what begins with `again`, the language's "Ibid.", which
    says nothing without the note before it."""
    found, again = Known(), again.rstrip(".").lower()
    for sent in sents:
        if sent.leaf and sent.outline:
            for spot, text in _marks(sent, sent.leaf, file):
                if text.lower().startswith(again):
                    continue
                _remember(found, sent.leaf, sent.outline, spot, text)
            found.ranges.update(_ranges(sent, sent.leaf))
    return found


def _marks(sent: Sent, leaf: Leaf, file: WordFile) -> Iterator[tuple[int, str]]:
    """The characters of a leaf that print footnotes, with the texts of these."""
    for word, spot in zip(sent.word.chars, sent.map, strict=True):
        text = file.note_text(word.note) if word.note and spot >= 0 else ""
        if text and leaf.chars[spot].atom:
            yield spot, text


def _remember(found: Known, leaf: Leaf, outline: Outline, spot: int, text: str) -> None:
    char = leaf.chars[spot]
    kind, _, label = char.atom.partition(" ")
    if kind == "cite" and char.end > char.start:
        found.citations.setdefault(text, outline.source[char.start : char.end])
    elif kind == "note" and label in outline.footnotes:
        note = outline.footnotes[label]
        found.notes.setdefault(text, outline.source[note.start : note.end])


def _ranges(sent: Sent, leaf: Leaf) -> Iterator[tuple[tuple[str, str], str]]:
    leads = {
        spot: word.reference
        for word, spot in zip(sent.word.chars, sent.map, strict=True)
        if word.reference
    }
    for low, high in atom_spans(leaf.chars):
        names = list(dict.fromkeys(leads[spot] for spot in range(low, high) if spot in leads))
        if len(names) == 2:
            key = leaf.chars[low].atom.removeprefix("ref ")
            if key.startswith("sec-") and " " not in key:
                yield (names[0], names[1]), key
