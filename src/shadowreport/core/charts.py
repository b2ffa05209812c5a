"""A chart: numbers of a file, and how the authors want to see them.

A section names it as it names a picture: `![title](asylum.csv){.line columns="Year, Applications"}`. Its
first column holds the labels, each other one is a series.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

KINDS = ("bar", "line")  # the first where nothing is said
ATTRIBUTES = ("columns", "source")  # what its braces may hold, besides what pandoc reads: alt
UNKNOWN = "–"  # what stands for a number that nobody knows
_ACROSS = 12  # labels that still fit into the head of a table
_FILE = re.compile(r"\.csv\Z", re.IGNORECASE)
_KEY = re.compile(r"(?s)(.*)\?(bar|line)\?(.*)")


@dataclass(frozen=True, slots=True)
class Series:
    """A column of numbers; None where the file has none. `decimals`: so many are printed of each."""

    name: str
    values: tuple[Decimal | None, ...]

    @property
    def decimals(self) -> int:
        """The decimals of the number that has most."""
        known = (value.as_tuple().exponent for value in self.values if value is not None)
        return max((-exponent for exponent in known if isinstance(exponent, int)), default=0)


@dataclass(frozen=True, slots=True)
class Chart:
    """The labels under a heading of their own, and the series over them."""

    kind: str
    heading: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a section asks for: a file, a kind, and the columns (all where empty) with the headings
    that are printed for them."""

    file: str
    kind: str
    columns: tuple[tuple[str, str], ...]


def is_chart(address: str) -> bool:
    """Whether what stands where a picture does is drawn from numbers."""
    return bool(_FILE.search(address) or _KEY.fullmatch(address))


def key_of(address: str, classes: Iterable[str], pairs: Iterable[Sequence[str]]) -> str:
    """The name of a chart among a report's pictures: one file can be drawn in several ways."""
    kind = next((name for name in classes if name in KINDS), KINDS[0])
    columns = next((value for key, value in pairs if key == "columns"), "")
    return f"{address}?{kind}?{columns}"


def wanted(key: str) -> Wanted | None:
    """What a name made by `key_of` says; None for a picture's."""
    match = _KEY.fullmatch(key)
    if not match:
        return None
    names = (part.partition(":") for part in match[3].split(",") if part.strip())
    columns = tuple((name.strip(), shown.strip() or name.strip()) for name, _, shown in names)
    return Wanted(match[1], match[2], columns)


def file_of(key: str) -> str:
    """The file of a chart or a picture, as its section names it."""
    found = wanted(key)
    return found.file if found else key


def shown(chart: Chart, number: Callable[[Decimal, int], str]) -> list[list[str]]:
    """The rows of a chart as a table, the head first. Where there is room, the labels stand in the head."""
    columns = [[chart.heading, *chart.labels]]
    for series in chart.series:
        values = (UNKNOWN if v is None else number(v, series.decimals) for v in series.values)
        columns.append([series.name, *values])
    across = len(chart.series) < len(chart.labels) <= _ACROSS
    return columns if across else [list(row) for row in zip(*columns, strict=True)]
