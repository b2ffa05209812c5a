"""Paragraphs of the last cycle that nobody has looked at in this one."""

from __future__ import annotations

from collections.abc import Iterator

from shadowreport.core.coverage import coverage
from shadowreport.core.ids import is_told, possible
from shadowreport.core.problems import Diagnostic, did_you_mean, some
from shadowreport.core.report import Report, Section


def again(report: Report) -> Iterator[Diagnostic]:
    """What `look_again:` still names, a line for each section, and what the committee asks there now."""
    waiting = [section for section in report.sections if section.look_again]
    open_ones = (
        {name for name, item in coverage(report).items() if item.is_open} if waiting else set()
    )
    for section in waiting:
        known = {item.id for item in section.paragraphs()}
        for item in section.look_again:
            if item.id not in known and not is_told(item.id, known):
                message = f"no paragraph of this section has the id '{item.id}'"
                hint = did_you_mean(item.id, possible(known)) or "take it out of look_again:"
                yield Diagnostic("unknown-paragraph", item.place, message, hint)
        ids = [item.id for item in section.look_again if item.id in known]
        if ids:
            message = (
                f"to be looked at again in this cycle: {some(ids)}{_asked(section, open_ones)}"
            )
            hint = (
                "take each out of look_again: once it is right, or sign it off with invoke review"
            )
            yield Diagnostic("look-again", section.look_again[0].place, message, hint)


def _asked(section: Section, open_ones: set[str]) -> str:
    demands = [mention.id for row in section.rows for mention in row if mention.id in open_ones]
    return f"; not answered here yet: {some(demands)}" if demands else ""
