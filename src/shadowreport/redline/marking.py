"""What a comparison knows while it goes through two states: whose change it is, and the summary."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from shadowreport.core.report import Block, Inline
from shadowreport.redline.tokens import Side

What = Literal["changed", "added", "removed", "moved", "split off", "joined"]
Kind = Literal["paragraph", "recommendation", "heading", "table", "figure", "section"]

_NAMED: dict[str, Kind] = {
    "paragraph": "paragraph",
    "point": "paragraph",
    "recommendation": "recommendation",
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who made a change, and when (ISO 8601)."""

    author: str
    date: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the summary: what happened to a paragraph, a recommendation, a heading, a table or a figure.

    `old` and `new` are its anchors before and after, empty where it was not there.
    """

    what: What
    kind: Kind
    old: str
    new: str
    text: str
    author: str
    before: str = ""  # the text of what is there before and after, as it was


@dataclass(slots=True)
class Marking(ABC):
    """One comparison: who changed what, by anchor, and the summary so far."""

    stamp_of: Callable[[str], Stamp]
    mark: Callable[[str, Side, Stamp], Inline]
    entries: list[Entry] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)  # anchors of the new state
    stamp: Stamp = Stamp("", "")
    _count: int = 0

    @abstractmethod
    def blocks(self, old: Sequence[Block], new: Sequence[Block]) -> list[Block]:
        """Two rows of blocks as one."""

    @abstractmethod
    def whole(self, blocks: Sequence[Block], side: Side, moved: bool = False) -> list[Block]:
        """Blocks that were inserted or deleted whole."""

    def changed(self, kind: Kind, old: str, new: str, text: str, before: str = "") -> None:
        """Enters something that is there before and after."""
        self.enter("changed", kind, old, new, text, before)

    def came_or_went(self, kind: Kind, anchor: str, text: str, side: Side, moved: bool) -> None:
        """Enters something that was inserted or deleted whole."""
        old, new = ("", anchor) if side == "insertion" else (anchor, "")
        what = "moved" if moved else "added" if side == "insertion" else "removed"
        self.enter(what, kind, old, new, text)

    def enter(
        self, what: What, kind: Kind, old: str, new: str, text: str, before: str = ""
    ) -> None:
        """Enters what happened to something, with its anchors before and after."""
        words, once = (" ".join(said.split()) for said in (text, before))
        self.entries.append(Entry(what, kind, old, new, words, self.stamp.author, once))

    def free(self, identifier: str, side: Side) -> str:
        """The anchor as it may stand: once in a file. What moved keeps it in its new place."""
        if side == "deletion" and identifier and identifier in self.taken:
            self._count += 1
            kind = identifier.partition("-")[0]
            return f"{kind}-old-{self._count}"
        return identifier


def named(block: Block) -> Kind | None:
    """The kind of thing with a number that a block is, if it is one."""
    classes = block["c"][0][1] if block["t"] == "Div" else []
    return _NAMED.get(classes[0]) if classes else None
