"""Edits Word files for the tests as authors do: with and without tracking, in runs as they come."""

from __future__ import annotations

import copy
import io
import zipfile
from pathlib import Path
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class WordEdit:
    """A DOCX that is being edited. Paragraphs are found by a bookmark or by words in them."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.document = etree.fromstring(self.parts["word/document.xml"])
        notes = self.parts.get("word/footnotes.xml")
        self.footnotes = etree.fromstring(notes) if notes else None
        self.body = self.document[0]
        self._id = 9000

    def save(self, path: Path) -> Path:
        """Writes the file."""
        self.parts["word/document.xml"] = etree.tostring(
            self.document, xml_declaration=True, encoding="UTF-8"
        )
        if self.footnotes is not None:
            self.parts["word/footnotes.xml"] = etree.tostring(
                self.footnotes, xml_declaration=True, encoding="UTF-8"
            )
        output = io.BytesIO()
        with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.parts.items():
                archive.writestr(name, data)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(output.getvalue())
        return path

    # --- finding --------------------------------------------------------------------------------

    def paragraphs(self) -> list[Any]:
        """All paragraphs of the text."""
        return list(self.body.iter(W + "p"))

    def marked(self, bookmark: str) -> Any:
        """The paragraph in which a bookmark begins."""
        start = next(
            item for item in self.body.iter(W + "bookmarkStart") if item.get(W + "name") == bookmark
        )
        return next(item for item in start.iterancestors() if item.tag == W + "p")

    def holding(self, words: str) -> Any:
        """The first paragraph (of the text, then of the footnotes) that holds some words."""
        notes = list(self.footnotes.iter(W + "p")) if self.footnotes is not None else []
        return next(item for item in (*self.paragraphs(), *notes) if words in text_of(item))

    # --- editing --------------------------------------------------------------------------------

    def split_run(self, paragraph: Any, words: str) -> list[Any]:
        """The runs that hold exactly these words; runs are split at their ends."""
        at = text_of(paragraph).index(words)
        self._cut(paragraph, at)
        self._cut(paragraph, at + len(words))
        found: list[Any] = []
        place = 0
        for run in _runs(paragraph):
            size = len(run_text(run))
            if size and at <= place and place + size <= at + len(words):
                found.append(run)
            place += size
        return found

    def _cut(self, paragraph: Any, at: int) -> None:
        place = 0
        for run in _runs(paragraph):
            size = len(run_text(run))
            if place < at < place + size:
                text = run_text(run)
                other = copy.deepcopy(run)
                _set_text(run, text[: at - place])
                _set_text(other, text[at - place :])
                run.addnext(other)
                return
            place += size

    def replace(self, paragraph: Any, old: str, new: str, author: str = "", **look: bool) -> None:
        """Puts words in the place of others; tracked where there is an author."""
        runs = self.split_run(paragraph, old)
        fresh = self.run(new, runs[0], **look) if new else None
        if author:
            if fresh is not None:
                mark = self.mark("ins", author)
                mark.append(fresh)
                runs[-1].addnext(mark)
            for run in runs:
                gone = self.mark("del", author)
                run.addprevious(gone)
                gone.append(run)
                for text in run.findall(W + "t"):
                    text.tag = W + "delText"
        else:
            if fresh is not None:
                runs[-1].addnext(fresh)
            for run in runs:
                run.getparent().remove(run)

    def insert(self, paragraph: Any, after: str, new: str, author: str = "", **look: bool) -> None:
        """Puts words behind others."""
        run = self.split_run(paragraph, after)[-1]
        fresh = self.run(new, run, **look)
        if author:
            mark = self.mark("ins", author)
            mark.append(fresh)
            run.addnext(mark)
        else:
            run.addnext(fresh)

    def run(self, text: str, like: Any = None, **look: bool) -> Any:
        """A new run."""
        run = etree.Element(W + "r")
        properties = like.find(W + "rPr") if like is not None else None
        if properties is not None:
            run.append(copy.deepcopy(properties))
        if look:
            target = run.find(W + "rPr")
            target = etree.SubElement(run, W + "rPr") if target is None else target
            for name, on in look.items():
                old = target.find(W + name)
                if old is not None:
                    target.remove(old)
                if on:
                    etree.SubElement(target, W + name)
        _set_text(run, text)
        return run

    def look(self, paragraph: Any, words: str, name: str) -> None:
        """Sets `b` or `i` on words that stay."""
        for run in self.split_run(paragraph, words):
            properties = run.find(W + "rPr")
            if properties is None:
                properties = etree.Element(W + "rPr")
                run.insert(0, properties)
            etree.SubElement(properties, W + name)

    def mark(self, kind: str, author: str) -> Any:
        """A `w:ins` or `w:del`."""
        self._id += 1
        element = etree.Element(W + kind)
        element.set(W + "id", str(self._id))
        element.set(W + "author", author)
        element.set(W + "date", "2022-02-01T10:00:00Z")
        return element

    def new_paragraph(self, after: Any, text: str, author: str = "") -> Any:
        """A paragraph of the same style behind another one."""
        paragraph = etree.Element(W + "p")
        properties = after.find(W + "pPr")
        if properties is not None:
            paragraph.append(copy.deepcopy(properties))
        run = self.run(text)
        if author:
            self._mark_end(paragraph, "ins", author)
            mark = self.mark("ins", author)
            mark.append(run)
            paragraph.append(mark)
        else:
            paragraph.append(run)
        after.addnext(paragraph)
        return paragraph

    def delete_paragraph(self, paragraph: Any, author: str = "") -> None:
        """Deletes a paragraph; where it is tracked, its text stays as a deletion."""
        if not author:
            paragraph.getparent().remove(paragraph)
            return
        self._mark_end(paragraph, "del", author)
        for run in list(_runs(paragraph)):
            gone = self.mark("del", author)
            run.addprevious(gone)
            gone.append(run)
            for text in run.findall(W + "t"):
                text.tag = W + "delText"

    def _mark_end(self, paragraph: Any, kind: str, author: str) -> None:
        properties = paragraph.find(W + "pPr")
        if properties is None:
            properties = etree.Element(W + "pPr")
            paragraph.insert(0, properties)
        look = properties.find(W + "rPr")
        look = etree.SubElement(properties, W + "rPr") if look is None else look
        look.insert(0, self.mark(kind, author))

    def split(self, paragraph: Any, before: str) -> Any:
        """Enter before some words: bookmarks stay with the first part, or end in the second."""
        self._cut(paragraph, text_of(paragraph).index(before))
        other = etree.Element(W + "p")
        properties = paragraph.find(W + "pPr")
        if properties is not None:
            other.append(copy.deepcopy(properties))
        at, place, moving = text_of(paragraph).index(before), 0, False
        for item in list(paragraph):
            moving = moving or (item.tag == W + "r" and place >= at and bool(run_text(item)))
            if item.tag == W + "r":
                place += len(run_text(item))
            if moving:
                other.append(item)
        paragraph.addnext(other)
        return other

    def join(self, first: Any, second: Any) -> None:
        """Deletes the end of a paragraph, so that the next one goes on in it."""
        first.append(self.run(" "))
        for item in list(second):
            if item.tag != W + "pPr":
                first.append(item)
        second.getparent().remove(second)

    def comment(self, paragraph: Any, words: str, text: str, author: str) -> None:
        """A comment on some words."""
        runs = self.split_run(paragraph, words)
        self._id += 1
        identifier = str(self._id)
        start, end = etree.Element(W + "commentRangeStart"), etree.Element(W + "commentRangeEnd")
        for item in (start, end):
            item.set(W + "id", identifier)
        runs[0].addprevious(start)
        runs[-1].addnext(end)
        mark = etree.Element(W + "r")
        etree.SubElement(mark, W + "commentReference").set(W + "id", identifier)
        end.addnext(mark)
        self._add_comment(identifier, text, author)

    def _add_comment(self, identifier: str, text: str, author: str) -> None:
        part = "word/comments.xml"
        if part not in self.parts:
            self.parts[part] = b'<w:comments xmlns:w="%s"/>' % W.strip("{}").encode()
            kinds = self.parts["[Content_Types].xml"].decode()
            kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
            new = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
            self.parts["[Content_Types].xml"] = kinds.replace("</Types>", new).encode()
            related = self.parts["word/_rels/document.xml.rels"].decode()
            kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
            new = f'<Relationship Id="rIdComments" Type="{kind}" Target="comments.xml"/></Relationships>'
            self.parts["word/_rels/document.xml.rels"] = related.replace(
                "</Relationships>", new
            ).encode()
        root = etree.fromstring(self.parts[part])
        comment = etree.SubElement(root, W + "comment")
        for name, value in (
            ("id", identifier),
            ("author", author),
            ("date", "2022-02-03T09:00:00Z"),
        ):
            comment.set(W + name, value)
        run = etree.SubElement(etree.SubElement(comment, W + "p"), W + "r")
        etree.SubElement(run, W + "t").text = text
        self.parts[part] = etree.tostring(root)

    def footnote(self, paragraph: Any, after: str, text: str) -> None:
        """A new footnote behind some words."""
        assert self.footnotes is not None
        run = self.split_run(paragraph, after)[-1]
        identifier = str(max(int(item.get(W + "id")) for item in self.footnotes) + 1)
        note = etree.SubElement(self.footnotes, W + "footnote")
        note.set(W + "id", identifier)
        inner = etree.SubElement(note, W + "p")
        etree.SubElement(etree.SubElement(inner, W + "r"), W + "footnoteRef")
        inner.append(self.run(" " + text))
        mark = etree.Element(W + "r")
        etree.SubElement(mark, W + "footnoteReference").set(W + "id", identifier)
        run.addnext(mark)

    def drop_bookmarks(self) -> None:
        """Removes every bookmark, as some programs do."""
        for name in ("bookmarkStart", "bookmarkEnd"):
            for item in list(self.document.iter(W + name)):
                item.getparent().remove(item)


def text_of(paragraph: Any) -> str:
    """The text of a paragraph without what was deleted."""
    return "".join(run_text(run) for run in _runs(paragraph))


def run_text(run: Any) -> str:
    """The text of a run."""
    return "".join(item.text or "" for item in run.findall(W + "t"))


def _runs(paragraph: Any) -> list[Any]:
    return [run for run in paragraph.iter(W + "r") if run.getparent().tag != W + "del"]


def _set_text(run: Any, text: str) -> None:
    for item in run.findall(W + "t"):
        run.remove(item)
    element = etree.SubElement(run, W + "t")
    element.text = text
    element.set(SPACE, "preserve")
