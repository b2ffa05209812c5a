"""`invoke new`: a report project that builds at once, to be filled in."""

from __future__ import annotations

from pathlib import Path

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.machine.toolkit import starter
from shadowreport.machine.write import write_tree

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
        files = {
            _RENAMED.get(path.name, path.relative_to(starter()).as_posix()): path.read_bytes()
            for path in sorted(starter().rglob("*"))
            if path.is_file() and not {"__pycache__", "build"} & {*path.parts[-3:]}
        }
        write_tree(folder, files)
        (folder / "templates").mkdir()
    except OSError as error:
        message = f"cannot be written: {str(error.strerror or error).lower()}"
        raise Failure([Diagnostic("cannot-write", Place(str(folder)), message)]) from None
    return [folder / name for name in sorted(files)]
