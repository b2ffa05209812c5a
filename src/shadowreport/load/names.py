"""Words that are names as well, from the toolkit and from what Babel knows of countries and calendars."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel import Locale
from babel.core import UnknownLocaleError

from shadowreport.gate.fold import clean, fold, words
from shadowreport.machine.files import MAX_REFERENCES, read_text
from shadowreport.machine.toolkit import template
from shadowreport.source.yaml import read_yaml

_FILE = "names.yaml"


def common_words(project: Path) -> frozenset[str]:
    """The words that tell of nobody, folded. Raises Failure where the project's own list is wrong."""
    text = read_text(template(project, _FILE), f"templates/{_FILE}", MAX_REFERENCES)
    lists = read_yaml(text, f"templates/{_FILE}").data
    own = [word for found in lists.values() for word in str(found).split()]
    own += [f"{word}s" for word in own]
    return frozenset(map(fold, own)).union(*(words_of_locale(code) for code in ("en", "ru")))


def words_of_locale(code: str) -> frozenset[str]:
    """The words of the names of countries, languages, months and days in a language, folded;
    none of one that Babel does not know."""
    return frozenset(fold(word) for name in _of_locale(code) for word in words(clean(name)))


@cache
def names_of_locale(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """The same names: those of one word, folded, and those of several as they are written. A word of these,
    such as Pedro of San Pedro y Miquelón, may be anybody's name."""
    found = {name: list(words(clean(name))) for name in _of_locale(code)}
    single = {fold(first) for first, *more in filter(None, found.values()) if not more}
    return frozenset(single), frozenset(name for name, parts in found.items() if len(parts) > 1)


def small_months(code: str) -> frozenset[str]:
    """The months and days of a language that writes them small, folded: with a capital letter such a word may be a name."""
    return frozenset(fold(name) for name in _calendar(code) if name.islower())


def _of_locale(code: str) -> Iterator[str]:
    try:
        locale = Locale(code)
    except UnknownLocaleError:
        return
    yield from (*locale.territories.values(), *locale.languages.values(), *_calendar(code))


def _calendar(code: str) -> Iterator[str]:
    try:
        locale = Locale(code)
    except UnknownLocaleError:
        return
    for kind in (locale.months, locale.days):
        yield from (name for names in kind.values() for name in names["wide"].values())
