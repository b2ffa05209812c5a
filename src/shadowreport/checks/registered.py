"""Whether a register of names and references/persons.yaml speak of the same persons: a person whom the
register does not know is looked for nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from shadowreport.core.called import mentioned
from shadowreport.core.editions import PUBLIC, edition
from shadowreport.core.layout import PERSONS
from shadowreport.core.persons import PERSON
from shadowreport.core.problems import Diagnostic, did_you_mean
from shadowreport.core.register import Register
from shadowreport.core.report import Place, Report

MISSING = "not-in-register"


def unregistered(report: Report, register: Register, name: str = "") -> Iterator[Diagnostic]:
    """The persons whom only the report or only the register knows. Of the public edition, by its `name`,
    a person of whom confidential text alone speaks is not called by the key."""
    known = report.persons.protected if report.persons else {}
    public = mentioned(edition(report, PUBLIC)).values() if name == PUBLIC else known.values()
    told = {person.key for person in public}
    unused = register.persons.keys() - known.keys()
    for key, person in known.items():
        if key in register.persons:
            continue
        place = Place(PERSONS, person.line) if key in told else Place(PERSONS)
        who = f"@{PERSON}-{key}" if key in told else "somebody who is protected"
        message = f"{who} is not in the register, so the name is looked for nowhere"
        near = did_you_mean(key, unused) if key in told and unused else ""
        hint = near if near.startswith("did") else "add the person, with the name, to the register"
        yield Diagnostic(MISSING, place, message, hint)
    for key in sorted(unused):
        message = f"the register knows @{PERSON}-{key}, and {PERSONS} does not"
        near = did_you_mean(key, told - register.persons.keys())
        hint = near or "correct the key, or add the person: invoke person add"
        yield Diagnostic("unknown-in-register", Place("the register"), message, hint)


def lacking(report: Report) -> str:
    """What to do where no register was named."""
    if report.persons and report.persons.protected:
        return f"--register FILE, with each of the persons: of {PERSONS}"
    return "--register FILE; one without persons ('persons: {}') will do where nobody is protected"
