"""Sections that an author moved as a whole: dragged in the navigation pane, cut and pasted.

A section's place is the number of its file, which is the editor's to change. So the returned
paragraphs are put back into the order of the sections that were sent before they are compared, and
the new place is proposed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shadowreport.compare.pairing import longest_rising
from shadowreport.compare.text import plain_text
from shadowreport.roundtrip.origin import Sent
from shadowreport.roundtrip.returned import WordText

_OWN = 0.5  # the share of its paragraphs that a section which moved as a whole has kept
_NUMBER = re.compile(r"(?<=/)\d+(?=-)")


@dataclass(frozen=True, slots=True)
class MovedSection:
    """A section that stands elsewhere in the returned file, and what to do about it."""

    anchor: str
    what: str


@dataclass(frozen=True, slots=True)
class _Section:
    """A section that was sent: its title's paragraph, and the texts below it."""

    title: Sent
    anchor: str
    texts: frozenset[str]

    @property
    def file(self) -> str:
        return self.title.outline.file if self.title.outline else ""


def in_sent_order(
    sents: Sequence[Sent], backs: Sequence[WordText]
) -> tuple[list[WordText], list[MovedSection]]:
    """The returned paragraphs with each section where it was sent, and the sections that moved."""
    sections = _sections(sents)
    starts = sorted(_starts(sections, backs).items(), key=lambda item: item[1])
    order = [index for index, _ in starts]
    if order == sorted(order):
        return list(backs), []
    ends = [at for _, at in starts[1:]] + [len(backs)]
    parts = {index: list(backs[at:end]) for (index, at), end in zip(starts, ends, strict=True)}
    stay = longest_rising(order)
    moved = [index for at, index in enumerate(order) if at not in stay]
    if not all(_is_whole(sections[index], parts[index]) for index in moved):
        return list(backs), []
    row = list(backs[: starts[0][1]])
    for index in sorted(parts):
        row += parts[index]
    return row, [_moved(sections, order, index) for index in moved]


def _sections(sents: Sequence[Sent]) -> list[_Section]:
    starts = [
        (at, anchor)
        for at, sent in enumerate(sents)
        for anchor in list(sent.word.anchors)[:1]
        if anchor.startswith("sec-")
    ]
    ends = [at for at, _ in starts[1:]] + [len(sents)]
    return [
        _Section(sents[at], anchor, frozenset(plain_text(sent.word.text) for sent in sents[at:end]))
        for (at, anchor), end in zip(starts, ends, strict=True)
    ]


def _starts(sections: Sequence[_Section], backs: Sequence[WordText]) -> dict[int, int]:
    """Where each section begins in the returned file: by its bookmark, else by its title."""
    found: dict[int, int] = {}
    titles = {
        (plain_text(section.title.word.text), section.title.word.outline): index
        for index, section in enumerate(sections)
    }
    names = {section.anchor: index for index, section in enumerate(sections)}
    marked = {name for back in backs for name in back.anchors}
    for at, back in enumerate(backs):
        index = next((names[name] for name in back.anchors if name in names), None)
        if index is None:
            index = titles.get((plain_text(back.text), back.outline))
            if index is not None and sections[index].anchor in marked:
                continue
        if index is not None and plain_text(back.text):
            found.setdefault(index, at)
    return found


def _is_whole(section: _Section, part: Sequence[WordText]) -> bool:
    """Whether a section took its paragraphs along; else only its heading was moved."""
    texts = [text for text in (plain_text(item.text) for item in part[1:]) if text]
    return sum(text in section.texts for text in texts) >= _OWN * len(texts)


def _moved(sections: Sequence[_Section], order: Sequence[int], index: int) -> MovedSection:
    at = order.index(index)
    before = sections[order[at - 1]] if at else None
    after = sections[order[at + 1]] if at + 1 < len(order) else None
    near = f"behind '{_title(before)}'" if before else f"before '{_title(after)}'" if after else ""
    section = sections[index]
    what = f"section '{_title(section)}' now stands {near}; its file keeps its text"
    if section.file:
        what += f"; to move it, rename {section.file} {_proposal(section, before, after)}"
    return MovedSection(section.anchor, what)


def _title(section: _Section | None) -> str:
    return plain_text(section.title.word.text) if section else ""


def _proposal(section: _Section, before: _Section | None, after: _Section | None) -> str:
    """A name with a number between those of the neighbours, where there is one."""
    numbers = [_NUMBER.search(item.file) if item else None for item in (before, after)]
    low = int(numbers[0][0]) if numbers[0] else 0
    high = int(numbers[1][0]) if numbers[1] else low + 20
    number = (low + high) // 2
    own = _NUMBER.search(section.file)
    if own and low < number < high:
        return f"to {_NUMBER.sub(f'{number:0{len(own[0])}}', section.file)}"
    return "so that its number lies between theirs"
