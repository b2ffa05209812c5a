"""What the confidential edition calls protected persons: by their names, as far as they agreed to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shadowreport.core.numbering import is_person, number
from shadowreport.core.persons import Protected, forms
from shadowreport.core.register import Register
from shadowreport.core.report import Label, Report


def mentioned(report: Report) -> dict[str, Protected]:
    """The protected persons of whom the text speaks, by what it writes behind @."""
    known = report.persons.protected if report.persons else {}
    keys = (item.id for section in report.sections for item in section.mentions)
    found = ((key, known.get(person_key(key))) for key in keys if is_person(key))
    return {key: person for key, person in found if person}


def person_key(key: str) -> str:
    """The key of a person in what stands behind @, without the case."""
    return key.partition("-")[2].partition(":")[0]


def named_labels(report: Report, register: Register) -> Mapping[str, Label]:
    """The labels of a report in which persons are called by their names."""
    return {**number(report), **dict(_names(report, register))}


def _names(report: Report, register: Register) -> Iterator[tuple[str, Label]]:
    code = report.speech.language.code
    for key, person in (report.persons.protected if report.persons else {}).items():
        known = register.persons.get(key)
        if known and person.may_be_named:
            name = known.names.get(code) or next(iter(known.names.values()))
            for written, text in forms(key, _in_order(name), known.forms.get(code, {})):
                yield written, Label(text)


def _in_order(name: str) -> str:
    """The given name first, where a comma says that the family name stands there."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma else name
