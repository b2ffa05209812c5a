"""What withheld things are called in a copy: neutral names that count them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from shadowreport.core.numbering import anchor, captioned_ids
from shadowreport.core.report import Box, Paragraph, Recommendation, Report, Section

HELD = "held"
WORD = "Withheld"  # all that a withheld passage says in a copy
SOURCE = f"{HELD}-source"


@dataclass(frozen=True, slots=True)
class Names:
    """The new anchors of withheld things by their old ones, the keys of withheld sources, the names of
    withheld sections with those below them."""

    anchors: dict[str, str] = field(default_factory=dict)
    sources: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()

    def in_text(self, text: str) -> str:
        """A text in which references name what there is in the copy."""
        if not self.anchors:
            return text
        words = "|".join(map(re.escape, sorted(self.anchors, key=len, reverse=True)))
        return re.sub(rf"(?<=[@#])(?:{words})(?![\w-])", lambda match: self.anchors[match[0]], text)

    def id_of(self, kind: str, identifier: str) -> str:
        """The id of a thing in the copy."""
        name = anchor(kind, identifier)
        return self.anchors.get(name, name).partition("-")[2]


def names_of(report: Report) -> Names:
    """The names for all that a report withholds."""
    held = frozenset(_sections(report))
    counts: dict[str, int] = {}
    anchors: dict[str, str] = {}
    for section in report.sections:
        for kind, identifier in withheld_in(section, section.name in held):
            counts[kind] = counts.get(kind, 0) + 1
            anchors[anchor(kind, identifier)] = anchor(kind, f"{HELD}-{counts[kind]}")
    return Names(anchors, report.withheld_sources, held)


def _sections(report: Report) -> Iterator[str]:
    """The names of withheld sections, and of those below them."""
    level = 0
    for section in report.sections:
        if level and section.level <= level:
            level = 0
        if section.withheld and not level:
            level = section.level
        if level:
            yield section.name


def bare_evidence(item: Mapping[str, Any]) -> dict[str, Any]:
    """Evidence of a source without what an editor notes of it."""
    return {key: item[key] for key in ("on_file", "archived") if key in item}


def withheld_in(section: Section, whole: bool) -> Iterator[tuple[str, str]]:
    """The kinds and ids of what a section withholds, in its order."""
    if whole:
        yield "sec", section.name
    for item in section.items:
        if isinstance(item, Paragraph):
            yield from _own("par", item, whole)
        for inner in item.recommendations if isinstance(item, Box) else ():
            yield from _own("rec", inner, whole)


def _own(kind: str, item: Paragraph | Recommendation, whole: bool) -> Iterator[tuple[str, str]]:
    if whole or 0 in item.withheld:
        yield kind, item.id
    held = [block for index, block in enumerate(item.blocks) if whole or index in item.withheld]
    yield from captioned_ids(Paragraph("", held, item.place))
