"""Who changed the present text of a paragraph last, as a conflict tells it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from shadowreport.core.problems import Failure
from shadowreport.machine import git


def last_authors(project: Path) -> Callable[[str, int, int], str]:
    """Who changed some lines of a file last before this merge, from one to another: a name and a day.
    Where the lines are not known (0), or git does not know them, who changed the file last."""
    start = git.head(project)

    @cache
    def lines(file: str) -> dict[int, git.Author]:
        try:
            return git.line_authors(project, "", "", file)
        except Failure:
            return {}

    @cache
    def of_file(file: str) -> git.Author | None:
        return git.last_author(project, start, file)

    def name(file: str, first: int, last: int) -> str:
        if not start:
            return ""
        found = [lines(file)[at] for at in range(first, last + 1) if at in lines(file)]
        author = git.latest(author for author in found if author.name) or of_file(file)
        return ", ".join(filter(None, (author.name, author.date[:10]))) if author else ""

    return name
