"""Texts of Chinese, in which no space stands between words or sentences.

Authors type a sentence a line, and the end of a line is no space there. Beside a sign as wide as a
Chinese one no space is wanted either: the sign brings its own.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from shadowreport.core.ast import plain
from shadowreport.core.spacing import is_wide

_KEPT = re.compile(r"(\S)\u00a0(?=(\S))")
_SPACES = ("Space", "SoftBreak")


def close_up(value: Any) -> None:
    """Takes the spaces between wide signs out of blocks or inlines, in place."""
    if isinstance(value, dict):
        if value.get("t") == "Str":
            value["c"] = _KEPT.sub(_closed, value["c"])
        close_up(value.get("c"))
    elif isinstance(value, list):
        wanted = [not _closes(value, index) for index in range(len(value))]
        value[:] = [item for item, kept in zip(value, wanted, strict=True) if kept]
        for item in value:
            close_up(item)


def _closed(match: re.Match[str]) -> str:
    """A space that is not to be broken, with the signs beside it: without it between wide ones."""
    return match[1] if is_wide(match[1]) and is_wide(match[2]) else match[0]


def _closes(row: list[Any], at: int) -> bool:
    if not isinstance(row[at], dict) or row[at].get("t") not in _SPACES:
        return False
    before, after = _beside(reversed(row[:at]), -1), _beside(row[at + 1 :], 0)
    mark = any(unicodedata.category(sign)[0] == "P" for sign in (before, after) if is_wide(sign))
    return (is_wide(before) and is_wide(after)) or mark


def _beside(items: Any, nth: int) -> str:
    """The nearest sign of a text, whatever notes stand between."""
    texts = (plain([item]) for item in items if item.get("t") not in ("Note", "Cite"))
    return next((text[nth] for text in texts if text), "")
