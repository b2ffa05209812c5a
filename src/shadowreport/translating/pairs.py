"""A section beside its translation, text by text: what the original says, and what the translation says now."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from shadowreport.core.layout import translation_file
from shadowreport.core.report import Section
from shadowreport.core.translations import fingerprints, reason, recorded
from shadowreport.machine.files import read_text
from shadowreport.source import front_matter
from shadowreport.source.leaf import Outline
from shadowreport.source.section_map import Text, outlines
from shadowreport.translating.segments import Code, Lost, Row, Segment, Tag, segments

SET_ASIDE = "set_aside"  # the key of front matter whose reasons are texts
_KEYS = re.compile(r"@\{?([\w:.#$%&+?<>~/-]*\w)")
_NUMBERS = re.compile(r"\d+")

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its file, its text taken apart, its front matter."""

    outline: Outline
    texts: Mapping[Key, Segment]
    lost: Sequence[Lost]
    front: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """A section and its translation; `other` is None where there is none yet.

    `state`: of each piece that is not up to date, whether it is missing or stale.
    """

    section: Section
    file: str
    mine: Side
    other: Side | None
    now: Mapping[str, str]
    state: Mapping[str, str] = field(default_factory=dict)

    def former(self, segment: Segment) -> Row:
        """What the translation says for a text of the original, with the original's tags: nothing where it
        says nothing yet, or refers to something else."""
        old = self._old(segment)
        if old is None or (self.state.get(segment.piece) == "missing"):
            return ()
        numbers = {theirs: mine for mine, theirs in enumerate(_matched(segment, old), 1) if theirs}
        tags = [part for part in old.row if isinstance(part, Tag)]
        if len(numbers) != len(segment.codes) or any(tag.number not in numbers for tag in tags):
            return ()
        return tuple(
            replace(part, number=numbers[part.number]) if isinstance(part, Tag) else part
            for part in old.row
        )

    def codes(self, segment: Segment) -> tuple[Code, ...]:
        """What its tags stand for in the translation: as it is written there, where that says the same."""
        old = self._old(segment)
        if old is None:
            return segment.codes
        theirs = [old.codes[number - 1] if number else None for number in _matched(segment, old)]
        return tuple(
            own if own and _numbers(own) == _numbers(code) else code
            for own, code in zip(theirs, segment.codes, strict=True)
        )

    def _old(self, segment: Segment) -> Segment | None:
        return self.other.texts.get(segment.key) if self.other else None


def _matched(segment: Segment, old: Segment) -> list[int]:
    """For each code of a text the number of that in its translation which stands for the same; 0: none."""
    left = {number: _meant(code) for number, code in enumerate(old.codes, 1)}
    result: list[int] = []
    for code in segment.codes:
        found = next((number for number, meant in left.items() if meant == _meant(code)), 0)
        left.pop(found, None)
        result.append(found)
    return result


def _meant(code: Code) -> tuple[str, ...]:
    """What makes a code the same in another language: what is cited, not how it is introduced."""
    if code.what == "the mark of a footnote":
        return code.what, code.opened
    return code.what, *_KEYS.findall(code.opened)


def _numbers(code: Code) -> list[str]:
    """The numbers of a citation's locator: where they differ, the original was changed."""
    return [] if code.closed else _NUMBERS.findall(code.opened)


def pairs(sections: Sequence[Section], project: Path, language: str) -> list[Pair]:
    """Sections with their translations. Raises Failure for a file that cannot be read, ProgramError where
    pandoc fails."""
    files = {section.name: translation_file(section.file, language) for section in sections}
    mine = sides([_text(project, section.file, section.name) for section in sections])
    there = [name for name, file in files.items() if (project / file).is_file()]
    others = sides([_text(project, files[name], name) for name in there])
    return [
        _pair(section, files[section.name], mine[section.name], others.get(section.name))
        for section in sections
    ]


def _text(project: Path, file: str, name: str) -> Text:
    return Text(read_text(project / file, file), file, name)


def sides(texts: Sequence[Text]) -> dict[str, Side]:
    """Section files taken apart, by the section's name."""
    return {name: _side(outline) for name, outline in outlines(texts).items()}


def _side(outline: Outline) -> Side:
    found, lost = segments(outline)
    front = front_matter.read(outline.source, outline.file).data
    found += [
        Segment(reason(key), 1, "reason", -1, -1, (said,), ())
        for key, said in front.get(SET_ASIDE, {}).items()
    ]
    return Side(outline, {item.key: item for item in found}, lost, front)


def _pair(section: Section, file: str, mine: Side, other: Side | None) -> Pair:
    now = fingerprints(section)
    known = recorded(section, other.front.get("made_from", {}) if other else {})
    states = {piece: _state(piece, now[piece], known.get(piece), mine, other) for piece in now}
    return Pair(
        section, file, mine, other, now, {key: said for key, said in states.items() if said}
    )


def _state(piece: str, now: str, known: str | None, mine: Side, other: Side | None) -> str:
    """Of one piece: missing where the translation has nothing, or the original's own words."""
    if other is None:
        return "missing"
    own, theirs = (
        [item.row for item in side.texts.values() if item.piece == piece] for side in (mine, other)
    )
    if (own and not theirs) or (known is None and own == theirs):
        return "missing"
    return "" if known == now else "stale"
