"""What in a report is confidential."""

from __future__ import annotations

from shadowreport.core.ast import walk
from shadowreport.core.report import Box, Item, Paragraph, Recommendation, Section
from shadowreport.core.rows import held_rows


def holds(section: Section) -> bool:
    """Whether anything in a section is confidential."""
    return section.withheld or any(map(_holds, section.items))


def _holds(item: Item | Recommendation) -> bool:
    if isinstance(item, Box):
        return any(map(_holds, item.recommendations))
    return holds_some(item) if isinstance(item, Paragraph | Recommendation) else item.withheld


def holds_some(item: Paragraph | Recommendation) -> bool:
    """Whether something in a paragraph or a recommendation is confidential: blocks, rows of a table."""
    return bool(item.withheld) or any(held_rows(item.blocks))


def holds_own(item: Paragraph | Recommendation, index: int) -> bool:
    """Whether a block is withheld. A division inside of one was refused when it was read; should one
    ever be there, nobody can say what it was meant for."""
    return index in item.withheld or any(
        element["t"] == "Div" for element in walk(item.blocks[index])
    )
