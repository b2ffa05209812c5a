"""Finishes a Word file in which a comparison has marked changes.

pandoc writes insertions and deletions of text (`w:ins`, `w:del`). It does not write that a
paragraph's end or a table's row was inserted or deleted (ECMA-376 part 1, 17.13.5.20 and 17.13.5.17),
nor does it know that fields inside a deletion need other elements; both are put right here.
"""

from __future__ import annotations

from collections.abc import Sequence

from shadowreport.word.names import Element, etree, name
from shadowreport.word.write.order import put, within
from shadowreport.word.write.zip import Parts

_MARK = "_change_"
_TAGS = {"insertion": "w:ins", "deletion": "w:del"}
_IN_DELETIONS = {name("w:t"): name("w:delText"), name("w:instrText"): name("w:delInstrText")}


def change_mark(what: str, side: str, number: int) -> str:
    """A mark inside a paragraph: its end (`paragraph`) or its table row (`row`) was inserted or
    deleted; `number` is the place of its author and date in the list that `settle_marks` gets."""
    return f'<w:bookmarkStart w:id="0" w:name="{_MARK}{what}_{side}_{number}"/>'


def settle_marks(data: bytes, stamps: Sequence[tuple[str, str]]) -> bytes:
    """The file with all marks turned into tracked changes; `stamps` are authors with dates."""
    parts = Parts(data)
    for part in ("word/document.xml", "word/footnotes.xml"):
        if part in parts:
            root = parts.tree(part)
            _marks(root, stamps)
            _deletions(root)
            _number(root)
    return parts.packed()


def _marks(root: Element, stamps: Sequence[tuple[str, str]]) -> None:
    for mark in list(root.iter(name("w:bookmarkStart"))):
        title = mark.get(name("w:name")) or ""
        if not title.startswith(_MARK):
            continue
        what, side, number = title.removeprefix(_MARK).split("_")
        change = etree.Element(name(_TAGS[side]))
        author, date = stamps[int(number)]
        change.set(name("w:id"), "0")
        change.set(name("w:author"), author)
        change.set(name("w:date"), date)
        paragraph = next(item for item in mark.iterancestors() if item.tag == name("w:p"))
        if what == "paragraph":
            put(within(within(paragraph, "w:pPr"), "w:rPr"), change)
        else:
            row = next(item for item in mark.iterancestors() if item.tag == name("w:tr"))
            put(within(row, "w:trPr"), change)
        mark.getparent().remove(mark)


def _deletions(root: Element) -> None:
    for element in list(root.iter(*_IN_DELETIONS, *_IN_DELETIONS.values())):
        deleted = any(item.tag == name("w:del") for item in element.iterancestors())
        if deleted:
            element.tag = _IN_DELETIONS.get(element.tag, element.tag)
        elif element.tag == name("w:delText"):
            element.tag = name("w:t")  # pandoc's, in the text of a deleted footnote


def _number(root: Element) -> None:
    """Each change its own id."""
    for number, element in enumerate(root.iter(name("w:ins"), name("w:del")), 1):
        element.set(name("w:id"), str(number))
