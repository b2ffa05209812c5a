"""Measures the finished PDF: what runs off its page, into its margins, or over its head or foot.

typst lays out what does not fit and says nothing. In a tagged PDF what belongs to no text, such as
running heads, is marked as an artifact; so all else can be held against the page it stands on.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2 import raw

from shadowreport.core.style import Style

_SLACK = 72 / 25.4 * 2  # two millimetres: signs may hang into a margin
_EDGE = 1.0  # points that may lie beyond the paper: letters lean
_QUOTED = 40  # letters of a text
_CUT, _OVER, _OUTSIDE = (
    "is cut off at the edge",
    "stands over the head or foot",
    "is outside the margins",
)


@dataclass(frozen=True, slots=True)
class Strayed:
    """What does not fit its page: the name of the last place before it, and words that tell of it."""

    place: str
    said: str


@dataclass(frozen=True, slots=True)
class _Box:
    """A rectangle in points, from the bottom left of the page."""

    left: float
    bottom: float
    right: float
    top: float

    def within(self, other: _Box, slack: float) -> bool:
        return (
            self.left >= other.left - slack
            and self.bottom >= other.bottom - slack
            and self.right <= other.right + slack
            and self.top <= other.top + slack
        )

    def over(self, other: _Box) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 0 and min(self.top, other.top) - max(self.bottom, other.bottom) > 0


def strayed(
    pdf: bytes, places: Sequence[Any], style: Style | None, *, cover: bool
) -> list[Strayed]:
    """What does not fit its page, one for each place. A place has a name and, from the top left, a
    page and a position in points. Without a `style`, whose margins are known, or on a `cover`, which
    has its own, only the edges of the paper and running heads count."""
    starts = sorted((item["at"]["page"], _points(item["at"]["y"]), item["name"]) for item in places)
    found: dict[str, Strayed] = {}
    document = pypdfium2.PdfDocument(pdf)
    try:
        for index, page in enumerate(document):
            margins = style if style and not (cover and index == 0) else None
            for kind, box, words in _misplaced(page, margins):
                height = page.get_height()
                place = _before(starts, index + 1, height - (box.bottom if words else box.top - 3))
                what = f"the text '{words}'" if words else "a picture"
                said = f"{what} {kind} of page {index + 1}"
                found.setdefault(place, Strayed(place, said))
    finally:
        document.close()
    return list(found.values())


def _points(length: str) -> float:
    return float(length.removesuffix("pt"))


def _before(starts: Sequence[tuple[int, float, str]], page: int, y: float) -> str:
    """The name of the last place at or before a point."""
    return next((name for p, at, name in reversed(starts) if (p, at) <= (page, y)), "")


def _misplaced(page: pypdfium2.PdfPage, style: Style | None) -> Iterator[tuple[str, _Box, str]]:
    """What of a page does not fit it: what is wrong, where it stands, and its words where it is text."""
    paper = _Box(0, 0, *page.get_size())
    room = _room(paper, style) if style else paper
    boxes = ((item, _Box(*item.get_bounds())) for item in page.get_objects(max_depth=1))
    # most of a page stands within its margins, and needs no second look
    things = [(item, box) for item, box in boxes if not (style and box.within(room, _SLACK))]
    aside = [_artifact(item) for item, _ in things]
    heads = [
        box for (item, box), apart in zip(things, aside, strict=True) if apart and _is_text(item)
    ]
    for (item, box), apart in zip(things, aside, strict=True):
        if not apart and box.left < box.right and (kind := _wrong(box, paper, room, heads)):
            yield kind, box, _words(page, item)


def _wrong(box: _Box, paper: _Box, room: _Box, heads: list[_Box]) -> str:
    if not box.within(paper, _EDGE):
        return _CUT
    if any(map(box.over, heads)):
        return _OVER
    return "" if box.within(room, _SLACK) else _OUTSIDE


def _room(paper: _Box, style: Style) -> _Box:
    """Where the text of a page stands; in a book the sides change from page to page."""
    side = {name: millimetres * 72 / 25.4 for name, millimetres in style.margins.items()}
    left, right = side["left"], side["right"]
    if style.two_sided:
        left = right = min(left, right)
    return _Box(left, side["bottom"], paper.right - right, paper.top - side["top"])


def _artifact(item: pypdfium2.PdfObject) -> bool:
    """Whether it belongs to no text: a running head, a rule, a ground (ISO 32000-1, 14.8.2.2)."""
    names = (_mark(item, index) for index in range(raw.FPDFPageObj_CountMarks(item)))
    return "Artifact" in names


def _mark(item: pypdfium2.PdfObject, index: int) -> str:
    length = ctypes.c_ulong()
    name = (ctypes.c_ushort * 32)()
    mark = raw.FPDFPageObj_GetMark(item, index)
    raw.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length)
    return bytes(name).decode("utf-16-le").rstrip("\0")


def _is_text(item: pypdfium2.PdfObject) -> bool:
    return raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT


def _words(page: pypdfium2.PdfPage, item: pypdfium2.PdfObject) -> str:
    """The first words of a text."""
    if not _is_text(item):
        return ""
    text = page.get_textpage().get_text_bounded(*item.get_bounds()).strip()
    return text[:_QUOTED] + ("…" if len(text) > _QUOTED else "")
