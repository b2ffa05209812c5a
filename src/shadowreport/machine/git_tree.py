"""A report as it was at a commit, written into a folder: as its files lie in git, without the
filters and attributes by which a checkout would change or leave out some."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shadowreport.core.layout import FOLDERS, SETTINGS
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.machine.git_command import look, look_at_bytes
from shadowreport.machine.scratch import Scratch

MAX_STATE = 300_000_000  # bytes of all files together
_LARGE_FILE = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\nsize (\d+)"
)


@dataclass(frozen=True, slots=True)
class _File:
    name: str  # of git's object
    size: int
    path: str


@contextmanager
def state(project: Path, revision: str) -> Iterator[Path]:
    """A folder with the report as it was at a commit; it is removed afterwards. Raises Failure.

    A report that lay elsewhere in the repository is found where it was the only one.
    """
    files = _files(project, revision)
    if sum(file.size for file in files) > MAX_STATE:
        raise _failure(f"the report at {revision[:10]} has more than {MAX_STATE:,} bytes")
    contents = _contents(project, files)
    with Scratch() as folder:
        for file, data in zip(files, contents, strict=True):
            _place(Path(folder), file.path, data)
        yield Path(folder)


def _files(project: Path, revision: str) -> list[_File]:
    here = look(project, "rev-parse", "--show-prefix").removesuffix("\n")
    found = _listed(project, revision, here)
    if any(file.path == SETTINGS for file in found):
        return found
    names = look(project, "ls-tree", "-r", "-z", "--full-tree", "--name-only", revision).split("\0")
    reports = [name for name in names if f"/{name}".endswith(f"/{SETTINGS}")]
    if len(reports) != 1:
        hint = "name a commit in which it lies where it lies now"
        message = f"git has no report in this folder at {revision[:10]}"
        raise Failure([Diagnostic("unknown-revision", Place(SETTINGS), message, hint)])
    return _listed(project, revision, reports[0].removesuffix(SETTINGS))


def _listed(project: Path, revision: str, prefix: str) -> list[_File]:
    """The regular files of a report: links are never read."""
    folders = [prefix + name for name in FOLDERS]
    output = look(project, "ls-tree", "-r", "-l", "-z", "--full-tree", revision, "--", *folders)
    found: list[_File] = []
    for entry in filter(None, output.split("\0")):
        facts, _, path = entry.partition("\t")
        mode, _, name, size = facts.split()
        path = path.removeprefix(prefix)
        if mode == "160000":
            raise _failure(f"{path} is another repository (a submodule), whose states are not read")
        if not size.isdigit():
            raise _failure(f"git does not hold '{path}' at {revision[:10]} here; fetch it first")
        if mode.startswith("100"):
            found.append(_File(name, int(size), path))
    return found


def _contents(project: Path, files: Sequence[_File]) -> list[bytes]:
    asked = "".join(f"{file.name}\n" for file in files).encode()
    output = look_at_bytes(project, "cat-file", "--batch", data=asked)
    found: list[bytes] = []
    at = 0
    for file in files:
        at = output.index(b"\n", at) + 1
        found.append(output[at : at + file.size])
        at += file.size + 1
    return [_whole(project, data) for data in found]


def _whole(project: Path, data: bytes) -> bytes:
    """What git LFS keeps beside git, where it is on this machine."""
    pointer = _LARGE_FILE.match(data)
    if not pointer or int(pointer[2]) > MAX_STATE:
        return data
    name = pointer[1].decode()
    store = look(project, "rev-parse", "--git-path", f"lfs/objects/{name[:2]}/{name[2:4]}/{name}")
    path = project / store.removesuffix("\n")
    if not path.is_file() or path.stat().st_size != int(pointer[2]):
        return data
    kept = path.read_bytes()
    return kept if hashlib.sha256(kept).hexdigest() == name else data


def _place(folder: Path, name: str, data: bytes) -> None:
    path = folder / name
    try:
        if not path.resolve().is_relative_to(folder.resolve()) or ".." in path.parts:
            raise _failure(f"'{name}' leads out of the report")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise _failure(f"'{name}' cannot be written: {error.strerror}") from None


def _failure(message: str) -> Failure:
    return Failure([Diagnostic("git-failed", Place("sections"), message)])
