"""Whether what report.yaml and references/ say of the body, its treaty, the State and the cycles fits together.

A settings file is often begun as a copy of another report's; what was not changed in it contradicts the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from shadowreport.core.lexicon import Committee
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import CycleDocument, Report
from shadowreport.core.states import code_of

_CODE = "settings-differ"
_STATE = re.compile(r"/([A-Z]{3})/")  # ISO 3166's code in a symbol, such as CERD/C/KAZ/CO/6-7


def settings(report: Report) -> Iterator[Diagnostic]:
    """Each contradiction between two settings, and between them and the documents of the cycles."""
    yield from (item for _, item in grave(report))
    for cycle in report.cycles:
        yield from _of_the_symbol(report, cycle)
    yield from _order(report)


def grave(report: Report) -> Iterator[tuple[str, Diagnostic]]:
    """Contradictions with which nothing should be handed in, each with the setting that it is about: the body,
    the State, by whose code files are named, and the deadline."""
    yield from (("committee", item) for item in _of_the_body(report))
    yield from (("state", item) for item in _of_the_state(report))
    yield from (("deadline", item) for item in _dates(report))


def _committee(report: Report, code: str) -> Committee | None:
    known = report.speech.lexicon.committees.values()
    return next((item for item in known if item.code == code), None)


def _of_the_body(report: Report) -> Iterator[Diagnostic]:
    body, profile = _committee(report, report.committee), report.profile
    all_bodies = report.speech.lexicon.committees.values()
    others = {name for item in all_bodies if item != body for name in item.treaty_names()}
    # a short name that no committee's file has is nobody else's
    if body and report.treaty_short in others - body.treaty_names():
        right = body.treaty_called(report.speech.language.code)
        message = (
            f"treaty: {report.treaty_short} is not the treaty of {body.code}, which is {right}"
        )
        yield Diagnostic(_CODE, report.place, message, "correct committee: or treaty:")
    if profile and profile.code != report.committee:
        message = f"profile: has the rules of {profile.code}, but the report is made to {report.committee}"
        hint = "correct committee: or profile:, or make a shorter document under profiles:"
        yield Diagnostic(_CODE, report.place, message, hint)


def _of_the_state(report: Report) -> Iterator[Diagnostic]:
    words, known = report.speech.language, report.speech.lexicon.country("", report.state)
    code = known.code or code_of(report.state, words.locale)
    if code and report.state_code not in ("", code):
        message = f"the code of {report.state} is {code}, not {report.state_code}"
        yield Diagnostic(_CODE, report.place, message, "correct state: in report.yaml")


def _of_the_symbol(report: Report, cycle: CycleDocument) -> Iterator[Diagnostic]:
    body, symbol = _committee(report, cycle.committee), cycle.symbol
    known = report.speech.lexicon.committees.values()
    # older documents of a body stand in other series, such as A/57/18
    maker = next((item for item in known if symbol.startswith(f"{item.symbol}/")), None)
    state = _STATE.search(symbol.removeprefix(maker.symbol)) if maker else None
    if body and maker and maker.code != body.code:
        message = f"{symbol} is a document of {maker.code}, and committee: says {body.code}"
        yield Diagnostic(_CODE, cycle.place, message, "correct symbol: or committee:")
    elif state and report.state_code and state[1] != report.state_code:
        message = f"{symbol} is on another State than the report ({report.state_code})"
        yield Diagnostic(_CODE, cycle.place, message, "correct symbol:, or state: in report.yaml")


def _dates(report: Report) -> Iterator[Diagnostic]:
    """What is handed in after the first day of a session is not read in it, whatever the body's own rule."""
    rules = report.profile.rules if report.profile else ()
    if any(rule.kind == "days-before-session" for rule in rules):
        return  # and that one tells it
    if report.session_starts and report.deadline[:10] > report.session_starts:
        message = (
            f"the deadline {report.deadline} is later than the session of {report.session_starts}"
        )
        yield Diagnostic(_CODE, report.place, message, "correct deadline: or session_starts:")


def _order(report: Report) -> Iterator[Diagnostic]:
    """Columns of tables stand in the order of cycles:, the oldest first."""
    for before, after in pairwise(report.cycles):
        years = [re.search(r"\d{4}", cycle.cycle) for cycle in (before, after)]
        if before.committee == after.committee and all(years):
            first, second = (int(year[0]) for year in years if year)
            if first > second:
                message = f"cycles: names {before.stem} ({first}) before {after.stem} ({second})"
                yield Diagnostic(_CODE, report.place, message, "name the oldest first")
