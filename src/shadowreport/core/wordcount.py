"""Counts words as a secretariat would: what a reader sees, footnotes and boxes included."""

from __future__ import annotations

import re
from typing import Any

from shadowreport.core.ast import plain
from shadowreport.core.report import Box, Heading, Item, Paragraph, Report, Section

WORDS_PER_PAGE = 480  # of an A4 page in 12 points with single line spacing; an estimate

# Unicode's text segmentation (UAX 29) takes each sign of these scripts, which part no words, for one
_SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_SIGNS}]|[^\W{_SIGNS}]+(?:[’'./,:–-][^\W{_SIGNS}]+)*")


def words_in(text: str) -> int:
    """The number of words of a text; '41,000', 'CERD/C/KAZ/8-10', 'asylum-seeker' and each Chinese character
    are one."""
    return len(_WORD.findall(text))


def section_words(section: Section) -> int:
    """The words of a section: title, text, boxes and footnotes, but not the generated table."""
    return words_in(section.title) + sum(
        words_in(plain(content(item), notes=True)) for item in section.items
    )


def report_words(report: Report) -> int:
    """The words of all sections; cover, contents and annexes are not counted."""
    return sum(map(section_words, report.sections))


def content(item: Item) -> Any:
    """What of an item is printed, as elements."""
    if isinstance(item, Heading):
        return item.inlines
    if isinstance(item, Paragraph):
        return item.blocks
    if isinstance(item, Box):
        return [block for own in item.recommendations for block in own.blocks]
    return []
