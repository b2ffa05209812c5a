"""Tables of earlier recommendations: a header that names cycles, a row for a line of demands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from shadowreport.core.scripts import ALPHABETS
from shadowreport.importing.draft import Cycle, Demand
from shadowreport.importing.recognise.flow import Flow
from shadowreport.importing.recognise.vocabulary import (
    YEAR,
    Vocabulary,
)
from shadowreport.word.content import Cell, NoteMark, Paragraph, Row, Table, paragraphs_of

_MOST = 0.5  # of the cells of a column
_UNKNOWN = "0"  # the paragraph of a demand that names none
_NUMBERS = re.compile(r"\d{1,3}")
_LETTERED = re.compile(r"\d{1,3}\s*\(?([^\W\d_])\)?")
_SPACES = re.compile(r"\s+")
# what stands in a cell to say that nothing stands there: signs alone, or an abbreviation of "not applicable"
_NOTHING = re.compile(r"[\W_]*(?:n[/.]?\s?a|s[/.]\s?o|н[/.]\s?[пд])?[\W_]*", re.IGNORECASE)


@dataclass(slots=True)
class DemandTable:
    """A table of earlier recommendations: its cycles by column, its rows, what did not fit."""

    columns: dict[int, Cycle]
    rows: list[list[Demand]] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    notes: list[NoteMark] = field(default_factory=list)
    ordinal: int = 0


def is_demand_table(table: Table, words: Vocabulary) -> bool:
    """Whether the first row names cycles: years and words, or demands that cite paragraphs below."""
    if len(table.rows) < 2 or table.columns < 1:
        return False
    heads = _heads(table)
    years = _dated(heads)
    if not years:
        return bool(_undated(table, words))
    if any(words.demands.search(heads[index]) for index in years):
        return True
    if any(words.committee_of(heads[index]) for index in years) and len(years) == len(heads):
        return True
    return _cites(table, years, words.citation) >= _MOST


def _dated(heads: dict[int, str]) -> list[int]:
    return [index for index, text in heads.items() if YEAR.search(text)]


def _undated(table: Table, words: Vocabulary) -> list[int]:
    """The columns of demands where no head tells a year: the words and the cells must agree."""
    return [
        index
        for index, text in _heads(table).items()
        if words.demands.search(text) and _cites(table, [index], words.citation) >= _MOST
    ]


def read_demand_table(table: Table, flow: Flow, committee: str) -> DemandTable:
    """The cycles and demands of a table; `committee` is the one meant where a header names none."""
    heads = _heads(table)
    columns = {
        index: _cycle(heads[index], flow.words.committee_of(heads[index]) or committee, nth)
        for nth, index in enumerate(_dated(heads) or _undated(table, flow.words), 1)
    }
    _tell_undated(columns, table, flow)
    found = DemandTable(columns, ordinal=table.ordinal)
    found.rest.extend(_extra_heads(table, columns, flow.words.number_column))
    above: dict[int, list[Demand]] = {}
    for row in table.rows[1:]:
        line: list[Demand] = []
        for cell in row.cells:
            line.extend(_read_cell(cell, found, flow, above))
        if line:
            found.rows.append(line)
    for paragraph in _paragraphs(table):
        found.notes.extend(item for item in paragraph.inlines if isinstance(item, NoteMark))
    return found


def _heads(table: Table) -> dict[int, str]:
    """The texts of the first row by column."""
    heads = {cell.column: _flat(cell) for cell in table.rows[0].cells}
    return {column: text for column, text in heads.items() if text}


def _flat(cell: Cell) -> str:
    """The text of a cell; of one that says that it is empty, none."""
    text = _SPACES.sub(" ", cell.text).strip()
    return "" if _NOTHING.fullmatch(text) else text


def _cites(table: Table, columns: Sequence[int], citation: re.Pattern[str]) -> float:
    """The share of filled cells below the cycles that end with a paragraph number in brackets."""
    cells = [
        _flat(cell)
        for row in table.rows[1:]
        for cell in row.cells
        if cell.column in columns and _flat(cell)
    ]
    return sum(bool(citation.search(text)) for text in cells) / len(cells) if cells else 0.0


def _cycle(head: str, named: str, nth: int) -> Cycle:
    """The cycle of a column, the `nth` of its table; its year is empty where no head tells one."""
    year = next(reversed(YEAR.findall(head)), "")
    earlier = "earlier" if nth == 1 else f"earlier-{nth}"
    return Cycle(f"{named.lower() or 'cycle'}-{year or earlier}", named, year, head)


def _tell_undated(columns: dict[int, Cycle], table: Table, flow: Flow) -> None:
    for cycle in (item for item in columns.values() if not item.year):
        file = f"references/{cycle.key}.yaml"
        message = f"no year tells of which cycle the demands below '{cycle.heading[:60]}' are"
        hint = f"write it into {file}, or name the document: --cycle {cycle.key}=SYMBOL"
        flow.warn("import-table", table.ordinal, message, hint)


def _extra_heads(
    table: Table, columns: dict[int, Cycle], numbers: re.Pattern[str]
) -> Iterator[str]:
    for column, text in _heads(table).items():
        if column not in columns and not numbers.fullmatch(text):
            yield text


# --- cells --------------------------------------------------------------------------------------


def _read_cell(
    cell: Cell, found: DemandTable, flow: Flow, above: dict[int, list[Demand]]
) -> Iterator[Demand]:
    cycle = found.columns.get(cell.column)
    if cell.continues:  # merged with the cell above: the same demands stand in this row too
        yield from above.get(cell.column, ())
        return
    text = _flat(cell)
    if cycle is None:
        if text and not re.fullmatch(r"[\d.) ]+", text):
            found.rest.append(text)
        return
    if cell.span > 1 and any(
        cell.column < other < cell.column + cell.span for other in found.columns
    ):
        message = f"a cell spans several cycles; its demands were put under {cycle.key}"
        flow.warn("import-table", _ordinal(cell, found), message, "look them up in the documents")
    demands = list(_demands(cell, cycle, found, flow))
    above[cell.column] = demands
    yield from demands


def _ordinal(cell: Cell, found: DemandTable) -> int:
    return next((item.ordinal for item in paragraphs_of(cell.blocks)), found.ordinal)


def _demands(cell: Cell, cycle: Cycle, found: DemandTable, flow: Flow) -> Iterator[Demand]:
    """The demands of a cell: each ends with a paragraph number, and may run over several lines."""
    waiting: list[str] = []
    first = 0
    for paragraph in paragraphs_of(cell.blocks):
        label = paragraph.number.label if paragraph.number else ""
        if label and paragraph.number and paragraph.number.format == "bullet":
            label = ""
        text = _SPACES.sub(" ", f"{label} {paragraph.text}").strip()
        if not text:
            continue
        first = first or paragraph.ordinal
        at = 0
        for match in flow.words.citation.finditer(text):
            waiting.append(text[at : match.start()])
            at = match.end()
            yield from _demand(waiting, match, cycle, first, flow)
            waiting, first = [], paragraph.ordinal
        waiting.append(text[at:])
        if _NOTHING.fullmatch("".join(waiting)):
            waiting, first = [], 0
    words = _SPACES.sub(" ", " ".join(waiting)).strip()
    if not _NOTHING.fullmatch(words):
        yield _without_citation(words, cycle, first or found.ordinal, flow)


def _demand(
    waiting: list[str], match: re.Match[str], cycle: Cycle, ordinal: int, flow: Flow
) -> Iterator[Demand]:
    words = _SPACES.sub(" ", " ".join(waiting)).strip().lstrip(";, ")
    numbers = _NUMBERS.findall(match["numbers"])
    if not words:
        return
    if match["dot"] == "." and words[-1].isalnum():
        words += "."
    if len(numbers) > 1:
        message = f"a demand names several paragraphs ({match['numbers']}); it got the first"
        flow.warn("import-demand", ordinal, message, "give each paragraph its own entry")
    called = _SPACES.sub(" ", match["numbers"]).strip()
    label = "" if called.isdigit() else called
    yield Demand(cycle.key, numbers[0], words, ordinal, label, _place(called))


def _place(called: str) -> int:
    """Which sub-paragraph a number with one letter means, counted from 1; 0 for all others."""
    match = _LETTERED.fullmatch(called)
    letters = next((row for row in ALPHABETS.values() if match and match[1].lower() in row), "")
    return letters.find(match[1].lower()) + 1 if match else 0


def _without_citation(words: str, cycle: Cycle, ordinal: int, flow: Flow) -> Demand:
    """A demand that does not end with a paragraph number; it may begin with one."""
    match = flow.words.leading_citation.match(words)
    if match and words[match.end() :].strip():
        return Demand(cycle.key, match["numbers"], words[match.end() :].strip(), ordinal)
    message = f"this demand of {cycle.year or cycle.key} names no paragraph: '{words[:60]}'"
    hint = f"find its paragraph and replace {_UNKNOWN} in references/ and under recommendations:"
    flow.warn("import-demand", ordinal, message, hint)
    return Demand(cycle.key, _UNKNOWN, words, ordinal)


def _paragraphs(table: Table) -> Iterator[Paragraph]:
    for row in table.rows:
        yield from _row_paragraphs(row)


def _row_paragraphs(row: Row) -> Iterator[Paragraph]:
    for cell in row.cells:
        yield from paragraphs_of(cell.blocks)
