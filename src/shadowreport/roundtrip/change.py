"""One change of a paragraph: its source, what Word showed and shows, and the operations between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from shadowreport.roundtrip.origin import Sent
from shadowreport.roundtrip.returned import Deleted, WordChar
from shadowreport.source.leaf import Char, Wrap

NEW_BREAK = "\u2028"  # a paragraph's end that the author put in
WRAP_FORMATS = {
    "Emph": "italic",
    "Strong": "bold",
    "Strikeout": "strike",
    "Superscript": "superscript",
    "Subscript": "subscript",
    "Underline": "underline",
    "SmallCaps": "small_caps",
    "Link": "link",
    "Autolink": "link",
}


@dataclass(frozen=True, slots=True)
class Op:
    """Base characters `i1` to `i2` became the returned ones `j1` to `j2`."""

    i1: int
    i2: int
    j1: int
    j2: int
    author: str = ""


@dataclass(frozen=True, slots=True)
class NotePair:
    """A footnote whose mark stayed and whose text changed: its atom, and its new id in Word."""

    atom: str
    sent: str
    back: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays as it was, in words for a person."""

    kind: Literal["look", "reference"]
    what: str


@dataclass(slots=True)
class Change:
    """The changes of one or several leaves that are compared as one.

    `source` is their text, joined by BREAK where there are several.
    """

    sents: Sequence[Sent]
    source: str
    chars: list[Char]
    wraps: list[Wrap]
    base: list[WordChar]
    back: list[WordChar]
    deleted: list[Deleted]
    ops: list[Op] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)  # what could not be done
    notes: list[NotePair] = field(default_factory=list)
    marks: dict[int, int] = field(
        default_factory=dict
    )  # of notes: returned ones, and which they were

    @property
    def kind(self) -> str:
        """The kind of the first leaf."""
        leaf = self.sents[0].leaf
        return leaf.kind if leaf else "other"


def text_of(chars: Sequence[WordChar]) -> str:
    """The text of some characters."""
    return "".join(char.text for char in chars)


def has_format(char: WordChar, name: str) -> bool:
    """Whether a character has a look, or is part of a link."""
    return bool(char.link) if name == "link" else name in char.formats


def ends_key(character: str) -> bool:
    """Whether a character behind a reference is no part of its id."""
    return not (character.isalnum() or character in tuple("-_:/.#$%&+?<>~"))


def atom_spans(chars: Sequence[Char]) -> list[tuple[int, int]]:
    """The first and last characters of each atom."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(chars):
        end = at + 1
        atom = chars[at].atom
        while (
            atom
            and end < len(chars)
            and (chars[end].atom, chars[end].start) == (atom, chars[at].start)
        ):
            end += 1
        if atom:
            found.append((at, end))
        at = end
    return found
