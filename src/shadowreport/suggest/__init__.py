"""Which paragraphs may answer which demand: proposals with their reasons, which a person takes or leaves."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shadowreport.core.report import EarlierRecommendation, Report
from shadowreport.suggest.words import Index, Shelf, Stems

_BEST = 3
_OF_WORDS, _OF_THEME, _OF_PLACE, _OF_ARTICLES = 0.6, 0.25, 0.1, 0.05  # of a score, 1 at most
# of a demand's words by their weight: fewer in common are no more than so much of a score
_FEW = 0.4
_NEAR = 0.8  # from here on a place is a reason that is told
_SHOWN = 4  # words of a reason


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paragraph that may answer a demand, and why. `score` is between 0 and 1, for one demand."""

    section: str
    paragraph: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A demand with the best candidates first; `tied` where the report answers it already."""

    demand: EarlierRecommendation
    candidates: tuple[Candidate, ...]
    tied: bool


def suggestions(report: Report, within: bool = False, best: int = _BEST) -> list[Suggestion]:
    """The paragraphs that may answer each demand of a report; of the section alone whose table has the
    demand, where `within` says so."""
    language = report.speech.language
    stems = Stems(language)
    index = Index(report, stems)
    tied = {
        answer.id for section in report.sections for tie in section.ties for answer in tie.answers
    }
    aside = {item.recommendation.id for section in report.sections for item in section.set_aside}
    tables = _tables(report)
    found: list[Suggestion] = []
    for cycle in report.cycles:
        for demand in cycle.recommendations:
            table = tables.get(demand.id, _Table(demand.theme))
            only = table.section if within else ""
            home = demand.theme or table.section
            ranked = _ranked(demand, language.of(demand.text), home, table, index)
            kept = [item for item in ranked if item.section == only or not only][:best]
            found.append(Suggestion(demand, tuple(kept), demand.id in tied | aside))
    return found


@dataclass(frozen=True, slots=True)
class _Table:
    """The section whose table has a demand, and how far down it, from 0 to 1; below 0: in no table."""

    section: str
    depth: float = -1

    def near(self, shelf: Shelf) -> float:
        """How much a paragraph stands where the demand stands in the table, since the text often follows it."""
        if self.depth < 0 or shelf.section != self.section:
            return 0.0
        return 1 - abs(self.depth - shelf.depth)


def _tables(report: Report) -> dict[str, _Table]:
    """The table of each demand by its id, and how far down its column it stands: other columns follow the text too."""
    found: dict[str, _Table] = {}
    for section in report.sections:
        columns: dict[str, list[str]] = {}
        for mention in dict.fromkeys(mention for row in section.rows for mention in row):
            columns.setdefault(mention.id.partition("/")[0], []).append(mention.id)
        for names in columns.values():
            for at, name in enumerate(names):
                found[name] = _Table(section.name, (at + 0.5) / len(names))
    return found


def _ranked(
    demand: EarlierRecommendation, text: str, home: str, table: _Table, index: Index
) -> list[Candidate]:
    asked = index.stems.of(text)
    scores = index.scores(list(asked))
    highest = max([*scores, _FEW * index.most(list(asked))]) or 1.0
    articles = set(demand.articles)
    found: list[Candidate] = []
    for shelf, score in zip(index.shelves, scores, strict=True):
        shared = articles & shelf.articles
        near = table.near(shelf)
        total = (
            _OF_WORDS * score / highest
            + _OF_THEME * (shelf.section == home)
            + _OF_PLACE * near
            + _OF_ARTICLES * bool(shared)
        )
        if score > 0 or shelf.section in (home, table.section):
            reasons = _reasons(asked, shelf, home, near, sorted(shared), index)
            reason = "; ".join(reasons) or f"in the section whose table has it, {shelf.section}"
            found.append(Candidate(shelf.section, shelf.paragraph, round(total, 2), reason))
    return sorted(found, key=lambda item: -item.score)


def _reasons(
    asked: dict[str, str],
    shelf: Shelf,
    home: str,
    near: float,
    articles: Sequence[str],
    index: Index,
) -> Iterator[str]:
    said = (stem for stem in asked if stem in shelf.stems and not stem.isdigit())
    shared = sorted(said, key=index.common)
    if shared:
        yield "both say " + ", ".join(asked[stem] for stem in shared[:_SHOWN])
    if shelf.section == home:
        yield f"in the section of its theme, {home}"
    if near >= _NEAR:
        yield "as far down as in the table"
    if articles:
        yield f"both on article {', '.join(articles)}"


def render_json(found: Sequence[Suggestion]) -> str:
    """The proposals for programs."""
    data = [
        {
            "demand": item.demand.id,
            "tied": item.tied,
            "candidates": [
                {
                    "section": candidate.section,
                    "paragraph": candidate.paragraph,
                    "score": candidate.score,
                    "reason": candidate.reason,
                }
                for candidate in item.candidates
            ],
        }
        for item in found
    ]
    return json.dumps(data, ensure_ascii=False, indent=2)


def lines(found: Sequence[Suggestion], report: Report) -> Iterator[str]:
    """The proposals for people: the demands that nothing answers."""
    for item in found:
        if not item.tied:
            yield f"{item.demand.id}  {report.speech.language.of(item.demand.text)}"
            for candidate in item.candidates:
                where = f"{candidate.section}#{candidate.paragraph}"
                yield f"  {candidate.score:.2f}  {where}  ({candidate.reason})"
            yield ""
