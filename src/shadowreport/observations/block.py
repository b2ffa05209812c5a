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
    """Whether no blank is written between two signs: both are Chinese ones, or one is a figure, or the second
    one a bracket."""
    both = before + after
    if after == "(" and before.isalpha() and is_wide(before):
        return True
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


def joined(lines: Iterable[str], known: Vocabulary) -> tuple[str, tuple[str, ...]]:
    """Lines as one text. A word that was cut at a line's end is whole again; a hyphen that belongs to
    it stays, as the other words of the document show. Behind it, the words of which they show the contrary
    as well."""
    text, doubts = "", list[str]()
    for line in lines:
        before, after = _CUT.search(text), _BEGINS.match(line)
        if before and after:
            hyphen, sure = _hyphen(before, after[0], known)
            doubts += [] if sure else [_GUESSED.format(before["part"], hyphen, after[0])]
            text = text[: before.start("hyphen")] + hyphen + line
        elif (_GOES_ON.search(text) and line[:1].isalnum()) or _wide(text[-1:], line[:1]):
            text += line
        else:
            text = f"{text} {line}"
    return plain(text), tuple(doubts)


_GUESSED = (
    "a word that was cut at a line's end stands nowhere else, and may have a hyphen or none: {}{}{}"
)
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
            "северо",
            "юго",
        ]
    )
)
_STEM, _ENDING = 4, 2  # letters that a word keeps, and that its ending has
_SHORT = 3  # letters that are a word by chance
_CUT = re.compile(r"(?P<part>[^\W\d_]+)(?P<hyphen>[-\u00ad\u2010\x02\ufffe])$")
_GOES_ON = re.compile(r"[^\W\d_]/$|\d[-–]$")  # CERD/ C/KAZ, 2019– 2021
_BEGINS = re.compile(r"[^\W\d_]+")


def _hyphen(before: re.Match[str], after: str, known: Vocabulary) -> tuple[str, bool]:
    """The hyphen between the halves of a word, or none, and whether nothing speaks for the contrary."""
    one, other, words = before["part"].lower(), after.lower(), known.words
    inside = after.islower() or (len(after) > 1 and after.isupper() and before["part"].isupper())
    if one + other in words or (before["hyphen"] == "\u00ad" and inside):
        return "", True
    if one in _HYPHENED or _alike(one, other, words):
        return "-", True
    halves = one in words, other in words
    keeps = (halves[1] and (halves[0] or len(other) > _SHORT)) or not known.cuts or not inside
    return ("-", all(halves) or not inside) if keeps else ("", not all(halves))


def _alike(one: str, other: str, words: frozenset[str]) -> bool:
    """Whether a word with a hyphen has the same halves, or these with other endings."""
    if f"{one}-{other}" in words:
        return True
    stems = one[: max(_STEM, len(one) - _ENDING)], other[: max(_STEM, len(other) - _ENDING)]
    compounds = (word.split("-", 1) for word in words if "-" in word)
    return any(a.startswith(stems[0]) and b.startswith(stems[1]) for a, b in compounds)
