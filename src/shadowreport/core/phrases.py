"""Lists of words and phrases as the files of languages, committees and States write them.

A list is one text with commas between its phrases. In a phrase `*` stands for any letters, `(a|b)`
for one of several, `[a|b]` for what may be missing; a space for any white space, an apostrophe for
either kind. What begins with a small letter is also found with a capital. No phrase can make a
search slow: nothing in it repeats but letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

NEVER = r"(?!)"
_OPTIONAL_FIRST = re.compile(r"^\[([^\[\]]*)\] ")
_OPTIONAL = re.compile(r" \[([^\[\]]*)\]")
_SIGNS = {
    **{"(": "(?:", ")": ")", "[": "(?:", "]": ")?", "|": "|"},
    **{" ": r"\s+", "'": "['’]", "’": "['’]"},
}
_TOKEN = re.compile(r"\*+|.", re.DOTALL)
_MAY_BE_MISSING = re.compile(r"\[[^\[\]]*\]")
_ONE_OF_SEVERAL = re.compile(r"\(([^()]*)\)")
_UNCERTAIN = re.compile(r"[*'’]+")


def phrases(text: str) -> list[str]:
    """The phrases of a list."""
    return [phrase for part in text.split(",") if (phrase := part.strip())]


def words(*texts: str) -> frozenset[str]:
    """The phrases of lists as a set, for looking up what stands there as it is."""
    return frozenset(phrase for text in texts for phrase in phrases(text))


@cache
def one_of(*texts: str) -> str:
    """A regular expression that finds any phrase of lists; nothing where all are empty.

    What must stand at the edges of phrases is written once for all that share it, which is compiled
    and searched faster.
    """
    found: dict[tuple[str, str], dict[str, None]] = {}
    for text in texts:
        for phrase in phrases(text):
            start, source, end = _source(phrase)
            found.setdefault((start, end), {})[source] = None
    groups = [f"{start}(?:{'|'.join(same)}){end}" for (start, end), same in found.items()]
    return f"(?:{'|'.join(groups)})" if groups else NEVER


def may_hold(level: str, text: str) -> bool:
    """Whether a text may hold a phrase of a list, both `levelled` or neither: all that one of them cannot be without
    stands in it, somewhere. A quick answer; where it is no, no search finds anything."""
    return any(
        all(any(piece in level for piece in pieces) for pieces in needed)
        for needed in _needed(text)
    )


@cache
def _needed(text: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """For each phrase of a list the pieces that it cannot be without, each as one of several."""
    return tuple(tuple(_sure(phrase)) for phrase in phrases(text))


def _sure(phrase: str) -> Iterator[tuple[str, ...]]:
    for nth, part in enumerate(_ONE_OF_SEVERAL.split(_MAY_BE_MISSING.sub("*", phrase))):
        if nth % 2:  # what stood in round brackets
            yield tuple(max(_UNCERTAIN.split(one), key=len) for one in part.split("|"))
        else:
            yield from ((piece.strip(),) for piece in _UNCERTAIN.split(part))


@lru_cache(maxsize=8)  # several lists are asked for in one text
def levelled(text: str) -> str:
    """A text, or a list of phrases, without capital letters, as a search that does not ask for them has it, and with one blank for any."""
    return " ".join(text.casefold().replace("i\u0307", "i").split())


def in_han(text: str, *, others: bool = False) -> str:
    """The phrases of a list that are written in Chinese characters, or the others."""
    return joined(phrase for phrase in phrases(text) if _is_han(phrase[0]) != others)


def broken(text: str) -> str:
    """The first phrase of a list whose brackets do not fit; empty where all are right."""
    return next((phrase for phrase in phrases(text) if not _compiles(phrase)), "")


@cache
def pattern(texts: tuple[str, ...], flags: int = 0) -> re.Pattern[str]:
    """What `one_of` gives, compiled."""
    return re.compile(one_of(*texts), flags)


def joined(texts: Iterable[str]) -> str:
    """Several lists as one."""
    return ", ".join(filter(None, texts))


def _source(phrase: str) -> tuple[str, str, str]:
    """The regular expression of a phrase, with what must stand before and behind it."""
    phrase = _OPTIONAL.sub(r"[ (\1)]", _OPTIONAL_FIRST.sub(r"[(\1) ]", phrase))
    tokens = _TOKEN.findall(phrase)
    first, last = tokens[0], tokens[-1]
    start = r"\b" if (first.isalnum() and not _is_han(first)) or first in "([" else ""
    end = "" if last[0] == "*" or _is_han(last) else r"(?!(?<=\w)\w)"  # not inside of a word
    return start, "".join(_pieces(tokens)), end


def _is_han(sign: str) -> bool:
    """Whether a sign is one of Chinese, where nothing shows the edges of words."""
    return sign[0] >= "\u2e80" and unicodedata.east_asian_width(sign[0]) == "W"


def _pieces(tokens: Iterable[str]) -> Iterator[str]:
    """A regular expression for each token; a small letter that can be the first is found in both cases."""
    begins, around = True, 0  # in so many brackets that stand at the very beginning
    for token in tokens:
        if token in ("(", "["):
            around += begins
        elif token == "|":
            begins = around > 0
        elif token in (")", "]"):
            begins = around > 0 and token == "]"
            around -= around > 0
        elif begins and token.islower():
            begins = False
            yield f"[{token.upper()}{token}]"
            continue
        else:
            begins = False
        yield r"\w*" if token[0] == "*" else _SIGNS.get(token) or re.escape(token)


def _compiles(phrase: str) -> bool:
    try:
        re.compile("".join(_source(phrase)))
    except re.error:
        return False
    return True
