"""The order in which a page is read: down one column, then down the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

CALL = "\x00"  # stands for the mark of a footnote in the text of a row
_FROM, _TO = 0.35, 0.65  # of the page's width: where a gutter can be
_FEW = 0.15  # of the rows may cross a gutter: headings over both columns
_SIDE = 0.25  # of the letters stand on either side at least
_LONG, _EDGE = 20, 2  # letters of a line that is no head; points that its left end may be off


class Boxed(Protocol):
    """Letters with their place on the page; y grows upwards."""

    left: float
    right: float
    bottom: float
    top: float
    size: float
    text: str
    bold: bool
    marks: list[str]


B = TypeVar("B", bound=Boxed)


def gutter_of(pages: Sequence[tuple[Sequence[B], float]]) -> float:
    """Where the room between two columns is on most pages of a document, as a share of their width; 0 where
    they have one column. A short last page does not tell it by itself."""
    found = [place / width for runs, width in pages if (place := _gutter(runs, width))]
    if not found or 2 * len(found) < len(pages):
        return 0.0
    # what is room on one page by chance is crossed on another
    return min(found, key=lambda at: sum(_crossing(runs, at * width) for runs, width in pages))


def columns(runs: Sequence[B], width: float, usual: float = 0.0) -> list[list[B]]:
    """The rows of a page, column by column in reading order; `usual` is the gutter of the other pages."""
    gutter = _gutter(runs, width)
    most = _crossing(runs, gutter) if gutter else len(runs) * _FEW - 1
    if usual and _crossing(runs, usual * width) <= most:
        gutter = usual * width
    if not gutter:
        return [_rows(runs)]
    over = sorted((run for run in runs if run.left < gutter < run.right), key=lambda run: -run.top)
    found: list[list[B]] = []
    top = float("inf")
    for bar in [*over, None]:
        bottom = (bar.top + bar.bottom) / 2 if bar else float("-inf")
        band = [
            run for run in runs if run not in over and bottom < (run.top + run.bottom) / 2 <= top
        ]
        found += [_rows([run for run in band if run.right <= gutter])]
        found += [_rows([run for run in band if run.left >= gutter])]
        found += [[bar]] if bar else []
        top = bottom
    return [column for column in found if column]


def _crossing(runs: Sequence[B], place: float) -> int:
    return sum(run.left < place < run.right for run in runs)


def _gutter(runs: Sequence[B], width: float) -> float:
    """Where the room between two columns is; 0 where there is one column."""
    best, fewest = 0.0, len(runs) * _FEW
    letters = sum(len(run.text) for run in runs) or 1
    for percent in range(int(_FROM * 100), int(_TO * 100) + 1):
        place = width * percent / 100
        crossing = _crossing(runs, place)
        if crossing >= fewest:
            continue
        left = sum(len(run.text) for run in runs if run.right <= place) / letters
        right = sum(len(run.text) for run in runs if run.left >= place) / letters
        if min(left, right) > _SIDE or (left > right and _aligned(runs, place)):
            best, fewest = place, crossing
    return best


def _aligned(runs: Sequence[B], place: float) -> bool:
    """Whether a column that has hardly begun stands right of a place: long lines, one below the other."""
    edges = [run.left for run in runs if run.left >= place and len(run.text) > _LONG]
    return len(edges) > 1 and max(edges) - min(edges) < _EDGE


def _rows(runs: Sequence[B]) -> list[B]:
    """Runs beside each other as one row, from top to bottom."""
    rows: list[B] = []
    for run in sorted(runs, key=lambda run: (-round((run.top + run.bottom) / 2), run.left)):
        last = rows[-1] if rows else None
        middle = (run.top + run.bottom) / 2
        if last and last.bottom < middle < last.top:
            _join(last, run)
        elif (
            last
            and run.bottom < (last.top + last.bottom) / 2 < run.top
            and last.text.strip().isdigit()
        ):
            run.text, run.marks = CALL + run.text, [last.text.strip(), *run.marks]
            rows[-1] = run
        else:
            rows.append(run)
    return _with_wrapped_marks(rows)


def _with_wrapped_marks(rows: Sequence[B]) -> list[B]:
    """The rows, each mark of a footnote that stands alone on its line put behind the row above, where it had
    no room."""
    found: list[B] = []
    for row in rows:
        if found and _wrapped_mark(found[-1], row):
            found[-1].text = found[-1].text.rstrip() + CALL
            found[-1].marks.append(row.text.strip())
        else:
            found.append(row)
    return found


def _wrapped_mark(row: Boxed, run: Boxed) -> bool:
    alone = run.text.strip().isdigit() and run.size < 0.8 * row.size
    return alone and row.bottom - run.bottom < 1.3 * row.size


def _join(row: B, run: B) -> None:
    if run.left < row.left:
        row.text, row.marks = f"{run.text.strip()} {row.text}", [*run.marks, *row.marks]
        row.left = run.left
    elif run.size < 0.8 * row.size and run.text.strip().isdigit():
        row.text = row.text.rstrip() + CALL
        row.marks.append(run.text.strip())
    else:
        row.text, row.marks = f"{row.text.rstrip()} {run.text.lstrip()}", [*row.marks, *run.marks]
        row.bold = row.bold and run.bold if len(row.text) > len(run.text) + 6 else run.bold
    row.right = max(row.right, run.right)
