"""Typed cross-references ("see paragraphs 119-135 above") proposed as live ones.

A live reference shows the same number as long as nothing moves. It is only proposed where the
target exists and fits; else the typed number stays, and a warning says why.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from shadowreport.core.numbering import anchor
from shadowreport.importing.draft import (
    Draft,
    Figure,
    Grid,
    Inline,
    Numbered,
    Reference,
    Section,
    Text,
    all_texts,
    shown,
)
from shadowreport.importing.fields import from_fields, spans_of, whole_sections
from shadowreport.importing.names import figures
from shadowreport.importing.recognise.flow import Flow
from shadowreport.importing.recognise.vocabulary import Vocabulary
from shadowreport.source.ids import latin_words
from shadowreport.word.content import Picture, Run

_NUMBER = re.compile(r"\d+")
_RANGE = re.compile(r"(\d{1,4})(?:\s*[-–—]\s*(\d{1,4}))?")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZА-ЯÀ-Ý«“])")
_STEM = 5
_NEAR = 80  # characters around a reference that can say where it leads
_SENTENCE = 600  # at most so long is a sentence, each way
_MOST = 200  # references in one paragraph; more are left typed


@dataclass(frozen=True, slots=True)
class _Target:
    section: Section
    paragraph: Numbered
    position: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A number or range in a text: where it stands, and what it refers to."""

    start: int
    end: int
    first: int
    last: int | None
    before: str
    after: str


