"""Reports of the Working Group on the Universal Periodic Review, and the addenda to them: recommendations with
numbers of their own (140.7), or in a list 1, 2, 3 below a paragraph (then 86.1, 86.2), the States that made
them, and the response that the paragraph above them tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place
from shadowreport.observations.block import Block
from shadowreport.observations.demands import clean
from shadowreport.observations.fields import Fields
from shadowreport.observations.front import Front
from shadowreport.observations.index import Document, Entry, ordered, without_states
from shadowreport.observations.lines import ENDED
from shadowreport.observations.words import Words

_UPR = "UPR"
_OWN = re.compile(
    r"(?:^|(?<=[;.:)])\s+|(?<=[;)]))(?P<number>[1-9]\d{0,2}\.\d{1,3})\.?\s+(?=[^\W\d_]|\()"
)
_PARAGRAPH = re.compile(r"(?P<number>\d{1,3})\.\s*(?=[^\W\d_(])")
_ITEM = re.compile(r"(?P<number>\d{1,3})(?:(?P<stop>\.)\s*|\s+)(?=[^\W\d_]|\()")
_PART = re.compile(r"[IVX]{1,4}\.\s")  # the heading of a part
_LOST = 10  # numbers of paragraphs that may be missing at one place
_SKIPPED = 3  # numbers that may be missing at one place of a list
_WHOLE = re.compile(r"\)[\s.;*]*$")  # it ends with the States that made it


@dataclass(frozen=True, slots=True)
class _Said:
    number: str
    text: str
    response: str
    place: Place


@dataclass(slots=True)
class Review:
    """What a report of the review recommends, and what is to be looked at."""

    document: Document
    diagnostics: list[Diagnostic] = field(default_factory=list)


def review(blocks: Sequence[Block], front: Front, words: Words, fields: Fields) -> Review | None:
    """The recommendations of a report of the review; None for another document, and for one without any."""
    if front.committee != _UPR:
        return None
    document = Document(_UPR, front.symbol, front.year, front.published, front.state, front.session)
    found = list(_recommendations(blocks, fields)) or list(_listed(blocks, words, fields))
    for said in found:
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
    return Review(ordered(document), list(_gaps(found))) if found else None


def _gaps(found: Iterable[_Said]) -> Iterator[Diagnostic]:
    """Numbers that are missing among those below one paragraph."""
    before: dict[str, int] = {}
    for said in found:
        paragraph, _, number = said.number.partition(".")
        last = before.get(paragraph, 0) + 1
        if last < int(number):
            lost = " to ".join(
                dict.fromkeys((f"{paragraph}.{last}", f"{paragraph}.{int(number) - 1}"))
            )
            message = f"recommendation {lost} is missing before this place"
            hint = "look for it in the document; --force takes what was found"
            yield Diagnostic("observations-gap", said.place, message, hint)
        before[paragraph] = max(before.get(paragraph, 0), int(number))


def _recommendations(blocks: Sequence[Block], fields: Fields) -> Iterator[_Said]:
    """Each with what the paragraph above it says of the State's response."""
    response = above = ""
    open_one: _Said | None = None
    for block in blocks:
        starts = list(_OWN.finditer(block.text))
        before = block.text[: starts[0].start()] if starts else block.text
        if _PARAGRAPH.match(block.text) and (not starts or starts[0].start() > 0):
            if open_one:
                yield open_one
            open_one, above = None, before
            response = fields.position(above)
        elif above and not open_one and not starts:  # its lines stand as far apart as paragraphs
            above = f"{above} {before}"
            response = fields.position(above)
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


@dataclass(slots=True)
class _List:
    """A list 1, 2, 3 that stands, or may stand, below a paragraph."""

    paragraph: int = 0
    above: str = ""  # what the paragraph says
    open: bool = False  # whether it is one of recommendations
    items: int = 0

    def number(self, text: str) -> int:
        """The number of the item that begins with a text, or 0. A list begins with 1 and a full stop; then one may be
        forgotten, or a number. The next paragraph may have the number of an item, but names no States."""
        match = _ITEM.match(text) if self.open else None
        number = int(match["number"]) if match and (match["stop"] or self.items) else 0
        if number not in range(self.items + 1, self.items + 1 + (_SKIPPED if self.items else 1)):
            return 0
        follows = number == self.items + 1
        if number == self.paragraph + 1:
            return number if follows and without_states(text)[1] else 0
        return number if follows or number > self.paragraph else 0

    def goes_on(self, number: int) -> bool:
        """Whether a number is that of a later paragraph."""
        return self.paragraph < number <= self.paragraph + _LOST


def _listed(blocks: Sequence[Block], words: Words, fields: Fields) -> Iterator[_Said]:
    """Recommendations that are numbered anew below a paragraph, as in the first years of the review."""
    at, last, part = _List(), None, False
    for block in blocks:
        number = at.number(block.text)
        match = None if number else _PARAGRAPH.match(block.text)
        heading = block.heading or bool(_PART.match(block.text))
        if number or match or heading:
            yield from filter(None, [last])
            last = None
        if number:
            at.items = number
            text = _ITEM.sub("", block.text, count=1)
            response = fields.position(at.above)
            last = _Said(f"{at.paragraph}.{number}", text, response, block.place)
        elif match and at.goes_on(int(match["number"])):
            speaks = part or bool(words.finds("recommendations", block.text))
            at = _List(int(match["number"]), block.text, speaks)
        elif heading:
            part, at.open = bool(words.finds("recommendations", block.text)), False
        elif last and not _WHOLE.search(last.text):
            last = _Said(last.number, f"{last.text} {block.text}", last.response, last.place)
        elif at.items == 0 and not match and not ENDED.search(at.above):
            at.above += f" {block.text}"  # it went on over the end of a page
        elif at.items == 0 and not match:
            at.open = False  # something else stands below the paragraph
    yield from filter(None, [last])
