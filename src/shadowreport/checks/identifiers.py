"""Numbers and addresses that lead to one person: phones, mails, personal numbers, cases, plates; and an
age, a profession and a place in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from shadowreport.checks.people import around, found, places_of
from shadowreport.checks.prose import Passage, bodies, found_in
from shadowreport.core.phrases import one_of, pattern
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report

_BETWEEN = r"[ \u00a0(),.–-]{0,3}"
_PHONE = re.compile(
    rf"(?<![\w.,/–-])(?:\+\d(?:{_BETWEEN}\d){{9,13}}|8(?:{_BETWEEN}\d){{10}})(?![\w/])"
)
_MAIL = re.compile(r"(?<![\w.@])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
_PERSONAL = re.compile(r"(?<![\d/–-])(\d\d)(\d\d)(\d\d)[0-6]\d{5}(?![\d/–-])")
_PLATE = re.compile(
    r"(?<![\w/-])(?:\d{3} ?[A-Z]{2,3} ?\d{2}|[A-ZА-Я]\d{3}[A-ZА-Я]{2,3}(?: ?\d{2,3})?)(?![\w/-])"
)
_HINT = "leave it out, unless it belongs to an organization or is public anyway"


def identifiers(report: Report) -> Iterator[Diagnostic]:
    """Each number or address by which one person can be found."""
    case = re.compile(
        rf"{one_of(*report.speech.check('cases'))}[ \u00a0\n]+(?:№|No\.|N)?[ \u00a0]?\d[\dA-ZА-Я–-]*(?:/[\dA-ZА-Я–-]+)+"
    )
    kinds = ((_PHONE, "a phone number"), (_PLATE, "a number plate"), (case, "the number of a case"))

    def find(passage: Passage) -> Iterator[tuple[int, str]]:
        for match in _MAIL.finditer(passage.source):
            yield match.start(), _told("a mail", match[0])
        for match in _PERSONAL.finditer(passage.text):
            if _is_day(*match.groups()):
                yield match.start(), _told("a personal number", match[0])
        for regex, what in kinds:
            for match in regex.finditer(passage.text):
                yield match.start(), _told(what, match[0])

    for passage in bodies(report):
        for offset, message in found_in(passage, "identifiers", case.pattern, find):
            yield passage.problem("identifying-number", offset, message, _HINT)


def _told(what: str, text: str) -> str:
    return f"{what} ({' '.join(text.split())}) leads to a person"


def _is_day(year: str, month: str, day: str) -> bool:
    """Whether six digits are a day of birth, as personal numbers of many States begin."""
    for century in (1900, 2000):
        try:
            date(century + int(year), int(month), int(day))
            return True
        except ValueError:
            continue
    return False


def ages(report: Report) -> Iterator[Diagnostic]:
    """An age, a profession and a place in one sentence: whoever lives there knows who is meant."""
    age = re.compile(rf"\b(\d{{1,2}})[- \u00a0]?{one_of(*report.speech.check('ages'))}")
    profession = pattern(report.speech.check("professions"), re.IGNORECASE)
    where = list(places_of(report))
    for passage in bodies(report):
        for match in age.finditer(passage.text):
            start, end = around(passage.text, match.start(), match.end())
            near = passage.text[start:end]
            who, place = profession.search(near), next(iter(found(where, near)), None)
            if who and place:
                message = (
                    f"an age ({match[1]}), a profession ({who[0]}) and a place ({place[1]}) "
                    "stand together: a person may be recognised"
                )
                hint = "leave one of them out, unless the person has agreed"
                yield passage.problem("identifying-details", match.start(), message, hint)
