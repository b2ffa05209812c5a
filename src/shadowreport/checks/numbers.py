"""Checks of numbers and symbols: typed paragraph numbers, UN symbols, totals of tables."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any

from shadowreport.checks.prose import bodies
from shadowreport.core.ast import plain, tables
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report, Section

_NUMBERS = r"\d+(?:\s*(?:–|--?|—|to|and|,|or|et|à|y|a|и|до)\s*\d+)*"
_TYPED = {
    "en": rf"\b(?:[Pp]aragraphs?|[Pp]aras?\.?|[Ss]ections?|[Tt]ables?|[Rr]ecommendations?)\s+{_NUMBERS}"
    r",?\s+(?:above|below|of (?:this|the present|our|these) (?:[Rr]eports?|[Cc]omment\w+|[Dd]ocument|[Ss]ubmission))\b"
    rf"|\b[Ss]ee(?:\s+also)?\s+paragraphs?\s+{_NUMBERS}(?=\s*[.;)](?:\s|$))"
    r"|\b(?:above|below),?\s+(?:in\s+)?paragraphs?\s+\d+",
    "fr": rf"\b[Pp]aragraphes?\s+{_NUMBERS}\s+(?:ci-dessus|ci-dessous|du présent rapport)",
    "es": rf"\b[Pp]árrafos?\s+{_NUMBERS}\s+(?:supra|infra|anteriore?s?|del presente informe)",
    "ru": rf"\b[Пп](?:ункт|араграф)\w*\s+{_NUMBERS}\s+(?:выше|ниже|настоящего доклада)",
}


def typed_numbers(report: Report) -> Iterator[Diagnostic]:
    """A typed number of a paragraph goes stale at the next edit; a reference does not."""
    source = _TYPED.get(report.language)
    if not source:
        return
    pattern = re.compile(source)
    for passage in bodies(report):
        for match in pattern.finditer(passage.text):
            typed = " ".join(match[0].split())
            hint = "write @par-ID, or @sec-NAME for the paragraphs of a section"
            yield passage.problem(
                "typed-number", match.start(), f"'{typed}' is a typed number", hint
            )


# --- symbols of documents -----------------------------------------------------------------------

_SYMBOL = re.compile(
    r"(?<![\w/.])(?:A|S|E|HRI|CERD|CCPR|CEDAW|CAT|CRC|CRPD|CMW|CED)(?:/[A-Z0-9][\w.\-–]*){2,}"
)


def symbols(report: Report) -> Iterator[Diagnostic]:
    """A UN symbol in the text is one of references/: of a cycle's document or a source."""
    known = {cycle.symbol for cycle in report.cycles} | set(
        _symbols_of(list(report.sources.values()))
    )
    seen: set[str] = set()
    for passage in bodies(report):
        for match in _SYMBOL.finditer(passage.text):
            symbol = match[0].rstrip(".-–").replace("–", "-").replace("--", "-")
            is_series = not any(map(str.isdigit, symbol))  # such as CERD/C/KAZ/FCO
            if symbol not in known and symbol not in seen and not is_series:
                seen.add(symbol)
                near = difflib.get_close_matches(symbol, known, n=1, cutoff=0.85)
                hint = (
                    f"did you mean {near[0]}?"
                    if near
                    else "check it, then add it to references/sources.yaml"
                )
                message = f"the symbol {symbol} is in no file of references/"
                yield passage.problem("unknown-symbol", match.start(), message, hint)


def _symbols_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (match.rstrip(".-") for match in _SYMBOL.findall(value))
    elif isinstance(value, dict):
        yield from _symbols_of(list(value.values()))
    elif isinstance(value, list):
        for item in value:
            yield from _symbols_of(item)


# --- totals -------------------------------------------------------------------------------------

_TOTAL = re.compile(
    r"^(?:grand )?totals?\b|^in total|^all\b|^total|^всего|^итого|^ensemble|^en tout", re.IGNORECASE
)
_PART = re.compile(
    r"^(?:of which|of whom|including|among them|incl\.|в том числе|из них|dont|de los cuales)",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"-?\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+(?:[.,]\d+)?|-?\d+(?:[.,]\d+)?")


def totals(report: Report) -> Iterator[Diagnostic]:
    """The figures of a column add up to the total that the table states. Shares may be off by
    what rounding can do."""
    for section in report.sections:
        for item in section.paragraphs():
            for table in tables(item.blocks):
                yield from _table(section, table, item.place.line)


def _table(section: Section, table: Any, line: int) -> Iterator[Diagnostic]:
    rows = [
        [" ".join(plain(cell[4]).split()) for cell in row[1]]
        for body in table["c"][4]
        for row in body[3]
    ]
    stated = [index for index, row in enumerate(rows) if row and _TOTAL.match(row[0])]
    if len(stated) != 1 or len(rows) < 3:
        return
    parts = [
        row for index, row in enumerate(rows) if index != stated[0] and not _PART.match(row[0])
    ]
    for column, cell in enumerate(rows[stated[0]]):
        total = _figure(cell)
        figures = [_figure(row[column]) if column < len(row) else None for row in parts]
        known = [figure for figure in figures if figure is not None]
        if column == 0 or total is None or len(known) < 2 or len(known) != len(parts):
            continue
        slack = (
            0.06 * len(known) if "%" in cell or any(value != int(value) for value in known) else 0
        )
        if abs(sum(known) - total) > slack:
            message = (
                f"column {column + 1} adds up to {sum(known):,.10g}, the total says {total:,.10g}"
            )
            place = section.place.__class__(section.file, _line_of(section, rows[stated[0]], line))
            yield Diagnostic(
                "wrong-total", place, message, "correct a figure, or say what is missing"
            )


def _figure(cell: str) -> float | None:
    cell = cell.strip().rstrip("%* ").strip()
    if not _FIGURE.fullmatch(cell):
        return None
    digits = re.sub(r"[ ,\u00a0\u202f](?=\d{3}(?!\d))", "", cell)
    return float(digits.replace(",", "."))


def _line_of(section: Section, row: list[str], line: int) -> int:
    """The line of a table's row: the first one below its paragraph that has the row's cells."""
    for number, text in enumerate(section.source.split("\n"), section.source_line):
        if number >= line and all(cell in text for cell in row if cell):
            return number
    return line
