"""A day, such as that of somebody's birth, in the ways in which it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from babel import Locale
from babel.core import UnknownLocaleError

# in whose languages a day is looked for beside those of the person's names: those of the United Nations
_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
_TYPED = re.compile(r"(?:(\d{1,2})[./-](\d{1,2})[./-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2}))")


def day_of(text: str) -> date | None:
    """The day that a text of the register is, the day before the month; None where it is something else."""
    match = _TYPED.fullmatch(text.strip())
    if not match:
        return None
    day, month, year, *iso = match.groups()
    parts = (year, month, day) if year else iso
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def written(day: date, languages: Iterable[str]) -> Iterator[list[str]]:
    """The parts of a day in every order, in digits and in the words of languages."""
    year, days, months = (
        str(day.year),
        {str(day.day), f"{day.day:02}"},
        {str(day.month), f"{day.month:02}"},
    )
    for one in days:
        for other in months:
            yield from ([one, other, year], [year, other, one])
            if day.day > 12:  # else it is another day in most of the world
                yield [other, one, year]
            yield from ([year, "年", other, "月", one, end] for end in "日号號")
    yield [f"{day.day:02}", f"{day.month:02}", str(day.year)[2:]]
    for month in {name for code in (*_LANGUAGES, *languages) for name in _months(code, day)}:
        for one in days:
            yield from ([one, month, year], [month, one, year], [year, month, one])
            yield from (
                [f"{one}{ending}", month, year] for ending in ("st", "nd", "rd", "th", "er")
            )
            yield from ([month, f"{one}{ending}", year] for ending in ("st", "nd", "rd", "th"))
            yield [one, "de", month, "de", year]


def _months(code: str, day: date) -> Iterator[str]:
    try:
        kinds = Locale(code).months
    except (UnknownLocaleError, ValueError):
        return
    for kind in kinds.values():
        for width in ("wide", "abbreviated"):
            name = kind.get(width, {}).get(day.month, "").rstrip(".")
            if name and not name.isdigit() and name[-1] != "月":
                yield name
