"""Chinese names in other letters: pinyin of characters, and of pinyin what Wade and Giles and the Russian system of
Palladius make of it."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import islice, product

from shadowreport.gate.fold import fold

_MOST = 24  # readings of one name
# family names of two characters; all others are one
_TWO = frozenset(
    [
        "欧阳",
        "司马",
        "诸葛",
        "上官",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "夏侯",
        "东方",
        "西门",
        "南宫",
        "端木",
        "司徒",
        "司空",
        "轩辕",
        "长孙",
        "宇文",
        "百里",
        "呼延",
        "独孤",
        "拓跋",
    ]
)
_ROUND = str.maketrans("üǖǘǚǜ", "vvvvv")  # as people type it who have no such letter
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
# initials with what Wade and Giles and Palladius write for them; marks of breath are left out by all who type
_INITIALS = {
    **{one: (one, other) for one, other in zip("mfnlh", "мфнлх", strict=True)},
    **{"b": ("p", "б"), "p": ("p", "п"), "d": ("t", "д"), "t": ("t", "т"), "g": ("k", "г")},
    **{"k": ("k", "к"), "j": ("ch", "цз"), "q": ("ch", "ц"), "x": ("hs", "с"), "r": ("j", "ж")},
    **{"zh": ("ch", "чж"), "ch": ("ch", "ч"), "sh": ("sh", "ш"), "z": ("ts", "цз")},
    **{"c": ("ts", "ц"), "s": ("s", "с")},
}
_FINALS = {
    **{"a": ("a", "а"), "ai": ("ai", "ай"), "an": ("an", "ань"), "ang": ("ang", "ан")},
    **{"ao": ("ao", "ао"), "e": ("e", "э"), "ei": ("ei", "эй"), "en": ("en", "энь")},
    **{"eng": ("eng", "эн"), "i": ("i", "и"), "ia": ("ia", "я"), "ian": ("ien", "янь")},
    **{"iang": ("iang", "ян"), "iao": ("iao", "яо"), "ie": ("ieh", "е"), "in": ("in", "инь")},
    **{"ing": ("ing", "ин"), "iong": ("iung", "юн"), "iu": ("iu", "ю"), "o": ("o", "о")},
    **{"ong": ("ung", "ун"), "ou": ("ou", "оу"), "u": ("u", "у"), "ua": ("ua", "уа")},
    **{"uai": ("uai", "уай"), "uan": ("uan", "уань"), "uang": ("uang", "уан"), "ui": ("ui", "уй")},
    **{"un": ("un", "унь"), "uo": ("o", "о"), "ue": ("ueh", "юэ"), "ve": ("ueh", "юэ")},
    **{"v": ("u", "юй")},
}
_WHOLE = {  # syllables without an initial, and those that are written otherwise than their parts
    **{"a": ("a", "а"), "ai": ("ai", "ай"), "an": ("an", "ань"), "ang": ("ang", "ан")},
    **{"ao": ("ao", "ао"), "e": ("o", "э"), "ei": ("ei", "эй"), "en": ("en", "энь")},
    **{"er": ("erh", "эр"), "ou": ("ou", "оу"), "yi": ("i", "и"), "ya": ("ya", "я")},
    **{"yan": ("yen", "янь"), "yang": ("yang", "ян"), "yao": ("yao", "яо"), "ye": ("yeh", "е")},
    **{"yin": ("yin", "инь"), "ying": ("ying", "ин"), "yong": ("yung", "юн"), "you": ("yu", "ю")},
    **{"yu": ("yu", "юй"), "yue": ("yueh", "юэ"), "yuan": ("yuan", "юань"), "yun": ("yun", "юнь")},
    **{"wa": ("wa", "ва"), "wai": ("wai", "вай"), "wan": ("wan", "вань"), "wang": ("wang", "ван")},
    **{"wei": ("wei", "вэй"), "wen": ("wen", "вэнь"), "weng": ("weng", "вэн"), "wo": ("wo", "во")},
    **{"wu": ("wu", "у"), "zhi": ("chih", "чжи"), "chi": ("chih", "чи"), "shi": ("shih", "ши")},
    **{"ri": ("jih", "жи"), "zi": ("tzu", "цзы"), "ci": ("tzu", "цы"), "si": ("ssu", "сы")},
    **{"ge": ("ko", "гэ"), "ke": ("ko", "кэ"), "he": ("ho", "хэ"), "gui": ("kuei", "гуй")},
    **{"kui": ("kuei", "куй"), "hui": ("hui", "хуэй"), "guo": ("kuo", "го"), "kuo": ("kuo", "ко")},
    **{"huo": ("huo", "хо"), "shuo": ("shuo", "шо")},
    **{
        f"{one}u": (f"{two}u", f"{three}юй")
        for one, two, three in zip("jqx", ("ch", "ch", "hs"), ("цз", "ц", "с"), strict=True)
    },
    **{
        f"{one}uan": (f"{two}uan", f"{three}юань")
        for one, two, three in zip("jqx", ("ch", "ch", "hs"), ("цз", "ц", "с"), strict=True)
    },
    **{
        f"{one}un": (f"{two}un", f"{three}юнь")
        for one, two, three in zip("jqx", ("ch", "ch", "hs"), ("цз", "ц", "с"), strict=True)
    },
}
SYLLABLES: dict[str, tuple[str, str]] = {
    initial + final: (first[0] + last[0], first[1] + last[1])
    for initial, first in _INITIALS.items()
    for final, last in _FINALS.items()
} | _WHOLE
_LONGEST = max(map(len, SYLLABLES))


def other_writings(name: str) -> Iterator[str]:
    """A Chinese name as others write it, from characters with a comma behind the family name."""
    if _HAN.search(name):
        for read in _pinyin(fold(name)):
            yield from (read, read.replace("v", "u"), *_romanized(read))
    else:
        typed = unicodedata.normalize("NFC", name.lower()).translate(_ROUND)
        yield from _romanized(fold(typed))


def _pinyin(name: str) -> Iterator[str]:
    """The readings of a name in characters."""
    signs = _HAN.findall(name)
    if len(signs) == 1:
        whole = signs[0]
        size = 2 if whole[:2] in _TWO and len(whole) > 2 else 1
        signs = [whole[:size], whole[size:]]
    if len(signs) == 2 and all(signs):
        family, given = (list(_readings(part)) for part in signs)
        for one, other in islice(product(family, given), _MOST):
            yield f"{one}, {other}"


@cache
def _readings(signs: str) -> tuple[str, ...]:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # names are none, and they take memory
    from pypinyin import Style, pinyin  # most registers hold no such name

    read = pinyin(list(signs), style=Style.NORMAL, heteronym=True, v_to_u=False)
    return tuple(dict.fromkeys(map("".join, islice(product(*read), _MOST))))


def _romanized(name: str) -> Iterator[str]:
    """What two other systems make of a name in pinyin; nothing where it is none."""
    words = [re.sub(r"[^a-z]", "", word) for word in name.split()]
    parted = [_parted(word) for word in words]
    sizes = sorted(map(len, parted))
    if len(words) != 2 or not all(parted) or sizes[0] > 2 or sizes[1] > 2:
        return
    for system in (0, 1):
        one, other = ("".join(SYLLABLES[part][system] for part in parts) for parts in parted)
        yield f"{one}, {other}" if "," in name else f"{one} {other}"


def _parted(word: str) -> list[str]:
    """A word as syllables of pinyin; empty where it is not made of them."""
    if not word:
        return []
    for size in range(min(_LONGEST, len(word)), 0, -1):
        if word[:size] in SYLLABLES:
            rest = _parted(word[size:])
            if rest or size == len(word):
                return [word[:size], *rest]
    return []
