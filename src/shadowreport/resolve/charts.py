"""A chart in the text: the picture, its source, and its numbers as a table."""

from __future__ import annotations

from typing import Any

from shadowreport.core.ast import attr, div, node, text
from shadowreport.core.charts import Chart, shown
from shadowreport.core.lexicon import Language
from shadowreport.core.report import Block

DATA = "chart-data"


def drawn(figure: Block, chart: Chart, title: str, words: Language) -> list[Block]:
    """The figure of a chart with its source below the picture, and the table of its numbers, for those
    who cannot see it or want to count."""
    attributes, caption, (picture, *_) = figure["c"]
    (_, _, pairs), alternative, target = picture["c"][0]["c"]
    told = dict(pairs)
    image = node("Image", attr(width="100%"), alternative, target)
    blocks = [node("Plain", [image])]
    if "source" in told:
        source = words.labelled("source", told["source"])
        blocks.append(node("Plain", text(source)))
    name = words.labelled("chart_data", title)
    table = _table(shown(chart, words.number), name)
    return [node("Figure", attributes, caption, blocks), div(attr("", DATA), [table])]


def _table(rows: list[list[str]], name: str) -> Block:
    def row(cells: list[str]) -> Any:
        aligned = {"t": "AlignDefault"}
        return [attr(), [[attr(), aligned, 1, 1, [node("Plain", text(cell))]] for cell in cells]]

    head, *body = map(row, rows)
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in rows[0]]
    caption = [None, [node("Plain", text(name))]]
    bodies = [[attr(), 1, [], body]]
    return node("Table", attr(), caption, columns, [attr(), [head]], bodies, [attr(), []])
