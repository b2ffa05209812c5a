"""Settles tracked changes in the XML itself, before anything is read (ECMA-376 part 1, 17.13.5).

The sharp edge is the paragraph mark: a paragraph whose mark was deleted and accepted (or inserted
and rejected) runs on into the next one, which keeps its own properties.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from shadowreport.word.content import (
    Document,
    NoteMark,
    Picture,
    Revision,
    Run,
    Table,
    paragraphs_of,
)
from shadowreport.word.names import Element, child, name, short

Way = Literal["accept", "reject"]

_ADDING = ("w:ins", "w:moveTo")
_REMOVING = ("w:del", "w:moveFrom")
_CELLS = {"w:cellIns": _ADDING, "w:cellDel": _REMOVING}
_OLD_PROPERTIES = ("w:pPrChange", "w:rPrChange", "w:tblPrChange", "w:trPrChange", "w:tcPrChange")
_RANGES = (
    *("w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart", "w:moveToRangeEnd"),
    *("w:customXmlInsRangeStart", "w:customXmlInsRangeEnd"),
    *("w:customXmlDelRangeStart", "w:customXmlDelRangeEnd"),
)
_FORMATTING = (*_OLD_PROPERTIES, "w:sectPrChange", "w:tblGridChange", "w:numberingChange")


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change as a person sees it: the paragraph's ordinal, what, who, when, the text."""

    ordinal: int
    kind: str
    author: str
    date: str
    text: str


def settle(root: Element, way: Way) -> None:
    """Accepts or rejects every tracked change below an element, in place."""
    gone = _REMOVING if way == "accept" else _ADDING
    kept = _ADDING if way == "accept" else _REMOVING
    _rows_and_cells(root, gone)
    _join_paragraphs(root, gone)
    for tag in gone:
        for element in list(root.iter(name(tag))):
            _remove(element)
    for tag in kept:
        for element in list(root.iter(name(tag))):
            _unwrap(element)
    for tag in _RANGES:
        for element in list(root.iter(name(tag))):
            _remove(element)
    _formatting(root, way)


def _rows_and_cells(root: Element, gone: tuple[str, ...]) -> None:
    for row in list(root.iter(name("w:tr"))):
        properties = child(row, "w:trPr")
        if properties is not None and any(child(properties, tag) is not None for tag in gone):
            _remove(row)
    for tag, group in _CELLS.items():
        for mark in list(root.iter(name(tag))):
            cell = mark.getparent().getparent()
            if group == gone:
                _remove(cell)
            else:
                _remove(mark)
    for table in list(root.iter(name("w:tbl"))):
        if child(table, "w:tr") is None:
            _remove(table)


def _join_paragraphs(root: Element, gone: tuple[str, ...]) -> None:
    for paragraph in list(root.iter(name("w:p"))):
        marks = child(paragraph, "w:pPr", "w:rPr")
        if marks is None or not any(child(marks, tag) is not None for tag in gone):
            continue
        following = _following_paragraph(paragraph)
        content = [item for item in paragraph if item.tag != name("w:pPr")]
        if following is None:
            if not content and len(list(paragraph.getparent())) > 1:
                _remove(paragraph)
            continue
        at = 0 if child(following, "w:pPr") is None else 1
        for offset, item in enumerate(content):
            following.insert(at + offset, item)
        _remove(paragraph)


def _following_paragraph(paragraph: Element) -> Element | None:
    """The next paragraph in the same cell, box or body, where no table stands between."""
    following = paragraph.getnext()
    while following is not None and short(following) not in ("w:p", "w:tbl", "w:sdt"):
        following = following.getnext()
    return following if following is not None and short(following) == "w:p" else None


def _formatting(root: Element, way: Way) -> None:
    for tag in _FORMATTING:
        for element in list(root.iter(name(tag))):
            parent = element.getparent()
            if parent is None:
                continue
            if way == "reject" and tag in _OLD_PROPERTIES and len(element):
                _restore(parent, element)
            else:
                parent.remove(element)


def _restore(parent: Element, change: Element) -> None:
    """Puts the properties back that stood here before the change."""
    old = list(change[0])
    keep = [item for item in parent if short(item) in ("w:rPr", "w:sectPr")]
    for item in list(parent):
        parent.remove(item)
    present = {item.tag for item in old}
    parent.extend([*old, *(item for item in keep if item.tag not in present)])


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for offset, item in enumerate(list(element)):
        parent.insert(at + offset, item)
    parent.remove(element)


# --- listing ------------------------------------------------------------------------------------


def tracked(document: Document) -> list[Change]:
    """Every tracked change of a document in order; neighbours of one kind and author are one."""
    found: list[Change] = []
    for change in _changes(document):
        last = found[-1] if found else None
        if last and (last.ordinal, last.kind, last.author) == (
            change.ordinal,
            change.kind,
            change.author,
        ):
            text = last.text + change.text
            found[-1] = Change(last.ordinal, last.kind, last.author, last.date, text)
        else:
            found.append(change)
    return found


def _changes(document: Document) -> Iterator[Change]:
    for block in document.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                if row.revision:
                    text = " | ".join(cell.text for cell in row.cells)
                    yield _change(block.ordinal, row.revision, f"a table row: {text}")
    notes = (*document.footnotes.values(), *document.endnotes.values())
    blocks = [*document.blocks, *(block for note in notes for block in note.blocks)]
    for paragraph in paragraphs_of(blocks):
        for item in paragraph.inlines:
            if isinstance(item, Run | NoteMark | Picture) and item.revision:
                yield _change(paragraph.ordinal, item.revision, _shown(item))
        if paragraph.mark:
            yield _change(paragraph.ordinal, paragraph.mark, "¶")


def _change(ordinal: int, revision: Revision, text: str) -> Change:
    return Change(ordinal, revision.kind, revision.author, revision.date, text)


def _shown(item: Run | NoteMark | Picture) -> str:
    if isinstance(item, Run):
        return item.text
    return "[footnote]" if isinstance(item, NoteMark) else "[picture]"
