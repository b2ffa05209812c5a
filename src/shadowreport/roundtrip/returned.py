"""The paragraphs of a Word file as their author means them: changes accepted, authors remembered.

Every character keeps its look, its link, its field, its note and who inserted it; what was deleted
with tracking stays as a mark with its author, so that each change can be credited.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from shadowreport.compare.text import BREAK, NOTE, PICTURE, plain_text
from shadowreport.source.note_marks import COMMA, commas
from shadowreport.word.content import (
    Block,
    BookmarkEnd,
    BookmarkStart,
    CommentEnd,
    CommentStart,
    Document,
    Embedded,
    Look,
    NoteMark,
    Paragraph,
    Picture,
    Revision,
    Run,
    Table,
    TextBox,
)
from shadowreport.word.ours import anchor_of, bookmark_of, id_of

Format = Literal["bold", "italic", "strike", "superscript", "subscript", "small_caps", "underline"]
FORMATS: tuple[Format, ...] = (
    *("bold", "italic", "strike", "superscript", "subscript", "small_caps", "underline"),
)
_NOBODY = (
    "unknown author",
    "author",
    "unknown",
    "неизвестный автор",
    "автор",
)  # names of programs for whoever gave none
_OF_WORDS: frozenset[Format] = frozenset({"bold", "italic", "strike"})
_REFERENCE = re.compile(r"\s*(?:REF|NOTEREF)\s+(\S+)", re.IGNORECASE)
_COUNTED = ("par-", "rec-")  # anchors of what a reference prints as the number that Word gives it


@dataclass(frozen=True, slots=True)
class WordChar:
    """A character as a reader sees it. `formats` differ from the paragraph's own style; `reference`
    is the bookmark that a field leads to; `note` the id of a footnote."""

    text: str
    formats: frozenset[Format] = frozenset()
    link: str = ""
    reference: str = ""
    note: str = ""
    author: str = ""
    looked: str = ""  # who changed its look, where that was tracked


def commas_between(row: Sequence[WordChar]) -> set[int]:
    """Where a raised comma stands that a build has put between two marks of footnotes."""
    return commas(
        NOTE
        if char.text == NOTE
        else COMMA
        if "superscript" in char.formats and char.text == COMMA
        else " "
        for char in row
    )


@dataclass(frozen=True, slots=True)
class Deleted:
    """A text that was deleted with tracking before a character of the paragraph."""

    at: int
    text: str
    author: str


@dataclass(slots=True)
class WordText:
    """A paragraph. `anchors` are the bookmarks of ours in it, as anchors, with their spans;
    `comments` the ids of the comments that begin in it, with the place; `cell` table, row, column.
    """

    ordinal: int
    style: str = ""
    outline: int = 0
    listed: bool = False  # carries a list's number or bullet
    ordered: bool = False
    level: int = 0
    centred: bool = False
    cell: tuple[int, int, int] = (-1, 0, 0)
    contents: bool = False
    chars: list[WordChar] = field(default_factory=list)
    deleted: list[Deleted] = field(default_factory=list)
    anchors: dict[str, tuple[int, int]] = field(default_factory=dict)
    comments: list[tuple[str, int, int]] = field(default_factory=list)
    author: str = ""  # who inserted the paragraph, where that was tracked
    marked: list[str] = field(default_factory=list)  # bookmarks that are none of ours
    lit: list[str] = field(
        default_factory=list
    )  # words that are highlighted, or in capitals by their look

    @property
    def text(self) -> str:
        """The text as a reader sees it; a note is one character."""
        return "".join(char.text for char in self.chars)

    @property
    def before(self) -> str:
        """The text with its tracked changes rejected."""
        gone: dict[int, str] = {}
        for item in self.deleted:
            gone[item.at] = gone.get(item.at, "") + item.text
        kept = ["" if char.author else char.text for char in self.chars]
        return "".join(gone.get(at, "") + text for at, text in enumerate([*kept, ""]))


@dataclass(frozen=True, slots=True)
class WordFile:
    """The paragraphs of a file in order, its footnotes by id, the authors of tracked changes."""

    document: Document
    texts: tuple[WordText, ...]
    notes: dict[str, WordText]
    authors: tuple[str, ...]

    def note_text(self, identifier: str) -> str:
        """The text of a footnote, without the spaces around it."""
        note = self.notes.get(identifier)
        return plain_text(note.text) if note else ""


def word_file(document: Document) -> WordFile:
    """A Word file, read with its tracked changes kept, as its author means it."""
    reader = _Reader(document)
    texts = tuple(_with_own_references(list(reader.texts(document.blocks))))
    notes = {
        f"{kind} {identifier}": _one(list(_Reader(document).texts(note.blocks)))
        for kind, found in (("footnote", document.footnotes), ("endnote", document.endnotes))
        for identifier, note in found.items()
    }
    authors = {
        name: None
        for text in (*texts, *notes.values())
        for name in (
            *(char.author for char in text.chars),
            *(item.author for item in text.deleted),
            text.author,
        )
        if name
    }
    return WordFile(document, texts, notes, tuple(authors))


def _with_own_references(texts: list[WordText]) -> list[WordText]:
    """References that Word's dialogue made lead to a bookmark of its own; where that stands on a paragraph
    of ours, they are references to it."""
    ours = {
        mark: bookmark_of(next(iter(text.anchors)))
        for text in texts
        for mark in text.marked
        if len(text.anchors) == 1 and next(iter(text.anchors)).startswith(_COUNTED)
    }
    if ours:
        for text in texts:
            text.chars = [
                replace(char, reference=ours.get(char.reference, char.reference))
                if char.reference
                else char
                for char in text.chars
            ]
    return texts


def _one(texts: list[WordText]) -> WordText:
    """Several paragraphs of a note as one; the space that follows its mark goes."""
    first = texts[0] if texts else WordText(0)
    for more in texts[1:]:
        first.chars += [WordChar(" "), *more.chars]
    while first.chars and not first.chars[0].text.strip():
        del first.chars[0]
        first.deleted = [
            Deleted(max(0, item.at - 1), item.text, item.author) for item in first.deleted
        ]
    while first.chars and not first.chars[-1].text.strip():
        del first.chars[-1]
    return first


def author_of(revision: Revision | None) -> str:
    """Who made a tracked change; empty where the program knew no name."""
    name = revision.author.strip() if revision else ""
    return "" if name.lower() in _NOBODY else name


class _Reader:
    """Flattens blocks; a paragraph whose end was deleted goes on in the next one."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tables = -1

    def texts(
        self, blocks: Iterable[Block], cell: tuple[int, int, int] = (-1, 0, 0)
    ) -> Iterator[WordText]:
        open_text: WordText | None = None
        boxes: list[TextBox] = []
        for block in blocks:
            if isinstance(block, Table):
                if open_text:
                    yield open_text
                    open_text = None
                yield from self._table(block)
                continue
            text = open_text or WordText(block.ordinal)
            self._describe(text, block, cell)
            boxes += self._inlines(text, block)
            if block.mark and not block.mark.adds:
                text.deleted.append(Deleted(len(text.chars), BREAK, author_of(block.mark)))
                if not text.text.strip():
                    text.anchors = {}  # of a paragraph that is gone
                open_text = text
                continue
            open_text = None
            text.author = author_of(block.mark)
            _close(text)
            yield text
            yield from self._boxes(boxes)
        if open_text:
            _close(open_text)
            yield open_text
        yield from self._boxes(boxes)

    def _boxes(self, boxes: list[TextBox]) -> Iterator[WordText]:
        """The text boxes that hang on a paragraph, or on those that were joined to it."""
        for box in boxes:
            yield from self.texts(box.blocks)
        boxes.clear()

    def _table(self, table: Table) -> Iterator[WordText]:
        self.tables += 1
        index = self.tables
        rows = [row for row in table.rows if not (row.revision and not row.revision.adds)]
        for number, row in enumerate(rows):
            for cell in row.cells:
                if not cell.continues:
                    found = list(self.texts(cell.blocks, (index, number, cell.column)))
                    if row is table.rows[0] and cell is row.cells[0] and found:
                        found[0].anchors |= {
                            anchor_of(name): (0, 0) for name in table.bookmarks if anchor_of(name)
                        }
                    yield from found

    def _describe(self, text: WordText, block: Paragraph, cell: tuple[int, int, int]) -> None:
        text.ordinal, text.style, text.outline = block.ordinal, block.style, block.outline
        text.contents, text.cell = block.part_of_contents, cell
        text.centred = block.frame.centred
        if block.number:
            text.listed, text.level = True, block.number.level
            text.ordered = block.number.format not in ("bullet", "none")

    def _inlines(self, text: WordText, block: Paragraph) -> list[TextBox]:
        boxes: list[TextBox] = []
        names: dict[str, str] = {}
        for item in block.inlines:
            if isinstance(item, Run):
                _run(text, item, block.look)
            elif isinstance(item, NoteMark):
                author = author_of(item.revision)
                if item.revision and not item.revision.adds:
                    text.deleted.append(Deleted(len(text.chars), NOTE, author))
                else:
                    text.chars.append(WordChar(NOTE, note=f"{item.kind} {item.id}", author=author))
            elif isinstance(item, Picture):
                if not item.revision or item.revision.adds:
                    text.chars.append(WordChar(PICTURE))
            elif isinstance(item, Embedded):
                text.chars += [WordChar(mark) for mark in item.text]
            elif isinstance(item, TextBox):
                boxes.append(item)
            elif isinstance(item, BookmarkStart) and anchor_of(item.name):
                names[item.id] = anchor_of(item.name)
                text.anchors[names[item.id]] = (len(text.chars), -1)
            elif isinstance(item, BookmarkStart):
                text.marked.append(item.name)
            elif isinstance(item, BookmarkEnd) and item.id in names:
                text.anchors[names[item.id]] = (text.anchors[names[item.id]][0], len(text.chars))
            elif isinstance(item, CommentStart):
                text.comments.append((item.id, len(text.chars), len(text.chars)))
            elif isinstance(item, CommentEnd):
                text.comments = [
                    (name, start, len(text.chars)) if name == item.id else (name, start, end)
                    for name, start, end in text.comments
                ]
        return boxes


