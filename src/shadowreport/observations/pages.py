"""PDF: printed lines in reading order, their columns, footnotes and running heads told apart.

pypdfium2 gives every letter with its box, font and size from C, and is there already for the search of
withheld names; pdfplumber would give the same from Python.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from statistics import median

import pypdfium2
from pypdfium2 import raw

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.machine.files import read_bytes
from shadowreport.observations.block import Block, closed, plain
from shadowreport.observations.columns import CALL, columns, gutter_of
from shadowreport.observations.lines import Line, blocks
from shadowreport.observations.page_heads import NOTE, NOTE_MARK, heads
from shadowreport.observations.right_to_left import Glyph, in_reading_order, is_right_to_left

MAX_PDF = 50_000_000
_RAISED = 0.4  # of its own box: a figure that hangs above the line
_BELOW = 0.22  # of a letter's size: what hangs below the line
_BLANK = 0.25  # of a size: room between two words
_NARROW = 0.1  # the same between capitals that move together, where the letters of a word touch
_TOUCHING = 0.03
_HUNG = 0.2  # of a line's size: how far above it the mark of a footnote stands
_SMALL = 0.8  # of a line's size: the mark of a footnote
_FROM_THE_RIGHT = (
    "pages that are read from the right: letters were put in order by their places, and where some lie over "
    "others, a word, its vowel marks or a footnote may be wrong; the Word file is read better"
)
_NO_NOTE = (
    "a raised figure, of which no footnote was found on this page or the next, was left away: {}"
)
_SAME_SIZE = 0.2  # points


@dataclass(slots=True)
class Run:
    """Letters of one row with no wide gap between them. y grows upwards."""

    left: float
    right: float
    bottom: float
    top: float
    size: float
    text: str = ""
    bold: bool = False
    ending: float = 0.0  # the size of its last letter: a head's symbol begins with a larger one
    marks: list[str] = field(default_factory=list)
    apart: float = math.inf  # of the letters of its last word, where these are two at least

    @property
    def foot(self) -> float:
        """Where the line stands on which its letters are written."""
        return self.bottom + _BELOW * self.size


def read_pdf(path: Path, symbol: re.Pattern[str]) -> list[Block]:
    """The blocks of a PDF. Raises Failure where it is broken, locked, or has no text."""
    data = read_bytes(path, path.name, MAX_PDF)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise _failure(path, "this PDF is damaged or asks for a password", "save it anew") from None
    try:
        sizes = [page.get_size() for page in document]
        pages = [_runs(page) for page in document]
    finally:
        document.close()
    if sum(len(run.text) for page in pages for run in page) < 20 * len(pages):
        message = "this PDF has no text: its pages are pictures, as a scanner makes them"
        raise _failure(
            path, message, "let a program for text recognition (OCR) add the text, then import that"
        )
    lines = [line for page in _without_heads(pages, sizes, symbol) for line in page]
    if lines and is_right_to_left(letter for line in lines for letter in line.text):
        lines[0] = replace(lines[0], doubts=(*lines[0].doubts, _FROM_THE_RIGHT))
    return list(
        blocks([replace(line, place=replace(line.place, file=path.name)) for line in lines])
    )


def _failure(path: Path, message: str, hint: str) -> Failure:
    return Failure([Diagnostic("observations-unreadable", Place(path.name), message, hint)])


# --- letters ------------------------------------------------------------------------------------


def _runs(page: pypdfium2.PdfPage) -> list[Run]:
    text = page.get_textpage()
    glyphs = list(_glyphs(text))
    if is_right_to_left(glyph.letter for glyph in glyphs):
        glyphs = in_reading_order(glyphs, page.get_width())
    runs: list[Run] = []
    box = [ctypes.c_double() for _ in range(4)]
    for glyph in glyphs:
        if glyph.letter.isspace():
            if runs and not runs[-1].text.endswith(" "):
                runs[-1].text += " "
            continue
        raw.FPDFText_GetCharBox(text, glyph.index, *box)  # left, right, bottom, top
        bottom, size = glyph.foot - _BELOW * glyph.size, glyph.size
        raised = glyph.letter.isdigit() and box[2].value > bottom + _RAISED * size
        at = Run(glyph.left, glyph.right, bottom, bottom + size, size)
        _put(runs, glyph.letter, at, raised, lambda index=glyph.index: _bold(text, index))
    text.close()
    return [run for run in runs if run.text.strip()]


def _glyphs(text: pypdfium2.PdfTextPage) -> Iterator[Glyph]:
    """The letters of a page, in the order of the file."""
    loose, foot = raw.FS_RECTF(), [ctypes.c_double() for _ in range(2)]
    for index in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if letter in "\r\n" or (raw.FPDFText_IsGenerated(text, index) == 1 and letter != " "):
            continue
        raw.FPDFText_GetLooseCharBox(text, index, loose)
        raw.FPDFText_GetCharOrigin(
            text, index, *foot
        )  # where the line stands on which it is written
        size = _size(text, index) or loose.top - loose.bottom
        yield Glyph(letter, loose.left, loose.right, foot[1].value, size, index)


def _size(text: pypdfium2.PdfTextPage, index: int) -> float:
    """The size of a letter's font as it is printed, in points. What its box tells is the font's own affair:
    with some programs it is as high as the letter."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, matrix)
    return raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)


