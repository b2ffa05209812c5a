"""What the toolkit stands on, on this machine: what is there, what is missing, and how to get it."""

from __future__ import annotations

import importlib.metadata
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shadowreport import __version__
from shadowreport.core.problems import Failure
from shadowreport.machine.git_command import look
from shadowreport.machine.patience import run
from shadowreport.machine.programs import ProgramError, pandoc_path
from shadowreport.machine.project import find_project
from shadowreport.machine.toolkit import adding

_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """A thing that is needed: what was found of it (empty where it is missing), and what to do then.
    Without what is not `vital` some tasks alone do not work."""

    name: str
    found: str
    remedy: str = ""
    vital: bool = True


def examine(here: Path) -> Iterator[Finding]:
    """Each thing that the toolkit needs, or makes use of, in a folder. Never raises."""
    yield Finding("shadowreport", __version__)
    yield Finding("Python", f"{platform.python_version()} on {platform.system()}")
    yield Finding("pandoc", _pandoc(), adding("pypandoc_binary"))
    yield Finding("typst", _package("typst"), f"{adding('typst')}: the PDF is made with it")
    yield Finding("git", _git(here, "--version"), _GIT, vital=False)
    spelling = f"{adding('chunspell')}, {_SPELLING}"
    yield Finding("spelling", _package("chunspell"), spelling, vital=False)
    encoding = (sys.stdout.encoding or "").lower()
    fits = encoding if encoding.replace("-", "") == "utf8" else ""
    yield Finding("letters of the terminal", fits, _LETTERS, vital=False)
    try:
        project = find_project(here)
    except Failure:
        yield Finding("report", "", "go to a report's folder, or 'invoke new DIR'", vital=False)
        return
    yield Finding("report", str(project))
    yield Finding("history", _git(project, "rev-parse", "--short", "HEAD"), _HISTORY, vital=False)


_GIT = (
    "install git from your system's packages or git-scm.com: send, merge, redline and diff ask it"
)
_SPELLING = "and the language's Hunspell dictionary: check reads spelling with it"
_LETTERS = (
    "set the variable PYTHONUTF8 to 1: letters that the terminal lacks are shown as ? or \\u...."
)
_HISTORY = "git init, then commit the report: revisions can be compared and sent only then"


def _pandoc() -> str:
    try:
        done = run([pandoc_path(), "--version"], _SECONDS, b"")
    except (ProgramError, OSError):
        return ""
    return done.stdout.decode("utf-8", "replace").partition("\n")[0].removeprefix("pandoc ").strip()


def _package(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _git(folder: Path, *words: str) -> str:
    try:
        return look(folder, *words).strip().removeprefix("git version ")
    except Failure:
        return ""
