"""Redline: one Word file that shows how a report went from one state to another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from shadowreport.core.editions import CONFIDENTIAL
from shadowreport.core.lexicon import Language
from shadowreport.core.problems import Diagnostic, Failure, has_errors
from shadowreport.core.register import Register
from shadowreport.core.report import Place
from shadowreport.load.lexicon import load_lexicon
from shadowreport.machine.cache import open_cache, using
from shadowreport.machine.programs import ProgramError
from shadowreport.machine.write import write
from shadowreport.outgoing import told_in
from shadowreport.redline.both import Withheld, both
from shadowreport.redline.marking import Stamp
from shadowreport.redline.proof import prove, said_in_state
from shadowreport.redline.stamps import UNKNOWN, Stamps
from shadowreport.redline.states import compared, lines_of
from shadowreport.redline.summary import Line, as_html, as_markdown
from shadowreport.redline.told import states
from shadowreport.redline.word_files import compare_files
from shadowreport.render import docx
from shadowreport.resolve import resolve
from shadowreport.resolve.crossrefs import broken
from shadowreport.word.write.tracked import settle_marks

ONCE_PUBLIC = "it is confidential now: 'invoke redline --edition confidential' shows it to those who may read it"
_COMPARED = (
    "words, emphasis, styles, tables and notes are compared, not alignment, spacing and the page"
)


@dataclass(slots=True)
class Redlined:
    """What a redline made: the Word file and its summaries, problems, and the summary's lines."""

    files: list[Path] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def succeeded(self) -> bool:
        """Whether there is a file."""
        return bool(self.files) and not has_errors(self.diagnostics)


def redline(
    project: Path,
    old: str,
    new: str = "",
    output: Path | None = None,
    *,
    author: str = "",
    date: str = "",
    name: str = "",
    persons: Register | None = None,
) -> Redlined:
    """Compares two commits, tags or branches, or two DOCX files; without `new`, the files as they
    are now.

    Writes a DOCX with tracked changes and a summary in Markdown and HTML beside it (in build/
    unless `output` names the DOCX). Changes carry the name and date of whoever committed them, or
    `author`. Where something in a report is confidential, `name` must say which edition is meant.
    Nothing public is written in which one of a register's `persons` is named. Never raises for a user's
    mistake.
    """
    with using(open_cache(project)):
        return _redline(project, old, new, output, author, date, name, persons)


def _redline(
    project: Path,
    old: str,
    new: str,
    output: Path | None,
    author: str,
    date: str,
    name: str,
    persons: Register | None,
) -> Redlined:
    result = Redlined()
    try:
        held: Withheld = {}, ""
        if _is_file(old) or _is_file(new):
            words = load_lexicon()[0].languages["en"]  # nothing says whose report they are of
            data, lines = _files(old, new, author, date, result)
        else:
            made = _revisions(project, old, new, author, date, name, result)
            data, lines, held, words = made
        result.lines = lines
        if not lines:
            message = "nothing differs between the two"
            result.diagnostics.append(
                Diagnostic("empty-redline", Place("sections"), message, _COMPARED)
            )
        marked = f"{CONFIDENTIAL}-" if name == CONFIDENTIAL else ""
        file = f"redline-{marked}{_slug(old)}-{_slug(new) or 'now'}.docx"
        target = output or project / "build" / file
        title = states(words, Path(old).name, Path(new).name)
        files = {
            target.name: data,
            f"{target.stem}.md": as_markdown(words, title, lines).encode(),
            f"{target.stem}.html": as_html(words, title, lines).encode(),
        }
        sought = persons if name != CONFIDENTIAL else None
        told = told_in(project, files, *held, sought, folder=target.parent.name)
        result.diagnostics += [
            replace(item, hint=ONCE_PUBLIC) if held[0] else item for item in told
        ]
        if not has_errors(told):
            result.files = write(target.parent, files)
    except Failure as failure:
        result.diagnostics += failure.diagnostics
    except ProgramError as error:
        result.diagnostics.append(Diagnostic("program-failed", Place("sections"), str(error)))
    return result


def _is_file(name: str) -> bool:
    return name.lower().endswith(".docx")


def _slug(name: str) -> str:
    return "".join(mark if mark.isalnum() else "-" for mark in Path(name).stem)[:40]


def _files(
    old: str, new: str, author: str, date: str, result: Redlined
) -> tuple[bytes, list[Line]]:
    if not (_is_file(old) and _is_file(new)):
        hint = "name two DOCX files, or two commits"
        message = "a Word file can only be compared with a Word file"
        raise Failure([Diagnostic("bad-value", Place(old), message, hint)])
    stamp = Stamp(author or "shadowreport", date or UNKNOWN.date)
    data, entries, problems = compare_files(Path(old), Path(new), stamp)
    result.diagnostics += problems
    return data, [Line(entry, "", "", "") for entry in entries]


def _revisions(
    project: Path, old: str, new: str, author: str, date: str, name: str, result: Redlined
) -> tuple[bytes, list[Line], Withheld, Language]:
    """The Word file, the lines of its summary; what it must not tell, less what is public; and the language
    of the newer state."""
    with both(project, old, new, name, "redline") as both_states, ThreadPoolExecutor(2) as pool:
        before, after = pool.map(
            resolve, (both_states.older, both_states.newer), both_states.folders
        )
        stamps = Stamps(project, both_states.first, both_states.last, after.report, author, date)
        merged, entries, marks = compared(before, after, stamps)
        result.diagnostics += [*stamps.problems, *broken(after.report, after.labels)]
        result.diagnostics += [
            replace(item, message=f"{item.message} (in {old})")
            for item in broken(before.report, before.labels)
        ]
        data = docx.render(merged, both_states.folders[1]).data
    data = settle_marks(data, marks)
    prove(data, said_in_state(before), said_in_state(after), numbers=False)
    return data, lines_of(entries, before, after), both_states.held, after.report.speech.language
