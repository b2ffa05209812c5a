"""The way of a report on one screen: load, check, resolve, render, write."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from shadowreport.checks import check
from shadowreport.core.ast import walk
from shadowreport.core.problems import Diagnostic, Failure, has_errors
from shadowreport.core.register import Register
from shadowreport.core.report import Box, Report
from shadowreport.core.wordcount import section_words
from shadowreport.load import Known, load
from shadowreport.machine.cache import open_cache, using
from shadowreport.machine.collector import paused
from shadowreport.machine.write import write
from shadowreport.release import judged, proved
from shadowreport.render import FORMATS
from shadowreport.render.run import render
from shadowreport.resolve import resolve
from shadowreport.resolve.resolved import Resolved

BUILD = "build"

Progress = Callable[[str], None]

_known: dict[Path, Known] = {}  # by project, for a process that runs several tasks


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: files, problems, and figures for a person."""

    files: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]
    figures: dict[str, int | float]
    searched: bool = False  # for what is withheld

    @property
    def succeeded(self) -> bool:
        """Whether everything that was asked for was made."""
        return not has_errors(self.diagnostics)


def examine(project: Path) -> tuple[Report | None, list[Diagnostic]]:
    """The report of a project, and all that is wrong with it, in the order of files and lines.

    A report comes back even where there are errors, as far as it could be read; use it for nothing
    but a look unless `has_errors` says that there are none.
    """
    report, read = load(project, _known.setdefault(project, {}))
    return report, _examined(report, read)


def _examined(report: Report | None, read: list[Diagnostic]) -> list[Diagnostic]:
    """All that is wrong with a report, and what was wrong with its files."""
    found = check(report, whole=not has_errors(read), before=read) if report else read
    return sorted(found, key=lambda diagnostic: (diagnostic.place, diagnostic.code))


def rehearse(project: Path) -> tuple[Report | None, list[Diagnostic]]:
    """The report of a project, and all that a build of it would say: everything is made, in every
    format, and nothing is written."""
    report, found = examine(project)
    if report is None or has_errors(found):
        return report, found
    try:
        _, problems = render(resolve(report, project), project, FORMATS)
        return report, [*found, *problems]
    except Failure as failure:
        return report, [*found, *failure.diagnostics]


def build(
    project: Path,
    formats: Collection[str] = FORMATS,
    sections: tuple[str, ...] = (),
    progress: Progress = lambda _: None,
    cached: bool = True,
    persons: Register | None = None,
    release: bool = False,
) -> Built:
    """Builds a project's report into its build/ folder.

    `sections` names sections to build alone, with their true numbers. Nothing is written where
    anything is an error, so a good file is never replaced by a worse one. What has not changed is
    taken from build/.cache, unless `cached` is false; the files are the same either way. With a
    register of `persons`, nothing is written in which one of them is named. A `release` is
    written only where nothing is left to decide, and with a record of what was proved.
    """
    with paused(), using(open_cache(project) if cached else None):
        return _build(project, formats, sections, progress, persons, release)


def _build(
    project: Path,
    formats: Collection[str],
    sections: tuple[str, ...],
    progress: Progress,
    persons: Register | None,
    release: bool,
) -> Built:
    started = time.monotonic()
    found: list[Diagnostic] = []
    try:
        progress("reading the sections")
        report, read = load(project, _known.setdefault(project, {}))
        if report is None or has_errors(check(report, whole=False, before=read)):
            return Built((), tuple(_examined(report, read)), {})
        progress("numbering")
        resolved = resolve(report, project, sections)
        progress(f"writing {', '.join(formats)}")
        with ThreadPoolExecutor(1) as pool:  # pandoc and typst leave time to judge the content
            rendering = pool.submit(render, resolved, project, formats)
            found += _examined(report, read)
            outputs, problems = rendering.result()
        found += [] if has_errors(found) else problems
        commit = ""
        if release:
            whole = not sections and set(formats) == set(FORMATS)
            commit, found = judged(report, project, found, whole, persons is not None)
        if has_errors(found):
            return Built((), tuple(found), {})
        name = (
            "-".join([report.name, *(section.name for section in resolved.sections)])
            if sections
            else report.name
        )
        made = {f"{name}.{kind}": output.data for kind, output in outputs.items()}
        found += _withheld(project, made, persons, progress)
        if release:
            told, written = proved(report, made, commit)
            found, made = [*found, *told], made | written
        if has_errors(found):
            return Built((), tuple(found), {})
        files = write(project / BUILD, made)
        pages = max((output.pages for output in outputs.values()), default=0)
        return Built(
            tuple(files),
            tuple(found),
            _figures(report, resolved, pages, time.monotonic() - started),
            persons is not None,
        )
    except Failure as failure:
        return Built((), (*found, *failure.diagnostics), {})


def _withheld(
    project: Path, files: Mapping[str, bytes], persons: Register | None, progress: Progress
) -> list[Diagnostic]:
    """What a register withholds and what stands in the files that are to be written."""
    if persons is None:
        return []
    from shadowreport.gate import make_gate
    from shadowreport.load.names import common_words

    progress("searching for withheld names")
    gate = make_gate(persons, common_words(project))
    return [
        problem
        for name, data in files.items()
        for problem in gate.problems(f"{BUILD}/{name}", data)
    ]


def _figures(
    report: Report, resolved: Resolved, pages: int, seconds: float
) -> dict[str, int | float]:
    shown = {section.name for section in resolved.sections}
    sections = [section for section in report.sections if section.name in shown]
    items = [item for section in sections for item in section.items]
    boxes = [item for item in items if isinstance(item, Box)]
    recommendations = [item for box in boxes for item in box.recommendations]
    notes = sum(
        element["t"] == "Note" for section in resolved.sections for element in walk(section.blocks)
    )
    return {
        "pages": pages,
        "numbered paragraphs": sum(
            len(list(section.paragraphs())) for section in sections if section.numbered
        ),
        "boxes": len(boxes),
        "recommendations": len(recommendations),
        "footnotes": notes,
        "words": sum(map(section_words, sections)),
        "seconds": round(seconds, 2),
    }
