"""What a person decides about a new report."""

from __future__ import annotations

from dataclasses import dataclass

ANSWERS = ("state-report", "list-of-issues", "upr")  # what a report can answer


@dataclass(frozen=True, slots=True)
class Cycle:
    """An earlier review: its year, and the symbol of the document with its recommendations; where that is
    empty, as much of it as follows from body and State."""

    year: str = "2020"
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """The committee by its code, the language by its code, and names; what is empty becomes a TODO.
    `state_code` has three letters; where it is empty, it is known by the State's name, or left out."""

    committee: str = "CERD"
    language: str = "en"
    state: str = ""
    organisations: tuple[str, ...] = ()
    cycles: tuple[Cycle, ...] = (Cycle(),)
    answers: str = "state-report"
    state_code: str = ""
