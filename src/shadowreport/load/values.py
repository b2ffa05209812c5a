"""Values of YAML files that a schema cannot judge: addresses that nothing may link to, days that are
in no calendar."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from shadowreport.core.problems import Diagnostic
from shadowreport.core.typed_persons import printed_key, typed_keys
from shadowreport.load.allowed import bad_url
from shadowreport.source.yaml import Yaml

PRINTED = {"report", "references", "sources", "annex"}  # kinds of files whose texts are
_UNPRINTED = {"excused", "note"}  # keys whose texts are not
_DAY = re.compile(r"\d{4}-\d{1,2}(?:-\d{1,2})?")
_MAIL = re.compile(r"[^@\s<>()]+@[^@\s<>()]+\.[^@\s<>().]{2,}")


def settings_values(settings: Yaml) -> Iterator[Diagnostic]:
    """What is wrong with the addresses and days of sections/report.yaml."""
    data = settings.data
    for key in ("date", "deadline", "session_starts"):
        yield from _day(settings, data.get(key, "")[:10], key)
    for group in ("organisations", "contacts"):
        for index, item in enumerate(data.get(group, ())):
            yield from _address(settings, item.get("url"), group, index, "url")
    for index, item in enumerate(data.get("contacts", ())):
        mail = item.get("email", "")
        if mail and not _MAIL.fullmatch(mail):
            place = settings.place("contacts", index, "email")
            hint = "write it as name@example.org, without anything around it"
            yield Diagnostic("bad-value", place, f"'{mail[:80]}' is no mail address", hint)


def source_values(sources: Yaml) -> Iterator[Diagnostic]:
    """What is wrong with the days of references/sources.yaml. An address that is none is printed as
    text, and a check warns of it."""
    for index, source in enumerate(sources.data["references"]):
        for key in ("issued", "accessed"):
            yield from _day(sources, source.get(key), "references", index, key)


def _address(yaml: Yaml, value: Any, *path: str | int) -> Iterator[Diagnostic]:
    reason = bad_url(value) if isinstance(value, str) and value else ""
    if reason:
        message = f"the address '{str(value)[:80]}' cannot be a link"
        yield Diagnostic("bad-link", yaml.place(*path), message, reason)


def _day(yaml: Yaml, value: Any, *path: str | int) -> Iterator[Diagnostic]:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return
    try:
        year, month, *day = map(int, value.split("-"))
        date(year, month, *(day or [1]))
    except ValueError:
        hint = "write year, month and day, such as 2022-02-28"
        what = "day" if value.count("-") > 1 else "month"
        message = f"no calendar has the {what} {value}"
        yield Diagnostic("bad-value", yaml.place(*path), message, hint)


def persons_in_values(yaml: Yaml, known: Collection[str]) -> Iterator[Diagnostic]:
    """The keys of protected persons in values, which are printed as they stand."""
    for path, text in _texts(yaml.data):
        if _UNPRINTED & set(path):
            continue
        for typed in typed_keys(text, known, references=False):
            hint = "values are plain text: write what is printed for the person, or leave it out"
            yield printed_key(typed, yaml.place(*path), hint)


def _texts(value: Any, *path: str | int) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, *path, key)
