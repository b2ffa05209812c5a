"""Texts whose lines were put together: a page of a blog where all paragraphs stand in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from shadowreport.observations.block import Block
from shadowreport.observations.lines import NUMBER

_FEW = 3  # numbers that follow each other in one text; fewer may be a list in it
_FIRST = re.compile(NUMBER)
_MARK = r"(?:[A-ZА-Я]|[IVX]{1,4})\.\s+"  # C. Concerns and recommendations
_SAID = r"[^.;:!?()\d][^.;:!?()]{2,120}(?:\([^()]{1,60}\))?"  # Equality (arts. 1-4)
_HEADINGS = re.compile(
    rf"(?:^|(?<=[.;:!?)»”*]))\s*(?P<said>(?:{_MARK}{_SAID}\s*)*(?:{_SAID})?)\s*$"
)
_NOTE = re.compile(r"\s(?=\*{1,3}\s+[^\W\d_])")  # * Adopted by the Committee
_EACH = re.compile(rf"{_MARK}{_SAID}|{_SAID}")


def apart(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with those that hold several numbered paragraphs parted at their numbers, and the heading
    before a number by itself."""
    return [part for block in blocks for part in _parts(block)]


def _parts(block: Block) -> Iterator[Block]:
    starts = [] if block.table else list(_starts(block.text))
    if len(starts) < _FEW:
        yield block
        return
    ends = [*starts[1:], len(block.text)]
    before = [
        block.text[: starts[0]],
        *(block.text[a:b] for a, b in zip(starts, ends, strict=True)),
    ]
    for text in before:
        said = _with_headings(text) if text is not before[-1] else _NOTE.split(text)
        yield from (replace(block, text=part.strip()) for part in said if part.strip())


def _with_headings(text: str) -> list[str]:
    """A text, and the headings at its end, which belong to the number behind it."""
    found = _HEADINGS.search(text)
    if not found:
        return [text]
    return [text[: found.start()], *(match[0] for match in _EACH.finditer(found["said"]))]


def _starts(text: str) -> Iterator[int]:
    """Where the numbers stand that follow each other, the first one too."""
    first = _FIRST.match(text)
    number = int(first["number"]) if first else 1
    place = 0
    while True:
        pattern = rf"(?<![^\s]){number}\.\s?(?=[^\W\d_a-zа-я])"
        match = re.compile(pattern).search(text, place)
        if not match:
            return
        yield match.start()
        number, place = number + 1, match.end()
