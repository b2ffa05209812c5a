"""Differences of texts by words, and the merging of two sides that changed one text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from shadowreport.compare.text import BREAK, NOTE, PICTURE

_TOKEN = re.compile(rf"\w+|[{NOTE}{PICTURE}{BREAK}]|\s|[^\w\s]")
_SOURCE_TOKEN = re.compile(r"\w+|\s+|\[?@[\w-]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `old_start` to `old_end` became `new_start` to `new_end`."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def tokens(text: str) -> list[str]:
    """Words, spaces, marks: what is compared as one."""
    return _TOKEN.findall(text)


def likeness(old: str, new: str) -> float:
    """How alike two texts are, from 0 to 1, by their words."""
    one, other = old.split(), new.split()
    if not one or not other:
        return 1.0 if one == other else 0.0
    if len(one) < 4 or len(other) < 4:
        return SequenceMatcher(None, old, new, autojunk=False).ratio()
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() > 0.2 else 0.0


def differences(
    old: Sequence[str],
    new: Sequence[str],
    old_keys: Sequence[str] | None = None,
    new_keys: Sequence[str] | None = None,
) -> list[Span]:
    """What changed between two rows of tokens, in characters; `keys` say which tokens are equal."""
    old_at, new_at = _offsets(old), _offsets(new)
    matcher = SequenceMatcher(None, old_keys or old, new_keys or new, autojunk=False)
    return [
        Span(old_at[a], old_at[b], new_at[c], new_at[d])
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]


def _offsets(row: Sequence[str]) -> list[int]:
    found = [0]
    for token in row:
        found.append(found[-1] + len(token))
    return found


def merge(base: str, ours: str, theirs: str) -> str | None:
    """The text with the changes of both sides; None where both changed the same words."""
    if ours in (base, theirs):
        return theirs
    if theirs == base:
        return ours
    words = _SOURCE_TOKEN.findall(base)
    mine = differences(words, _SOURCE_TOKEN.findall(ours))
    other = differences(words, _SOURCE_TOKEN.findall(theirs))
    edits = {(span.old_start, span.old_end, ours[span.new_start : span.new_end]) for span in mine}
    edits |= {
        (span.old_start, span.old_end, theirs[span.new_start : span.new_end]) for span in other
    }
    row = sorted(edits)
    for before, after in pairwise(row):
        if after[0] < before[1] or (after[0] == before[0] and before[1] == before[0]):
            return None
    return splice(base, row)


def splice(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    """A text in which spans that do not overlap have been replaced, in order."""
    parts: list[str] = []
    at = 0
    for start, end, new in edits:
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])
