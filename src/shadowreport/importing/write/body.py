"""Writes the body of a section as Markdown, and proves it by reading it back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from shadowreport.core.ast import attr, div, document, node, para, raw_inline, tables
from shadowreport.core.report import Block
from shadowreport.core.report import Inline as Ast
from shadowreport.formatting.body import formatted
from shadowreport.importing.draft import (
    EMPTY,
    Belonging,
    Box,
    Continuation,
    Draft,
    Figure,
    Grid,
    Listing,
    Note,
    Numbered,
    Quotation,
    Recommendation,
    Section,
    Subheading,
    Text,
    all_texts,
    texts_to_fill,
)
from shadowreport.importing.recognise.marks import trimmed
from shadowreport.importing.write import proof
from shadowreport.importing.write.inlines import Care, Writer, clean
from shadowreport.importing.write.kept_back import kept_back
from shadowreport.importing.write.plainly import in_paragraphs
from shadowreport.importing.write.short_lines import divided
from shadowreport.machine.programs import pandoc
from shadowreport.source.typed.confidential import passages
from shadowreport.source.typed.lines import BULLET
from shadowreport.word.content import Document, NoteMark, Picture, Run, paragraphs_of
from shadowreport.word.content import Note as WordNote

# The reader's dialect less what would make the writer choose another form than ours.
_WRITER = (
    "markdown-smart-task_lists-raw_html-raw_tex-raw_attribute-tex_math_dollars-native_divs-native_spans"
    "-simple_tables-multiline_tables-auto_identifiers"
)
_LINE = 10_000  # letters: no line is broken
_LONGEST = 40  # letters of a line in a drawn cell
_BARS = f"{_WRITER}-grid_tables"  # these cannot show merged cells
_KINDS = {
    "1": "Decimal",
    "a": "LowerAlpha",
    "A": "UpperAlpha",
    "i": "LowerRoman",
    "I": "UpperRoman",
}
_DELIMITERS = {".": "Period", ")": "OneParen", "()": "TwoParens"}
_BLANK = ("Space", "SoftBreak", "LineBreak")
_LETTERED = re.compile(r"\((?:[A-Za-z]|[ivxlcdm]{2,8}|[IVXLCDM]{2,8}|\d{1,3})\)")
_BREAK = raw_inline("markdown", "\n")


@dataclass(slots=True)
class BodyWriter:
    """Writes bodies of sections. `images` gives the address of a picture's file in sections/;
    `repeated` are marks (by identity) of notes that have a mark already, `abbreviations` what a full
    stop may follow in a sentence."""

    document: Document
    images: Callable[[Picture], str]
    repeated: frozenset[int] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    confidential: str = ""  # the words of labels
    letters: str = ""  # and the short marks of offices
    held: list[tuple[int, int]] = field(default_factory=list)
    """Sections with text that the file calls confidential, and in how many pieces."""
    divided: dict[int, int] = field(default_factory=dict)
    """By sections, how many words had to be divided: they were longer than any that is built."""
    problems: list[tuple[str, str]] = field(default_factory=list)
    bare: list[tuple[int, bool]] = field(default_factory=list)
    """Sections that lost emphasis and links; and whether they lost lists and tables as well."""

    def note(self, mark: NoteMark) -> WordNote | None:
        """The note of a mark; None where there is none, or where another mark has it."""
        return None if id(mark) in self.repeated else self.document.note(mark)

    def write(self, section: Section) -> str:
        """The Markdown of a section's body.

        It is read back and compared word by word; where it differs, or where a build would refuse
        it, it is written again with more care, at last as nothing but paragraphs.
        """
        if not section.items:
            return ""
        for paragraph in section.paragraphs():
            paragraph.belongings = [self._kept(item) for item in paragraph.belongings]
        plain = in_paragraphs(section)
        self._fill(section)
        self._fill(plain)
        ways = [*((section, care) for care in Care), (plain, Care.BARE)]
        difference: tuple[str, str] | None = None
        text = ""
        for nth, (written, care) in enumerate(ways):
            text, difference = self._tried(written, care)
            if difference is None:
                self._tell_held(section, text)
                if care == Care.BARE:
                    self.bare.append((section.title.ordinal, nth == len(ways) - 1))
                return text
        assert difference is not None
        self.problems.append(difference)
        return text

    def _tell_held(self, section: Section, text: str) -> None:
        count = len(list(passages(text)))
        if count:
            self.held.append((section.title.ordinal, count))

    def _kept(self, item: Belonging) -> Belonging:
        """A figure whose picture cannot be kept: what remains of it is its caption."""
        if not isinstance(item, Figure) or not item.id:
            return item
        if item.is_kept(self.images):
            return item
        return Continuation(Text([Run(f"{EMPTY} {item.caption}")], item.text.ordinal))

    def _fill(self, section: Section) -> None:
        """A mark where a text shows nothing: its picture or chart could not be kept."""
        shown = _Blocks(self, Care.USUAL).text
        for text in texts_to_fill(section):
            if all(item["t"] in _BLANK for item in shown.write(text.inlines)):
                text.inlines = [Run(EMPTY)]

    def _tried(self, section: Section, care: Care) -> tuple[str, tuple[str, str] | None]:
        """The Markdown of a section's body, and where it reads back otherwise."""
        blocks = list(_Blocks(self, care).section(section))
        text, self.divided[section.title.ordinal] = divided(
            formatted(_written(blocks), self.abbreviations)
        )
        text = kept_back(text, self.confidential, self.letters)
        return text, proof.difference(proof.words_of(section, self.note), text)


