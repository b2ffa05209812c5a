"""What every reader gives: the blocks of a document in reading order, whatever the file was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from shadowreport.core.report import Place
from shadowreport.core.spacing import is_wide
from shadowreport.machine.files import hidden

_SOFT = re.compile("\u00ad(?!$)")
_ROOM = re.compile(r"(?<=\S)\s+(?=(\S))")
_IN_BRACKETS = re.compile(r"(?<=\()\s+|\s+(?=\))")
_BLANKS = re.compile(r"[\s\u00a0\u2000-\u200b\u202f]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a paragraph with the number typed before it. `heading` where a style says so."""

    text: str
    place: Place
    bold: bool = False
    heading: bool = False
    notes: tuple[str, ...] = ()
    table: bool = False
    doubts: tuple[str, ...] = ()  # what was not understood of it


def closed(text: str) -> str:
    """A printed text without the room that a program leaves between Chinese signs and figures, and inside of
    brackets."""
    text = _IN_BRACKETS.sub("", text)
    return _ROOM.sub(lambda room: "" if _wide(text[room.start() - 1], room[1]) else " ", text)


def _wide(before: str, after: str) -> bool:
    """Whether no blank is written between two signs: both are Chinese ones, or one is a figure."""
    both = before + after
    wide = [is_wide(sign) for sign in both]
    return len(both) > 1 and (all(wide) or (any(wide) and any(map(str.isdigit, both))))


def plain(text: str) -> str:
    """A text on one line, without signs that nobody sees; a soft hyphen at its end cuts a word."""
    text = _SOFT.sub("", _BLANKS.sub(" ", text).strip())
    return "".join(letter for letter in text if not hidden(letter)) if hidden(text) else text


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a document, and whether its program cut words at the ends of lines: one of those that it
    cut stands whole elsewhere."""

    words: frozenset[str]
    cuts: bool = True


def vocabulary(lines: Sequence[str]) -> Vocabulary:
    """The words that lines have; the halves of a word at the end of a line and the beginning of the next are
    none."""
    found: set[str] = set()
    cut = None
    for line in lines:
        begins = _BEGINS.match(line) if cut else None
        cut = _CUT.search(line)
        whole = line[begins.end() if begins else 0 : cut.start() if cut else len(line)]
        found.update(word.lower() for word in _WORD.findall(whole))
    words = frozenset(found)
    ends = ((_CUT.search(line), _BEGINS.match(after)) for line, after in pairwise(lines))
    cuts = any(
        before and after and (before["part"] + after[0]).lower() in words for before, after in ends
    )
    return Vocabulary(words, cuts)


def joined(lines: Iterable[str], known: Vocabulary) -> str:
    """Lines as one text. A word that was cut at a line's end is whole again; a hyphen that belongs to
    it stays, as the other words of the document show."""
    text = ""
    for line in lines:
        before, after = _CUT.search(text), _BEGINS.match(line)
        if before and after:
            text = text[: before.start("hyphen")] + _hyphen(before, after[0], known) + line
        elif (_GOES_ON.search(text) and line[:1].isalnum()) or _wide(text[-1:], line[:1]):
            text += line
        else:
            text = f"{text} {line}"
    return plain(text)


_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HYPHENED = (
    frozenset(  # they take a hyphen before whatever follows: non-discrimination, seventy-first
        [
            "non",
            "self",
            "anti",
            "twenty",
            "thirty",
            "forty",
            "fifty",
            "sixty",
            "seventy",
            "eighty",
            "ninety",
        ]
    )
)
_CUT = re.compile(r"(?P<part>[^\W\d_]+)(?P<hyphen>[-\u00ad\u2010\x02\ufffe])$")
_GOES_ON = re.compile(r"[^\W\d_]/$|\d[-–]$")  # CERD/ C/KAZ, 2019– 2021
_BEGINS = re.compile(r"[^\W\d_]+")


def _hyphen(before: re.Match[str], after: str, known: Vocabulary) -> str:
    one, other, words = before["part"].lower(), after.lower(), known.words
    if one + other in words or (before["hyphen"] == "\u00ad" and after.islower()):
        return ""
    whole = f"{one}-{other}" in words or other in words or one in _HYPHENED
    keeps = whole or not known.cuts or not after.islower()
    return "-" if keeps else ""
