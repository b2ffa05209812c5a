"""By which of its names a person has called the toolkit: `invoke`, `shadowreport`, `python -m shadowreport`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

_NAME = re.compile(r"(?:(?<=')|(?<=: ))invoke(?=[ '])")


def as_called(text: str) -> str:
    """A text for that person: commands in it, quoted or behind a colon, begin with the name they typed.
    Where there is no tasks.py, `invoke` would not work."""
    program = Path(sys.argv[0])
    if program.stem == "__main__" and program.parent.name == "shadowreport":
        return _NAME.sub("python -m shadowreport", text)
    return _NAME.sub("shadowreport", text) if program.stem == "shadowreport" else text
