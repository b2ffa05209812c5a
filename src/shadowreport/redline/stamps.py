"""Who changed a paragraph between two commits, and when: from git's record of its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from shadowreport.core.numbering import anchor
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Box, Paragraph, Place, Report, Section
from shadowreport.machine import git
from shadowreport.redline.marking import Stamp

_MARK = re.compile(r"\{[^{}]*\}")  # an id alone on its line
_CALLED = re.compile(r"\[\^([^\]\s]+)\]")
_DEFINED = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")
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
        self._own = {name: (section, lines) for name, section, lines in _own(after)}

    def of(self, name: str) -> Stamp:
        """The stamp of a paragraph, a recommendation or a title, by its anchor."""
        if self._fixed:
            return self._fixed
        own = self._own.get(name)
        if own is None:
            return self._gone(name)
        section, lines = own
        file = section.file
        if not lines or file not in self._changes:
            return self.section(section.name)
        if file not in self._lines:
            self._lines[file] = self._line_authors(file)
        found = [self._lines[file][line] for line in lines if line in self._lines[file]]
        latest = git.latest(found)
        if not latest and file not in self._here:
            latest = self._asked(git.toucher, file, lines[0], _end(lines))
        return self._stamp(latest) if latest else self.section(section.name)

    def _gone(self, name: str) -> Stamp:
        """The stamp of something that is there no more: whoever took its id away."""
        pattern = f"[{{]#{name.partition('-')[2]}[ }}]"
        found = self._asked(git.remover, pattern) if "-" in name else None
        return self._stamp(found) if found else self.section("")

    def _asked(
        self, question: Callable[..., git.Author | None], *of: str | int
    ) -> git.Author | None:
        try:
            return question(self._project, self._old, self._new or "HEAD", *of)
        except Failure:
            return None  # a file that was not there at the commit: its last author stands

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
    def _here(self) -> list[str]:
        """The files with something that is not committed."""
        return [] if self._new else git.changed_files(self._project)

    @cached_property
    def _changes(self) -> dict[str, git.Author]:
        """Who changed each file last; under an empty name, who changed anything last."""
        known = git.last_changes(self._project, self._old, self._new or "HEAD")
        if self._here:
            mine = git.Author(git.owner(self._project), "")
            known |= dict.fromkeys(["", *self._here], mine)
        return known


def _own(report: Report) -> Iterator[tuple[str, Section, list[int]]]:
    """The lines with the words of every paragraph, recommendation and title: nothing of the private notes,
    the marks and the blank lines around them."""
    for section in report.sections:
        yield anchor("sec", section.name), section, [section.place.line]
        found: list[tuple[str, int]] = []
        for item in section.items:
            if isinstance(item, Paragraph):
                found.append((anchor("par", item.id), item.place.line))
            elif isinstance(item, Box):
                found += [(anchor("rec", own.id), own.place.line) for own in item.recommendations]
            else:
                found.append(("", item.place.line))
        rows = section.source.split("\n")
        for (name, first), (_, last) in pairwise([*found, ("", section.source_line + len(rows))]):
            if name:
                yield name, section, _with_words(rows, section.source_line, first, last)


def _end(lines: list[int]) -> int:
    """The last line of a paragraph, before its footnotes."""
    gaps = (one for one, other in pairwise(lines) if other - one > 2)
    return next(gaps, lines[-1])


def _with_words(rows: list[str], start: int, first: int, last: int) -> list[int]:
    """The numbers of the lines of a paragraph and of the footnotes that it calls; `start` is that of the
    first row."""
    own: list[int] = []
    for line in range(first, last):
        row = rows[line - start].strip()
        if _DEFINED.match(row):
            break
        if row and not row.startswith(":::") and not _MARK.fullmatch(row):
            own.append(line)
    called = {label for line in own for label in _CALLED.findall(rows[line - start])}
    notes = [
        start + at
        for at, row in enumerate(rows)
        if (match := _DEFINED.match(row)) and match[1] in called
    ]
    return [*own, *notes]
