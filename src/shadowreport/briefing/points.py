"""What a delegate has to say: findings and recommendations, each with the paragraph that carries it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shadowreport.core.ast import plain, walk
from shadowreport.core.ids import WITHHELD
from shadowreport.core.numbering import anchor, boxes_by_paragraph
from shadowreport.core.report import EarlierRecommendation, Grade, Section, Tie
from shadowreport.core.unwritten import has_gap
from shadowreport.resolve.resolved import Resolved
from shadowreport.source.note_marks import without_commas
from shadowreport.source.sentences import by_sentences

_CARRIED_OUT = 3  # a degree that leaves nothing to ask
_LONGEST = 420  # letters of a point: more is no line for somebody who has three minutes


@dataclass(frozen=True, slots=True)
class Point:
    """A line, the number of its paragraph, and the theme under which it stands."""

    text: str
    number: str
    theme: str
    weight: tuple[int, ...]  # what comes first is least


@dataclass(frozen=True, slots=True)
class Question:
    """A finding on a demand that was made, in which the demand was not carried out."""

    point: Point
    demand: EarlierRecommendation
    symbol: str
    finding: str


def findings(resolved: Resolved) -> list[Point]:
    """The findings, by what the authors ranked, then the worst first."""
    made = [point for _, point, _ in _found(resolved)]
    return sorted({point.number: point for point in made}.values(), key=lambda point: point.weight)


def recommendations(resolved: Resolved) -> list[Point]:
    """The report's own recommendations, by the rank of the paragraphs that carry them, then by the worst
    finding of their section."""
    texts, result = _texts(resolved), []
    scale = resolved.report.scale
    degrees = {grade.id: _badness(grade.degree) for grade in (scale.grades if scale else ())}
    for place, section in enumerate(resolved.report.sections):
        ties = {tie.paragraph.id: tie for tie in section.ties}
        worst = min(
            (degrees.get(tie.finding, _CARRIED_OUT) for tie in section.ties), default=_CARRIED_OUT
        )
        for paragraph, boxes in boxes_by_paragraph(section):
            for own in (item for box in boxes for item in box.recommendations):
                label = resolved.labels.get(anchor("rec", own.id))
                text = texts.get(anchor("rec", own.id), "")
                if label and label.text and text and not own.id.startswith(f"{WITHHELD}-"):
                    weight = _weight(section, ties.get(paragraph.id), worst, place)
                    result.append(Point(text, label.text, section.title, weight))
    return sorted(result, key=lambda point: point.weight)


def questions(resolved: Resolved) -> list[Question]:
    """A question for each finding that a demand was not carried out."""
    report, words = resolved.report, resolved.words
    earlier = report.earlier()
    symbols = {cycle.stem: cycle.symbol for cycle in report.cycles}
    result: dict[str, Question] = {}
    for tie, point, grade in _found(resolved):
        if grade.degree < _CARRIED_OUT and tie.answers:
            demand = earlier[tie.answers[-1].id]  # the latest that was made
            symbol = symbols[demand.id.partition("/")[0]]
            result.setdefault(point.number, Question(point, demand, symbol, words.of(grade.words)))
    return sorted(result.values(), key=lambda question: question.point.weight)


def _found(resolved: Resolved) -> Iterator[tuple[Tie, Point, Grade]]:
    report, texts = resolved.report, _texts(resolved)
    grades = {grade.id: grade for grade in report.scale.grades} if report.scale else {}
    for place, section in enumerate(report.sections):
        for tie in section.ties:
            name = anchor("par", tie.paragraph.id)
            label, grade = resolved.labels.get(name), grades.get(tie.finding)
            text = resolved.words.typeset(tie.short) or texts.get(name, "")
            if grade and label and label.text and text:
                weight = _weight(section, tie, grade.degree, place)
                yield tie, Point(text, label.text, section.title, weight), grade


def _weight(section: Section, tie: Tie | None, degree: int, place: int) -> tuple[int, ...]:
    return (
        not section.is_core(tie),
        section.rank_of(tie),
        _badness(degree),
        place,
    )


def _badness(degree: int) -> int:
    """A degree, less is worse; what nobody knows is no worse than what was carried out."""
    return degree if degree >= 0 else _CARRIED_OUT


def _texts(resolved: Resolved) -> Mapping[str, str]:
    """The first sentence of each paragraph, and each recommendation, as they are printed; of what
    nobody has written yet, nothing."""
    abbreviations = resolved.report.speech.lexicon.abbreviations
    found: dict[str, str] = {}
    for section in resolved.sections:
        for element in walk(section.blocks):
            if element["t"] == "Div" and element["c"][0][1] in (["paragraph"], ["recommendation"]):
                first = next(
                    (block for block in element["c"][1] if block["t"] in ("Para", "Plain")), {}
                )
                text = " ".join(plain(without_commas(first)).split())
                if element["c"][0][1] == ["paragraph"]:
                    text = by_sentences(text, abbreviations).partition("\n")[0]
                whole = len(text) <= _LONGEST and not text.endswith(":")  # a list goes on behind it
                whole = whole and not has_gap(text)
                found.setdefault(element["c"][0][0], text if whole else "")
    return found
