"""Who changed a paragraph between two commits, and when: from git's record of its lines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from shadowreport.core.numbering import anchor
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Box, Paragraph, Place, Report
from shadowreport.machine import git
from shadowreport.redline.marking import Stamp
from shadowreport.redline.tokens import Side

UNKNOWN = Stamp("shadowreport", "1980-01-01T00:00:00Z")


class Stamps:
    """The stamps of what changed from a commit to another one, or to the files as they are."""

    def __init__(
        self, project: Path, old: str, new: str, after: Report, author: str, date: str
    ) -> None:
        """`after` is the newer state; `author` and `date` stand in all stamps where they are given."""
        self._project, self._old, self._new = project, old, new
        self._report, self._date = after, date
        self._fixed = Stamp(author, date or UNKNOWN.date) if author else None
        self.problems: list[Diagnostic] = []
        self._lines: dict[str, dict[int, git.Author]] = {}
        self._ranges = dict(_ranges(after))

    def of(self, name: str, side: Side) -> Stamp:
        """The stamp of a paragraph or recommendation."""
        if self._fixed:
            return self._fixed
        file, first, last = self._ranges.get(name, ("", 0, 0))
        section = next((item.name for item in self._report.sections if item.file == file), "")
        if side == "deletion" or file not in self._changes:
            return self.section(section)
        if file not in self._lines:
            self._lines[file] = self._line_authors(file)
        found = [author for line, author in self._lines[file].items() if first <= line < last]
        latest = max(found, key=lambda author: author.date or "~", default=None)
        return self._stamp(latest) if latest else self.section(section)

    def _line_authors(self, file: str) -> dict[int, git.Author]:
        try:
            return git.line_authors(self._project, self._old, self._new, file)
        except Failure as failure:
            why = "; ".join(item.message for item in failure.diagnostics)
            message = f"its changes carry the name of whoever changed the file last: {why}"
            self.problems.append(Diagnostic("git-failed", Place(file), message, level="warning"))
            return {}

    def section(self, name: str) -> Stamp:
        """The stamp of a section: whoever changed its file last."""
        if self._fixed:
            return self._fixed
        file = next((item.file for item in self._report.sections if item.name == name), "")
        return self._stamp(self._changes.get(file) or self._changes.get(""))

    def _stamp(self, author: git.Author | None) -> Stamp:
        name = author.name if author else ""
        date = self._date or (author.date if author else "")
        return Stamp(name or UNKNOWN.author, date or UNKNOWN.date)

    @cached_property
    def _changes(self) -> dict[str, git.Author]:
        """Who changed each file last; under an empty name, who changed anything last."""
        known = git.last_changes(self._project, self._old, self._new or "HEAD")
        here = [] if self._new else git.changed_files(self._project)
        if here:
            mine = git.Author(git.owner(self._project), "")
            known |= dict.fromkeys(["", *here], mine)
        return known


def _ranges(report: Report) -> Iterator[tuple[str, tuple[str, int, int]]]:
    """The file and the lines of every paragraph and recommendation."""
    for section in report.sections:
        found: list[tuple[str, int]] = []
        for item in section.items:
            if isinstance(item, Paragraph):
                found.append((anchor("par", item.id), item.place.line))
            elif isinstance(item, Box):
                found += [(anchor("rec", own.id), own.place.line) for own in item.recommendations]
            else:
                found.append(("", item.place.line))
        for (name, first), (_, last) in pairwise([*found, ("", 1 << 30)]):
            if name:
                yield name, (section.file, first, last)
