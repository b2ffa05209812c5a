"""Word files: their paragraphs with the numbers that Word puts before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from shadowreport.core.report import Place
from shadowreport.observations.block import Block, plain
from shadowreport.word.content import (
    Document,
    Embedded,
    NoteMark,
    Paragraph,
    Run,
    Table,
    paragraphs_of,
)
from shadowreport.word.read.reader import read_word

_HEADING_STYLE = re.compile(r"_?\s*H[\s_]*(?:Ch|M|\d)")  # _ H_1_G, _ H_2/3_G: the UN's own template
_UNIT = re.compile(r"(?<![^\W\d_])[kcm]?m\s?$")  # 10 km and a raised 2
_FRONT = 3  # tables at the head of the first page hold the symbol


def read_docx(path: Path) -> list[Block]:
    """The blocks of a Word file, its tracked changes accepted. Raises Failure."""
    document, _ = read_word(path, "accept")
    return [block for block in _blocks(document) if block.text]


def _blocks(document: Document) -> Iterator[Block]:
    begun = False
    for at, item in enumerate(document.blocks):
        if isinstance(item, Paragraph):
            block = _block(item, document)
            begun = begun or block.text.startswith(("1.", "(1)"))
            yield block
        elif isinstance(item, Table) and not begun and at < _FRONT:
            yield from (_block(paragraph, document) for paragraph in paragraphs_of([item]))
        else:
            yield from _table(item, document)


def _table(table: Table, document: Document) -> Iterator[Block]:
    """A layout table has one cell in a row, and holds paragraphs; any other one is a table."""
    single = all(len(row.cells) <= 1 for row in table.rows)
    for paragraph in paragraphs_of([table]):
        block = _block(paragraph, document)
        yield Block(block.text, block.place, block.bold, notes=block.notes, table=not single)


def _block(paragraph: Paragraph, document: Document) -> Block:
    number = paragraph.number
    label = f"{number.label} " if number and number.format != "bullet" else ""
    runs = [run for run in paragraph.runs() if run.text.strip()]
    return Block(
        plain(label + _text(paragraph)),
        Place(document.file, paragraph.ordinal),
        bold=bool(runs) and all(run.look.bold for run in runs),
        heading=bool(paragraph.outline) or bool(_HEADING_STYLE.match(paragraph.style)),
        notes=tuple(_notes(paragraph, document)),
    )


def _text(paragraph: Paragraph) -> str:
    """A paragraph's words, without raised figures: what a web page had as mark of a footnote."""
    text = ""
    for item in paragraph.inlines:
        if isinstance(item, Run | Embedded):
            raised = isinstance(item, Run) and item.look.superscript and item.text.strip().isdigit()
            text += "" if raised and not _UNIT.search(text) else item.text
    return text


def _notes(paragraph: Paragraph, document: Document) -> Iterator[str]:
    for item in paragraph.inlines:
        note = document.note(item) if isinstance(item, NoteMark) else None
        if note:
            yield plain(" ".join(part.text for part in paragraphs_of(note.blocks)))
