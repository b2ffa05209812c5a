"""Which paragraph answers which earlier recommendation, with what finding: the ties of all sections
turned round. The checks, the matrix and the status page are made from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shadowreport.core.report import EarlierRecommendation, Place, Report, Scale
from shadowreport.core.unwritten import is_unwritten


@dataclass(frozen=True, slots=True)
class Answer:
    """A paragraph that answers a recommendation; `place` is where its section says so."""

    section: str
    paragraph: str
    finding: str
    place: Place


@dataclass(frozen=True, slots=True)
class Line:
    """A demand made again in several cycles: the documents in order, and its recommendations."""

    recommendations: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the report does with one earlier recommendation.

    `sections` are those whose tables show it, `line` is the line of demands in which it stands,
    `planned` are the paragraphs that are to answer it, of which nobody has written a word.
    """

    recommendation: EarlierRecommendation
    answers: tuple[Answer, ...]
    set_aside: str
    sections: tuple[str, ...]
    line: Line
    planned: tuple[Answer, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it, nor said why it is not answered."""
        return not self.answers and not self.set_aside

    @property
    def findings(self) -> tuple[str, ...]:
        """The findings that its paragraphs give, each once, in the order of the report."""
        return tuple(dict.fromkeys(answer.finding for answer in self.answers if answer.finding))


def overall(findings: Sequence[str], scale: Scale | None) -> str:
    """One finding on a recommendation of which several paragraphs treat a part each.

    What is contrary to it anywhere is contrary to it; where parts differ, it is partly carried out;
    parts of which nothing is known do not count beside others. Empty where there is no finding.
    """
    if len(set(findings)) < 2 or scale is None:
        return next(iter(findings), "")
    degrees = {grade.id: grade.degree for grade in scale.grades}
    known = {degrees[finding] for finding in findings if degrees.get(finding, -1) >= 0}
    wanted = 0 if 0 in known else 2 if len(known) > 1 else min(known, default=-1)
    at_degree = [finding for finding in findings if degrees.get(finding) == wanted]
    return next(
        iter([*at_degree, *(key for key, degree in degrees.items() if degree == wanted)]), ""
    )


def coverage(report: Report) -> Mapping[str, Coverage]:
    """What the report does with every earlier recommendation, by id, in the order of references/."""
    answers, planned = _answers(report)
    aside: dict[str, str] = {}
    lines: dict[str, Line] = {}
    shown: dict[str, list[str]] = {}
    order = [cycle.stem for cycle in report.cycles]
    for section in report.sections:
        aside |= {item.recommendation.id: item.reason for item in section.set_aside}
        for row in section.rows:
            line = _line(tuple(mention.id for mention in row), order)
            for mention in row:
                shown.setdefault(mention.id, []).append(section.name)
                if len(line.documents) > len(lines.get(mention.id, Line()).documents):
                    lines[mention.id] = line
    lines |= _repeated(report, lines, order)
    return {
        identifier: Coverage(
            recommendation=item,
            answers=tuple(answers.get(identifier, ())),
            set_aside=aside.get(identifier, ""),
            sections=tuple(dict.fromkeys(shown.get(identifier, ()))),
            line=lines.get(identifier) or _line((identifier,), order),
            planned=tuple(planned.get(identifier, ())),
        )
        for identifier, item in report.earlier().items()
    }


def _answers(report: Report) -> tuple[dict[str, list[Answer]], dict[str, list[Answer]]]:
    """The paragraphs that answer each recommendation, and those that will once they are written."""
    answers: dict[str, list[Answer]] = {}
    planned: dict[str, list[Answer]] = {}
    for section in report.sections:
        own = {item.id: item for item in section.paragraphs()}
        for tie in section.ties:
            paragraph = own.get(tie.paragraph.id)
            for mention in tie.answers if paragraph else ():
                answer = Answer(section.name, tie.paragraph.id, tie.finding, tie.paragraph.place)
                found = planned if paragraph and is_unwritten(paragraph.blocks) else answers
                found.setdefault(mention.id, []).append(answer)
    return answers, planned


def asked_again(report: Report) -> Mapping[str, tuple[str, ...]]:
    """For each older demand those of the last document that repeat it, as a person has confirmed."""
    found: dict[str, tuple[str, ...]] = {}
    for item in report.cycles[-1].recommendations if report.cycles else ():
        for older in item.repeats:
            found[older.id] = (*found.get(older.id, ()), item.id)
    return found


def _repeated(
    report: Report, lines: Mapping[str, Line], order: list[str]
) -> Iterator[tuple[str, Line]]:
    """The lines of demands that repeat older ones, as references/ say, each with what it repeats."""
    earlier = report.earlier()
    beside: dict[str, set[str]] = {}
    for item in earlier.values():
        for older in (mention.id for mention in item.repeats if mention.id in earlier):
            beside.setdefault(item.id, set()).add(older)
            beside.setdefault(older, set()).add(item.id)
    for start in beside:
        line, ahead = set[str](), [start]
        while ahead:
            name = ahead.pop()
            line.add(name)
            also = beside.get(name, set()) | set(lines.get(name, Line()).recommendations)
            ahead += also - line
        whole = _line(tuple(name for name in earlier if name in line), order)
        yield from ((name, whole) for name in line)


def _line(identifiers: tuple[str, ...], order: list[str]) -> Line:
    stems = {identifier.partition("/")[0] for identifier in identifiers}
    return Line(identifiers, tuple(stem for stem in order if stem in stems))
