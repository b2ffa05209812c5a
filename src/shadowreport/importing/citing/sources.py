"""Sources in CSL's terms as references/sources.yaml has them: what is printed of them, under our own keys."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from shadowreport.source.ids import slug

_NAMES = (
    *("author", "editor", "translator", "collection-editor", "container-author", "director"),
    *("interviewer", "recipient"),
)
_DATES = ("issued", "accessed")
# Notes, abstracts and file paths stay out: they are a reader's own.
_TEXTS = (
    *("title", "title-short", "container-title", "collection-title", "publisher", "genre"),
    *("publisher-place", "volume", "issue", "number", "page", "edition", "chapter-number"),
    *("authority", "event-title", "event-place", "archive", "archive_location", "call-number"),
    *("URL", "DOI", "ISBN", "section", "medium", "version", "number-of-volumes"),
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_MOST = 1_000  # characters of a value


class Sources:
    """The sources of a report that is imported, each once."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []
        self._keys: dict[str, str] = {}

    def key(self, source: Mapping[str, Any]) -> str:
        """The key of a source, which is entered where it is new."""
        entry = entry_of(source)
        told = json.dumps(entry, sort_keys=True, ensure_ascii=False)
        if told not in self._keys:
            self._keys[told] = key = self._free(_name(entry))
            self.entries.append({"id": key, **entry})
        return self._keys[told]

    def _free(self, name: str) -> str:
        taken, count = {entry["id"] for entry in self.entries}, 1
        free = name
        while free in taken:
            count += 1
            free = f"{name}-{count}"
        return free


def entry_of(source: Mapping[str, Any]) -> dict[str, Any]:
    """What references/sources.yaml says of a source."""
    kind = source.get("type")
    entry: dict[str, Any] = {"type": kind if isinstance(kind, str) and kind else "document"}
    told = {"title-short": source.get("shortTitle"), **source}
    for name in _NAMES:
        people = [_person(item) for item in _row(told.get(name))]
        if any(people):
            entry[name] = [person for person in people if person]
    for name in _TEXTS:
        value = told.get(name)
        text = _text(value) if isinstance(value, str | int | float) else ""
        if text:
            entry[name] = text
    for name in _DATES:
        if date := _date(told.get(name)):
            entry[name] = date
    return entry


def _row(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return " ".join(_TAG.sub("", str(value)).split())[:_MOST]


def _person(item: Any) -> dict[str, str]:
    parts = ("family", "given", "literal", "suffix", "non-dropping-particle", "dropping-particle")
    told = item if isinstance(item, dict) else {}
    return {name: text for name in parts if (text := _text(told.get(name) or ""))}


def _date(value: Any) -> str:
    """A day, a month or a year as ISO writes it; else the words that stand there."""
    if not isinstance(value, dict):
        return ""
    parts = _row(value.get("date-parts"))
    numbers = [str(item) for item in (_row(parts[0]) if parts else [])]
    if numbers and all(item.isdigit() for item in numbers) and len(parts) == 1:
        year, *rest = numbers
        return "-".join([year, *(item.zfill(2) for item in rest[:2])])
    return _text(value.get("literal") or value.get("raw") or "")


def _name(entry: Mapping[str, Any]) -> str:
    people = entry.get("author") or entry.get("editor") or [{}]
    first = people[0].get("family") or people[0].get("literal") or ""
    year = re.match(r"\d{4}", entry.get("issued", ""))
    who = slug(first, most=3) or slug(entry.get("title", ""), most=4) or "source"
    return f"{who}-{year[0]}" if year else who
