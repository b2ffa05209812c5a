"""XML and HTML: Word, Excel, OpenDocument, SVG, XMP, web pages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from shadowreport.gate.pieces import Piece
from shadowreport.gate.views import texts, without_pictures
from shadowreport.word.names import etree

# elements that end a line; whatever is not one of them may stand in the middle of a word
_TEXT_BLOCKS = """p h h1 h2 h3 h4 h5 h6 li td th tr div si row sp title head body table caption dt dd option
section article header footer nav figure figcaption blockquote pre list-item note footnote
endnote comment table-cell Relationship bookmark text desc item property script style"""
_BLOCKS = frozenset(_TEXT_BLOCKS.split())
_SPACES = frozenset(["tab", "br", "cr", "s", "line-break", "ptab"])
_AROUND = 12  # parts on both sides of one that goes on
_APART = frozenset(("delText", "delInstrText", "instrText"))  # not read on with what stands around


def markup(data: bytes, where: tuple[str, ...]) -> Iterator[Piece]:
    """The texts of a document of elements, its attributes, comments and declarations."""
    root = _xml(data)
    if root is None:
        first, *others = texts(data)
        yield Piece(where, without_pictures(first), "line", read=True)  # its parts come below
        yield from (Piece(where, other, "line") for other in others)
        root = _html(data)
    if root is None:
        return
    yield from _texts(root, where)
    yield from _beside(root, where)
    yield from _attributes(root, where)
    document = root.getroottree().docinfo
    if document.internalDTD is not None:
        yield Piece(
            (*where, "declarations"), data[: data.rfind(b"]>") + 1].decode("utf-8", "replace")
        )


def _local(name: str) -> str:
    """A name without its namespace; broken HTML has names that XML knows not."""
    return name.rpartition("}")[2].rpartition(":")[2]


def _xml(data: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _html(data: bytes) -> Any:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        return etree.fromstring(texts(data)[0].replace("\0", "").encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _texts(root: Any, where: tuple[str, ...]) -> Iterator[Piece]:
    """The text as it is read: runs joined, and again with each of them apart."""
    parts: list[str] = []
    shown: list[str] = []
    aside: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            aside.append(f"{element.text or ''} {element.tail and ''}")
            text = element.tail
        else:
            name = _local(element.tag)
            end = "\n" if name in _BLOCKS else " " if name in _SPACES else ""
            text = element.text if event == "start" else element.tail
            text = _symbol(element) if event == "start" and name == "sym" else text
            parts += (end, "") if end else ()
            shown += (end,) if end else ()
            if event == "start" and name in _APART:
                parts.append(text or "")
                continue
        if text:
            parts.append(text)
            shown.append(text)
    joined = "".join(parts)
    yield Piece(where, joined, "paragraph")
    for other in {"".join(shown), _apart(parts)} - {joined, ""}:
        yield Piece(where, other, read=True)
    if aside:
        yield Piece((*where, "comment"), "\n".join(aside))


def _apart(parts: list[str]) -> str:
    """Parts with blanks between them, where a word would go on from one to the next otherwise."""
    kept: set[int] = set()
    for number, (part, other) in enumerate(pairwise(parts)):
        if part[-1:].isalnum() and other[:1].isalnum():
            kept.update(range(number - _AROUND, number + _AROUND + 1))
    return " ".join(part for number, part in enumerate(parts) if number in kept)


def _beside(root: Any, where: tuple[str, ...]) -> Iterator[Piece]:
    """What stands in front of the outermost element and behind it."""
    beside = [*root.itersiblings(preceding=True), *root.itersiblings()]
    said = [f"{item.text or ''} {item.tail or ''}" for item in beside]
    if said:
        yield Piece((*where, "comment"), "\n".join(said))


def _symbol(element: Any) -> str:
    """The letter that Word shows for a code; those of its symbol fonts lie in a private area."""
    code = next((value for name, value in element.attrib.items() if _local(name) == "char"), "")
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number & 0xFF if 0xF000 <= number <= 0xF0FF else number & 0xFFFF)


def _attributes(root: Any, where: tuple[str, ...]) -> Iterator[Piece]:
    labels: dict[str, str] = {}
    for element in root.iter():
        if not isinstance(element.tag, str):
            if isinstance(element, etree._Entity):
                labels.setdefault(str(element.text), "entity")
            continue
        tag = _local(element.tag)
        for name, value in element.attrib.items():
            if len(value) > 1 and value not in labels:
                labels[value] = f"attribute {_local(name)} of {tag}"
        for address in element.nsmap.values() if element.getparent() is None else ():
            labels.setdefault(address or "", "namespace")
    names = {_local(element.tag) for element in root.iter("*")}
    labels.update(dict.fromkeys(names - set(labels), "name of an element"))
    values = [" ".join(value.split("\n")) for value in labels]
    kinds = list(labels.values())
    yield Piece(
        where, "\n".join(values), label=lambda line: kinds[line] if line < len(kinds) else ""
    )
