"""Plain text as the Markdown of a section: escaped, never read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shadowreport.source.typed.lines import DRAWN

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
_ALWAYS = frozenset("\\`*_[]{}<>@^~$#|")
_LINE_START = re.compile(
    rf"^(?=[{DRAWN}][ \t])|"
    r"^(?=(?:[-+:>](?:\s|:|$)|\(?(?:\d{1,9}|[A-Za-z]{1,4})[.)](?:\s|$)|:::|\{[#.]|%|-[-\s]*$|=+\s*$))"
)
_READ = re.compile(
    r"&(?=#?\w+;)|:(?=::)|=(?==)|\+(?=\+)"
)  # as an entity, a box, marks of an editor


def escape(text: str) -> str:
    """A plain text as Markdown that reads as the same text."""
    text = "".join(_WRITTEN.get(mark, "\\" + mark if mark in _ALWAYS else mark) for mark in text)
    return _READ.sub(lambda match: "\\" + match[0], text)


def guard_start(text: str) -> str:
    """A text whose first characters cannot be read as a list, a heading or a fence."""
    match = _LINE_START.match(text)
    if not match:
        return text
    at = re.match(r"\(?(?:\d+|[A-Za-z]+)(?=[.)])", text)
    return f"{text[: at.end()]}\\{text[at.end() :]}" if at else "\\" + text


# What smart punctuation would change on reading, what would be a citation (not a mail address), the
# edge of a box, braces and marks of an editor.
_READ_ANEW = re.compile(r"\"|'|\.{3,}|-{2,}|:{3,}|={2,}|\+{2,}|[{}]|\\(?=\w)|(?<![^\W_])@")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


def as_it_is(word: str, *, every: bool = False) -> Iterator[tuple[str, str]]:
    """A word in pieces that are to be printed as they stand: plain text, and the signs behind it with
    a backslash each. pandoc's writer escapes the rest, or `every` sign is escaped here."""
    at = 0
    for match in (_PUNCTUATION if every else _READ_ANEW).finditer(word):
        yield word[at : match.start()], "".join(f"\\{sign}" for sign in match[0])
        at = match.end()
    yield word[at:], ""
