"""The matrix as a table for spreadsheets: CSV, and an Excel workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from textwrap import wrap
from typing import Any

from shadowreport.core.lexicon import Language
from shadowreport.core.style import Style
from shadowreport.outcomes.matrix import Matrix, Row
from shadowreport.outcomes.outcome import Outcome, outcomes
from shadowreport.overview.matrix_form import Form

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
    ("matrix_addressee", 28),
    ("matrix_organisation", 24),
    ("matrix_reason", 40),
)
_EPOCH = datetime(1980, 1, 1)
_LINE = 15  # points of a line of text, and of the highest line that Excel has
_HIGHEST = 409
_A4 = 9  # ECMA-376 part 1, 18.3.1.63
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FINDING = [name for name, _ in _HEADS].index("matrix_finding")


def render_csv(matrix: Matrix, words: Language) -> bytes:
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


def _heads(words: Language) -> list[str]:
    short = words["matrix_repeated"].split("{")[0].strip()
    return [short if key == "matrix_repeated_short" else words[key] for key, _ in _HEADS]


def _cells(matrix: Matrix, row: Row, theme: str, words: Language) -> list[str]:
    kinds = outcomes(matrix, words)
    names = dict(matrix.organisations)
    between = words.mark("semicolon")
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
        between.join(f"{target.label or target.anchor} ({target.text})" for target in row.answers),
        "\n".join(f"{target.label}. {target.text}" for target in row.ours),
        between.join(row.addressees),
        ", ".join(names.get(name, name) for name in row.organisations),
        row.reason,
    ]


def render_xlsx(matrix: Matrix, words: Language, style: Style) -> bytes:
    """An Excel workbook: the matrix with filters, the numbers by theme and cycle, and the form.

    The same matrix gives the same bytes. No cell is a formula.
    """
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        book.set_properties(
            {"title": words["matrix_title"], "author": matrix.title, "created": _EPOCH}
        )
        _write_rows(_Sheet(book, words["matrix_recommendation"], style), matrix, words)
        _write_counts(_Sheet(book, words["matrix_glance"], style), matrix, words)
        _write_form(_Sheet(book, words["plan_title"], style), matrix, words)
    return stream.getvalue()


_CELL = {"text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": "#C9D3DE"}
_HEAD = {"bold": True, "font_color": "#FFFFFF", "valign": "vcenter"}


class _Sheet:
    """A sheet of a workbook, with a line of heads that stays in sight."""

    def __init__(self, book: Any, title: str, style: Style) -> None:
        self.sheet = book.add_worksheet(title[:31])
        self.sheet.freeze_panes(1, 0)
        self._text = book.add_format(_CELL)
        self._quoted = book.add_format({**_CELL, "quote_prefix": True})
        self._head = book.add_format({**_CELL, **_HEAD, "bg_color": f"#{style.colours['accent']}"})
        self._book = book
        self._tones: dict[str, Any] = {}
        self._widths: Sequence[int] = ()

    def heads(self, texts: Sequence[str], widths: Sequence[int]) -> None:
        """The first line, and how wide its columns are, in characters."""
        self._widths = widths
        self.sheet.set_row(0, _LINE * max(map(_lines, texts, widths)))
        for column, (text, width) in enumerate(zip(texts, widths, strict=True)):
            self.sheet.set_column(column, column, width)
            self.sheet.write_string(0, column, text, self._head)

    def height(self, line: int, texts: Sequence[str]) -> None:
        """Makes a line as high as its longest text needs; not every program does that by itself."""
        lines = max(map(_lines, texts, self._widths), default=1)
        self.sheet.set_row(line, min(lines * _LINE, _HIGHEST))

    def text(self, line: int, column: int, text: str) -> None:
        """A text, whatever it begins with."""
        form = self._quoted if text.startswith(_FORMULA) else self._text
        if text:
            self.sheet.write_string(line, column, text, form)
        else:
            self.sheet.write_blank(line, column, None, form)

    def outcome(self, line: int, column: int, text: str, kind: Outcome) -> None:
        """A text on the colour of what it says."""
        if kind.key not in self._tones:
            colours = {
                "bg_color": f"#{kind.colour}",
                "font_color": "#FFFFFF" if kind.is_dark else "#1B2530",
            }
            form = self._book.add_format({**_CELL, **colours, "bold": kind.tone == "open"})
            self._tones[kind.key] = form
        self.sheet.write_string(line, column, text, self._tones[kind.key])

    def printed(self, line: int, columns: int) -> None:
        """Filters down to the last line, and pages that lie across with the heads on each."""
        self.sheet.autofilter(0, 0, line, columns - 1)
        self.sheet.repeat_rows(0)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.fit_to_pages(1, 0)


def _lines(text: str, width: int) -> int:
    return sum(len(wrap(part, width)) or 1 for part in text.split("\n"))


def _write_rows(sheet: _Sheet, matrix: Matrix, words: Language) -> None:
    kinds = outcomes(matrix, words)
    sheet.heads(_heads(words), [width for _, width in _HEADS])
    line = 0
    for theme in matrix.themes:
        for row in theme.rows:
            line += 1
            cells = _cells(matrix, row, theme.title, words)
            for column, text in enumerate(cells):
                sheet.text(line, column, text)
            sheet.height(line, cells)
            sheet.outcome(line, _FINDING, cells[_FINDING], kinds[row.outcome])
    sheet.printed(line, len(_HEADS))


def _write_form(sheet: _Sheet, matrix: Matrix, words: Language) -> None:
    form = Form(matrix, words, together=True)
    sheet.heads(form.heads(), form.widths())
    rows = matrix.rows()
    for line, row in enumerate(rows, start=1):
        cells = form.cells(row)
        for column, text in enumerate(cells):
            sheet.text(line, column, text)
        sheet.height(line, cells)
    sheet.printed(len(rows), len(form.columns))


def _write_counts(sheet: _Sheet, matrix: Matrix, words: Language) -> None:
    kinds = outcomes(matrix, words)
    heads = [words["matrix_theme"], words["matrix_cycle"], *(kind.name for kind in kinds.values())]
    sheet.heads([*heads, words["matrix_total"]], [40, 10, *[16] * len(kinds), 10])
    line = 0
    for theme in matrix.themes:
        for document in matrix.documents:
            counts = theme.outcomes(document.stem)
            if counts:
                line += 1
                sheet.text(line, 0, theme.title)
                sheet.height(line, [theme.title])
                sheet.text(line, 1, document.cycle)
                for column, key in enumerate(kinds, 2):
                    if counts[key]:
                        sheet.sheet.write_number(line, column, counts[key])
                sheet.sheet.write_number(line, len(kinds) + 2, counts.total())
