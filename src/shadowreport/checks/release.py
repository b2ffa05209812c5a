"""What a report may hold as a draft, and not as something that is published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from shadowreport.checks.addresses import addresses
from shadowreport.core.called import mentioned
from shadowreport.core.layout import PERSONS
from shadowreport.core.persons import Consent
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Note, Place, Report

# warnings about a draft that no release may have; what is right can be excused, or decided
STRICT = frozenset(
    (
        *("undecided-person", "identifying-details", "identifying-number", "name-in-address"),
        *("also-public", "link-text-differs", "invalid-address", "look-again", "leftover"),
        *("stale-translation", "untranslated", "missing-glyph", "not-in-register"),
        "perhaps-confidential",
    )
)
# sites that hide where a link leads, and parts of an address that tell who followed it from where
_SITES = """bit.ly bitly.com t.co goo.gl tinyurl.com ow.ly is.gd v.gd buff.ly cutt.ly rb.gy t.ly lnkd.in fb.me
clck.ru vk.cc u.to goo.su surl.li tiny.cc rebrand.ly short.link shorturl.at l.facebook.com"""
_SHORT = frozenset(_SITES.split())
_TRACKING = re.compile(
    r"utm_\w+|\w*clid|fb_\w+|mc_[ce]id|igsh\w*|_openstat|ref_src|ref_url|mkt_tok|wt_\w+|yclid|_ga|_hs\w+|trk\w*|spm"
)


def strict(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The problems of a draft as a release sees them."""
    return [replace(item, level="error") if item.code in STRICT else item for item in found]


def unfit(report: Report, day: str) -> Iterator[Diagnostic]:
    """What keeps a report from being published on a day: open notes, consent, links."""
    for section in report.sections:
        for item in section.items:
            if isinstance(item, Note):
                hint = "settle it, and take it out"
                yield Diagnostic("open-note", item.place, "a note between authors is open", hint)
    yield from _consent(report, day)
    yield from _links(report)


def _consent(report: Report, day: str) -> Iterator[Diagnostic]:
    persons = report.persons
    if persons is None:
        return
    for item in persons.named:
        if item.public == "consent":
            yield from _agreed(item.consent, ("named",), report.committee, day, item.line)
    levels = ("confidential", "anonymous", "named")
    for person in {item.key: item for item in mentioned(report).values()}.values():
        yield from _agreed(person.consent, levels, report.committee, day, person.line)


def _agreed(
    consent: Consent | None, levels: tuple[str, ...], committee: str, day: str, line: int
) -> Iterator[Diagnostic]:
    if consent is None:
        fault = "is not written down"
    elif consent.level not in levels:
        fault = f"is for '{consent.level}' only"
    else:
        fault = consent.fault(committee, day)
    if fault:
        message = f"the consent of this person {fault}"
        hint = "ask again, or take the person out"
        yield Diagnostic("no-consent", Place(PERSONS, line), message, hint)


def _links(report: Report) -> Iterator[Diagnostic]:
    for url, place in addresses(report):
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        tracking = [name for name, _ in parse_qsl(parts.query) if _TRACKING.fullmatch(name.lower())]
        if host in _SHORT:
            message = f"{host} hides where this link leads, and counts who follows it"
            yield Diagnostic("unsafe-link", place, message, "cite the address itself")
        elif tracking:
            message = f"this link tells who follows it from where: {', '.join(tracking)}"
            yield Diagnostic("unsafe-link", place, message, "take this part off the address")
