"""Writes what stands in a Word paragraph as Markdown, keeping the source of what was not changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from shadowreport.compare.text import BREAK, NOTE, PICTURE
from shadowreport.load.allowed import bad_url
from shadowreport.roundtrip.returned import WordChar
from shadowreport.source.write import escape
from shadowreport.word.ours import anchor_of

_ENDS_KEY = frozenset(" ,;)\u00a0")
_NO_BEGINNING = ",;:. \u00a0"  # of emphasis that begins behind a word: it would not be one
_PUT_BEFORE_NUMBERS = "\u00a0"  # by a build, which keeps "paragraph" and its number together
_IN_ADDRESS = str.maketrans({" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E"})
_MARKS = {
    "bold": ("**", "**"),
    "italic": ("*", "*"),
    "strike": ("~~", "~~"),
    "superscript": ("^", "^"),
    "subscript": ("~", "~"),
    "underline": ("[", "]{.underline}"),
    "small_caps": ("[", "]{.smallcaps}"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A character to write: as Word shows it, and its source where it has one. What has no text
    (a mark of ours) has an empty source."""

    char: WordChar
    source: str | None = None
    atom: int = -1  # pieces of one atom carry one number, and are written once


@dataclass(frozen=True, slots=True)
class Marks:
    """`note` gives what a footnote's mark is written as (and remembers its text); `ranges` the
    anchor that two numbers stand for, by the bookmarks that they lead to."""

    note: Callable[[WordChar], str]
    ranges: Mapping[tuple[str, str], str] = field(default_factory=dict)


def write(pieces: Sequence[Piece], inside: frozenset[str], marks: Marks) -> str:
    """The Markdown of some characters. `inside` are the formats already around them."""
    parts: list[str] = []
    at = 0
    while at < len(pieces):
        end = at + 1
        key = _style(pieces[at].char, inside)
        while end < len(pieces) and _style(pieces[end].char, inside) == key:
            end += 1
        parts.append(_styled(key, _plain(pieces[at:end], marks)))
        at = end
    return "".join(parts)


Style = tuple[frozenset[str], str]


def _style(char: WordChar, inside: frozenset[str]) -> Style:
    link = char.link if char.link and "link" not in inside and not bad_url(char.link) else ""
    return frozenset(char.formats) - inside, link


def _styled(style: Style, text: str) -> str:
    formats, link = style
    core = text.strip()
    if not core or (not formats and not link):
        return text
    tail = text[len(text.rstrip()) :]
    core = core.lstrip(_NO_BEGINNING) if formats and not link else core
    if not core.strip():
        return text
    lead = text[: len(text.rstrip()) - len(core)]
    for name in _MARKS:
        if name in formats:
            opening, closing = _MARKS[name]
            if name in ("superscript", "subscript"):
                core = core.replace(" ", "\\ ")
            core = f"{opening}{core}{closing}"
    if link and core == escape(link):
        core = f"<{link}>"
    elif link:
        core = f"[{core}]({link.translate(_IN_ADDRESS)})"
    return lead + core + tail


def _reference(pieces: Sequence[Piece], at: int, marks: Marks) -> tuple[str, int]:
    """What a reference is written as, and where its last character stands."""
    name = pieces[at].char.reference
    end = _end_of_number(pieces, at)
    dash = end + 2 < len(pieces) and pieces[end + 1].char.text in ("–", "-")
    key = marks.ranges.get((name, pieces[end + 2].char.reference)) if dash else None
    if key:
        end = _end_of_number(pieces, end + 2)
    key = key or anchor_of(name)
    following = pieces[end + 1].char.text if end + 1 < len(pieces) else " "
    return f"@{key}" if following in _ENDS_KEY else f"@{{{key}}}", end


def _end_of_number(pieces: Sequence[Piece], at: int) -> int:
    name = pieces[at].char.reference
    while (
        at + 1 < len(pieces)
        and pieces[at + 1].char.reference == name
        and pieces[at + 1].source is None
    ):
        at += 1
    return at


def _plain(pieces: Sequence[Piece], marks: Marks) -> str:
    parts: list[str] = []
    typed: list[str] = []

    def flush(before: str = "") -> None:
        if before.startswith("@") and typed[-1:] == ["-"]:  # "-@key" means something else
            typed[-1] = "–"
        parts.append(escape("".join(typed)))
        typed.clear()

    last_atom = -1
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if piece.source is not None:
            flush(piece.source)
            if piece.atom < 0 or piece.atom != last_atom:
                parts.append(piece.source)
            last_atom = piece.atom
        elif piece.char.text == NOTE:
            flush()
            parts.append(marks.note(piece.char))
        elif piece.char.text == BREAK:
            flush()
            parts.append(BREAK)
        elif piece.char.text == PICTURE:
            pass
        elif anchor_of(piece.char.reference):
            if typed and typed[-1] == _PUT_BEFORE_NUMBERS:
                typed[-1] = " "
            flush("@")
            text, at = _reference(pieces, at, marks)
            parts.append(text)
        elif piece.char.text == "\n":
            typed.append(" ")
        else:
            typed.append(piece.char.text)
        at += 1
    flush()
    return "".join(parts)
