"""Notices that files of a project have changed.

It looks instead of listening: a few hundred files take a millisecond, and looking works in the
same way on every system, on network folders and in synchronised ones.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

FOLDERS = ("sections", "references", "templates")
_IGNORED = (".", "~", "#")  # what editors put beside a file while they save it

State = dict[str, tuple[int, int, int]]


class Watch:
    """Compares the files of a project with how they were when last asked."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        self._known: State = {}

    def changed(self) -> list[str]:
        """The files that are new, different or gone since the last call; at first, all of them."""
        now = {path: mark for folder in self._folders for path, mark in _files(folder)}
        names = sorted(
            path
            for path in now.keys() | self._known.keys()
            if now.get(path) != self._known.get(path)
        )
        self._known = now
        return names


def _files(folder: Path | str) -> Iterator[tuple[str, tuple[int, int, int]]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(_IGNORED) or entry.name.endswith("~"):
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
            else:
                info = entry.stat(follow_symlinks=False)
                yield entry.path, (info.st_mtime_ns, info.st_size, info.st_ino)
        except OSError:
            continue
