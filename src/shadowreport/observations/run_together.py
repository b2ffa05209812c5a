"""Texts whose lines were put together: a page of a blog where all paragraphs stand in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from shadowreport.observations.block import Block
from shadowreport.observations.lines import NUMBER

_FEW = 3  # numbers that follow each other in one text; fewer may be a list in it
_FIRST = re.compile(NUMBER)
_HEADING = re.compile(
    r"(?<=[.;:!?)»”])\s+(?P<said>(?:(?:[A-ZА-Я]|[IVX]{1,4})\.\s*)?[^.;:!?]{3,200})\s*$"
)


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
        heading = _HEADING.search(text) if text is not before[-1] else None
        said = (text[: heading.start()], heading["said"]) if heading else (text,)
        yield from (replace(block, text=part.strip()) for part in said if part.strip())


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
