"""What an id may be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MAX_ID = 36  # Word's bookmarks have 40 characters, four of which say what they name
WITHHELD = "withheld"  # what the public edition calls a thing that it withholds, with a number
_GIVEN = re.compile(rf"{WITHHELD}-\d+")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_withheld(identifier: str) -> bool:
    """Whether it is an id of the program, which the public edition gives to what it withholds."""
    return _GIVEN.fullmatch(identifier) is not None


def bad_id(identifier: str) -> str:
    """Why a word cannot be an id; empty where it can."""
    if not _ID.fullmatch(identifier):
        return "an id is made of lower-case letters a-z, digits and single hyphens"
    if is_withheld(identifier):
        return "ids like this are given by the program, to what the public edition withholds"
    return f"an id has at most {MAX_ID} characters" if len(identifier) > MAX_ID else ""


def possible(known: Iterable[str]) -> list[str]:
    """Those that can be ids, with their kind before them or without: no others are proposed to anybody."""
    return [word for word in known if _ID.fullmatch(word)]


def is_told(word: str, known: Iterable[str]) -> bool:
    """Whether a word means one of those that cannot be ids, which is told where it stands, and is
    right or half right once that is mended."""
    return any(_plain(word) == _plain(key) for key in known if not _ID.fullmatch(key))


def _plain(word: str) -> str:
    """A word without capitals and accents, its signs as hyphens; letters of any script stay apart."""
    letters = unicodedata.normalize("NFKD", word.lower())
    bare = "".join(char for char in letters if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", "-", bare).strip("-")
