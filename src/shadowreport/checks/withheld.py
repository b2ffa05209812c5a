"""The confidential passages of a report, as the gate looks for them in what is public."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from shadowreport.checks.prose import body
from shadowreport.core.evidence import all_evidence
from shadowreport.core.report import Report, Section


def passages(report: Report) -> dict[str, str]:
    """The text of each confidential passage by its file and line; titles of confidential sources."""
    found = dict(pair for section in report.sections for pair in _passages(section))
    for key in report.withheld_sources:
        found[f"source {key}"] = str(report.sources.get(key, {}).get("title", ""))
    for nth, item in enumerate(all_evidence(report), 1):
        found[f"evidence {nth}"] = item.what
    return found


def public_text(report: Report) -> str:
    """All that the sections and the earlier recommendations say in public."""
    shown = [section.public_source for section in report.sections if not section.withheld]
    earlier = [text for item in report.earlier().values() for text in item.text.values()]
    return "\n".join((*shown, *earlier))


def _passages(section: Section) -> Iterator[tuple[str, str]]:
    whole = body(section).text.split("\n")
    shown = [""] * len(whole) if section.withheld else section.public_source.split("\n")
    lines = enumerate(zip(whole, shown, strict=False), section.source_line)
    held = (
        (number, line, bool(line.strip()) and not seen.strip()) for number, (line, seen) in lines
    )
    for is_held, group in groupby(held, key=lambda item: item[2]):
        if is_held:
            found = list(group)
            yield f"{section.file}:{found[0][0]}", "\n".join(line for _, line, _ in found)
