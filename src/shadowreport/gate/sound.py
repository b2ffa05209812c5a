"""A key that all ways of writing a name in Latin and Cyrillic letters share.

Latin letters are read in several ways (`ch` is ч, х or ш; `j` is ж or й), so that a word has several
keys. What people drop or confuse has one sound: ш and с, ж and з, к, қ and х; й, ы, и and і; the glide
in я, ю, е. Doubled letters count once.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, product

from shadowreport.gate.fold import SOFT, fold
from shadowreport.gate.scripts import ALPHABETS, DIGRAPHS

_MOST = 24  # readings of one word
_HARD = (
    "G"  # г of Ukrainian and Belarusian, which Latin letters have as h; g is another sound to them
)

# longest first; each with the sounds it may stand for
_LATIN = {
    **dict.fromkeys(("schtsch", "shtsh", "shch", "szcz", "chtch", "stch", "stsch"), ("s",)),
    **dict.fromkeys(("shh", "sc", "scz", "sts"), ("s", "sk", "sts")),
    **dict.fromkeys(("tsch", "tch", "tsh"), ("c", "tc")),
    **dict.fromkeys(("sh", "sz"), ("s",)),
    **dict.fromkeys(("dzh", "dsch", "dj", "zh"), ("z",)),
    "dz": ("z", "dz"),
    "dh": ("d", "z", "dk"),
    "sch": ("s", "sc", "z"),  # the last as Germans write ж, and z for ц
    "z": ("z", "c"),
    "ts": ("c", "ts"),
    "tc": ("c", "tk", "tc"),
    "tz": ("c", "tz"),
    "tzh": ("tz",),
    "ch": ("c", "k", "s", "ck"),
    "ck": ("k", "ck"),
    **{f"c{vowel}": tuple(f"{sound}{vowel}" for sound in "kczs") for vowel in "ei"},
    "kh": ("k",),
    "gh": ("g",),
    "ph": ("v",),
    "th": ("t",),
    "ng": ("ng", "n"),
    "ou": ("u",),
    "oo": ("u",),
    "ee": ("i", "e"),
    "eh": ("e", "ek"),
    "jj": ("i",),
    "gui": ("gi", "gui"),
    "gue": ("ge", "gue"),
    "ine": ("in", "ine"),
    "oe": ("o", "oe"),
    "ae": ("a", "ae"),
    "ue": ("u", "ue"),
    "cz": ("c", "cz"),
    "c": ("k", "c", "z"),
    "xh": ("z",),
    "j": ("z", "i"),
    "w": ("v", "u"),
    "x": ("k", "ks"),
    "f": ("v",),
    "h": ("k", _HARD),
    "q": ("k", "g"),
    "y": ("i",),
}
_RUSSIAN = [*"abvgdezziiklmnoprstuvkccss", "", "i", "", "e", "iu", "ia"]
_CYRILLIC = dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюя", _RUSSIAN, strict=True)) | dict(
    zip("әғқңөұүһіёўҳҷӣӯґєї", "agknouukieukziugei", strict=True)
)
_OTHERS = re.compile("|".join(map(re.escape, (*DIGRAPHS, *ALPHABETS))))
# letters that a romanization left as they were
_LEFT = str.maketrans(
    _CYRILLIC | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "tch", "ш": "sh", "щ": "shch"}
)
_TOKENS = re.compile("|".join(sorted(_LATIN, key=len, reverse=True)) + "|.", re.DOTALL)
_GLIDE = re.compile("i+(?=[aeou])")
_AGAIN = re.compile(r"(.)\1+")


@cache
def sounds(word: str) -> frozenset[str]:
    """The keys of a folded word of Latin or Cyrillic letters; none of any other."""
    letters = [_CYRILLIC.get(letter) for letter in word]
    if None not in letters:
        said = "".join(map(str, letters))
        # дж is one letter, j, in many languages, with the sound that ж has here
        ways = {said, said.replace("dz", "z")} if "дж" in word else {said}
        return frozenset(_key(way.replace("g", g)) for way in ways for g in ("g", _HARD))
    others = _OTHERS.sub(lambda match: DIGRAPHS.get(match[0]) or ALPHABETS[match[0]], word)
    if others != word and others.isascii():
        return frozenset({_key(others)})
    latin = word if word.isascii() else word.translate(_LEFT)
    if not latin.isascii():
        return frozenset()
    parts = [_LATIN.get(token, (token,)) for token in _TOKENS.findall(latin)]
    return frozenset(_key("".join(choice)) for choice in islice(product(*parts), _MOST))


def _key(sound: str) -> str:
    return _AGAIN.sub(r"\1", _GLIDE.sub("", _AGAIN.sub(r"\1", sound)))


_TOLD = re.compile(f"ə|o{SOFT}")  # letters of Latin alphabets that others hear in two ways
_HEARD_AS = {"ə": "ae", "o": "ou"}


def heard(word: str, plain: str) -> frozenset[str]:
    """The sounds of a word whose folded form is `plain`, with each way of hearing its letters."""
    small = word.lower()
    told = _TOLD.findall(small)
    if not told:
        return sounds(plain)
    parts = _TOLD.split(small)
    ways = islice(product(*(_HEARD_AS[letter[0]] for letter in told)), _MOST)
    others = ("".join(map("".join, zip(parts, (*way, ""), strict=True))) for way in ways)
    return sounds(plain).union(*(sounds(fold(other)) for other in others))


_SPELLINGS = (  # letters that are heard, or written in one Latin alphabet, in another way
    *(
        ("ё", "о"),
        ("ә", "е"),
        ("ә", "ае"),
        ("ң", "нг"),
        ("у", "и"),
        ("ү", "и"),
        ("ө", "у"),
        ("ю", "и"),
    ),
    *(("ў", "о"), ("ю", "о"), ("дз", "з"), ("ыр", "р"), ("ош", "аш"), ("аш", "ош")),
    ("yo", "ye"),  # ё, which is typed е
    *(("дж", "ж"), ("һ", "г"), ("қ", "г"), ("ы", "у"), ("ц", "с"), ("іле", "ле"), ("ыры", "ри")),
)
_VARIANTS = 24


def sounds_of_name(word: str, folded: str) -> frozenset[str]:
    """The keys by which a name is looked for: those of its other spellings too."""
    variants = [word.lower()]
    for one, other in _SPELLINGS:
        variants += [variant.replace(one, other) for variant in variants if one in variant]
    other = (heard(variant, fold(variant)) for variant in variants[:_VARIANTS])
    return sounds(folded).union(*other)
