"""Plain text as the Markdown of a section: escaped, never read as markup."""

from __future__ import annotations

import re

_WRITTEN = {
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "–": "--",
    "—": "---",
    "…": "...",
    "\t": " ",
    "\u202f": "\u00a0",
    "\u00ad": "",
}
_ALWAYS = frozenset("\\`*_[]<>@^~$#|")
_LINE_START = re.compile(
    r"^(?=(?:[-+:>](?:\s|:|$)|\(?(?:\d{1,9}|[A-Za-z]{1,4})[.)](?:\s|$)|:::|\{[#.]|%))"
)
_ENTITY = re.compile(r"&(?=#?\w+;)")


def escape(text: str) -> str:
    """A plain text as Markdown that reads as the same text."""
    text = "".join(_WRITTEN.get(mark, "\\" + mark if mark in _ALWAYS else mark) for mark in text)
    return _ENTITY.sub(r"\\&", text)


def guard_start(text: str) -> str:
    """A text whose first characters cannot be read as a list, a heading or a fence."""
    match = _LINE_START.match(text)
    if not match:
        return text
    at = re.match(r"\(?(?:\d+|[A-Za-z]+)(?=[.)])", text)
    return f"{text[: at.end()]}\\{text[at.end() :]}" if at else "\\" + text
