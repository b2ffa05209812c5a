"""Tables as they were drawn: the cells of each row, and the caption."""

from __future__ import annotations

import re
from itertools import pairwise

from shadowreport.core.rows import AS_READ, HELD
from shadowreport.source.typed.drawn import bars_of, cells_of, has_merged
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

_ALIGN = (
    "align the bars; where cells are merged, each is a rectangle with a + at its corners; under a second "
    "head, make a second table"
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
    end = at
    while end < len(lines) and lines[end].text.lstrip()[:1] in ("+", "|"):
        end += 1
    drawn = lines[at:end]
    if has_merged([line.text for line in drawn]):
        _with_spans(blocks, drawn, path, inner)
        return end
    columns = list(pairwise(edges))
    row: list[list[Line]] = [[] for _ in columns]
    within = path
    for line in drawn:
        if GRID.match(line.text):
            for cell in row:
                blocks.into(inner).read(cell, (*within, "cell"))
            row, within = [[] for _ in columns], path
            continue
        if not any(row):
            line, within = _held(blocks, line, path)
        marked = within != path and not row[0]
        for cell, (left, right) in zip(row, pairwise(bars_of(line.text, edges) or ()), strict=True):
            piece = Line(line.start + left + 1, line.text[left + 1 : right])
            cell.append(piece.cut(piece.indent if marked else min(piece.indent, 1)))
            marked = False
    return end


def _with_spans(blocks: Reader, drawn: list[Line], path: tuple[str, ...], inner: Typed) -> None:
    """Reads a table in which cells reach over several columns or rows."""
    found, stray = cells_of([line.text for line in drawn])
    held = next((line for line in drawn if HELD_ROW.match(line.text)), None)
    if stray >= 0:
        message = "a bar of this row does not stand below that of the border"
        blocks.typed.problem(drawn[stray].start, message, _ALIGN)
    elif held:
        message = "a row that is withheld stands in a table with merged cells"
        hint = "repeat the text of merged cells in each row: who takes a row out would tear them"
        blocks.typed.problem(held.start, message, hint)
    for cell in found if stray < 0 and not held else ():
        pieces = []
        for row in range(cell.top + 1, cell.bottom):
            left, right = bars_of(drawn[row].text, (cell.left, cell.right), "|+") or (0, 0)
            piece = Line(drawn[row].start + left + 1, drawn[row].text[left + 1 : right])
            pieces.append(piece.cut(min(piece.indent, 1)))
        blocks.into(inner).read(pieces, (*path, "cell"))