def _run(text: WordText, run: Run, own: Look) -> None:
    author = author_of(run.revision)
    if run.revision and not run.revision.adds:
        text.deleted.append(Deleted(len(text.chars), run.text, author))
        return
    formats: frozenset[Format] = frozenset(
        name for name in FORMATS if getattr(run.look, name) and not getattr(own, name)
    )
    if run.link or run.anchor or run.fields:
        formats = formats - frozenset[Format]({"underline"})
    reference = next((match[1] for item in run.fields if (match := _REFERENCE.match(item))), "")
    if any(mark.isalpha() for mark in run.text):
        reference = ""  # a program prints numbers there; words were typed into the field
    if (run.look.highlight or run.look.caps) and not (own.highlight or own.caps):
        text.lit.append(run.text)
    looked = author_of(run.formatted)
    text.chars += [
        WordChar(mark, formats, run.link, reference, "", author, looked) for mark in run.text
    ]


def _close(text: WordText) -> None:
    """Bookmarks that enclose nothing any more are those of deleted text; unless nothing else is."""
    size = len(text.chars)
    spans = {name: (start, size if end < 0 else end) for name, (start, end) in text.anchors.items()}
    full = {name: span for name, span in spans.items() if span[1] > span[0]}
    text.anchors = full or spans
    text.chars = [*_from_the_start_of_words(_whole_references(text.chars))]


