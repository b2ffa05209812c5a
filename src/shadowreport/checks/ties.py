"""Checks of what ties the parts of a report together: ids, references, recommendations, sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shadowreport.core.evidence import all_evidence
from shadowreport.core.ids import bad_id, is_told, possible
from shadowreport.core.layout import PERSONS
from shadowreport.core.numbering import (
    KINDS,
    anchor,
    captioned_ids,
    is_person,
    is_reference,
    number,
)
from shadowreport.core.problems import Diagnostic, did_you_mean
from shadowreport.core.report import Box, Mention, Paragraph, Place, Report, Section


def duplicate_ids(report: Report) -> Iterator[Diagnostic]:
    """An id names one thing: paragraphs, recommendations, tables and figures each have ids of their own."""
    seen: dict[tuple[str, str], Place] = {}
    for section in report.sections:
        for kind, identifier, place in _ids(section):
            first = seen.get((kind, identifier))
            if first is None:
                seen[kind, identifier] = place
            else:
                where = f"{first.file}:{first.line}"
                message = f"the {kind} id '{identifier}' is also used at {where}"
                yield Diagnostic("duplicate-id", place, message, "give one of them another id")


def _ids(section: Section) -> Iterator[tuple[str, str, Place]]:
    for item in section.items:
        if isinstance(item, Paragraph):
            yield "paragraph", item.id, item.place
        if isinstance(item, Box):
            for recommendation in item.recommendations:
                yield "recommendation", recommendation.id, recommendation.place
        for kind, identifier in captioned_ids(item):
            yield _CAPTIONED[kind], identifier, item.place


_CAPTIONED = {"tbl": "table", "fig": "figure"}


def heading_levels(report: Report) -> Iterator[Diagnostic]:
    """Levels go down one at a time: screen readers and PDF/UA both rely on it."""
    level = 0
    for section in report.sections:
        if section.level > level + 1:
            message = (
                f"this section has level {section.level}, but stands below level {level or 'none'}"
            )
            hint = (
                f"set level: {level + 1}, or put a section of level {section.level - 1} before it"
            )
            yield Diagnostic("skipped-heading", section.place, message, hint)
        level = section.level
        if bad_id(section.name):
            yield Diagnostic(
                "bad-file-name",
                section.place,
                f"'{section.name}': {bad_id(section.name)}",
                "rename the file",
            )


def rows(report: Report) -> Iterator[Diagnostic]:
    """Every id in a table of recommendations exists in references/."""
    known = report.earlier()
    for section in report.sections:
        for mention in (mention for row in section.rows for mention in row):
            yield from _unknown_recommendation(mention, known, report)


def ties(report: Report) -> Iterator[Diagnostic]:
    """Ties name a paragraph of their own section and recommendations that exist."""
    known = report.earlier()
    for section in report.sections:
        own = {item.id for item in section.paragraphs()}
        for tie in section.ties:
            if tie.paragraph.id not in own and not is_told(tie.paragraph.id, own):
                message = f"no paragraph of this section has the id '{tie.paragraph.id}'"
                yield Diagnostic(
                    "unknown-paragraph",
                    tie.paragraph.place,
                    message,
                    did_you_mean(tie.paragraph.id, possible(own)),
                )
            for mention in tie.answers:
                yield from _unknown_recommendation(mention, known, report)


def lineage(report: Report) -> Iterator[Diagnostic]:
    """A demand repeats one of another document, which exists."""
    known = report.earlier()
    for item in known.values():
        for mention in item.repeats:
            yield from _unknown_recommendation(mention, known, report)
            if mention.id.partition("/")[0] == item.id.partition("/")[0]:
                message = f"'{mention.id}' is a demand of this document, which cannot repeat itself"
                hint = "name one of an earlier document under repeats:"
                yield Diagnostic("bad-value", mention.place, message, hint)


def _unknown_recommendation(
    mention: Mention, known: Mapping[str, object], report: Report
) -> Iterator[Diagnostic]:
    stem, _, paragraph = mention.id.partition("/")
    if mention.id not in known and f"references/{stem}.yaml" not in report.unread:
        same = [key for key in known if key.startswith(f"{stem}/{paragraph.partition('.')[0]}")]
        hint = did_you_mean(mention.id, same) or did_you_mean(mention.id, known)
        message = f"the recommendation '{mention.id}' does not exist in references/"
        yield Diagnostic("unknown-recommendation", mention.place, message, hint)


def references(report: Report) -> Iterator[Diagnostic]:
    """Every @par-, @sec-, @rec-, @tbl- and @fig- names something that carries a number; every other @key
    a source."""
    labels = number(report)
    made = {  # the ids of paragraphs to which nobody gave one change with what stands above them
        anchor("par", f"{section.name}-{count}")
        for section in report.sections
        for count, _ in enumerate(section.paragraphs(), 1)
    }
    for section in report.sections:
        for mention in section.mentions:
            if not is_reference(mention.id):
                if (
                    mention.id not in report.sources
                    and "references/sources.yaml" not in report.unread
                ):
                    message = f"the source '{mention.id}' does not exist in references/sources.yaml"
                    yield Diagnostic(
                        "unknown-source",
                        mention.place,
                        message,
                        _source_hint(mention.id, labels, report),
                    )
            elif is_person(mention.id) and mention.id not in labels:
                yield from _unknown_person(mention, labels, report)
            elif mention.id not in labels:
                if any(file.startswith("sections/") for file in report.unread):
                    continue  # what it points to may stand in the file that could not be read
                kind = mention.id.partition("-")[0]
                same = [key for key in labels if key.startswith(kind) and key not in made]
                if is_told(mention.id, same):
                    continue
                message = f"@{mention.id} points to nothing"
                yield Diagnostic(
                    "unknown-reference",
                    mention.place,
                    message,
                    did_you_mean(mention.id, possible(same)),
                )
            elif not labels[mention.id].text:
                message = f"@{mention.id} points to something that carries no number"
                yield Diagnostic(
                    "unknown-reference", mention.place, message, "point to a numbered paragraph"
                )


def _unknown_person(
    mention: Mention, labels: Mapping[str, object], report: Report
) -> Iterator[Diagnostic]:
    if PERSONS in report.unread:
        return
    whole, _, case = mention.id.partition(":")
    if whole in labels:
        message = f"@{whole} has no form '{case}'"
        hint = f"write it under forms: of this person in {PERSONS}"
    else:
        known = [key for key in labels if is_person(key) and ":" not in key]
        message = f"@{whole} is nobody in {PERSONS}"
        hint = did_you_mean(whole, known) or "add the key under persons:, with what is printed"
    yield Diagnostic("unknown-person", mention.place, message, hint)


def _source_hint(key: str, labels: Mapping[str, object], report: Report) -> str:
    """Somebody may have left out what kind of place a reference names."""
    for kind in KINDS:
        if f"{kind}-{key}" in labels:
            return f"did you mean '@{kind}-{key}', the place of the report?"
    return did_you_mean(key, report.sources)


def organisations(report: Report) -> Iterator[Diagnostic]:
    """Authors, and those who keep evidence, are organisations of report.yaml."""
    known = {organisation.id for organisation in report.organisations}
    authors = (mention for section in report.sections for mention in section.authors)
    for mention in (*authors, *(item.on_file for item in all_evidence(report))):
        if mention.id not in known:
            message = f"'{mention.id}' is no organisation of sections/report.yaml"
            yield Diagnostic(
                "unknown-organisation", mention.place, message, did_you_mean(mention.id, known)
            )
