"""The names of Word's XML: namespaces, and short ways to spell elements and read attributes."""

from __future__ import annotations

from typing import Any

from lxml import etree as _etree  # pyright: ignore[reportAttributeAccessIssue]  (compiled, no stubs)

etree: Any = _etree

Element = Any  # lxml's element type is private; its interface is that of ElementTree

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
}
_PREFIXES = {uri: prefix for prefix, uri in NAMESPACES.items()}

# ISO 29500 "strict" files use other names for the same things.
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": NAMESPACES["w"].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": NAMESPACES["r"].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": NAMESPACES["m"].encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": NAMESPACES["a"].encode(),
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": NAMESPACES["wp"].encode(),
    b"http://purl.oclc.org/ooxml/drawingml/picture": NAMESPACES["pic"].encode(),
}


def name(short: str) -> str:
    """The full name of `w:p` and its like."""
    prefix, _, local = short.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def short(element: Element) -> str:
    """`w:p` for an element; the local name alone where the namespace is none that we know."""
    if not isinstance(element.tag, str):
        return "#comment"
    parts = etree.QName(element)
    prefix = _PREFIXES.get(parts.namespace or "")
    return f"{prefix}:{parts.localname}" if prefix else str(parts.localname)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child along a path of short names, or None."""
    for step in path:
        if element is None:
            return None
        element = element.find(name(step))
    return element


def value(element: Element | None, attribute: str = "w:val") -> str | None:
    """An attribute of an element, or None where either is missing."""
    return None if element is None else element.get(name(attribute))


def switch(element: Element | None) -> bool | None:
    """An on/off property: None where it is not set (ECMA-376 part 1, 17.17.4)."""
    if element is None:
        return None
    return (value(element) or "true").lower() not in ("0", "false", "off", "none")


def number(text: str | None, default: int = 0) -> int:
    """A whole number of an attribute; `default` where it is none."""
    try:
        return int(float(text)) if text else default
    except (ValueError, OverflowError):
        return default
