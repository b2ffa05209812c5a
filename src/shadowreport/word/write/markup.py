"""Pieces of WordprocessingML that pandoc does not write: bookmarks, fields, a table of contents.

Each function returns the XML of siblings as pandoc's raw elements take it. Bookmark ids are given
anew by finish.py, since only the finished document knows them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Protocol

from shadowreport.core.numbering import CAPTIONED
from shadowreport.core.report import Label
from shadowreport.core.style import Style
from shadowreport.word.ours import (
    CONTENTS_COLUMN,
    CONTENTS_HEADING,
    bookmark_of,
    count_of,
    sequence,
    style_id,
)


def bookmark_start(anchor: str) -> str:
    """The start of the bookmark of an anchor."""
    return f'<w:bookmarkStart w:id="0" w:name="{escape(bookmark_of(anchor))}"/>'


def bookmark_end(anchor: str) -> str:
    """Its end; finish.py pairs it with its start by the name."""
    return f'<w:bookmarkEnd w:id="{escape(bookmark_of(anchor))}"/>'


def run(text: str) -> str:
    """A run of plain text."""
    return f'<w:r><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


# A box as a table of one column, its heading in a cell of its own: word/write/framed.py draws its frame.
BOX_START = '<w:tbl><w:tblPr><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>'
BOX_BELOW_HEADING = "</w:tc></w:tr><w:tr><w:tc>"
BOX_END = "</w:tc></w:tr></w:tbl>"


def field(instruction: str, text: str) -> str:
    """A field whose result is already there, so that it reads right before Word updates it."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction, quote=False)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(text)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def reference(anchor: str, label: Label, style: Style) -> str:
    """A cross-reference as REF fields (ECMA-376 part 1, 17.16.5.51).

    A paragraph: its number (\\r). A section: the numbers of its first and last paragraphs. A
    recommendation among several: its number in full context (\\w), that is 56.2, or, where numbers
    of paragraphs end in no dot that Word would put between, both its own (\\n) and the paragraph's; one
    that is alone has the number of the paragraph above it. A table or a figure: the text of its bookmark.
    """
    kind = anchor.partition("-")[0]
    if kind in CAPTIONED.values():
        return field(f"REF {bookmark_of(anchor)} \\h", label.text)
    if kind == "rec" and label.number and not style.numbers.endswith("."):
        above, _, own = label.text.rpartition(".")
        start = field(f"REF {bookmark_of(label.first)} \\r \\h", above)
        dot = field('QUOTE "."', ".")  # a field too, as it is part of what is counted
        return start + dot + field(f"REF {bookmark_of(anchor)} \\n \\h", own)
    if kind == "rec" and label.number:
        return field(f"REF {bookmark_of(anchor)} \\w \\h", label.text)
    if label.first and label.last != label.first:
        first, dash, last = label.text.partition("–")
        end = run(dash) + field(f"REF {bookmark_of(label.last)} \\r \\h", last) if dash else ""
        return field(f"REF {bookmark_of(label.first)} \\r \\h", first) + end
    return field(f"REF {bookmark_of(label.first or anchor)} \\r \\h", label.text)


def sequence_number(anchor: str, text: str, *, restart: bool = False) -> str:
    """The number of a table or a figure: a SEQ field inside its bookmark; with `restart` it does not
    count on from the one above (17.16.5.56)."""
    count = count_of(anchor.partition("-")[0]) + (f" \\r {text}" if restart else "")
    return bookmark_start(anchor) + field(count, text) + bookmark_end(anchor)


class Entry(Protocol):
    """A line of the table of contents: level, anchor, title, and the paragraphs of the section."""

    @property
    def level(self) -> int: ...
    @property
    def anchor(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def paragraphs(self) -> str: ...


def contents(
    heading: str, column: str, entries: Sequence[Entry], depth: int, lists: str = ""
) -> str:
    """A table of contents as Word's own TOC field, filled in.

    Only a layout program knows pages, so the lines give the sections' paragraphs, which are right
    in every program (United Nations documents give both); F9 in Word puts page numbers there. The
    heading stands outside: LibreOffice would write one of its own, without the break of the page.
    """
    begin = _begin(f'TOC \\o "1-{depth}" \\h \\z \\u')
    lines = "".join(map(_entry, entries))
    return (
        f"{_paragraph(CONTENTS_HEADING, run(heading))}"
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>'
        f"{_paragraph(CONTENTS_COLUMN, begin + run(column))}{lines}{_END}{lists}</w:sdtContent></w:sdt>"
    )


def list_of_captions(kind: str, heading: str, entries: Sequence[Entry]) -> str:
    """A list of the numbered tables or figures as Word's own field over their captions (17.16.5.68)."""
    first, *others = entries
    begin = _begin(f'TOC \\h \\z \\c "{sequence(kind)}"')
    lines = _entry(first, begin) + "".join(map(_entry, others))
    return f"{_paragraph(CONTENTS_HEADING, run(heading))}{lines}{_END}"


def _begin(instruction: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


_END = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


def _entry(entry: Entry, begin: str = "") -> str:
    tab = "<w:r><w:tab/></w:r>" if entry.paragraphs else ""
    link = f'<w:hyperlink w:anchor="{bookmark_of(entry.anchor)}" w:history="1">{run(entry.title)}{tab}{run(entry.paragraphs)}</w:hyperlink>'
    return _paragraph(f"TOC {entry.level}", begin + link)


def _paragraph(style: str, content: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/></w:pPr>{content}</w:p>'
