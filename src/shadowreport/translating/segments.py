"""A section taken apart into what a translator translates, and put together again of it.

A segment is the text of one paragraph, item, cell, caption or footnote as a row of words and tags. A tag
stands for what is the same in every language: a citation, a reference, a person, a footnote's mark, an
address, a pair of marks around emphasis. Everything between the segments stays as it is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from shadowreport.core.numbering import is_person, is_reference
from shadowreport.core.translations import names
from shadowreport.source.leaf import Leaf, Outline, Wrap
from shadowreport.source.write import escape, guard_start

Role = Literal["open", "close", "alone"]


@dataclass(frozen=True, slots=True)
class Tag:
    """A placeholder in a text: alone, or one of a pair; `number` counts those of a segment from 1."""

    number: int
    role: Role = "alone"


@dataclass(frozen=True, slots=True)
class Code:
    """What a tag stands for, as it is written in the section; `closed` is what ends a pair."""

    what: str
    opened: str
    closed: str = ""


Row = tuple[str | Tag, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """The `nth` text of a piece of a section (see core/translations.py): where it stands, what it says.

    `withheld`: the public edition does not print it; such texts are counted apart, below zero, so that the
    numbers of the others do not tell how many there are.
    """

    piece: str
    nth: int
    kind: str
    start: int
    end: int
    row: Row
    codes: tuple[Code, ...]
    withheld: bool = False

    @property
    def id(self) -> str:
        """What it is called in a file for translators."""
        return f"{self.piece}.{self.nth}"

    @property
    def key(self) -> tuple[str, int]:
        """What it has in common with its translation."""
        return self.piece, self.nth

    def says(self) -> tuple[object, ...]:
        """What a translation is made from: the words, and what each tag stands for."""
        return (*self.row, *self.codes)


@dataclass(frozen=True, slots=True)
class Lost:
    """A text that has to be translated by hand, since nobody can tell where each of its words stands."""

    piece: str
    at: int
    withheld: bool = False


def segments(outline: Outline) -> tuple[list[Segment], list[Lost]]:
    """All texts of a section, in the order of reading: each footnote behind the text that has its mark."""
    found: list[Segment] = []
    lost: list[Lost] = []
    counts: Counter[tuple[str, bool]] = Counter()
    for piece, leaf in _leaves(outline):
        texts = _texts(leaf, outline)
        if not texts:
            lost.append(Lost(piece, leaf.start, leaf.withheld))
        for text in texts:
            counts[piece, leaf.withheld] += 1
            nth = counts[piece, leaf.withheld] * (-1 if leaf.withheld else 1)
            row, codes = _Row(text, outline).made()
            own = (text.kind, text.start, text.end)
            found.append(Segment(piece, nth, *own, row, codes, leaf.withheld))
    return [item for item in found if any(isinstance(part, str) for part in item.row)], lost


def _leaves(outline: Outline) -> Iterator[tuple[str, Leaf]]:
    piece = ""
    noted: set[str] = set()
    begun = [leaf for leaf in outline.leaves if leaf.kind == "heading" or _own(leaf)]
    own = (None if leaf.kind == "heading" else _own(leaf) for leaf in begun)
    called = iter(names(list(zip(own, (leaf.withheld for leaf in begun), strict=True))))
    for leaf in outline.leaves:
        if leaf.kind == "heading" or _own(leaf):
            piece = next(called)
        yield piece, leaf
        for label in _labels(leaf, outline):
            if label in outline.footnotes and label not in noted:
                noted.add(label)
                note = outline.footnotes[label]
                note.withheld = leaf.withheld
                yield piece, note


def _own(leaf: Leaf) -> str:
    """What a leaf that begins a piece is called; empty for a heading and what goes on with a piece."""
    return "title" if leaf.kind == "title" else leaf.anchor.removeprefix("par-")


def _labels(leaf: Leaf, outline: Outline) -> list[str]:
    if leaf.lost:
        return re.findall(r"\[\^([^\]\s]+)\]", outline.source[leaf.start : leaf.end])
    return [char.atom[5:] for char in leaf.chars if char.atom.startswith("note ")]


def _texts(leaf: Leaf, outline: Outline) -> list[Leaf]:
    """The leaf itself; of a picture its caption; nothing where it was not read."""
    if leaf.lost:
        return [outline.inner[leaf.start]] if leaf.start in outline.inner else []
    return [leaf]


_STARS = {"_": "*", "__": "**"}  # which may stand inside of a word
_WRAPS = {"Emph": "italics", "Strong": "bold", "Link": "a link", "Superscript": "superscript"}


class _Row:
    """Makes the row of a leaf, in the order of the source."""

    def __init__(self, leaf: Leaf, outline: Outline) -> None:
        self.leaf = leaf
        self.outline = outline
        self.row: list[str | Tag] = []
        self.codes: list[Code] = []

    def made(self) -> tuple[Row, tuple[Code, ...]]:
        self._inside(self.leaf)
        return tuple(self.row), tuple(self.codes)

    def _inside(self, leaf: Leaf) -> None:
        addresses = [wrap for wrap in leaf.wraps if wrap.kind == "Autolink"]
        pairs = sorted(
            (wrap for wrap in leaf.wraps if wrap not in addresses),
            key=lambda wrap: (wrap.start, -wrap.end),
        )
        opened: list[tuple[Wrap, int]] = []
        at = -1
        spans = [(wrap.start, wrap.end, "address", "") for wrap in addresses]
        spans += [
            (char.start, char.end, char.atom or ("break" if char.text == "\n" else ""), char.text)
            for char in leaf.chars
            if not any(wrap.start <= char.start < wrap.end for wrap in addresses)
        ]
        for start, end, atom, text in sorted(spans, key=lambda span: span[:2]):
            if start == end or start < at:
                continue  # generated, or another letter of the same thing
            while opened and opened[-1][0].inner_end <= start:
                self._close(opened)
            while pairs and pairs[0].start <= start:
                opened.append((pairs[0], self._open(pairs.pop(0))))
            if atom:
                self._atom(atom, start, end)
            else:
                self._word(text)
            at = end if atom else at
        while opened:
            self._close(opened)

    def _word(self, text: str) -> None:
        if self.row and isinstance(self.row[-1], str):
            self.row[-1] += text
        else:
            self.row.append(text)

    def _open(self, wrap: Wrap) -> int:
        source = self.outline.source
        first = source[wrap.start : wrap.inner_start]
        last = source[wrap.inner_end : wrap.end]
        what = _WRAPS.get(wrap.kind, "a pair of marks")
        return self._pair(what, _STARS.get(first, first), _STARS.get(last, last))

    def _pair(self, what: str, first: str, last: str) -> int:
        self.codes.append(Code(what, first, last))
        self.row.append(Tag(len(self.codes), "open"))
        return len(self.codes)

    def _close(self, opened: list[tuple[Wrap, int]]) -> None:
        self.row.append(Tag(opened.pop()[1], "close"))

    def _atom(self, atom: str, start: int, end: int) -> None:
        inner = self.outline.inner.get(start) if atom.startswith("inline-note") else None
        if inner:
            number = self._pair("a footnote", "^[", "]")
            self._inside(inner)
            self.row.append(Tag(number, "close"))
            return
        self.codes.append(Code(_what(atom), self.outline.source[start:end]))
        self.row.append(Tag(len(self.codes)))


def _what(atom: str) -> str:
    kind, _, key = atom.partition(" ")
    if kind == "ref" and is_person(key):
        return "a person"
    if kind == "ref":
        return "a reference" if is_reference(key) else "a source"
    names = {"cite": "a source", "note": "the mark of a footnote", "address": "an address"}
    names |= {"break": "a new line", "picture": "a picture", "inline-note": "a footnote"}
    return names[kind]


# --- and back -----------------------------------------------------------------------------------


def with_roles(row: Row, codes: Sequence[Code]) -> Row:
    """A row whose tags were read from plain text, which does not tell what opens a pair."""
    pairs = {number for number, code in enumerate(codes, 1) if code.closed}
    return tuple(
        Tag(part.number, "open")
        if isinstance(part, Tag) and part.role == "alone" and part.number in pairs
        else part
        for part in row
    )


def wrong_tags(row: Row, codes: Sequence[Code]) -> str:
    """What is wrong with the tags of a translation; empty where each stands once, and pairs are pairs."""
    wanted = Counter(
        tag
        for number, code in enumerate(codes, 1)
        for tag in ((Tag(number, "open"), Tag(number, "close")) if code.closed else (Tag(number),))
    )
    found = Counter(part for part in row if isinstance(part, Tag))
    lost, more = wanted - found, found - wanted
    said = [f"{shown(tag)} ({_meant(tag, codes)}) is lost" for tag in lost]
    said += [f"{shown(tag)} stands {found[tag]} times" for tag in more if tag in wanted]
    said += [f"{shown(tag)} is not of this text" for tag in more if tag not in wanted]
    return "; ".join(said) or _crossed(row)


def _meant(tag: Tag, codes: Sequence[Code]) -> str:
    return codes[tag.number - 1].what


def _crossed(row: Row) -> str:
    opened: list[int] = []
    for part in row:
        if isinstance(part, Tag) and part.role == "open":
            opened.append(part.number)
        elif isinstance(part, Tag) and part.role == "close":
            if not opened or opened[-1] != part.number:
                return f"{shown(part)} does not end the pair that was opened last"
            opened.pop()
    return ""


def shown(tag: Tag) -> str:
    """A tag as a person sees it: `{1}`, and `{2}` with `{/2}` for a pair."""
    return f"{{/{tag.number}}}" if tag.role == "close" else f"{{{tag.number}}}"


def as_text(row: Row) -> str:
    """A row for a person, with its tags in it."""
    return "".join(part if isinstance(part, str) else shown(part) for part in row)


def as_markdown(row: Row, codes: Sequence[Code]) -> str:
    """A row as it is written into a section."""
    row = _unspaced(row, codes, (" ", "\n"))
    parts = [
        escape(part) if isinstance(part, str) else _after(before, part, codes)
        for before, part in zip(("", *row), row, strict=False)
    ]
    return guard_start("".join(parts)) if row and isinstance(row[0], str) else "".join(parts)


def reading(row: Row, codes: Sequence[Code]) -> list[str]:
    """What a row says, however its tags are counted: its words, of which none reads as a code, and its codes."""
    return [
        escape(part) if isinstance(part, str) else _written(part, codes).lstrip(" \n")
        for part in _unspaced(row, codes)
    ]


def _unspaced(row: Row, codes: Sequence[Code], begins: tuple[str, ...] = ("",)) -> Row:
    """A row without the blanks before citations in brackets which begin so themselves: a citation in a section
    has the blank before it, and translators type one more."""
    parts = (
        part.rstrip(" ")
        if isinstance(part, str) and (cited := _cites(after, codes)) and cited.startswith(begins)
        else part
        for part, after in zip(row, (*row[1:], ""), strict=True)
    )
    return tuple(part for part in parts if part)


def _cites(part: str | Tag, codes: Sequence[Code]) -> str:
    """A citation in brackets as it is written; empty for anything else."""
    if not isinstance(part, Tag) or codes[part.number - 1].what != "a source":
        return ""
    written = _written(part, codes)
    return written if written.lstrip(" \n").startswith("[") else ""


def _after(before: str | Tag, tag: Tag, codes: Sequence[Code]) -> str:
    """What a tag stands for; a citation that begins a text, or what is marked, without the blank before it."""
    first = before == "" or (isinstance(before, Tag) and before.role == "open")
    written = _written(tag, codes)
    return _cites(tag, codes).lstrip(" \n") or written if first else written


def _written(tag: Tag, codes: Sequence[Code]) -> str:
    code = codes[tag.number - 1]
    return code.closed if tag.role == "close" else code.opened


def filled(outline: Outline, parts: Mapping[tuple[int, int], str], *, notes: bool = True) -> str:
    """The body of a section with other texts in the places of some; `notes`: with the private ones."""
    changes = dict(parts) if notes else {**parts, **dict.fromkeys(outline.notes, "")}
    result, at = [], outline.body
    for (start, end), text in sorted(changes.items()):
        if start >= outline.body:
            result += [outline.source[at:start], text]
            at = end
    return "".join(result) + outline.source[at:]
