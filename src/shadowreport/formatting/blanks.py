"""Blank lines: one where they belong, none where they do not, never two."""

from __future__ import annotations

import re
from collections.abc import Iterable

from shadowreport.formatting.page import Row

# behind these the edge of a box is read only below a blank line
_NEEDS_END = re.compile(r"[ \t]*[-*+>|:(\d ]")


def spaced(rows: Iterable[Row]) -> str:
    """The text of some lines with the blank lines that belong between them."""
    lines: list[str] = []
    above = Row("", "start")
    blank = False
    for row in rows:
        if row.kind == "blank":
            blank = True
            continue
        if above.kind != "start" and _parted(above, row, blank):
            lines.append("")
        lines.append(row.text)
        above, blank = row, False
    return "\n".join(lines) + "\n" if lines else ""


def _parted(above: Row, below: Row, typed: bool) -> bool:
    """Whether a blank line stands between two lines; `typed`: where it does now."""
    if "kept" in (above.kind, below.kind) and {"open", "close"} & {above.kind, below.kind}:
        return typed  # inside of a note
    if above.kind == "open":
        return False
    if below.kind == "close":
        return bool(_NEEDS_END.match(above.text))
    if "heading" in (above.kind, below.kind) or above.kind == "close" or below.kind == "open":
        return True
    return typed
