"""What is the same for a reader is the same for the search: marks on letters, capital letters, wide
and mathematical letters, characters that nobody sees, letters of another alphabet that look alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

# a word; apostrophes and signs for a soft letter stand in the middle of many romanized names
SOFT = "['’‘ʻʼʹʺ`´′″·\"“”]"
WORD = re.compile(rf"[^\W\d_]+(?:{SOFT}[^\W\d_]+)*")
_BETWEEN = re.compile(r"[\W_]+")


# the vowels of Indian scripts are marks, too; the last are bytes of a file's name that are no text
_UNSEEN = frozenset(("Mn", "Mc", "Me", "Cf", "Cs"))
_BLANK = frozenset("\u115f\u1160\u3164\uffa0")  # letters of Hangul that show nothing
_BLANK |= {"\u0640"}  # and the line that stretches an Arabic word


# letters without a decomposition that people write without their stroke
_PLAIN: dict[int, str] = str.maketrans(
    dict(zip("ıłøđħŧŋəʻĸ", "ilodhtnaʼk", strict=True))
    | {"æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
    # small capitals, and letters that were made for tags
    | dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True))
)
_FOLDED = _PLAIN | dict.fromkeys(map(ord, SOFT[1:-1]), "")
_FIRST_OF_CHINESE = "\u3400"
_FEW = 40  # characters of a text that are replaced one by one more quickly than all at once
_TAGS = {0xE0000 + code: chr(code) for code in range(0x20, 0x7F)}
# letters in black and on flags, of which Unicode does not say which they are
_TAGS |= {
    first + nth: chr(0x41 + nth) for first in (0x1F150, 0x1F170, 0x1F1E6) for nth in range(26)
}


def clean(text: str) -> str:
    """A text without marks and unseen characters and with Western digits, in which capital letters are
    still capital."""
    if text.isascii():
        return text
    found = set(text)  # asked for once: it takes as long as all that follows
    text = unicodedata.normalize("NFKD", _changed(text, found, _TAGS))
    found = set(unicodedata.normalize("NFKD", _changed("".join(found), found, _TAGS)))
    others = {char: _cleaned(char) for char in found if char > "\x7f"}
    return _changed(text, found, {ord(char): to for char, to in others.items() if to != char})


def _changed(text: str, chars: Collection[str], table: Mapping[int, str]) -> str:
    """What `translate` gives, of which most texts hold a few letters and many are long: those are replaced alone.
    `chars` are those of the text."""
    found = [char for char in chars if ord(char) in table]
    if len(found) > _FEW:
        return text.translate(table)
    for char in found:
        text = text.replace(char, table[ord(char)])
    return text


@lru_cache(maxsize=1 << 16)
def _cleaned(char: str) -> str:
    """What `clean` leaves of a character."""
    if char in _BLANK or unicodedata.category(char) in _UNSEEN:
        return ""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return _simplified(char) if char >= _FIRST_OF_CHINESE else char


@cache
def _simplified(char: str) -> str:
    """The simplified form of a Chinese character, of a traditional or a Japanese one."""
    to_traditional, to_simplified = _converters()
    return to_simplified.convert(to_traditional.convert(char))


@cache
def _converters() -> tuple[Any, Any]:
    from opencc import OpenCC  # most reports hold no such character

    return OpenCC("jp2t"), OpenCC("t2s")


def fold(text: str) -> str:
    """The same without capital letters and apostrophes: what two spellings of a word share."""
    return folded(clean(text))


def folded(word: str) -> str:
    """The same of a word that `clean` has seen."""
    return word.casefold().translate(_FOLDED)


def squeezed(text: str) -> str:
    """Nothing but the letters and digits of a text that `clean` has seen."""
    text = text.casefold()
    if not text.isascii():
        text = _changed(text, set(text), _PLAIN)
    return _BETWEEN.sub("", text)


def words(text: str) -> Iterator[str]:
    """The words of a text that `clean` has seen."""
    return iter(WORD.findall(text))


# letters that are typed for each other in the number of a case
_CYRILLIC, _LATIN = "авекмнорстухАВЕКМНОРСТУХ", "abekmhopctyxABEKMHOPCTYX"
LIKE_LATIN = str.maketrans(_CYRILLIC, _LATIN)
LIKE_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)

# alike in most fonts beyond those of Unicode's table, which has none for the small ones
_ALSO = ("кk", "тt", "мm", "вb", "нh", "пn", "иu", "гr", "яr", "эe", "ёe", "йu", "ьb", "ӏl")
_DIGITS = str.maketrans("0134568$@", "oleasbbsa")


@cache
def _alike() -> dict[int, str]:
    """The representative of each letter that looks like another."""
    from confusable_homoglyphs.confusables import confusables_data

    group: dict[str, str] = {}

    def first(char: str) -> str:
        while group.get(char, char) != char:
            char = group[char]
        return char

    pairs = [
        (char, other["c"])
        for char, others in confusables_data.items()
        for other in others
        if len(char) == 1 and len(other["c"]) == 1
    ]
    for one, other in (*pairs, *((pair[0], pair[1]) for pair in _ALSO)):
        one, other = sorted((first(one), first(other)))
        group[other] = one
    return {ord(char): first(char) for char in group}


def shapes(word: str) -> set[str]:
    """How a word looks in small and in capital letters, whatever alphabet its letters are of."""
    small = word.lower().translate(_DIGITS)
    return {small.translate(_alike()), small.upper().translate(_alike())}
