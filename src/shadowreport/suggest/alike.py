"""How alike two texts are by what is rare in both; what goes beyond a limit is proposed to a person."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from shadowreport.suggest.words import Stems

_SHOWN = 4  # words of a reason


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts by their names; `score` is 1 where they say the same."""

    name: str
    other: str
    score: float
    reason: str


class Alike:
    """Texts by name, compared by their stems: a stem counts more the fewer texts have it."""

    def __init__(self, texts: Mapping[str, str], stems: Stems) -> None:
        self._said = {name: stems.of(text) for name, text in texts.items()}
        self._found = Counter(stem for said in self._said.values() for stem in said)
        self._weights = {
            stem: math.log(1 + len(texts) / count) for stem, count in self._found.items()
        }
        self._sizes = {name: self._weight(said) for name, said in self._said.items()}

    def _weight(self, stems: Iterable[str]) -> float:
        return sum(self._weights[stem] for stem in stems)

    def pairs(self, names: Iterable[str], others: Iterable[str], least: float) -> Iterator[Pair]:
        """For each name the other texts that are at least so much like its text, the best first."""
        having: dict[str, list[str]] = defaultdict(list)
        for other in others:
            for stem in self._said[other]:
                having[stem].append(other)
        for name in names:
            shared: dict[str, float] = defaultdict(float)
            for stem in self._said[name]:
                for other in having.get(stem, ()):
                    shared[other] += self._weights[stem]
            shared.pop(name, None)
            for other, weight in shared.items():
                score = 2 * weight / (self._sizes[name] + self._sizes[other])
                if score >= least:
                    yield Pair(name, other, round(score, 2), self._reason(name, other))

    def _reason(self, name: str, other: str) -> str:
        one = self._said[name]
        shared = [stem for stem in one if stem in self._said[other] and not stem.isdigit()]
        rare = sorted(shared, key=lambda stem: self._found[stem])[:_SHOWN]
        return "both say " + ", ".join(one[stem] for stem in rare)
