"""Pictures that stand in a line of their own and still get no caption, since they are part of a text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from shadowreport.core.ast import captioned, walk
from shadowreport.core.charts import is_chart
from shadowreport.core.report import Block

LOST = "lost-caption"
MESSAGE = "the picture gets no caption, as it stands in the middle of a text"
HINT = "leave a blank line above and below it; text that goes on below it begins with {.continued}"
_BREAKS = ("SoftBreak", "LineBreak")


def without_caption(block: Block) -> Iterator[str]:
    """The file of each picture that its author put into a line of its own within a text. In a cell of a
    table a picture has no caption, and a chart has a problem of its own."""
    apart = {id(item) for outer in captioned([block]) for item in walk(outer)}
    for text in walk(block):
        if text["t"] in ("Para", "Plain") and id(text) not in apart:
            lines = list(_lines(text["c"]))
            for line in lines if len(lines) > 1 else ():
                address = line[0]["c"][2][0] if _is_picture(line) else ""
                if address and not is_chart(address):
                    yield address


def _lines(inlines: list[Any]) -> Iterator[list[Any]]:
    for is_break, line in groupby(inlines, lambda item: item["t"] in _BREAKS):
        if not is_break:
            yield [item for item in line if item["t"] != "Space"]


def _is_picture(line: list[Any]) -> bool:
    return [item["t"] for item in line] == ["Image"]
