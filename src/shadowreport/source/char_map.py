"""Follows pandoc's inlines through the source, so that each character knows where it was written.

pandoc's AST has no positions. But it holds the words in the order of the source, so one cursor that
skips the markup between them finds them all; where it does not, the leaf is `Lost` and never edited.
"""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from shadowreport.compare.text import NOTE, PICTURE
from shadowreport.core.ast import plain
from shadowreport.core.numbering import NOWHERE, is_reference
from shadowreport.core.report import Inline
from shadowreport.source.leaf import Char, Leaf, Printing, Wrap
from shadowreport.source.note_marks import CITATION, COMMA, EDGE, moved

_BREAK = re.compile(r"(?:\\?[ \t]*\n[ \t]*(?:>[ \t]?)*[ \t]*|[ \t]+)")
_ENTITY = re.compile(r"&#?\w+;")
_SMART = {
    "“": ('"',),
    "”": ('"',),
    "‘": ("'",),
    "’": ("'",),
    "–": ("--",),
    "—": ("---",),
    "…": ("...",),
    "\u00a0": ("\\ ", " ", "\n"),
    "\u202f": ("\\ ", " ", "\n"),
}
_OPEN = {
    "Emph": re.compile(r"[*_]"),
    "Strong": re.compile(r"\*\*|__"),
    "Strikeout": re.compile(r"~~"),
    "Superscript": re.compile(r"\^"),
    "Subscript": re.compile(r"~"),
    "Underline": re.compile(r"\["),
    "SmallCaps": re.compile(r"\["),
    "Span": re.compile(r"\["),
}
_CLOSE_ATTRIBUTES = re.compile(r"\]\{[^}]*\}")
_CLOSE_LINK = re.compile(
    r"\]\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)(?:\{[^}]*\})?|\]\[[^\]]*\]|\]"
)
_IMAGE = re.compile(r"!\[(?:[^\[\]\\]|\\.|\[[^\]]*\])*\](?:\([^)]*\)|\[[^\]]*\])?(?:\{[^}]*\})?")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\]")


class LostError(Exception):
    """The source does not read as expected here."""


