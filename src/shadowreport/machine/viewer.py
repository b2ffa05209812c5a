"""Opens a file in the program that the system has for it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from shadowreport.core.layout import BUILD
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place

_OPENERS = {"darwin": "open"}  # others: what freedesktop.org's systems have


def last_built(project: Path, kinds: Sequence[str]) -> Path:
    """The file in build/ of one of these kinds that was written last; of files of one build the first
    kind. Raises Failure where there is none."""
    found = [path for kind in kinds for path in (project / BUILD).glob(f"*.{kind}")]
    if not found:
        what = f"no {' or '.join(kind.upper() for kind in kinds)} in {BUILD}/"
        raise Failure(
            [Diagnostic("missing-file", Place(BUILD), f"there is {what}", "run 'invoke build'")]
        )
    newest = max(path.stat().st_mtime for path in found)
    return next(path for path in found if path.stat().st_mtime > newest - _ONE_BUILD)


_ONE_BUILD = 60  # seconds between the files of a build


def view(path: Path) -> bool:
    """Whether a program was found that shows a file; it is not waited for."""
    if os.name == "nt":
        try:
            os.startfile(path)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    if sys.platform != "darwin" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        return False
    command = [_OPENERS.get(sys.platform, "xdg-open"), str(path)]
    quiet = subprocess.DEVNULL
    try:
        return not subprocess.run(
            command, check=False, stdout=quiet, stderr=quiet, timeout=20
        ).returncode
    except subprocess.TimeoutExpired:
        return True  # some openers stay as long as the program that they started
    except OSError:
        return False
