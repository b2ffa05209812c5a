"""Checks of tables: words that their columns have no room for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from shadowreport.checks.prose import body
from shadowreport.core.ast import walk
from shadowreport.core.column_widths import WIDE, columns_of
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report, Section
from shadowreport.core.style import Style

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*-?")


def wide_words(report: Report) -> Iterator[Diagnostic]:
    """Words that are broken in a table, however small its letters are. Addresses may be broken."""
    for section in report.sections:
        yield from _in_section(section, report.style)


def _in_section(section: Section, style: Style) -> Iterator[Diagnostic]:
    passage = body(section)
    starts = list(accumulate((len(line) + 1 for line in section.source.split("\n")), initial=0))
    for paragraph in section.paragraphs():
        start = starts[paragraph.place.line - section.source_line]
        for block in walk(paragraph.blocks):
            if block["t"] != "Table":
                continue
            advice = (
                ""
                if WIDE in block["c"][0][1]
                else "; {.wide} in its caption gives it a page across"
            )
            hint = f"give the table fewer columns, or write another word{advice}"
            words = dict.fromkeys(
                word.strip(".,;:()[]«»“”\"'") for word, _ in columns_of(block["c"], style).too_wide
            )
            for word in filter(_WORD.fullmatch, words):
                at = max(section.source.find(word, start), 0)
                message = f"'{word}' is wider than its column in the table, and is broken"
                yield passage.problem("word-too-wide", at, message, hint)
