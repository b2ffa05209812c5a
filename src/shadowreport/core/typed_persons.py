"""The keys of protected persons as somebody may have typed them: what is no reference to a person is printed
as it stands, and tells others whom a report keeps back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from shadowreport.core.persons import MENTION, PERSON
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place

_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# where a reference is none: a link's address with its title, an address in the text
_ADDRESS = re.compile(
    r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?\s*\)"
    r"|\b(?:https?|mailto):[^\s<>\]]+|\bwww\.[^\s<>)\]]+"
)
_JOINT = r"[-\u2010-\u2015\u2212\uff0d_/:.~\\]"  # what may stand in the place of a hyphen


# braces around it are read as well
_REFERENCE = re.compile(MENTION.pattern.replace("@", "@{?", 1))


class Typed(NamedTuple):
    """A key that would be printed: on which line of the text (from 0), as what, and what may be meant."""

    line: int
    text: str
    meant: str


def typed_keys(text: str, known: Collection[str], references: bool = True) -> Iterator[Typed]:
    """Each place of a text that would print the key of a person: a `known` one, or whatever stands behind
    `@person-`. Where no `references` are read, as in values, whole ones are printed too."""
    seen = text if text.isascii() else unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    small = seen.casefold()
    if PERSON not in small:
        return
    addresses = [match.span() for match in _ADDRESS.finditer(small)]
    for match in _pattern(frozenset(known)).finditer(small):
        start, end = match.span()
        in_address = any(first < end and start < last for first, last in addresses)
        if references and not in_address and _is_reference(small, start, text):
            continue
        letters = _letters(match["key"] or "")
        key = next((one for one in known if _letters(one) == letters), "KEY")
        yield Typed(small.count("\n", 0, start), match[0], f"@{PERSON}-{key}")


def printed_key(typed: Typed, place: Place, hint: str = "") -> Diagnostic:
    """What is said of such a key."""
    message = f"'{typed.text}' is printed as it is, though a protected person has this key"
    if typed.meant.endswith("-KEY"):
        message = (
            f"'{typed.text}' is printed as it is, and looks like the key of a protected person"
        )
    return Diagnostic("slip", place, message, hint or f"write {typed.meant}")


@lru_cache(maxsize=16)
def _pattern(known: frozenset[str]) -> re.Pattern[str]:
    """What finds them in small letters: behind an @ whatever parts the two words, else what hardly does
    in a sentence."""
    longest = sorted(known, key=lambda key: (-len(key), key))
    keys = "|".join(key.replace("-", rf"{_JOINT}{{1,2}}") for key in longest) or "(?!)"
    before = rf"(?:@[\W_]{{0,3}}{PERSON}[\W_]{{0,3}}|(?<![^\W_]){PERSON}{_JOINT}{{1,2}})"
    return re.compile(rf"{before}(?P<key>{keys})(?![^\W_])|@{PERSON}{_JOINT}[^\W_][\w-]*")


def _is_reference(small: str, start: int, text: str) -> bool:
    """Whether what begins here is read as a reference to a person."""
    match = _REFERENCE.match(small, start)
    return match is not None and match[0] in text and small[start - 1 : start] != "\\"


def _letters(key: str) -> str:
    return re.sub(r"[\W_]", "", key)
