"""Where things stand on the pages of a PDF: read back from the file, by no way of the toolkit's."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
