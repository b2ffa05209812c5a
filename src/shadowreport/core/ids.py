"""What an id may be."""

from __future__ import annotations

import re

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
