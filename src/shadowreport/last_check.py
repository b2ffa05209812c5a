"""The problems of a report, remembered as long as none of its files changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from shadowreport.core.problems import Diagnostic, in_order
from shadowreport.core.report import Note, Place, Report
from shadowreport.machine.cache import open_cache, pack, recall, remember, unpack, using
from shadowreport.machine.collector import paused
from shadowreport.machine.project import state


class Look(NamedTuple):
    """What a look at a report found: what is wrong with it, how many private remarks and notes stand in
    it, and whether it has somebody or something to protect."""

    problems: list[Diagnostic]
    remarks: int = 0
    protects: bool = False


def problems(project: Path, cached: bool = True) -> list[Diagnostic]:
    """All that is wrong with a report, in the order of files and lines; nothing is written."""
    return look(project, cached).problems


def look(project: Path, cached: bool = True, name: str = "") -> Look:
    """All that is wrong with a report, and what is private in it; nothing is written.

    Where nothing has changed since the last time, not even the modules that read a report are
    imported. What a build would refuse is found by making everything
    without writing it, so that nothing comes as a surprise on the last day. `name` is an edition, of
    which alone something is told.
    """
    seen = _look(project, cached, name)
    return seen._replace(problems=in_order([*_unsettled(project), *seen.problems]))


def _unsettled(project: Path) -> Iterator[Diagnostic]:
    """What git waits for in the middle of a merge; it is no state of a file, so nothing of it is remembered."""
    from shadowreport.machine.git import unsettled

    for file, ours in unsettled(project).items():
        side = (
            "this side changed it, the other one" if ours else "the other side changed it, this one"
        )
        message = (
            f"git waits for a decision: {side} deleted or moved it, and no line of it is marked"
        )
        hint = (
            "make the change where the text stands now (git log -p --merge -- FILE shows it), "
            "then git add the file, or git rm it"
        )
        yield Diagnostic("unsettled-merge", Place(file), message, hint)


def _look(project: Path, cached: bool, name: str) -> Look:
    with paused(), using(open_cache(project) if cached else None):
        key = (name, *state(project))
        known = recall("check", key)
        if known is not None:
            found, remarks, held = unpack(known)
            return Look([_diagnostic(item) for item in found], remarks, held)
        from shadowreport.core.editions import protects
        from shadowreport.pipeline import rehearse

        report, found = rehearse(project, name)
        remarks = _remarks(report) if report else 0
        held = report is not None and protects(report)
        for language in report.languages if report else ():
            version, more = rehearse(project, name, language)
            found += [item for item in more if item not in found]
            remarks += _remarks(version) if version else 0
        # a dictionary of the machine is no file of the project; what was saved meanwhile may be in it
        if (report is None or not report.spelling) and (name, *state(project)) == key:
            remember("check", key, pack([[_data(item) for item in found], remarks, held]))
        return Look(found, remarks, held)


def _remarks(report: Report) -> int:
    return sum(
        len(section.remarks) + sum(isinstance(item, Note) for item in section.items)
        for section in report.sections
    )


def _data(item: Diagnostic) -> list[Any]:
    place = [item.place.file, item.place.line, item.place.column]
    return [item.code, place, item.message, item.hint, item.level]


def _diagnostic(data: list[Any]) -> Diagnostic:
    code, place, message, hint, level = data
    return Diagnostic(code, Place(*place), message, hint, level)
