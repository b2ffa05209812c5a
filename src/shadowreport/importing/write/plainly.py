"""A section with nothing but paragraphs in it, for words that no other form keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from shadowreport.importing.draft import (
    Belonging,
    Box,
    Citation,
    Continuation,
    Figure,
    Inline,
    Item,
    Listing,
    Numbered,
    Quotation,
    Reference,
    Section,
    Text,
)
from shadowreport.word.content import NoteMark, Picture, Run


def in_paragraphs(section: Section) -> Section:
    """A section whose lists, quotations and tables are paragraphs, with the marks of lists typed."""
    return replace(section, items=[_item(item) for item in section.items])


def _item(item: Item) -> Item:
    if isinstance(item, Numbered):
        return replace(item, belongings=list(_belongings(item.belongings)))
    if isinstance(item, Box):
        inside = [
            replace(one, belongings=list(_belongings(one.belongings)))
            for one in item.recommendations
        ]
        return replace(item, recommendations=inside)
    return item


def _belongings(parts: list[Belonging]) -> Iterator[Belonging]:
    for part in parts:
        if isinstance(part, Continuation | Figure):
            yield part
        else:
            yield from map(Continuation, _texts(part))


def _texts(part: Belonging | Text) -> Iterator[Text]:
    if isinstance(part, Text):
        yield part
    elif isinstance(part, Listing):
        for nth, item in enumerate(part.items):
            for at, inner in enumerate(item):
                texts = list(_texts(inner))
                yield from [labelled(part, nth, texts[0]), *texts[1:]] if not at else texts
    elif isinstance(part, Quotation):
        for inner in part.texts:
            yield from _texts(inner)
    elif not isinstance(part, Continuation | Figure):
        yield from filter(
            lambda text: text.plain.strip(), [Text([Run(part.caption)], part.ordinal)]
        )
        yield from map(_row, part.rows)


def _row(cells: list[Text]) -> Text:
    inlines: list[Inline] = []
    for cell in filter(_shows, cells):
        inlines += [*([Run(" | ")] if inlines else []), *cell.inlines]
    return Text(inlines, cells[0].ordinal if cells else 1)


def _shows(text: Text) -> bool:
    kinds = (NoteMark, Picture, Reference, Citation)
    return bool(text.plain.strip()) or any(isinstance(item, kinds) for item in text.inlines)


def labelled(listing: Listing, nth: int, text: Text) -> Text:
    """The text of an item with the mark of its list typed before it."""
    mark = "–" if listing.kind == "bullet" else _counted(listing, nth)
    return Text([Run(f"{mark} "), *text.inlines], text.ordinal)


def _counted(listing: Listing, nth: int) -> str:
    value = listing.start + nth
    if listing.kind in "aA" and value <= 26:
        word = chr(ord(listing.kind) + value - 1)
    else:
        word = str(value)
    return f"({word})" if listing.delimiter == "()" else f"{word}{listing.delimiter}"