def _put(runs: list[Run], letter: str, at: Run, raised: bool, bold: Callable[[], bool]) -> None:
    """Adds a letter to the last run, or begins another one."""
    last = runs[-1] if runs else None
    if not last or not _beside(last, at):
        at.text, at.bold, at.ending = letter, bold(), at.size
        runs.append(at)
        return
    raised = raised or at.foot > last.foot + _HUNG * last.size
    smaller = raised or at.size < _SMALL * last.ending
    if letter.isdigit() and smaller and last.text.strip() and not _same_figure(last, at):
        if last.text.endswith(CALL):
            last.marks[-1] += letter
        else:
            last.marks.append(letter)
            last.text += CALL
    else:
        room = (at.left - last.right) / last.size
        narrow = last.apart < _TOUCHING and last.text[-1:].isupper() and letter.isupper()
        wide = room > (_NARROW if narrow else _BLANK) and not last.text.endswith(" ")
        first, second = wide or last.text.endswith(" "), math.isinf(last.apart)
        last.apart = math.inf if first else room if second else max(last.apart, room)
        last.text += (" " if wide else "") + letter
        last.ending = at.size
    last.right = max(last.right, at.right)


def _beside(last: Run, at: Run) -> bool:
    """Whether a letter stands behind a run; the letters of a ligature share one box."""
    near = -1.2 * last.size < at.left - last.right < 1.6 * last.size
    middle = (at.top + at.bottom) / 2
    same = at.size <= last.size / _SMALL or not last.text.strip().isdigit()
    return near and same and last.bottom < middle < last.top


def _same_figure(last: Run, at: Run) -> bool:
    """Whether a figure goes on in the next one: both are raised, as in the mark 10 before its footnote."""
    level = abs(at.foot - last.foot) < 0.1 and at.size == last.size
    return level and last.text.strip().isdigit() and last.text[-1:].isdigit()


def _bold(text: pypdfium2.PdfTextPage, index: int) -> bool:
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(text, index, name, 128, ctypes.c_int())
    return b"bold" in name.value.lower() or raw.FPDFText_GetFontWeight(text, index) >= 600


# --- lines --------------------------------------------------------------------------------------


def _without_heads(
    pages: Sequence[list[Run]], sizes: Sequence[tuple[float, float]], symbol: re.Pattern[str]
) -> Iterator[list[Line]]:
    """The lines of each page without those that stand at its edge on other pages, too."""
    widths = [width for width, _ in sizes]
    gutter = gutter_of(list(zip(pages, widths, strict=True)))
    rows = [columns(runs, width, gutter) for runs, width in zip(pages, widths, strict=True)]
    body = median(
        row.size for found in rows for column in found for row in column for _ in row.text
    )
    around = heads(rows, sizes, symbol, body)
    called = frozenset(
        mark for found in rows for column in found for row in column for mark in row.marks
    )
    texts: list[list[list[Run]]] = []
    feet: list[_Foot] = []
    for number, (found, (_, height)) in enumerate(zip(rows, sizes, strict=True), 1):
        kept = around.without(found, height, number == 1)
        foot = _Foot()
        texts.append(
            [_above_notes(column, body, height, called, foot, feet[-1:]) for column in kept]
        )
        feet.append(foot)
    following = [*feet[1:], _Foot()]  # a note may stand on the page behind its mark
    for number, (kept, foot, after) in enumerate(zip(texts, feet, following, strict=True), 1):
        notes = {**after.notes, **foot.notes}
        yield [line for column in kept for line in _lines(column, number, notes, body)]


