"""Notices that files of a project have changed.

It looks instead of listening: a few hundred files take a millisecond, and looking works in the
same way on every system, on network folders and in synchronised ones.
"""

from __future__ import annotations

from pathlib import Path

from shadowreport.machine.project import Marks, marks


class Watch:
    """Compares the files of a project with how they were when last asked."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        self._known: Marks = {}

    def changed(self) -> list[str]:
        """The files that are new, different or gone since the last call; at first, all of them."""
        now = marks(self._folders)
        names = sorted(
            path
            for path in now.keys() | self._known.keys()
            if now.get(path) != self._known.get(path)
        )
        self._known = now
        return names
