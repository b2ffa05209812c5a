"""Reads a Word file into content.py's model, keeping every word or saying what it left.

Designed after mammoth: the model imports nothing of ours, tables of handlers say what is done with
each element (inlines.py, blocks.py), ignored elements are listed by name, all others are reported.
Unlike mammoth it keeps tracked changes, comments, bookmarks and automatic numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.word.content import Comment, Document, Margin, Note, Properties, paragraphs_of
from shadowreport.word.names import Element, child, name, value
from shadowreport.word.read.blocks import read_blocks
from shadowreport.word.read.numbering import Numbering
from shadowreport.word.read.package import Package, open_package
from shadowreport.word.read.settle import Way, settle
from shadowreport.word.read.story import Left, Story, diagnostics
from shadowreport.word.read.styles import ENGLISH, StyleNames, Styles

MAX_PARAGRAPHS = 10_000
_COMMENT_STATE = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"


def read_word(
    path: Path, changes: Way | Literal["keep"] = "keep"
) -> tuple[Document, list[Diagnostic]]:
    """A Word file and what did not come in. Tracked changes are kept in it, or settled first.

    Raises Failure where the file is no DOCX, is damaged, protected, too large or harmful.
    """
    package = open_package(path)
    return read_document(package, changes)


def read_document(
    package: Package,
    changes: Way | Literal["keep"] = "keep",
    names: StyleNames = ENGLISH,
) -> tuple[Document, list[Diagnostic]]:
    """The same for a package that is open already."""
    left: dict[tuple[str, str], Left] = {}
    styles = Styles(_part(package, "styles", changes), names)
    numbering = Numbering(_part(package, "numbering", "keep"), styles)
    root = _settled(package, package.main, changes)
    if sum(1 for _ in root.iter(name("w:p"))) > MAX_PARAGRAPHS:
        message = f"has more than {MAX_PARAGRAPHS:,} paragraphs"
        raise Failure([Diagnostic("word-too-large", Place(package.file), message, "split it")])
    story = Story(package, package.main, styles, numbering, left, read_blocks)
    body = child(root, "w:body")
    blocks = tuple(read_blocks(story, body)) if body is not None else ()
    reading = _Parts(package, styles, numbering, left, changes, story.ordinal)
    document = Document(
        file=package.file,
        blocks=blocks,
        footnotes=reading.notes("footnotes", "w:footnote"),
        endnotes=reading.notes("endnotes", "w:endnote"),
        comments=reading.comments(),
        margins=tuple(reading.margins()),
        properties=_properties(package, styles),
    )
    return document, [*package.warnings, *diagnostics(package.file, left)]


def _settled(package: Package, part: str, changes: Way | Literal["keep"]) -> Element:
    root = package.tree(part)
    if changes != "keep":
        settle(root, changes)
    return root


def _part(package: Package, kind: str, changes: Way | Literal["keep"]) -> Element | None:
    part = package.relative(kind)
    return _settled(package, part, changes) if part else None


class _Parts:
    """Reads the smaller parts beside the text; their paragraphs count on from its last one."""

    def __init__(
        self,
        package: Package,
        styles: Styles,
        numbering: Numbering,
        left: dict[tuple[str, str], Left],
        changes: Way | Literal["keep"],
        ordinal: int,
    ) -> None:
        self.package = package
        self.styles = styles
        self.numbering = numbering
        self.left = left
        self.changes: Way | Literal["keep"] = changes
        self.ordinal = ordinal

    def notes(self, kind: str, tag: str) -> dict[str, Note]:
        """Footnotes or endnotes by id, without the separators that Word keeps among them."""
        part = self.package.relative(kind)
        if part is None:
            return {}
        story = self._story(part)
        found: dict[str, Note] = {}
        for element in _settled(self.package, part, self.changes).iterchildren(name(tag)):
            if (value(element, "w:type") or "normal") == "normal":
                identifier = value(element, "w:id") or ""
                found[identifier] = Note(identifier, tuple(read_blocks(story, element)))
        self.ordinal = story.ordinal
        return found

    def comments(self) -> dict[str, Comment]:
        """Comments by id."""
        part = self.package.relative("comments")
        if part is None:
            return {}
        resolved = self._resolved()
        story = self._story(part)
        found: dict[str, Comment] = {}
        for element in self.package.tree(part).iterchildren(name("w:comment")):
            identifier = value(element, "w:id") or ""
            paragraphs = [item.get(_PARAGRAPH_ID) for item in element.iter(name("w:p"))]
            found[identifier] = Comment(
                identifier,
                value(element, "w:author") or "",
                value(element, "w:date") or "",
                tuple(read_blocks(story, element)),
                any(item in resolved for item in paragraphs if item),
            )
        self.ordinal = story.ordinal
        return found

    def margins(self) -> Iterator[Margin]:
        """The texts of headers and footers, each once."""
        seen: set[str] = set()
        for item in self.package.related(self.package.main).values():
            if item.kind not in ("header", "footer") or item.target not in self.package:
                continue
            root = _settled(self.package, item.target, self.changes)
            blocks = read_blocks(self._story(item.target), root)
            text = "\n".join(paragraph.text for paragraph in paragraphs_of(blocks)).strip()
            if text and text not in seen:
                seen.add(text)
                yield Margin("header" if item.kind == "header" else "footer", text)

    def _story(self, part: str) -> Story:
        return Story(
            self.package,
            part,
            self.styles,
            self.numbering,
            self.left,
            read_blocks,
            self.ordinal,
        )

    def _resolved(self) -> set[str]:
        part = self.package.relative("commentsExtended")
        if part is None:
            return set()
        return {
            item.get(f"{_COMMENT_STATE}paraId", "")
            for item in self.package.tree(part)
            if item.get(f"{_COMMENT_STATE}done") in ("1", "true")
        }


def _properties(package: Package, styles: Styles) -> Properties:
    core: Mapping[str, str] = {}
    part = next(
        (item.target for item in package.related("").values() if item.kind == "core-properties"), ""
    )
    if part in package:
        root = package.tree(part)
        tags = {"title": "dc:title", "author": "dc:creator", "created": "dcterms:created"}
        core = {key: (root.findtext(name(tag)) or "").strip() for key, tag in tags.items()}
    return Properties(language=styles.language.partition("-")[0].lower(), **core)
