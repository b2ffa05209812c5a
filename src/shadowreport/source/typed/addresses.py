"""Bare addresses that hold signs of markup: every sign of an address belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shadowreport.source.typed.lines import GRID, Edit, Leaf

_CANDIDATE = re.compile(r"https?://[^\s<>\"“”«»„|`\\\x00]+")
_MARKUP = re.compile(r"[*~^]|_(?!\w)|(?<!\w)_")
_BEHIND = ".,;:!?'’"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_NOT_BARE = re.compile(r"(?:\]\(\s*<?|<|\]:\s*)\Z")


def whole(text: str, at: int, end: int) -> str:
    """The address that begins at a place, if it holds signs of markup; else an empty text. What
    stands behind it in the sentence, and closes what was opened before it, does not belong to it."""
    match = _CANDIDATE.match(text, at, end)
    found = match[0] if match else ""
    opened = text[at - 1 : at] if at else ""
    while found:
        last = found[-1]
        unopened = last in _PAIRS and found.count(last) > found.count(_PAIRS[last])
        emphasis = last in "*_~^" and (found.count(last) % 2 == 1 or last == opened)
        if last not in _BEHIND and not unopened and not emphasis:
            break
        found = found[:-1]
    return found if _MARKUP.search(found) else ""


def edits(leaf: Leaf, body: str) -> Iterator[Edit]:
    """What pandoc is given so that it takes such an address whole: brackets around it."""
    text = leaf.text
    for match in re.finditer(r"https?://", text):
        address = whole(text, match.start(), len(text))
        place = leaf.at(match.start())
        if address and not _NOT_BARE.search(text, 0, match.start()) and not _is_drawn(body, place):
            yield Edit(place, place, "<")
            yield Edit(place + len(address), place + len(address), ">")


def _is_drawn(body: str, place: int) -> bool:
    """Whether a place lies in a table drawn with lines, whose columns must not move."""
    above = body[: body.rfind("\n", 0, place) + 1].split("\n")[::-1][1:]
    for line in above:
        if GRID.match(line):
            return True
        if not line.lstrip().startswith("|"):
            return False
    return False
