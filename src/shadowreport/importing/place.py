"""Puts a project's files into a folder: all of them or none, and nothing overwritten unasked."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place

_SHOWN = 5


def existing(into: Path, names: Mapping[str, bytes]) -> list[str]:
    """The files of a project that stand in the folder already."""
    return [name for name in sorted(names) if os.path.lexists(into / name)]


def put(files: Mapping[str, bytes], into: Path, *, force: bool) -> None:
    """Writes files by their relative paths into a folder.

    They are made in a temporary folder beside it first, then moved into place; where a move fails,
    what was moved is taken back. Raises Failure where files exist and `force` is not set.
    """
    there = existing(into, files)
    if there and not force:
        shown = ", ".join(there[:_SHOWN]) + (", ..." if len(there) > _SHOWN else "")
        message = f"{len(there)} files of this project exist already: {shown}"
        hint = "choose another folder with --into, or overwrite them with --force"
        raise Failure([Diagnostic("import-exists", Place(str(into)), message, hint)])
    try:
        into.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{into.name}-", dir=into.parent) as made:
            new, old = Path(made) / "new", Path(made) / "old"
            for name, data in files.items():
                _write(new / name, data)
            _move(sorted(files), new, into, old)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"cannot be written: {reason}; nothing was changed"
        raise Failure([Diagnostic("cannot-write", Place(str(into)), message)]) from None


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _move(names: list[str], new: Path, into: Path, old: Path) -> None:
    if not into.exists() or (into.is_dir() and not any(into.iterdir())):
        if into.exists():
            into.rmdir()
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
