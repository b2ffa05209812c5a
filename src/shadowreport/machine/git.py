"""What git knows of a report: its commits, what is not committed, who changed what. git is optional.

A report may lie in a folder of its repository: all paths here are those of the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from shadowreport.core.layout import FOLDERS
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.machine.git_command import (
    NoAnswer,
    NoRepository,
    look,
    look_at_bytes,
    look_at_files,
)
from shadowreport.machine.git_command import commit as commit_files

_MIDDLE = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")


@dataclass(frozen=True, slots=True)
class Author:
    """Who made a change, and when (ISO 8601, in UTC; empty where that is not known)."""

    name: str
    date: str


def head(project: Path) -> str:
    """The present commit; empty where the folder is in no repository or nothing is committed.

    Raises Failure where git has a reason not to say.
    """
    try:
        return look(project, "rev-parse", "--verify", "--quiet", "HEAD").strip()
    except (NoRepository, NoAnswer):
        return ""


def commit_of(project: Path, revision: str) -> str:
    """The commit that a tag, branch or abbreviation names. Raises Failure where there is none."""
    if not head(project):
        hint = "make it one with 'git init', and commit the report"
        message = "this report has no history in git"
        raise Failure([Diagnostic("no-git", Place("sections"), message, hint)])
    name = f"{revision}^{{commit}}"
    try:
        return look(project, "rev-parse", "--verify", "--quiet", "--end-of-options", name).strip()
    except Failure:
        hint = "'git log --oneline' and 'git tag' list what there is"
        message = f"git knows no commit, tag or branch '{revision}'"
        raise Failure([Diagnostic("unknown-revision", Place(".git"), message, hint)]) from None


def changed_files(project: Path) -> list[str]:
    """Files of the report that differ from the present commit or are not in it; folders that belong
    to another repository (submodules), whose states no commit of this one holds.

    A file that `.gitignore` names is one of them where a build could read it.
    """
    compare = ("diff", "--name-only", "--relative", "-z", "--no-renames", "--no-ext-diff")
    changed = look_at_files(project, *compare, "--ignore-submodules=dirty", "HEAD", "--", *FOLDERS)
    aside = ("--exclude=.*", "--exclude=*~")  # of editors and systems; no build reads them
    new = look(project, "ls-files", "--others", "-z", *aside, "--", *FOLDERS)
    foreign = [
        entry.partition("\t")[2]
        for entry in look(project, "ls-files", "--stage", "-z", "--", *FOLDERS).split("\0")
        if entry.startswith("160000 ")
    ]
    return sorted({*filter(None, changed.split("\0")), *filter(None, new.split("\0")), *foreign})


def unsettled(project: Path) -> dict[str, bool]:
    """Files of the report that one side of a merge has deleted or moved and the other one changed: git
    leaves no marks in them. Whether it was this side that changed it. Empty where nothing is being merged."""
    if not _merging(project):
        return {}
    stages: dict[str, set[str]] = {}
    try:
        entries = look(project, "ls-files", "--unmerged", "-z", "--", *FOLDERS).split("\0")
    except (Failure, NoRepository, NoAnswer):
        return {}  # a check needs no git; whatever needs it says what is wrong with it
    for entry in entries:
        about, _, name = entry.partition("\t")
        if name:
            stages.setdefault(name, set()).add(about[-1])
    return {name: "2" in found for name, found in stages.items() if not {"2", "3"} <= found}


def _merging(project: Path) -> bool:
    """Whether git is in the middle of something that can fail to put two versions together; looked up in
    its folder, for this is asked at every check."""
    git = next((at / ".git" for at in (project, *project.parents) if (at / ".git").exists()), None)
    if git is None or git.is_file():  # a file names the folder of a work tree
        return git is not None
    return any((git / name).exists() for name in _MIDDLE)


def commit(project: Path, files: Sequence[str], message: str, author: str) -> str:
    """Commits the changes of some files alone in a person's name; gives the new commit.

    Raises Failure; then nothing is committed.
    """
    name = re.sub(r"[<>\n\r\0]", " ", author).strip() or "unknown"
    commit_files(project, files, "--author", f"{name} <>", "--message", message)
    return head(project)


# --- who changed what -----------------------------------------------------------------------------


def owner(project: Path) -> str:
    """Whose folder it is, as commits would say; empty where git does not know."""
    try:
        return look(project, "config", "--get", "user.name").strip()
    except NoAnswer:
        return ""


def last_changes(project: Path, old: str, new: str) -> dict[str, Author]:
    """Who changed each file of the report last between two commits; and, under an empty name, who
    changed anything last. Raises Failure."""
    form = ("--relative", "--name-only", "--no-renames", "-z", "--format=%x01%at %aN")
    found: dict[str, Author] = {}
    author = Author("", "")
    for part in look(project, "log", *form, f"{old}..{new}", "--", *FOLDERS).split("\0"):
        if part.startswith("\x01"):
            seconds, _, name = part[1:].partition(" ")
            author = Author(name, _day(seconds))
            found.setdefault("", author)
        elif part:
            found.setdefault(part.lstrip("\n"), author)
    return found


def last_author(project: Path, revision: str, file: str) -> Author | None:
    """Who changed a file last, up to a commit. Raises Failure."""
    return _author(look(project, "log", "-1", "--format=%at %aN", revision, "--", file))


_PLAINLY = ("--no-textconv", "--no-ext-diff", "--no-patch", "-1", "--format=%at %aN")


def remover(project: Path, old: str, new: str, pattern: str) -> Author | None:
    """Who took away, between two commits, what a pattern of git's finds in the sections; or put it
    elsewhere. Raises Failure."""
    wanted = ("--pickaxe-regex", f"-S{pattern}", f"{old}..{new}", "--", "sections")
    return _author(look(project, "log", *_PLAINLY, *wanted))


def toucher(project: Path, old: str, new: str, file: str, first: int, last: int) -> Author | None:
    """Who changed some lines of a file last between two commits, or took away one among them.
    Raises Failure."""
    lines = f"-L{first},{last}:./{file}"
    return _author(look(project, "log", *_PLAINLY, lines, f"{old}..{new}"))


def latest(authors: Iterable[Author]) -> Author | None:
    """The last of them: whoever has no date has not committed it yet."""
    return max(authors, key=lambda author: author.date or "~", default=None)


def _author(output: str) -> Author | None:
    seconds, _, name = output.strip().partition(" ")
    return Author(name, _day(seconds)) if name else None


def states(project: Path, file: str, most: int) -> Iterator[tuple[str, str, bytes]]:
    """A file as it was at the last commits that changed it, the newest first: commit, moment, content.

    Raises Failure.
    """
    form = ("--format=%H %at", f"--max-count={most}")
    for row in look(project, "log", *form, "--", file).splitlines():
        commit, _, seconds = row.partition(" ")
        try:
            yield (
                commit,
                _day(seconds),
                look_at_bytes(project, "cat-file", "blob", f"{commit}:./{file}"),
            )
        except Failure:
            continue  # it was taken away by this one


def line_authors(project: Path, old: str, new: str, file: str) -> dict[int, Author]:
    """For each line of a file that changed since a commit, who wrote it: up to another commit, or,
    without one, in the file as it is now, where the owner wrote what is not committed; without a
    commit to begin at, of every line. Nothing is said of a file that git does not know. Raises Failure.
    """
    blame = ("blame", "--line-porcelain", "--no-textconv", *(() if old else ("--root",)))
    if new:
        output = look(project, *blame, f"{old}..{new}", "--", file)
    elif look(project, "ls-files", "--", file):
        output = look_at_files(project, *blame, *([f"^{old}"] if old else []), "--", file)
    else:
        return {}
    mine = Author("" if new else owner(project), "")
    found: dict[int, Author] = {}
    known: dict[str, str] = {}
    for row in output.split("\n"):
        start = re.match(r"([0-9a-f]{40,64}) \d+ (\d+)", row)
        if start:
            known = {"commit": start[1].strip("0"), "line": start[2]}
        elif not row.startswith("\t"):
            key, _, value = row.partition(" ")
            known[key] = value
        elif "boundary" not in known:
            theirs = Author(known["author"], _day(known["author-time"]))
            found[int(known["line"])] = theirs if known["commit"] else mine
    return found


def _day(seconds: str) -> str:
    """A moment as ISO 8601; empty for one that is none: anything may be written into a commit."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return ""


def tag(project: Path, name: str, revision: str) -> str:
    """Gives a commit a name for good, and gives that name. Raises Failure where another commit has it."""
    try:
        taken = look(project, "rev-parse", "--verify", "--quiet", f"refs/tags/{name}^{{commit}}")
    except NoAnswer:
        look(project, "tag", "--no-sign", name, revision)
        return name
    if taken.strip() != revision:
        message = f"git has a tag '{name}' already, of another commit"
        hint = "give the report another name in sections/report.yaml, or remove the tag"
        raise Failure([Diagnostic("git-failed", Place("sections"), message, hint)])
    return name
