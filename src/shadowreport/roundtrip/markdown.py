"""Writes what stands in a Word paragraph as Markdown, keeping the source of what was not changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shadowreport.compare.text import BREAK, NOTE, PICTURE
from shadowreport.load.allowed import bad_url
from shadowreport.roundtrip.returned import WordChar
from shadowreport.source.write import escape
from shadowreport.word.ours import anchor_of

_ENDS_KEY = frozenset(" ,;)\u00a0")
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


def write(
    pieces: Sequence[Piece],
    inside: frozenset[str],
    note: Callable[[WordChar], str],
) -> str:
    """The Markdown of some characters. `inside` are the formats already around them, `note` gives
    what a footnote's mark is written as (and remembers its text)."""
    parts: list[str] = []
    at = 0
    while at < len(pieces):
        end = at + 1
        key = _style(pieces[at].char, inside)
        while end < len(pieces) and _style(pieces[end].char, inside) == key:
            end += 1
        parts.append(_styled(key, _plain(pieces[at:end], note)))
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
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
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


def _plain(pieces: Sequence[Piece], note: Callable[[WordChar], str]) -> str:
    parts: list[str] = []
    typed: list[str] = []

    def flush() -> None:
        parts.append(escape("".join(typed)))
        typed.clear()

    last_atom = -1
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if piece.source is not None:
            flush()
            if piece.atom < 0 or piece.atom != last_atom:
                parts.append(piece.source)
            last_atom = piece.atom
        elif piece.char.text == NOTE:
            flush()
            parts.append(note(piece.char))
        elif piece.char.text == BREAK:
            flush()
            parts.append(BREAK)
        elif piece.char.text == PICTURE:
            pass
        elif anchor_of(piece.char.reference):
            flush()
            name = piece.char.reference
            while (
                at + 1 < len(pieces)
                and pieces[at + 1].char.reference == name
                and pieces[at + 1].source is None
            ):
                at += 1
            following = pieces[at + 1].char.text if at + 1 < len(pieces) else " "
            parts.append(
                f"@{anchor_of(name)}" if following in _ENDS_KEY else f"@{{{anchor_of(name)}}}"
            )
        elif piece.char.text == "\n":
            typed.append(" ")
        else:
            typed.append(piece.char.text)
        at += 1
    flush()
    return "".join(parts)
