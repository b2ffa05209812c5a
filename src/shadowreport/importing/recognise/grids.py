"""Ordinary tables as rows of texts; what a Markdown table cannot show is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shadowreport.importing.draft import Inline, Text
from shadowreport.importing.recognise.flow import Flow, is_empty
from shadowreport.importing.recognise.lists import text_of
from shadowreport.word.content import Block, Document, Run, Table, paragraphs_of

Spans = dict[tuple[int, int], tuple[int, int]]


def merged_cells(table: Table, flow: Flow) -> Spans:
    """The rows and columns over which merged cells reach, by the row and the column where they begin; none
    where a row holds nothing but cells that go on, since no drawing shows such a row."""
    if any(row.cells and all(cell.continues for cell in row.cells) for row in table.rows):
        message = "merged cells of a table were taken apart: the text stands in the first"
        flow.warn("import-table", table.ordinal, message, "compare it with the Word file")
        return {}
    found: Spans = {}
    begun: dict[int, tuple[int, int]] = {}  # by column, what may go on below
    for number, row in enumerate(table.rows):
        here: dict[int, tuple[int, int]] = {}
        for cell in row.cells:
            above = begun.get(cell.column)
            goes_on = cell.continues and not cell.text.strip() and above is not None
            if goes_on and above and found[above][1] == cell.span:
                found[above] = (found[above][0] + 1, cell.span)
                here[cell.column] = above
            else:
                found[number, cell.column] = (1, cell.span)
                here[cell.column] = (number, cell.column)
        begun = here
    return {place: span for place, span in found.items() if span != (1, 1)}


def grid_rows(table: Table, flow: Flow) -> list[list[Text]]:
    """The rows of an ordinary table, a text for each cell of its grid; lines are joined."""
    joined = nested = False
    rows: list[list[Text]] = []
    for row in table.rows:
        line = [Text([], table.ordinal) for _ in range(table.columns)]
        for cell in row.cells:
            nested = nested or any(isinstance(block, Table) for block in cell.blocks)
            texts = [text_of(item) for item in paragraphs_of(cell.blocks) if not is_empty(item)]
            joined = joined or len(texts) > 1
            line[cell.column] = _joined(texts, table.ordinal)
        rows.append(line)
    for happened, message in (
        (joined, "paragraphs inside a cell were joined to one"),
        (nested, "a table inside a table became text of its cell"),
    ):
        if happened:
            flow.warn("import-table", table.ordinal, message, "compare it with the Word file")
    return rows


def tell_flattened(document: Document, boxes: Iterable[Table], flow: Flow) -> None:
    """That tables in footnotes and in boxes of recommendations became paragraphs."""
    inside = [(table, _held(table), "a box") for table in boxes]
    notes = [*document.footnotes.values(), *document.endnotes.values()]
    for outer, blocks, where in (*inside, *((None, note.blocks, "a footnote") for note in notes)):
        found = next((block for block in blocks if isinstance(block, Table)), None)
        if found:
            message = f"a table in {where} became paragraphs, one for each cell"
            hint = "compare it with the Word file"
            flow.warn("import-table", (outer or found).ordinal, message, hint)


def _held(table: Table) -> list[Block]:
    return [block for row in table.rows for cell in row.cells for block in cell.blocks]


def _joined(texts: Sequence[Text], ordinal: int) -> Text:
    inlines: list[Inline] = []
    for index, text in enumerate(texts):
        if index:
            inlines.append(Run(" "))
        inlines.extend(text.inlines)
    return Text(inlines, texts[0].ordinal if texts else ordinal)
