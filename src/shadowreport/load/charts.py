"""Takes in the numbers of charts: a file of comma-separated values in sections/, checked cell by cell."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from shadowreport.core.charts import Chart, Series, Wanted, wanted
from shadowreport.core.lexicon import Language
from shadowreport.core.problems import Diagnostic, Failure, did_you_mean
from shadowreport.core.report import Mention, Picture, Place
from shadowreport.core.style import FONT, Style
from shadowreport.load.images import found
from shadowreport.machine.cache import remembered
from shadowreport.machine.drawing import HEIGHT, WIDTH, Look, UnshownError, draw, version
from shadowreport.machine.files import read_text
from shadowreport.machine.programs import ProgramError
from shadowreport.machine.typst import font_files, script_fonts
from shadowreport.source.typed.confidential import CODE, would_mark

_MAX = 200_000  # bytes
_MAX_ROWS = 40  # more labels than that cannot be read below an axis
_MAX_LABEL = 60  # characters below a bar or in the legend
_MAX_DIGITS = 20
_MAX_SERIES = 6  # nor more lines be told apart
_NUMBER = re.compile(r"[-−]?\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"[-−]?\d{1,3}(?:[.,']\d{3})+(?:[.,]\d+)?")
_PIXELS = 96 / 2.54  # of a centimetre, as browsers count

Row = tuple[int, list[str]]  # a line and its cells


def load_chart(
    sections: Path, mention: Mention, words: Language, style: Style, project: Path
) -> Picture:
    """The picture of a chart that a section wants. Raises Failure."""
    asked = wanted(mention.id)
    assert asked
    path, name = found(sections, mention)
    chart = _chart(asked, read_text(path, name, _MAX), name, mention)
    folders, scripts_font = script_fonts(project, words.fonts)
    families = (style.font or FONT, *style.script_fonts.values(), *words.fonts.get("pdf", ()))
    look = Look(style.colours, families, words.direction == "rtl", words.number)

    parts = (version(), repr(chart), repr(style), words.locale, repr(families), scripts_font)
    key = (*parts, *font_files(folders))
    try:
        drawn = remembered("chart", key, lambda: b"\0".join(draw(chart, look, folders)))
    except UnshownError as error:
        raise Failure([Diagnostic("bad-chart", mention.place, *error.args)]) from None
    except ProgramError as error:
        raise Failure([Diagnostic("program-failed", mention.place, str(error))]) from None
    svg, dots = drawn.split(b"\0", 1)
    called = f"{hashlib.sha256(svg).hexdigest()[:16]}.svg"
    size = round(WIDTH * _PIXELS), round(HEIGHT * _PIXELS)
    return Picture(called, svg, *size, chart, dots)


def _chart(asked: Wanted, text: str, name: str, mention: Mention) -> Chart:
    head, *rows = _rows(text, name)
    headings = [cell.strip() for cell in head[1]]
    columns = asked.columns or tuple((heading, heading) for heading in headings)
    for heading, _ in columns:
        if heading not in headings:
            hint = did_you_mean(heading, headings) or f"it has {', '.join(headings)}"
            message = f"{name} has no column '{heading}'"
            raise Failure([Diagnostic("bad-chart", mention.place, message, hint)])
    names = [heading for heading, _ in columns]
    bad = next((heading for heading in names if not heading or headings.count(heading) > 1), None)
    if bad is not None:
        what = f"two columns are called '{bad}'" if bad else "a column has no heading"
        raise Failure([_bad(name, head[0], what, "give each a heading of its own")])
    at = [headings.index(heading) for heading, _ in columns]
    if not 2 <= len(at) <= _MAX_SERIES + 1:
        message = f"a chart has a column of labels and one to {_MAX_SERIES} of numbers, not {len(at)} columns"
        hint = 'name those that are wanted: {columns="Year, Applications"}'
        raise Failure([Diagnostic("bad-chart", mention.place, message, hint)])
    wrong = [
        *_held(rows, name),
        *_long([head, *rows], at, name),
        *_wrong(rows, at[1:], headings, name),
    ]
    if wrong:
        raise Failure(wrong[:_MAX_ROWS])
    return Chart(
        asked.kind,
        columns[0][1],
        tuple(row[at[0]].strip() for _, row in rows),
        tuple(
            Series(shown, tuple(_number(row[column]) for _, row in rows))
            for column, (_, shown) in zip(at[1:], columns[1:], strict=True)
        ),
    )


def _rows(text: str, name: str) -> list[Row]:
    """The rows of a file, each of as many cells as the head has. Raises Failure."""
    lines = text.split("\n")
    told = re.fullmatch(r"sep=([;,\t])\s*", lines[0])  # a first line for spreadsheets alone
    lines[0] = "" if told else lines[0]
    head = lines[min(len(lines) - 1, 1)] if told else lines[0]
    sign = told[1] if told else max(";\t,", key=head.count)
    try:
        reader = csv.reader(lines, delimiter=sign, strict=True)
        rows = _filled([(reader.line_num, row) for row in reader])
    except csv.Error as error:
        raise Failure(
            [_bad(name, 1, f"this file cannot be read as a table: {error}", "save it as CSV")]
        ) from None
    if len(rows) < 2 or sign not in head:
        message = "a chart needs a row of headings, and below it rows of a label and numbers"
        raise Failure([_bad(name, 1, message, "Year,Applications, and below it 2019,120")])
    if len(rows) - 1 > _MAX_ROWS:
        message = f"{len(rows) - 1} rows are too many for a chart"
        raise Failure(
            [_bad(name, 1, message, f"at most {_MAX_ROWS} can be read; sum some of them up")]
        )
    wide = len(rows[0][1])
    wrong = [
        _bad(
            name,
            line,
            f"{len(row)} cells stand here, and {wide} in the head",
            "write an empty one where a number is not known",
        )
        for line, row in rows
        if len(row) != wide
    ]
    if wrong:
        raise Failure(wrong)
    return rows


def _filled(rows: Sequence[Row]) -> list[Row]:
    """The rows without those, and without the columns at the end, that a spreadsheet leaves empty."""
    filled = [at for _, row in rows for at, cell in enumerate(row, 1) if cell.strip()]
    return [(line, row[: max(filled)]) for line, row in rows if any(map(str.strip, row))]


def _held(rows: Sequence[Row], name: str) -> Iterator[Diagnostic]:
    """Rows that somebody wanted to keep back, as those of a table are."""
    for line, row in rows:
        if any(map(would_mark, row)):
            message = "this looks like the mark of a confidential row, and a chart shows every row"
            hint = "take the row out; ::: confidential above the chart keeps all of it back"
            yield Diagnostic(CODE, Place(name, line), message, hint)


def _long(rows: Sequence[Row], columns: Sequence[int], name: str) -> Iterator[Diagnostic]:
    """What has no room in a chart, or more digits than anything is counted in."""
    for line, row in rows:
        for cell in (row[column].strip() for column in columns):
            most = _MAX_DIGITS if _NUMBER.fullmatch(_bare(cell)) else _MAX_LABEL
            if len(cell) > most:
                message = f"'{cell[:30]}...' has {len(cell)} characters"
                yield _bad(name, line, message, f"at most {most} have room in a chart")


def _wrong(
    rows: Sequence[Row], columns: Sequence[int], headings: Sequence[str], name: str
) -> Iterator[Diagnostic]:
    """The cells that are no numbers; an empty one is a number that nobody knows."""
    for line, row in rows:
        for column in columns:
            cell = _bare(row[column])
            if _THOUSANDS.fullmatch(cell):
                hint = f"write {re.sub(r'[^0-9−-]', '', cell)}, or with a blank between thousands"
                yield _bad(name, line, f"'{cell}' can be two numbers", hint)
            elif cell and not _NUMBER.fullmatch(cell):
                message = f"'{row[column].strip()[:40]}' under '{headings[column]}' is no number"
                hint = "write the number alone, nothing where nobody knows it; a unit belongs into the heading"
                yield _bad(name, line, message, hint)


def _number(cell: str) -> Decimal | None:
    bare = _bare(cell).replace(",", ".").replace("−", "-")
    return Decimal(bare) if bare else None


def _bare(cell: str) -> str:
    return re.sub(r"\s", "", cell)


def _bad(name: str, line: int, message: str, hint: str) -> Diagnostic:
    return Diagnostic("bad-chart", Place(name, line), message, hint)
