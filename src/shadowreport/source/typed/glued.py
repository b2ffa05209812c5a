"""References and citations that stand directly beside a letter, as in scripts without blanks between
words and behind abbreviations: `第@par-x段`, `@par-x-тармақ`, `см.@par-x`, `公约的@icerd`.

pandoc takes a sign @ behind a letter for that of an e-mail address, and letters behind a key for a
part of it. The keys of a report have letters a-z and digits alone, so that both can be told. A
letter with an accent belongs to the key as its author typed it, which is told whole: `@par-accès`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from shadowreport.core.numbering import KINDS, is_reference
from shadowreport.source.typed.lines import Edit, Leaf

GLUE = "\U000f0010"  # parts a letter from the sign @ for pandoc alone; no file can hold it
_IN_KEY = "[A-Za-z0-9_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0300-\u036f\u1e00-\u1eff]"
_KEY = re.compile(
    rf"@(?:\{{([^{{}}\s]+)\}}|({_IN_KEY}(?:{_IN_KEY}|[:.#$%&+?~/<>-](?={_IN_KEY}))*))"
)
_GOES_ON = re.compile(
    r"[:.#$%&+?~/<>-]?[^\W_]"
)  # 12-тармақ: a word of another script behind a hyphen
_BEFORE = re.compile(r"(\w)[._+-]?\Z")  # what pandoc takes for the name in an e-mail address
_ELSEWHERE = re.compile(
    r"`+[^`]*`+|https?://\S+|<[^<>\s]+>|\]\([^)\s]*|(?<![A-Za-z0-9.+-])[A-Za-z0-9.+-]+@[\w-]+\.[A-Za-z]\S*"
)


class Beside(NamedTuple):
    """A key beside letters: from where to where it stands with its sign, and whether pandoc has to
    be kept from the letter before it."""

    key: str
    start: int
    end: int
    behind_letter: bool


_CITED = re.compile(r"(?<!\\)\[(?!\^)[^\[\]]*?(?<![\w\\])@[^\[\]]*\](?![(:])")
_SEMICOLON = re.compile(r"(?<!\\);")


def key_beside_letters(text: str, at: int) -> Beside | None:
    """The key behind the sign @ at a place, where letters stand beside it and it is meant all the
    same: a place of the report, or a source behind a letter that is in no address."""
    match = _KEY.match(text, at)
    if not match or text[max(0, at - 1) : at] in ("\\", "@"):
        return None
    key = match[1] or match[2]
    if key in KINDS:  # @par-закон: its name cannot be one, which is told where it stands
        return None
    letter = _BEFORE.search(text, max(0, at - 2), at)
    if not letter:
        goes_on = not match[1] and (_GOES_ON.match(text, match.end()) or not key.isascii())
        return Beside(key, at, match.end(), False) if goes_on else None
    foreign = not letter[1].isascii()
    address = re.search(r"[.][A-Za-z]+\Z", key)
    meant = foreign or is_reference(key)
    return Beside(key, at, match.end(), True) if meant and not address else None


def edits(leaf: Leaf) -> Iterator[Edit]:
    """What pandoc is given so that it reads them as meant."""
    text = leaf.text
    passed = [match.span() for match in _ELSEWHERE.finditer(text)]
    for sign in re.finditer("@", text):
        found = key_beside_letters(text, sign.start())
        if found and not any(start <= found.start < end for start, end in passed):
            place = leaf.at(found.start)
            glue = GLUE if found.behind_letter else ""
            yield Edit(place, place + found.end - found.start, f"{glue}@{{{found.key}}}")
    for at in _within_locators(text):
        if not any(start <= at < end for start, end in passed):
            yield Edit(leaf.at(at), leaf.at(at), "\\")


def locator_before(text: str, start: int, end: int) -> bool:
    """Whether a piece of brackets ends with a key and words behind it, which are its locator."""
    _, sign, piece = text[start:end].rpartition("@")
    return bool(sign and re.search(r"[\s,]\w", piece))


def _within_locators(text: str) -> Iterator[int]:
    """Semicolons in brackets behind which no key stands: what follows belongs to the locator before it."""
    for brackets in _CITED.finditer(text):
        for sign in _SEMICOLON.finditer(text, brackets.start(), brackets.end()):
            behind = text[sign.end() : brackets.end() - 1].partition(";")[0]
            goes_on = behind.strip() and "@" not in behind
            if goes_on and locator_before(text, brackets.start(), sign.start()):
                yield sign.start()
