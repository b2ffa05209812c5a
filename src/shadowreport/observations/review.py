"""Reports of the Working Group on the Universal Periodic Review, and the addenda to them: recommendations with
numbers of their own (140.7), the States that made them, and the response that the paragraph above tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shadowreport.core.report import Place
from shadowreport.observations.block import Block
from shadowreport.observations.demands import clean
from shadowreport.observations.fields import Fields
from shadowreport.observations.front import Front
from shadowreport.observations.index import Document, Entry, ordered, without_states
from shadowreport.observations.words import Words

_UPR = "UPR"
_OWN = re.compile(r"(?:^|(?<=[;.:)])\s+)(?P<number>\d{1,3}\.\d{1,3})\.?\s+(?=[^\W\d_])")
_PARAGRAPH = re.compile(r"\d{1,3}\.\s*(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class _Said:
    number: str
    text: str
    response: str
    place: Place


def review(blocks: Sequence[Block], front: Front, words: Words, fields: Fields) -> Document | None:
    """The recommendations of a report of the review; None for another document, and for one without any."""
    if front.committee != _UPR:
        return None
    document = Document(_UPR, front.symbol, front.year, front.published, front.state, front.session)
    for said in _recommendations(blocks, fields):
        text, states = without_states(said.text)
        entry = Entry(
            said.number,
            {words.language.code: clean(text)},
            said.place,
            said.number,
            by=tuple(states),
            response=said.response,
        )
        document.by_key.setdefault((entry.key, False), []).append(entry)
    return ordered(document) if document.by_key else None


def _recommendations(blocks: Sequence[Block], fields: Fields) -> Iterator[_Said]:
    """Each with what the paragraph above it says of the State's response."""
    response = ""
    open_one: _Said | None = None
    for block in blocks:
        starts = list(_OWN.finditer(block.text))
        before = block.text[: starts[0].start()] if starts else block.text
        if _PARAGRAPH.match(block.text) and (not starts or starts[0].start() > 0):
            if open_one:
                yield open_one
            open_one, response = None, fields.position(before)
        elif open_one and not block.heading and before.strip():  # it goes on
            open_one = _Said(
                open_one.number, f"{open_one.text} {before}", open_one.response, open_one.place
            )
        ends = [*(item.start() for item in starts[1:]), None]
        for start, end in zip(starts, ends, strict=False):
            if open_one:
                yield open_one
            text = block.text[start.end() : end]
            open_one = _Said(start["number"], text, response, block.place)
    if open_one:
        yield open_one
