"""Reads a Word file with all changes accepted or rejected, with lxml alone: it shares nothing with the
toolkit, so it can judge a redline (tools/try_pairs.py)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

Way = Literal["accept", "reject"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_ADDED, _GONE = ("ins", "moveTo"), ("del", "moveFrom")
_SKIPPED = ("Fallback", "pPr", "rPr", "instrText", "delInstrText", "docPart")


def letters(path: Path, way: Way = "accept") -> str:
    """The letters and digits of a file as they are read, notes where they are referred to."""
    return "".join(mark for text in _texts(path, way) for mark in text if mark.isalnum())


def words(path: Path, way: Way = "accept") -> list[str]:
    """The words and marks of a file."""
    return [word for text in _texts(path, way) for word in re.findall(r"\w+|[^\w\s]", text)]


def marked(path: Path) -> int:
    """How many words are marked as inserted or deleted."""
    count = 0
    for root in _parts(path).values():
        for item in root.iter(_W + "t", _W + "delText"):
            if any(_is(up, *_ADDED, *_GONE) for up in item.iterancestors()):
                count += len(re.findall(r"\w+|[^\w\s]", item.text or ""))
    return count


def _parts(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as archive:
        known = set(archive.namelist())
        names = {"": "document", "footnoteReference": "footnotes", "endnoteReference": "endnotes"}
        found = {kind: f"word/{name}.xml" for kind, name in names.items()}
        return {
            kind: etree.fromstring(archive.read(name).replace(_STRICT, _W[1:-1].encode()))
            for kind, name in found.items()
            if name in known
        }


def _texts(path: Path, way: Way) -> Iterator[str]:
    parts = _parts(path)
    notes = {
        (kind, note.get(_W + "id")): note for kind, root in parts.items() if kind for note in root
    }
    yield from _Reader(notes, _GONE if way == "accept" else _ADDED).texts(parts[""][0])


class _Reader:
    def __init__(self, notes: dict[tuple[str, str], Any], gone: tuple[str, ...]) -> None:
        self.notes, self.gone = notes, gone

    def texts(self, parent: Any) -> Iterator[str]:
        """The text of each paragraph; text boxes stand behind the paragraph that they hang on."""
        for item in parent:
            if _is(item, "p"):
                style = item.find(f"{_W}pPr/{_W}pStyle")
                if style is not None and (style.get(_W + "val") or "").upper().startswith("TOC"):
                    continue
                boxes: list[Any] = []
                yield "".join(self._text(item, boxes))
                for box in boxes:
                    yield from self.texts(box)
            elif not _is(item, *self.gone, *_SKIPPED):
                yield from self.texts(item)

    def _text(self, parent: Any, boxes: list[Any]) -> Iterator[str]:
        for item in parent:
            if _is(item, *self.gone, *_SKIPPED):
                continue
            if item.tag in (_W + "t", _W + "delText", _M + "t"):
                yield item.text or ""
            elif _is(item, "tab", "br", "cr"):
                yield " "
            elif _is(item, "ruby"):
                for part in (*item.iterfind(_W + "rubyBase"), *item.iterfind(_W + "rt")):
                    yield from self._text(part, boxes)
            elif _is(item, "txbxContent"):
                boxes.append(item)
            elif _is(item, "footnoteReference", "endnoteReference"):
                kind = etree.QName(item).localname
                yield " ".join(self.texts(self.notes[kind, item.get(_W + "id")]))
            else:
                yield from self._text(item, boxes)


def _is(item: Any, *names: str) -> bool:
    return isinstance(item.tag, str) and etree.QName(item).localname in names
