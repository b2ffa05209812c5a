"""Places in a source: ", art. 4 (a) and 5, para. 2" behind a source that the text itself names, whose mark
stands behind them.

Abbreviations (art. 4, § 5) are known by their full stop or sign. What is written out is no label of every
word with a number ("since 2016", "of 12 persons"): the files of the languages have those words, and a report
in one language may quote a law by the words of any.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from shadowreport.core.lexicon import Lexicon
from shadowreport.core.phrases import in_han, one_of

NOWHERE: re.Pattern[str] = re.compile(r"(?!)")
_LETTER = r"(?:[ \u00a0]?\((?!(?:19|20)\d\d\))[^\W_]{1,5}\)|[ \u00a0](?:[^\W_]\)|(?:bis|ter)\b))*"  # 4 (a) (ii), 4 a), 4 bis
_NUMBER = rf"\d[\w/–-]*(?:\.\d+)*{_LETTER}"
_ROMAN = rf"(?-i:[IVXLC]+|[ivxlc]+)(?:[–-](?-i:[IVXLC]+|[ivxlc]+))?(?![^\W_])(?:\.\w+)*{_LETTER}"
_NEXT = rf"(?!(?:19|20)\d\d\b){_NUMBER}"  # no year, as in "art. 5 in 2015"
_LABEL = r"(?:[^\W\d_]{1,9}\.|§)[ \u00a0]*"
_LETTERED = r"(?-i:[A-ZА-Я])(?:\.\d+)*(?![^\W_])|[«“][^\W_][»”]"
# a bare number goes on only behind a label of several: §§ 5, 6; pp. 3, 4 and 9; arts. 4, 5
_OF_SEVERAL = r"(?:§§|([^\W\d_])\2\.|[^\W\d_]{2,8}s\.)[ \u00a0]*"
_DIGITS = "[0-9一二三四五六七八九十百零〇]+"
_LISTED = "[（(][0-9a-z一二三四五六七八九十]{1,3}[)）]"


class _Words(NamedTuple):
    """Lists of phrases, as core/phrases.py reads them."""

    before: str  # places that stand before their numbers
    alone: str  # places without one
    behind: str  # places that stand behind them
    joined: str  # what stands between two numbers
    on: str  # that it goes on


def places(lexicon: Lexicon) -> re.Pattern[str]:
    """What finds, behind a source, the comma and the place in it (the first group), in the words of all
    languages that are known."""
    names = ("places", "places_alone", "places_behind", "joined_by", "and_following")
    return _pattern(_Words(*(lexicon.all("references", name) for name in names)))


@cache
def _pattern(words: _Words) -> re.Pattern[str]:
    join = rf"[ \u00a0](?:[^\W\d_]{{1,2}}|(?i:{one_of(words.joined)})|&)[ \u00a0]"
    end = rf"(?=[,.;:)!?،؛؟]|$|{join}|[ \u00a0]\()"
    word = (
        rf"(?:(?i:{one_of(words.before)})[ \u00a0](?:{_NUMBER}|{_ROMAN}|{_LETTERED})"
        rf"|(?i:{one_of(words.alone)}))"
    )
    further = (
        rf"(?:,?{join}(?:{_NEXT}|\([^\W_]{{1,5}}\)|{_ROMAN}(?=[,.;:)]|$))"
        rf"|{join}(?:{word}{end}|(?=[^\W\d_]*[.]){_LABEL}{_NUMBER})"
        rf"|,?[ \u00a0](?=[^\W\d_]*[.])(?=[a-zà-ÿа-я]){_LABEL}"
        rf"(?:{_NUMBER}|{_ROMAN}|\([^\W_]{{1,5}}\)|[^\W\d_](?![\w.])|[«“][^\W_][»”])"
        rf"|[,،][ \u00a0]{word}{end}"
        rf"|[ \u00a0](?:ff?\.|{one_of(words.on)}))"
    )
    several = rf"{_OF_SEVERAL}{_NUMBER}(?:,[ \u00a0]{_NEXT}(?=[,.;:)]|$|{join}\d))*"
    one = (
        rf"{_LABEL}(?:{_NUMBER}|{_ROMAN}|\([^\W_]{{1,5}}\)|[«“][^\W_][»”])|{word}{end}"
        rf"|at[ \u00a0](?:{_LABEL})?\d[\w–-]*(?=[,.;:)]|$)|\d\d?:\d\d(?::\d\d)?"
    )
    others = f"{_behind(words)}|{_in_han(words)}"
    return re.compile(rf"(?:,[ \u00a0]|[，،][ \u00a0]?)((?:{several}|{one}){further}*|{others})")


def _behind(words: _Words) -> str:
    """The number first: 12-баптың 3-тармағы."""
    joined, place = one_of(words.joined), one_of(in_han(words.behind, others=True))
    one = rf"\d+(?:[–-]\d+)?(?:(?:,| {joined}) \d+)*-{place}(?![^\W_])"
    return rf"{one}(?:,? {one})*"


def _in_han(words: _Words) -> str:
    """Without blanks: 第12条第3款."""
    behind, before = one_of(in_han(words.behind)), one_of(in_han(words.before))
    one = rf"(?:第{_DIGITS}(?:[–—、至-]{_DIGITS})*{behind}(?:之{_DIGITS})?|{before}{_DIGITS}|{_LISTED}[项目]?)"
    return rf"{one}+(?:[、和及]{one}+)*"
