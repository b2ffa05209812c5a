"""Numbers as text, where a document does not hold all that is numbered: no program may count anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from shadowreport.core.ast import CAPTION_NUMBER, attr, div, node, para, transform
from shadowreport.core.report import Block, Label
from shadowreport.resolve.resolved import Resolved


def flat(resolved: Resolved) -> Resolved:
    """The report with every number of the full one as typed text, and with references as such."""
    handlers = {
        "Link": _reference,
        "Table": _uncounted("Table"),
        "Figure": _uncounted("Figure"),
        "Div": lambda content: _numbered(content, resolved.labels),
    }
    sections = tuple(
        replace(section, blocks=transform(section.blocks, handlers))
        for section in resolved.sections
    )
    return replace(resolved, sections=sections)


def _reference(content: Any) -> Any:
    (_, classes, _), inlines, (url, _) = content
    return inlines if classes == ["ref"] or url.startswith("#") else None


def _uncounted(name: str) -> Callable[[Any], Any]:
    """A table or a figure whose number is text in its caption."""

    def change(content: Any) -> Any:
        (_, classes, _), caption, *rest = content
        number = {"Span": lambda span: span[1] if span[0][1] == [CAPTION_NUMBER] else None}
        return node(name, attr("", *classes), transform(caption, number), *rest)

    return change


def _numbered(content: Any, labels: Mapping[str, Label]) -> Block | None:
    """A paragraph or recommendation that begins with its number; in a box, as in the full report, with its
    place there, and with nothing where it is alone."""
    (name, classes, pairs), blocks = content
    label = labels.get(name)
    if classes not in (["paragraph"], ["recommendation"]) or not label or not label.number:
        return None
    rest = [pair for pair in pairs if pair[0] != "number"]
    mark = [node("Strong", [node("Str", f"{dict(pairs)['number']}.")]), {"t": "Space"}]
    if blocks and blocks[0]["t"] in ("Para", "Plain"):
        blocks = [node(blocks[0]["t"], [*mark, *blocks[0]["c"]]), *blocks[1:]]
    else:
        blocks = [para(*mark), *blocks]
    return div([name, classes, rest], blocks)
