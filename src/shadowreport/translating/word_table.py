"""A Word file for translators who have no tool of their own: a table of three columns, with what each text is
called, the original, and the translation to be written.

Tags stand in the texts as `{1}`, pairs as `{2}…{/2}`. Whatever program saves the file, only the words of the
table are read back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt, RGBColor

from shadowreport.core.direction import runs_left
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.translating.returned import Returned, Unit, tidy
from shadowreport.translating.segments import Row, Tag, as_text
from shadowreport.translating.wanted import Part, Wanted, Work
from shadowreport.word import content
from shadowreport.word.read.package import read_package
from shadowreport.word.read.reader import read_document
from shadowreport.word.write.blank import blank, packed

_TAG = re.compile(r"\{(/?)([0-9]{1,6})\}")
_LANGUAGE = re.compile(r"\(([A-Za-z0-9-]+)\)\s*$")
_WIDTHS = (Cm(4), Cm(10.5), Cm(10.5))
_GREY = RGBColor(0x60, 0x60, 0x60)


def written(work: Work) -> bytes:
    """The file for translators."""
    document = blank(work.report, work.target)
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = Cm(2)
    document.add_paragraph(work.words["translate_how"])
    for part in work.parts:
        document.add_heading(part.file, level=2)
        _table(document, part, work)
    return packed(document)


def _table(document: Any, part: Part, work: Work) -> None:
    table = document.add_table(rows=1, cols=len(_WIDTHS), style="Table Grid")
    table.autofit = False
    words = work.words
    heads = (
        words["changes_text"],
        f"{words['translate_original']} ({work.source})",
        f"{words['translate_translation']} ({work.target})",
    )
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    rows = [table.rows[0].cells, *(_row(table, part.name, text) for text in part.texts)]
    for cells in rows:
        for cell, width in zip(cells, _WIDTHS, strict=True):
            cell.width = width
        if runs_left(work.target):
            properties = cells[2].paragraphs[0]._p.get_or_add_pPr()
            properties.append(OxmlElement("w:bidi"))


def _row(table: Any, section: str, wanted: Wanted) -> Any:
    cells = table.add_row().cells
    cells[0].text = f"{section}#{wanted.segment.id}"
    for _, note in wanted.notes:
        small = cells[0].add_paragraph().add_run(note)
        small.font.size, small.font.color.rgb = Pt(8), _GREY
    _content(cells[1], wanted.segment.row)
    _content(cells[2], wanted.former)
    return cells


def _content(cell: Any, row: Row) -> None:
    for part in row:
        run = cell.paragraphs[0].add_run(as_text((part,)))
        if isinstance(part, Tag):
            run.font.color.rgb, run.bold = _GREY, True


# --- and back -----------------------------------------------------------------------------------


def read(data: bytes, file: str) -> Returned:
    """What a returned table says, tracked changes accepted. Raises Failure where the file is none of ours."""
    document, _ = read_document(read_package(data, file), "accept")
    tables = [block for block in document.blocks if isinstance(block, content.Table)]
    languages = {match[1] for table in tables if (match := _LANGUAGE.search(_head(table)))}
    if len(languages) != 1:
        message = (
            "this is no file of a translator: it has no table whose third column is of a language"
        )
        hint = "take the file that 'invoke translate --format docx' made, with the first row of its tables"
        raise Failure([Diagnostic("not-from-translators", Place(file), message, hint)])
    units = [_unit(row, document.comments) for table in tables for row in _rows(table) if row.cells]
    return Returned(file, languages.pop(), tuple(units), tuple(_others(document, tables)))


def _others(document: content.Document, tables: Sequence[content.Table]) -> Iterator[str]:
    """Comments that stand at no text."""
    told = {mark for table in tables for row in _rows(table) for mark in _commented(row)}
    return (item.text for name, item in document.comments.items() if name not in told)


def _commented(row: content.Row) -> Iterator[str]:
    for cell in row.cells:
        for block in content.paragraphs_of(cell.blocks):
            yield from (one.id for one in block.inlines if isinstance(one, content.CommentStart))


def _head(table: content.Table) -> str:
    """What stands above the translations."""
    *before, last = [cell.text.strip() for row in table.rows[:1] for cell in row.cells] or [""]
    return last if len(before) == len(_WIDTHS) - 1 else ""


def _rows(table: content.Table) -> Sequence[content.Row]:
    """The rows of texts: all, where somebody divided a table and this is its second half."""
    return table.rows[1:] if _LANGUAGE.search(_head(table)) else table.rows


def _unit(row: content.Row, comments: Mapping[str, content.Comment]) -> Unit:
    remarks = tuple(comments[mark].text for mark in _commented(row) if mark in comments)
    return replace(_text(row), remarks=remarks)


def _text(row: content.Row) -> Unit:
    name = row.cells[0]
    section, _, identifier = name.text.strip().partition("\n")[0].strip().partition("#")
    line = next((item.ordinal for item in content.paragraphs_of(name.blocks)), 1)
    if len(row.cells) != len(_WIDTHS):
        fault = f"its row has {len(row.cells)} cells, not {len(_WIDTHS)}"
        return Unit(section, identifier, line, (), (), fault=fault)
    _, source, target = row.cells
    return Unit(section, identifier, line, _said(source), _said(target), fault=_fault(target))


def _said(cell: content.Cell) -> Row:
    return tidy(_parts(cell.text))


def _parts(text: str) -> Iterator[str | Tag]:
    at = 0
    for match in _TAG.finditer(text):
        yield text[at : match.start()]
        yield Tag(int(match[2]), "close" if match[1] else "alone")
        at = match.end()
    yield text[at:]


def _fault(cell: content.Cell) -> str:
    """What a translator put into a cell that is not text, and would get lost."""
    kinds = (content.NoteMark, content.Picture, content.Embedded, content.TextBox)
    blocks = list(content.paragraphs_of(cell.blocks))
    if any(isinstance(item, kinds) for block in blocks for item in block.inlines):
        return "a footnote, a picture or another object was put into it"
    if any(block.number for block in blocks) or any(
        isinstance(item, content.Table) for item in cell.blocks
    ):
        return "a list or a table was put into it"
    return ""
