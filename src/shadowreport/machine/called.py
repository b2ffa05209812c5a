"""By which of its two names a person has called the toolkit: `invoke` or `shadowreport`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

_NAME = re.compile(r"(?:(?<=')|(?<=: ))invoke(?=[ '])")


def as_called(text: str) -> str:
    """A text for that person: commands in it, quoted or behind a colon, begin with the name they typed.
    Where there is no tasks.py, `invoke` would not work."""
    if Path(sys.argv[0]).stem != "shadowreport":
        return text
    return _NAME.sub("shadowreport", text)
