"""Checks of how the report answers earlier recommendations."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from shadowreport.checks.prose import Passage, bodies
from shadowreport.core.ast import walk
from shadowreport.core.coverage import Coverage, coverage
from shadowreport.core.problems import Diagnostic, did_you_mean, some
from shadowreport.core.report import Paragraph, Place, Report, Section

_MANY = 2  # unanswered ones, all of a table, that are reported together


def unanswered(report: Report) -> Iterator[Diagnostic]:
    """Every earlier recommendation is answered by a paragraph, or set aside with a reason.

    Where a section answers none of its table, or the report none at all, that is one problem and
    not twenty.
    """
    entries = coverage(report)
    shown: set[str] = set()
    first = next((row[0].place for section in report.sections for row in section.rows), None)
    if first and len(entries) >= _MANY and all(entry.is_open for entry in entries.values()):
        message = f"no paragraph answers any of the {len(entries)} earlier recommendations yet"
        hint = f"{_hint(entries.values())}; invoke matrix lists them all"
        yield Diagnostic("unanswered-recommendation", first, message, hint)
        return
    for section in report.sections:
        here = [mention for row in section.rows for mention in row if mention.id in entries]
        open_ones = [mention for mention in here if entries[mention.id].is_open]
        shown |= {mention.id for mention in here}
        if len(open_ones) == len(here) and len(here) >= _MANY:
            message = f"none of the {len(here)} recommendations of this section's table is answered"
            hint = _hint(entries[mention.id] for mention in open_ones)
            yield Diagnostic("unanswered-recommendation", open_ones[0].place, message, hint)
            continue
        for mention in open_ones:
            message = f"no paragraph answers the recommendation {mention.id}"
            hint = _hint([entries[mention.id]])
            yield Diagnostic("unanswered-recommendation", mention.place, message, hint)
    for identifier, entry in entries.items():
        if identifier not in shown and entry.is_open:
            message = f"no table shows the recommendation {identifier} and no paragraph answers it"
            hint = _hint([entry])
            yield Diagnostic("unanswered-recommendation", entry.recommendation.place, message, hint)


def _hint(entries: Iterable[Coverage]) -> str:
    """What to do about demands that nothing answers: some are tied to a paragraph that is a TODO still."""
    planned = dict.fromkeys(answer.paragraph for entry in entries for answer in entry.planned)
    if planned:
        named = some(list(planned))
        return f"write {named}: what begins with TODO answers nothing yet"
    return "name it under paragraphs: with answers:, or under set_aside: with a reason"


def set_aside(report: Report) -> Iterator[Diagnostic]:
    """What is set aside exists, and is not answered as well."""
    entries = coverage(report)
    for section in report.sections:
        for item in section.set_aside:
            mention = item.recommendation
            if mention.id not in entries:
                message = f"the recommendation '{mention.id}' does not exist in references/"
                hint = did_you_mean(mention.id, entries)
                yield Diagnostic("unknown-recommendation", mention.place, message, hint)


def findings(report: Report) -> Iterator[Diagnostic]:
    """A finding is a grade of the report's scale, and an answer has one."""
    grades = [grade.id for grade in report.scale.grades] if report.scale else []
    for section in report.sections:
        for tie in section.ties:
            place = tie.paragraph.place
            if tie.finding and grades and tie.finding not in grades:
                message = f"'{tie.finding}' is no grade of the scale"
                hint = did_you_mean(tie.finding, grades)
                yield Diagnostic("unknown-finding", place, message, hint)
            if tie.answers and not tie.finding:
                message = (
                    f"paragraph '{tie.paragraph.id}' answers a recommendation and finds nothing"
                )
                hint = "add finding: " + " | ".join(grades[:3]) + " ..."
                yield Diagnostic("answer-without-finding", place, message, hint)


def grades_without_words(report: Report) -> Iterator[Diagnostic]:
    """A grade is printed in the report's language, never in another in silence."""
    code = report.speech.language.code
    lacking = (
        [grade.id for grade in report.scale.grades if code not in grade.words]
        if report.scale
        else []
    )
    if (
        report.scale
        and lacking
        and any(tie.finding for item in report.sections for tie in item.ties)
    ):
        names = ", ".join(lacking)
        message = f"the scale '{report.scale.name}' has no words in '{code}' for {names}; others stand for them"
        hint = f"add {code}: to words: of these grades in templates/scales.yaml"
        yield Diagnostic("incomplete-language", report.place, message, hint)


def evidence(report: Report) -> Iterator[Diagnostic]:
    """A finding needs at least one paragraph that shows how one knows: a source, a footnote, a
    link, a table, or a reference to a paragraph with one. A finding of no information needs none.
    """
    unknown = (
        {grade.id for grade in report.scale.grades if grade.degree < 0} if report.scale else set()
    )
    paragraphs = {item.id: item for section in report.sections for item in section.paragraphs()}
    kept = {tie.paragraph.id for item in report.sections for tie in item.ties if tie.evidence}
    ungrounded: set[Place] = set()
    for identifier, entry in coverage(report).items():
        ties = [answer for answer in entry.answers if answer.finding not in unknown]
        graded = [answer for answer in ties if answer.finding]
        shown = (
            answer.paragraph in kept or has_evidence(paragraphs[answer.paragraph])
            for answer in ties
        )
        if graded and not any(shown):
            place = graded[0].place
            if place not in ungrounded:
                ungrounded.add(place)
                message = f"the finding on {identifier} names no source, in any paragraph"
                hint = "cite a source, or say under evidence: who has it on file"
                yield Diagnostic("finding-without-evidence", place, message, hint)


