"""A resolved report: what resolve() makes and every renderer takes.

Its text is one AST of pandoc's, in these terms of ours:

    Div #par-ID .paragraph number=N      a numbered paragraph and all that belongs to it (without a
                                         number where the section carries none)
    Div .box                             a box; in it Div .box-heading and
    Div #rec-ID .recommendation number=N a recommendation (no number where it is alone)
    Div .recommendation-table            the table of earlier recommendations
    Link .ref                            a reference; first= and last= where it is a range
    Table #tbl-ID, Figure #fig-ID        a numbered one; Span .caption-number in its caption
    Note                                 a footnote, whether written or cited
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from shadowreport.core.ast import attr, captioned, node, of_kind, plain
from shadowreport.core.editions import edition_name
from shadowreport.core.lexicon import Language
from shadowreport.core.numbering import CAPTIONED, anchor
from shadowreport.core.report import Block, Inline, Label, Report


@dataclass(frozen=True, slots=True)
class ResolvedSection:
    """A section or an annex, ready for every renderer. `paragraphs` is a text such as 33–56."""

    name: str
    title: list[Inline]
    level: int
    blocks: list[Block]
    paragraphs: str = ""
    is_annex: bool = False

    @property
    def anchor(self) -> str:
        """Its anchor: sec-NAME."""
        return anchor("sec", self.name)

    def whole(self) -> list[Block]:
        """Its blocks under its heading."""
        return [node("Header", self.level, attr(self.anchor), self.title), *self.blocks]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a section or an annex with its paragraphs, such as 33–56, or a heading in it."""

    level: int
    anchor: str
    title: str
    paragraphs: str = ""


_LISTED = {"tables": "tbl", "figures": "fig"}  # what report.yaml can ask for


@dataclass(frozen=True, slots=True)
class CaptionList:
    """A list of numbered tables or figures, behind the contents."""

    kind: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A report with nothing left to decide. The `first_` numbers differ from 1 where only some of
    the sections are shown (`partial`), so that what is shown carries its true numbers."""

    report: Report
    words: Language
    labels: Mapping[str, Label]
    cover: list[Block]
    sections: tuple[ResolvedSection, ...]
    partial: bool = False
    first_note: int = 1
    first_captions: Mapping[str, int] = field(default_factory=dict)  # by kind: tbl, fig
    listed: Resolved | None = (
        None  # whose contents are printed: of a redline those of the new state
    )

    @property
    def edition(self) -> str:
        """What is printed on each page of an edition that is not public; empty for others."""
        return edition_name(self.report)

    def blocks(self) -> list[Block]:
        """The whole text, each section under its heading."""
        result: list[Block] = []
        for section in self.sections:
            result.extend(section.whole())
        return result

    def contents(self, kind: str) -> list[Entry]:
        """The lines of the contents of a format."""
        depth = self.report.contents_of(kind)
        entries: list[Entry] = []
        for section in (self.listed or self).sections:
            if section.level <= depth:
                title = plain(section.title)
                entries.append(Entry(section.level, section.anchor, title, section.paragraphs))
            headings = (item["c"] for item in of_kind(section.blocks, "Header"))
            entries += [
                Entry(level, identifier, plain(inlines))
                for level, (identifier, _, _), inlines in headings
                if identifier and level <= depth
            ]
        return entries

    def lists(self) -> Iterator[CaptionList]:
        """The lists of numbered tables and figures that report.yaml wants, where there are any."""
        sections = (self.listed or self).sections
        blocks = [block for section in sections for block in section.blocks]
        found = list(captioned(blocks))
        for name in self.report.lists:
            kind = _LISTED[name]
            contents = [item["c"] for item in found if CAPTIONED[item["t"]] == kind]
            entries = [Entry(2, item[0][0], plain(item[1])) for item in contents if item[0][0]]
            if entries:
                yield CaptionList(kind, self.words[name], tuple(entries))


def note_text(note: Mapping[str, Any]) -> str:
    """The plain text of a footnote."""
    return re.sub(r"[ \t\n]+", " ", plain(note["c"])).strip()
