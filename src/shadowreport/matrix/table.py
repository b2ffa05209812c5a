"""The matrix as a table for spreadsheets: CSV, and an Excel workbook."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import datetime
from typing import Any

from shadowreport.matrix.data import Matrix, Row
from shadowreport.matrix.outcomes import Outcome, outcomes
from shadowreport.words import Words

_HEADS = (
    ("matrix_theme", 24),
    ("matrix_cycle", 8),
    ("matrix_document", 20),
    ("paragraph", 10),
    ("matrix_recommendation", 60),
    ("matrix_articles", 10),
    ("matrix_repeated_short", 22),
    ("matrix_follow_up", 11),
    ("matrix_state", 14),
    ("matrix_finding", 20),
    ("matrix_answers", 30),
    ("matrix_ours", 60),
    ("matrix_organisation", 24),
    ("matrix_reason", 40),
)
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FINDING = 9


def render_csv(matrix: Matrix, words: Words) -> bytes:
    """Comma-separated values in UTF-8, with the mark by which spreadsheets know it.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(_heads(words))
    for theme in matrix.themes:
        for row in theme.rows:
            writer.writerow(map(_harmless, _cells(matrix, row, theme.title, words)))
    return stream.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _heads(words: Words) -> list[str]:
    short = words["matrix_repeated"].split("{")[0].strip()
    return [short if key == "matrix_repeated_short" else words[key] for key, _ in _HEADS]


def _cells(matrix: Matrix, row: Row, theme: str, words: Words) -> list[str]:
    kinds = outcomes(matrix, words)
    names = dict(matrix.organisations)
    repeated = (
        words["matrix_repeated"].replace("{since}", row.since).replace("{times}", str(row.times))
    )
    states = {
        "answered": "matrix_answered",
        "set-aside": "matrix_set_aside",
        "unanswered": "matrix_unanswered",
    }
    return [
        theme,
        row.cycle,
        row.symbol,
        row.paragraph,
        row.text,
        ", ".join(row.articles),
        repeated if row.times > 1 else "",
        "x" if row.follow_up else "",
        words[states[row.state]],
        kinds[row.finding].name if row.finding in kinds else row.finding,
        "; ".join(f"{target.label or target.anchor} ({target.text})" for target in row.answers),
        "\n".join(f"{target.label}. {target.text}" for target in row.ours),
        ", ".join(names.get(name, name) for name in row.organisations),
        row.reason,
    ]


def render_xlsx(matrix: Matrix, words: Words) -> bytes:
    """An Excel workbook: the matrix with filters, and the numbers by theme and cycle.

    The same matrix gives the same bytes. No cell is a formula.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = words["matrix_recommendation"][:31]
    _write_rows(sheet, matrix, words)
    _write_counts(book.create_sheet(words["matrix_glance"][:31]), matrix, words)
    book.properties.creator = matrix.title
    book.properties.title = words["matrix_title"]
    book.properties.created = book.properties.modified = datetime(*_EPOCH)
    stream = io.BytesIO()
    book.save(stream)
    return _same_bytes(stream.getvalue())


def _write_rows(sheet: Any, matrix: Matrix, words: Words) -> None:
    kinds = outcomes(matrix, words)
    _head(sheet, _heads(words), [width for _, width in _HEADS])
    line = 1
    for theme in matrix.themes:
        for row in theme.rows:
            line += 1
            for column, text in enumerate(_cells(matrix, row, theme.title, words), 1):
                _text(sheet, line, column, text)
            _tone(sheet.cell(line, _FINDING + 1), kinds[row.outcome])
    sheet.auto_filter.ref = f"A1:{sheet.cell(line, len(_HEADS)).coordinate}"
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _write_counts(sheet: Any, matrix: Matrix, words: Words) -> None:
    kinds = outcomes(matrix, words)
    heads = [words["matrix_theme"], words["matrix_cycle"], *(kind.name for kind in kinds.values())]
    _head(sheet, [*heads, words["matrix_total"]], [40, 10, *[16] * len(kinds), 10])
    line = 1
    for theme in matrix.themes:
        for document in matrix.documents:
            counts = theme.outcomes(document.stem)
            if counts:
                line += 1
                _text(sheet, line, 1, theme.title)
                _text(sheet, line, 2, document.cycle)
                for column, key in enumerate(kinds, 3):
                    if counts[key]:
                        sheet.cell(line, column, counts[key])
                sheet.cell(line, len(kinds) + 3, counts.total())
    sheet.freeze_panes = "A2"


def _head(sheet: Any, texts: list[str], widths: list[int]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for column, (text, width) in enumerate(zip(texts, widths, strict=True), 1):
        _text(sheet, 1, column, text)
        cell = sheet.cell(1, column)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1F3A5F")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = width


def _text(sheet: Any, line: int, column: int, text: str) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment

    cell = sheet.cell(line, column)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text) or None
    if cell.value is not None:
        cell.data_type = "s"  # a text, whatever it begins with; must follow the value
        cell.quotePrefix = text.startswith(_FORMULA)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _tone(cell: Any, kind: Outcome) -> None:
    from openpyxl.styles import Font, PatternFill

    cell.fill = PatternFill("solid", fgColor=kind.colour)
    cell.font = Font(bold=kind.tone == "open", color="FFFFFF" if kind.is_dark else "1B2530")


def _same_bytes(data: bytes) -> bytes:
    """A zip file with its members in order and without the time of day."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        names = sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _without_time(content)
            new.writestr(member, content)
    return stream.getvalue()


def _without_time(core: bytes) -> bytes:
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", core)
