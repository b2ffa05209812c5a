"""What git knows of a report: states to go back to, who changed what, commits. git is optional."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.machine.patience import run

FOLDERS = ("sections", "references", "templates")  # all that a build reads
_SECONDS = 60  # of work, not on the clock (patience.py)
_MAX_SNAPSHOT = 300_000_000


@dataclass(frozen=True, slots=True)
class Author:
    """Who made a commit, and when (ISO 8601)."""

    name: str
    date: str
    revision: str = ""


def head(project: Path) -> str:
    """The present commit; empty where the folder is no git repository or has no commit."""
    try:
        return _git(project, "rev-parse", "--verify", "--quiet", "HEAD").strip()
    except Failure:
        return ""


def commit_of(project: Path, revision: str) -> str:
    """The commit that a tag, branch or abbreviation names. Raises Failure where there is none."""
    place = Place("sections")
    if not head(project):
        hint = "make it one with 'git init', and commit the report"
        raise Failure([Diagnostic("no-git", place, "this report has no history in git", hint)])
    try:
        return _git(
            project,
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            f"{revision}^{{commit}}",
        ).strip()
    except Failure:
        hint = "'git log --oneline' and 'git tag' list what there is"
        message = f"git knows no commit, tag or branch '{revision}'"
        raise Failure([Diagnostic("unknown-revision", place, message, hint)]) from None


def changed_files(project: Path, folders: Sequence[str] = FOLDERS) -> list[str]:
    """Files of the report that differ from the present commit or are not in it."""
    output = _git(project, "status", "--porcelain", "-z", "--untracked-files=all", "--", *folders)
    return [entry[3:] for entry in output.split("\0") if len(entry) > 3]


@contextmanager
def state(project: Path, revision: str) -> Iterator[Path]:
    """A folder with the report as it was at a commit; it is removed afterwards."""
    names = _git(project, "ls-tree", "--name-only", "-z", revision, "--", *FOLDERS).split("\0")
    present = [name for name in FOLDERS if name in {Path(item).name for item in names if item}]
    with tempfile.TemporaryDirectory(prefix="shadowreport-") as folder:
        if present:
            data = _run(project, ["archive", "--format=tar", revision, "--", *present])
            with tarfile.open(fileobj=io.BytesIO(data)) as archive:
                archive.extractall(folder, filter="data")
        yield Path(folder)


def last_changes(project: Path, old: str, new: str) -> dict[str, Author]:
    """Who changed each file of the report last between two commits; and, under an empty name, who
    changed anything last."""
    output = _git(
        project,
        "log",
        "--relative",
        "--name-only",
        "--format=%x01%an%x00%aI%x00%H",
        f"{old}..{new}",
        "--",
        *FOLDERS,
    )
    found: dict[str, Author] = {}
    for entry in output.split("\x01")[1:]:
        head_, *names = entry.strip().split("\n")
        author = _author(head_)
        if author:
            for name in ("", *filter(None, names)):
                found.setdefault(name, author)
    return found


def line_authors(project: Path, old: str, new: str, file: str) -> dict[int, Author]:
    """For each line of a file that changed between two commits, who wrote it."""
    try:
        output = _git(project, "blame", "--line-porcelain", f"{old}..{new}", "--", file)
    except Failure:
        return {}
    found: dict[int, Author] = {}
    line, name, when, boundary, revision = 0, "", "", False, ""
    for row in output.split("\n"):
        start = re.match(r"([0-9a-f]{40}) \d+ (\d+)", row)
        if start:
            revision, line, boundary = start[1], int(start[2]), False
        elif row.startswith("author "):
            name = row[7:]
        elif row.startswith("author-time "):
            when = row[12:]
        elif row == "boundary":
            boundary = True
        elif row.startswith("\t") and not boundary:
            found[line] = Author(name, _iso(when), revision)
    return found


def _iso(seconds: str) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def last_author(project: Path, revision: str, file: str) -> Author | None:
    """Who changed a file last, up to a commit."""
    try:
        return _author(
            _git(project, "log", "-1", "--format=%an%x00%aI%x00%H", revision, "--", file)
        )
    except Failure:
        return None


def _author(output: str) -> Author | None:
    parts = output.strip().split("\0")
    return Author(parts[0], parts[1], parts[2]) if len(parts) == 3 else None


def commit(project: Path, files: Sequence[str], message: str, author: str) -> str:
    """Commits some files alone in a person's name; gives the new commit. Raises Failure."""
    name = re.sub(r"[<>\n\r\0]", " ", author).strip() or "unknown"
    _git(project, "add", "--", *files)
    _git(project, "commit", "--quiet", f"--author={name} <>", "--message", message, "--", *files)
    return head(project)


# --- reports without git, and changes that are not committed ------------------------------------


def fingerprint(project: Path) -> str:
    """A hash of all files that a build reads."""
    digest = hashlib.sha256()
    for path in _files(project):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(project).as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def snapshot(project: Path) -> bytes:
    """All files that a build reads, as a zip."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _files(project):
            info = zipfile.ZipInfo(path.relative_to(project).as_posix(), (1980, 1, 1, 0, 0, 0))
            archive.writestr(info, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return output.getvalue()


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """A folder with a snapshot of ours unpacked; it is removed afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="shadowreport-") as folder,
        zipfile.ZipFile(path) as archive,
    ):
        if sum(info.file_size for info in archive.infolist()) <= _MAX_SNAPSHOT:
            archive.extractall(folder)
        yield Path(folder)


def _files(project: Path) -> list[Path]:
    found = (path for name in FOLDERS for path in (project / name).rglob("*"))
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


# --- running git --------------------------------------------------------------------------------


def _git(project: Path, *arguments: str) -> str:
    return _run(project, arguments).decode("utf-8", "replace")


def _run(project: Path, arguments: Sequence[str]) -> bytes:
    place = Place("sections")
    environment = {
        **os.environ,
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C.UTF-8",
        "GIT_OPTIONAL_LOCKS": "0",
    }
    command = [
        "git",
        "--no-pager",
        "-c",
        "core.quotePath=false",
        "-c",
        "core.fsmonitor=false",
        "-C",
        str(project),
    ]
    try:
        done = run([*command, *arguments], _SECONDS, env=environment)
    except FileNotFoundError:
        hint = "install git, or work without revisions"
        raise Failure([Diagnostic("no-git", place, "git is not installed", hint)]) from None
    except subprocess.TimeoutExpired:
        raise Failure(
            [Diagnostic("git-failed", place, f"git needed more than {_SECONDS} seconds")]
        ) from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        message = f"git {arguments[0]}: {lines[-1] if lines else f'exit code {done.returncode}'}"
        raise Failure([Diagnostic("git-failed", place, message)])
    return done.stdout
