"""Redline: one Word file that shows how a report went from one state to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from shadowreport.checks.withheld import passages, public_text
from shadowreport.core.editions import CONFIDENTIAL, chosen, editions
from shadowreport.core.problems import Diagnostic, Failure, has_errors
from shadowreport.core.report import Place, Report
from shadowreport.core.withheld_since import withheld_alike
from shadowreport.load import load
from shadowreport.machine import git
from shadowreport.machine.cache import open_cache, using
from shadowreport.machine.git_tree import state
from shadowreport.machine.programs import ProgramError
from shadowreport.machine.write import write
from shadowreport.pipeline import must_be_sound, told_in
from shadowreport.redline.marking import Stamp
from shadowreport.redline.stamps import UNKNOWN, Stamps
from shadowreport.redline.states import compared, lines_of
from shadowreport.redline.summary import Line, as_html, as_markdown
from shadowreport.redline.word_files import compare_files
from shadowreport.render import docx
from shadowreport.resolve import resolve
from shadowreport.resolve.crossrefs import broken
from shadowreport.resolve.resolved import Resolved
from shadowreport.word.write.tracked import settle_marks

_ONCE_PUBLIC = "it is confidential now: 'invoke redline --edition confidential' shows it to those who may read it"

Withheld = tuple[Mapping[str, str], str]  # passages by what they are called, and all that is public


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
) -> Redlined:
    """Compares two commits, tags or branches, or two DOCX files; without `new`, the files as they
    are now.

    Writes a DOCX with tracked changes and a summary in Markdown and HTML beside it (in build/
    unless `output` names the DOCX). Changes carry the name and date of whoever committed them, or
    `author`. Where something in a report is confidential, `name` must say which edition is meant.
    Never raises for a user's mistake.
    """
    with using(open_cache(project)):
        return _redline(project, old, new, output, author, date, name)


def _redline(
    project: Path, old: str, new: str, output: Path | None, author: str, date: str, name: str
) -> Redlined:
    result = Redlined()
    try:
        held: Withheld = {}, ""
        if _is_file(old) or _is_file(new):
            data, lines = _files(old, new, author, date, result)
        else:
            data, lines, held = _revisions(project, old, new, author, date, name, result)
        result.lines = lines
        if not lines:
            result.diagnostics.append(
                Diagnostic("empty-redline", Place("sections"), "nothing differs between the two")
            )
        marked = f"{CONFIDENTIAL}-" if name == CONFIDENTIAL else ""
        file = f"redline-{marked}{_slug(old)}-{_slug(new) or 'now'}.docx"
        target = output or project / "build" / file
        title = f"{Path(old).name} – {Path(new).name if new else 'now'}"
        files = {
            target.name: data,
            f"{target.stem}.md": as_markdown(title, lines).encode(),
            f"{target.stem}.html": as_html(title, lines).encode(),
        }
        told = told_in(project, files, *held, folder=target.parent.name)
        result.diagnostics += [replace(item, hint=_ONCE_PUBLIC) for item in told]
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
) -> tuple[bytes, list[Line], Withheld]:
    """The Word file, the lines of its summary; and what it must not tell, less what is public."""
    first = git.commit_of(project, old)
    last = git.commit_of(project, new) if new else ""
    with ExitStack() as stack, ThreadPoolExecutor(2) as pool:
        folders = [stack.enter_context(_state(project, commit)) for commit in (first, last)]
        older, newer = pool.map(_loaded, folders)
        held: Withheld = {}, ""
        if name != CONFIDENTIAL:
            older = withheld_alike(older, newer)
            then = {f"{place} (in {old})": text for place, text in passages(older).items()}
            held = {**then, **passages(newer)}, public_text(newer)
        before, after = pool.map(partial(_resolved, name=name), (older, newer), folders)
        stamps = Stamps(project, first, last, after.report, author, date)
        merged, entries, marks = compared(before, after, stamps)
        result.diagnostics += [*stamps.problems, *broken(after.report, after.labels)]
        result.diagnostics += [
            replace(item, message=f"{item.message} (in {old})")
            for item in broken(before.report, before.labels)
        ]
        data = docx.render(merged, folders[1]).data
    data = settle_marks(data, marks)
    return data, lines_of(entries, before, after), held


@contextmanager
def _state(project: Path, commit: str) -> Iterator[Path]:
    if commit:
        with state(project, commit) as folder:
            yield folder
    else:
        yield project


def _loaded(folder: Path) -> Report:
    return must_be_sound(*load(folder))


def _resolved(report: Report, folder: Path, name: str) -> Resolved:
    """A state of which one edition is shown; where one state has a single edition, that."""
    single = len(editions(report)) == 1
    return resolve(report if single else chosen(report, name, "redline"), folder)
