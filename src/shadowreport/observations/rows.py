"""Tables of recommendations as rows: spreadsheets, text with separators, JSON, a table of a Word file."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.machine.files import read_bytes
from shadowreport.word.content import Table
from shadowreport.word.read.reader import read_word

SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods")
KINDS = (*SPREADSHEETS, ".csv", ".tsv", ".json")
_MOST = 60_000_000  # bytes of a file
_UNPACKED = 600_000_000  # bytes of a spreadsheet's parts
_ENCODINGS = ("utf-8-sig", "utf-16", "cp1251", "latin-1")
_AROUND = 20  # paragraphs around the table that a Word file is
_HINT = "save it anew as XLSX or CSV"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a table as texts; `first` is the number of the first one, as its program counts."""

    name: str
    rows: list[list[str]]
    first: int = 1


def read_sheets(path: Path) -> list[Sheet]:
    """The tables of a file, by what its name ends in. Raises Failure where there is none."""
    kind = path.suffix.lower()
    try:
        if kind == ".docx":
            return list(_word(path))
        data = read_bytes(path, path.name, _MOST)
        if kind in SPREADSHEETS:
            return list(_spreadsheet(data))
        if kind == ".json":
            return [_json(json.loads(_decoded(data)))]
        return [_separated(_decoded(data))]
    except Failure:
        raise
    except Exception as error:  # of a library that meets a damaged file
        raise unreadable(path.name, f"cannot be read as {kind[1:].upper()}: {error}") from None


def unreadable(file: str, message: str, hint: str = _HINT) -> Failure:
    """What is said of a table that cannot be taken."""
    return Failure([Diagnostic("observations-unreadable", Place(file), message, hint)])


def _spreadsheet(data: bytes) -> Iterator[Sheet]:
    from python_calamine import CalamineWorkbook

    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _UNPACKED:
                raise ValueError("it is larger than any table of recommendations")
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        _reach_down(rows, sheet.merged_cell_ranges or [])
        yield Sheet(name, rows)


def _reach_down(
    rows: list[list[str]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]
) -> None:
    """A cell that reaches down says its text in each row; of one that reaches to the side one cell does."""
    for (top, left), (bottom, _) in merged:
        for at in range(top + 1, min(bottom + 1, len(rows))):
            if left < len(rows[at]):
                rows[at][left] = rows[top][left]


def _text(cell: Any) -> str:
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _decoded(data: bytes) -> str:
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _separated(text: str) -> Sheet:
    head = text[:20_000]
    try:
        dialect: Any = csv.Sniffer().sniff(head, ",;\t|")
    except csv.Error:
        dialect = csv.excel
    csv.field_size_limit(10_000_000)
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), dialect)]
    return Sheet("", rows)


def _json(data: Any) -> Sheet:
    """A list of records, or the first one that an object holds."""
    if isinstance(data, dict):
        data = next((value for value in data.values() if isinstance(value, list)), [])
    records = [item for item in data if isinstance(item, dict)]
    keys = list(dict.fromkeys(key for item in records for key in item))
    return Sheet("", [keys, *([_value(item.get(key)) for key in keys] for item in records)], 0)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(_value, value))
    if isinstance(value, dict):
        return _value(value.get("Name", value.get("name", list(value.values()))))
    return "" if value is None else str(value).strip()


def mostly_table(path: Path, rows: int) -> bool:
    """Whether a Word file holds little beside a table of so many rows."""
    document, _ = read_word(path, "accept")
    return sum(not isinstance(item, Table) for item in document.blocks) <= max(_AROUND, rows)


def _word(path: Path) -> Iterator[Sheet]:
    document, _ = read_word(path, "accept")
    for item in document.blocks:
        if isinstance(item, Table) and len(item.rows) > 1:
            yield Sheet("", list(_grid(item)))


def _grid(table: Table) -> Iterator[list[str]]:
    """The rows of a Word table by its columns; a cell that reaches down says its text in each row."""
    above: list[str] = []
    for row in table.rows:
        wide = max((cell.column + cell.span for cell in row.cells), default=0)
        said = [""] * wide
        for cell in row.cells:
            held = cell.continues and cell.column < len(above)
            said[cell.column] = above[cell.column] if held else cell.text.strip()
        above = said
        yield said
