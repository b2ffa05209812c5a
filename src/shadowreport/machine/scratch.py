"""Folders for what programs read and write on the way: for the user alone, and gone afterwards.

They hold the text of a report. A run that is killed cannot remove its own, so the next one does: a folder
that is in use is locked, and the system takes the lock away with the run.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

_PREFIX = "shadowreport-"
_YOUNG = 60  # seconds in which a folder may be made and not be locked yet


class Scratch(tempfile.TemporaryDirectory[str]):
    """A temporary folder of this run, with those removed that killed runs have left."""

    def __init__(self) -> None:
        """Raises OSError where there is no room for one."""
        _sweep(Path(tempfile.gettempdir()))
        super().__init__(prefix=_PREFIX)
        self._lock = _locked(Path(self.name))

    def cleanup(self) -> None:
        """Removes the folder."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        super().cleanup()


@cache  # once a run
def _sweep(top: Path) -> None:
    for folder in top.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            info = folder.stat(follow_symlinks=False)
            mine = sys.platform != "win32" and info.st_uid == os.getuid()
            if mine and folder.is_dir() and time.time() - info.st_mtime > _YOUNG:
                _remove_unlocked(folder)


def _remove_unlocked(folder: Path) -> None:
    lock = _locked(folder)
    if lock is not None:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _locked(folder: Path) -> int | None:
    """The lock on a folder; None where somebody has it, or the system knows none for folders."""
    if sys.platform == "win32":
        return None
    import fcntl

    handle = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle
