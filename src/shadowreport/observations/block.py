"""What every reader gives: the blocks of a document in reading order, whatever the file was."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from shadowreport.core.report import Place
from shadowreport.machine.files import hidden

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


def plain(text: str) -> str:
    """A text on one line, without signs that nobody sees."""
    text = _BLANKS.sub(" ", text.replace("\u00ad", "")).strip()
    return "".join(letter for letter in text if not hidden(letter)) if hidden(text) else text


def joined(lines: Iterable[str], words: frozenset[str]) -> str:
    """Lines as one text. A word that was cut at a line's end is whole again; a hyphen that belongs to
    it stays, as the other `words` of the document show."""
    text = ""
    for line in lines:
        before, after = _CUT.search(text), _BEGINS.match(line)
        if before and after:
            text = text[: before.start("hyphen")] + _hyphen(before, after[0], words) + line
        else:
            text = f"{text} {line}"
    return plain(text)


_CUT = re.compile(r"(?P<part>[^\W\d_]+)(?P<hyphen>[-\u00ad\u2010\x02\ufffe])$")
_BEGINS = re.compile(r"[^\W\d_]+")


def _hyphen(before: re.Match[str], after: str, words: frozenset[str]) -> str:
    one, other = before["part"].lower(), after.lower()
    if one + other in words or (before["hyphen"] not in "-\u2010" and after.islower()):
        return ""
    keeps = f"{one}-{other}" in words or other in words or not after.islower()
    return "-" if keeps else ""
