"""Searches all that a repository remembers: files of every commit, also of those that no branch leads to,
messages, authors, names of files, branches and tags."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place
from shadowreport.gate import Gate
from shadowreport.machine.git_command import look, look_at_bytes

_AT_ONCE = 200  # objects that git is asked for at a time
_LIMIT = 300_000_000


def scan_history(gate: Gate, project: Path) -> Iterator[Diagnostic]:
    """What is withheld in the repository in which a project lies. Raises Failure without one."""
    top = Path(look(project, "rev-parse", "--show-toplevel").rstrip("\n"))
    names = _names(top)
    refs = look(top, "for-each-ref", "--format=%(refname)%0a%(contents)")
    yield from gate.problems("branches and tags", refs.encode("utf-8", "surrogateescape"))
    small, large = _objects(top)
    for name in large:
        yield Diagnostic("not-searched", Place(f"object {name[:12]}"), "it is too large")
    listed = iter(small)
    while batch := list(islice(listed, _AT_ONCE)):
        asked = "".join(f"{name}\n" for name in batch).encode()
        answer = look_at_bytes(top, "cat-file", "--batch", data=asked)
        for name, kind, data in _answers(answer):
            place = f"{kind} {name[:12]}" + (f" ({names[name]})" if name in names else "")
            yield from gate.problems(place, data)
    listing = "\n".join(dict.fromkeys(names.values()))
    yield from gate.problems("names of files", listing.encode("utf-8", "surrogateescape"))


def _objects(top: Path) -> tuple[list[str], list[str]]:
    """Every file, commit and tag that the repository holds, and those that are too large to be read."""
    check = ("--batch-check=%(objectname) %(objecttype) %(objectsize)", "--batch-all-objects")
    found: tuple[list[str], list[str]] = ([], [])
    for line in look(top, "cat-file", *check).splitlines():
        name, kind, size = line.split()
        if kind != "tree":
            found[int(size) > _LIMIT].append(name)
    return found


def _names(top: Path) -> dict[str, str]:
    """The file that an object is, or was once."""
    listed = look(top, "-c", "core.quotePath=false", "rev-list", "--all", "--reflog", "--objects")
    pairs = (line.partition(" ") for line in listed.splitlines())
    return {name: path for name, _, path in pairs if path}


def _answers(answer: bytes) -> Iterator[tuple[str, str, bytes]]:
    start = 0
    while start < len(answer):
        end = answer.index(b"\n", start)
        name, kind, size = answer[start:end].decode().split()
        yield name, kind, answer[end + 1 : end + 1 + int(size)]
        start = end + 2 + int(size)
