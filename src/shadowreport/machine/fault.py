"""A fault of the toolkit itself, told as what it is: nobody shall look for it in their report."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place

DEBUG = "SHADOWREPORT_DEBUG"
_HOME = Path(__file__).parents[1]


def fault(error: BaseException) -> Diagnostic:
    """What to tell a person of an error that no stage foresaw. Where SHADOWREPORT_DEBUG is set, the
    whole traceback goes to standard error."""
    if os.environ.get(DEBUG):
        traceback.print_exception(error, file=sys.stderr)
    what = f"{type(error).__name__}: {error}".strip().removesuffix(":")
    return Diagnostic(
        "fault",
        _place(error),
        f"a fault of shadowreport, not of your report: {what}",
        f"please tell whoever looks after shadowreport; {DEBUG}=1 before the command shows all of it",
    )


def _place(error: BaseException) -> Place:
    """The innermost of our own lines that the error passed."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_HOME)]
    if not ours:
        return Place("shadowreport")
    file = Path(ours[-1].filename).relative_to(_HOME.parent).as_posix()
    return Place(file, ours[-1].lineno or 1)
