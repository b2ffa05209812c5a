"""Spaces at which no line may break: before the high signs of French, and between a number and what it belongs to.

Authors type ordinary spaces; which of them are kept whole is said by the file of a language.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_NARROW, _WHOLE = "\u202f", "\u00a0"
_OTHER = "\ufffc"  # stands for what is no text
_CAPITAL = "[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]"

Rules = tuple[tuple[re.Pattern[str], str], ...]


def rules(signs: list[str], before: list[str], behind: list[str]) -> Rules:
    """Which spaces are kept whole: before `signs`, between the words `before` a number and the number,
    between a number and the words `behind` it; and with `before` that behind an initial."""
    found: list[tuple[str, str]] = []
    if signs:
        found.append((rf"(?<=\S)[ \u00a0](?=[{re.escape(''.join(signs))}](?!\w))", _NARROW))
    if before:
        found.append((rf"(?<!\w)({_any(before)}) (?=\d)", rf"\1{_WHOLE}"))
        found.append((rf"(?<!\w)({_CAPITAL}\.) (?={_CAPITAL})", rf"\1{_WHOLE}"))
    if behind:
        found.append((rf"(?<=\d) (?=(?:{_any(behind)})(?!\w))", _WHOLE))
    return tuple((re.compile(pattern), new) for pattern, new in found)


def is_wide(sign: str) -> bool:
    """Whether a sign is as wide as a Chinese one (Unicode Standard Annex 11); quotation marks are in
    a Chinese text."""
    return bool(sign) and (unicodedata.east_asian_width(sign) in "WF" or sign in "“”‘’")


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def spaced(text: str, kept: Rules) -> str:
    """A plain text with its spaces kept whole; as long as it was."""
    for pattern, new in kept:
        text = pattern.sub(new, text)
    return text


def keep_whole(value: Any, kept: Rules) -> None:
    """The same for all texts of blocks or inlines, in place."""
    if isinstance(value, dict):
        keep_whole(value.get("c"), kept)
    elif isinstance(value, list):
        texts = [_text(item) for item in value]
        new, at = spaced("".join(texts), kept), 0
        for index, text in enumerate(texts):
            if text != _OTHER and new[at : at + len(text)] != text:
                value[index] = {"t": "Str", "c": new[at : at + len(text)]}
            elif text == _OTHER:
                keep_whole(value[index], kept)
            at += len(text)


def _text(item: Any) -> str:
    kind = item.get("t") if isinstance(item, dict) else ""
    return item["c"] if kind == "Str" else " " if kind in ("Space", "SoftBreak") else _OTHER
