"""The register: who the persons of a report are. It lies outside of the repository, and nothing of
it but the keys may be printed, logged or written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom the text calls `@person-KEY`."""

    key: str
    names: Mapping[str, str] = field(repr=False)  # by language, in the order of the register
    also: tuple[str, ...] = field(default=(), repr=False)  # nicknames, phones, mails, case numbers
    forms: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)  # ru: gen: ...


@dataclass(frozen=True, slots=True)
class Register:
    """All persons by their keys."""

    persons: Mapping[str, Person] = field(default_factory=dict)