class References:
    """Finds typed references in a draft and makes live ones of them. `address` gives that of a picture's
    file, and none of one that cannot be kept: its figure has no number."""

    def __init__(self, draft: Draft, flow: Flow, address: Callable[[Picture], str]) -> None:
        self.draft = draft
        self.flow = flow
        self.words = flow.words
        self.targets: dict[str, list[_Target]] = defaultdict(list)
        self.order: list[_Target] = []
        lost = {id(item) for _, item in figures(draft) if not item.is_kept(address)}
        kept = (item for _, item in figures(draft) if id(item) not in lost)
        self.figures = {anchor("fig", item.id) for item in kept}
        self.captions: dict[tuple[str, str], list[str]] = defaultdict(list)
        for _, paragraph in draft.numbered():
            for item in paragraph.belongings:
                if isinstance(item, Grid | Figure) and item.old and id(item) not in lost:
                    kind = "tbl" if isinstance(item, Grid) else "fig"
                    self.captions[kind, item.old].append(item.id)
        for section, paragraph in draft.numbered():
            target = _Target(section, paragraph, len(self.order))
            self.order.append(target)
            if paragraph.old:
                self.targets[paragraph.old].append(target)

    def settle(self) -> None:
        """Replaces what can be replaced in every text of the draft, in place."""
        here = None
        spans = spans_of(self.draft)
        for section in self.draft.sections:
            for item in section.items:
                if isinstance(item, Numbered):
                    here = item
                for text in all_texts(replace(section, items=[item])):
                    text.inlines = whole_sections(list(from_fields(text.inlines)), spans)
                    text.inlines = [self._unless_figure(one, text) for one in text.inlines]
                    self._text(text, section, here)
                    if self.captions:
                        self._several_captioned(text)
                        self._captioned(text)

    def _several_captioned(self, text: Text) -> None:
        """The same for several in one breath, "tables 7 and 9", which are left typed together."""
        plain = text.plain
        live = list(_live_places(text.inlines))
        matches = self.words.several_captioned.finditer(plain)
        for match in reversed(list(islice(matches, _MOST))):
            kind = self.words.kind_of_several(match["word"])
            behind = plain[match.end() : match.end() + _NEAR]
            if not kind or self.words.foreign_behind.match(behind):
                continue
            spans = [one.span() for one in _NUMBER.finditer(plain, *match.span("numbers"))]
            if any(low < last and first < high for first, last in spans for low, high in live):
                continue
            found = [self.captions.get((kind, plain[first:last]), []) for first, last in spans]
            if all(len(one) == 1 for one in found):
                for (first, last), (name,) in reversed(list(zip(spans, found, strict=True))):
                    text.inlines = list(_replaced(text.inlines, first, last, anchor(kind, name)))
            else:
                self._left_typed(text, match[0].strip(), kind, any(len(one) > 1 for one in found))

    def _left_typed(self, text: Text, typed: str, kind: str, twice: bool) -> None:
        why = "more than one caption has" if twice else "no caption has"
        message = f"'{typed}' was left typed: {why} that number"
        advice = f"write @{kind}-NAME for one of this report"
        self.flow.warn("import-reference", text.ordinal, message, advice)

    def _captioned(self, text: Text) -> None:
        """Numbers of tables and figures that have captions become references to them."""
        plain = text.plain
        live = list(_live_places(text.inlines))
        matches = self.words.captioned.finditer(plain)
        for match in reversed(list(islice(matches, _MOST))):
            start, end = match.span("number")
            behind = plain[end : end + _NEAR]
            if any(low < end and start < high for low, high in live):
                continue
            if self.words.foreign_behind.match(behind):
                continue
            kind = "tbl" if match["table"] else "fig"
            found = self.captions.get((kind, match["number"]), [])
            if len(found) == 1:
                text.inlines = list(_replaced(text.inlines, start, end, anchor(kind, found[0])))
                continue
            self._left_typed(text, match[0].strip(), kind, bool(found))

    def _unless_figure(self, item: Inline, text: Text) -> Inline:
        """A picture without a caption comes in without a number: one that leads to it stays typed."""
        if not isinstance(item, Reference) or not item.target.startswith("fig-"):
            return item
        if item.target in self.figures:
            return item
        message = (
            f"a reference to figure {item.shown} was left typed: it has no caption, and no number"
        )
        advice = (
            f"give the picture its caption and {{#{item.target}}}, and write @{item.target} here"
        )
        self.flow.warn("import-reference", text.ordinal, message, advice)
        return Run(item.shown)

    def _text(self, text: Text, section: Section, here: Numbered | None) -> None:
        plain = text.plain
        live = list(_live_places(text.inlines))
        for found in reversed(list(islice(_find(plain, self.words), _MOST))):
            if any(start < found.end and found.start < end for start, end in live):
                continue
            problem = self._problem(found, plain, section, here)
            if problem:
                typed = plain[found.start : found.end]
                number = f" (in paragraph {here.old})" if here and here.old else ""
                message = f"'{found.before} {typed}'{number} was left typed: {problem[0]}"
                self.flow.warn("import-reference", text.ordinal, message, problem[1])
            else:
                text.inlines = _with_references(text.inlines, found, self._live(found))

    def _live(self, found: _Found) -> list[tuple[int, int, str]]:
        """The live references for a number or range: start, end, target."""
        first = self.targets[str(found.first)][0]
        if found.last is None:
            return [(found.start, found.end, f"par-{first.paragraph.id}")]
        last = self.targets[str(found.last)][0]
        inside = list(first.section.paragraphs())
        if inside[0] is first.paragraph and inside[-1] is last.paragraph:
            return [(found.start, found.end, f"sec-{first.section.name}")]
        first_end = found.start + len(str(found.first))
        last_start = found.end - len(str(found.last))
        return [
            (found.start, first_end, f"par-{first.paragraph.id}"),
            (last_start, found.end, f"par-{last.paragraph.id}"),
        ]

    def _problem(
        self, found: _Found, plain: str, section: Section, here: Numbered | None
    ) -> tuple[str, str] | None:
        """Why a reference is not made live, and what to do; None where it is right."""
        ends = [self.targets.get(str(number), []) for number in (found.first, found.last) if number]
        if any(not end for end in ends):
            return "there is no such paragraph", "find the paragraph that is meant"
        if any(len(end) > 1 for end in ends):
            return "the number stands in the source more than once", "choose the paragraph"
        targets = [end[0] for end in ends]
        place = next((item.position for item in self.order if item.paragraph is here), None)
        if place is not None:
            if self.words.above.match(found.after) and targets[0].position > place:
                return "it stands below, not above", "find the paragraph that is meant"
            if self.words.below.match(found.after) and targets[-1].position < place:
                return "it stands above, not below", "find the paragraph that is meant"
        if found.last is not None:
            return self._range_problem(found, targets)
        if targets[0].paragraph is here:
            return "the paragraph refers to itself", "find the paragraph that is meant"
        return self._topic_problem(plain, found, targets[0], section)

    def _range_problem(self, found: _Found, targets: list[_Target]) -> tuple[str, str] | None:
        first, last = targets
        if found.last is not None and found.last <= found.first:
            return "the range runs backwards", "correct it"
        if first.section is last.section:
            return None
        starts = next(first.section.paragraphs()) is first.paragraph
        ends = list(last.section.paragraphs())[-1] is last.paragraph
        if starts and ends:
            return None
        spans = [self._span(section) for section in (first.section, last.section)]
        what = f"the range begins inside {spans[0]} and ends inside {spans[1]}"
        return what, "the numbers moved after it was written? Use @sec-NAME for a whole section"

    def _span(self, section: Section) -> str:
        numbers = [item.old for item in section.paragraphs() if item.old]
        title = section.title.plain.strip()
        title = f"{title[:57]}..." if len(title) > 60 else title
        return f"'{title}' ({numbers[0]}-{numbers[-1]}, @sec-{section.name})"

    def _topic_problem(
        self, plain: str, found: _Found, target: _Target, section: Section
    ) -> tuple[str, str] | None:
        if target.section is section:
            return None
        here = self._stems(_sentence(plain, found.start))
        there = self._stems(f"{target.section.title.plain} {target.paragraph.text.plain}")
        if not here or here & there:
            return None
        title = target.section.title.plain[:60]
        return (
            f"paragraph {found.first} is about something else ('{title}')",
            "is it the right one?",
        )

    def _stems(self, text: str) -> set[str]:
        telling = (word for word in latin_words(text) if word not in self.words.dull_words)
        return {word[:_STEM] for word in telling if len(word) > 3 and not word.isdigit()}


