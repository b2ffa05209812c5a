"""An older state of a report beside a newer one: what the newer one withholds, the older one withholds too.

What was public once may have become confidential for a reason. A comparison that shows it as deleted would
publish it again, so it is marked in the older state before anything is made of that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from shadowreport.core.ast import plain
from shadowreport.core.report import Box, Heading, Item, Paragraph, Recommendation, Report, Section

Own = Paragraph | Recommendation


def withheld_alike(old: Report, new: Report) -> Report:
    """The old state, in which all is confidential that the new one withholds: by the names of sections, the
    ids of paragraphs and recommendations, the words of headings, the keys of sources. Neither is an edition yet."""
    names = {section.name for section in new.sections if section.withheld}
    held = {item.id: item for section in new.sections for item in _own(section) if item.withheld}
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
        return replace(item, withheld=_blocks(item, held))
    if isinstance(item, Box):
        own = (replace(one, withheld=_blocks(one, held)) for one in item.recommendations)
        return replace(item, recommendations=tuple(own))
    return item


def _blocks(item: Own, held: dict[str, Own]) -> set[int]:
    """Which blocks are confidential: where the new text withholds any, all that it does not show."""
    if item.id not in held:
        return item.withheld
    new = held[item.id]
    shown = {plain(block) for index, block in enumerate(new.blocks) if index not in new.withheld}
    hidden = {index for index, block in enumerate(item.blocks) if plain(block) not in shown}
    return item.withheld | hidden
