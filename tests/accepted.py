"""Reads a Word file with all changes accepted, with lxml alone: it shares nothing with the toolkit.

The hunt for faulty merges judges by it, so it must not make the toolkit's mistakes.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = {_W + name for name in ("del", "moveFrom")}
_SKIPPED = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_COUNTED = re.compile(r"\s*(REF|SEQ|PAGEREF)\s+(\S+)")
_ALIKE = str.maketrans(
    {**dict.fromkeys("«»„“”″", '"'), **dict.fromkeys("‘’‚", "'"), **dict.fromkeys("–—‑−", "-")}
)
NUMBER = "#"  # stands for whatever a program counts


@dataclass(slots=True)
class Shown:
    """A paragraph as a reader sees it: notes in brackets where they are referred to."""

    text: str = ""
    style: str = ""
    bookmarks: list[str] = field(default_factory=list)
    numbers: Counter[str] = field(default_factory=Counter)  # bookmarks that it refers to
    notes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    @property
    def bare(self) -> str:
        """The text without blanks, with one kind of quotation marks and dashes."""
        return bare(self.text)


def bare(text: str) -> str:
    """A text without blanks, with one kind of quotation marks and dashes."""
    text = "".join(text.translate(_ALIKE).split())
    return re.sub(rf"{NUMBER}(?:-{NUMBER})+", NUMBER, text)


def accepted(path: Path) -> list[Shown]:
    """The paragraphs of a file, without contents and generated tables."""
    with zipfile.ZipFile(path) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))[0]
        parts = set(archive.namelist())
        found = (
            etree.fromstring(archive.read("word/footnotes.xml"))
            if ("word/footnotes.xml" in parts)
            else []
        )
    notes = {note.get(_W + "id"): note for note in found}
    reader = _Reader(notes)
    reader.blocks(body)
    return [item for item in reader.found if item.text.strip()]


class _Reader:
    def __init__(self, notes: dict[str, Any]) -> None:
        self.notes = notes
        self.found: list[Shown] = []
        self.open: Shown | None = None

    def blocks(self, parent: Any) -> None:
        for item in parent:
            if item.tag == _W + "p":
                self.paragraph(item)
            elif item.tag == _W + "sdt":
                if not _is_generated(item):
                    self.blocks(item.find(_W + "sdtContent"))
            elif item.tag == _W + "tr" and item.find(f"{_W}trPr/{_W}del") is not None:
                continue
            elif item.tag in (_W + "tbl", _W + "tr", _W + "tc"):
                self.blocks(item)

    def paragraph(self, item: Any) -> None:
        name = item.find(f"{_W}pPr/{_W}pStyle")
        style = "" if name is None else name.get(_W + "val")
        if style.startswith("TOC") or style == "TableHeading":
            return
        shown = self.open or Shown()
        shown.style = style
        boxes: list[Any] = []
        _inlines(item, shown, [], self.notes, boxes)
        mark = item.find(f"{_W}pPr/{_W}rPr")
        ends = mark is None or not any(mark.find(gone) is not None for gone in _GONE)
        self.open = None if ends else shown
        if ends:
            self.found.append(shown)
        for box in boxes:
            self.blocks(box)


def _is_generated(sdt: Any) -> bool:
    tag = sdt.find(f"{_W}sdtPr/{_W}tag")
    return tag is not None and tag.get(_W + "val") == "generated"


def _inlines(
    parent: Any, shown: Shown, fields: list[list[Any]], notes: dict[str, Any], boxes: list[Any]
) -> None:
    for item in parent:
        name = str(item.tag).removeprefix(_W)
        if item.tag in _GONE or item.tag == _SKIPPED or name in ("pPr", "rPr"):
            continue
        if name == "bookmarkStart":
            shown.bookmarks.append(item.get(_W + "name"))
        elif name == "commentRangeStart":
            shown.comments.append(item.get(_W + "id"))
        elif name == "fldChar":
            _field(item.get(_W + "fldCharType"), shown, fields)
        elif name == "instrText" and fields:
            fields[-1][0] += item.text or ""
        elif name == "t" and not any(_counts(code) or not open_ for code, open_ in fields):
            shown.text += item.text or ""
        elif name in ("tab", "br", "cr"):
            shown.text += " "
        elif name == "noBreakHyphen":
            shown.text += "-"
        elif name == "footnoteReference":
            inner = Shown()
            for paragraph in notes[item.get(_W + "id")].iter(_W + "p"):
                _inlines(paragraph, inner, [], notes, boxes)
            shown.notes.append(" ".join(inner.text.split()))
            shown.numbers += inner.numbers
            shown.comments += inner.comments
            shown.text += f"[{inner.text}]"
        elif name == "txbxContent":
            boxes.append(item)
        else:
            _inlines(item, shown, fields, notes, boxes)


def _counts(code: str) -> bool:
    return bool(_COUNTED.match(code))


def _field(kind: str, shown: Shown, fields: list[list[Any]]) -> None:
    """Fields that a program counts are shown as a number, whatever it is."""
    if kind == "begin":
        fields.append(["", False])
    elif fields and kind == "separate":
        fields[-1][1] = True
        match = _COUNTED.match(fields[-1][0])
        if match:
            shown.text += NUMBER
            shown.numbers[match[2]] += match[1] == "REF"
    elif fields:
        fields.pop()
