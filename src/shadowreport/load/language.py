"""The fixed words of a report in its language: templates/languages/<language>.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shadowreport.core.problems import Diagnostic, Failure, did_you_mean
from shadowreport.core.report import Place
from shadowreport.load.yaml import read_yaml
from shadowreport.machine.files import read_text
from shadowreport.machine.toolkit import template, templates

_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)")


@dataclass(frozen=True, slots=True)
class Words:
    """A language's words by name. A word that a project's own file leaves out comes from the
    toolkit's file of that language."""

    language: str
    entries: Mapping[str, Any]

    def __getitem__(self, name: str) -> str:
        return self.entries[name]

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def committee(self, short: str) -> str:
        """The full name of a committee by its short one; the short one where it is not known."""
        return dict(self.entries.get("committees", {})).get(short, short)

    def date(self, value: str) -> str:
        """A date such as 2022-03-01 in words; anything else as it is."""
        from babel.dates import format_date

        try:
            day = date.fromisoformat(value)
        except ValueError:
            return value
        words = format_date(day, "long", self.entries["locale"])
        first = self.entries["notes"].get("ordinal-01", "") if day.day == 1 else ""
        return re.sub(r"\b1\b", f"1{first}", words, count=1)

    def month(self, value: str) -> str:
        """A month such as 2022-03 in words, without a day."""
        from babel.dates import format_skeleton

        first = date.fromisoformat(f"{value}-01")
        return format_skeleton("yMMMM", first, locale=self.entries["locale"])

    def date_pattern(self) -> str:
        """The pattern of a whole date, as the CLDR writes it: "d 'de' MMMM 'de' y"."""
        from babel import Locale

        return Locale.parse(self.entries["locale"]).date_formats["long"].pattern

    def months(self) -> list[str]:
        """The names of the months as they stand in a date."""
        from babel.dates import get_month_names

        names = get_month_names("wide", "format", self.entries["locale"])
        return [names[number] for number in range(1, 13)]

    def of(self, texts: Mapping[str, str]) -> str:
        """The text in this language, else the one without a language, else the first."""
        return self.typeset(texts.get(self.language) or texts.get("") or next(iter(texts.values())))

    def typeset(self, text: str) -> str:
        """A plain text of a YAML file with the quotation marks and apostrophes of the language, as
        pandoc sets them in the sections."""
        text = _APOSTROPHE.sub("\u2019", text)
        for mark, first in (('"', 0), ("'", 2)):
            opening, closing = self.entries["quotes"][first : first + 2]
            pair = rf"(?<![^\s(\[«“„]){mark}(?=\S)(.+?)(?<=\S){mark}(?!\w)"
            text = re.sub(pair, rf"{opening}\1{closing}", text)
        return text


def load_words(project: Path, language: str) -> Words:
    """The words of a language. Raises Failure where neither the project nor the toolkit knows it."""
    name = f"languages/{language}.yaml"
    paths = dict.fromkeys([templates() / name, template(project, name)])
    entries: dict[str, Any] = {}
    for path in paths:
        if path.is_file():
            entries |= read_yaml(read_text(path, f"templates/{name}"), f"templates/{name}").data
    if not entries:
        known = sorted(path.stem for path in (templates() / "languages").glob("*.yaml"))
        message = f"there are no words for the language '{language}'"
        hint = f"known: {', '.join(known)}; to add one, copy templates/languages/en.yaml"
        raise Failure([Diagnostic("bad-value", Place("sections/report.yaml"), message, hint)])
    wanted = read_yaml(read_text(templates() / "languages/en.yaml", "languages/en.yaml"), "en").data
    unknown = sorted(entries.keys() - wanted.keys())
    if unknown:
        message = f"the word '{unknown[0]}' is not known"
        hint = did_you_mean(unknown[0], wanted) or "see templates/languages/en.yaml"
        raise Failure([Diagnostic("bad-template", Place(f"templates/{name}"), message, hint)])
    missing = sorted(wanted.keys() - entries.keys())
    if missing:
        message = f"these words are missing: {', '.join(missing)}"
        hint = "take them over from templates/languages/en.yaml and translate them"
        raise Failure([Diagnostic("bad-template", Place(f"templates/{name}"), message, hint)])
    return Words(language, entries)
