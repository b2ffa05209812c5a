"""Writes the body of a section as Markdown, and proves it by reading it back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from shadowreport.body import DIALECT
from shadowreport.importing.draft import (
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
    Reference,
    Section,
    Subheading,
    Text,
    all_texts,
)
from shadowreport.importing.inlines import Care, Writer, clean
from shadowreport.importing.marks import trimmed
from shadowreport.model import Block
from shadowreport.model import Inline as Ast
from shadowreport.pandoc_ast import attr, blocks_of, div, document, node, para, raw_inline
from shadowreport.programs import pandoc
from shadowreport.word.content import (
    Document,
    Embedded,
    NoteMark,
    Picture,
    Run,
    paragraphs_of,
)
from shadowreport.word.content import Note as WordNote

# The reader's dialect less what would make the writer choose another form than ours.
_WRITER = (
    "markdown-smart-raw_html-raw_tex-raw_attribute-tex_math_dollars-native_divs-native_spans"
    "-simple_tables-multiline_tables-grid_tables-auto_identifiers-link_attributes"
)
_KINDS = {
    "1": "Decimal",
    "a": "LowerAlpha",
    "A": "UpperAlpha",
    "i": "LowerRoman",
    "I": "UpperRoman",
}
_DELIMITERS = {".": "Period", ")": "OneParen", "()": "TwoParens"}
# Elements that the import never makes: where one comes back, something was taken for markup.
_UNWANTED = (
    *("Quoted", "Code", "Math", "CodeBlock", "RawBlock", "RawInline", "HorizontalRule"),
    *("DefinitionList", "LineBlock"),
)
_BREAK = raw_inline("markdown", "\n")


@dataclass(slots=True)
class BodyWriter:
    """Writes bodies of sections. `images` gives the address of a picture's file in sections/;
    `repeated` are marks (by identity) of notes that have a mark already."""

    document: Document
    images: Callable[[Picture], str]
    repeated: frozenset[int] = frozenset()
    problems: list[tuple[str, str]] = field(default_factory=list)
    bare: list[int] = field(default_factory=list)  # sections that lost emphasis and links

    def note(self, mark: NoteMark) -> WordNote | None:
        """The note of a mark; None where there is none, or where another mark has it."""
        return None if id(mark) in self.repeated else self.document.note(mark)

    def write(self, section: Section) -> str:
        """The Markdown of a section's body.

        It is read back and compared word by word; where it differs, it is written again with more
        care.
        """
        if not section.items:
            return ""
        difference: tuple[str, str] | None = None
        text = ""
        for care in Care:
            blocks = list(_Blocks(self, care).section(section))
            text = _written(blocks)
            difference = _difference(list(_words_of(section, self)), text)
            if difference is None:
                if care == Care.BARE:
                    self.bare.append(section.title.ordinal)
                return text
        assert difference is not None
        self.problems.append(difference)
        return text


def _written(blocks: list[Block]) -> str:
    arguments = ["-f", "json", "-t", _WRITER, "--wrap=preserve", "--columns=10000"]
    return pandoc(arguments, document(blocks)).decode()


class _Blocks:
    """Makes pandoc's blocks for one section."""

    def __init__(self, body: BodyWriter, care: Care) -> None:
        self.body = body
        self.text = Writer(self._note, self._image, care)
        self.single = Writer(self._note, self._image, care, lines=False)

    def section(self, section: Section) -> Iterator[Block]:
        for item in section.items:
            if isinstance(item, Numbered):
                yield from self._paragraph(item)
            elif isinstance(item, Box):
                inside = [block for one in item.recommendations for block in self._paragraph(one)]
                yield div(attr("", "recommendations"), inside)
            elif isinstance(item, Subheading):
                yield node("Header", item.depth, attr(), self.single.write(item.text.inlines))
            else:
                yield self._review_note(item)

    def _paragraph(self, item: Numbered | Recommendation) -> Iterator[Block]:
        yield para(*_line(f"{{#{item.id}}}"), *self.text.write(item.text.inlines))
        for belonging in item.belongings:
            yield from self._belonging(belonging)

    def _belonging(self, item: Belonging) -> Iterator[Block]:
        if isinstance(item, Continuation):
            yield para(*_line("{.continued}"), *self.text.write(item.text.inlines))
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

    def _para(self, text: Text) -> Block:
        return para(*self.text.write(text.inlines))

    def _figure(self, item: Figure) -> Iterator[Block]:
        for picture in item.text.inlines:
            if isinstance(picture, Picture):
                yield para(*self._image(picture))

    def _list(self, listing: Listing) -> Block:
        items = [[self._item(one) for one in item] for item in listing.items]
        if listing.kind == "bullet":
            return node("BulletList", items)
        style = {"t": _KINDS.get(listing.kind, "Decimal")}
        delimiter = {"t": _DELIMITERS.get(listing.delimiter, "Period")}
        return node("OrderedList", [listing.start, style, delimiter], items)

    def _item(self, item: Text | Listing) -> Block:
        if isinstance(item, Listing):
            return self._list(item)
        return node("Plain", self.text.write(item.inlines))

    def _table(self, grid: Grid) -> Block:
        width = max(len(row) for row in grid.rows)
        columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in range(width)]
        rows = [self._row(row) for row in grid.rows]
        caption = [node("Plain", self.single.write([Run(grid.caption)]))] if grid.caption else []
        head = [attr(), [rows[0]] if len(rows) > 1 else []]
        body = [attr(), 0, [], rows[1:] if len(rows) > 1 else rows]
        return node("Table", attr(), [None, caption], columns, head, [body], [attr(), []])

    def _row(self, row: list[Text]) -> list[object]:
        return [attr(), [self._cell(text) for text in row]]

    def _cell(self, text: Text) -> list[object]:
        inlines = [_no_break(item) for item in self.single.write(text.inlines)]
        blocks = [node("Plain", inlines)] if inlines else []
        return [attr(), {"t": "AlignDefault"}, 1, 1, blocks]

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
        writer = Writer(lambda _: [], self._image, self.text.care, lines=False)
        paragraphs = [list(item.inlines) for item in paragraphs_of(note.blocks)]
        blocks = [para(*writer.write(trimmed(item))) for item in paragraphs]
        blocks = [block for block in blocks if block["c"]]
        return [node("Note", blocks or [para(*writer.write([Run("[…]")]))])]

    def _image(self, picture: Picture) -> list[Ast]:
        address = self.body.images(picture)
        if not address:
            return []
        description = self.single.write([Run(picture.description or "[…]")])
        return [node("Image", attr(), description, [address, ""])]


