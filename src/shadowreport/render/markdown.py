"""Markdown: the resolved report with all numbers in place, to read, to compare and to debug."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from shadowreport.core.ast import (
    document,
    node,
    para,
    part_words,
    raw_inline,
    text,
    transform,
    walk,
)
from shadowreport.core.charts import file_of
from shadowreport.core.report import Block, Inline
from shadowreport.machine.cache import remembered
from shadowreport.machine.programs import pandoc
from shadowreport.render.output import Output
from shadowreport.resolve.resolved import Resolved

_DIALECT = "markdown-raw_attribute-header_attributes-link_attributes-bracketed_spans-fenced_divs-native_divs-native_spans-smart"


_NOTE = re.compile(r"(?<!\\)\[\^(\d+)\]")


def render(resolved: Resolved, _project: Path) -> Output:
    """The report as pandoc's Markdown."""
    title = node("Header", 1, ["", [], []], [node("Str", resolved.report.title)])
    edition = [para(node("Strong", text(resolved.edition)))] if resolved.edition else []
    body = [*edition, *transform(resolved.blocks(), _HANDLERS)]
    arguments = ["-f", "json", "-t", _DIALECT, "--wrap=preserve", "--reference-location=section"]
    lowered = document([title, *body])
    written = remembered("md", (lowered, *arguments), lambda: pandoc(arguments, lowered))
    return Output(_numbered_from(resolved.first_note, written.decode()).encode())


def _numbered_from(first: int, written: str) -> str:
    """The text with the true numbers of its notes; pandoc counts them from 1."""
    return (
        _NOTE.sub(lambda match: f"[^{int(match[1]) + first - 1}]", written)
        if first > 1
        else written
    )


def _heading(content: Any) -> Block:
    level, _, inlines = content
    return node("Header", min(level + 1, 6), ["", [], []], inlines)


def _division(content: Any) -> Any:
    (_, classes, pairs), blocks = content
    number = dict(pairs).get("number", "")
    if classes in (["paragraph"], ["recommendation"]) and number and blocks[0]["t"] == "Para":
        mark: list[Inline] = [node("Strong", [node("Str", f"{number}.")]), {"t": "Space"}]
        return [para(*mark, *blocks[0]["c"]), *blocks[1:]]
    if classes in (["box-heading"], ["summary-heading"]):
        return [para(node("Strong", block["c"])) for block in blocks]
    return [node("BlockQuote", blocks)] if classes in (["box"], ["summary"]) else blocks


def _figure(content: Any) -> Block:
    """A picture with its caption; pandoc's writer would write the notes of a caption twice."""
    _, (_, caption), blocks = content
    url = next(item["c"][2][0] for item in walk(blocks) if item["t"] == "Image")
    end = f"]({quote(unquote(file_of(url)), safe='/')})"  # a path in sections/: nothing of it can be markup
    return para(raw_inline("markdown", "!["), *caption[0]["c"], raw_inline("markdown", end))


_HANDLERS: dict[str, Callable[[Any], Any]] = {
    "Header": _heading,
    "Div": _division,
    "Figure": _figure,
    "Span": lambda content: content[1],
    "Link": lambda content: content[1] if content[2][0].startswith("#") else None,
    "Table": lambda content: node("Table", ["", [], []], *part_words(content[1:])),
}
