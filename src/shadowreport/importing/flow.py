"""The blocks of a Word file in the order of reading, without what an import never takes over.

Left out are contents pages, empty paragraphs and the generated parts of our own DOCX (their
bookmarks begin with `gen_`); text boxes become paragraphs after the one they are anchored to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from shadowreport.diagnostics import Diagnostic
from shadowreport.importing import codes as _codes  # noqa: F401  (registers the codes)
from shadowreport.importing.vocabulary import CONTENTS_HEADING
from shadowreport.model import Place
from shadowreport.word.content import (
    Block,
    BookmarkEnd,
    BookmarkStart,
    CommentStart,
    Document,
    Embedded,
    NoteMark,
    Paragraph,
    Picture,
    Run,
    Table,
    TextBox,
    paragraphs_of,
)

_GENERATED_STYLES = ("cover", "annex", "gen ")


@dataclass(slots=True)
class Flow:
    """The blocks to import, and what was said about those that are not."""

    file: str
    blocks: list[Block] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    contents: int = 0
    generated: int = 0

    def warn(self, code: str, ordinal: int, message: str, hint: str = "") -> None:
        """Adds a diagnostic about a paragraph of the file."""
        self.diagnostics.append(Diagnostic(code, Place(self.file, max(ordinal, 1)), message, hint))


def flow_of(document: Document) -> Flow:
    """The blocks of a document that are worth importing."""
    flow = Flow(document.file)
    generated = _Generated()
    previous_contents = False
    for block in document.blocks:
        if generated.covers(block):
            flow.generated += 1
            continue
        if isinstance(block, Paragraph) and _is_contents(block, previous_contents):
            flow.contents += 1
            previous_contents = True
            continue
        previous_contents = False
        flow.blocks.extend(_unboxed(block, flow))
    if flow.contents:
        message = f"the contents page ({flow.contents} lines) was left out"
        flow.warn("import-dropped", 1, message, "the toolkit makes a new one")
    _drop_contents_heading(flow)
    return flow


class _Generated:
    """Follows the bookmarks `gen_...` that our own DOCX puts around what it generates."""

    def __init__(self) -> None:
        self.open: set[str] = set()

    def covers(self, block: Block) -> bool:
        inside = bool(self.open)
        if isinstance(block, Table):
            inside = inside or any(mark.startswith("gen_") for mark in block.bookmarks)
        for paragraph in paragraphs_of([block]):
            for item in paragraph.inlines:
                if isinstance(item, BookmarkStart) and item.name.startswith("gen_"):
                    self.open.add(item.id)
                    inside = True
                elif isinstance(item, BookmarkEnd):
                    self.open.discard(item.id)
        if isinstance(block, Paragraph) and block.style.lower().startswith(_GENERATED_STYLES):
            inside = True
        return inside


def _is_contents(paragraph: Paragraph, after_contents: bool) -> bool:
    if paragraph.part_of_contents:
        return True
    return after_contents and not paragraph.text.strip() and not _has_object(paragraph)


def _drop_contents_heading(flow: Flow) -> None:
    """The heading "Contents" is of no use where the contents are gone."""
    if not flow.contents:
        return
    for index, block in enumerate(flow.blocks):
        if isinstance(block, Paragraph) and CONTENTS_HEADING.fullmatch(block.text):
            del flow.blocks[index]
            return


def _unboxed(block: Block, flow: Flow) -> Iterator[Block]:
    if isinstance(block, Table):
        yield block
        return
    boxes = [item for item in block.inlines if isinstance(item, TextBox)]
    if boxes:
        block = replace(
            block, inlines=tuple(item for item in block.inlines if not isinstance(item, TextBox))
        )
    if not is_empty(block):
        yield block
    for box in boxes:
        words = " ".join(paragraph.text for paragraph in paragraphs_of(box.blocks)).strip()
        if words:
            message = f"a text box became ordinary text after its paragraph: '{words[:60]}'"
            flow.warn("import-changed", block.ordinal, message, "look whether it stands well there")
        for inner in box.blocks:
            yield from _unboxed(inner, flow)


def is_empty(paragraph: Paragraph) -> bool:
    """Whether a paragraph holds neither text nor anything else that must not be lost."""
    return not paragraph.text.strip() and not _has_object(paragraph)


def _has_object(paragraph: Paragraph) -> bool:
    return any(
        isinstance(item, Picture | Embedded | NoteMark | CommentStart | TextBox)
        for item in paragraph.inlines
    ) or any(isinstance(item, Run) and item.text.strip() for item in paragraph.inlines)
