"""References to the numbers of footnotes (NOTEREF fields): a report knows none, so they stay typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shadowreport.importing.draft import Draft, Inline, Text, all_texts
from shadowreport.importing.recognise.flow import Flow
from shadowreport.word.content import (
    BookmarkEnd,
    BookmarkStart,
    Document,
    NoteMark,
    Paragraph,
    Run,
    paragraphs_of,
)

_NOTEREF = re.compile(r"\s*NOTEREF\s+(\S+)", re.IGNORECASE)


def report_noterefs(draft: Draft, document: Document, flow: Flow) -> None:
    """A warning for each reference to a footnote, with the first words of that."""
    notes = dict(_noted(document))
    for section in draft.sections:
        for text in all_texts(section):
            for shown, bookmark in dict.fromkeys(_references(text, document)):
                words = notes.get(bookmark, "")
                where = f" ('{words[:60]}')" if words else ", which is not there"
                message = f"'{shown}' refers to a footnote{where}; it was left typed"
                hint = "footnotes are counted anew: name the source instead, or the paragraph"
                flow.warn("import-reference", text.ordinal, message, hint)


def _references(text: Text, document: Document) -> Iterator[tuple[str, str]]:
    """What the references of a text and its footnotes show, and their bookmarks."""
    inlines: list[Inline] = list(text.inlines)
    for item in text.inlines:
        note = document.note(item) if isinstance(item, NoteMark) else None
        inlines += (
            [one for paragraph in paragraphs_of(note.blocks) for one in paragraph.inlines]
            if note
            else []
        )
    for item in inlines:
        if isinstance(item, Run) and item.text.strip():
            found = next(filter(None, map(_NOTEREF.match, item.fields)), None)
            if found:
                yield item.text.strip(), found[1]


def _noted(document: Document) -> Iterator[tuple[str, str]]:
    """The bookmarks around marks of footnotes, with the words of these."""
    for paragraph in paragraphs_of(document.blocks):
        yield from _bookmarked(paragraph, document)


def _bookmarked(paragraph: Paragraph, document: Document) -> Iterator[tuple[str, str]]:
    opened: dict[str, str] = {}
    for item in paragraph.inlines:
        if isinstance(item, BookmarkStart):
            opened[item.id] = item.name
        elif isinstance(item, BookmarkEnd):
            opened.pop(item.id, None)
        elif isinstance(item, NoteMark) and opened:
            note = document.note(item)
            text = " ".join(one.text for one in paragraphs_of(note.blocks)) if note else ""
            yield from ((name, " ".join(text.split())) for name in opened.values())