def _live_places(inlines: list[Inline]) -> Iterator[tuple[int, int]]:
    """Where references stand in the text that are live already."""
    at = 0
    for item in inlines:
        length = len(shown(item))
        if isinstance(item, Reference):
            yield at, at + length
        at += length


def _find(plain: str, words: Vocabulary) -> Iterator[_Found]:
    for match in words.reference.finditer(plain):
        after = plain[match.end() : match.end() + _NEAR]
        if words.own_behind.match(after):
            own = True
        else:
            own = bool(
                words.own_before.search(plain[max(0, match.start() - _NEAR) : match.start()])
            ) and not words.foreign_behind.match(after)
        if not own:
            continue
        before = plain[match.start() : match.start("numbers")].strip()
        for item in _RANGE.finditer(plain, match.start("numbers"), match.end("numbers")):
            last = int(item[2]) if item[2] else None
            yield _Found(item.start(), item.end(), int(item[1]), last, before, after.lstrip())


def _sentence(plain: str, at: int) -> str:
    low = max(0, at - _SENTENCE)
    plain, at = plain[low : at + _SENTENCE], at - low
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(plain))]
    begin = max(start for start in starts if start <= at)
    end = min((start for start in starts if start > at), default=len(plain))
    return plain[begin:end]


# --- changing the text --------------------------------------------------------------------------


def _with_references(
    inlines: list[Inline], found: _Found, live: list[tuple[int, int, str]]
) -> list[Inline]:
    """The inlines with the runs of a number cut out and references put in their place."""
    del found
    for start, end, target in reversed(live):
        inlines = list(_replaced(inlines, start, end, target))
    return inlines


def _replaced(inlines: list[Inline], start: int, end: int, target: str) -> Iterator[Inline]:
    at = 0
    number = ""
    for item in inlines:
        if not isinstance(item, Run):
            at += len(shown(item))
            yield item
            continue
        low, high = max(start - at, 0), min(end - at, len(item.text))
        at += len(item.text)
        if low >= high:
            yield item
            continue
        if item.text[:low]:
            yield replace(item, text=item.text[:low])
        number += item.text[low:high]
        if len(number) == end - start:
            yield Reference(target, number)
        if item.text[high:]:
            yield replace(item, text=item.text[high:])
