"""Which styles of a Word file a style is based on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shadowreport.word.names import Element, child, value

_DEEPEST = 20  # Word itself goes about half as deep


def based_on(identifier: str | None, styles: Mapping[str | None, Element]) -> Iterator[Element]:
    """The element of a style, and of those that it is based on, the nearest first; a circle ends it."""
    found: list[Element] = []
    while identifier in styles and styles[identifier] not in found and len(found) < _DEEPEST:
        found.append(styles[identifier])
        yield found[-1]
        identifier = value(child(found[-1], "w:basedOn"))
