"""Comments of reviewers as review notes."""

from __future__ import annotations

from collections.abc import Iterator

from shadowreport.importing.draft import Note, shown
from shadowreport.word.content import Block, CommentEnd, CommentStart, Document, paragraphs_of

_LONG = 1000  # characters of the commented text that are collected
_MOST_WORDS = 25  # longer passages are not repeated in the note


class Comments:
    """The comments of a document, each of which becomes a note once."""

    def __init__(self, document: Document) -> None:
        self._comments = document.comments
        self._passages = _passages(document) if document.comments else {}
        self._said: set[str] = set()

    def left(self) -> Iterator[Note]:
        """Notes for the comments that begin in no block: those in footnotes or contents pages."""
        for comment in self._comments.values():
            if comment.id not in self._said:
                yield Note(comment.author, comment.date, comment.text.split("\n"), 1)

    def notes(self, block: Block) -> Iterator[Note]:
        """The notes for the comments that begin in a block."""
        if not self._comments:
            return
        for paragraph in paragraphs_of([block]):
            for item in paragraph.inlines:
                comment = self._comments.get(item.id) if isinstance(item, CommentStart) else None
                if comment is None or comment.id in self._said:
                    continue
                self._said.add(comment.id)
                lines = comment.text.split("\n")
                if comment.resolved:
                    lines[0] = f"(resolved) {lines[0]}"
                passage = self._passages.get(comment.id, "").strip()
                if passage and len(passage.split()) <= _MOST_WORDS:
                    lines.insert(0, f"On “{passage}”:")
                yield Note(comment.author, comment.date, lines, paragraph.ordinal)


def _passages(document: Document) -> dict[str, str]:
    """The text that each comment is about, as far as a note can show it."""
    found: dict[str, str] = {}
    open_ids: set[str] = set()
    for paragraph in paragraphs_of(document.blocks):
        for item in paragraph.inlines:
            if isinstance(item, CommentStart):
                open_ids.add(item.id)
                found.setdefault(item.id, "")
            elif isinstance(item, CommentEnd):
                open_ids.discard(item.id)
            else:
                for identifier in open_ids:
                    if len(found[identifier]) < _LONG:
                        found[identifier] += shown(item)
    return found
