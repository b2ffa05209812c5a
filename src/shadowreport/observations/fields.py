"""Which column of a table of recommendations is which: templates/columns.yaml, or what a person says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from shadowreport.core.problems import did_you_mean
from shadowreport.machine.files import read_text
from shadowreport.machine.toolkit import template, templates
from shadowreport.observations.rows import KINDS, Sheet, mostly_table, read_sheets, unreadable
from shadowreport.source.yaml import read_yaml

COLUMNS = "columns.yaml"
_SEARCHED = 25  # rows among which the one with the headings stands
_LIST = 3  # rows that make a Word table a list of recommendations
_LONGEST = 80  # letters of a heading
_STEM = 4  # letters of the beginning of a word
_TELLING = 5  # letters of a word by which a longer heading is known
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")  # PublicationDate
_PLAIN = re.compile(r"[^\w#№]+")


def plain(words: str) -> str:
    """Words without capitals and signs, by which headings are compared."""
    return " ".join(_PLAIN.sub(" ", _HUMP.sub(" ", words).casefold()).split())


@dataclass(frozen=True)
class Fields:
    """What the file of columns says, the project's after the toolkit's."""

    data: tuple[Mapping[str, Any], ...]

    def names(self, field: str) -> set[str]:
        """The headings by which a column is known."""
        return {
            plain(name) for data in self.data for name in data.get("columns", {}).get(field, ())
        }

    def stems(self, field: str) -> set[str]:
        """How words begin of which one in a heading tells the column."""
        return {plain(stem) for data in self.data for stem in data.get("stems", {}).get(field, ())}

    @cached_property
    def all(self) -> tuple[str, ...]:
        """What can be known of a row."""
        return tuple(dict.fromkeys(name for data in self.data for name in data.get("columns", {})))

    def concern(self, kind: str) -> bool:
        """Whether a row's kind is that of what asks for nothing."""
        words = {plain(word) for data in self.data for word in data.get("concerns", ())}
        return plain(kind) in words

    def split_source(self, text: str) -> tuple[str, str]:
        """A text without what it says of the source of the State's position, and that."""
        for data in self.data:
            for words in data.get("source_of_position", ()):
                match = re.search(
                    rf"\(?{re.escape(words)}\s*:(.*)", text, re.IGNORECASE | re.DOTALL
                )
                if match:
                    return text[: match.start()].rstrip(), match[1]
        return text, ""

    def position(self, text: str) -> str:
        """What a State answered: supported, noted, or nothing that is known."""
        return next(iter(self.positions(text)), "")

    def positions(self, text: str) -> list[str]:
        """All that a text says of answers, the longest words first, each word of the text counted once."""
        said = f" {plain(text)} "
        found: dict[str, None] = {}
        for word, name in self._positions:
            if f" {word} " in said:
                said = said.replace(f" {word} ", " ; ")
                found[name] = None
        implied = ["supported"] if any(f" {word} " in said for word in self._implemented) else []
        return list(found) or implied

    @cached_property
    def _implemented(self) -> list[str]:
        return [plain(word) for data in self.data for word in data.get("implemented", ())]

    @cached_property
    def _positions(self) -> list[tuple[str, str]]:
        known = [
            (plain(word), name)
            for data in self.data
            for name, words in data.get("positions", {}).items()
            for word in words
        ]
        return sorted(known, key=lambda item: -len(item[0]))


def load_fields(project: Path) -> Fields:
    """The columns that are known. Raises Failure for a file that cannot be read."""
    paths = dict.fromkeys((templates() / COLUMNS, template(project, COLUMNS)))
    return Fields(
        tuple(read_yaml(read_text(path, COLUMNS), f"templates/{COLUMNS}").data for path in paths)
    )


