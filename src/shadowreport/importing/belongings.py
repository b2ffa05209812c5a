"""Settles where paragraphs without a running number belong, once a section's numbers are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from shadowreport.importing.draft import (
    Belonging,
    Box,
    Continuation,
    Figure,
    Grid,
    Inline,
    Item,
    Note,
    Numbered,
    Subheading,
    Text,
    texts_of,
)
from shadowreport.importing.recognise.flow import Flow
from shadowreport.importing.recognise.lists import Marked, fold
from shadowreport.word.content import BookmarkStart, Run
from shadowreport.word.ours import id_of


@dataclass(slots=True)
class Loose:
    """Paragraphs without a running number and other things, before it is known where they belong."""

    parts: list[Marked | Belonging] = field(default_factory=list)


def named(inlines: Sequence[Inline], kind: str) -> str:
    """The id in the first bookmark that our own DOCX gives to a thing of a kind."""
    names = (item.name for item in inlines if isinstance(item, BookmarkStart))
    return next(filter(None, (id_of(name, kind) for name in names)), "")


class Settling:
    """Gives the loose parts of one section to paragraphs.

    `promoting`: the section has running numbers, so that a paragraph without one that nothing
    stands above becomes a numbered paragraph, with a warning.
    """

    def __init__(self, flow: Flow, promoting: bool) -> None:
        self.flow = flow
        self.promoting = promoting
        self.items: list[Item] = []
        self.open: Numbered | None = None
        self.early: list[Belonging] = []  # tables and pictures that stand above every paragraph

    def add(self, item: Item | Loose) -> None:
        """Takes the next item of the section."""
        if isinstance(item, Loose):
            self._loose(item)
            return
        if isinstance(item, Numbered):
            self._begin(item)
            return
        if isinstance(item, Box) and not any(isinstance(one, Numbered) for one in self.items):
            self._placeholder(item.ordinal, "a box stands here without a paragraph above it")
        if isinstance(item, Subheading) and self.early:
            self._placeholder_for_early()
        if not isinstance(item, Note):
            self.open = None
        self.items.append(item)

    def done(self) -> list[Item]:
        """The items of the section, with nothing loose any more."""
        if self.early:
            self._placeholder_for_early()
        return self.items

    def _placeholder_for_early(self) -> None:
        first = self.early[0]
        ordinal = first.ordinal if isinstance(first, Grid) else 1
        self._placeholder(ordinal, "a table or picture stands here without a paragraph")

    def _begin(self, paragraph: Numbered) -> None:
        self.items.append(paragraph)
        self.open = paragraph
        if self.early:
            message = (
                "a table, list or picture moved below this paragraph, the first of its section"
            )
            self.flow.warn("import-moved", paragraph.text.ordinal, message)
            paragraph.belongings.extend(self.early)
            self.early = []

    def _loose(self, loose: Loose) -> None:
        waiting: list[Marked] = []
        for part in loose.parts:
            if isinstance(part, tuple):
                waiting.append(part)
            else:
                self._fold(waiting)
                waiting = []
                self._belong(part)
        self._fold(waiting)

    def _fold(self, waiting: list[Marked]) -> None:
        for part in fold(waiting, self.flow.words):
            if isinstance(part, Continuation) and self._stands_alone(part.text):
                self._promote(part.text)
            elif self.open is None and not isinstance(part, Figure | Grid):
                self._promote_first(part)
            else:
                self._belong(part)

    def _stands_alone(self, text: Text) -> bool:
        """Whether a paragraph without a number is one of its own, not a continuation."""
        if self.open is None:
            return True
        if self.flow.ours:
            return bool(named(text.inlines, "par"))
        return not self.promoting

    def _belong(self, part: Belonging) -> None:
        if self.open is None:
            self.early.append(part)
        else:
            self.open.belongings.append(part)

    def _promote(self, text: Text) -> None:
        if self.promoting:
            message = f"a paragraph without a number became a numbered one: '{text.plain[:60]}'"
            hint = "nothing stands above it to which it could belong; later numbers move up by one"
            self.flow.warn("import-promoted", text.ordinal, message, hint)
        self._begin(Numbered(text, "", named(text.inlines, "par")))

    def _promote_first(self, part: Belonging) -> None:
        """A list or quotation above every paragraph: it hangs on a paragraph made for it."""
        ordinal = next((text.ordinal for text in texts_of([part])), 1)
        self._placeholder(ordinal, "a list or quotation stands here without a paragraph above it")
        self._belong(part)

    def _placeholder(self, ordinal: int, message: str) -> None:
        hint = "write the paragraph, or move what follows; it counts as a numbered paragraph"
        self.flow.warn("import-promoted", ordinal, message, hint)
        self._begin(Numbered(Text([Run("[…]")], ordinal)))