def _written(blocks: list[Block]) -> str:
    writer = _WRITER if any(_has_merged(block) for block in tables(blocks)) else _BARS
    arguments = ["-f", "json", "-t", writer, "--wrap=preserve", f"--columns={_LINE}"]
    return pandoc(arguments, document(blocks)).decode()


class _Blocks:
    """Makes pandoc's blocks for one section."""

    def __init__(self, body: BodyWriter, care: Care) -> None:
        self.body = body
        self.text = Writer(self._note, self._image, care)

    def section(self, section: Section) -> Iterator[Block]:
        points = [item for item in section.paragraphs() if item.summary]
        if points:
            inside = [block for one in points for block in self._paragraph(one)]
            yield div(attr("", "summary"), inside)
        for item in section.items:
            if isinstance(item, Numbered) and item.summary:
                continue
            if isinstance(item, Numbered):
                yield from self._paragraph(item)
            elif isinstance(item, Box):
                inside = [block for one in item.recommendations for block in self._paragraph(one)]
                yield div(attr("", "recommendations"), inside)
            elif isinstance(item, Subheading):
                yield node("Header", item.depth, attr(), self.text.write(item.text.inlines))
            else:
                yield self._review_note(item)

    def _paragraph(self, item: Numbered | Recommendation) -> Iterator[Block]:
        inlines = self.text.write(item.text.inlines)
        yield para(*_line(f"{{#{item.id}}}"), *self._headed(inlines))
        for belonging in item.belongings:
            yield from self._belonging(belonging)

    def _belonging(self, item: Belonging) -> Iterator[Block]:
        if isinstance(item, Continuation):
            inlines = self.text.write(item.text.inlines)
            yield para(*_line("{.continued}"), *self._headed(inlines))
        elif isinstance(item, Listing):
            yield self._list(item)
        elif isinstance(item, Quotation):
            inside = [
                self._list(one) if isinstance(one, Listing) else self._para(one)
                for one in item.texts
            ]
            yield node("BlockQuote", inside)
        elif isinstance(item, Figure):
            yield from self._figure(item)
        else:
            yield para(raw_inline("markdown", f"{{#{item.id}}}"))
            yield self._table(item)

    def _headed(self, inlines: list[Ast]) -> list[Ast]:
        """A text whose first word is a sign or a letter of lists, or a figure where care is taken: it is not
        to be read as an item, or as a paragraph's number."""
        while inlines and inlines[0]["t"] in _BLANK:  # left of a picture that could not be kept
            inlines = inlines[1:]
        first, *rest = inlines or [{"t": ""}]
        if first["t"] != "Str" or [item["t"] for item in rest[:1]] != ["Space"]:
            return inlines
        word: str = first["c"]
        if (BULLET.match(f"{word} .") and len(word) == 1) or _LETTERED.fullmatch(word):
            return [raw_inline("markdown", f"\\{word}"), *rest]
        if self.text.care == Care.BARE and word.isdigit():
            return [first, raw_inline("markdown", "\\ "), *rest[1:]]
        return inlines

    def _para(self, text: Text) -> Block:
        return para(*self._headed(self.text.write(text.inlines)))

    def _figure(self, item: Figure) -> Iterator[Block]:
        if item.id:
            yield para(raw_inline("markdown", f"{{#{item.id}}}"))
        for picture in item.text.inlines:
            if isinstance(picture, Picture):
                yield para(*self._image(picture, item.caption))

    def _list(self, listing: Listing) -> Block:
        items = [self._item(item) for item in listing.items]
        if listing.kind == "bullet":
            return node("BulletList", items)
        style = {"t": _KINDS.get(listing.kind, "Decimal")}
        delimiter = {"t": _DELIMITERS.get(listing.delimiter, "Period")}
        return node("OrderedList", [listing.start, style, delimiter], items)

    def _item(self, item: list[Text | Listing]) -> list[Block]:
        """An item; a list of one number below it shows as a list behind a blank line only."""
        lone = any(isinstance(one, Listing) and len(one.items) == 1 for one in item)
        return [
            self._list(one)
            if isinstance(one, Listing)
            else node("Para" if lone else "Plain", self._headed(self.text.write(one.inlines)))
            for one in item
        ]

    def _table(self, grid: Grid) -> Block:
        width = max(len(row) for row in grid.rows)
        columns = [[{"t": "AlignDefault"}, _width(grid, at)] for at in range(width)]
        rows = [self._row(row, number, grid) for number, row in enumerate(grid.rows)]
        caption = [node("Plain", self.text.write([Run(grid.caption)]))] if grid.caption else []
        heads = _heads(grid) if len(rows) > 1 else 0
        head = [attr(), rows[:heads]]
        body = [attr(), 0, [], rows[heads:]]
        return node("Table", attr(), [None, caption], columns, head, [body], [attr(), []])

    def _row(self, row: list[Text], number: int, grid: Grid) -> list[object]:
        covered = {
            (top + down, left + across)
            for (top, left), (high, wide) in grid.spans.items()
            for down in range(high)
            for across in range(wide)
            if down or across
        }
        cells = [
            self._cell(text, *grid.spans.get((number, column), (1, 1)))
            for column, text in enumerate(row)
            if (number, column) not in covered
        ]
        return [attr(), cells]

    def _cell(self, text: Text, high: int, wide: int) -> list[object]:
        inlines = [_no_break(item) for item in self.text.write(text.inlines)]
        blocks = [node("Plain", inlines)] if inlines else []
        return [attr(), {"t": "AlignDefault"}, high, wide, blocks]

    def _review_note(self, item: Note) -> Block:
        pairs = {"author": clean(item.author) or "unknown"}
        if item.date:
            pairs["date"] = item.date
        lines = [line for line in item.lines if line.strip()]
        inside = [para(*self.text.write([Run(line.strip())])) for line in lines]
        return div(attr("", "note", **pairs), inside)

    # --- footnotes and pictures -----------------------------------------------------------------

    def _note(self, mark: NoteMark) -> list[Ast]:
        note = self.body.note(mark)
        if note is None:
            return []
        writer = Writer(lambda _: [], self._image, self.text.care)
        paragraphs = [list(item.inlines) for item in paragraphs_of(note.blocks)]
        blocks = [para(*writer.write(trimmed(item))) for item in paragraphs]
        blocks = [block for block in blocks if block["c"]]
        return [node("Note", blocks or [para(*writer.write([Run(EMPTY)]))])]

    def _image(self, picture: Picture, caption: str = "") -> list[Ast]:
        address = self.body.images(picture)
        if not address:
            return []
        words = clean(picture.description)
        shown = self.text.write([Run(caption or words or EMPTY)])
        alternative = {"alt": words} if caption and words not in ("", caption) else {}
        return [node("Image", attr("", **alternative), shown, [address, ""])]