class InlineReader:
    """Reads inlines at a cursor."""

    def __init__(self, source: str, printing: Printing) -> None:
        self.source = source
        self.labels = printing.labels
        self.quotes = printing.quotes
        self.places = printing.places
        self.at = 0
        self.leaf = Leaf("other", 0)
        self.named = ""  # the source that the text has just named, as it is written
        self.notes: list[tuple[str, Any]] = []  # labels of the notes met, content
        self.inner: list[tuple[int, Any]] = []  # offsets of the notes met that have none, content

    def read(self, inlines: list[Inline], leaf: Leaf) -> None:
        """Fills the leaf's stream from the cursor on. Raises LostError."""
        self.leaf = leaf
        self._all(inlines)
        leaf.end = self.at
        _set_marks(leaf)

    def _all(self, inlines: list[Inline]) -> None:
        rest = deque(inlines)
        while rest:
            inline = rest.popleft()
            handler = _HANDLERS.get(inline["t"])
            if handler is None:
                raise LostError(inline["t"])
            handler(self, inline)
            if self.named:
                self._mark_of_named(rest)

    def _add(self, text: str, start: int, atom: str = "") -> None:
        for character in text:
            self.leaf.chars.append(Char(character, start, self.at, self.at, atom))

    def _str(self, inline: Inline) -> None:
        for character in inline["c"]:
            if character == " ":
                self._space(inline)
                continue
            start = self.at
            self.at = self._character(character)
            self._add(character, start)

    def _character(self, character: str) -> int:
        """Where the source goes on after a character that a reader sees."""
        source, at = self.source, self.at
        for written in ("\\" + character, character, *_SMART.get(character, ())):
            if source.startswith(written, at):
                return at + len(written)
        entity = _ENTITY.match(source, at)
        if entity and html.unescape(entity[0]) == character:
            return entity.end()
        raise LostError(f"{character!r} at {at}")

    def _space(self, _inline: Inline) -> None:
        match = _BREAK.match(self.source, self.at)
        if not match:
            raise LostError(f"a space at {self.at}")
        start, self.at = self.at, match.end()
        self._add(" ", start)

    def _line_break(self, _inline: Inline) -> None:
        match = _BREAK.match(self.source, self.at)
        if not match:
            raise LostError(f"a line break at {self.at}")
        start, self.at = self.at, match.end()
        self._add("\n", start)

    def _take(self, pattern: re.Pattern[str], at_least: str = "") -> re.Match[str]:
        match = pattern.match(self.source, self.at)
        if not match:
            raise LostError(f"{at_least or pattern.pattern} at {self.at}")
        self.at = match.end()
        return match

    def _styled(self, inline: Inline) -> None:
        name = inline["t"]
        inlines = inline["c"][1] if name == "Span" else inline["c"]
        attributes = name in ("Underline", "SmallCaps", "Span")
        start, first = self.at, len(self.leaf.chars)
        opened = self._take(_OPEN[name])[0]
        inner = self.at
        self._all(inlines)
        inner_end = self.at
        self._take(_CLOSE_ATTRIBUTES if attributes else re.compile(re.escape(opened)))
        self._wrap(name, start, first, inner, inner_end)

    def _wrap(self, name: str, start: int, first: int, inner: int, inner_end: int) -> None:
        last = len(self.leaf.chars)
        self.leaf.wraps.append(Wrap(name, start, self.at, first, last, inner, inner_end))

    def _quoted(self, inline: Inline) -> None:
        kind, inlines = inline["c"]
        first = 0 if kind["t"] == "DoubleQuote" else 2
        self._quote(self.quotes[first])
        self._all(inlines)
        self._quote(self.quotes[first + 1])

    def _quote(self, shown: str) -> None:
        start = self.at
        if self.source[start : start + 1] not in tuple("\"'“”‘’«»„‚‹›"):
            raise LostError(f"a quotation mark at {start}")
        self.at += 1
        self._add(shown, start)

    def _link(self, inline: Inline) -> None:
        _, inlines, _ = inline["c"]
        start, first = self.at, len(self.leaf.chars)
        automatic = self.source.startswith("<", start)
        self._take(re.compile("<" if automatic else r"\["))
        inner = self.at
        self._all(inlines)
        inner_end = self.at
        self._take(re.compile(">") if automatic else _CLOSE_LINK)
        self._wrap("Autolink" if automatic else "Link", start, first, inner, inner_end)

    def _image(self, _inline: Inline) -> None:
        start = self.at
        self._take(_IMAGE)
        self._add(PICTURE, start, "picture")

    def _note(self, inline: Inline) -> None:
        start = self.at
        mark = _NOTE_MARK.match(self.source, start)
        if mark:
            self.at = mark.end()
            self.notes.append((mark[1], inline["c"]))
            self._add(NOTE, start, f"note {mark[1]}")
            return
        if not self.source.startswith("^[", start):
            raise LostError(f"a footnote at {start}")
        self.at = _closing(self.source, start + 1)
        self.inner.append((start, inline["c"]))
        self._add(NOTE, start, f"inline-note {start}")

    def _cite(self, inline: Inline) -> None:
        citations, shown = inline["c"]
        keys = [item["citationId"] for item in citations]
        start = self.at
        if self.source.startswith("[", start):
            self.at = _closing(self.source, start)
        else:
            self._take(re.compile(r"-?@\{?" + re.escape(keys[0]) + r"\}?"))
            if len(keys) > 1 and is_reference(keys[0]) and not any(map(is_reference, keys[1:])):
                self._reference_and_sources(keys[0], start)
                return
            if citations[0]["citationSuffix"] or len(keys) > 1:
                self._take(re.compile(r"\s*"))
                self.at = _closing(self.source, self.at)
        references = [key for key in keys if is_reference(key)]
        if references and len(references) < len(keys):
            raise LostError("references and sources in one citation")
        if not references and citations[0]["citationMode"]["t"] == "AuthorInText":
            self.named = self.source[start : self.at]
            name = self.labels[keys[0]].text if keys[0] in self.labels else keys[0]
            self._add(name, start, f"ref {keys[0]}")
            return
        if not references:
            self._add(NOTE, start, f"cite {self.source[start : self.at]}")
            return
        if any(item["citationPrefix"] or item["citationSuffix"] for item in citations):
            raise LostError(plain(shown))
        texts = [self._printed(key) for key in keys]
        self._add(", ".join(texts), start, "ref " + " ".join(keys))

    def _printed(self, key: str) -> str:
        """What a reference prints, or the name of a source."""
        if key in self.labels:
            return self.labels[key].text
        return NOWHERE if is_reference(key) else key

    def _mark_of_named(self, rest: deque[Inline]) -> None:
        """The mark of a source that the text names stands behind its locator, and has no source."""
        name, self.named = self.named, ""
        words = rest[0]["c"] if rest and rest[0]["t"] == "Str" else ""
        locator = self.places.match(words)
        if locator:
            self._str({"c": locator[0]})
            rest[0] = {"t": "Str", "c": words[locator.end() :]}
        self._add(NOTE, self.at, f"cite {name}")

    def _reference_and_sources(self, key: str, start: int) -> None:
        """`@tbl-x [@source]`, which pandoc reads as one citation of two things."""
        self._add(self._printed(key), start, f"ref {key}")
        if not self.source.startswith("[", self.at):
            self._space({})
        start, self.at = self.at, _closing(self.source, self.at)
        self._add(NOTE, start, f"cite {self.source[start : self.at]}")


