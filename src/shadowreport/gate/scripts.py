"""Letters of other scripts by their sounds, as `sound` knows them: Georgian and Armenian letter by letter;
of Arabic and Persian words, which are written without most vowels, the consonants alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product

_GEORGIAN = "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"
_ARMENIAN = "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ"
ALPHABETS = dict(zip(_GEORGIAN, "abgdevztiklmnopzrstupkgkscczcckzk", strict=True)) | dict(
    zip(_ARMENIAN, "abgdezeetzilkckkzgcminsocpzrsvtrcvpkov", strict=True)
)
DIGRAPHS = {"ու": "u", "եւ": "ev"}

_RUN_ON = (
    ("\u0e00", "\u109f"),
    ("\u1100", "\u11ff"),
    ("\u1780", "\u17ff"),
    ("\u3040", "\ud7af"),
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)

_MOST = 24  # readings of one word
_ARABIC: dict[str, tuple[str, ...]] = {
    **dict.fromkeys("اىءئؤعيیےٱ", ("",)),
    **dict.fromkeys("حخكک", ("k",)),
    **dict.fromkeys("شسص", ("s",)),
    **dict.fromkeys("جزژ", ("z",)),
    **dict.fromkeys("تط", ("t",)),
    **dict.fromkeys("ذظض", ("d", "z")),
    **dict(zip("بپدرفلمنغگ", ((letter,) for letter in "bpdrvlmngg"), strict=True)),
    "چ": ("c",),
    "ث": ("t", "s"),
    "ق": ("k", "g"),
    "و": ("", "v"),
    "ه": ("k",),
    "ة": ("", "t", "k"),
}
_AT_THE_END = {"ه": ("", "k")}
_ARTICLE = re.compile("^ال(?=..)")
# what is written together with the word behind it: and, so, with, as, to, and the article
_BEFORE = re.compile("^[وف]?(?:[بك]?ال|لل|[بكل])?(?=...)")
_JOINED = re.compile(r"(?<!\S)(عبد|بن|ابن|أبو|ابو|آل) +")
_VOWELS = str.maketrans("", "", "aeiou")


def is_arabic(word: str) -> bool:
    """Whether a word is of Arabic letters alone, which stand for consonants and long vowels."""
    return bool(word) and all(letter in _ARABIC for letter in word)


def runs_on(word: str) -> bool:
    """Whether a word is of a script without blanks between words, or with endings of any kind right behind
    a name: Chinese, Japanese, Korean (as `clean` leaves it), Thai and its neighbours."""
    return any(first <= letter <= last for letter in word for first, last in _RUN_ON)


def bare(word: str) -> frozenset[str]:
    """An Arabic word, and the same without what is written together with it: والقحطاني, للقحطاني."""
    names = {word, _BEFORE.sub("", word)}
    return frozenset(names | {_ARTICLE.sub("", name) for name in names})


def bones(word: str) -> frozenset[str]:
    """The consonants of an Arabic or Persian word, in each reading, with its article and without it."""
    return frozenset(reading for form in _forms(word) for reading in _readings(form))


def _forms(word: str) -> set[str]:
    # عبدالرحمن is said with the first letter of the second word in the place of the article's
    return {*bare(word), word.replace("عبدال", "عبد")}


def _readings(word: str) -> Iterator[str]:
    parts = [_ARABIC[letter] for letter in word[:-1]]
    parts.append(_AT_THE_END.get(word[-1]) or _ARABIC[word[-1]])
    return islice(map("".join, product(*parts)), _MOST)


def consonants(key: str) -> str:
    """What is left of a key of sounds where vowels are not written."""
    return key.translate(_VOWELS)


def joined(name: str) -> str:
    """A name whose parts are written as one word: عبد الرحمن as عبدالرحمن, as Abdulrahman is."""
    return _JOINED.sub(r"\1", name)
