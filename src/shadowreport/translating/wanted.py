"""What a translator is to translate: the texts of a report that are missing in a language, or stale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from shadowreport.core.editions import PUBLIC
from shadowreport.core.layout import SETTINGS, section_meant
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place, Report, Term
from shadowreport.load import load
from shadowreport.overview.translated import of_language
from shadowreport.translating.pairs import Pair, pairs
from shadowreport.translating.segments import Row, Segment, as_text


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text to translate: what the translation says so far, and what helps to translate it."""

    segment: Segment
    former: Row
    notes: tuple[tuple[str, str], ...]  # what kind of note, and the note


@dataclass(frozen=True, slots=True)
class Part:
    """A section's texts, in the order of reading."""

    name: str
    file: str
    texts: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """What goes to a translator: from one language into another."""

    report: str
    source: str
    target: str
    parts: tuple[Part, ...]

    def __len__(self) -> int:
        return sum(len(part.texts) for part in self.parts)


def wanted(
    report: Report, project: Path, language: str, where: Sequence[str] = (), edition: str = ""
) -> tuple[Work, list[Diagnostic]]:
    """What is missing or stale in a version, of all sections or of some; and what a person has to translate
    in the file itself. Of what the public `edition` withholds it has nothing.

    Raises Failure for a language or a section that there is not, ProgramError where pandoc fails.
    """
    of_language(report, language)
    version, lacking = load(project, language=language)
    whole = version.extract if version else ()
    meant = [section_meant(report.sections, word) for word in where or whole] or report.sections
    public = edition == PUBLIC
    found = pairs([item for item in meant if not (public and item.withheld)], project, language)
    parts = [
        Part(pair.section.name, pair.section.file, tuple(_texts(pair, report.terms, public)))
        for pair in found
    ]
    work = Work(report.name, report.language, language, tuple(part for part in parts if part.texts))
    told = [item for pair in found for item in _by_hand(pair, public)]
    return work, told if where else [*told, *_elsewhere(report, version, lacking, language)]


def _elsewhere(
    report: Report, version: Report | None, found: Sequence[Diagnostic], language: str
) -> Iterator[Diagnostic]:
    """What is translated where it stands: the texts of report.yaml, and those of references/."""
    texts = [item for item in found if item.code == "untranslated" and item.place.file == SETTINGS]
    for item in texts:
        message = f"{item.message}, and is not in the file"
        yield Diagnostic("not-for-translators", item.place, message, item.hint)
    for cycle in version.cycles if version else ():
        lacking = [own for own in cycle.recommendations if language not in own.text]
        if lacking:
            hint = (
                f"write text: {{{report.language}: …, {language}: …}}, in the document's own words"
            )
            message = f"{len(lacking)} recommendations have no text in '{language}', and are not in the file"
            yield Diagnostic("not-for-translators", lacking[0].place, message, hint)


def _texts(pair: Pair, terms: Sequence[Term], public: bool) -> Iterator[Wanted]:
    heading = ""
    for segment in pair.mine.texts.values():
        if public and segment.withheld:
            continue
        if segment.kind in ("title", "heading"):
            heading = as_text(segment.row)
        if segment.piece not in pair.state:
            continue
        notes = [("kind", segment.kind), ("heading", heading)]
        if pair.state[segment.piece] == "stale":
            notes.append(("state", "the original has changed since this was translated"))
        if segment.withheld or pair.section.withheld:
            notes.append(("state", "confidential"))
        notes += [("code", f"{{{nth}}}: {code.what}") for nth, code in enumerate(segment.codes, 1)]
        notes += [("term", f"term: {text}") for text in _terms(as_text(segment.row), terms)]
        yield Wanted(segment, pair.former(segment), tuple(notes))


def _terms(text: str, terms: Sequence[Term]) -> Iterator[str]:
    """The terms of references/terms.yaml that a text uses."""
    for term in terms:
        if term.prefer.casefold() in text.casefold():
            yield f"{term.prefer}: {term.note}" if term.note else term.prefer


def _by_hand(pair: Pair, public: bool) -> Iterator[Diagnostic]:
    source = pair.mine.outline.source
    for lost in pair.mine.lost:
        if lost.piece in pair.state and not (public and lost.withheld):
            place = Place(pair.section.file, source.count("\n", 0, lost.at) + 1)
            hint = f"translate it in {pair.file} by hand"
            message = f"a text of '{lost.piece}' is not in the file: its words cannot be told from its marks"
            yield Diagnostic("not-for-translators", place, message, hint)