def _closing(source: str, at: int) -> int:
    """Behind the bracket that closes the one at a place."""
    depth = 0
    while at < len(source):
        if source[at] == "\\":
            at += 1
        elif source[at] == "[":
            depth += 1
        elif source[at] == "]":
            depth -= 1
            if not depth:
                return at + 1
        at += 1
    raise LostError("a bracket that is never closed")


@dataclass(frozen=True, slots=True)
class _Edge:
    """Where a wrap of the leaf begins or ends."""

    wrap: int
    opens: bool


def _set_marks(leaf: Leaf) -> None:
    """Puts the marks of citations where they are printed, with what is generated between two."""
    row: list[Char | _Edge] = []
    for at, char in enumerate([*leaf.chars, None]):
        row += [_Edge(nth, False) for nth, wrap in enumerate(leaf.wraps) if wrap.last == at]
        row += [_Edge(nth, True) for nth, wrap in enumerate(leaf.wraps) if wrap.first == at]
        row += [char] if char else []
    leaf.chars, leaf.wraps = _without_edges(_with_commas(moved(row, _said, _settled)), leaf.wraps)


def _said(item: Char | _Edge) -> str:
    if isinstance(item, _Edge):
        return EDGE
    return CITATION if item.atom.startswith("cite") else item.text


def _settled(run: Sequence[Char | _Edge], before: Sequence[Char | _Edge]) -> list[Char | _Edge]:
    """A citation owns the space before it; what is added goes behind the punctuation."""
    result: list[Char | _Edge] = []
    start = -1
    behind = before[-1].after if before and isinstance(before[-1], Char) else -1
    for item in (*before, *run):
        if not isinstance(item, Char):
            continue
        if item.text == " ":
            start = item.start
            continue
        own = replace(item, after=behind) if behind >= 0 else item
        result.append(replace(own, start=start) if start >= 0 else own)
        start = -1
    return result


def _with_commas(row: Sequence[Char | _Edge]) -> list[Char | _Edge]:
    """Two marks, with nothing but edges between them, are parted by a comma that has no source."""
    result: list[Char | _Edge] = []
    last: Char | None = None
    place = 0  # behind the last character and the wraps that end there
    for item in row:
        if isinstance(item, Char):
            if last and last.text == item.text == NOTE:
                here = last.after
                result.insert(place, Char(COMMA, here, here, here, "generated"))
            last = item
        result.append(item)
        place = place if isinstance(item, _Edge) and item.opens else len(result)
    return result


def _without_edges(
    row: Sequence[Char | _Edge], wraps: Sequence[Wrap]
) -> tuple[list[Char], list[Wrap]]:
    chars: list[Char] = []
    places: dict[_Edge, int] = {}
    for item in row:
        if isinstance(item, Char):
            chars.append(item)
        else:
            places[item] = len(chars)
    moved_wraps = [
        replace(wrap, first=places[_Edge(nth, True)], last=places[_Edge(nth, False)])
        for nth, wrap in enumerate(wraps)
    ]
    return chars, moved_wraps


_HANDLERS: dict[str, Callable[[InlineReader, Inline], None]] = {
    "Str": InlineReader._str,
    "Space": InlineReader._space,
    "SoftBreak": InlineReader._space,
    "LineBreak": InlineReader._line_break,
    "Quoted": InlineReader._quoted,
    "Link": InlineReader._link,
    "Image": InlineReader._image,
    "Note": InlineReader._note,
    "Cite": InlineReader._cite,
    **dict.fromkeys(_OPEN, InlineReader._styled),
}
