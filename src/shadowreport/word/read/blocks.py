"""Reads paragraphs and tables. `HANDLERS` says what is done with each element among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.word.content import (
    Block,
    BookmarkStart,
    Cell,
    CommentEnd,
    CommentStart,
    Inline,
    Number,
    Paragraph,
    Revision,
    Row,
    Table,
)
from shadowreport.word.names import Element, child, name, number, short, switch, value
from shadowreport.word.ours import FRAME_HEADINGS
from shadowreport.word.read.inlines import HANDLERS as INLINE_HANDLERS
from shadowreport.word.read.inlines import IGNORED, read_inlines, revision_of
from shadowreport.word.read.story import Around, Story
from shadowreport.word.read.styles import Style, frame_of, is_shaded
from shadowreport.word.read.unseen import without_unseen

_BOX_HEADINGS = frozenset(map(str.lower, FRAME_HEADINGS))
MAX_DEPTH = 12  # tables in tables; deeper ones are refused rather than read
MAX_COLUMNS = 200  # Word itself makes 63
MAX_CELLS = 200_000
_MARKS = (
    *("w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart", "w:commentRangeEnd"),
    *("m:oMathPara", "m:oMath", "w:r", "w:hyperlink", "w:fldSimple"),
)
_REVISED = ("w:del", "w:moveFrom", "w:ins", "w:moveTo")


class _Blocks:
    """Collects blocks; marks that stand between two of them join the next one."""

    def __init__(self, story: Story, depth: int) -> None:
        self.story = story
        self.depth = depth
        self.found: list[Block] = []
        self.waiting: list[Inline] = []
        self.contents = False

    def read(self, parent: Element) -> None:
        for element in parent:
            tag = short(element)
            handler = HANDLERS.get(tag)
            if handler:
                handler(self, element)
            elif tag not in _IGNORED:
                message = f"something unknown stands here (<{tag}>); its text was kept"
                self.story.note("word-changed", message, "compare the place with the Word file")
                self.read(element)

    def finish(self) -> list[Block]:
        """All blocks; marks at the very end join the last paragraph."""
        last = self.found[-1] if self.found else None
        if self.waiting and isinstance(last, Paragraph):
            self.found[-1] = replace(last, inlines=(*last.inlines, *self.waiting))
        return self.found

    def paragraph(self, element: Element) -> None:
        paragraph = _paragraph(self.story, element, self.contents)
        if _is_drop_cap(element):
            self.waiting += paragraph.inlines
            return
        if self.waiting:
            paragraph = replace(paragraph, inlines=(*self.waiting, *paragraph.inlines))
            self.waiting = []
        self.found.append(paragraph)

    def table(self, element: Element) -> None:
        if self.depth >= MAX_DEPTH:
            self.story.note("word-dropped", "tables are nested too deeply here")
            return
        if _is_box(self.story, element):
            self._box(element)
            return
        names = tuple(item.name for item in self.waiting if isinstance(item, BookmarkStart))
        kept = [item for item in self.waiting if isinstance(item, CommentStart | CommentEnd)]
        self.waiting = list(kept)
        self.found.append(_table(self.story, element, names, self.depth))

    def _box(self, element: Element) -> None:
        """A box of ours that is a table only for its frame: its paragraphs are framed ones."""
        start = len(self.found)
        for row in _inside(element, "w:tr"):
            for cell in _inside(row, "w:tc"):
                self.read(cell)
        for at, block in enumerate(self.found[start:], start):
            if isinstance(block, Paragraph):
                self.found[at] = replace(block, frame=replace(block.frame, bordered=True))

    def control(self, element: Element) -> None:
        gallery = value(child(element, "w:sdtPr", "w:docPartObj", "w:docPartGallery")) or ""
        before, self.contents = self.contents, self.contents or "Contents" in gallery
        content = child(element, "w:sdtContent")
        if content is not None:
            self.read(content)
        self.contents = before

    def mark(self, element: Element) -> None:
        INLINE_HANDLERS[short(element)](self.story, element, Around(), self.waiting)

    def chunk(self, _element: Element) -> None:
        hint = "open the file in Word and save it: Word then takes the text in"
        self.story.note("word-dropped", "a text of another format that Word would insert", hint)

    def alternate(self, element: Element) -> None:
        chosen = child(element, "mc:Choice")
        chosen = chosen if chosen is not None else child(element, "mc:Fallback")
        if chosen is not None:
            self.read(chosen)


HANDLERS: dict[str, Callable[[_Blocks, Element], None]] = {
    "w:p": _Blocks.paragraph,
    "w:tbl": _Blocks.table,
    "w:sdt": _Blocks.control,
    "w:customXml": _Blocks.read,
    "w:smartTag": _Blocks.read,
    "w:ins": _Blocks.read,
    "w:del": _Blocks.read,
    "w:moveTo": _Blocks.read,
    "w:moveFrom": _Blocks.read,
    "w:altChunk": _Blocks.chunk,
    "mc:AlternateContent": _Blocks.alternate,
    **dict.fromkeys(_MARKS, _Blocks.mark),
}
_IGNORED = IGNORED | {"w:sectPr", "w:tcPr", "w:background", "#comment"}


def read_blocks(story: Story, parent: Element, depth: int = 0) -> list[Block]:
    """The paragraphs and tables among the children of an element."""
    blocks = _Blocks(story, depth)
    blocks.read(parent)
    return blocks.finish()


def _is_drop_cap(element: Element) -> bool:
    """Whether a paragraph is the large letter with which the next one begins."""
    found = value(child(element, "w:pPr", "w:framePr"), "w:dropCap")
    return found in ("drop", "margin")


def _paragraph(story: Story, element: Element, contents: bool) -> Paragraph:
    story.ordinal += 1
    ordinal = story.ordinal
    properties = child(element, "w:pPr")
    identifier = value(child(properties, "w:pStyle")) if properties is not None else None
    style = story.styles.paragraph(identifier)
    number_of = _number(story, properties, style, identifier or story.styles.default)
    mark = child(properties, "w:rPr") if properties is not None else None
    in_contents = contents or _in_contents(story, style)
    inlines = without_unseen(story, read_inlines(story, element, Around(look=style.look)))
    return Paragraph(
        inlines=tuple(inlines),
        ordinal=ordinal,
        style=style.name or identifier or "",
        outline=_outline(properties, style),
        number=number_of,
        look=style.look,
        frame=frame_of(properties, style.frame),
        mark=_revision_in(mark),
        part_of_contents=in_contents or _in_contents(story, style),
    )


def _in_contents(story: Story, style: Style) -> bool:
    fields = (item.instruction.strip().upper() for item in story.fields)
    return bool(story.styles.names.contents.match(style.name)) or any(
        text.startswith("TOC") for text in fields
    )


def _outline(properties: Element | None, style: Style) -> int:
    level = value(child(properties, "w:outlineLvl")) if properties is not None else None
    if level is None:
        return style.outline
    return number(level, 9) + 1 if number(level, 9) < 9 else 0


def _number(story: Story, properties: Element | None, style: Style, style_id: str) -> Number | None:
    own = child(properties, "w:numPr") if properties is not None else None
    if own is None:
        return story.numbering.next(style.num_id, style.num_level, style_id)
    num_id = value(child(own, "w:numId"))
    level = number(value(child(own, "w:ilvl")), style.num_level)
    return story.numbering.next(style.num_id if num_id is None else num_id, level, style_id)


def _revision_in(properties: Element | None) -> Revision | None:
    """The tracked change of a paragraph's end or of a row; one that was inserted and deleted again goes."""
    for tag in _REVISED:
        found = child(properties, tag) if properties is not None else None
        if found is not None:
            return revision_of(found)
    return None