@dataclass(slots=True)
class _Foot:
    """The footnotes of a page by their marks, the last of these, and the size of their letters."""

    notes: dict[str, str] = field(default_factory=dict)
    last: str = ""
    size: float = 0.0

    def add(self, row: Run, mark: re.Match[str] | None = None) -> None:
        """A line of a footnote: the first of one with a mark, else another one of the last."""
        if mark:
            self.last = mark[1] or (row.marks[0] if row.marks else "*")
            self.size = row.ending  # the mark itself is often in smaller letters
        said = row.text[mark.end() :] if mark else row.text
        self.notes[self.last] = closed(plain(f"{self.notes.get(self.last, '')} {said}"))


def _above_notes(
    column: list[Run],
    body: float,
    height: float,
    called: frozenset[str],
    foot: _Foot,
    before: list[_Foot],
) -> list[Run]:
    """A column without its footnotes: smaller lines at its foot, from the first with a mark on. What is
    smaller above that is text, in letters of another size, unless a note of the page before goes on in it."""
    start = len(column)
    while start and column[start - 1].size < NOTE * body and column[start - 1].top < height * 0.6:
        start -= 1
    start = min(start, _small_mark(column, body, height, called))
    if start == len(column):
        start = _notes_of_one_size(column, height)
    above: list[Run] = []
    for row in column[start:]:
        mark = NOTE_MARK.match(row.text)
        if mark and mark[1] and foot.last.isdigit() and int(mark[1]) != int(foot.last) + 1:
            mark = None  # a number at the head of a line
        if mark or foot.last:
            foot.add(row, mark)
        elif before and before[0].last and abs(row.size - before[0].size) < _SAME_SIZE:
            before[0].add(row)
        else:
            above.append(row)
    return [*column[:start], *above]


def _small_mark(column: Sequence[Run], body: float, height: float, called: frozenset[str]) -> int:
    """Where the footnotes begin by a small mark before letters that are as large as the text's, as are all
    lines below it."""
    for at, row in enumerate(column):
        mark = NOTE_MARK.match(row.text)
        small = row.size < _SMALL * body and row.top < height * 0.6
        if small and mark and mark[1] in called and row.text[mark.end() :].strip():
            return at
    return len(column)


def _notes_of_one_size(column: Sequence[Run], height: float) -> int:
    """Where the footnotes begin whose letters are as large as the text's: below some room, with a mark that
    stands in the text above."""
    usual = _usual([one.bottom - other.bottom for one, other in pairwise(column)])
    for at in range(1, len(column)):
        row, before = column[at], column[at - 1]
        mark = NOTE_MARK.match(row.text)
        if not mark or row.top > height * 0.6 or before.bottom - row.bottom < 1.25 * usual:
            continue
        name = mark[1] or (row.marks[0] if row.text.startswith(CALL) else "*")
        if any(name in other.marks or (name == "*" in other.text) for other in column[:at]):
            return at
    return len(column)


def _lines(column: Sequence[Run], page: int, notes: dict[str, str], body: float) -> Iterator[Line]:
    steps = [one.bottom - other.bottom for one, other in pairwise(column)]
    usual = _usual(steps)
    edge = min((row.left for row in column), default=0.0)
    for at, row in enumerate(column):
        # the lines of a heading in larger letters are as far apart as these ask for
        larger = max(1.0, min(row.size, column[at - 1].size) / body)
        gap = at > 0 and steps[at - 1] > 1.25 * usual * larger
        called = tuple(notes[mark] for mark in row.marks if mark in notes)
        doubts = tuple(_NO_NOTE.format(mark) for mark in row.marks if mark not in notes)
        text = closed(row.text.replace(CALL, ""))
        place, reach = Place("", page, at + 1), row.right - edge
        yield Line(text.strip(), place, gap, at == 0, row.bold, row.size, called, doubts, reach)


def _usual(steps: Sequence[float]) -> float:
    """The usual way from one line to the next: the smallest that is not rare."""
    counted = Counter(round(step, 1) for step in steps if step > 1)
    often = [step for step, count in counted.items() if count >= max(2, len(steps) / 10)]
    return min(often, default=min(counted, default=1000.0))
