"""JSON: the resolved report for other programs, as docs/schemas/output.schema.json describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from shadowreport.core.ast import captioned, plain, walk
from shadowreport.core.numbering import anchor
from shadowreport.core.report import Block
from shadowreport.render.output import Output
from shadowreport.resolve.resolved import Resolved, ResolvedSection, note_text
from shadowreport.source.note_marks import without_commas

VERSION = 1


def render(resolved: Resolved, _project: Path) -> Output:
    """The report as JSON: sections, paragraphs, boxes, ties, footnotes, earlier recommendations."""
    return Output((json.dumps(data(resolved), ensure_ascii=False, indent=1) + "\n").encode())


def data(resolved: Resolved) -> dict[str, Any]:
    """The report as plain data."""
    report = resolved.report
    notes = _Notes(resolved.first_note)
    ties = {
        anchor("par", tie.paragraph.id): {
            "answers": [mention.id for mention in tie.answers],
            "finding": tie.finding,
        }
        for section in report.sections
        for tie in section.ties
    }
    sections = [
        _section(section, resolved, ties, notes)
        for section in resolved.sections
        if not section.is_annex
    ]
    return {
        "version": VERSION,
        "name": report.name,
        **({"edition": report.edition} if report.edition else {}),
        "title": report.title,
        "state": report.state,
        "committee": report.committee,
        "session": report.session,
        "date": report.date,
        "language": report.language,
        "organisations": [{"id": item.id, "name": item.name} for item in report.organisations],
        "sections": sections,
        "footnotes": notes.found,
        "cycles": [
            {
                "id": cycle.stem,
                "committee": cycle.committee,
                "symbol": cycle.symbol,
                "cycle": cycle.cycle,
                "recommendations": [
                    {
                        "id": item.id,
                        "paragraph": item.paragraph,
                        "text": resolved.words.of(item.text),
                        "theme": item.theme,
                    }
                    for item in cycle.recommendations
                ],
            }
            for cycle in report.cycles
        ],
    }


class _Notes:
    """Collects footnotes in the order of the text and gives each its number."""

    def __init__(self, first: int) -> None:
        self.next = first
        self.found: list[dict[str, Any]] = []

    def take(self, blocks: Any) -> list[int]:
        """The numbers of the footnotes in some blocks."""
        numbers: list[int] = []
        for element in walk(blocks):
            if element["t"] == "Note":
                self.found.append({"number": self.next, "text": note_text(element)})
                numbers.append(self.next)
                self.next += 1
        return numbers


def _section(
    section: ResolvedSection, resolved: Resolved, ties: Mapping[str, Any], notes: _Notes
) -> dict[str, Any]:
    source = next(item for item in resolved.report.sections if item.name == section.name)
    return {
        "id": section.name,
        "anchor": section.anchor,
        "file": source.file,
        "title": plain(without_commas(section.title)),
        "level": section.level,
        "status": source.status,
        "authors": [mention.id for mention in source.authors],
        "paragraphs": section.paragraphs,
        "recommendations": [[mention.id for mention in row] for row in source.rows],
        "items": list(_items(without_commas(section.blocks), resolved, ties, notes)),
    }


def _items(
    blocks: list[Block], resolved: Resolved, ties: Mapping[str, Any], notes: _Notes
) -> Iterator[dict[str, Any]]:
    for block in blocks:
        if block["t"] == "Header":
            level, _, inlines = block["c"]
            found = {"text": plain(inlines), "footnotes": notes.take(inlines)}
            yield {"type": "heading", "level": level, **found}
            continue
        (identifier, classes, _), inner = block["c"]
        if classes == ["paragraph"]:
            tie = ties.get(identifier, {"answers": [], "finding": ""})
            yield {"type": "paragraph", **_text(block, resolved, notes), **tie}
        elif classes == ["summary"]:
            points = [_text(own, resolved, notes) for own in inner if own["c"][0][1] == ["point"]]
            yield {"type": "summary", "paragraphs": points}
        elif classes == ["box"]:
            found = [
                element
                for element in inner
                if element["t"] == "Div" and element["c"][0][1] == ["recommendation"]
            ]
            heading = next(
                plain(element["c"][1])
                for element in inner
                if element["t"] == "Div" and element["c"][0][1] == ["box-heading"]
            )
            recommendations = [_text(own, resolved, notes) for own in found]
            yield {"type": "box", "heading": heading, "recommendations": recommendations}


def _text(block: Block, resolved: Resolved, notes: _Notes) -> dict[str, Any]:
    (identifier, _, _), blocks = block["c"]
    lines = [line for inner in blocks for line in plain(inner).split("\n") if line.strip()]
    return {
        "id": identifier.partition("-")[2],
        "anchor": identifier,
        "label": resolved.labels[identifier].text,
        "number": resolved.labels[identifier].number,
        "text": "\n".join(lines),
        "tables": list(_captioned("Table", blocks)),
        "figures": list(_captioned("Figure", blocks)),
        "footnotes": notes.take(blocks),
    }


def _captioned(kind: str, blocks: list[Block]) -> Iterator[dict[str, Any]]:
    """The numbered tables or figures in some blocks."""
    for block in captioned(blocks):
        (identifier, _, pairs), caption, *_ = block["c"]
        if identifier and block["t"] == kind:
            yield {
                "id": identifier.partition("-")[2],
                "anchor": identifier,
                "number": int(dict(pairs)["number"]),
                "caption": plain(caption),
            }
