"""Protected persons of whom the text speaks: whether they agreed to it, in the edition where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from shadowreport.core.called import mentioned
from shadowreport.core.editions import PUBLIC, edition
from shadowreport.core.persons import Protected
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report


def consent(report: Report) -> Iterator[Diagnostic]:
    """Each person in the text who has not agreed to be there, or agreed no longer."""
    if not mentioned(report):
        return
    persons = mentioned(report)
    day = date.today().isoformat()
    for section, shown in zip(report.sections, edition(report, PUBLIC).sections, strict=True):
        lines = shown.source.split("\n")
        for mention in section.mentions:
            person = persons.get(mention.id)
            at = mention.place.line - section.source_line  # before the text stands the title
            public = bool(lines[at].strip()) if 0 <= at < len(lines) else not shown.withheld
            fault = _fault(person, public, report.committee, day) if person else ""
            if person and fault:
                message = f"@{mention.id}: the consent of this person {fault}"
                where = f"references/persons.yaml:{person.line}"
                hint = f"ask again and write it down ({where}), or take the person out"
                yield Diagnostic("no-consent", mention.place, message, hint)


def _fault(person: Protected, public: bool, committee: str, day: str) -> str:
    given = person.consent
    if given is None:
        return ""  # a draft; a release asks for it
    if given.level == "none":
        return "was refused"
    if given.level == "confidential" and public:
        return "is for the confidential edition only"
    return given.fault(committee, day)
