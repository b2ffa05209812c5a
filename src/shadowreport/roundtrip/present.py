"""The section files of a report as they are, taken apart for changes that come from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from shadowreport.core.layout import section_name
from shadowreport.core.numbering import number
from shadowreport.core.report import Label, Report
from shadowreport.machine.files import read_text
from shadowreport.resolve.locators import source_names
from shadowreport.source.leaf import Outline, Printing
from shadowreport.source.places import places
from shadowreport.source.section_map import Text


def printing_of(whole: Report, is_public: bool) -> Printing:
    """How the public edition, or the whole report, prints what is typed."""
    labels = {**number(whole), **source_names(whole.sources)}
    held = Label(whole.speech.language["withheld"])
    labels |= dict.fromkeys(whole.withheld_sources if is_public else (), held)
    return Printing(labels, whole.speech.language.quotes, places(whole.speech.lexicon))


def text_of(folder: Path, file: str, is_public: bool) -> Text:
    """A section file as text; only what the public edition prints of it where that is asked for."""
    path = folder / file
    return Text(read_text(path, file), file, section_name(path.name), is_public)


def ids_in(report: Report, presents: Mapping[str, Outline]) -> set[str]:
    """Every id that is in use, then or now."""
    found = {item.id for section in report.sections for item in section.paragraphs()}
    found |= {
        item.id
        for section in report.sections
        for box in section.boxes()
        for item in box.recommendations
    }
    found |= {
        leaf.anchor.partition("-")[2]
        for item in presents.values()
        for leaf in item.leaves
        if leaf.anchor
    }
    return found | {f"rec-{name}" for name in found}
