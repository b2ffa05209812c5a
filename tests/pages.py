"""Where things stand on the pages of a PDF: read back from the file, by no way of the toolkit's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf


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
