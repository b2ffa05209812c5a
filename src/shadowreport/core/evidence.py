"""What findings rest on beside published sources: interviews and files that an organisation keeps.

The public edition says with whom it is on file, and nothing else. The confidential one says what it is, of
which day, and where a copy of it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from shadowreport.core.ast import node, para, text
from shadowreport.core.editions import CONFIDENTIAL
from shadowreport.core.lexicon import Language
from shadowreport.core.report import Block, Evidence, Item, Paragraph, Report, Section


def with_evidence(report: Report) -> Report:
    """A report as it is printed: a footnote at the end of each paragraph that rests on something on file,
    and the same in its sources."""
    if not report.evidence and not any(tie.evidence for s in report.sections for tie in s.ties):
        return report
    return replace(
        report,
        sections=tuple(_section(section, report) for section in report.sections),
        sources={key: _source(key, source, report) for key, source in report.sources.items()},
    )


def _source(key: str, source: Mapping[str, Any], report: Report) -> Mapping[str, Any]:
    item = report.evidence.get(key)
    if item is None:
        return source
    copy = {"archive_location": item.archived} if item.archived else {}
    return {"archive": _name(item, report), **copy, **source}


def _section(section: Section, report: Report) -> Section:
    found = {tie.paragraph.id: tie.evidence for tie in section.ties if tie.evidence}
    items = (_item(item, found, report) for item in section.items)
    return replace(section, items=tuple(items)) if found else section


def _item(item: Item, found: Mapping[str, tuple[Evidence, ...]], report: Report) -> Item:
    if not isinstance(item, Paragraph) or item.id not in found:
        return item
    words = report.speech.language
    said = "; ".join(in_words(one, report, words) for one in found[item.id])
    note = node("Note", [para(*text(said[:1].upper() + said[1:] + words.marks["stop"]))])
    first, *rest = item.blocks
    return replace(item, blocks=[_noted(first, note), *rest])


def _noted(block: Block, note: dict[str, Any]) -> Block:
    return {"t": block["t"], "c": [*block["c"], note]}


def in_words(item: Evidence, report: Report, words: Language) -> str:
    """What an edition prints of one piece of evidence."""
    kept = f"{words.notes['on file with']} {words.typeset(_name(item, report))}"
    if report.edition != CONFIDENTIAL:
        return kept
    copy = f"{words.notes['archived at']} {item.archived}" if item.archived else ""
    parts = (words.typeset(item.what), words.date(item.date) if item.date else "", kept, copy)
    return f"{words.marks['comma']} ".join(filter(None, parts))


def _name(item: Evidence, report: Report) -> str:
    names = {own.id: own.name for own in report.organisations}
    return names.get(item.on_file.id, item.on_file.id)


def all_evidence(report: Report) -> Iterator[Evidence]:
    """All of it, in the order of the report, then that of its sources."""
    for section in report.sections:
        for tie in section.ties:
            yield from tie.evidence
    yield from report.evidence.values()
