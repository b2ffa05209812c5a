"""Protected persons of whom the text speaks: whether they agreed to it, in the edition where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from shadowreport.core.called import mentioned
from shadowreport.core.editions import PUBLIC, edition
from shadowreport.core.evidence import all_evidence
from shadowreport.core.layout import PERSONS
from shadowreport.core.persons import Consent
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place, Report


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
            given = person.consent if person else None
            fault = _fault(given, public, report.committee, day)
            if person and fault:
                message = f"@{mention.id}: the consent of this person {fault}"
                where = f"references/persons.yaml:{person.line}"
                hint = f"ask again and write it down ({where}), or take the person out"
                yield Diagnostic("no-consent", mention.place, message, hint)


def other_language(report: Report) -> Iterator[Diagnostic]:
    """Each person in the text who is called in another language than the report's."""
    language = report.speech.language.code
    for person in {person.key: person for person in mentioned(report).values()}.values():
        if not person.speaks(language):
            other = next(iter(person.public))
            message = f"@person-{person.key} has no public: in '{language}'; the one in '{other}' is printed"
            hint = f"write public: {{{other}: ..., {language}: ...}}"
            yield Diagnostic("untranslated", Place(PERSONS, person.line), message, hint)


def evidence(report: Report) -> Iterator[Diagnostic]:
    """Each piece of evidence whose person has not agreed to its use, or agreed no longer."""
    day = date.today().isoformat()
    shown = edition(report, PUBLIC) if any(all_evidence(report)) else report
    public = {item.on_file for item in all_evidence(shown)}
    for item in all_evidence(report):
        fault = _fault(item.consent, item.on_file in public, report.committee, day)
        if fault:
            message = f"the consent to use this evidence {fault}"
            hint = "ask again and write it down, or take out what rests on it"
            yield Diagnostic("no-consent", item.on_file.place, message, hint)


def _fault(given: Consent | None, public: bool, committee: str, day: str) -> str:
    if given is None:
        return ""  # a draft; a release asks for it
    if given.level == "none":
        return "was refused"
    if given.level == "confidential" and public:
        return "is for the confidential edition only"
    return given.fault(committee, day)