# --- tables -------------------------------------------------------------------------------------


def _table(story: Story, element: Element, bookmarks: tuple[str, ...], depth: int) -> Table:
    ordinal = story.ordinal + 1
    style_id = value(child(element, "w:tblPr", "w:tblStyle"))
    inner = _Blocks(story, depth)
    rows = [_row(story, item, depth, inner) for item in _inside(element, "w:tr")]
    names = [item.name for item in inner.waiting if isinstance(item, BookmarkStart)]
    columns = max((cell.column + cell.span for row in rows for cell in row.cells), default=0)
    if columns > MAX_COLUMNS or columns * len(rows) > MAX_CELLS:
        message = f"a table has {len(rows):,} rows and {columns:,} columns"
        place = Place(story.package.file, ordinal)
        raise Failure([Diagnostic("word-too-large", place, message, "no program can show it")])
    grid = child(element, "w:tblGrid")
    widths = [number(value(item, "w:w")) for item in grid] if grid is not None else []
    title = value(child(story.styles.character(style_id), "w:name")) or style_id or ""
    return Table(tuple(rows), ordinal, title, (*bookmarks, *names), tuple(widths))


def _is_box(story: Story, element: Element) -> bool:
    """Whether a table is a box of ours: one column, headed as one. Where a row was inserted or deleted
    with tracking it is read as any other table."""
    rows = list(_inside(element, "w:tr"))
    tracked = any(_revision_in(child(row, "w:trPr")) for row in rows)
    if tracked or any(len(list(_inside(row, "w:tc"))) > 1 for row in rows):
        return False
    first = next(element.iter(name("w:p")), None)
    style = story.styles.paragraph(value(child(first, "w:pPr", "w:pStyle")))
    return style.name.lower() in _BOX_HEADINGS


def _inside(parent: Element, wanted: str) -> Iterable[Element]:
    """Rows of a table or cells of a row, through the wrappers that may stand around them."""
    for element in parent:
        tag = short(element)
        if tag == wanted:
            yield element
        elif tag == "w:sdt":
            content = child(element, "w:sdtContent")
            yield from _inside(content, wanted) if content is not None else ()
        elif tag in ("w:customXml", "w:ins", "w:del", "w:moveTo", "w:moveFrom"):
            yield from _inside(element, wanted)


def _row(story: Story, element: Element, depth: int, outer: _Blocks) -> Row:
    properties = child(element, "w:trPr")
    column = number(value(child(properties, "w:gridBefore"))) if properties is not None else 0
    header = properties is not None and bool(switch(child(properties, "w:tblHeader")))
    cells: list[Cell] = []
    for item in _inside(element, "w:tc"):
        cell = _cell(story, item, column, depth)
        column += cell.span
        cells.append(cell)
    for item in element:
        if short(item) == "w:bookmarkStart":
            outer.mark(item)
    return Row(tuple(cells), header, _revision_in(properties))


def _cell(story: Story, element: Element, column: int, depth: int) -> Cell:
    properties = child(element, "w:tcPr")
    merge = child(properties, "w:vMerge") if properties is not None else None
    return Cell(
        blocks=tuple(read_blocks(story, element, depth + 1)),
        column=column,
        span=max(1, number(value(child(properties, "w:gridSpan")), 1)),
        continues=merge is not None and value(merge) != "restart",
        shaded=is_shaded(child(properties, "w:shd")),
    )
