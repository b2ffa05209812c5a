"""Who may be named, and how those are called who may not: references/persons.yaml. No name of a protected
person stands there; those are in the register (core/register.py)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
        if self.withdrawn:
            return f"was withdrawn on {self.withdrawn}"
        if self.until and self.until < day:
            return f"ended on {self.until}"
        if self.date > day:
            return f"begins on {self.date}"
        if self.purposes and committee.lower() not in map(str.lower, self.purposes):
            return f"was given for {', '.join(self.purposes)}, not for {committee}"
        return ""


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


@dataclass(frozen=True, slots=True)
class Persons:
    """The decisions about all persons of a report."""

    named: tuple[Named, ...] = ()
    protected: Mapping[str, Protected] = field(default_factory=dict)
