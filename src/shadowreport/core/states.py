"""The codes of States: ISO 3166's of three letters, as symbols of the United Nations have them, and the
names that go with them in each language, as Unicode's CLDR knows both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale
from babel.core import get_global

_WITHDRAWN = frozenset(
    ("BUR", "DDR", "FXX", "TMP", "YMD", "ZAR")
)  # of States that have another one now


_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_ENDING = re.compile(r"(?<=\w{3})[аеиоуыэюяйь]{1,2}$")


def name_of(code: str, locale: str) -> str:
    """What a State is called in a language; empty for a code that is none."""
    short = _short().get(code, "")
    return Locale.parse(locale).territories.get(short, "") if short else ""


def code_of(name: str, locale: str) -> str:
    """The code of a State by its name in a language; empty where it is not known by that name."""
    shorts = {short: code for code, short in _short().items()}
    territories = Locale.parse(locale).territories
    return next(
        (shorts[key] for key, known in territories.items() if known == name and key in shorts), ""
    )


@cache
def _short() -> dict[str, str]:
    """CLDR's own codes of two letters by those of three."""
    aliases = get_global("territory_aliases")
    return {
        code: shorts[0]
        for code, shorts in aliases.items()
        if len(code) == 3 and code.isalpha() and len(shorts) == 1 and code not in _WITHDRAWN
    }


def states_named(text: str, locale: str) -> list[str]:
    """The codes of the States that a text names in a language, once for each time. Names in Cyrillic letters
    may have another ending there."""
    names = _names(locale)
    found = (match[0] for match in _pattern(locale).finditer(text))
    return [names.get(name) or _by_stem(name, names) for name in found]


def _by_stem(word: str, names: Mapping[str, str]) -> str:
    return next(code for name, code in names.items() if word.startswith(_stem(name)))


@cache
def _names(locale: str) -> dict[str, str]:
    """Codes by names, the longest first: Niger stands in Nigeria."""
    territories = Locale.parse(locale).territories
    known = {territories[short]: code for code, short in _short().items() if short in territories}
    return dict(sorted(known.items(), key=lambda item: -len(item[0])))


@cache
def _pattern(locale: str) -> re.Pattern[str]:
    names = (
        re.escape(_stem(name)) + (r"\w{0,4}" if _CYRILLIC.search(name) else "")
        for name in _names(locale)
    )
    return re.compile(rf"\b(?:{'|'.join(names)})\b")


def _stem(name: str) -> str:
    """A name without the ending that changes from sentence to sentence."""
    return _ENDING.sub("", name) if _CYRILLIC.search(name) else name
