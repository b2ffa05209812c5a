"""The pieces of a section's source that are one paragraph in Word each, character by character.

A leaf is a paragraph, a list item, a cell, a footnote's text. Its stream says for every character
that a reader sees which characters of the source stand for it, so that a change of one word in Word
becomes a change of that word in the file and of nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from shadowreport.core.report import Label
from shadowreport.source.places import NOWHERE

Kind = Literal[
    "title",
    "paragraph",
    "point",  # of a summary
    "continued",
    "heading",
    "recommendation",
    "item",
    "quote",
    "cell",
    "caption",
    "footnote",
    "picture",
    "other",
]
# written a sentence a line
BY_SENTENCES: tuple[Kind, ...] = ("paragraph", "point", "continued", "recommendation")


@dataclass(frozen=True, slots=True)
class Char:
    """A character of a stream and its span in the source.

    `after` is where a text belongs that follows it. `atom` is what cannot be edited letter by
    letter: a reference, a note, a picture; all characters of one atom have one span.
    """

    text: str
    start: int
    end: int
    after: int
    atom: str = ""


@dataclass(frozen=True, slots=True)
class Wrap:
    """Markup around characters `first` to `last` (not included): emphasis, a link, a language."""

    kind: str
    start: int
    end: int
    first: int
    last: int
    inner_start: int
    inner_end: int


@dataclass(slots=True)
class Leaf:
    """A piece of source that is one paragraph in Word.

    `start` to `end` is its text; `block_start` to `block_end` holds its own markup too (its id, its
    list marker). `anchor` is `par-ID`, `rec-ID`, `sec-NAME` or, for a footnote, its label. `top` is
    the index of the top-level block, `box` that of the box around it, or -1.
    """

    kind: Kind
    start: int
    end: int = 0
    block_start: int = 0
    block_end: int = 0
    anchor: str = ""
    named: bool = False
    level: int = 0
    marker: str = ""
    top: int = -1
    box: int = -1
    cell: tuple[int, int, int] = (-1, 0, 0)  # table, row, column
    chars: list[Char] = field(default_factory=list)
    wraps: list[Wrap] = field(default_factory=list)
    lost: bool = False  # no map could be made
    withheld: bool = False  # it stands in a confidential passage

    @property
    def text(self) -> str:
        """The text as a reader sees it; a note is one character."""
        return "".join(char.text for char in self.chars)

    @property
    def indent(self) -> int:
        """How far a list item is set in."""
        return len(self.marker) - len(self.marker.lstrip())


@dataclass(frozen=True, slots=True)
class Printing:
    """How a report prints what is typed: what references print, its quotation marks, outer ones first, and
    what finds the place in a source behind its name (see places.py)."""

    labels: Mapping[str, Label] = field(default_factory=dict)
    quotes: tuple[str, ...] = ("“", "”", "‘", "’")
    places: re.Pattern[str] = NOWHERE


@dataclass(slots=True)
class Outline:
    """A section file taken apart: its leaves in the order of the text, footnotes by their label."""

    file: str
    name: str
    source: str
    body: int  # where the body begins
    printing: Printing = field(default_factory=Printing)
    public: bool = False  # without what the public edition withholds
    summary: int = -1  # where the box with the summary ends
    leaves: list[Leaf] = field(default_factory=list)
    footnotes: dict[str, Leaf] = field(default_factory=dict)
    # texts inside of what is one character of a stream, by where that begins: inline footnotes, captions;
    # and footnotes, those too that a merge does not edit
    inner: dict[int, Leaf] = field(default_factory=dict)
    notes: list[tuple[int, int]] = field(default_factory=list)  # private ones
    tops: list[tuple[int, int]] = field(default_factory=list)
    boxes: list[tuple[int, int]] = field(default_factory=list)