def has_evidence(paragraph: Paragraph) -> bool:
    """Whether a paragraph shows how one knows what it says."""
    return any(
        element["t"] in ("Cite", "Note", "Link", "Table", "Image")
        for element in walk(paragraph.blocks)
    )


def different_findings(report: Report) -> Iterator[Diagnostic]:
    """Findings on parts of a recommendation may differ a little; one that it was carried out beside
    one that it was not contradicts it."""
    degrees = {grade.id: grade.degree for grade in report.scale.grades} if report.scale else {}
    for identifier, entry in coverage(report).items():
        graded = [answer for answer in entry.answers if degrees.get(answer.finding, -1) >= 0]
        for answer in graded[1:]:
            first = graded[0]
            if abs(degrees[answer.finding] - degrees[first.finding]) > 1:
                message = (
                    f"{identifier} is '{answer.finding}' here and '{first.finding}' in paragraph "
                    f"'{first.paragraph}'"
                )
                hint = "agree on one finding, or split the recommendation in references/"
                yield Diagnostic("different-findings", answer.place, message, hint)


def foreign_tables(report: Report) -> Iterator[Diagnostic]:
    """A paragraph answers recommendations of its own section's table; a reader looks for the answer
    below the table."""
    home: dict[str, list[Section]] = {}
    for section in report.sections:
        for identifier in {mention.id for row in section.rows for mention in row}:
            home.setdefault(identifier, []).append(section)
    for section in report.sections:
        for tie in section.ties:
            for mention in tie.answers:
                sections = home.get(mention.id, [])
                if sections and section not in sections:
                    files = ", ".join(other.file for other in sections)
                    message = f"{mention.id} stands in the table of {files}, not of this section"
                    hint = "answer it there, or add a row for it here"
                    yield Diagnostic("foreign-table", mention.place, message, hint)


# --- quotations ---------------------------------------------------------------------------------

_QUOTED = re.compile(r'"([^"]{30,900})"|“([^”]{30,900})”|«([^»]{30,900})»')
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_CUT = re.compile(r"\[[^\]]*\]|\.\.\.|…")
_SHORTEST = 9  # words; fewer are a title or a turn of phrase
_LIKE = 0.75  # share of a quotation's words that must recur for it to be a quotation of a text


def quotations(report: Report) -> Iterator[Diagnostic]:
    """A quotation of an earlier recommendation has its very words."""
    texts = {
        f"{item.id} ({language})" if language else item.id: _words(text)
        for item in report.earlier().values()
        for language, text in item.text.items()
    }
    sets = {name: set(words) for name, words in texts.items()}
    for passage in bodies(report):
        for match in _QUOTED.finditer(passage.text):
            yield from _quotation(passage, match, texts, sets)


def _quotation(
    passage: Passage,
    match: re.Match[str],
    texts: Mapping[str, list[str]],
    sets: Mapping[str, set[str]],
) -> Iterator[Diagnostic]:
    quoted = match[1] or match[2] or match[3]
    words = _words(quoted)
    different = set(words)
    if len(words) < _SHORTEST:
        return
    like = [name for name, own in sets.items() if len(different & own) >= _LIKE * len(different)]
    pieces = [piece for piece in map(_words, _CUT.split(quoted)) if piece]
    if any(all(_contains(texts[name], piece) for piece in pieces) for name in like):
        return
    for name in like:
        matcher = difflib.SequenceMatcher(None, words, texts[name], autojunk=False)
        same = [block for block in matcher.get_matching_blocks() if block.size]
        span = same[-1].b + same[-1].size - same[0].b if same else 0
        # words that recur here and there in a long text are no quotation of it
        is_near = sum(block.size for block in same) >= _LIKE * len(words) and span <= 1.5 * len(
            words
        )
        is_inflected = max((block.size for block in same), default=0) >= len(words) - 1
        if is_near and not is_inflected:
            kinds = ("replace", "delete")
            wrong = next((op for op in matcher.get_opcodes() if op[0] in kinds), None)
            what = f" ('{' '.join(words[wrong[1] : wrong[2]])}')" if wrong else ""
            message = f"this quotation of {name.split()[0]} differs from its text{what}"
            hint = "correct it, mark what is left out with [...], or do without quotation marks"
            yield passage.problem("changed-quotation", match.start(), message, hint)
            return


@lru_cache(maxsize=4096)
def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORDS.findall(text)]


def _contains(words: list[str], piece: list[str]) -> bool:
    return f" {' '.join(piece)} " in f" {' '.join(words)} "
