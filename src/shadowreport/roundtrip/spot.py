"""Finds the paragraph that a remark is on in the section files as they are now."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from shadowreport.compare.words import likeness
from shadowreport.source.leaf import Leaf, Outline

_LIKE = 0.6  # of paragraphs that were worked over, by their words
_TELLING = 16  # letters of a text that can be like another one
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!?;。？！；])\s*")


@dataclass(frozen=True, slots=True)
class Said:
    """Where a remark was written: anchors of the page, the paragraph's text, the words selected in it."""

    section: str
    paragraph: str
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A piece of a section file and its words; `sure` unless it only stands for a paragraph that is gone."""

    leaf: Leaf
    outline: Outline
    words: str = ""
    sure: bool = True


class Finder:
    """Finds paragraphs in the section files of a report."""

    def __init__(self, presents: Mapping[str, Outline]) -> None:
        self._spots = {
            name: [Spot(leaf, outline, _words(leaf.text)) for leaf in outline.leaves]
            for name, outline in presents.items()
        }
        self._all = [spot for spots in self._spots.values() for spot in spots]

    def find(self, said: Said) -> Spot | None:
        """The paragraph of a remark: the one with its id where that holds the words, the only one that
        holds them in such a sentence, the one with its id, the likest one, or else the title of its section; None where
        that is gone too."""
        words, text = _words(said.words), _words(said.text)
        own = self._of_id(said.paragraph)
        if own and not own[0].leaf.named and not _likest(text, own):
            own = []  # it was counted, and another one has its number now
        home = self._spots.get(said.section.removeprefix("sec-"), [])
        return (
            next((spot for spot in own if words in spot.words), None)
            or self._alone(words, said.text)
            or _likest(text, own)
            or (own[0] if own else None)
            or _likest(text, [*home, *self._all])
            or (replace(home[0], sure=False) if home else None)
        )

    def _of_id(self, anchor: str) -> list[Spot]:
        """A paragraph with the lists, tables and quotations in it."""
        at = next((at for at, spot in enumerate(self._all) if spot.leaf.anchor == anchor), -1)
        if not anchor or at < 0:
            return []
        inside = takewhile(lambda spot: _goes_on(self._all[at], spot), self._all[at + 1 :])
        return [self._all[at], *inside]

    def _alone(self, words: str, text: str) -> Spot | None:
        """The only piece that holds some words in a sentence like theirs."""
        theirs = _sentence(words, text)
        found = [
            spot
            for spot in (self._all if words and theirs else ())
            if words in spot.words and likeness(theirs, _sentence(words, spot.leaf.text)) >= _LIKE
        ]
        return found[0] if len(found) == 1 else None


def _goes_on(first: Spot, spot: Spot) -> bool:
    apart = spot.leaf.anchor or spot.leaf.kind == "heading"
    return spot.outline is first.outline and not apart


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text))


def _sentence(words: str, text: str) -> str:
    """The sentence of a text that holds some words; empty where none does."""
    sentences = map(_words, _SENTENCE.split(text))
    return next((sentence for sentence in sentences if words in sentence), "")


def _likest(words: str, spots: Sequence[Spot]) -> Spot | None:
    """The first of the pieces that read most like a text, if any is like it at all."""
    same = next((spot for spot in spots if spot.words == words), None)
    if same or len(words) < _TELLING:
        return same
    long = [spot for spot in spots if len(spot.words) >= _TELLING]
    best = max(long, key=lambda spot: likeness(words, spot.words), default=None)
    return best if best and likeness(words, best.words) >= _LIKE else None
