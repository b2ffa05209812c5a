"""What a delegate takes to a session: a brief, a statement, questions, cards. No line in any of them is
without the number of the paragraph that carries it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shadowreport.briefing.points import findings, questions, recommendations
from shadowreport.briefing.sheets import brief, cards, question_list, statement
from shadowreport.briefing.words import lacking, session_words
from shadowreport.core.editions import CONFIDENTIAL, PUBLIC, chosen, edition, file_name
from shadowreport.core.layout import BUILD
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.register import Register
from shadowreport.core.report import Report
from shadowreport.machine.programs import ProgramError
from shadowreport.machine.typst import script_fonts
from shadowreport.machine.write import write
from shadowreport.outgoing import must_tell_nothing
from shadowreport.render.pdf_problems import without_font
from shadowreport.resolve import resolve
from shadowreport.resolve.resolved import Resolved

_CARDS = 6


@dataclass(frozen=True, slots=True)
class Session:
    """What was made, what keeps it from being handed out, how long the statement is, and whether what is
    confidential was left out of it."""

    files: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]
    length: str
    unspoken: bool


def session(
    project: Path,
    whole: Report,
    name: str = "",
    pages: int = 1,
    minutes: int = 3,
    persons: Register | None = None,
) -> Session:
    """Makes all of it for an edition of a report without errors. Raises Failure where there is nothing
    to say, it does not fit, or what was made tells what is withheld."""
    report = chosen(whole, name, "session")
    unspoken = report.edition == CONFIDENTIAL
    try:
        resolved = resolve(report, project)
        made, letters = _papers(resolved, project, pages)
        said = resolve(edition(whole, PUBLIC), project) if unspoken else resolved
        spoken, length = _statement(said, project, minutes)
    except ProgramError as error:
        raise Failure([Diagnostic("program-failed", report.place, str(error))]) from None
    aloud = {f"{file_name(report)}-statement.docx": spoken} if spoken else {}
    found = [*lacking(project, report), *_unshown(resolved, project, letters)]
    found += must_tell_nothing(project, whole, report.edition, made, persons)
    found += must_tell_nothing(project, whole, PUBLIC, aloud, persons)
    return Session(tuple(write(project / BUILD, made | aloud)), tuple(found), length, unspoken)


def _statement(resolved: Resolved, project: Path, minutes: int) -> tuple[bytes, str]:
    """The statement, and how long it is: of what is public, whichever edition the papers are of, for it
    is read aloud. Nothing where all findings are confidential."""
    words = session_words(project, resolved.words.code)
    found, asked = findings(resolved), recommendations(resolved)
    return statement(resolved, project, words, found, asked, minutes) if found else (b"", "")


def _unshown(resolved: Resolved, project: Path, letters: str) -> Iterator[Diagnostic]:
    folders, _ = script_fonts(project, resolved.words.fonts)
    return without_font("".join(dict.fromkeys(letters)), resolved, folders)


def _papers(resolved: Resolved, project: Path, pages: int) -> tuple[dict[str, bytes], str]:
    """The files by their names, and the letters in them that no font has."""
    report = resolved.report
    words = session_words(project, resolved.words.code)
    found, asked = findings(resolved), recommendations(resolved)
    if not found:
        message = "there is nothing to say: no numbered paragraph that is written has a finding"
        hint = "give findings under paragraphs: in the sections, or short: texts where sentences are long"
        raise Failure([Diagnostic("no-brief", report.place, message, hint)])
    base = file_name(report)
    sheet, letters = brief(resolved, project, words, found, asked, pages)
    made = {
        f"{base}-brief.pdf": sheet,
        f"{base}-questions.docx": question_list(resolved, project, words, questions(resolved)),
    }
    drawn, more = cards(resolved, project, words, found[:_CARDS])
    made |= {f"{base}-card-{nth}.png": data for nth, (data, _) in enumerate(drawn, 1)}
    texts = (f"{base}-card-{nth}.png: {text}\n" for nth, (_, text) in enumerate(drawn, 1))
    return made | {f"{base}-cards.txt": "".join(texts).encode()}, letters + more
