"""The words of a Word file, a line for each paragraph, for whoever compares two of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from shadowreport.word.content import (
    Block,
    Document,
    NoteMark,
    Paragraph,
    Picture,
    Run,
    paragraphs_of,
)
from shadowreport.word.read.reader import read_word


def words_of(path: Path) -> str:
    """All that a file says, with tracked changes accepted. Raises Failure where it is no Word file."""
    document, _ = read_word(path, "accept")
    lines = [*_lines(document.blocks), *_notes(document)]
    return "".join(f"{line}\n" for line in lines)


def _lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _line(block)
            continue
        for row in block.rows:
            cells = (" / ".join(map(_line, paragraphs_of(cell.blocks))) for cell in row.cells)
            yield f"| {' | '.join(cells)} |"


def _line(paragraph: Paragraph) -> str:
    said = "".join(
        item.text
        if isinstance(item, Run)
        else f"[^{item.id}]"
        if isinstance(item, NoteMark)
        else f"[{item.description}]"
        if isinstance(item, Picture)
        else ""
        for item in paragraph.inlines
    )
    mark = "#" * paragraph.outline or (paragraph.number.label if paragraph.number else "")
    return " ".join(f"{mark} {said}".split())


def _notes(document: Document) -> Iterator[str]:
    for notes in (document.footnotes, document.endnotes):
        for name, note in notes.items():
            yield f"[^{name}]: {' '.join(_lines(note.blocks))}"
