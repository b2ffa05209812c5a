"""The public edition made of a whole report: what is confidential is taken out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from shadowreport.core.ast import captioned, node, para, plain, replace_outer, text, walk
from shadowreport.core.ids import WITHHELD
from shadowreport.core.layout import TEMPLATES
from shadowreport.core.numbering import CAPTIONED, anchor, is_reference, number
from shadowreport.core.quotes import BEFORE_MARKS
from shadowreport.core.report import (
    Block,
    Box,
    Evidence,
    Heading,
    Inline,
    Item,
    Label,
    Mention,
    Note,
    Paragraph,
    Picture,
    Recommendation,
    Report,
    Section,
    Tie,
)
from shadowreport.core.rows import without_held
from shadowreport.core.withheld import holds, holds_own, holds_some


@dataclass(slots=True)
class Cut:
    """Makes the public report of a whole one."""

    whole: Report
    names: dict[str, str] = field(default_factory=dict)  # neutral anchors of what is withheld
    held: set[str] = field(default_factory=set)  # names of withheld sections
    captioned: dict[str, str] = field(
        default_factory=dict
    )  # what references to withheld ones print
    counts: dict[str, int] = field(default_factory=dict)
    notes: list[Inline] = field(default_factory=list)  # that stand in the place of citations

    def report(self) -> Report:
        """The public report."""
        whole = self.whole
        labels = number(whole)
        sections = [replace(section, withheld=held) for section, held in _below(whole.sections)]
        for section in sections:
            self._name(section)
        shown = {name for section in sections for name in _captioned(section, labels)}
        self.captioned = {
            name: label.text
            for name, label in labels.items()
            if name.partition("-")[0] in CAPTIONED.values() and name not in shown
        }
        cut = tuple(map(self._section, sections))
        said = {element for section in cut for element in _said(section)}
        words = " ".join(_words(section) for section in cut)
        return replace(
            whole,
            sections=cut,
            cycles=tuple(
                replace(
                    cycle,
                    recommendations=tuple(
                        replace(item, theme="") if item.theme in self.held else item
                        for item in cycle.recommendations
                    ),
                )
                for cycle in whole.cycles
            ),
            sources={key: value for key, value in whole.sources.items() if key in said},
            evidence={
                key: Evidence(item.on_file, archived=item.archived)
                for key, item in whole.evidence.items()
                if key in said
            },
            source_places={key: at for key, at in whole.source_places.items() if key in said},
            # a picture of the templates is in every edition
            images=_sorted(
                {
                    key: value
                    for key, value in whole.images.items()
                    if key in said or key.startswith(TEMPLATES)
                }
            ),
            abbreviations={
                key: value
                for key, value in whole.abbreviations.items()
                if re.search(rf"(?<!\w){re.escape(key)}(?!\w)", words)
            },
            withheld_sources=frozenset(),
            labels=dict(self._labels(labels)),
        )

    # --- names ------------------------------------------------------------------------------------

    def _name(self, section: Section) -> None:
        """Gives what is withheld in a section its neutral names."""
        if section.withheld:
            self.held.add(section.name)
            self._neutral("sec", section.name)
        for item in section.items:
            if isinstance(item, Paragraph) and (section.withheld or holds_own(item, 0)):
                self._neutral("par", item.id)
            for own in item.recommendations if isinstance(item, Box) else ():
                if section.withheld or holds_own(own, 0):
                    self._neutral("rec", own.id)

    def _neutral(self, kind: str, identifier: str) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        self.names[anchor(kind, identifier)] = anchor(kind, f"{WITHHELD}-{self.counts[kind]}")

    def _id(self, kind: str, identifier: str) -> str:
        return self._anchor(anchor(kind, identifier)).partition("-")[2]

    def _anchor(self, name: str) -> str:
        return self.names.get(name, name)

    def _labels(self, labels: Mapping[str, Label]) -> Iterator[tuple[str, Label]]:
        for name, label in labels.items():
            if name not in self.captioned:
                first, last = self._anchor(label.first), self._anchor(label.last)
                yield self._anchor(name), replace(label, first=first, last=last)

    # --- texts ------------------------------------------------------------------------------------

    def _section(self, section: Section) -> Section:
        held = _held(section)
        title = self.whole.speech.language["withheld"] if section.withheld else section.title
        cut = replace(
            section,
            name=self._id("sec", section.name),
            title=title,
            items=tuple(filter(None, (self._item(item, section) for item in section.items))),
            ties=tuple(filter(None, (self._tie(tie, section) for tie in section.ties))),
            # what was read was the whole text: whether it has changed since is not to be told
            sign_offs=tuple(item for item in section.sign_offs if item.paragraph.id not in held),
            look_again=tuple(
                item for item in section.look_again if anchor("par", item.id) not in self.names
            ),
            excuses=tuple(item for item in section.excuses if item.text in section.public_source),
            source=section.public_source,
            remarks=() if holds(section) else section.remarks,
        )
        said = set(_said(cut))
        cut = replace(
            cut, mentions=self._mentions(section, said), images=_kept(section.images, said)
        )
        if not section.withheld:
            return cut
        return replace(
            cut,
            file="",
            status="draft",
            authors=(),
            rows=(),
            set_aside=(),
            excuses=(),
            budget=0,
            source="\n" * section.source.count("\n"),
        )

    def _item(self, item: Item, section: Section) -> Item | None:
        if isinstance(item, Paragraph):
            return replace(
                item,
                id=self._id("par", item.id),
                blocks=self._blocks(item, section),
                withheld=set[int](),
            )
        if isinstance(item, Box):
            own = tuple(
                replace(
                    inner,
                    id=self._id("rec", inner.id),
                    blocks=self._blocks(inner, section),
                    withheld=set[int](),
                )
                for inner in item.recommendations
            )
            return replace(item, recommendations=own)
        if section.withheld or item.withheld:
            return None
        if isinstance(item, Heading):
            return replace(item, inlines=self._public(item.inlines))
        return replace(item, blocks=self._public(item.blocks))

    def _blocks(self, item: Paragraph | Recommendation, section: Section) -> list[Block]:
        """The blocks of a paragraph; a run of withheld ones is one line, however long it is."""
        result: list[Block] = []
        rows = enumerate(item.blocks)
        for held, run in groupby(rows, lambda row: section.withheld or holds_own(item, row[0])):
            if held:
                result.append(para(*self._notice()))
            else:
                result += self._public([block for _, block in run])
        return result

    def _notice(self) -> list[Inline]:
        return text(self.whole.speech.language["withheld"])

    def _public(self, value: Any, in_note: bool = False) -> Any:
        """Public elements in which what refers to something withheld tells nothing of it."""

        def change(element: dict[str, Any]) -> list[Any] | None:
            if element["t"] == "Note":
                return [node("Note", self._public(element["c"], True))]
            if element["t"] == "Table":
                cut = without_held(element["c"], self._notice())
                return [self._public(cut, in_note)] if cut else None
            return self._citation(element["c"][0], in_note) if element["t"] == "Cite" else None

        return _set_close(replace_outer(value, change), self.notes)

    def _citation(self, typed: list[dict[str, Any]], in_note: bool) -> list[Any]:
        citations = [
            {
                **item,
                "citationId": self._anchor(item["citationId"]),
                "citationPrefix": self._public(item["citationPrefix"], True),
                "citationSuffix": self._public(item["citationSuffix"], True),
            }
            for item in typed
        ]
        if not any(map(self._is_gone, citations)):
            return [_cite(*citations)]
        first, *rest = citations
        if first["citationMode"]["t"] != "AuthorInText":
            parts = list(self._parts(citations))
            if is_reference(first["citationId"]):
                return [node("Str", "["), *parts, node("Str", "]")]
            return parts if in_note else [self._note(parts)]
        head = [*self._printed(first), *first["citationSuffix"]]
        return [*head, {"t": "Space"}, *self._citation(rest, in_note)] if rest else head

    def _note(self, inlines: list[Inline]) -> Inline:
        note = node("Note", [para(*inlines)])
        self.notes.append(note)
        return note

    def _is_gone(self, item: Mapping[str, Any]) -> bool:
        return (
            item["citationId"] in self.whole.withheld_sources
            or item["citationId"] in self.captioned
        )

    def _parts(self, citations: Sequence[dict[str, Any]]) -> Iterator[Inline]:
        """Citations of one pair of brackets one by one."""
        for index, item in enumerate(citations):
            yield from text("; ") if index else ()
            if not is_reference(item["citationId"]):
                yield from self._printed(item)
                continue
            before = item["citationPrefix"]
            yield from [*before, {"t": "Space"}] if before else []
            yield from [*self._printed(_bare(item)), *item["citationSuffix"]]

    def _printed(self, item: dict[str, Any]) -> list[Inline]:
        key = item["citationId"]
        if key in self.whole.withheld_sources:
            return self._notice()
        return text(self.captioned[key]) if key in self.captioned else [_cite(item)]

    # --- what belongs to texts --------------------------------------------------------------------

    def _tie(self, tie: Tie, section: Section) -> Tie | None:
        name = self.names.get(anchor("par", tie.paragraph.id))
        tie = replace(
            tie, evidence=() if name else tuple(Evidence(item.on_file) for item in tie.evidence)
        )
        if name is None:  # a short text may say what a part of its paragraph withholds
            return replace(tie, short="") if tie.paragraph.id in _held(section) else tie
        paragraph = replace(tie.paragraph, id=name.partition("-")[2])
        return replace(tie, paragraph=paragraph, finding="", short="") if tie.public else None

    def _mentions(self, section: Section, said: set[str]) -> tuple[Mention, ...]:
        return _kept([replace(item, id=self._anchor(item.id)) for item in section.mentions], said)


def _cite(*citations: dict[str, Any]) -> Inline:
    """A group of citations; what pandoc keeps of how they were typed names the keys as well."""
    return node("Cite", list(citations), text("; ".join(f"@{c['citationId']}" for c in citations)))


def _set_close(value: Any, notes: Sequence[Inline]) -> Any:
    """Lists in which each of the notes stands as citations are printed: behind the punctuation, and
    without the space in front of it."""
    if isinstance(value, dict):
        return {key: _set_close(item, notes) for key, item in value.items()} if notes else value
    if not isinstance(value, list) or not notes:
        return value
    result: list[Any] = []
    waiting: list[Inline] = []  # notes that still look for punctuation
    for item in value:
        if any(item is note for note in notes):
            if result and result[-1] in ({"t": "Space"}, {"t": "SoftBreak"}) and not waiting:
                result.pop()
            waiting.append(item)
            continue
        if waiting and isinstance(item, dict) and item.get("t") == "Str":
            signs, rest = _SIGNS.findall(item["c"])[0]
            result += [node("Str", signs), *waiting] if signs else waiting
            result += [node("Str", rest)] if rest else []
        else:
            result += [*waiting, _set_close(item, notes)]
        waiting = []
    return [*result, *waiting]


_SIGNS = re.compile(rf"((?:{BEFORE_MARKS})?)(.*)", re.DOTALL)


def _bare(item: dict[str, Any]) -> dict[str, Any]:
    """A reference without what stands before and behind it."""
    mode = {"t": "AuthorInText"}
    return {**item, "citationPrefix": [], "citationSuffix": [], "citationMode": mode}


def _below(sections: Sequence[Section]) -> Iterator[tuple[Section, bool]]:
    """Each section, and whether it is withheld: with it go the sections below it."""
    level = 0  # of the withheld section in which we are
    for section in sections:
        if level and section.level <= level:
            level = 0
        if section.withheld and not level:
            level = section.level
        yield section, bool(level)


def _held(section: Section) -> set[str]:
    """The ids of the paragraphs in which something is withheld."""
    found = section.paragraphs()
    return {item.id for item in found if section.withheld or holds_some(item)}


def _captioned(section: Section, labels: Mapping[str, Label]) -> Iterator[str]:
    """The anchors of the numbered tables and figures that the public edition prints."""
    for item in section.items if not section.withheld else ():
        owners = (
            [item]
            if isinstance(item, Paragraph)
            else item.recommendations
            if isinstance(item, Box)
            else ()
        )
        for own in owners:
            for index, block in enumerate(own.blocks):
                if not holds_own(own, index):
                    names = (
                        anchor(CAPTIONED[inner["t"]], inner["c"][0][0])
                        for inner in captioned([block])
                    )
                    yield from (name for name in names if name in labels)


def _texts(section: Section) -> list[Any]:
    return [
        item.inlines
        if isinstance(item, Heading)
        else item.blocks
        if isinstance(item, Paragraph | Note)
        else [own.blocks for own in item.recommendations]
        for item in section.items
    ]


def _said(section: Section) -> Iterator[str]:
    """The keys of what a section cites and refers to, and the names of its images."""
    for element in walk(_texts(section)):
        if element["t"] == "Cite":
            yield from (item["citationId"] for item in element["c"][0])
        elif element["t"] == "Image":
            yield element["c"][2][0]


def _words(section: Section) -> str:
    return section.title + " " + plain(_texts(section), notes=True)


def _kept(mentions: Sequence[Mention], said: set[str]) -> tuple[Mention, ...]:
    """Of several mentions of one thing the first: the others may stand in what is withheld."""
    return tuple({item.id: item for item in reversed(mentions) if item.id in said}.values())[::-1]


def _sorted(images: Mapping[str, Picture]) -> dict[str, Picture]:
    """In an order that does not follow from where each is shown first in the whole report."""
    return dict(sorted(images.items()))
