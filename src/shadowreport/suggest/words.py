"""The words of paragraphs and demands, compared by their stems.

Snowball knows the stems of 34 languages; bm25s weighs words as search engines do, and asks for nothing
but numpy. Neither fetches a model.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import bm25s
import snowballstemmer
from babel import Locale

from shadowreport.core.ast import plain
from shadowreport.core.lexicon import Language
from shadowreport.core.phrases import one_of, words
from shadowreport.core.report import Heading, Paragraph, Report

_WORD = re.compile(r"[^\W\d_]{2,}|\d+")
_K1, _B = 1.2, 0.4  # paragraphs differ little in length, so that length counts less than usual


class Stems:
    """The stems of a language's words; where Snowball does not know it, the words themselves. `bare`: without
    the Committee and the State party, which stand in every demand and make no two of them alike."""

    def __init__(self, language: Language, bare: bool = False) -> None:
        self.language = language
        self._small = words(language.list("writing", "small"))
        name = (Locale.parse(language.locale).english_name or "").partition(" ")[0].lower()
        known = name in snowballstemmer.algorithms()
        self._stemmer = snowballstemmer.stemmer(name) if known else None
        said = language.list("observations", "subject") if bare else ""
        self._formula = frozenset(self._stemmed(_WORD.findall(said.lower())))

    def of(self, text: str) -> dict[str, str]:
        """The stems of a text, each with the first word that has it."""
        found: dict[str, str] = {}
        for stem, word in zip(*self._pairs(text), strict=True):
            found.setdefault(stem, word)
        return found

    def all(self, text: str) -> list[str]:
        """The stems of a text in order, as often as they stand there."""
        return self._pairs(text)[0]

    def _pairs(self, text: str) -> tuple[list[str], list[str]]:
        said = [word for word in _WORD.findall(text.lower()) if word not in self._small]
        told = [
            (stem, word)
            for stem, word in zip(self._stemmed(said), said, strict=True)
            if stem not in self._formula
        ]
        return [stem for stem, _ in told], [word for _, word in told]

    def _stemmed(self, said: list[str]) -> list[str]:
        return self._stemmer.stemWords(said) if self._stemmer else said

    @cached_property
    def article(self) -> re.Pattern[str]:
        """An article with its number."""
        return re.compile(rf"{one_of(self.language.check('articles'))}\s*(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A paragraph as it is looked for; `depth` is how far down its section it stands, from 0 to 1."""

    section: str
    paragraph: str
    depth: float
    words: Sequence[str]
    stems: frozenset[str]
    articles: frozenset[str]


class Index:
    """All paragraphs of a report."""

    def __init__(self, report: Report, stems: Stems) -> None:
        self.stems = stems
        self.shelves = list(_shelves(report, stems))
        self._found = Counter(stem for shelf in self.shelves for stem in shelf.stems)
        self._search = bm25s.BM25(k1=_K1, b=_B)
        if self._found:
            self._search.index([list(shelf.words) for shelf in self.shelves], show_progress=False)

    def scores(self, asked: list[str]) -> list[float]:
        """How well each paragraph fits some stems."""
        known = [stem for stem in asked if stem in self._found]
        if not known:
            return [0.0] * len(self.shelves)
        return [float(score) for score in self._search.get_scores(known)]

    def most(self, asked: list[str]) -> float:
        """What a paragraph would be worth in which all these stems stand, each once."""
        many = len(self.shelves)
        return sum(
            math.log1p((many - self.common(stem) + 0.5) / (self.common(stem) + 0.5))
            for stem in asked
        )

    def common(self, stem: str) -> int:
        """In how many paragraphs a stem stands."""
        return self._found[stem]


def _shelves(report: Report, stems: Stems) -> Iterator[Shelf]:
    for section in report.sections:
        heading = ""
        many = len(list(section.paragraphs()))
        depths = iter([(at + 0.5) / many for at in range(many)])
        for item in section.items:
            if isinstance(item, Heading):
                heading = plain(item.inlines)
            elif isinstance(item, Paragraph):
                text = f"{heading} {plain(item.blocks, notes=False)}"
                said = stems.all(text)
                articles = frozenset(stems.article.findall(text))
                stems_said = frozenset(said)
                yield Shelf(section.name, item.id, next(depths), said, stems_said, articles)
