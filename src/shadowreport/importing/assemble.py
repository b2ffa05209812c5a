"""Puts recognised blocks together: sections, numbered paragraphs with what belongs to them, boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from shadowreport.importing.draft import (
    Belonging,
    Box,
    Continuation,
    Cycle,
    Draft,
    Figure,
    Grid,
    Inline,
    Item,
    Note,
    Numbered,
    Quotation,
    Section,
    Subheading,
    Text,
    shown,
)
from shadowreport.importing.flow import Flow, is_empty
from shadowreport.importing.lists import Marked, fold, labelled, text_of
from shadowreport.importing.marks import list_mark, trimmed
from shadowreport.importing.vocabulary import CAPTION
from shadowreport.word.content import (
    BookmarkStart,
    CommentEnd,
    CommentStart,
    Document,
    NoteMark,
    Paragraph,
    Run,
    Table,
    paragraphs_of,
)

if TYPE_CHECKING:
    from shadowreport.importing.demands import DemandTable
    from shadowreport.importing.recognise import Recognised

_LONG_ANCHOR = 1000
PRELIMINARY = {
    "en": "Preliminary text",
    "ru": "Вводная часть",
    "fr": "Texte préliminaire",
    "es": "Texto preliminar",
}


@dataclass(slots=True)
class Loose:
    """Paragraphs without a running number and other things, before it is known where they belong."""

    parts: list[Marked | Belonging] = field(default_factory=list)


def draft_of(found: Recognised, document: Document, language: str) -> Draft:
    """The draft that the recognised blocks make."""
    maker = _Maker(found, document)
    maker.draft.language = language
    for index in range(len(found.flow.blocks)):
        maker.take(index)
    maker.finish()
    return maker.draft


class _Maker:
    """Goes through the blocks once and builds the sections."""

    def __init__(self, found: Recognised, document: Document) -> None:
        self.found = found
        self.flow: Flow = found.flow
        self.document = document
        self.draft = Draft()
        self.items: list[Item | Loose] = []
        self.contents: list[tuple[Section, list[Item | Loose]]] = []
        self.notes: list[NoteMark] = []  # marks of footnotes that could not stay where they were
        self.cycles: dict[str, Cycle] = {}
        self.said: set[str] = set()  # comments that have become notes
        self.anchors = _anchors(document)
        self.ours = found.flow.ours

    # --- block by block -------------------------------------------------------------------------

    def take(self, index: int) -> None:
        """Puts a block where it belongs."""
        block = self.flow.blocks[index]
        outline = self.found.outline
        if index == outline.title and isinstance(block, Paragraph):
            self.draft.title = self._title(block)
        elif index in outline.subtitles:
            self._subtitle(block)
        elif index in outline.levels and isinstance(block, Paragraph):
            self._heading(block, outline.levels[index])
        elif index in self.found.demands:
            self._demands(self.found.demands[index])
        elif index in self.found.boxes:
            self._box(self.found.boxes[index])
        elif index in self.found.taken:
            pass
        elif isinstance(block, Table):
            self._table(block, index)
        elif index in self.found.numbers.marks:
            mark = self.found.numbers.marks[index]
            text = self._text(text_of(block, mark.length))
            self._items().append(Numbered(text, mark.label, _named(block, "par_")))
        else:
            self._loose().parts.append((block, list_mark(block)))
        self._comments(block)

    def finish(self) -> None:
        """Settles what is loose, once it is known which sections carry numbers."""
        self._our_cover()
        self.draft.cycles = sorted(self.cycles.values(), key=lambda item: (item.year, item.key))
        self.draft.demand_tables = len(self.found.demands)
        any_numbers = bool(self.found.numbers.marks)
        for section, items in self.contents:
            has_numbers = any(isinstance(item, Numbered) for item in items)
            has_text = any(isinstance(item, Numbered | Loose) for item in items)
            section.numbered = has_numbers or not any_numbers or not has_text
            section.items = list(self._settled(items, promoting=has_numbers))
            self.draft.sections.append(section)
        if self.notes:
            self._left_notes()

    def _our_cover(self) -> None:
        cover = self.flow.cover
        if self.draft.title is None and "cover title" in cover:
            self.draft.title = Text([Run(cover["cover title"])], 1)
        self.draft.subtitle = self.draft.subtitle or cover.get("cover subtitle", "")

    def _items(self) -> list[Item | Loose]:
        """The items of the section at hand; text before the first heading gets a section too."""
        if not self.contents:
            title = Text([Run(PRELIMINARY.get(self.draft.language, PRELIMINARY["en"]))], 1)
            message = f"text before the first heading became a section '{title.plain}'"
            self.flow.warn("import-moved", 1, message, "give it a title, or move it")
            self.contents.append((Section(title, 1), []))
        return self.contents[-1][1]

    def _loose(self) -> Loose:
        items = self._items()
        if not items or not isinstance(items[-1], Loose):
            items.append(Loose())
        last = items[-1]
        assert isinstance(last, Loose)
        return last

    # --- headings -------------------------------------------------------------------------------

    def _title(self, block: Paragraph) -> Text:
        return Text(self._without_notes(trimmed(list(block.inlines))), block.ordinal)

    def _subtitle(self, block: Paragraph | Table) -> None:
        text = block.text.strip() if isinstance(block, Paragraph) else ""
        self.draft.subtitle = " ".join(filter(None, [self.draft.subtitle, text]))

    def _heading(self, block: Paragraph, level: int) -> None:
        text = labelled(block) if not self.ours else text_of(block)
        name = _named(block, "sec_")
        if level > 2 or (self.ours and not name):
            above = self.contents[-1][0].level if self.contents else 1
            depth = max(2, level - above + 1)
            text.inlines = [_unemphasised(item) for item in text.inlines]
            self._items().append(Subheading(self._text(text), depth))
            return
        text.inlines = self._without_notes(text.inlines)
        self.contents.append((Section(text, level, name), []))

    def _without_notes(self, inlines: Sequence[Inline]) -> list[Inline]:
        """A title without footnote marks, which wait for the next paragraph."""
        self.notes.extend(item for item in inlines if isinstance(item, NoteMark))
        return [item for item in inlines if not isinstance(item, NoteMark)]

    def _text(self, text: Text) -> Text:
        """A text that takes over the footnotes that are waiting for one."""
        if self.notes and text.plain.strip():
            self._warn_notes(text.ordinal)
            at = next(
                (at for at, item in enumerate(text.inlines) if isinstance(item, NoteMark)),
                len(text.inlines),
            )
            text.inlines[at:at] = self.notes
            self.notes = []
        return text

    def _warn_notes(self, ordinal: int) -> None:
        count = len(self.notes)
        what = "a footnote" if count == 1 else f"{count} footnotes"
        message = f"{what} of a title or table moved to this paragraph, the next one"
        self.flow.warn("import-moved", ordinal, message, "titles and cells hold plain text only")

    def _left_notes(self) -> None:
        """Footnotes that no paragraph came after: they go to the last one."""
        texts = [item.text for _, item in self.draft.numbered()]
        if texts:
            self._warn_notes(texts[-1].ordinal)
            texts[-1].inlines.extend(self.notes)

    # --- tables and boxes -----------------------------------------------------------------------

    def _demands(self, table: DemandTable) -> None:
        items = self._items()
        section = self.contents[-1][0]
        if section.rows:
            message = "a second table of earlier recommendations joined the first of its section"
            self.flow.warn("import-table", table.ordinal, message)
        elif any(isinstance(item, Numbered | Loose | Box) for item in items):
            message = "a table of earlier recommendations moved up under the section's heading"
            self.flow.warn("import-moved", table.ordinal, message)
        section.rows.extend(table.rows)
        self.notes.extend(table.notes)
        for cycle in table.columns.values():
            self.cycles.setdefault(cycle.key, cycle)
        if table.rest:
            message = "columns or cells of a table that belong to no cycle became a review note"
            self.flow.warn("import-table", table.ordinal, message)
            items.append(
                Note("import", "", ["Beside the table stood:", *table.rest], table.ordinal)
            )

    def _box(self, box: Box) -> None:
        for recommendation in box.recommendations:
            inlines = recommendation.text.inlines
            names = [item.name for item in inlines if isinstance(item, BookmarkStart)]
            recommendation.id = next(
                (_id_of(name, "rec_") for name in names if name.startswith("rec_")), ""
            )
            self._text(recommendation.text)
        self._items().append(box)

    def _table(self, table: Table, index: int) -> None:
        if all(len(row.cells) <= 1 for row in table.rows):
            inside = [item for item in paragraphs_of([table]) if not is_empty(item)]
            if inside:
                message = "a framed text (a table of one column) became a quotation"
                self.flow.warn("import-table", table.ordinal, message)
                texts = [self._text(labelled(item)) for item in inside]
                self._loose().parts.append(Quotation([*texts]))
            return
        caption = self.found.captions.get(index)
        words = CAPTION.sub("", caption.text, count=1).strip() if caption else ""
        names = [*table.bookmarks, *(_bookmarks(caption) if caption else ())]
        names += [name for item in paragraphs_of([table]) for name in item.bookmarks()]
        identifier = next((_id_of(name, "tbl_") for name in names if name.startswith("tbl_")), "")
        grid = Grid(identifier, words, grid_rows(table, self.flow), table.ordinal)
        self._loose().parts.append(grid)

    # --- comments -------------------------------------------------------------------------------

    def _comments(self, block: Paragraph | Table) -> None:
        for paragraph in paragraphs_of([block]):
            for item in paragraph.inlines:
                comment = (
                    self.document.comments.get(item.id) if isinstance(item, CommentStart) else None
                )
                if comment and comment.id not in self.said:
                    self.said.add(comment.id)
                    anchor = self.anchors.get(comment.id, "").strip()
                    lines = comment.text.split("\n")
                    if comment.resolved:
                        lines[0] = f"(resolved) {lines[0]}"
                    if anchor and len(anchor.split()) <= 25:
                        lines.insert(0, f"On “{anchor}”:")
                    note = Note(comment.author, comment.date, lines, paragraph.ordinal)
                    self._items().append(note)

    # --- what is loose --------------------------------------------------------------------------

    def _settled(self, items: Sequence[Item | Loose], *, promoting: bool) -> Iterator[Item]:
        """Items with everything loose given to the paragraph above it, or made a paragraph."""
        settling = _Settling(self, promoting)
        for item in items:
            settling.add(item)
        return iter(settling.done())


class _Settling:
    """Gives loose parts of one section to paragraphs."""

    def __init__(self, maker: _Maker, promoting: bool) -> None:
        self.maker = maker
        self.promoting = promoting
        self.items: list[Item] = []
        self.open: Numbered | None = None
        self.early: list[Belonging] = []  # tables and pictures that stand above every paragraph

    def add(self, item: Item | Loose) -> None:
        if isinstance(item, Loose):
            self._loose(item)
            return
        if isinstance(item, Numbered):
            self._begin(item)
            return
        if isinstance(item, Box) and not any(isinstance(one, Numbered) for one in self.items):
            self._placeholder(item.ordinal, "a box stands here without a paragraph above it")
        if isinstance(item, Subheading) and self.early:
            self._placeholder_for_early()
        if not isinstance(item, Note):
            self.open = None
        self.items.append(item)

    def done(self) -> list[Item]:
        if self.early:
            self._placeholder_for_early()
        return self.items

    def _placeholder_for_early(self) -> None:
        first = self.early[0]
        ordinal = first.ordinal if isinstance(first, Grid) else 1
        self._placeholder(ordinal, "a table or picture stands here without a paragraph")

    def _begin(self, paragraph: Numbered) -> None:
        self.items.append(paragraph)
        self.open = paragraph
        if self.early:
            message = (
                "a table, list or picture moved below this paragraph, the first of its section"
            )
            self.maker.flow.warn("import-moved", paragraph.text.ordinal, message)
            paragraph.belongings.extend(self.early)
            self.early = []

    def _loose(self, loose: Loose) -> None:
        waiting: list[Marked] = []
        for part in loose.parts:
            if isinstance(part, tuple):
                waiting.append(part)
            else:
                self._fold(waiting)
                waiting = []
                self._belong(part)
        self._fold(waiting)

    def _fold(self, waiting: list[Marked]) -> None:
        for part in fold(waiting):
            for text in _first_texts(part):
                self.maker._text(text)
            if isinstance(part, Continuation) and self._stands_alone(part.text):
                self._promote(part.text)
            elif self.open is None and not isinstance(part, Figure | Grid):
                self._promote_first(part)
            else:
                self._belong(part)

    def _stands_alone(self, text: Text) -> bool:
        """Whether a paragraph without a number is one of its own, not a continuation."""
        if self.open is None:
            return True
        if self.maker.ours:
            return bool(_named_inlines(text, "par_"))
        return not self.promoting

    def _belong(self, part: Belonging) -> None:
        if self.open is None:
            self.early.append(part)
        else:
            self.open.belongings.append(part)

    def _promote(self, text: Text) -> None:
        if self.promoting:
            message = f"a paragraph without a number became a numbered one: '{text.plain[:60]}'"
            hint = "nothing stands above it to which it could belong; later numbers move up by one"
            self.maker.flow.warn("import-promoted", text.ordinal, message, hint)
        self._begin(Numbered(text, "", _named_inlines(text, "par_")))

    def _promote_first(self, part: Belonging) -> None:
        """A list or quotation above every paragraph: it hangs on a paragraph made for it."""
        ordinal = next((text.ordinal for text in _first_texts(part)), 1)
        self._placeholder(ordinal, "a list or quotation stands here without a paragraph above it")
        self._belong(part)

    def _placeholder(self, ordinal: int, message: str) -> None:
        hint = "write the paragraph, or move what follows; it counts as a numbered paragraph"
        self.maker.flow.warn("import-promoted", ordinal, message, hint)
        self._begin(Numbered(Text([Run("[…]")], ordinal)))


def _first_texts(part: Belonging) -> Iterator[Text]:
    from shadowreport.importing.draft import texts_of

    yield from list(texts_of([part]))[:1]


def _unemphasised(item: Inline) -> Inline:
    """A heading's inline without the bold type that only made it look like a heading."""
    if not isinstance(item, Run):
        return item
    return replace(item, look=replace(item.look, bold=False, underline=False))


