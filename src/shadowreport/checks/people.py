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
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report

_INITIALS = re.compile(
    r"(?<![\w.])([A-ZА-ЯЁ])\.[ \u00a0]?([A-ZА-ЯЁ])\.(?:[ \u00a0]?([A-ZА-ЯЁ])\.)?(?![ \u00a0]?[A-ZА-ЯЁ][a-zа-яё]|\w)"
)
_NOT_PEOPLE = {"US", "UN", "UK", "NB", "DC", "PS", "EU", "США", "РК", "РФ"}
_COMPANY = re.compile(r"(?:and|&|Ltd|LLC|Company|Offshore)\s+(?:[A-Z]\w+\s+)?(?:\([A-Z]+\)\s+)?$")
_PROFESSIONS = re.compile(
    r"\b(?:accountant|activist|actor|advocate|artist|attorney|baker|barber|blogger|builder|businessm[ae]n|"
    r"businesswom[ae]n|cashier|cleaner|coach|cook|dentist|director|doctor|driver|economist|engineer|entrepreneur|"
    r"farmer|headmaster|imam|interpreter|journalist|judge|lawyer|lecturer|mechanic|miner|musician|notary|nurse|"
    r"officer|painter|pastor|physician|pilot|poet|policem[ae]n|priest|professor|programmer|reporter|schoolteacher|"
    r"scientist|seller|shopkeeper|singer|soldier|student|surgeon|tailor|taxi driver|teacher|trader|translator|"
    r"waiter|waitress|welder|writer)(?:s|es)?\b"
    r"|\b(?:адвокат|активист|акушер|блогер|бухгалтер|водител|врач|директор|журналист|имам|инженер|медсестр|"
    r"музыкант|переводчи|писател|повар|полицейск|предпринимател|преподавател|продав|рабоч|строител|студент|"
    r"судь|учител|фельдшер|фермер|юрист)\w*",
    re.IGNORECASE,
)
_PLACES = re.compile(
    r"\b(?:in|from|near|of the (?:city|town|village|district|region) of)\s+(?:the\s+)?"
    r"(?:(?:city|town|village|district|region)\s+of\s+)?"
    r"(?!Kazakh|Russia|English|French|January|February|March|April|May|June|July|August|September|October|November|December|Article|Constitution|"
    r"Convention|Court|Code|Committee|Covenant|Law|Parliament|State|Government|Ministry|Human|International|Supreme)"
    r"[A-Z][a-z]{2,}(?:[- ][A-Z][a-z]+)*"
    r"|\b[A-Z][a-z]{3,}(?= (?:[Cc]ity |[Dd]istrict |[Rr]egional )?(?:court|district|region|oblast|city|village|prison|school)\b)"
    r"|\b(?:в|из|под|около)\s+(?:г\.|город\w*|сел\w+|посёл\w+|аул\w*)?\s*[А-ЯЁ][а-яё]{2,}"
)
_PREPOSITION = re.compile(r"^(?:in|from|near|в|из|под|около)\s+")
_AROUND = 160  # characters on each side: about a sentence


def recognisable(report: Report) -> Iterator[Diagnostic]:
    """Initials with profession and place: whoever lives there knows who is meant."""
    for passage in bodies(report):
        initials = list(_initials(passage))
        # both are looked for once in the whole text, which may hold thousands of initials
        professions = list(_PROFESSIONS.finditer(passage.text)) if initials else []
        places = list(_PLACES.finditer(passage.text)) if professions else []
        for match in initials if places else ():
            around = _around(passage.text, match.start(), match.end())
            profession, place = _first(professions, *around), _first(places, *around)
            if profession and place:
                message = (
                    f"initials ({match[0]}), a profession ({profession[0]}) and a place "
                    f"({_PREPOSITION.sub('', place[0])}) stand together: a person may be recognised"
                )
                hint = "leave one of them out, unless the person has agreed"
                yield passage.problem("identifying-details", match.start(), message, hint)


def _first(matches: list[re.Match[str]], start: int, end: int) -> re.Match[str] | None:
    """The first of the matches, which are in order, that lies between two places."""
    index = bisect_left(matches, start, key=lambda match: match.start())
    found = matches[index] if index < len(matches) else None
    return found if found and found.end() <= end else None


def _initials(passage: Passage) -> Iterator[re.Match[str]]:
    for match in _INITIALS.finditer(passage.text):
        is_company = _COMPANY.search(passage.text, max(0, match.start() - 40), match.start())
        if "".join(filter(None, match.groups())) not in _NOT_PEOPLE and not is_company:
            yield match


def _around(text: str, start: int, end: int) -> tuple[int, int]:
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
    for passage in bodies(report):
        people: dict[tuple[int, int], set[tuple[str, str]]] = {}
        last = (0, 0)
        for match in _initials(passage):
            last = last if match.start() < last[1] else _paragraph(passage.text, match.start())
            people.setdefault(last, set()).add((_latin(match[1]), _latin(match[2])))
        notes = {match[1]: match for match in _NOTE.finditer(passage.source)} if people else {}
        for paragraph, pairs in people.items():
            labels = _MARK.findall(passage.source, *paragraph)
            spans = [paragraph, *(notes[label].span() for label in labels if label in notes)]
            for start, end in spans:
                yield from _named(passage, start, end, pairs | {(b, a) for a, b in pairs})


def _paragraph(text: str, offset: int) -> tuple[int, int]:
    end = text.find("\n\n", offset)
    return text.rfind("\n\n", 0, offset) + 1, end if end >= 0 else len(text)


def _named(
    passage: Passage, start: int, end: int, pairs: set[tuple[str, str]]
) -> Iterator[Diagnostic]:
    for match in _URL.finditer(passage.source, start, end):
        words = _SLUG.findall(unquote(urlsplit(match[0]).path).replace("_", "-"))
        for first, second in pairwise(words):
            initials = (_latin(first[0].upper()), _latin(second[0].upper()))
            if initials in pairs and _name_like(first, second):
                message = f"this address may name a person whom the text gives initials: '{first}-{second}'"
                hint = "cite another source, or an archived copy without the name"
                yield passage.problem("name-in-address", match.start(), message, hint)
                break


_COMMON = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "from",
        "news",
        "article",
        "articles",
        "about",
        "html",
        "index",
        "pages",
        "page",
        "post",
        "posts",
        "press",
        "content",
        "uploads",
        "files",
        "docs",
        "documents",
        "default",
        "human",
        "rights",
        "law",
        "case",
        "court",
        "report",
        "reports",
        "public",
        "wp-content",
        "category",
        "archive",
        "story",
        "world",
    ]
)


def _name_like(first: str, second: str) -> bool:
    return min(len(first), len(second)) >= 4 and not {first.lower(), second.lower()} & _COMMON


_LETTERS = dict(
    zip("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯ", "ABVGDEEZZIIKLMNOPRSTUFKCCSSEUA", strict=True)
)


def _latin(letter: str) -> str:
    return _LETTERS.get(letter, letter)
