"""Where a report project is, and what its results depend on. Imports next to nothing: tasks begin here."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from shadowreport.core.layout import FOLDERS, SETTINGS
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place

_ASIDE = re.compile(r"\..*|.*~|#.*#|~.*")
_LARGEST = 20_000_000  # bytes; a larger file is known by its size and time


def find_project(start: Path) -> Path:
    """The project in which a folder lies: the nearest one up that holds sections/report.yaml.

    Raises Failure where there is none.
    """
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return folder
    below = sorted(path.parents[1].name for path in start.glob(f"*/{SETTINGS}"))
    there = f"'cd {below[0]}'" if len(below) == 1 else ", ".join(below[:5])
    named = f" ({there})" if below else ""
    hint = f"go to the folder of a report{named}, or make one with 'invoke new DIR'"
    raise Failure(
        [Diagnostic("missing-file", Place(SETTINGS), "no report here or in a folder above", hint)]
    )


def state(project: Path) -> tuple[str, ...]:
    """What a project's files hold, as far as a report depends on them: equal states, equal results."""
    return tuple(line for name in FOLDERS for line in _lines(project / name, name))


def saves(project: Path) -> Iterator[None]:
    """Yields each time something in a project was saved, without end."""
    known = state(project)
    while True:
        while (now := state(project)) == known:
            time.sleep(0.5)
        known = now
        yield


Marks = dict[str, tuple[int, ...]]


def marks(folders: Iterable[Path | str]) -> Marks:
    """How the files of some folders are told apart without reading them; not those that editors put
    beside a file while they save it. A program may set back the time of a file, but not when it did."""
    found: Marks = {}
    for folder in folders:
        with suppress(OSError):
            for entry in os.scandir(folder):
                if _ASIDE.fullmatch(entry.name):
                    continue
                with suppress(OSError):
                    if entry.is_dir(follow_symlinks=False):
                        found |= marks([entry.path])
                        continue
                    info = entry.stat(follow_symlinks=False)
                    times = info.st_mtime_ns, info.st_ctime_ns
                    found[entry.path] = (*times, info.st_size, info.st_ino)
    return found


def _lines(folder: Path, name: str) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield f"{name} {error.errno}"
        return
    for entry in entries:
        path = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _lines(folder / entry.name, path)
        else:
            yield f"{path} {_content(entry)}"


def _content(entry: os.DirEntry[str]) -> str:
    info = entry.stat(follow_symlinks=False)
    if not stat.S_ISREG(info.st_mode) or info.st_size > _LARGEST:
        return f"{info.st_mode} {info.st_size} {info.st_mtime_ns}"
    try:
        return hashlib.sha256(Path(entry.path).read_bytes()).hexdigest()
    except OSError as error:
        return str(error.errno)
