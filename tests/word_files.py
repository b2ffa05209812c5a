"""Writes Word files of other habits than the toolkit's, for tests of what reads them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image

from shadowreport.word.names import NAMESPACES

_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_NUMBERING = (
    "<w:abstractNum {ns} w:abstractNumId='{id}'><w:multiLevelType w:val='multilevel'/>{levels}"
    "</w:abstractNum>"
)
_LEVEL = (
    "<w:lvl w:ilvl='{level}'><w:start w:val='1'/><w:numFmt w:val='{format}'/>"
    "<w:lvlText w:val='{pattern}'/></w:lvl>"
)


class WordFile:
    """A Word file in the making: python-docx's document with a few things that it cannot do."""

    def __init__(self) -> None:
        self.document: Any = Document()
        body = self.document.element.body
        for element in list(body)[:-1]:
            body.remove(element)
        self.revisions = 0
        self.notes: dict[str, list[str]] = {}
        self.abstract = 100

    def save(self, path: Path) -> Path:
        """Writes the file."""
        stream = io.BytesIO()
        self.document.save(stream)
        path.write_bytes(stream.getvalue())
        return changed(path, path, self._put_notes) if self.notes else path

    def _put_notes(self, parts: dict[str, bytes]) -> None:
        for kind, texts in self.notes.items():
            inside = "".join(
                f"<w:{kind} w:id='{number}'><w:p><w:r><w:{kind}Ref/></w:r>"
                f"<w:r><w:t xml:space='preserve'> {text}</w:t></w:r></w:p></w:{kind}>"
                for number, text in enumerate(texts, 1)
            )
            root = f"<w:{kind}s {nsdecls('w')}>{inside}</w:{kind}s>"
            parts[f"word/{kind}s.xml"] = root.encode()
            target = f'<Relationship Id="rIdNotes{kind}" Target="{kind}s.xml" Type="{_RELATIONSHIPS}{kind}s"/>'
            rels = "word/_rels/document.xml.rels"
            parts[rels] = parts[rels].replace(
                b"</Relationships>", target.encode() + b"</Relationships>"
            )

    # --- paragraphs ---------------------------------------------------------------------------

    def text(self, text: str, style: str | None = None, **look: bool) -> Any:
        """A paragraph; `**bold**` pieces are not known here, `look` is the run's (bold=True)."""
        paragraph = self.document.add_paragraph(style=style)
        run = paragraph.add_run(text)
        for key, value in look.items():
            setattr(run.font, key, value)
        return paragraph

    def heading(self, text: str, level: int = 1) -> Any:
        """A heading in one of Word's heading styles."""
        return self.document.add_heading(text, level)

    def xml(self, code: str) -> Any:
        """A piece of WordprocessingML at the end of the text."""
        element = piece(code)
        self.document.element.body.insert(len(self.document.element.body) - 1, element)
        return element

    def into(self, paragraph: Any, code: str) -> Any:
        """A piece of WordprocessingML at the end of a paragraph."""
        element = piece(code)
        paragraph._p.append(element)
        return element

    # --- numbering ----------------------------------------------------------------------------

    def numbering(self, *levels: tuple[str, str]) -> int:
        """A new list definition with levels of (format, pattern), and a list of it; its number."""
        self.abstract += 1
        inside = "".join(
            _LEVEL.format(level=index, format=form, pattern=pattern)
            for index, (form, pattern) in enumerate(levels)
        )
        root = self.document.part.numbering_part.element
        code = _NUMBERING.format(ns=nsdecls("w"), id=self.abstract, levels=inside)
        first = root.find(qn("w:num"))
        first.addprevious(parse_xml(code))
        return self.another_list(self.abstract)

    def another_list(self, abstract: int, start: int | None = None) -> int:
        """Another list of a definition; with `start` it begins anew there."""
        number = root_numbers(self.document) + 1
        override = (
            f"<w:lvlOverride w:ilvl='0'><w:startOverride w:val='{start}'/></w:lvlOverride>"
            if start is not None
            else ""
        )
        code = (
            f"<w:num {nsdecls('w')} w:numId='{number}'><w:abstractNumId w:val='{abstract}'/>"
            f"{override}</w:num>"
        )
        self.document.part.numbering_part.element.append(parse_xml(code))
        return number

    def numbered(self, text: str, number: int, level: int = 0) -> Any:
        """A paragraph of a list."""
        paragraph = self.text(text)
        self.number(paragraph, number, level)
        return paragraph

    def number(self, paragraph: Any, number: int, level: int = 0) -> None:
        """Makes a paragraph one of a list."""
        properties = paragraph._p.get_or_add_pPr()
        code = f"<w:numPr {nsdecls('w')}><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>"
        properties.append(parse_xml(code))

    def number_style(self, style: Any, number: int) -> None:
        """Makes every paragraph of a style one of a list."""
        properties = style.element.get_or_add_pPr()
        for old in properties.findall(qn("w:numPr")):
            properties.remove(old)
        properties.append(piece(f"<w:numPr><w:numId w:val='{number}'/></w:numPr>"))

    # --- what stands in a paragraph -----------------------------------------------------------

    def link(self, paragraph: Any, address: str, text: str) -> None:
        """A hyperlink."""
        target = self.document.part.relate_to(address, RT.HYPERLINK, is_external=True)
        self.into(
            paragraph, f"<w:hyperlink r:id='{target}'><w:r><w:t>{text}</w:t></w:r></w:hyperlink>"
        )

    def field(self, paragraph: Any, instruction: str, result: str) -> None:
        """A complex field."""
        code = escape(instruction, {"'": "&apos;"})
        for inside in (
            "<w:fldChar w:fldCharType='begin'/>",
            f"<w:instrText xml:space='preserve'> {code} </w:instrText>",
            "<w:fldChar w:fldCharType='separate'/>",
            f"<w:t>{result}</w:t>",
            "<w:fldChar w:fldCharType='end'/>",
        ):
            self.into(paragraph, f"<w:r>{inside}</w:r>")

    def note(self, paragraph: Any, kind: str, text: str) -> None:
        """A footnote or endnote."""
        self.notes.setdefault(kind, []).append(text)
        number = len(self.notes[kind])
        self.into(paragraph, f"<w:r><w:{kind}Reference w:id='{number}'/></w:r>")

    def framed(self, text: str) -> Any:
        """A paragraph in a frame."""
        paragraph = self.text(text)
        sides = "".join(
            f"<w:{side} w:val='single' w:sz='4'/>" for side in ("top", "left", "bottom", "right")
        )
        paragraph._p.get_or_add_pPr().append(piece(f"<w:pBdr>{sides}</w:pBdr>"))
        return paragraph

    def picture(self, description: str) -> Any:
        """A paragraph with a picture."""
        stream = io.BytesIO()
        Image.new("RGB", (40, 30), "navy").save(stream, "PNG")
        stream.seek(0)
        self.document.add_picture(stream)
        paragraph = self.document.paragraphs[-1]
        for item in paragraph._p.iter(qn("wp:docPr")):
            item.set("descr", description)
        return paragraph

    def text_box(self, paragraph: Any, text: str) -> None:
        """A text box, written twice as Word does it: for new programs and for old ones."""
        inside = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
        self.into(
            paragraph,
            "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><a:graphic>"
            f"<a:graphicData><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData>"
            "</a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
            f"<v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>",
        )

    def formula(self, paragraph: Any, text: str) -> None:
        """A formula."""
        self.into(paragraph, f"<m:oMath><m:r><m:t>{text}</m:t></m:r></m:oMath>")

    def chart(self, paragraph: Any) -> None:
        """A chart without its part."""
        self.into(
            paragraph,
            "<w:r><w:drawing><wp:inline><wp:docPr id='7' name='Chart'/><a:graphic><a:graphicData>"
            "<c:chart xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart'/>"
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
        )

    def control(self, text: str) -> None:
        """A content control around a paragraph."""
        self.xml(
            "<w:sdt><w:sdtPr><w:alias w:val='Field'/></w:sdtPr><w:sdtContent><w:p><w:r>"
            f"<w:t>{text}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        )

    def unknown(self, paragraph: Any, text: str) -> None:
        """An element of a later version of Word."""
        self.into(
            paragraph,
            f"<n:new xmlns:n='http://example.org/new'><w:r><w:t>{text}</w:t></w:r></n:new>",
        )

    def margin(self, text: str) -> None:
        """The text of the page header."""
        self.document.sections[0].header.paragraphs[0].text = text

    # --- tables -------------------------------------------------------------------------------

    def table(self, *rows: list[str]) -> Any:
        """A table; a line break in a cell's text begins another paragraph."""
        table = self.document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                first, *more = text.split("\n")
                cell.paragraphs[0].text = first
                for line in more:
                    cell.add_paragraph(line)
        return table

    # --- tracked changes ----------------------------------------------------------------------

    def inserted(self, paragraph: Any, text: str, author: str = "Reviewer") -> None:
        """A tracked insertion at the end of a paragraph."""
        self.into(
            paragraph,
            f"<w:ins {self._who(author)}><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:ins>",
        )

    def deleted(self, paragraph: Any, text: str, author: str = "Reviewer") -> None:
        """A tracked deletion at the end of a paragraph."""
        self.into(
            paragraph,
            f"<w:del {self._who(author)}><w:r><w:delText xml:space='preserve'>{text}</w:delText></w:r></w:del>",
        )

    def mark(self, paragraph: Any, kind: str, author: str = "Reviewer") -> None:
        """A tracked change of a paragraph's end: kind is ins or del."""
        properties = paragraph._p.get_or_add_pPr()
        code = f"<w:rPr {nsdecls('w')}><w:{kind} {self._who(author)}/></w:rPr>"
        properties.append(parse_xml(code))

    def _who(self, author: str) -> str:
        self.revisions += 1
        return f"w:id='{9000 + self.revisions}' w:author='{author}' w:date='2022-03-01T10:00:00Z'"


def piece(code: str) -> Any:
    """An element of a piece of XML in which the usual prefixes are known."""
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return parse_xml(f"<root {names}>{code}</root>")[0]


def root_numbers(document: Any) -> int:
    """The highest number of a list in a document."""
    nums = document.part.numbering_part.element.findall(qn("w:num"))
    return max(int(item.get(qn("w:numId"))) for item in nums)


def changed(source: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A copy of a Word file whose parts were changed by name."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    target.write_bytes(stream.getvalue())
    return target
