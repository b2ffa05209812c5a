"""The confidential passages of a report, as the gate looks for them in what is public."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from shadowreport.checks.prose import body
from shadowreport.core.evidence import all_evidence
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place, Report, Section
from shadowreport.gate.fold import WORD, clean, fold
from shadowreport.gate.search import SHINGLE


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


def said_in_public(report: Report) -> Iterator[Diagnostic]:
    """Each confidential passage of which a run of words is also typed into public text, where no gate
    looks for it."""
    held = [(name, text) for section in report.sections for name, text in _passages(section)]
    runs = {
        run: name for name, text in held for run, _ in _runs((word, 0) for word in _words(text))
    }
    if not runs:
        return
    told: dict[str, Place] = {}
    for section in report.sections:
        lines = [] if section.withheld else section.public_source.split("\n")
        words = ((word, at) for at, line in enumerate(lines) for word in _words(line))
        for run, at in _runs(words):
            if run in runs:
                told.setdefault(runs[run], Place(section.file, section.source_line + at))
    for name, public in told.items():
        file, _, line = name.rpartition(":")
        message = (
            f"{SHINGLE} words or more of this confidential passage are also typed in public: "
            f"{public.file}:{public.line}"
        )
        hint = (
            "take them out there, or say the passage in other words; excuse it where both are meant"
        )
        yield Diagnostic("also-public", Place(file, int(line)), message, hint)


def _words(text: str) -> list[str]:
    return [fold(word) for word in WORD.findall(clean(text))]


def _runs(words: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Each run of words by which the gate knows a passage, and the line on which it begins."""
    known = list(words)
    for start in range(len(known) - SHINGLE + 1):
        yield " ".join(word for word, _ in known[start : start + SHINGLE]), known[start][1]


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
