"""Checks of tables: captions that lost their colon, words that their columns have no room for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from shadowreport.checks.prose import body
from shadowreport.core.ast import plain
from shadowreport.core.column_widths import WIDE, columns_of
from shadowreport.core.frames import framed_tables
from shadowreport.core.phrases import one_of
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Block, Paragraph, Report, Section
from shadowreport.core.style import Style

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*-?")

_MOST_LETTERS = 300  # of a caption
_LOST_HINT = (
    "begin the caption with a colon, directly below the table, and leave its number out: "
    ": Schools by language {#tbl-schools}"
)


def lost_captions(report: Report) -> Iterator[Diagnostic]:
    """A caption without its colon is printed as a paragraph with a number, and a table that has an id
    and no caption gets none."""
    name = one_of(*(item.list("import", "table") for item in report.speech.languages()))
    typed = re.compile(rf"\s*{name}\s*(?:[№#]|n[°ºo]\.?)?\s*[\dIVX]{{1,4}}\b", re.IGNORECASE)
    first = re.compile(rf"\s*\d{{1,3}}\s*-\s*{name}", re.IGNORECASE)  # 1-кесте
    for section in report.sections:
        for item, before in zip(section.items, (None, *section.items), strict=False):
            if not isinstance(item, Paragraph):
                continue
            text = plain(item.blocks[0]["c"]) if item.blocks[0]["t"] == "Para" else ""
            above = isinstance(before, Paragraph) and _bare(before.blocks[-1])
            below = len(item.blocks) > 1 and _bare(item.blocks[1])
            said = len(text) < _MOST_LETTERS and (typed.match(text) or first.match(text))
            if said and (above or below):
                message = "this caption of a table is printed as a paragraph with a number"
                yield Diagnostic("lost-caption", item.place, message, _LOST_HINT)
            for block in item.blocks:
                if block["t"] == "Table" and _bare(block) and block["c"][0][0]:
                    message = f"the table '{block['c'][0][0]}' has an id and no caption, so it gets no number"
                    yield Diagnostic("lost-caption", item.place, message, _LOST_HINT)


def _bare(block: Block) -> bool:
    """Whether a block is a table without a caption."""
    return block["t"] == "Table" and not block["c"][1][1]


def wide_words(report: Report) -> Iterator[Diagnostic]:
    """Words that are broken in a table, however small its letters are. Addresses may be broken."""
    for section in report.sections:
        yield from _in_section(section, report.style)


def _in_section(section: Section, style: Style) -> Iterator[Diagnostic]:
    passage = body(section)
    starts = list(accumulate((len(line) + 1 for line in section.source.split("\n")), initial=0))
    for block, item, beside in framed_tables(section):
        start = starts[item.place.line - section.source_line]
        wide = WIDE in block["c"][0][1] or beside  # what stands in something has no page across
        advice = "" if wide else "; {.wide} in its caption gives it a page across"
        hint = f"give the table fewer columns, or write another word{advice}"
        laid = columns_of(_usual(block["c"]) if beside else block["c"], style, beside)
        words = dict.fromkeys(word.strip(".,;:()[]«»“”\"'") for word, _ in laid.too_wide)
        for word in filter(_WORD.fullmatch, words):
            at = max(section.source.find(word, start), 0)
            message = f"'{word}' is wider than its column in the table, and is broken"
            yield passage.problem("word-too-wide", at, message, hint)


def _usual(table: Sequence[Any]) -> list[Any]:
    """A table as it stands in a list or a box, without its class."""
    (name, _, pairs), *rest = table
    return [[name, [], pairs], *rest]
