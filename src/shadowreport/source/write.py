"""Plain text as the Markdown of a section: escaped, a sentence a line, never read as markup."""

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
_SENTENCE = re.compile(
    r"(?<=[a-zа-яё0-9)\]%*\"][.!?])(?P<close>[\"')\]]*)[ ](?=[\"'(\[]*[A-ZА-ЯЁ])"
)
_ABBREVIATED = re.compile(
    r"\b(?:No|Nos|art|arts|para|paras|Art|Mr|Mrs|Ms|Dr|St|vol|pp|p|cf|e\.g|i\.e|etc)\.$"
)


def escape(text: str) -> str:
    """A plain text as Markdown that reads as the same text."""
    text = "".join(_WRITTEN.get(mark, "\\" + mark if mark in _ALWAYS else mark) for mark in text)
    return _ENTITY.sub(r"\\&", text)


def one_sentence_a_line(text: str) -> str:
    """A line break after each sentence, where a space stands."""

    def cut(match: re.Match[str]) -> str:
        before = text[: match.start()]
        return match[0] if _ABBREVIATED.search(before) else match["close"] + "\n"

    return _SENTENCE.sub(cut, text)


def guard_start(text: str) -> str:
    """A text whose first characters cannot be read as a list, a heading or a fence."""
    match = _LINE_START.match(text)
    if not match:
        return text
    at = re.match(r"\(?(?:\d+|[A-Za-z]+)(?=[.)])", text)
    return f"{text[: at.end()]}\\{text[at.end() :]}" if at else "\\" + text