# --- small things -------------------------------------------------------------------------------


def grid_rows(table: Table, flow: Flow) -> list[list[Text]]:
    """The rows of an ordinary table, a text a cell; spans become empty cells, lines are joined."""
    spans = joined = nested = False
    rows: list[list[Text]] = []
    for row in table.rows:
        line = [Text([], table.ordinal) for _ in range(table.columns)]
        for cell in row.cells:
            spans = spans or cell.span > 1 or cell.continues
            nested = nested or any(isinstance(block, Table) for block in cell.blocks)
            texts = [text_of(item) for item in paragraphs_of(cell.blocks) if not is_empty(item)]
            joined = joined or len(texts) > 1
            line[cell.column] = _joined(texts, table.ordinal)
        rows.append(line)
    for happened, message in (
        (spans, "merged cells of a table were taken apart: the text stands in the first"),
        (joined, "paragraphs inside a cell were joined to one"),
        (nested, "a table inside a table became text of its cell"),
    ):
        if happened:
            flow.warn("import-table", table.ordinal, message, "compare it with the Word file")
    return rows


def _joined(texts: Sequence[Text], ordinal: int) -> Text:
    inlines = []
    for index, text in enumerate(texts):
        if index:
            inlines.append(Run(" "))
        inlines.extend(text.inlines)
    return Text(inlines, texts[0].ordinal if texts else ordinal)


