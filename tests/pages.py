"""Where things stand on the pages of a PDF: read back from the file, by no way of the toolkit's."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
from documents import tool
from lxml import html


@dataclass(frozen=True)
class Word:
    """A word on a page, in points from the page's top left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True)
class Page:
    """A page: its size and its words."""

    width: float
    height: float
    words: list[Word]


def read_pages(pdf: Path) -> list[Page]:
    """The words of a PDF and where poppler finds them."""
    command = [tool("pdftotext", "poppler-utils"), "-bbox", str(pdf), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    names = ("xmin", "ymin", "xmax", "ymax")
    return [
        Page(
            float(page.get("width")),
            float(page.get("height")),
            [
                Word(number, *map(float, map(word.get, names)), text=word.text or "")
                for word in page.iter("word")
            ],
        )
        for number, page in enumerate(html.fromstring(done.stdout).iter("page"), 1)
    ]


def misplaced(pages: list[Page]) -> list[tuple[Word, str]]:
    """Words that are printed over other words or beyond the margins, and what is wrong."""
    found: list[tuple[Word, str]] = []
    for page in pages:
        found += [
            (word, "beyond the margin")
            for word in page.words
            if word.right > page.width - 60 or word.left < 60 or word.bottom > page.height - 20
        ]
        words = sorted(page.words, key=lambda word: word.top)
        for index, word in enumerate(words):
            for other in words[index + 1 :]:
                if other.top > word.bottom:
                    break
                if _overlap(word, other):
                    found.append((word, f"over {other.text}"))
    return found


def _overlap(one: Word, other: Word) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0.8 and down > 0.45 * min(one.bottom - one.top, other.bottom - other.top)


def footnotes(pdf: Path) -> list[tuple[int, int]]:
    """The page of each footnote's mark and that on which its text begins, by the tags: the mark is
    the element before the note, and both hold a link that stands on a page."""
    with pikepdf.open(pdf) as document:
        numbers = {page.objgen: number for number, page in enumerate(document.pages, 1)}
        notes = [
            item
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == pikepdf.Name.Note
        ]
        return [(_page(_before(note), numbers), _page(note, numbers)) for note in notes]


def _before(note: Any) -> Any:
    siblings = [kid for kid in note.P.K if isinstance(kid, pikepdf.Dictionary)]
    place = next(i for i, kid in enumerate(siblings) if kid.objgen == note.objgen)
    return siblings[place - 1]


def _page(element: Any, numbers: Mapping[Any, int]) -> int:
    return next(numbers[item.Pg.objgen] for item in _inside(element) if "/Obj" in item)


def _inside(element: Any) -> Iterator[Any]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield kid
            yield from _inside(kid)


def titles(pdf: Path, level: int) -> list[str]:
    """The headings of a PDF down to a level, by its bookmarks."""
    with pikepdf.open(pdf) as document, document.open_outline() as outline:
        return list(_titles(outline.root, level))


def _titles(items: Iterable[Any], level: int) -> Iterator[str]:
    for item in items:
        yield item.title
        if level > 1:
            yield from _titles(item.children, level - 1)


def half_empty(pages: list[Page], parts: list[str]) -> list[int]:
    """The pages more than half of which is empty, though no part begins behind them."""
    starts = [_squeezed(part)[:20] for part in parts]
    found: list[int] = []
    for number, (page, following) in enumerate(pairwise(pages), 1):
        body = [word for word in page.words if _HEAD < word.top < page.height - _FOOT]
        edges = sorted([(_HEAD, _HEAD), *((word.top, word.bottom) for word in body)])
        edges.append((page.height - _FOOT, page.height))
        end, most = 0.0, 0.0
        for top, bottom in edges:
            most = max(most, top - end if end else 0.0)
            end = max(end, bottom)
        text = _squeezed("".join(word.text for word in following.words if word.top > _HEAD))
        if most > (page.height - _HEAD - _FOOT) / 2 and not text.startswith(tuple(starts)):
            found.append(number)
    return found


def alone(pages: list[Page], headings: list[str], size: float) -> list[tuple[int, str]]:
    """Headings below which no text stands on their page. The words of footnotes are smaller than
    all others; most words have the size of the text, in points."""
    wanted = {_squeezed(heading) for heading in headings}
    found: list[tuple[int, str]] = []
    for number, page in enumerate(pages, 1):
        heights = Counter(round(word.bottom - word.top, 1) for word in page.words)
        small = (
            _NOTE / size * max(heights, key=lambda height: heights[height] * height, default=0.0)
        )
        lines: dict[float, str] = {}
        for word in page.words:
            if _HEAD < word.top < page.height - _FOOT and word.bottom - word.top > small:
                lines[round(word.bottom)] = lines.get(round(word.bottom), "") + word.text
        if lines and (last := _squeezed(lines[max(lines)])) in wanted:
            found.append((number, last))
    return found


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


_HEAD, _FOOT = 60.0, 62.0  # points above and below a page's text
_NOTE = 8.7  # points that the letters of a footnote do not reach
