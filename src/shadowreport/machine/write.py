"""Write: the only module that writes into build/. A file is either the old one or the whole new one."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place

_MARK = ".shadowreport-"
_MODE = 0o644


def write(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Writes files by name into a folder: first all of them beside their places, then moves them in.

    Raises Failure, with nothing replaced, where the disk is full or the folder cannot be written.
    """
    staged: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder, files)
        for name, data in files.items():
            staged[folder / name] = _stage(folder, name, data)
        for target in staged:
            if target.is_dir():
                raise OSError(errno.EISDIR, f"{target.name} is a folder")
        for target, temporary in staged.items():
            temporary.replace(target)
        return list(staged)
    except OSError as error:
        hint = "nothing was replaced; make room, or give yourself the right to write there"
        message = f"cannot be written: {str(error.strerror or error).lower()}"
        raise Failure(
            [Diagnostic("cannot-write", Place(folder.name or "."), message, hint)]
        ) from None
    finally:
        for temporary in staged.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _stage(folder: Path, name: str, data: bytes) -> Path:
    descriptor, path = tempfile.mkstemp(prefix=f"{_MARK}{name}-", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(path).chmod(_MODE & ~_umask())
    except BaseException:
        with suppress(OSError):
            Path(path).unlink(missing_ok=True)
        raise
    return Path(path)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sweep(folder: Path, files: Mapping[str, bytes]) -> None:
    """Removes what an earlier run of the same files left when it was killed."""
    for name in files:
        for stale in folder.glob(f"{_MARK}{name}-*"):
            if not _is_young(stale):
                stale.unlink(missing_ok=True)


def _is_young(path: Path) -> bool:
    # another build may be writing right now: what is newer than an hour stays
    import time

    try:
        return time.time() - path.stat().st_mtime < 3600
    except OSError:
        return True
