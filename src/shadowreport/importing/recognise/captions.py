"""Captions: above or below ordinary tables, below or above pictures."""

from __future__ import annotations

import re
from collections.abc import Container

from shadowreport.importing.recognise.flow import Flow
from shadowreport.word.content import Block, Paragraph, Picture, Table

_MOST_WORDS = 40


def captions_of(flow: Flow, taken: set[int], others: Container[int]) -> dict[int, Paragraph]:
    """The captions by the index of their table or picture; their own indices join `taken`. `others`
    are tables that are more than that."""
    words = flow.words
    found: dict[int, Paragraph] = {}
    for index, block in enumerate(flow.blocks):
        places, head, other = (), words.caption, words.figure_caption
        if isinstance(block, Table) and index not in others:
            places = (index - 1, index + 1)
        elif _is_figure(block) and index not in taken:
            places = (index + 1, index - 1)
            head, other = other, head
        for near in places:
            candidate = _paragraph(flow, near) if near not in taken else None
            if candidate and _captions(flow, candidate, head, other):
                found[index] = candidate
                taken.add(near)
                break
    return found


def _paragraph(flow: Flow, index: int) -> Paragraph | None:
    block = flow.blocks[index] if 0 <= index < len(flow.blocks) else None
    return block if isinstance(block, Paragraph) else None


def _captions(
    flow: Flow, paragraph: Paragraph, head: re.Pattern[str], other: re.Pattern[str]
) -> bool:
    """Whether a paragraph is a caption, by its first words or by its style; not of another thing."""
    if other.match(paragraph.text):
        return False
    if flow.words.is_style("caption", paragraph.style):
        return True
    return bool(head.match(paragraph.text)) and len(paragraph.text.split()) <= _MOST_WORDS


def _is_figure(block: Block) -> bool:
    """Whether a paragraph is nothing but one picture."""
    if not isinstance(block, Paragraph) or block.text.strip():
        return False
    return sum(isinstance(item, Picture) for item in block.inlines) == 1
