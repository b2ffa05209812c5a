"""What is left in a file where two versions could not be put together: by git, or by `invoke merge`."""

from __future__ import annotations

import re

from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place

TWO_TEXTS = "Conflict:"  # how the note begins in which `invoke merge` keeps the other text
_BEGINS = re.compile(r"^<{7}(?: .*)?$", re.MULTILINE)
_OTHERS = re.compile(r"^(?:\|{7}|>{7})(?: .*)?$", re.MULTILINE)  # ======= alone may be honest


def conflicts(text: str, file: str, first_line: int = 1) -> list[Diagnostic]:
    """Each conflict that was not settled, or what is left of one."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text and "|||||||" not in text:
        return []
    found = list(_BEGINS.finditer(text)) or list(_OTHERS.finditer(text))
    message = "git could not put two versions together here"
    hint = (
        "keep one of the two texts, or both, and delete the lines that begin with "
        "<<<<<<<, =======, >>>>>>>"
    )
    lines = (first_line + text.count("\n", 0, match.start()) for match in found)
    return [Diagnostic("conflict-mark", Place(file, line), message, hint) for line in lines]
