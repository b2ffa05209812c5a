"""`invoke new`: a report project that builds at once, to be filled in."""

from __future__ import annotations

import shutil
from pathlib import Path

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.machine.toolkit import starter

_RENAMED = {"gitignore": ".gitignore"}  # under its own name it would hide files of the toolkit


def new(folder: Path) -> list[Path]:
    """Makes a project in a folder that is empty or does not exist yet; gives the files made.

    Raises Failure where something stands there already: nothing is overwritten.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            hint = "name a folder that does not exist yet"
            message = "something stands here already, and nothing was changed"
            raise Failure([Diagnostic("cannot-write", Place(str(folder)), message, hint)])
        shutil.copytree(
            starter(), folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__")
        )
        for name, right in _RENAMED.items():
            (folder / name).rename(folder / right)
        (folder / "templates").mkdir()
    except OSError as error:
        message = f"cannot be written: {str(error.strerror).lower()}"
        raise Failure([Diagnostic("cannot-write", Place(str(folder)), message)]) from None
    return sorted(path for path in folder.rglob("*") if path.is_file())
