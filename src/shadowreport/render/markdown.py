"""Markdown: the resolved report with all numbers in place, to read, to compare and to debug."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from shadowreport.core.ast import document, node, para, part_words, text, transform
from shadowreport.core.report import Block, Inline
from shadowreport.machine.cache import remembered
from shadowreport.machine.programs import pandoc
from shadowreport.render.output import Output
from shadowreport.resolve.resolved import Resolved

_DIALECT = "markdown-raw_attribute-header_attributes-link_attributes-bracketed_spans-fenced_divs-native_divs-native_spans-smart"


def render(resolved: Resolved, _project: Path) -> Output:
    """The report as pandoc's Markdown."""
    title = node("Header", 1, ["", [], []], [node("Str", resolved.report.title)])
    edition = [para(node("Strong", text(resolved.edition)))] if resolved.edition else []
    body = [*edition, *transform(resolved.blocks(), _HANDLERS)]
    arguments = ["-f", "json", "-t", _DIALECT, "--wrap=preserve", "--reference-location=section"]
    lowered = document([title, *body])
    return Output(remembered("md", (lowered, *arguments), lambda: pandoc(arguments, lowered)))


def _heading(content: Any) -> Block:
    level, _, inlines = content
    return node("Header", min(level + 1, 6), ["", [], []], inlines)


def _division(content: Any) -> Any:
    (_, classes, pairs), blocks = content
    number = dict(pairs).get("number", "")
    if classes in (["paragraph"], ["recommendation"]) and number and blocks[0]["t"] == "Para":
        mark: list[Inline] = [node("Strong", [node("Str", f"{number}.")]), {"t": "Space"}]
        return [para(*mark, *blocks[0]["c"]), *blocks[1:]]
    if classes == ["box-heading"]:
        return [para(node("Strong", block["c"])) for block in blocks]
    return [node("BlockQuote", blocks)] if classes == ["box"] else blocks


_HANDLERS: dict[str, Callable[[Any], Any]] = {
    "Header": _heading,
    "Div": _division,
    "Span": lambda content: content[1],
    "Link": lambda content: content[1] if content[2][0].startswith("#") else None,
    "Table": lambda content: node("Table", ["", [], []], *part_words(content[1:])),
}
