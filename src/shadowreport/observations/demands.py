"""What a committee asks for, apart from what worries it: demands with their concerns and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from shadowreport.core.spacing import is_wide
from shadowreport.observations.block import Block
from shadowreport.observations.outline import Numbered, Outline, Piece
from shadowreport.observations.words import Words
from shadowreport.source.sentences import by_sentences

CONCERN, DEMAND = "concern", "demand"
_END = re.compile(r"\s*[;,；؛،]?(?:\s+(?:and|or|et|ou|y|o|e|и|или))?\s*$")

_NOTHING_ASKED = ("introduction", "positive")  # parts
_NAMED_PARTS = {"difficulties": "other"}  # as references/ calls them
_NOTE_MARK = re.compile(r"(?<=[^\W\d_][.;,])\d{1,2}$")  # of a footnote that is not in the text


@dataclass(slots=True)
class Demand:
    """One demand: `key` is the paragraph, and the place among its sub-paragraphs."""

    key: str
    text: str
    heading: str
    letter: str = ""
    concerns: list[str] = field(default_factory=list)
    articles: list[int] = field(default_factory=list)
    general: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    follow_up: bool = False
    important: bool = False

    @property
    def paragraph(self) -> str:
        """Its paragraph."""
        return self.key.partition(".")[0]


@dataclass(slots=True)
class Said:
    """What else a paragraph says."""

    part: str
    text: str
    heading: str
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Observations:
    """A document's demands in order, and its other words by paragraph."""

    demands: list[Demand] = field(default_factory=list)
    paragraphs: dict[str, Said] = field(default_factory=dict)
    left: list[tuple[Block, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """Sentences of one kind, and the sub-paragraphs behind them."""

    kind: str
    sentences: list[str] = field(default_factory=list)
    letters: list[Piece] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def observations(shape: Outline, words: Words, questions: bool = False) -> Observations:
    """What the numbered paragraphs of a document say. In a list of issues each of them is a question, and
    asks for an answer as a demand does."""
    reading = _Reading(words, questions, _opening(shape))
    for paragraph in shape.paragraphs:
        reading.paragraph(paragraph)
    for paragraph in shape.paragraphs:
        reading.mark(paragraph)
    return reading.found


def _opening(shape: Outline) -> frozenset[int]:
    """The paragraphs above the first part of a document that has a part for concerns: they say what was
    considered, and are no concerns."""
    if not any(paragraph.part == "recommendations" for paragraph in shape.paragraphs):
        return frozenset()
    above = takewhile(lambda paragraph: not paragraph.part, shape.paragraphs)
    return frozenset(paragraph.number for paragraph in above)


class _Reading:
    def __init__(self, words: Words, questions: bool, opening: frozenset[int]) -> None:
        self.words = words
        self.questions = questions
        self.opening = opening
        self.found = Observations()
        self.concerns: list[
            Numbered
        ] = []  # those that no demand has followed yet, or that share one
        self.answered = False

    def paragraph(self, paragraph: Numbered) -> None:
        """A paragraph with the concerns before it under the same heading."""
        number, heading = str(paragraph.number), self._heading(paragraph)
        last = self.concerns[-1] if self.concerns else paragraph
        if (last.headings, last.under) != (paragraph.headings, paragraph.under):
            self.concerns = []
        groups = self._groups(paragraph) if self._asks(paragraph) else []
        if self.questions and self._introduces(paragraph):
            groups = []
        asked = any(group.kind == DEMAND for group in groups)
        if paragraph.number in self.opening and not asked:
            groups = []
        if not asked:
            part = _NAMED_PARTS.get(paragraph.part, paragraph.part) if not groups else CONCERN
            self.found.paragraphs[number] = Said(
                part or "other", paragraph.text, heading, paragraph.notes
            )
            if groups and not self._unclear(paragraph):
                self._concern(paragraph)
            if paragraph.part in _NOTHING_ASKED:
                self._demands_all_the_same(paragraph)
            return
        whole = any(group.kind == CONCERN for group in groups)
        if whole:  # old documents: the concern and what is asked stand in one paragraph
            self.concerns = [paragraph]
        self._demands(paragraph, groups, heading)
        self.concerns = [] if whole else self.concerns
        self.answered = True

    def _asks(self, paragraph: Numbered) -> bool:
        """Whether a paragraph can hold demands; old documents have no heading above the introduction."""
        if self.questions or paragraph.part:
            return self.questions or paragraph.part == "recommendations"
        return any(self._kind(text) for text in self._sentences(paragraph.text))

    def _introduces(self, paragraph: Numbered) -> bool:
        """Whether a paragraph of a list of issues says what the list is, and asks nothing."""
        begins = self.words.finds("subject", paragraph.text)
        said = self.words.finds("questions", paragraph.text)
        return bool(said and begins and begins.start() == 0)

    def _concern(self, paragraph: Numbered) -> None:
        self.concerns = [paragraph] if self.answered else [*self.concerns, paragraph]
        self.answered = False

    def _unclear(self, paragraph: Numbered) -> bool:
        if any(self._kind(text) for text in self._sentences(paragraph.text)):
            return False
        block = Block(paragraph.text, paragraph.place)
        self.found.left.append((block, "neither a concern nor a recommendation was recognised"))
        return True

    def _demands_all_the_same(self, paragraph: Numbered) -> None:
        """Tells of a paragraph that asks for something in a part where nothing is asked for."""
        for text in self._sentences(paragraph.text):
            said = self.words.main_clause(text)
            if self.words.finds("recommends", said) and not self.words.finds("concerned", said):
                block = Block(text, paragraph.place)
                reason = f"a demand in the part '{paragraph.under or paragraph.part}', not taken"
                self.found.left.append((block, reason))

    def _heading(self, paragraph: Numbered) -> str:
        return self.words.without_articles(paragraph.headings[-1]) if paragraph.headings else ""

    # --- sentences ----------------------------------------------------------------------------------

    def _sentences(self, text: str) -> list[str]:
        return by_sentences(text, self.words.lexicon.abbreviations).split("\n")

    def _kind(self, sentence: str) -> str:
        """What a sentence is by the first verb of its main clause."""
        if self.questions:
            return DEMAND
        sentence = self.words.main_clause(sentence)
        worry = self.words.finds("concerned", sentence)
        asks = self.words.finds("recommends", sentence)
        if asks and (
            not worry
            or asks.start() <= worry.start()
            or self.words.finds("recommends_too", sentence)
        ):
            return DEMAND
        return CONCERN if worry else ""

    def _groups(self, paragraph: Numbered) -> list[_Group]:
        """The paragraph's sentences by kind; one without a verb is of the kind of its neighbours."""
        groups: list[_Group] = []
        for piece in paragraph.pieces:
            if piece.letter and groups:
                groups[-1].letters.append(piece)
                groups[-1].notes += piece.notes
                continue
            sentences = self._sentences(piece.text)
            kinds = [self._kind(sentence) for sentence in sentences]
            before = groups[-1].kind if groups else ""
            kind = before or next(filter(None, kinds), CONCERN)
            for sentence, own in zip(sentences, kinds, strict=True):
                kind = own or kind
                if not groups or groups[-1].kind != kind or groups[-1].letters:
                    groups.append(_Group(kind))
                groups[-1].sentences.append(sentence)
            groups[-1].notes += piece.notes
        return groups

    # --- demands ------------------------------------------------------------------------------------

    def _demands(self, paragraph: Numbered, groups: Sequence[_Group], heading: str) -> None:
        number = str(paragraph.number)
        rest = [_text(group) for group in groups if group.kind == CONCERN]
        whole: list[str] = []
        made: list[Demand] = []
        nth = 0
        for group in (group for group in groups if group.kind == DEMAND):
            lead = list(group.sentences)
            if group.letters and lead[-1].rstrip().endswith((":", "：")):
                rest.append(lead.pop())
            whole += lead
            for piece in group.letters:
                nth += 1
                made.append(
                    Demand(
                        f"{number}.{nth}",
                        clean(piece.text),
                        heading,
                        piece.letter,
                        notes=list(piece.notes),
                    )
                )
        if whole or not made:
            notes = [note for piece in paragraph.pieces if not piece.letter for note in piece.notes]
            made.insert(0, Demand(number, clean(" ".join(whole)), heading, notes=notes))
        if rest:
            has_concern = any(group.kind == CONCERN for group in groups)
            part = CONCERN if has_concern else DEMAND
            notes = (
                []
                if whole
                else [
                    note for piece in paragraph.pieces if not piece.letter for note in piece.notes
                ]
            )
            self.found.paragraphs[number] = Said(part, " ".join(rest), heading, notes)
        for demand in made:
            self._complete(demand, paragraph, " ".join(rest))
        self.found.demands += made

    def _complete(self, demand: Demand, paragraph: Numbered, rest: str) -> None:
        demand.concerns = [str(concern.number) for concern in self.concerns]
        text = f"{rest} {demand.text}"
        texts = [*(concern.text for concern in self.concerns), text]
        above = map(self.words.articles, reversed(paragraph.headings))
        own = next(filter(None, above), [])  # of the nearest heading: that of a part names many
        demand.articles = sorted(
            {*own, *(item for said in texts for item in self.words.articles(said))}
        )
        demand.general = self.words.general_recommendations(text)

    # --- marks --------------------------------------------------------------------------------------

    def mark(self, paragraph: Numbered) -> None:
        """Marks the demands that a paragraph on follow-up, or on what matters most, names."""
        if paragraph.part in _NOTHING_ASKED:
            return
        said = " ".join([*paragraph.headings, paragraph.text])
        important = bool(self.words.finds("important", said))
        if not important and not self.words.finds("follow_up", said):
            return
        if not any(demand.paragraph == str(paragraph.number) for demand in self.found.demands):
            return
        for number, letter in self.words.paragraphs(paragraph.text):
            if number < paragraph.number or (important and number > paragraph.number):
                for demand in self._named(str(number), letter):
                    demand.important |= important
                    demand.follow_up |= not important

    def _named(self, number: str, letter: str) -> Iterator[Demand]:
        same = [demand for demand in self.found.demands if demand.paragraph == number]
        exact = [demand for demand in same if letter and demand.letter == letter]
        yield from exact or same


def clean(text: str) -> str:
    """A demand that stands alone: without the end of a list, with a full stop."""
    text = _END.sub("", _NOTE_MARK.sub("", text))
    stop = "。" if is_wide(text[-1:]) and text[-1:] not in "“”‘’" else "."
    return text if not text or text[-1] in '.!?…»”")。！？' else f"{text.rstrip(':：')}{stop}"


def _text(group: _Group) -> str:
    letters = (f"({piece.letter}) {piece.text}" for piece in group.letters)
    return " ".join([*group.sentences, *letters])
