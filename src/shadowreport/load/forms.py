"""What a text is made of where a schema has a pattern for it, in words, and the nearest that would fit."""

from __future__ import annotations

import re

from babel import Locale
from babel.core import UnknownLocaleError

from shadowreport.machine.toolkit import templates
from shadowreport.source.ids import near_id

_ID = "lower-case letters a-z, digits and single hyphens between them"
_DEVICES = r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$)"
_CODE = "a language has a code of small letters, such as fr or pt-BR"
_LANGUAGES = ("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "^[a-z]{2,3}$")
_MADE_OF = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": _ID,
    f"^{_DEVICES}[a-z0-9]+(-[a-z0-9]+)*$": _ID,
    "^[a-z][a-z0-9]*(-[a-z0-9]+)*$": f"{_ID}, with a letter before all",
    "^[a-z]+(-[a-z]+)*$": "lower-case letters a-z and single hyphens between them",
    "^[A-Za-z0-9-]+$": "letters A-Z and a-z, digits and hyphens",
    "^[A-Za-z0-9_][A-Za-z0-9_:.#$%&+?<>~/-]*$": "letters A-Z and a-z, digits and signs such as - _ . : /, without blanks and accents",
    r"^\d{4}-\d{2}-\d{2}$": "a year, a month and a day: 2026-05-31",
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "a year, a month and a day: 2026-05-31",
}


def wanted(pattern: str, value: str) -> str:
    """What is to be written in the place of a value that a pattern does not fit."""
    if pattern in _LANGUAGES:
        code = _language(value, pattern)
        return f"did you mean '{code}'?" if code else f"{_CODE}; known: {', '.join(_known())}"
    tries = (value.strip(), value.lower(), value.upper(), near_id(value))
    near = next((word for word in tries if word != value and re.search(pattern, word)), "")
    meant = f"did you mean '{near}'?" if near else ""
    if pattern not in _MADE_OF:
        return meant
    made_of = f"t is made of {_MADE_OF[pattern]}"
    return f"{meant} I{made_of}" if meant else f"i{made_of}"


def _known() -> list[str]:
    """The codes of the languages that come with the toolkit."""
    return sorted(path.stem for path in (templates() / "languages").glob("*.yaml"))


def _language(value: str, pattern: str) -> str:
    """The code of a language that is called by its name, in its own language or another, or whose code
    is written otherwise: fr of français, French, FR and fr_FR."""
    called = value.strip().casefold()
    codes = _known()
    language, *more = value.strip().replace("_", "-").split("-")
    code = "-".join((language.lower(), *more))
    if language.lower() in codes and re.search(pattern, code):
        return code
    for speaker in codes:
        names = _names(speaker)
        found = next((code for code in codes if names.get(code, "").casefold() == called), "")
        if found:
            return found
    return ""


def _names(code: str) -> dict[str, str]:
    try:
        return dict(Locale.parse(code, sep="-").languages)
    except (UnknownLocaleError, ValueError):
        return {}
