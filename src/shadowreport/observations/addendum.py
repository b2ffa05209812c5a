"""Addenda to reports of the Universal Periodic Review: which recommendations a State supports, and which it
notes, by their numbers; the recommendations themselves stand in the report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from shadowreport.core.report import Place
from shadowreport.observations.block import Block
from shadowreport.observations.fields import Fields

_OF = re.compile(r"/Add\.\d+$")
_NUMBER = r"[1-9]\d{0,2}\.\d{1,3}"
_RANGE = re.compile(
    rf"(?<![\d./])({_NUMBER})(?:\s*(?:-|–|[^\W\d_]{{1,7}})\s*({_NUMBER}))?(?![\d/])"
)
_JOINED = re.compile(r"(?i)(?:[-–]|to|through|à|a|по|до)\s*$")
_QUOTED = re.compile(rf"{_NUMBER}\.?\s+[A-ZА-ЯÀ-Ý«“\"]")  # a recommendation as the report has it
_SENTENCE = re.compile(r"(?<=[^\d\s][.;])\s+|(?<=\d\.)\s+(?=[A-ZА-ЯÀ-Ý])")


@dataclass(slots=True)
class Answers:
    """The response to each number, with its place; what names numbers and no single response."""

    responses: dict[str, tuple[str, Place]] = field(default_factory=dict)
    left: list[tuple[Block, str]] = field(default_factory=list)


def report_of(symbol: str) -> str:
    """The symbol of the report to which an addendum belongs; empty for what is no addendum."""
    return _OF.sub("", symbol) if _OF.search(symbol) else ""


def answers(blocks: Sequence[Block], fields: Fields) -> Answers:
    """What an addendum answers: a sentence that names numbers says it, or the words that lead to them ("...
    are noted:"), or, where a recommendation is quoted, what stands behind its States or below it."""
    found, above, asked = Answers(), "", _Asked()
    for block in blocks:
        quoted = bool(_QUOTED.match(block.text))
        for sentence in [block.text] if quoted else _SENTENCE.split(block.text):
            numbers = list(_numbers(sentence))
            said = fields.positions(sentence.rpartition(")")[2] if quoted else sentence)
            leads = block.heading or sentence.rstrip().endswith(":")
            if numbers:
                asked.leave(found)
                asked = _Asked(block, numbers[:1] if quoted else numbers, said or [above])
            elif leads:
                above = said[0] if len(said) == 1 else ""
            elif asked.said == [""] and said:
                asked.said = said
    asked.leave(found)
    return found


@dataclass(slots=True)
class _Asked:
    """Numbers that were named last, and what was said of them until now."""

    block: Block | None = None
    numbers: Sequence[str] = ()
    said: Sequence[str] = ()

    def leave(self, found: Answers) -> None:
        """No more is said of them."""
        if self.block and len(self.said) == 1 and self.said[0]:
            answer = (self.said[0], self.block.place)
            found.responses |= dict.fromkeys(self.numbers, answer)
        elif self.block:
            found.left.append((self.block, "numbers without a single response"))


def _numbers(text: str) -> Iterator[str]:
    """The numbers that a text names, those of a range too."""
    for match in _RANGE.finditer(text):
        first, last = match[1], match[2]
        yield first
        if not last:
            continue
        (paragraph, start), (other, end) = (item.split(".") for item in (first, last))
        if paragraph == other and _JOINED.search(text[: match.start(2)]):
            yield from (f"{paragraph}.{number}" for number in range(int(start) + 1, int(end)))
        yield last
