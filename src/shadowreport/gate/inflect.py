"""The forms of a name in Russian, and the endings that Russian and Kazakh put behind a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

_RUSSIAN = re.compile("[а-яё-]+", re.IGNORECASE)
_SURE = 0.05  # of what pymorphy3 thinks that a word may be


@cache
def _analyzer() -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


# how Russian texts write the letters of Kazakh
_RUSSIFIED = str.maketrans("әғқңөұүһі", "агкноуухи")


def russian_forms(word: str) -> set[str]:
    """Every form of a word in Russian, whatever kind of name or noun it is; of a Kazakh one as Russian
    texts write it."""
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
# as `fold` leaves them: й is и, ё is е

_RU = """а я у ю ом ем е ы и ов ев еи ам ям ами ями ах ях ои ею ою ь ью ым им ых их ыми ими ого его
ому ему ая яя ую юю ое ее ые ие ыи ии ию ия ием иеи ович овна"""
_PLURAL = "лар|лер|дар|дер|тар|тер"
_OWNED = "ымыз|іміз|мыз|міз|ыңыз|іңіз|ңыз|ңіз|ым|ім|ың|ің|сы|сі|ы|і|м|ң"
_CASE = """ның нің дың дің тың тің ға ге қа ке на не а е ны ні ды ді ты ті н да де та те нда нде
дан ден тан тен нан нен мен бен пен"""
_MORE = """нікі дікі тікі ндағы ндегі дағы дегі тағы тегі ша ше дай дей даи деи таи теи сыз сіз лық лік
дық дік тық тік лы лі мын мін бын бін пын пін сың сің шы ші шыл"""


def _one_of(text: str) -> str:
    return "|".join(sorted(text.split(), key=len, reverse=True))


_ENDINGS = re.compile(
    f"(?:{_one_of(_RU)})|(?:{_PLURAL})?(?:{_OWNED})?(?:{_one_of(_CASE)})?(?:{_one_of(_MORE)})?"
)
_LATIN_ENDINGS = re.compile(
    "s|es|a|u|e|y|om|ym|oi|oy|oj|yh|ykh|ym[iy]|skaya|aya"
    "|(?:[dlt][ae]r)?(?:[ndt][iyıu]ng?|[gğqk][ae]|[dtn][iyı]|[dt][ae]n?|n[ae]n|[mbp]en)?"
)
_OTHER_ENDING = 3  # letters, in languages of which nothing is known here
_LONG = 4


def stems(folded: str) -> Iterator[str]:
    """What of a folded name stays in front of its endings."""
    if len(folded) < _LONG:
        return
    yield folded
    if folded[-1] in "аяеоуьиыі" and len(folded) > _LONG:
        yield folded[:-1]
    if folded[-2:] in ("ыи", "ии", "ои", "ая", "яя") and len(folded) > _LONG + 1:
        yield folded[:-2]
    voiced = {"к": "г", "қ": "ғ", "п": "б"}.get(folded[-1])
    if voiced:
        yield folded[:-1] + voiced


def is_ending(ending: str, stem: str) -> bool:
    """Whether some letters may stand behind the stem of a name."""
    if stem.isascii():
        return bool(_LATIN_ENDINGS.fullmatch(ending))
    if "\u0400" <= stem[-1] <= "\u052f":
        return bool(_ENDINGS.fullmatch(ending))
    return len(ending) <= _OTHER_ENDING
