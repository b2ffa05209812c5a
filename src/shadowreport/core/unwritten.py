"""What nobody has written yet: a text that begins with TODO, as those of a new report do."""

from __future__ import annotations

import re
from typing import Any

from shadowreport.core.ast import plain

TODO = "TODO"  # stands for what is to be filled in; `invoke check` lists each
_MARK = rf"(?:{TODO}|FIXME|TBC|TBD|XXX)(?!\w)"
_BEGINS = re.compile(rf"[\W_]*{_MARK}")
_HOLDS = re.compile(rf"(?<!\w){_MARK}")


def is_unwritten(blocks: list[dict[str, Any]]) -> bool:
    """Whether a paragraph only holds the place of what is to be written: it answers nothing."""
    return holds_place(plain(blocks))


def holds_place(text: str) -> bool:
    """Whether a text only holds the place of what is to be written."""
    return bool(_BEGINS.match(text))


def has_gap(text: str) -> bool:
    """Whether something in a sentence is still to be filled in."""
    return bool(_HOLDS.search(text))
