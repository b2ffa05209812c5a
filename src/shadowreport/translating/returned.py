"""What came back from a translator, whatever the kind of file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from shadowreport.translating.segments import Row, Tag


@dataclass(frozen=True, slots=True)
class Unit:
    """A text in a returned file: of which section, what it is called, where it stands there.

    `source` is the original as the translator had it, `target` the translation, empty where there is
    none; `done`: the tool says that it is; `fault`: why it cannot be taken, whatever it says; `remarks`: what
    the translator wrote to us about it.
    """

    section: str
    id: str
    line: int
    source: Row
    target: Row
    done: bool = False
    fault: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """A returned file."""

    file: str
    language: str
    units: tuple[Unit, ...]
    remarks: tuple[str, ...] = ()  # of no text


def tidy(parts: Iterable[str | Tag]) -> Row:
    """Words that follow each other as one text, with single blanks, and none at the ends."""
    row: list[str | Tag] = []
    for part in parts:
        last = row[-1] if row else None
        if isinstance(part, str) and isinstance(last, str):
            row[-1] = last + part
        elif part:
            row.append(part)
    row = [re.sub(r"[ \t\r\n]+", " ", part) if isinstance(part, str) else part for part in row]
    if row and isinstance(row[0], str):
        row[0] = row[0].lstrip(" ")
    if row and isinstance(row[-1], str):
        row[-1] = row[-1].rstrip(" ")
    return tuple(part for part in row if part)
