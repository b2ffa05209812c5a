"""Marks of footnotes that a copy left in the text, as figures behind words: "in Geneva,1 it urged"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from shadowreport.observations.block import Block

# behind a sign, but not behind an abbreviation as in "art.1"; behind a year and a sign; or behind a word
_STRAY = re.compile(
    r"(?:[^\W\d_]{3}[,;:)”’»]|[^\W\d_]{5}(?<!paras)\.”?|\b(?:19|20)\d\d[.,;]|[^\W\d_A-Z]{4})(?P<mark>\d{1,2})(?![\w/.-]*\w)"
)
_FEW = 2  # marks that are a sequence; one figure alone may be anything


def without_marks(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without the marks that count 1, 2, 3 through the document; other figures stay."""
    places = [
        (at, match) for at, block in enumerate(blocks) for match in _STRAY.finditer(block.text)
    ]
    marks: list[tuple[int, re.Match[str]]] = []
    for at, match in places:
        if int(match["mark"]) == len(marks) + 1:
            marks.append((at, match))
    found = list(blocks)
    if len(marks) < _FEW:
        return found
    for at, match in reversed(marks):
        text = found[at].text
        found[at] = replace(found[at], text=text[: match.start("mark")] + text[match.end("mark") :])
    return found
