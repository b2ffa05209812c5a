"""Puts recognised blocks together: sections, numbered paragraphs with what belongs to them, boxes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from shadowreport.importing.belongings import Loose, Settling, named
from shadowreport.importing.draft import (
    DEEPEST,
    EMPTY,
    Box,
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
)
from shadowreport.importing.recognise.comments import Comments
from shadowreport.importing.recognise.flow import is_empty
from shadowreport.importing.recognise.grids import grid_rows, merged_cells
from shadowreport.importing.recognise.lists import labelled, text_of
from shadowreport.importing.recognise.marks import list_mark, trimmed
from shadowreport.word.content import (
    Document,
    NoteMark,
    Paragraph,
    Picture,
    Run,
    Table,
    paragraphs_of,
)
from shadowreport.word.ours import SUMMARY, SUMMARY_HEADING, id_of

if TYPE_CHECKING:
    from shadowreport.importing.recognise import Recognised
    from shadowreport.importing.recognise.demands import DemandTable

_Items = list[Item | Loose]


def draft_of(found: Recognised, document: Document) -> Draft:
    """The draft that the recognised blocks make."""
    maker = _Maker(found, document)
    for index in range(len(found.flow.blocks)):
        maker.take(index)
    return maker.finished()


class _Maker:
    """Goes through the blocks once and builds the sections."""

    def __init__(self, found: Recognised, document: Document) -> None:
        self.found = found
        self.flow = found.flow
        unsure = found.flow.unsure_language
        self.draft = Draft(language=found.language, unsure_language=unsure)
        self.contents: list[tuple[Section, _Items]] = []
        self.marks: list[NoteMark] = []  # of footnotes of titles and tables: they wait for a text
        self.cycles: dict[str, Cycle] = {}
        self.comments = Comments(document)

    def take(self, index: int) -> None:
        """Puts a block where it belongs."""
        block = self.flow.blocks[index]
        outline = self.found.outline
        if index in self.found.demands:
            self._demands(self.found.demands[index])
        elif index in self.found.boxes:
            self._box(self.found.boxes[index])
        elif isinstance(block, Table):
            self._table(block, index)
        elif index == outline.cover.title:
            inlines = self._without_marks(trimmed(block.inlines))
            self.draft.title = Text(inlines, block.ordinal)
        elif index in outline.cover.subtitles:
            words = outline.cover.subtitles[index]
            self.draft.subtitle = ", ".join(filter(None, (self.draft.subtitle, words)))
        elif index in outline.levels:
            self._heading(block, outline.levels[index])
        elif self.flow.ours and self.contents and block.style in (SUMMARY_HEADING, SUMMARY):
            self._summary(block)
        elif index not in self.found.taken:
            self._paragraph(block, index)
        for note in self.comments.notes(block):
            self._items().append(note)

    def finished(self) -> Draft:
        """The draft, with everything loose settled."""
        draft, cover = self.draft, self.flow.cover
        if draft.title is None and "cover-title" in cover:
            draft.title = Text([Run(cover["cover-title"])], 1)
        draft.session, draft.date = self.found.outline.cover.session, self.found.outline.cover.date
        draft.subtitle = draft.subtitle or cover.get("cover-subtitle", "")
        draft.cycles = sorted(self.cycles.values(), key=lambda item: (item.year, item.key))
        draft.demand_tables = len(self.found.demands)
        left = list(self.comments.left())
        if left:
            message = f"{len(left)} comments on footnotes or contents stand at the very end"
            self.flow.warn("import-moved", 1, message, "move them to where they belong")
            self._items().extend(left)
        for section, items in self.contents:
            self._settle(section, items)
            draft.sections.append(section)
        texts = [paragraph.text for _, paragraph in draft.numbered()]
        if self.marks and texts:
            last = texts[-1]
            last.inlines = self._with_marks(last.inlines, last.ordinal, "the last one above")
        return draft

    def _settle(self, section: Section, items: _Items) -> None:
        has_numbers = any(isinstance(item, Numbered) for item in items)
        has_text = any(isinstance(item, Numbered | Loose) for item in items)
        section.numbered = has_numbers or not self.found.numbers.marks or not has_text
        settling = Settling(self.flow, promoting=has_numbers)
        for item in items:
            settling.add(item)
        section.items = settling.done()
        if not section.items and section.level > 1:
            message = f"the heading '{section.title.plain.strip()[:60]}' has no text below it"
            hint = "write the paragraph, or remove the section"
            self.flow.warn("import-promoted", section.title.ordinal, message, hint)
            section.items = [Numbered(Text([Run("[…]")], section.title.ordinal))]
            section.numbered = not self.found.numbers.marks

    def _items(self) -> _Items:
        """The items of the section at hand; text before the first heading gets a section too."""
        if not self.contents:
            words = self.flow.words.preliminary(self.draft.language)
            message = f"text before the first heading became a section '{words}'"
            self.flow.warn("import-moved", 1, message, "give it a title, or move it")
            self.contents.append((Section(Text([Run(words)], 1), 1), []))
        return self.contents[-1][1]

    # --- paragraphs and headings ----------------------------------------------------------------

    def _paragraph(self, block: Paragraph, index: int) -> None:
        mark = self.found.numbers.marks.get(index)
        if index in self.found.captions:
            self._loose().parts.append(self._figure(block, self.found.captions[index]))
            return
        if mark is None:
            if self.marks and block.text.strip():
                inlines = self._with_marks(list(block.inlines), block.ordinal)
                block = replace(block, inlines=tuple(inlines))  # pyright: ignore[reportArgumentType]
            self._loose().parts.append((block, list_mark(block)))
            return
        text = self._marked(text_of(block, mark.length))
        self._items().append(Numbered(text, mark.label, named(block.inlines, "par")))

    def _figure(self, block: Paragraph, caption: Paragraph) -> Figure:
        head = self.flow.words.figure_caption
        words = self._words_of(caption, head)
        self._without_marks(caption.inlines)
        names = [*block.bookmarks(), *caption.bookmarks()]
        identifier = next(filter(None, (id_of(name, "fig") for name in names)), "")
        inlines = [_described(item, words) for item in block.inlines]
        return Figure(Text(inlines, block.ordinal), identifier, words, _typed_number(head, caption))

    def _words_of(self, caption: Paragraph, head: re.Pattern[str]) -> str:
        """A caption without its number; without one a table or a figure would have none here either."""
        words = head.sub("", caption.text, count=1).strip()
        if not words:
            message = f"the caption '{caption.text.strip()}' has no words: {EMPTY} stands for them"
            self.flow.warn("import-changed", caption.ordinal, message, "write what it shows")
        return words or EMPTY

    def _loose(self) -> Loose:
        items = self._items()
        if items and isinstance(items[-1], Loose):
            return items[-1]
        loose = Loose()
        items.append(loose)
        return loose

    def _heading(self, block: Paragraph, level: int) -> None:
        text = text_of(block) if self.flow.ours else labelled(block)
        name = named(block.inlines, "sec")
        if level > 2 or (self.flow.ours and not name):
            above = self.contents[-1][0].level if self.contents else 1
            text.inlines = _unemphasised(text.inlines)
            depth = min(max(2, level - above + 1), DEEPEST)
            self._items().append(Subheading(self._marked(text), depth))
            return
        text.inlines = self._without_marks(text.inlines)
        self.contents.append((Section(text, level, name), []))

    # --- footnotes that titles and tables cannot hold -------------------------------------------

    def _without_marks(self, inlines: Sequence[Inline]) -> list[Inline]:
        """Inlines without footnote marks, which wait for the next text."""
        self.marks.extend(item for item in inlines if isinstance(item, NoteMark))
        return [item for item in inlines if not isinstance(item, NoteMark)]

    def _marked(self, text: Text) -> Text:
        """A text that takes over the footnotes that are waiting for one."""
        if self.marks and text.plain.strip():
            text.inlines = self._with_marks(text.inlines, text.ordinal)
        return text

    def _with_marks(
        self, inlines: Sequence[Inline], ordinal: int, where: str = "the next one"
    ) -> list[Inline]:
        count = len(self.marks)
        what = "a footnote" if count == 1 else f"{count} footnotes"
        message = f"{what} of a title or table moved to this paragraph, {where}"
        self.flow.warn("import-moved", ordinal, message, "titles and cells hold plain text only")
        own = (at for at, item in enumerate(inlines) if isinstance(item, NoteMark))
        at = next(own, len(inlines))
        result = [*inlines[:at], *self.marks, *inlines[at:]]
        self.marks = []
        return result

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
        self.marks.extend(table.notes)
        for cycle in table.columns.values():
            self.cycles.setdefault(cycle.key, cycle)
        if table.rest:
            message = "columns or cells of a table that belong to no cycle became a review note"
            self.flow.warn("import-table", table.ordinal, message)
            items.append(
                Note("import", "", ["Beside the table stood:", *table.rest], table.ordinal)
            )

    def _summary(self, block: Paragraph) -> None:
        """A point of a summary; its heading is printed anew."""
        if block.style == SUMMARY and block.text.strip():
            name = named(block.inlines, "par")
            self._items().append(Numbered(self._marked(text_of(block)), id=name, summary=True))

    def _box(self, box: Box) -> None:
        for recommendation in box.recommendations:
            recommendation.id = named(recommendation.text.inlines, "rec")
            self._marked(recommendation.text)
        self._items().append(box)

    def _table(self, table: Table, index: int) -> None:
        caption = self.found.captions.get(index)
        if caption is None and all(len(row.cells) <= 1 for row in table.rows):
            self._framed(table)
            return
        head = self.flow.words.caption
        words = self._words_of(caption, head) if caption else ""
        names = [*table.bookmarks, *(caption.bookmarks() if caption else ())]
        names += [name for item in paragraphs_of([table]) for name in item.bookmarks()]
        identifier = next(filter(None, (id_of(name, "tbl") for name in names)), "")
        self._without_marks(caption.inlines if caption else ())
        old = _typed_number(head, caption) if caption else ""
        rows, spans = grid_rows(table, self.flow), merged_cells(table, self.flow)
        grid = Grid(identifier, words, rows, table.ordinal, old, spans)
        self._loose().parts.append(grid)

    def _framed(self, table: Table) -> None:
        inside = [item for item in paragraphs_of([table]) if not is_empty(item)]
        if inside:
            message = "a framed text (a table of one column) became a quotation"
            self.flow.warn("import-table", table.ordinal, message)
            texts = [self._marked(labelled(item)) for item in inside]
            self._loose().parts.append(Quotation([*texts]))


def _typed_number(head: re.Pattern[str], caption: Paragraph) -> str:
    """The number of a caption whose head is known; empty where it has none."""
    match = head.match(caption.text)
    return "".join(re.findall(r"\d+", match[0])) if match else ""


def _described(item: Inline, words: str) -> Inline:
    """A picture with its caption for a description, where it has none."""
    bare = isinstance(item, Picture) and not item.description
    return replace(item, description=words) if bare else item


def _unemphasised(inlines: Sequence[Inline]) -> list[Inline]:
    """A heading without the type that only made it look like a heading: bold, and italic where all
    of it is."""
    runs = [item for item in inlines if isinstance(item, Run) and item.text.strip()]
    upright = {"italic": False} if all(run.look.italic for run in runs) else {}
    return [
        replace(item, look=replace(item.look, bold=False, underline=False, **upright))
        if isinstance(item, Run)
        else item
        for item in inlines
    ]