def _anchors(document: Document) -> dict[str, str]:
    """The text that each comment is about, as far as a note can show it."""
    found: dict[str, str] = {}
    open_ids: set[str] = set()
    for paragraph in paragraphs_of(document.blocks):
        for item in paragraph.inlines:
            if isinstance(item, CommentStart):
                open_ids.add(item.id)
                found.setdefault(item.id, "")
            elif isinstance(item, CommentEnd):
                open_ids.discard(item.id)
            else:
                for identifier in open_ids:
                    if len(found[identifier]) < _LONG_ANCHOR:
                        found[identifier] += shown(item)
    return found


def _bookmarks(block: Paragraph | Table | None) -> list[str]:
    return block.bookmarks() if isinstance(block, Paragraph) else []


def _named(block: Paragraph | Table, prefix: str) -> str:
    return next((_id_of(n, prefix) for n in _bookmarks(block) if n.startswith(prefix)), "")


def _named_inlines(text: Text, prefix: str) -> str:
    names = [item.name for item in text.inlines if isinstance(item, BookmarkStart)]
    return next((_id_of(name, prefix) for name in names if name.startswith(prefix)), "")


def _id_of(bookmark: str, prefix: str) -> str:
    """The id that a bookmark of our own DOCX names: par_no_special_law is no-special-law."""
    return bookmark.removeprefix(prefix).replace("_", "-").lower()
