"""What a Word file says, sign by sign, with its tracked changes settled: what a proof compares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from shadowreport.word.names import Element, child, name, short, value
from shadowreport.word.read.package import Package
from shadowreport.word.read.settle import Way, settle
from shadowreport.word.read.styles import styles_of_contents
from shadowreport.word.read.symbols import drawn, font_of, readable

_SAID = ("w:t", "w:delText")
_UNSAID = ("mc:Fallback", "w:pPr", "w:rPr", "w:docPart")
_NOTES = {"w:footnoteReference": "footnotes", "w:endnoteReference": "endnotes"}
_COUNTED = re.compile(r"\s*(?:REF|SEQ|QUOTE)\s", re.IGNORECASE)


def letters(package: Package, way: Way, *, numbers: bool = True) -> Iterator[str]:
    """The text of each paragraph in the order of reading, contents left out: notes stand where they are
    called, text boxes behind the paragraph that they hang on. Without `numbers`, what Word counts in a
    field is left out. The tracked changes of the package are settled in place."""
    parts = {kind: package.relative(kind) for kind in ("footnotes", "endnotes", "styles")}
    trees = {kind: package.tree(part) for kind, part in parts.items() if part}
    body = package.tree(package.main)
    for root in (body, *(tree for kind, tree in trees.items() if kind != "styles")):
        settle(root, way)
    notes = {
        (mark, value(note, "w:id") or ""): note
        for mark, kind in _NOTES.items()
        for note in trees.get(kind, ())
    }
    contents = styles_of_contents(trees["styles"]) if "styles" in trees else set[str | None]()
    yield from _Reader(notes, contents, numbers).texts(body)


@dataclass(slots=True)
class _Reader:
    notes: dict[tuple[str, str], Element]
    contents: set[str | None]
    numbers: bool
    fields: list[str] = field(default_factory=list)  # the instructions of those that are open

    def texts(self, parent: Element) -> Iterator[str]:
        for item in parent:
            tag = short(item)
            if tag == "w:p":
                if value(child(item, "w:pPr", "w:pStyle")) not in self.contents:
                    boxes: list[Element] = []
                    yield "".join(self._said(item, boxes))
                    for box in boxes:
                        yield from self.texts(box)
            elif tag not in _UNSAID:
                yield from self.texts(item)

    def _said(self, parent: Element, boxes: list[Element]) -> Iterator[str]:
        for item in parent:
            tag = short(item)
            if tag in _SAID:
                yield "" if self._counts() else readable(item.text or "", font_of(item))
            elif tag == "m:t":  # programs write brackets and operators as text or as properties
                yield "".join(filter(str.isalnum, item.text or ""))
            elif tag == "w:sym":
                yield drawn(value(item, "w:char") or "", value(item, "w:font") or "")[0]
            elif tag == "w:ruby":
                yield from self._ruby(item, boxes)
            elif tag == "w:txbxContent":
                boxes.append(item)
            elif tag in _NOTES:
                note = self.notes.get((tag, value(item, "w:id") or ""))
                yield "" if note is None else "".join(self.texts(note))
            elif tag in ("w:instrText", "w:delInstrText") and self.fields:
                self.fields[-1] += item.text or ""
            elif tag == "w:fldChar":
                self._field(value(item, "w:fldCharType"))
            elif tag not in _UNSAID:
                yield from self._said(item, boxes)

    def _ruby(self, ruby: Element, boxes: list[Element]) -> Iterator[str]:
        """The text above other text stands behind it, in brackets."""
        for item in ruby.iterchildren(name("w:rubyBase")):
            yield from self._said(item, boxes)
        for item in ruby.iterchildren(name("w:rt")):
            yield "".join(["(", *self._said(item, boxes), ")"])

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append("")
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _counts(self) -> bool:
        return not self.numbers and any(_COUNTED.match(item) for item in self.fields)
