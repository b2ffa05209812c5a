"""Small helpers over pandoc's JSON AST.

We walk the plain JSON instead of using a class library over it (panflute, pandocfilters): a report
of the usual size has 200,000 nodes, and building an object for each took longer than pandoc itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from shadowreport.model import Block, Inline

API_VERSION = [1, 23, 1, 1]
Attributes = tuple[str, list[str], list[tuple[str, str]]]


def document(blocks: list[Block], meta: dict[str, Any] | None = None) -> bytes:
    """A whole pandoc document as bytes, as pandoc's `json` reader takes it."""
    value = {"pandoc-api-version": API_VERSION, "meta": meta or {}, "blocks": blocks}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def blocks_of(data: bytes) -> list[Block]:
    """The blocks of a document that pandoc's `json` writer wrote."""
    return json.loads(data)["blocks"]


def attr(identifier: str = "", *classes: str, **pairs: str) -> list[Any]:
    """An attribute triple. Underscores in names of pairs become hyphens."""
    return [identifier, list(classes), [[key.replace("_", "-"), value] for key, value in pairs.items()]]


def node(name: str, *content: Any) -> dict[str, Any]:
    """An element: no content, one content, or a list of several."""
    if not content:
        return {"t": name}
    return {"t": name, "c": content[0] if len(content) == 1 else list(content)}


def text(value: str) -> list[Inline]:
    """Inlines of a plain text, with its spaces as pandoc has them."""
    result: list[Inline] = []
    for index, word in enumerate(value.split(" ")):
        if index:
            result.append({"t": "Space"})
        if word:
            result.append({"t": "Str", "c": word})
    return result


def para(*inlines: Inline) -> Block:
    """A paragraph."""
    return {"t": "Para", "c": list(inlines)}


def div(attributes: list[Any], blocks: list[Block]) -> Block:
    """A division."""
    return {"t": "Div", "c": [attributes, blocks]}


def raw_block(target: str, code: str) -> Block:
    """Code of ours in the target's own language. Never made from contributed text."""
    return {"t": "RawBlock", "c": [target, code]}


def raw_inline(target: str, code: str) -> Inline:
    """Code of ours in the target's own language. Never made from contributed text."""
    return {"t": "RawInline", "c": [target, code]}


def walk(value: Any) -> Iterator[dict[str, Any]]:
    """Every element inside a value, outer before inner, in the order of the text."""
    if isinstance(value, list):
        for item in value:
            yield from walk(item)
    elif isinstance(value, dict):
        if "t" in value:
            yield value
        for item in value.values():
            if isinstance(item, list | dict):
                yield from walk(item)


def transform(value: Any, change: Callable[[dict[str, Any]], Any]) -> Any:
    """A copy in which `change` has replaced elements, inner before outer.

    `change` gets an element whose content is already transformed and returns an element, a list of
    elements to put in its place, or None to keep it as it is.
    """
    if isinstance(value, list):
        result: list[Any] = []
        for item in value:
            if isinstance(item, dict) and "t" in item:
                new = transform(item, change)
                if isinstance(new, list):
                    result.extend(new)
                else:
                    result.append(new)
            else:
                result.append(transform(item, change) if isinstance(item, list | dict) else item)
        return result
    if "c" in value:
        value = {"t": value["t"], "c": transform(value["c"], change)}
    elif "t" not in value:
        return {key: transform(item, change) if isinstance(item, list | dict) else item for key, item in value.items()}
    new = change(value)
    return value if new is None else new


_WORDS = {"Str": None, "Space": " ", "SoftBreak": " ", "LineBreak": "\n"}


def plain(value: Any, *, notes: bool = False, quotes: str = "“”‘’") -> str:
    """The text that a reader sees; footnotes are left out unless `notes`."""
    parts: list[str] = []
    _plain(value, parts, notes, quotes)
    return "".join(parts).strip()


def _plain(value: Any, parts: list[str], notes: bool, quotes: str) -> None:
    if isinstance(value, list):
        for item in value:
            _plain(item, parts, notes, quotes)
        return
    if not isinstance(value, dict):
        return
    name, content = value.get("t"), value.get("c")
    if name in _WORDS:
        parts.append(_WORDS[name] or str(content))
    elif name in ("Code", "RawInline", "CodeBlock", "RawBlock", "Math"):
        parts.append(content[1] if name.startswith("Code") else "")
    elif name == "Quoted" and content:
        first = 0 if content[0]["t"] == "DoubleQuote" else 2
        parts.append(quotes[first])
        _plain(content[1], parts, notes, quotes)
        parts.append(quotes[first + 1])
    elif name == "Cite" and content:
        _plain(content[1], parts, notes, quotes)
    elif name != "Note" or notes:
        if content is not None:
            _plain(content, parts, notes, quotes)
        if name in ("Para", "Plain", "Header", "LineBlock"):
            parts.append("\n")