def _whole_references(chars: list[WordChar]) -> list[WordChar]:
    """A reference to a recommendation may be a field for its paragraph, a dot and one for itself."""
    result = list(chars)
    for at in range(1, len(chars) - 1):
        before, own = chars[at - 1].reference, chars[at + 1].reference
        if chars[at].text == "." and id_of(before, "par") and id_of(own, "rec"):
            start = at
            while start and chars[start - 1].reference == before:
                start -= 1
            result[start : at + 1] = [
                replace(char, reference=own) for char in chars[start : at + 1]
            ]
    return result


def _from_the_start_of_words(chars: Sequence[WordChar]) -> Iterator[WordChar]:
    """Emphasis that begins within a word begins with it: a section file knows no other."""
    start = 0
    for at, char in enumerate(chars):
        end = at + 1 == len(chars) or not (char.text.isalnum() and chars[at + 1].text.isalnum())
        if end:
            yield from _one_word(chars[start : at + 1])
            start = at + 1


def _one_word(word: Sequence[WordChar]) -> Iterator[WordChar]:
    more: frozenset[Format] = frozenset()
    row: list[WordChar] = []
    for char in reversed(word):
        more |= char.formats & _OF_WORDS
        row.append(replace(char, formats=char.formats | more) if more else char)
    kinds = {kind for char in row if (kind := char.formats & _OF_WORDS)}
    if len(kinds) > 1:  # one emphasis ends within the word, inside another: no file can say that
        row = [
            replace(char, formats=char.formats | more) if char.formats & _OF_WORDS else char
            for char in row
        ]
    yield from reversed(row)
