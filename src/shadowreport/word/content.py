"""What a Word file holds, as frozen data that imports nothing of ours.

A paragraph is a flat row of inlines in the order of reading: a link or a field is an attribute of
the runs inside it, a bookmark or a comment a pair of marks around them. `ordinal` counts the
paragraphs of a file from 1 in the order of its XML (those in tables and text boxes included); it is
the line that messages name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

RevisionKind = Literal["inserted", "deleted", "moved-here", "moved-away", "formatted"]


@dataclass(frozen=True, slots=True)
class Revision:
    """A tracked change: who did it, and when (ISO 8601, as written in the file)."""

    kind: RevisionKind
    author: str
    date: str

    @property
    def adds(self) -> bool:
        """Whether the text stands in the document once the change is accepted."""
        return self.kind in ("inserted", "moved-here")


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks, with the styles worked in; `size` in half-points, 0 where nothing says it.

    `colour` is six hexadecimal digits, empty where the program chooses; text of two colours looks
    alike, since no section file keeps them.
    """

    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    superscript: bool = False
    subscript: bool = False
    small_caps: bool = False
    caps: bool = False
    hidden: bool = False
    highlight: bool = False
    size: int = 0
    colour: str = field(default="", compare=False)


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text of one look. Tabs are `\\t`, line breaks `\\n`.

    `link` is an address, `anchor` a bookmark that the text leads to, `fields` the instructions of
    the fields around it, outermost first.
    """

    text: str
    look: Look = PLAIN
    link: str = ""
    anchor: str = ""
    fields: tuple[str, ...] = ()
    revision: Revision | None = None
    style: str = ""
    formatted: Revision | None = None  # who changed its look, where that was tracked


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The mark of a footnote or endnote."""

    kind: Literal["footnote", "endnote"]
    id: str
    revision: Revision | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """An image: the part that holds it (empty where it lies outside the file), its description."""

    part: str
    description: str
    revision: Revision | None = None


@dataclass(frozen=True, slots=True)
class Embedded:
    """Something that cannot be read as text: a chart, a diagram, an object, a formula.

    `text` is what could be read of it; it is part of the paragraph's text.
    """

    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class TextBox:
    """A text box that is anchored here."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class BookmarkStart:
    """A bookmark begins here."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class BookmarkEnd:
    """A bookmark ends here."""

    id: str


@dataclass(frozen=True, slots=True)
class CommentStart:
    """The text that a comment is about begins here."""

    id: str


@dataclass(frozen=True, slots=True)
class CommentEnd:
    """The text that a comment is about ends here."""

    id: str


Inline = (
    Run
    | NoteMark
    | Picture
    | Embedded
    | TextBox
    | BookmarkStart
    | BookmarkEnd
    | CommentStart
    | CommentEnd
)


@dataclass(frozen=True, slots=True)
class Number:
    """The automatic number of a paragraph, as Word shows it.

    `label` is the whole text ("12.", "(a)", a bullet), `value` the count at its `level` (from 0),
    `format` Word's name of the way of counting, `pattern` such as "%1.", `list` names the list
    definition and `instance` the list itself.
    """

    label: str
    value: int
    level: int
    format: str
    pattern: str
    list: str
    instance: str


@dataclass(frozen=True, slots=True)
class Frame:
    """How a paragraph stands on the page: indents in twentieths of a point, borders, shading."""

    left: int = 0
    right: int = 0
    bordered: bool = False
    shaded: bool = False
    centred: bool = False


NO_FRAME = Frame()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `style` is the style's name, `outline` the level of a heading from 1, else 0.

    `look` is that of the style alone; `mark` a tracked change of the paragraph's end.
    """

    inlines: tuple[Inline, ...]
    ordinal: int
    style: str = ""
    outline: int = 0
    number: Number | None = None
    look: Look = PLAIN
    frame: Frame = NO_FRAME
    mark: Revision | None = None
    part_of_contents: bool = False

    @property
    def text(self) -> str:
        """The text as a reader sees it, without its number and its text boxes."""
        return "".join(item.text for item in self.inlines if isinstance(item, Run | Embedded))

    def runs(self) -> Iterator[Run]:
        """The runs in order."""
        return (item for item in self.inlines if isinstance(item, Run))

    def bookmarks(self) -> list[str]:
        """The names of the bookmarks that begin in it."""
        return [item.name for item in self.inlines if isinstance(item, BookmarkStart)]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: the column at which it begins, how many it spans, whether it goes on from above."""

    blocks: tuple[Block, ...]
    column: int
    span: int = 1
    continues: bool = False
    shaded: bool = False

    @property
    def text(self) -> str:
        """The text of all its paragraphs, a line each."""
        return "\n".join(paragraph.text for paragraph in paragraphs_of(self.blocks))


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `header` where it repeats on every page."""

    cells: tuple[Cell, ...]
    header: bool = False
    revision: Revision | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `ordinal` is that of its first paragraph, `bookmarks` stand just before it."""

    rows: tuple[Row, ...]
    ordinal: int
    style: str = ""
    bookmarks: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()

    @property
    def columns(self) -> int:
        """How many columns its widest row has."""
        return max((cell.column + cell.span for row in self.rows for cell in row.cells), default=0)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Note:
    """The text of a footnote or endnote."""

    id: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of a reviewer; `resolved` where somebody ticked it off."""

    id: str
    author: str
    date: str
    blocks: tuple[Block, ...]
    resolved: bool = False

    @property
    def text(self) -> str:
        """Its text, a line a paragraph."""
        return "\n".join(paragraph.text for paragraph in paragraphs_of(self.blocks))


@dataclass(frozen=True, slots=True)
class Margin:
    """The text of a header or footer."""

    kind: Literal["header", "footer"]
    text: str


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself."""

    title: str = ""
    author: str = ""
    language: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """All that a Word file holds."""

    file: str
    blocks: tuple[Block, ...]
    footnotes: Mapping[str, Note] = field(default_factory=dict)
    endnotes: Mapping[str, Note] = field(default_factory=dict)
    comments: Mapping[str, Comment] = field(default_factory=dict)
    margins: tuple[Margin, ...] = ()
    properties: Properties = Properties()

    def note(self, mark: NoteMark) -> Note | None:
        """The note that a mark calls."""
        return (self.footnotes if mark.kind == "footnote" else self.endnotes).get(mark.id)


def paragraphs_of(blocks: tuple[Block, ...] | list[Block]) -> Iterator[Paragraph]:
    """Every paragraph inside blocks in the order of reading, those of tables and text boxes too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            for item in block.inlines:
                if isinstance(item, TextBox):
                    yield from paragraphs_of(item.blocks)
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs_of(cell.blocks)
