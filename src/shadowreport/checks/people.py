"""Checks that protect people: details by which somebody may be recognised.

Seen in real reports: initials together with a profession and a town; a name in the address of a
news article, while the text gives initials only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from shadowreport.checks.prose import Passage, bodies
from shadowreport.core.lexicon import Speech
from shadowreport.core.phrases import one_of, pattern, words
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report

_INITIALS = re.compile(
    r"(?<![\w.])([A-ZА-ЯЁ])\.[ \u00a0]?([A-ZА-ЯЁ])\.(?:[ \u00a0]?([A-ZА-ЯЁ])\.)?(?![ \u00a0]?[A-ZА-ЯЁ][a-zа-яё]|\w)"
)
_LETTERS_OF = {  # capital and small letters by script
    "latin": ("A-ZÀ-ÖØ-Þ", "a-zß-öø-ÿ"),
    "cyrillic": ("\u0400-\u042f", "\u0430-\u045f"),
    "greek": ("Α-ΫΆ-Ώ", "α-ώ"),
}
_AROUND = 160  # characters on each side: about a sentence


def recognisable(report: Report) -> Iterator[Diagnostic]:
    """Initials with profession and place: whoever lives there knows who is meant."""
    profession = pattern(report.speech.check("professions"), re.IGNORECASE)
    patterns = list(places_of(report))
    for passage in bodies(report):
        initials = list(_initials(passage, report.speech))
        # both are looked for once in the whole text, which may hold thousands of initials
        professions = list(profession.finditer(passage.text)) if initials else []
        places = found(patterns, passage.text) if professions else []
        for match in initials if places else ():
            near = around(passage.text, match.start(), match.end())
            who, where = _first(professions, *near), _first(places, *near)
            if who and where:
                message = (
                    f"initials ({match[0]}), a profession ({who[0]}) and a place "
                    f"({where[1]}) stand together: a person may be recognised"
                )
                hint = "leave one of them out, unless the person has agreed"
                yield passage.problem("identifying-details", match.start(), message, hint)


def places_of(report: Report) -> Iterator[re.Pattern[str]]:
    """What finds the name of a place, in each language of a report."""
    speech = report.speech
    none = one_of(*speech.check("no_place"), speech.country.no_place)
    for language in speech.languages():
        capital, small = _LETTERS_OF.get(language.script, _LETTERS_OF["latin"])
        word = rf"(?!{none}|{re.escape(report.state)})[{capital}][{small}]"
        before, behind = language.check("before_place"), language.check("behind_place")
        name = rf"({word}{{2,}}(?:[- ][{capital}][{small}]+)*)"
        yield re.compile(rf"{one_of(before)}\s*{name}")
        yield re.compile(rf"\b({word}{{3,}})(?= {one_of(behind)})")


def found(patterns: list[re.Pattern[str]], text: str) -> list[re.Match[str]]:
    found = (match for pattern in patterns for match in pattern.finditer(text))
    return sorted(found, key=lambda match: match.start())


def _first(matches: list[re.Match[str]], start: int, end: int) -> re.Match[str] | None:
    """The first of the matches, which are in order, that lies between two places."""
    index = bisect_left(matches, start, key=lambda match: match.start())
    found = matches[index] if index < len(matches) else None
    return found if found and found.end() <= end else None


def _initials(passage: Passage, speech: Speech) -> Iterator[re.Match[str]]:
    nobody = words(*speech.check("no_person"), speech.country.no_person)
    company = re.compile(
        rf"(?:{one_of(*speech.check('company'))}|&)\s+(?:[A-Z]\w+\s+)?(?:\([A-Z]+\)\s+)?$"
    )
    for match in _INITIALS.finditer(passage.text):
        is_company = company.search(passage.text, max(0, match.start() - 40), match.start())
        if "".join(filter(None, match.groups())) not in nobody and not is_company:
            yield match


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """The places between which the text beside a place in it lies, as far as its paragraph goes."""
    first = text.rfind("\n\n", max(0, start - _AROUND), start)
    last = text.find("\n\n", end, end + _AROUND)
    return first if first >= 0 else max(0, start - _AROUND), last if last >= 0 else end + _AROUND


_URL = re.compile(r"https?://[^\s<>)\]|]+")
_NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:.*(?:\n(?!\n|\[\^).*)*", re.MULTILINE)
_MARK = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_SLUG = re.compile(r"[A-Za-zА-Яа-яЁё]{3,}")


def names_in_addresses(report: Report) -> Iterator[Diagnostic]:
    """An address that spells out two words with the initials that the same paragraph uses for a
    person."""
    common = words(*report.speech.check("no_name"))
    for passage in bodies(report):
        people: dict[tuple[int, int], set[tuple[str, str]]] = {}
        last = (0, 0)
        for match in _initials(passage, report.speech):
            last = last if match.start() < last[1] else _paragraph(passage.text, match.start())
            people.setdefault(last, set()).add((_latin(match[1]), _latin(match[2])))
        notes = {match[1]: match for match in _NOTE.finditer(passage.source)} if people else {}
        for paragraph, pairs in people.items():
            labels = _MARK.findall(passage.source, *paragraph)
            spans = [paragraph, *(notes[label].span() for label in labels if label in notes)]
            for start, end in spans:
                yield from _named(passage, start, end, pairs | {(b, a) for a, b in pairs}, common)


def _paragraph(text: str, offset: int) -> tuple[int, int]:
    end = text.find("\n\n", offset)
    return text.rfind("\n\n", 0, offset) + 1, end if end >= 0 else len(text)


def _named(
    passage: Passage,
    start: int,
    end: int,
    pairs: set[tuple[str, str]],
    common: frozenset[str],
) -> Iterator[Diagnostic]:
    for match in _URL.finditer(passage.source, start, end):
        parts = _SLUG.findall(unquote(urlsplit(match[0]).path).replace("_", "-"))
        for first, second in pairwise(parts):
            initials = (_latin(first[0].upper()), _latin(second[0].upper()))
            if initials in pairs and _name_like(first, second, common):
                message = f"this address may name a person whom the text gives initials: '{first}-{second}'"
                hint = "cite another source, or an archived copy without the name"
                yield passage.problem("name-in-address", match.start(), message, hint)
                break


def _name_like(first: str, second: str, common: frozenset[str]) -> bool:
    return min(len(first), len(second)) >= 4 and not {first.lower(), second.lower()} & common


_LETTERS = dict(
    zip("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯ", "ABVGDEEZZIIKLMNOPRSTUFKCCSSEUA", strict=True)
)


def _latin(letter: str) -> str:
    return _LETTERS.get(letter, letter)
