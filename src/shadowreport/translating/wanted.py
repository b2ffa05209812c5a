"""What a translator is to translate: the texts of a report that are missing in a language, or stale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from shadowreport.core.editions import PUBLIC
from shadowreport.core.layout import SETTINGS, section_meant
from shadowreport.core.lexicon import Language
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place, Report
from shadowreport.core.sign_offs import pictured
from shadowreport.core.translations import units
from shadowreport.load import load
from shadowreport.load.lexicon import nearest
from shadowreport.overview.translated import NAME, of_language
from shadowreport.translating.pairs import Pair, pairs
from shadowreport.translating.returned import tidy
from shadowreport.translating.segments import Row, Segment, as_text
from shadowreport.translating.settings import Texts, settings_texts
from shadowreport.translating.told import code_called, kind_called

NOTES = ("kind", "heading", "state", "code", "term")  # the kinds of notes to a translator


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
class Known:
    """A text that is translated and up to date, by its name in a file for translators."""

    name: str
    original: Row
    translation: Row


@dataclass(frozen=True, slots=True)
class Work:
    """What goes to a translator: from one language into another; `memory` is what is translated already."""

    report: str
    source: str
    target: str
    words: Language  # of the source, in which a translator is told what a text is
    parts: tuple[Part, ...]
    memory: tuple[Known, ...] = ()

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
    version, _ = load(project, language=language)
    whole = version.extract if version else ()
    meant = [section_meant(report.sections, word) for word in where or whole] or report.sections
    public = edition == PUBLIC
    seen = [item for item in report.sections if not (public and item.withheld)]
    every = pairs(seen, project, language)
    found = [pair for pair in every if pair.section in meant]
    own = settings_texts(project, language, public=public)
    parts = [
        Part(pair.section.name, pair.section.file, tuple(_texts(pair, report, public)))
        for pair in found
    ]
    if not where:
        parts.insert(0, Part(NAME, SETTINGS, tuple(_own(own, report))))
    memory = (
        *(item for pair in every for item in _known(pair, public)),
        *_official(report, language),
    )
    wanted = tuple(part for part in parts if part.texts)
    work = Work(report.name, report.language, language, report.speech.language, wanted, memory)
    told = [item for pair in found for item in _by_hand(pair, public)]
    return work, told if where else [*told, *own.by_hand, *_elsewhere(report, version, language)]


def _elsewhere(report: Report, version: Report | None, language: str) -> Iterator[Diagnostic]:
    """What nobody translates: the words of committees, which have their official ones."""
    for cycle in version.cycles if version else ():
        lacking = [
            own for own in cycle.recommendations if nearest(language, own.text) not in own.text
        ]
        if lacking:
            hint = (
                f"write text: {{{report.language}: …, {language}: …}}, in the document's own words"
            )
            message = f"{len(lacking)} recommendations have no text in '{language}', and are not in the file"
            yield Diagnostic("not-for-translators", lacking[0].place, message, hint)


def _own(texts: Texts, report: Report) -> Iterator[Wanted]:
    for segment, former in texts.missing:
        notes = [("kind", segment.kind), ("heading", segment.piece)]
        notes += _terms(as_text(segment.row), report)
        yield Wanted(segment, (former,) if former else (), tuple(notes))


def _official(report: Report, language: str) -> Iterator[Known]:
    """What committees have said in both languages: the words that a translator is to take up."""
    for cycle in report.cycles:
        for own in cycle.recommendations:
            said = [
                own.text.get(nearest(code, own.text), "") for code in (report.language, language)
            ]
            if all(said):
                yield Known(own.id, (said[0],), (said[1],))


def _known(pair: Pair, public: bool) -> Iterator[Known]:
    for segment in pair.mine.texts.values():
        if segment.piece in pair.state or (public and segment.withheld):
            continue
        if former := pair.former(segment):
            yield Known(f"{pair.section.name}#{segment.id}", tidy(segment.row), tidy(former))


def _texts(pair: Pair, report: Report, public: bool) -> Iterator[Wanted]:
    heading, words = "", report.speech.language
    for segment in pair.mine.texts.values():
        if public and segment.withheld:
            continue
        if segment.kind in ("title", "heading"):
            heading = as_text(segment.row)
        if segment.piece not in pair.state:
            continue
        notes = [("kind", kind_called(segment.kind, words)), ("heading", heading)]
        if pair.state[segment.piece] == "stale":
            notes.append(("state", words["translate_stale"]))
        if segment.withheld or pair.section.withheld:
            notes.append(("state", words["translate_confidential"]))
        for nth, code in enumerate(segment.codes, 1):
            notes.append(("code", words.behind(f"{{{nth}}}", code_called(code.what, words))))
        notes += _terms(as_text(segment.row), report)
        yield Wanted(segment, pair.former(segment), tuple(notes))


def _terms(text: str, report: Report) -> Iterator[tuple[str, str]]:
    """Notes on the terms of references/terms.yaml that a text uses."""
    words = report.speech.language
    for term in report.terms:
        if term.prefer.casefold() in text.casefold():
            said = words.behind(term.prefer, term.note) if term.note else term.prefer
            yield "term", words.labelled("translate_term", said)


def _by_hand(pair: Pair, public: bool) -> Iterator[Diagnostic]:
    source = pair.mine.outline.source
    for lost in pair.mine.lost:
        if lost.piece in pair.state and not (public and lost.withheld):
            place = Place(pair.section.file, source.count("\n", 0, lost.at) + 1)
            hint = f"translate it in {pair.file} by hand"
            message = f"a text of '{lost.piece}' is not in the file: its words cannot be told from its marks"
            yield Diagnostic("not-for-translators", place, message, hint)
    for unit in units(pair.section):
        shown = unit.name in pair.state and not (public and unit.withheld)
        if shown and any(pictured(unit.words.blocks)):
            hint = f"translate source= and alt= in {pair.file} by hand"
            message = f"what is told of a picture of '{unit.name}' is not in the file"
            yield Diagnostic("not-for-translators", unit.place, message, hint)
