"""What lists, quotations and boxes take of a line: a table that stands in one has less room than the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shadowreport.core.report import Block, Box, Paragraph, Section

# points that the frames of templates/report.typ take, a little more than they do
OF_PARAGRAPH, OF_LIST, OF_QUOTATION, OF_BOX, OF_RECOMMENDATION = 33.0, 30.0, 28.0, 28.0, 22.0


def framed_tables(section: Section) -> Iterator[tuple[Block, Paragraph | Box, float]]:
    """The tables of a section in their order, each with what it belongs to and the points that what it
    stands in takes of a line; 0 for one as wide as the page."""
    for item in section.items:
        if isinstance(item, Paragraph):
            around = OF_BOX if item.summary else 0.0
            for block in item.blocks:
                inside = around if block["t"] == "Table" else around + OF_PARAGRAPH
                yield from ((table, item, points) for table, points in _inside([block], inside))
        elif isinstance(item, Box):
            for recommendation in item.recommendations:
                inside = _inside(recommendation.blocks, OF_BOX + OF_RECOMMENDATION)
                yield from ((table, item, points) for table, points in inside)


def _inside(blocks: Sequence[Block], points: float) -> Iterator[tuple[Block, float]]:
    for block in blocks:
        match block:
            case {"t": "Table"}:
                yield block, points
            case {"t": "BulletList", "c": items} | {"t": "OrderedList", "c": [_, items]}:
                for item in items:
                    yield from _inside(item, points + OF_LIST)
            case {"t": "BlockQuote", "c": inner}:
                yield from _inside(inner, points + OF_QUOTATION)
            case {"t": "DefinitionList", "c": pairs}:
                for _, texts in pairs:
                    for text in texts:
                        yield from _inside(text, points)
            case {"t": "Div", "c": [_, inner]}:
                yield from _inside(inner, points)
            case _:
                pass