@dataclass(frozen=True, slots=True)
class Tabled:
    """A table whose columns are known: which field stands in which, and the row of the headings."""

    sheet: Sheet
    head: int
    columns: Mapping[str, int]

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows below the headings by field, each with its number in the file."""
        for at, row in enumerate(self.sheet.rows[self.head + 1 :], self.head + 1):
            said = {
                name: row[column] if column < len(row) else ""
                for name, column in self.columns.items()
            }
            cells = {cell for cell in row if cell}
            if len(cells) == 1 and len(self.columns) > 1:  # a line across the table
                said = {"across": cells.pop()}
            if any(said.values()):
                yield at + self.sheet.first, said

    def shown(self) -> list[str]:
        """Each column that is taken, and those that are not, for a person to confirm."""
        heads = self.sheet.rows[self.head]
        taken = [f"{name}: '{heads[column]}'" for name, column in self.columns.items()]
        left = [
            f"'{head}'" for at, head in enumerate(heads) if head and at not in self.columns.values()
        ]
        return [*taken, *([f"left out: {', '.join(left)}"] if left else [])]


def tabled(
    sheets: list[Sheet], fields: Fields, file: str, said: Mapping[str, str]
) -> Tabled | None:
    """The first table whose headings are understood; None where there is none. `said` names columns by
    field. Raises Failure where a column that was named is not there."""
    best: Tabled | None = None
    for sheet in sheets:
        for at, row in enumerate(sheet.rows[:_SEARCHED]):
            for head, heads in ((at, row), *_two_rows(sheet, at)):
                columns = dict(_known(heads, fields, said))
                if "text" in columns and len(columns) > (len(best.columns) if best else 1):
                    rows = [*sheet.rows[:head], heads, *sheet.rows[head + 1 :]]
                    best = Tabled(replace(sheet, rows=rows), head, columns)
    if best:
        for field, name in said.items():
            if field not in best.columns:
                heads = best.sheet.rows[best.head]
                hint = did_you_mean(name, heads) or f"there are: {', '.join(filter(None, heads))}"
                raise unreadable(file, f"there is no column '{name}'", hint)
    return best


def _two_rows(sheet: Sheet, at: int) -> Iterator[tuple[int, list[str]]]:
    """Headings in two rows: those below, and those above them where below stands nothing."""
    if at + 1 < len(sheet.rows):
        above, below = sheet.rows[at], sheet.rows[at + 1]
        said = [cell for cell in below if cell]
        if len(said) > 1 and not any(
            len(cell) > _LONGEST or re.search(r"\d", cell) for cell in said
        ):
            width = max(len(above), len(below))
            rows = ([*row, *[""] * (width - len(row))] for row in (below, above))
            yield at + 1, [own or other for own, other in zip(*rows, strict=True)]


def _known(row: list[str], fields: Fields, said: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Which column holds what: by a heading that is known, else by one that begins like it, else by a word."""
    heads = {at: plain(cell) for at, cell in enumerate(row)}
    found: dict[str, int] = {}
    for exact in (True, False):
        for field in (name for name in fields.all if name not in found):
            wanted = {plain(said[field])} if field in said else fields.names(field)
            fitting = (at for at, head in heads.items() if _fits(head, wanted, exact))
            at = next((at for at in fitting if at not in found.values()), None)
            if at is not None:
                found[field] = at
    for field in (name for name in fields.all if name not in found and name not in said):
        stems = fields.stems(field)
        fitting = (at for at, head in heads.items() if _begins(head, stems))
        at = next((at for at in fitting if at not in found.values()), None)
        if at is not None:
            found[field] = at
    yield from found.items()


def _begins(head: str, stems: set[str]) -> bool:
    """Whether a word of a heading begins like one of some."""
    if len(head) > _LONGEST:
        return False
    words = head.replace("№", "№ ").split()
    return any(
        word == stem or (len(stem) >= _STEM and word.startswith(stem))
        for word in words
        for stem in stems
    )


def _fits(head: str, wanted: set[str], exact: bool) -> bool:
    """Whether a heading is one of some, or begins with one of several letters: "Position of the State"."""
    if exact or not head:
        return bool(head) and head in wanted
    return any(head.startswith(f"{name} ") for name in wanted if len(name) >= _TELLING)


def table_of(source: Path, project: Path, said: Mapping[str, str]) -> Tabled | None:
    """The table of recommendations that a file is; None for a document. Raises Failure for a spreadsheet in
    which no column is understood."""
    kind = source.suffix.lower()
    if kind not in (*KINDS, ".docx"):
        return _none(source, said)
    fields = load_fields(project)
    unknown = [name for name in said if name not in fields.all]
    if unknown:
        hint = did_you_mean(unknown[0], fields.all)
        raise unreadable(source.name, f"a table has no '{unknown[0]}'", hint)
    sheets = read_sheets(source)
    table = tabled(sheets, fields, source.name, said)
    if kind == ".docx":  # observations may hold a table as well
        rows = len(list(table.records())) if table else 0
        taken = rows >= _LIST and (said or mostly_table(source, rows))
        return table if taken else _none(source, said)
    if table is None:
        heads = next(
            (row for sheet in sheets for row in sheet.rows if len(list(filter(None, row))) > 1), []
        )
        hint = f"say which it is, as --column text='...'; the first row has: {', '.join(filter(None, heads))}"
        raise unreadable(source.name, "no column of this table holds recommendations", hint)
    return table


def _none(source: Path, said: Mapping[str, str]) -> None:
    """A document, of which no columns can be named. Raises Failure where some are."""
    if said:
        message = "columns were named, and this file is no table of recommendations"
        raise unreadable(
            source.name, message, "leave --column out, or save the table as XLSX or CSV"
        )
