"""Tables as they were drawn: the cells of each row, and the caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from unicodedata import combining, east_asian_width

from shadowreport.core.rows import AS_READ, HELD
from shadowreport.source.typed.lines import (
    CAPTION,
    GRID,
    HELD_ROW,
    Edit,
    Leaf,
    Line,
    Reader,
    Typed,
    begins,
    cells,
)

_NO_MERGED = (
    "align the bars; cells cannot be merged: repeat the text in each of them, or write it into the first "
    "and leave the others empty; under a second head, make a second table"
)
_ATTRIBUTES = re.compile(r"[ \t]*\{(?:#[^{}]*|\.wide)\}[ \t]*$")


def end_of_paragraph(lines: list[Line], at: int) -> int:
    """The line behind the paragraph that begins at a line."""
    while at < len(lines) and not lines[at].blank:
        at += 1
    return at


def read(blocks: Reader, lines: list[Line], at: int, path: tuple[str, ...]) -> int:
    """Reads a table with its caption; gives the line behind it, or the same where none is there."""
    captions: list[Leaf] = []
    start = at
    if CAPTION.match(lines[at].text) and lines[at].text.lstrip().startswith(":"):
        at = _caption(lines, at, path, captions)
        while lines[at].blank:
            at += 1
    inner = Typed(edits=blocks.typed.edits, problems=blocks.typed.problems)
    end = (_grid if GRID.match(lines[at].text) else _pipes)(blocks, lines, at, path, inner)
    if end == at:
        return start
    below = next((i for i in range(end, len(lines)) if not lines[i].blank), len(lines))
    if below < len(lines) and not captions and CAPTION.match(lines[below].text):
        end = _caption(lines, below, path, captions)
    blocks.typed.leaves.extend([*captions, *inner.leaves])
    return end


def _caption(lines: list[Line], at: int, path: tuple[str, ...], captions: list[Leaf]) -> int:
    match = CAPTION.match(lines[at].text)
    assert match
    end = end_of_paragraph(lines, at)
    found = [lines[at].cut(match.end()), *lines[at + 1 : end]]
    found[-1] = Line(found[-1].start, _ATTRIBUTES.sub("", found[-1].text))
    captions.append(Leaf((*path, "caption"), found))
    return end


def _pipes(blocks: Reader, lines: list[Line], at: int, path: tuple[str, ...], inner: Typed) -> int:
    wanted = len(cells(lines[at + 1].text.replace("+", "|")))
    end = at
    while end < len(lines) and not lines[end].blank:
        line = lines[end]
        if begins(line):
            blocks.blank_above(line)
            break
        if CAPTION.match(line.text) and "|" not in line.text:
            break
        if "|" not in line.text.replace("\\|", ""):
            message = "does this line belong to the table above?"
            hint = "a row has a bar between two cells; else leave a blank line above it"
            blocks.typed.problem(line.start, message, hint)
            return end + 1
        if end != at + 1:
            _row(*_held(blocks, line, path), wanted, inner)
        end += 1
    return end


def _held(blocks: Reader, line: Line, path: tuple[str, ...]) -> tuple[Line, tuple[str, ...]]:
    """A row without the mark that keeps it out of the public edition, and what its cells stand in; pandoc
    is given a mark of the same length that cannot begin a division."""
    match = HELD_ROW.match(line.text)
    if not match:
        return line, path
    start, end = (line.start + at for at in match.span(1))
    blocks.typed.edits.append(Edit(start, end, AS_READ))
    blank = " " * len(match[1])
    shown = line.text[: match.start(1)] + blank + line.text[match.end(1) :]
    return Line(line.start, shown), (*path, f"{HELD} row")


def _row(line: Line, path: tuple[str, ...], wanted: int, inner: Typed) -> None:
    found = cells(line.text)
    if len(found) != wanted:
        message = f"this row has {len(found)} cells, the table {wanted} columns"
        hint = "put a bar between two cells, and a backslash before a bar that is to be printed"
        inner.problem(line.start, message, hint)
    place = line.start
    for cell in found:
        place = line.start + line.text.find(cell, place - line.start)
        text = cell.strip()
        if re.fullmatch(r":?-{3,}:?|={3,}", text):
            message = "a line of signs stands in a cell"
            inner.problem(place, message, "one line of dashes stands below the head, and no other")
        if text:
            lead = len(cell) - len(cell.lstrip())
            inner.leaves.append(Leaf((*path, "cell", "text"), [Line(place + lead, text)]))
        place += len(cell)


def _grid(blocks: Reader, lines: list[Line], at: int, path: tuple[str, ...], inner: Typed) -> int:
    edges = [index for index, sign in enumerate(lines[at].text) if sign == "+"]
    columns = list(pairwise(edges))
    end = at
    row: list[list[Line]] = [[] for _ in columns]
    within = path
    while end < len(lines) and lines[end].text.lstrip()[:1] in ("+", "|"):
        line = lines[end]
        if GRID.match(line.text):
            for cell in row:
                blocks.into(inner).read(cell, (*within, "cell"))
            row, within = [[] for _ in columns], path
            end += 1
            continue
        if not any(row):
            line, within = _held(blocks, line, path)
        if (bars := bars_of(line.text, edges)) is None:
            message = "a bar of this row does not stand below that of the border"
            blocks.typed.problem(line.start, message, _NO_MERGED)
        else:
            marked = within != path and not row[0]
            for cell, (left, right) in zip(row, pairwise(bars), strict=True):
                piece = Line(line.start + left + 1, line.text[left + 1 : right])
                cell.append(piece.cut(piece.indent if marked else min(piece.indent, 1)))
                marked = False
        end += 1
    return end


def bars_of(text: str, edges: Sequence[int]) -> list[int] | None:
    """Where the bars of a row stand below the signs of its border, as pandoc counts columns: a wide
    letter (Chinese) takes two, a combining mark none."""
    column, at = 0, {}
    for index, sign in enumerate(text):
        if sign == "|":
            at[column] = index
        column += 0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1
    bars = [at[edge] for edge in edges if edge in at]
    return bars if len(bars) == len(edges) else None
