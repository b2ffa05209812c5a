"""The codes of States: ISO 3166's of three letters, as symbols of the United Nations have them, and the
names that go with them in each language, as Unicode's CLDR knows both."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.core import get_global

_WITHDRAWN = frozenset(
    ("BUR", "DDR", "FXX", "TMP", "YMD", "ZAR")
)  # of States that have another one now


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
