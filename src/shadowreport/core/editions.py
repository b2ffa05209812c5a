"""The editions of a report: the whole one for the committee, and the public one.

The public edition is a Report in which confidential text does not exist. It is made before anything
is computed from the report, so nothing has to be filtered afterwards: not contents, indexes, counts,
lists of sources or properties of files. Whatever it holds follows from the public text and from where
something was withheld, never from what was withheld.

Numbers are those of the whole report. A withheld paragraph keeps its number under a neutral id,
`withheld-1`, so that both editions can be quoted alike. Footnotes are numbered in each edition: a gap
would tell how many belong to what is missing.
"""

from __future__ import annotations

from dataclasses import replace

from shadowreport.core.called import mentioned, named_labels
from shadowreport.core.layout import SETTINGS, picture_file, translation_of
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.public import Cut
from shadowreport.core.register import Register
from shadowreport.core.report import Place, Report
from shadowreport.core.withheld import holds

PUBLIC, CONFIDENTIAL = "public", "confidential"
EDITIONS = (PUBLIC, CONFIDENTIAL)


def editions(report: Report) -> tuple[str, ...]:
    """The editions that a report has: the public one alone where nothing in it is confidential."""
    held = bool(report.withheld_sources) or any(map(holds, report.sections))
    held = held or any(person.may_be_named for person in mentioned(report).values())
    ties = (tie for section in report.sections for tie in section.ties)
    held = held or any(item.is_detailed for tie in ties for item in tie.evidence)
    return EDITIONS if held else (PUBLIC,)


def protects(report: Report) -> bool:
    """Whether a report has somebody or something to protect: it has decided about persons, or keeps
    text confidential."""
    return report.persons is not None or bool(report.edition) or len(editions(report)) > 1


def edition(report: Report, name: str, register: Register | None = None) -> Report:
    """An edition of a report as it was loaded; the confidential one names the persons of a register.
    Raises Failure for one that it does not have."""
    if name not in editions(report):
        message = f"this report has no {name} edition: nothing in it is confidential"
        hint = "leave --edition out; '::: confidential' above a passage keeps it out of the public edition"
        raise Failure([Diagnostic("bad-value", report.place, message, hint)])
    if len(editions(report)) == 1:
        return report
    words = report.editions.get(name)
    publication = words.publication if words else ""
    if name == CONFIDENTIAL:
        publication = publication or report.speech.language["confidential_publication"]
        labels = named_labels(report, register) if register else None
        return replace(report, edition=name, publication=publication, labels=labels)
    return replace(
        Cut(report).report(), edition=name, publication=publication or report.publication
    )


def chosen(report: Report, name: str, task: str) -> Report:
    """The edition for a task that makes one file. Raises Failure where there are several and nobody
    has said which: confidential text goes out only where somebody means it."""
    if not name and len(editions(report)) > 1:
        message = "some of this report is confidential: say which edition you want"
        hint = f"invoke {task} --edition public, or --edition confidential"
        raise Failure([Diagnostic("bad-value", report.place, message, hint)])
    return edition(report, name or PUBLIC)


def line_told(report: Report, place: Place) -> int:
    """A line as it may be told of an edition: of the public one none, since two of them tell how long the
    passage is that is withheld between them."""
    return 0 if report.edition == PUBLIC else place.line


def edition_name(report: Report) -> str:
    """What an edition is called, on each of its pages; empty for what may be public."""
    if report.edition != CONFIDENTIAL:
        return ""
    words = report.editions.get(CONFIDENTIAL)
    return words.name if words and words.name else report.speech.language["confidential_edition"]


def file_name(report: Report) -> str:
    """What the names of an edition's files begin with."""
    return f"{report.name}-{CONFIDENTIAL}" if report.edition == CONFIDENTIAL else report.name


_SECTIONS = "sections/"


def public_name(file: str, report: Report) -> str:
    """A file of a report by its name, or in the public edition by its folder, where it holds nothing public:
    what a withheld section or picture is called tells what it is about."""
    folder, _, name = file.rpartition("/")
    if report.edition != PUBLIC or not file.startswith(_SECTIONS) or file == SETTINGS:
        return file
    original = f"{folder}/{translation_of(name)[0] or name}"
    shown = {section.file for section in report.sections if not section.withheld}
    shown |= set(map(picture_file, report.images))
    return file if original in shown else _SECTIONS
