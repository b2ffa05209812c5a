"""Write: the only module that puts files where somebody reads them. Each is either the old one or the
whole new one, and files that belong together are all there or none."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place

_MARK = ".shadowreport-"  # what the name of a file begins with until it is whole
_MODE = 0o644
_WAITS = (0.05, 0.1, 0.2, 0.4)  # seconds


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
            _replace(temporary, target)
        return list(staged)
    except OSError as error:
        hint = _hint(staged)
        message = f"cannot be written: {str(error.strerror or error).lower()}"
        raise Failure(
            [Diagnostic("cannot-write", Place(folder.name or "."), message, hint)]
        ) from None
    finally:
        for temporary in staged.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _replace(temporary: Path, target: Path) -> None:
    """Moves a file into its place. On Windows a program that looks at what is new, such as one against viruses,
    keeps a file for a moment. Raises OSError where it is kept for longer."""
    for wait in (*_WAITS, 0):
        try:
            temporary.replace(target)
            return
        except PermissionError:
            if not wait:
                raise
            time.sleep(wait)


def _hint(staged: Mapping[Path, Path]) -> str:
    """What to do, and what has been done already."""
    left = [target.name for target, temporary in staged.items() if temporary.exists()]
    done = len(staged) - len(left)
    what = f"{', '.join(left)} was not replaced" if done and left else "nothing was replaced"
    return f"{what}; make room, give yourself the right to write there, or close the file where it is open"


def write_tree(into: Path, files: Mapping[str, bytes]) -> None:
    """Writes files by their relative paths into a folder; those that are there are replaced.

    They are made in a temporary folder beside it first, then moved into place; where a move fails,
    what was moved is taken back. Raises Failure, with nothing changed.
    """
    try:
        into.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{into.name}-", dir=into.parent) as made:
            new, old = Path(made) / "new", Path(made) / "old"
            for name, data in files.items():
                (new / name).parent.mkdir(parents=True, exist_ok=True)
                _stage((new / name).parent, "new", data).rename(new / name)
            _move(sorted(files), new, into, old)
    except OSError as error:
        message = (
            f"cannot be written: {(error.strerror or str(error)).lower()}; nothing was changed"
        )
        raise Failure([Diagnostic("cannot-write", Place(str(into)), message)]) from None


def _move(names: list[str], new: Path, into: Path, old: Path) -> None:
    if not into.exists():
        new.rename(into)
        return
    moved: list[str] = []
    saved: list[str] = []
    try:
        for name in names:
            target = into / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists() or target.is_symlink():
                (old / name).parent.mkdir(parents=True, exist_ok=True)
                target.rename(old / name)
                saved.append(name)
            (new / name).rename(target)
            moved.append(name)
    except BaseException:
        for name in moved:
            (into / name).unlink(missing_ok=True)
        for name in saved:
            shutil.move(old / name, into / name)
        raise


def replace_private(path: Path, data: bytes) -> None:
    """A file that the user alone may read, and that may be lost with the power. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = _stage(path.parent, path.name, data, private=True)
    try:
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _stage(folder: Path, name: str, data: bytes, *, private: bool = False) -> Path:
    """A new file beside the place of another; it is on the disk, unless it is private."""
    descriptor, path = tempfile.mkstemp(prefix=f"{_MARK}{name}-", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            if not private:
                stream.flush()
                os.fsync(stream.fileno())
        if not private:
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
    try:
        return time.time() - path.stat().st_mtime < 3600
    except OSError:
        return True