def _line(mark: str) -> list[Ast]:
    """A mark on a line of its own above a paragraph."""
    return [raw_inline("markdown", mark), _BREAK]


def _no_break(item: Ast) -> Ast:
    return {"t": "Space"} if item["t"] in ("LineBreak", "SoftBreak") else item


# --- the proof ----------------------------------------------------------------------------------


def _difference(expected: list[str], text: str) -> tuple[str, str] | None:
    """The first place where the words that come back differ from those that went in."""
    blocks = blocks_of(pandoc(["-f", DIALECT, "-t", "json"], text.encode(), reading=True))
    back = _squeezed("".join(_read_words(blocks)))
    wanted = _squeezed("".join(expected))
    if back == wanted:
        return None
    at = next((i for i, (a, b) in enumerate(zip(wanted, back, strict=False)) if a != b), 0)
    return wanted[max(0, at - 30) : at + 30], back[max(0, at - 30) : at + 30]


def _squeezed(text: str) -> str:
    """A text without white space, which lines and paragraphs change."""
    return "".join(unicodedata.normalize("NFC", clean(text)).split())


def _read_words(value: object) -> Iterator[str]:
    """The words of pandoc's AST; descriptions of pictures are left out."""
    if isinstance(value, list):
        for item in value:
            yield from _read_words(item)
    elif isinstance(value, dict):
        name, content = value.get("t"), value.get("c")
        if name == "Str":
            yield str(content)
        elif name in _UNWANTED:
            yield f"\0{name}\0"
        elif name == "Cite" and isinstance(content, list):
            yield f"\0{content[0][0]['citationId']}\0"
        elif name not in ("Image", "Figure"):
            yield from _read_words(content)


def _words_of(section: Section, body: BodyWriter) -> Iterator[str]:
    """The words of a section in the order in which they are written."""
    for item in section.items:
        if isinstance(item, Box):
            for one in item.recommendations:
                yield from _paragraph_words(one, body)
        elif isinstance(item, Numbered):
            yield from _paragraph_words(item, body)
        elif isinstance(item, Subheading):
            yield from _text_words(item.text, body)
        else:
            yield from item.lines


def _paragraph_words(item: Numbered | Recommendation, body: BodyWriter) -> Iterator[str]:
    yield f"{{#{item.id}}}"
    yield from _text_words(item.text, body)
    for part in item.belongings:
        yield from _belonging_words(part, body)


def _belonging_words(part: Belonging, body: BodyWriter) -> Iterator[str]:
    if isinstance(part, Continuation):
        yield "{.continued}"
        yield from _text_words(part.text, body)
    elif isinstance(part, Listing):
        yield from _list_words(part, body)
    elif isinstance(part, Quotation):
        for one in part.texts:
            if isinstance(one, Listing):
                yield from _list_words(one, body)
            else:
                yield from _text_words(one, body)
    elif isinstance(part, Grid):
        yield f"{{#{part.id}}}"
        yield part.caption
        for row in part.rows:
            for cell in row:
                yield from _text_words(cell, body)


def _list_words(listing: Listing, body: BodyWriter) -> Iterator[str]:
    for item in listing.items:
        for one in item:
            if isinstance(one, Listing):
                yield from _list_words(one, body)
            else:
                yield from _text_words(one, body)


def _text_words(text: Text, body: BodyWriter) -> Iterator[str]:
    for item in text.inlines:
        if isinstance(item, Run | Embedded):
            yield item.text
        elif isinstance(item, Reference):
            yield f"\0{item.target}\0"
        elif isinstance(item, NoteMark):
            note = body.note(item)
            if note:
                inside = list(paragraphs_of(note.blocks))
                words = [one.text for one in inside]
                yield "".join(words) if re.sub(r"\s", "", "".join(words)) else "[…]"


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
