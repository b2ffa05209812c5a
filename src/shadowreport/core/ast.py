"""Small helpers over pandoc's JSON AST.

We walk the plain JSON instead of using a class library over it (panflute, pandocfilters): a report
of the usual size has 200,000 nodes, and building an object for each took longer than pandoc itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from shadowreport.core.report import Block, Inline

API_VERSION = [1, 23, 1, 1]
CAPTION_NUMBER = "caption-number"  # the class of the number in the caption of a table or a figure


def document(blocks: list[Block], meta: dict[str, Any] | None = None) -> bytes:
    """A whole pandoc document as bytes, as pandoc's `json` reader takes it."""
    value = {"pandoc-api-version": API_VERSION, "meta": meta or {}, "blocks": blocks}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def blocks_of(data: bytes) -> list[Block]:
    """The blocks of a document that pandoc's `json` writer wrote."""
    return json.loads(data)["blocks"]


def attr(identifier: str = "", *classes: str, **pairs: str) -> list[Any]:
    """An attribute triple. Underscores in names of pairs become hyphens."""
    return [
        identifier,
        list(classes),
        [[key.replace("_", "-"), value] for key, value in pairs.items()],
    ]


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


_INNER = (list, dict)  # what can hold elements; a union of types would be slow in isinstance


def walk(value: Any) -> Iterator[dict[str, Any]]:
    """Every element inside a value, outer before inner, in the order of the text."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            if "t" in item:
                yield item
                content = item.get("c")
                if isinstance(content, _INNER):
                    waiting.append(content)
            else:
                waiting.extend(reversed(list(item.values())))
        elif isinstance(item, list):
            waiting.extend([inner for inner in reversed(item) if isinstance(inner, _INNER)])


def join_words(value: Any) -> Any:
    """A copy in which words and the spaces between them are one `Str`, wherever nothing else stands
    between them. pandoc writes the same from it, out of a tenth of the elements; citations stay as
    they are, because citeproc looks for locators word by word."""
    if isinstance(value, dict):
        if value.get("t") == "Cite":
            return value
        return {
            key: join_words(item) if isinstance(item, _INNER) else item
            for key, item in value.items()
        }
    result: list[Any] = []
    words: list[str] = []  # the run that is not yet in the result
    for item in value:
        kind = item.get("t") if isinstance(item, dict) else None
        if kind == "Str":
            words.append(item["c"])
        elif kind == "Space" and words:
            words.append(" ")
        else:
            result += _joined(words)
            words = []
            result.append(join_words(item) if isinstance(item, _INNER) else item)
    return result + _joined(words)


def _joined(words: list[str]) -> list[Inline]:
    """A run of words as one element, and the space that ends it as another."""
    if not words:
        return []
    if words[-1] == " ":
        return [{"t": "Str", "c": "".join(words[:-1])}, {"t": "Space"}]
    return [{"t": "Str", "c": "".join(words)}]


_CONTAINERS = {
    "BlockQuote": lambda content: [content],
    "BulletList": lambda content: content,
    "OrderedList": lambda content: content[1],
    "DefinitionList": lambda content: [blocks for _, bodies in content for blocks in bodies],
    "Div": lambda content: [content[1]],
}


def of_kind(blocks: list[Block], *kinds: str) -> Iterator[Block]:
    """Every block of some kinds, in order, but inside of tables and figures; much faster than to walk
    through every word."""
    for block in blocks:
        if block["t"] in kinds:
            yield block
        elif block["t"] in _CONTAINERS:
            for inner in _CONTAINERS[block["t"]](block["c"]):
                yield from of_kind(inner, *kinds)


def captioned(blocks: list[Block]) -> Iterator[Block]:
    """Every table and every figure in blocks, in order."""
    return of_kind(blocks, "Table", "Figure")


def tables(blocks: list[Block]) -> Iterator[Block]:
    """Every table in blocks, in order."""
    return of_kind(blocks, "Table")


def part_words(value: Any) -> Any:
    """The opposite of `join_words`, for a writer that breaks lines between words."""
    return transform(value, {"Str": text})


Handler = Callable[[Any], Any]


def transform(
    value: Any,
    handlers: Mapping[str, Handler],
    mend: Callable[[list[Any]], None] | None = None,
) -> Any:
    """A copy in which elements have been replaced by the handlers, by their names.

    A handler gets the element's content, already transformed, and returns an element, a list of
    elements to put in its place, or None to keep the element. `mend` may change each list into
    which such a list was put: what stands beside it sometimes has to fit it.
    """
    if isinstance(value, list):
        result: list[Any] = []
        filled = False
        for item in value:
            if isinstance(item, dict):
                # most elements are words and the spaces between them: they need no call
                leaf = "t" in item and not isinstance(item.get("c"), _INNER)
                if leaf and item["t"] not in handlers:
                    result.append(item)
                    continue
                new = transform(item, handlers, mend)
                if isinstance(new, list):
                    result.extend(new)
                    filled = True
                else:
                    result.append(new)
            else:
                result.append(transform(item, handlers, mend) if isinstance(item, list) else item)
        if filled and mend:
            mend(result)
        return result
    name, content = value.get("t"), value.get("c")
    if name is None:
        return {
            key: transform(item, handlers, mend) if isinstance(item, _INNER) else item
            for key, item in value.items()
        }
    if isinstance(content, _INNER):
        content = transform(content, handlers, mend)
        value = {"t": name, "c": content}
    handler = handlers.get(name)
    new = handler(content) if handler else None
    return value if new is None else new


def replace_outer(value: Any, change: Callable[[dict[str, Any]], list[Any] | None]) -> Any:
    """A copy in which `change` has replaced elements, outer before inner; what it returns (None
    keeps the element and looks inside) is not looked into again."""
    if isinstance(value, list):
        result: list[Any] = []
        for item in value:
            new = change(item) if isinstance(item, dict) and "t" in item else None
            if new is not None:
                result.extend(new)
            else:
                result.append(replace_outer(item, change) if isinstance(item, _INNER) else item)
        return result
    return {
        key: replace_outer(item, change) if isinstance(item, _INNER) else item
        for key, item in value.items()
    }


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
        parts.append(content[1] if content and name.startswith("Code") else "")
    elif name == "Quoted" and content:
        first = 0 if content[0]["t"] == "DoubleQuote" else 2
        parts.append(quotes[first])
        _plain(content[1], parts, notes, quotes)
        parts.append(quotes[first + 1])
    elif name in ("Cite", "Figure") and content:  # a figure's caption is its image's description
        _plain(content[1], parts, notes, quotes)
    elif name != "Note" or notes:
        if name == "Note":
            parts.append(" ")  # the words on both sides of a footnote's mark are two
        if content is not None:
            _plain(content, parts, notes, quotes)
        if name in ("Para", "Plain", "Header", "LineBlock"):
            parts.append("\n")
