"""An older state of a report beside a newer one: what the newer one withholds, the older one withholds too.

What was public once may have become confidential for a reason. A comparison that shows it as deleted would
publish it again, so it is marked in the older state before anything is made of that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from shadowreport.core.ast import plain, tables, transform
from shadowreport.core.report import (
    Block,
    Box,
    Heading,
    Item,
    Paragraph,
    Recommendation,
    Report,
    Section,
)
from shadowreport.core.rows import held_rows, is_held, rows_of, with_held
from shadowreport.core.withheld import holds_some

Own = Paragraph | Recommendation
_Own = TypeVar("_Own", Paragraph, Recommendation)


def withheld_alike(old: Report, new: Report) -> Report:
    """The old state, in which all is confidential that the new one withholds: by the names of sections, the
    ids of paragraphs and recommendations, the words of headings, the keys of sources. Neither is an edition yet."""
    names = {section.name for section in new.sections if section.withheld}
    held = {item.id: item for section in new.sections for item in _own(section) if holds_some(item)}
    headings = {plain(item.inlines) for item in _headings(new) if item.withheld}
    sections = tuple(
        replace(
            section,
            withheld=section.withheld or section.name in names,
            items=tuple(_item(item, held, headings) for item in section.items),
        )
        for section in old.sections
    )
    sources = old.withheld_sources | (new.withheld_sources & old.sources.keys())
    return replace(old, sections=sections, withheld_sources=sources)


def _own(section: Section) -> Iterator[Own]:
    for item in section.items:
        if isinstance(item, Paragraph):
            yield item
        elif isinstance(item, Box):
            yield from item.recommendations


def _headings(report: Report) -> Iterator[Heading]:
    items = (item for section in report.sections for item in section.items)
    return (item for item in items if isinstance(item, Heading))


def _item(item: Item, held: dict[str, Own], headings: set[str]) -> Item:
    if isinstance(item, Heading):
        return replace(item, withheld=item.withheld or plain(item.inlines) in headings)
    if isinstance(item, Paragraph):
        return _alike(item, held)
    if isinstance(item, Box):
        own = tuple(_alike(one, held) for one in item.recommendations)
        return replace(item, recommendations=own)
    return item


def _alike(item: _Own, held: dict[str, Own]) -> _Own:
    """Where the new text withholds anything, all that it does not show is confidential: blocks, and rows of
    the tables that it still shows."""
    if item.id not in held:
        return item
    new = held[item.id]
    public = [block for index, block in enumerate(new.blocks) if index not in new.withheld]
    shown = set(map(plain, public))
    known = (
        {_title(table["c"]) for table in tables(public)} if any(held_rows(public)) else set[str]()
    )
    rows = {plain(row[1]) for table in tables(public) for row in rows_of(table) if not is_held(row)}

    def mark(content: Any) -> Any:
        return (
            with_held(content, lambda row: plain(row[1]) not in rows)
            if _title(content) in known
            else None
        )

    blocks = transform(item.blocks, {"Table": mark}) if known else item.blocks
    hidden = {
        index
        for index, block in enumerate(blocks)
        if plain(block) not in shown and not _is_known(block, known)
    }
    return replace(item, blocks=blocks, withheld=item.withheld | hidden)


def _is_known(block: Block, known: set[str]) -> bool:
    titles = [_title(table["c"]) for table in tables([block])]
    return bool(titles) and known.issuperset(titles)


def _title(table: Any) -> str:
    """The caption and the head of a table."""
    return plain([table[1], table[3]])
