"""What a returned file asks for, as steps on the sources that it was sent from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from shadowreport.roundtrip.change import Change
from shadowreport.roundtrip.known import Known
from shadowreport.roundtrip.returned import WordText
from shadowreport.source.leaf import Kind, Leaf, Outline


@dataclass(slots=True)
class Edit:
    """Leaves whose text changed; more than one where paragraphs were joined."""

    leaves: list[Leaf]
    outline: Outline
    change: Change


@dataclass(slots=True)
class Removal:
    """A paragraph that did not come back."""

    leaf: Leaf
    outline: Outline
    author: str


@dataclass(slots=True)
class Addition:
    """A paragraph that is new (`word`), or that moved here (`moved`), behind a leaf that stayed. `level`
    is that of a heading in its section, whose title has 1."""

    after: Leaf
    outline: Outline
    kind: Kind
    level: int
    ordered: bool
    author: str
    word: WordText | None = None
    moved: Edit | None = None
    depth: int = 0  # of an item in its list


@dataclass(slots=True)
class Remark:
    """A comment: at a leaf, or at a paragraph that is new (`word`). `spot` tells where it was made where
    the leaf is one of the present files."""

    leaf: Leaf
    outline: Outline
    author: str
    date: str
    quoted: str
    text: str
    word: WordText | None = None
    spot: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """Something that cannot be brought back: where (a paragraph's id or first words), and what."""

    place: str
    what: str
    kind: Literal["generated", "structure", "note", "look", "reference"]


@dataclass(slots=True)
class Script:
    """All steps, in the order of the returned file."""

    edits: list[Edit] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    known: Known = field(default_factory=Known)
    expected: dict[str, list[WordText]] = field(default_factory=dict)  # by section, for the proof

    def authors(self) -> list[str]:
        """Who did something, in order; the empty name is whoever did not track changes."""
        found: dict[str, None] = {}
        for name in self._authors():
            found.setdefault(name)
        return list(found)

    def _authors(self) -> Iterator[str]:
        for edit in self.edits:
            yield from (op.author for op in edit.change.ops)
        for addition in self.additions:
            yield addition.author
            if addition.moved:
                yield from (op.author for op in addition.moved.change.ops)
        yield from (removal.author for removal in self.removals)
        yield from (remark.author for remark in self.remarks)
