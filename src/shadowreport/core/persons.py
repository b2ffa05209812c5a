"""Who may be named, and how those are called who may not: references/persons.yaml. No name of a protected
person stands there; those are in the register (core/register.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

PERSON = "person"  # @person-KEY, and @person-KEY:gen for another case
START = "start"  # the form of a public name at the beginning of a sentence, which every person has
MENTION = re.compile(rf"@({PERSON}-[a-z0-9]+(?:-[a-z0-9]+)*(?::[a-z]+)?)")  # in a plain text
Lapse = Literal["withdrawn", "over", "early", "elsewhere"]
NAMED = ("confidential", "named")  # levels of consent to be named to the Committee

_LAPSES: dict[Lapse, str] = {
    "withdrawn": "was withdrawn on {about}",
    "over": "ended on {about}",
    "early": "begins on {about}",
    "elsewhere": "was given for {about}, not for {committee}",
}


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person has agreed to. Days are ISO dates, empty where none is set."""

    level: str
    date: str = ""
    by: str = ""
    purposes: tuple[str, ...] = ()
    until: str = ""
    withdrawn: str = ""

    def fault(self, committee: str, day: str) -> str:
        """Why it does not count for a committee on a day; empty where it does."""
        kind, about = self.lapse(committee, day)
        return _LAPSES[kind].format(about=about, committee=committee) if kind else ""

    def lapse(self, committee: str, day: str) -> tuple[Lapse | Literal[""], str]:
        """How it does not count for a committee on a day, and the date or the committees that say so."""
        if self.withdrawn:
            return "withdrawn", self.withdrawn
        if self.until and self.until < day:
            return "over", self.until
        if self.date > day:
            return "early", self.date
        if self.purposes and committee.lower() not in map(str.lower, self.purposes):
            return "elsewhere", ", ".join(self.purposes)
        return "", ""


@dataclass(frozen=True, slots=True)
class Named:
    """A person who may be named, in one spelling or several, and why."""

    names: tuple[str, ...]
    public: str
    line: int  # of persons.yaml
    consent: Consent | None = None


@dataclass(frozen=True, slots=True)
class Protected:
    """A person who is not named: what is printed instead, by language ("" for all)."""

    key: str
    public: Mapping[str, str]
    line: int  # of persons.yaml
    consent: Consent | None = None
    forms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # of what is printed

    @property
    def may_be_named(self) -> bool:
        """Whether the confidential edition may name the person."""
        return self.consent is not None and self.consent.level in NAMED

    def speaks(self, code: str) -> bool:
        """Whether something is to be printed in a language, or in all."""
        return bool(self.public.get(code) or self.public.get(""))

    def printed(self, code: str) -> Iterator[tuple[str, str]]:
        """What stands for the name in a language, by what the text writes: @person-KEY and its cases."""
        text = self.public.get(code) or self.public.get("") or next(iter(self.public.values()))
        yield from forms(self.key, text, self.forms.get(code, {}))


def forms(key: str, text: str, cases: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What a person is called, by what the text writes."""
    yield f"{PERSON}-{key}", text
    yield f"{PERSON}-{key}:{START}", text[:1].upper() + text[1:]
    yield from ((f"{PERSON}-{key}:{case}", form) for case, form in cases.items())


@dataclass(frozen=True, slots=True)
class Persons:
    """The decisions about all persons of a report."""

    named: tuple[Named, ...] = ()
    protected: Mapping[str, Protected] = field(default_factory=dict)

    def printed(self, code: str) -> Iterator[tuple[str, str]]:
        """What stands for the names of protected persons in a language."""
        for person in self.protected.values():
            yield from person.printed(code)
