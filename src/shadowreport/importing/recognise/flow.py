"""The blocks of a Word file in the order of reading, without what an import never takes over.

Left out are contents pages, empty paragraphs and the generated parts of our own DOCX (its cover and
annexes); text boxes become paragraphs after the one they are anchored to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place
from shadowreport.importing.citing.fields import is_list_of_sources
from shadowreport.importing.recognise.vocabulary import Vocabulary
from shadowreport.word.content import (
    Block,
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
from shadowreport.word.ours import cover_class, id_of

_ANNEX = "annex-"
_LONG = 12  # words of a paragraph that shows where the text stands on the page


@dataclass(frozen=True, slots=True)
class Guess:
    """Something that the import had to guess: what it saw, what it made of it, what changes that.

    `ordinal` is the paragraph of the Word file; `option` names an option of the import, or what to
    edit where none helps.
    """

    kind: str
    ordinal: int
    seen: str
    decided: str
    option: str


@dataclass(slots=True)
class Flow:
    """The blocks to import, and what was said about those that are not."""

    file: str
    words: Vocabulary
    blocks: list[Block] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)
    contents: int = 0
    lists: int = 0  # lines of a list of sources that a citation manager made
    ours: bool = False
    unsure_language: bool = False
    cover: dict[str, str] = field(default_factory=dict)  # texts of our own cover by their class

    def warn(self, code: str, ordinal: int, message: str, hint: str = "") -> None:
        """Adds a diagnostic about a paragraph of the file."""
        self.diagnostics.append(Diagnostic(code, Place(self.file, max(ordinal, 1)), message, hint))

    def guess(self, kind: str, ordinal: int, seen: str, decided: str, option: str) -> None:
        """Adds what was guessed of a paragraph of the file; texts are shown on one line."""
        seen = " ".join(seen.split())
        self.guesses.append(Guess(kind, max(ordinal, 1), seen, decided, option))


def flow_of(document: Document, words: Vocabulary) -> Flow:
    """The blocks of a document that are worth importing."""
    flow = Flow(document.file, words, ours=_is_ours(document))
    generated = _Generated(flow)
    previous_contents = False
    for block in document.blocks:
        if flow.ours and generated.covers(block):
            continue
        if isinstance(block, Paragraph) and _is_contents(block, previous_contents):
            flow.contents += 1
            previous_contents = True
            continue
        previous_contents = False
        if isinstance(block, Paragraph) and _lists_sources(block):
            flow.lists += 1
            continue
        flow.blocks.extend(_unboxed(block, flow))
    if flow.contents:
        message = f"the contents page ({flow.contents} lines) was left out"
        flow.warn("import-dropped", 1, message, "the toolkit makes a new one")
    if flow.lists:
        message = f"the list of sources ({flow.lists} lines) was left out"
        hint = "annexes: [sources] prints a new one; remove its heading if nothing stands below it"
        flow.warn("import-dropped", 1, message, hint)
    _drop_contents_heading(flow)
    _from_the_text_s_edges(flow)
    return flow


def _from_the_text_s_edges(flow: Flow) -> None:
    """Indents are counted from where most of the text begins and ends: the United Nations' own files
    indent all of it on both sides, and none of that is set off."""
    long = [
        (block.frame.left, block.frame.right)
        for block in flow.blocks
        if isinstance(block, Paragraph) and len(block.text.split()) >= _LONG
    ]
    (left, right), count = Counter(long).most_common(1)[0] if long else ((0, 0), 0)
    if min(left, right) <= 0 or 2 * count <= len(long):
        return
    for index, block in enumerate(flow.blocks):
        if isinstance(block, Paragraph):
            frame = block.frame
            frame = replace(frame, left=frame.left - left, right=frame.right - right)
            flow.blocks[index] = replace(block, frame=frame)


def _is_ours(document: Document) -> bool:
    """Whether the toolkit made the file: its bookmarks name sections."""
    return any(
        id_of(name, "sec")
        for block in document.blocks
        if isinstance(block, Paragraph) and block.outline
        for name in block.bookmarks()
    )


class _Generated:
    """Follows what our own DOCX generates: its cover, and its annexes to the next section."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.in_annex = False

    def covers(self, block: Block) -> bool:
        """Whether a block is generated; the texts of the cover are remembered."""
        if not isinstance(block, Paragraph):
            return self.in_annex
        sections = [found for name in block.bookmarks() if (found := id_of(name, "sec"))]
        if block.outline and sections:
            self.in_annex = any(name.startswith(_ANNEX) for name in sections)
            if self.in_annex:
                message = f"the generated annex '{block.text.strip()[:60]}' was left out"
                self.flow.warn("import-dropped", block.ordinal, message, "a build makes it again")
        part = cover_class(block.style)
        if part:
            self.flow.cover.setdefault(part, block.text.strip())
        return bool(part) or self.in_annex


def _lists_sources(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a line of a list of sources that a citation manager keeps."""
    runs = [run for run in paragraph.runs() if run.text.strip()]
    return bool(runs) and all(any(map(is_list_of_sources, run.fields)) for run in runs)


def _is_contents(paragraph: Paragraph, after_contents: bool) -> bool:
    if paragraph.part_of_contents:
        return True
    return after_contents and not paragraph.text.strip() and not _has_object(paragraph)


def _drop_contents_heading(flow: Flow) -> None:
    """The heading "Contents" is of no use where the contents are gone."""
    if not flow.contents:
        return
    for index, block in enumerate(flow.blocks):
        if isinstance(block, Paragraph) and flow.words.contents_heading.fullmatch(block.text):
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
