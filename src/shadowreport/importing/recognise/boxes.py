"""Boxes of the report's own recommendations: one-cell tables, framed paragraphs, a heading + list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shadowreport.importing.draft import Box, Recommendation
from shadowreport.importing.options import ImportOptions
from shadowreport.importing.recognise.flow import is_empty
from shadowreport.importing.recognise.lists import fold, text_of
from shadowreport.importing.recognise.marks import Mark, list_mark
from shadowreport.importing.recognise.vocabulary import Vocabulary
from shadowreport.word.content import Block, Paragraph, Table, paragraphs_of


@dataclass(frozen=True, slots=True)
class BoxWords:
    """How headings of boxes are recognised: our words, and those that an option adds."""

    all: Vocabulary
    own: tuple[str, ...] = ()

    @classmethod
    def of(cls, options: ImportOptions, vocabulary: Vocabulary) -> BoxWords:
        """The words of an import's options."""
        return cls(vocabulary, tuple(options.box_headings))

    def heads(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is nothing but the heading of a box."""
        text = paragraph.text.strip()
        if not text:
            return False
        return bool(self.all.box_heading.fullmatch(text)) or self._own(text, whole=True) > 0

    def heads_several(self, paragraph: Paragraph) -> bool:
        """Whether a heading of a box speaks of several recommendations."""
        match = self.all.box_heading.fullmatch(paragraph.text.strip())
        return bool(match and match["several"])

    def opens(self, paragraph: Paragraph) -> int:
        """How many characters the heading takes at the head of its only recommendation; 0: none."""
        match = self.all.box_heading_inline.match(paragraph.text)
        return match.end() if match else self._own(paragraph.text, whole=False)

    def _own(self, text: str, *, whole: bool) -> int:
        for word in self.own:
            match = re.match(rf"\s*{re.escape(word)}\s*[:.]?\s*", text, re.IGNORECASE)
            if match and (match.end() == len(text)) == whole:
                return match.end() if whole or ":" in match[0] else 0
        return 0


def box_of_table(table: Table, words: BoxWords) -> Box | None:
    """The box that a table of one column is; None where it is none."""
    if any(len(row.cells) > 1 for row in table.rows):
        return None
    inside = [item for item in paragraphs_of(_content(table)) if not is_empty(item)]
    return box_of_paragraphs(inside, words)


def box_of_paragraphs(inside: Sequence[Paragraph], words: BoxWords) -> Box | None:
    """The box that paragraphs make, the first of which heads it; None where it does not."""
    if not inside:
        return None
    first, rest = inside[0], list(inside[1:])
    if words.heads(first):
        if not any(item.text.strip() for item in rest):
            return None  # nothing, or a picture alone
        return Box(first.text.strip(), recommendations_of(rest, 0, words.all), first.ordinal)
    length = words.opens(first)
    if not length:
        return None
    heading = first.text[:length].strip()
    return Box(heading, recommendations_of([first, *rest], length, words.all), first.ordinal)


def _content(table: Table) -> list[Block]:
    return [block for row in table.rows for cell in row.cells for block in cell.blocks]


def is_framed(block: Block) -> bool:
    """Whether a paragraph stands in a frame or on a shade of its own."""
    return isinstance(block, Paragraph) and (block.frame.bordered or block.frame.shaded)


def framed_run(blocks: Sequence[Block], start: int) -> list[Paragraph]:
    """The framed paragraphs from an index on, without a gap."""
    found: list[Paragraph] = []
    for block in blocks[start:]:
        if not isinstance(block, Paragraph) or not is_framed(block):
            break
        found.append(block)
    return found


# --- what stands inside -------------------------------------------------------------------------


def recommendations_of(
    paragraphs: Sequence[Paragraph], skip: int, words: Vocabulary
) -> list[Recommendation]:
    """The recommendations that paragraphs hold; `skip` characters of the first are its heading.

    A number or mark before a paragraph begins a recommendation. Where the first paragraph ends with
    a colon, what follows is a list inside one recommendation.
    """
    marks = [
        list_mark(item) if index or not skip else None for index, item in enumerate(paragraphs)
    ]
    head = text_of(paragraphs[0], marks[0].length if marks[0] else skip)
    if len(paragraphs) > 1 and head.plain.endswith(":") and not marks[0]:
        return [Recommendation(head, belongings=fold(_pairs(paragraphs, marks), words))]
    main = next((mark for mark in marks if mark), None)
    found: list[Recommendation] = []
    waiting: list[tuple[Paragraph, Mark | None]] = []
    for index, (paragraph, mark) in enumerate(zip(paragraphs, marks, strict=True)):
        marked = main is None or (mark is not None and _like(mark, main))
        begins = (not found or marked) and bool(paragraph.text.strip())
        if begins:
            if found:  # else it is a picture above the first one, which goes below it
                _close(found, waiting, words)
                waiting = []
            length = mark.length if mark else (skip if index == 0 else 0)
            found.append(Recommendation(text_of(paragraph, length)))
        else:
            waiting.append((paragraph, mark))
    _close(found, waiting, words)
    return found


def _pairs(
    paragraphs: Sequence[Paragraph], marks: Sequence[Mark | None]
) -> list[tuple[Paragraph, Mark | None]]:
    return list(zip(paragraphs[1:], marks[1:], strict=True))


def _like(mark: Mark, main: Mark) -> bool:
    return (mark.kind, mark.delimiter, mark.level) == (main.kind, main.delimiter, main.level)


def _close(
    found: list[Recommendation], waiting: list[tuple[Paragraph, Mark | None]], words: Vocabulary
) -> None:
    if found and waiting:
        found[-1].belongings.extend(fold(waiting, words))
