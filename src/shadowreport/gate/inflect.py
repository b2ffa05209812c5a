"""The forms of a name in Russian, and the endings behind a name in other languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from shadowreport.gate.fold import fold
from shadowreport.machine.toolkit import templates
from shadowreport.source.yaml import read_private_yaml

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

_RUSSIAN = re.compile("[а-яё-]+", re.IGNORECASE)
_SURE = 0.05  # of what pymorphy3 thinks that a word may be


@cache
def _analyzer() -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


# how Russian texts write the Cyrillic letters of other languages
_RUSSIFIED = str.maketrans("әғқңөұүһі", "агкноуухи")


def russian_forms(word: str) -> set[str]:
    """Every form of a word in Russian, whatever kind of name or noun it is; of one in another language as
    Russian texts write it."""
    russian = word.lower().translate(_RUSSIFIED)
    if not _RUSSIAN.fullmatch(russian):
        return set()
    parses = [
        parse for parse in _analyzer().parse(russian) if "nomn" in parse.tag or "Fixd" in parse.tag
    ]
    nouns = [parse for parse in parses if {"NOUN", "ADJF"} & set(parse.tag.grammemes)]
    return {
        russian,
        *(form.word for parse in nouns for form in parse.lexeme if "COMP" not in form.tag),
    }


def is_russian_word(word: str) -> bool:
    """Whether a Russian word means something besides a person."""
    if not _RUSSIAN.fullmatch(word):
        return False
    names = {"Surn", "Name", "Patr", "Init"}
    return any(
        parse.is_known
        and parse.score > _SURE
        and not names & set(parse.tag.grammemes)
        and ("nomn" in parse.tag or "ADJS" in parse.tag)
        for parse in _analyzer().parse(word)
    )


def is_given_name(word: str) -> bool:
    """Whether Russian knows a word as a given name and as no family name."""
    if not _RUSSIAN.fullmatch(word):
        return False
    tags = [
        parse.tag for parse in _analyzer().parse(word) if parse.is_known and "nomn" in parse.tag
    ]
    return any("Name" in tag for tag in tags) and not any("Surn" in tag for tag in tags)


# --- endings ------------------------------------------------------------------------------------
_FILE = "endings.yaml"


@cache
def _endings(*languages: str) -> re.Pattern[str]:
    """What may stand behind a stem in some languages, as `fold` leaves it."""
    text = (templates() / _FILE).read_text("utf-8")
    data = read_private_yaml(text, _FILE).data
    return re.compile("|".join("".join(map(_optional, data[code])) for code in languages))


def _optional(endings: str) -> str:
    return f"(?:{'|'.join(sorted(fold(endings).split(), key=len, reverse=True))})?"


_OTHER_ENDING = 3  # letters, in languages of which nothing is known here
_LONG = 4
# a vowel that is dropped before endings: Журавель, Журавля
_FLEETING = re.compile(r"([а-я]{2,}[бвгджзклмнпрстфхцчшщ])[ео]([кнлцр])ь?")

_FLEETING_GEORGIAN = re.compile("([ა-ჰ]{3,})[აეო]([ლრნმ])ი")


def stems(folded: str) -> Iterator[str]:
    """What of a folded name stays in front of its endings."""
    if len(folded) < _LONG:
        return
    yield folded
    if folded[-1] in "аяеоуьиыіიეა" and len(folded) > _LONG:
        yield folded[:-1]
    if folded[-2:] in ("ыи", "ии", "ои", "ая", "яя") and len(folded) > _LONG + 1:
        yield folded[:-2]
    fleeting = _FLEETING.fullmatch(folded) or _FLEETING_GEORGIAN.fullmatch(folded)
    if fleeting:
        yield fleeting[1] + fleeting[2]
    voiced = {"к": "г", "қ": "ғ", "п": "б"}.get(folded[-1])
    if voiced:
        yield folded[:-1] + voiced


def is_ending(ending: str, stem: str) -> bool:
    """Whether some letters may stand behind the stem of a name."""
    if stem.isascii():
        return bool(_endings("latin").fullmatch(ending))
    if "\u0400" <= stem[-1] <= "\u052f":
        return bool(_endings("ru", "kk").fullmatch(ending))
    return len(ending) <= _OTHER_ENDING
