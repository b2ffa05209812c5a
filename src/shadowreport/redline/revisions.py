"""Redline: one Word file that shows how a report went from one state to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from shadowreport.core.ast import raw_inline, walk
from shadowreport.core.problems import Diagnostic, Failure, has_errors
from shadowreport.core.report import Inline, Place
from shadowreport.load import load
from shadowreport.machine import git
from shadowreport.machine.cache import open_cache, using
from shadowreport.machine.git_tree import state
from shadowreport.machine.programs import ProgramError
from shadowreport.machine.write import write
from shadowreport.redline.merge_ast import Comparison, Entry, Stamp
from shadowreport.redline.stamps import UNKNOWN, Stamps
from shadowreport.redline.summary import Line, as_html, as_markdown
from shadowreport.redline.tokens import Side
from shadowreport.redline.word_files import compare_files
from shadowreport.render import docx
from shadowreport.resolve import resolve
from shadowreport.resolve.resolved import Resolved, ResolvedSection
from shadowreport.word.write.tracked import change_mark, settle_marks


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
) -> Redlined:
    """Compares two commits, tags or branches, or two DOCX files; without `new`, the files as they
    are now.

    Writes a DOCX with tracked changes and a summary in Markdown and HTML beside it (in build/
    unless `output` names the DOCX). Changes carry the name and date of whoever committed them, or
    `author`. Never raises for a user's mistake.
    """
    with using(open_cache(project)):
        return _redline(project, old, new, output, author, date)


def _redline(
    project: Path, old: str, new: str, output: Path | None, author: str, date: str
) -> Redlined:
    result = Redlined()
    try:
        if _is_file(old) or _is_file(new):
            data, lines = _files(old, new, author, date, result)
        else:
            data, lines = _revisions(project, old, new, author, date, result)
        result.lines = lines
        if not lines:
            result.diagnostics.append(
                Diagnostic("empty-redline", Place("sections"), "nothing differs between the two")
            )
        target = output or project / "build" / f"redline-{_slug(old)}-{_slug(new) or 'now'}.docx"
        title = f"{Path(old).name} – {Path(new).name if new else 'now'}"
        files = {
            target.name: data,
            f"{target.stem}.md": as_markdown(title, lines).encode(),
            f"{target.stem}.html": as_html(title, lines).encode(),
        }
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
        raise Failure(
            [
                Diagnostic(
                    "bad-value",
                    Place(old),
                    "a Word file can only be compared with a Word file",
                    hint,
                )
            ]
        )
    stamp = Stamp(author or "shadowreport", date or UNKNOWN.date)
    data, entries, problems = compare_files(Path(old), Path(new), stamp)
    result.diagnostics += problems
    return data, [Line(entry, "", "", "") for entry in entries]


def _revisions(
    project: Path, old: str, new: str, author: str, date: str, result: Redlined
) -> tuple[bytes, list[Line]]:
    first = git.commit_of(project, old)
    last = git.commit_of(project, new) if new else ""
    with ExitStack() as stack, ThreadPoolExecutor(2) as pool:
        folders = [stack.enter_context(_state(project, commit)) for commit in (first, last)]
        before, after = pool.map(_resolved, folders)
        stamps = Stamps(project, first, last, after.report, author, date)
        merged, entries, marks = compare(before, after, stamps)
        result.diagnostics += stamps.problems
        data = docx.render(merged, folders[1]).data
    data = settle_marks(data, marks)
    return data, _lines(entries, before, after)


@contextmanager
def _state(project: Path, commit: str) -> Iterator[Path]:
    if commit:
        with state(project, commit) as folder:
            yield folder
    else:
        yield project


def _resolved(folder: Path) -> Resolved:
    report, problems = load(folder)
    if report is None or has_errors(problems):
        raise Failure(problems)
    return resolve(report, folder)


def compare(
    old: Resolved, new: Resolved, stamps: Stamps | Stamp
) -> tuple[Resolved, list[Entry], list[tuple[str, str]]]:
    """Two resolved reports as one with marked changes; the summary's entries; and the authors and
    dates for word/write/tracked.py."""
    marks: list[tuple[str, str]] = []
    stamp_of = (lambda *_: stamps) if isinstance(stamps, Stamp) else stamps.of
    comparison = Comparison(stamp_of, _marker(marks))
    comparison.taken = {
        item["c"][0][0]
        for section in new.sections
        for item in walk(section.blocks)
        if item["t"] in ("Div", "Table")
    }
    comparison.taken |= {section.anchor for section in new.sections}
    sections: list[ResolvedSection] = []
    for before, after in _paired_sections(old.sections, new.sections):
        name = (after or before or new.sections[0]).name
        comparison.stamp = stamps if isinstance(stamps, Stamp) else stamps.section(name)
        sections += _section(comparison, before, after)
    comparison.stamp = stamps if isinstance(stamps, Stamp) else stamps.section("")
    kept = len(comparison.entries)
    cover = comparison.blocks(old.cover, new.cover)
    del comparison.entries[kept:]
    images = {**old.report.images, **new.report.images}
    merged = replace(
        new,
        report=replace(new.report, images=images),
        labels={**old.labels, **new.labels},
        cover=cover,
        sections=tuple(sections),
    )
    return merged, comparison.entries, marks


def _marker(marks: list[tuple[str, str]]) -> Callable[[str, Side, Stamp], Inline]:
    def mark(what: str, side: Side, stamp: Stamp) -> Inline:
        entry = (stamp.author, stamp.date)
        if entry not in marks:
            marks.append(entry)
        return raw_inline("openxml", change_mark(what, side, marks.index(entry)))

    return mark


def _paired_sections(
    old: tuple[ResolvedSection, ...], new: tuple[ResolvedSection, ...]
) -> Iterator[tuple[ResolvedSection | None, ResolvedSection | None]]:
    """Sections by their names, in the new order; one that is gone stands where it stood. A section
    that moved among the others is shown in its new place alone."""
    names = {section.name: section for section in new}
    before = {section.name: section for section in old}
    waiting = list(old)
    for section in new:
        while waiting and waiting[0].name not in names:
            yield waiting.pop(0), None
        yield before.get(section.name), section
        waiting = [item for item in waiting if item.name != section.name]
    for section in waiting:
        yield section, None


def _section(
    comparison: Comparison, old: ResolvedSection | None, new: ResolvedSection | None
) -> list[ResolvedSection]:
    heading = {"t": "Header", "c": [1, ["", [], []], []]}
    before = len(comparison.entries)
    shown = new or old
    if shown is None:
        return []
    if old and new:
        titles = [{"t": "Plain", "c": old.title}], [{"t": "Plain", "c": new.title}]
        title = comparison.inlines(old.title, new.title) if titles[0] != titles[1] else new.title
        if title != new.title:
            comparison._enter(
                "changed",
                "heading",
                old.anchor,
                new.anchor,
                "".join(str(i.get("c", " ")) for i in new.title),
            )
        blocks = comparison.blocks(old.blocks, new.blocks)
    else:
        side: Side = "insertion" if new else "deletion"
        whole = comparison.whole(
            [
                {
                    "t": "Header",
                    "c": [shown.level, [shown.anchor, *heading["c"][1][1:]], shown.title],
                }
            ],
            side,
        )
        title = whole[0]["c"][2]
        blocks = comparison.whole(shown.blocks, side)
    if shown.is_annex:  # an annex repeats what the sections say
        del comparison.entries[before:]
    return [replace(shown, title=title, blocks=blocks)]


def _lines(entries: list[Entry], old: Resolved, new: Resolved) -> list[Line]:
    homes = {
        item["c"][0][0]: section.name
        for state in (old, new)
        for section in state.sections
        for item in walk(section.blocks)
        if item["t"] in ("Div", "Table") and item["c"][0][0]
    }
    titles = {
        section.name: section.title for section in (*old.report.sections, *new.report.sections)
    }
    found: list[Line] = []
    for entry in entries:
        name = homes.get(entry.new or entry.old, (entry.new or entry.old).removeprefix("sec-"))
        before = old.labels[entry.old].text if entry.old in old.labels else ""
        after = new.labels[entry.new].text if entry.new in new.labels else ""
        found.append(Line(entry, titles.get(name, name), before, after))
    return found