def _line(mark: str) -> list[Ast]:
    """A mark on a line of its own above a paragraph."""
    return [raw_inline("markdown", mark), _BREAK]


def _no_break(item: Ast) -> Ast:
    return {"t": "Space"} if item["t"] in ("LineBreak", "SoftBreak") else item


def repeated_marks(draft: Draft) -> list[tuple[int, int]]:
    """Marks of notes after the first of each: the mark's identity, and the paragraph's ordinal.

    Word makes one mark a note; a file with thousands of marks of one long note is an attack.
    """
    seen: set[tuple[str, str]] = set()
    found: list[tuple[int, int]] = []
    for section in draft.sections:
        for text in all_texts(section):
            for item in text.inlines:
                if isinstance(item, NoteMark):
                    if (item.kind, item.id) in seen:
                        found.append((id(item), text.ordinal))
                    seen.add((item.kind, item.id))
    return found


def _width(grid: Grid, column: int) -> Block:
    """pandoc draws lines, which merged cells need, around columns that have a width: that of their texts."""
    if not grid.spans:
        return {"t": "ColWidthDefault"}
    alone = [
        row[column].plain for at, row in enumerate(grid.rows) if (at, column) not in grid.spans
    ]
    letters = max(map(len, alone), default=0)
    return {"t": "ColWidth", "c": (min(letters, _LONGEST) + 5) / _LINE}


def _has_merged(table: Block) -> bool:
    _, _, _, head, bodies, _ = table["c"]
    rows = [*head[1], *(row for body in bodies for row in body[3])]
    return any(cell[2:4] != [1, 1] for row in rows for cell in row[1])


def _heads(grid: Grid) -> int:
    """How many rows are the head: the first, and those into which its cells reach."""
    heads = 1
    while any(top < heads < top + high for (top, _), (high, _) in grid.spans.items()):
        heads += 1
    return heads if heads < len(grid.rows) else 0
