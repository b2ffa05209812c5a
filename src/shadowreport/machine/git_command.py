"""Runs git so that looking at a repository starts nothing that the repository names.

A report may come from anybody, and a repository's own settings name programs: hooks, filters, a
watcher of files, a pager, what shows differences or checks signatures, ways to fetch. None of them
runs, but for the hooks of a commit: whoever asks for one asks for those too. Where a commit would
need another program that the repository names, it is refused.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.machine.patience import run

_SECONDS = 60  # of work, not on the clock (patience.py)
_PLACE = Place("sections")
_CONFIG = ("config", "--name-only", "-z")
_ITS_OWN = ("local", "worktree")
_LOOKING = {
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "log.showSignature": "false",
    "protocol.allow": "never",
    "safe.bareRepository": "explicit",  # no folder of the report is taken for a repository
}
# whose work it is and where git finds its own files; the rest of git's variables name another
# repository (in a hook of it), or programs
_KEPT = (
    *("GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_EXEC_PATH", "GIT_CEILING_DIRECTORIES"),
    *("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"),
)


class NoRepository(Failure):
    """git is not installed, or the folder lies in no repository."""


class NoAnswer(Failure):
    """git found nothing, and had nothing to say about it."""


def look(project: Path, *arguments: str, data: bytes = b"") -> str:
    """What git prints about the repository in which a folder lies; names of files as Python knows
    them. Paths are taken by the letter and belong to the folder. Raises Failure."""
    return os.fsdecode(look_at_bytes(project, *arguments, data=data))


def look_at_bytes(project: Path, *arguments: str, data: bytes = b"") -> bytes:
    """The same as it comes."""
    return _run(project, arguments, _settings(_LOOKING), {"GIT_ALLOW_PROTOCOL": ""}, data)


def look_at_files(project: Path, *arguments: str) -> str:
    """The same for a question about files that are not committed: git would pass them through the
    repository's filters."""
    settings = [*_settings(_LOOKING), *_settings(_without_filters(project))]
    return os.fsdecode(_run(project, arguments, settings, {"GIT_ALLOW_PROTOCOL": ""}))


def commit(project: Path, files: Sequence[str], *arguments: str) -> None:
    """Commits some files as they are, with the hooks that there are. Raises Failure."""
    asked = look(project, "check-attr", "-z", "filter", "--", *files).split("\0")
    used = {f"filter.{name}" for name in asked[2::3] if name not in ("unspecified", "unset", "set")}
    own = [
        key
        for key in sorted(_own(project))
        if key.startswith("gpg.") or key.rpartition(".")[0] in used
    ]
    if own:
        hint = "merge without --commit, look at the changes, and commit them yourself"
        message = f"a commit would start the program that {own[0]} names in this repository"
        raise Failure([Diagnostic("git-failed", _PLACE, message, hint)])
    settings = _settings({"core.fsmonitor": "false"})
    _run(project, ["commit", "--quiet", *arguments, "--", *files], settings)


def configure(project: Path, values: Mapping[str, str]) -> None:
    """Sets settings of the repository in which a folder lies. Raises Failure."""
    for key, value in values.items():
        _run(project, ["config", "--local", key, value], _settings(_LOOKING))


def _own(project: Path) -> list[str]:
    """The settings of the repository itself that name what a commit would start."""
    programs = r"^(filter\..*\.(clean|process)|gpg\..*(program|command))$"
    try:
        listed = look(project, *_CONFIG, "--show-scope", "--get-regexp", programs).split("\0")
    except NoAnswer:
        return []
    return [key for scope, key in zip(listed[::2], listed[1::2], strict=False) if scope in _ITS_OWN]


def _settings(values: dict[str, str]) -> list[str]:
    return [part for key, value in values.items() for part in ("-c", f"{key}={value}")]


def _without_filters(project: Path) -> dict[str, str]:
    """What turns off each filter that the settings know. Raises Failure."""
    try:
        listed = look(project, *_CONFIG, "--get-regexp", r"^filter\.")
    except NoAnswer:
        return {}
    names = {key.rpartition(".")[0] for key in listed.split("\0") if key}
    odd = next((name for name in names if "=" in name or "\n" in name), "")
    if odd:  # it cannot be named on the command line
        hint = "remove it from .git/config"
        raise Failure([Diagnostic("git-failed", _PLACE, f"git has a setting '{odd}'", hint)])
    off = {"clean": "", "smudge": "", "process": "", "required": "false"}
    return {f"{name}.{key}": value for name in sorted(names) for key, value in off.items()}


def _run(
    project: Path,
    arguments: Sequence[str],
    settings: Sequence[str] = (),
    variables: dict[str, str] | None = None,
    data: bytes = b"",
) -> bytes:
    command = ["git", "--no-pager", "--literal-pathspecs", *settings, "-C", str(project)]
    try:
        environment = _environment() | (variables or {})
        done = run([*command, *arguments], _SECONDS, data, env=environment)
    except FileNotFoundError:
        hint = "install git, or work without revisions"
        raise NoRepository([Diagnostic("no-git", _PLACE, "git is not installed", hint)]) from None
    except subprocess.TimeoutExpired:
        raise _failure(f"git {arguments[0]} needed more than {_SECONDS} seconds") from None
    except (OSError, ValueError) as error:  # too long an argument, or one with a NUL
        raise _failure(f"git {arguments[0]} cannot be started: {error}") from None
    if done.returncode:
        raise _refusal(arguments[0], done.returncode, done.stderr.decode("utf-8", "replace"))
    return done.stdout


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(_KEPT)
    }
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
    return {**kept, **quiet, "LC_ALL": "C.UTF-8"}


def _refusal(command: str, code: int, errors: str) -> Failure:
    lines = errors.strip().splitlines()
    if "not a git repository (or any" in errors:
        hint = "make it one with 'git init', and commit the report"
        message = "this report has no history in git"
        return NoRepository([Diagnostic("no-git", _PLACE, message, hint)])
    if not lines:
        message = f"git {command}: exit code {code}"
        return NoAnswer([Diagnostic("git-failed", _PLACE, message)])
    first = next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[-1])
    return _failure(f"git {command}: {first}")


def _failure(message: str) -> Failure:
    return Failure([Diagnostic("git-failed", _PLACE, message)])
