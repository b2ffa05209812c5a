"""What report.yaml and the sections say about the checks themselves: severity and excuses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from shadowreport.core.problems import Diagnostic, Severity, codes, did_you_mean
from shadowreport.core.report import Excuse, Report

_KNOWN = codes("load", "check", "render")  # import and merge are done once, and judged there
# an excuse of these holds for one version, and covers nothing in the original and in others
_OF_VERSIONS = frozenset(("untranslated", "stale-translation", "incomplete-language"))
_LEVELS: Mapping[str, Severity] = {"error": "error", "warning": "warning"}


def settle(report: Report, found: Iterable[Diagnostic], whole: bool = True) -> list[Diagnostic]:
    """The diagnostics that stay, with the severity that the report gives them.

    What is an error by itself stays one and cannot be excused: the build relies on it. Whether an
    excuse covers nothing can only be said of a `whole` report.
    """
    excuses = [
        *report.excuses,
        *(excuse for section in report.sections for excuse in section.excuses),
    ]
    paragraphs = _paragraphs(report) if excuses else {}
    lines = {
        section.file: (section.source_line, section.source.split("\n"))
        for section in report.sections
        if excuses
    }
    used: set[int] = set()
    kept: list[Diagnostic] = []
    for diagnostic in found:
        fitting = [
            index
            for index, excuse in enumerate(excuses)
            if _KNOWN[diagnostic.code] == "warning"
            and _covers(excuse, diagnostic, paragraphs, lines)
        ]
        used.update(fitting)
        level = report.severity.get(diagnostic.code)
        if not fitting and (level != "off" or _KNOWN[diagnostic.code] == "error"):
            change = level in _LEVELS and _KNOWN[diagnostic.code] == "warning"
            kept.append(replace(diagnostic, level=_LEVELS[str(level)]) if change else diagnostic)
    unused = _unused(report, excuses, used) if whole else []
    return [*kept, *unused, *_unknown(report, excuses)]


Paragraphs = Mapping[str, list[tuple[int, str]]]
Lines = Mapping[str, tuple[int, list[str]]]


def _paragraphs(report: Report) -> Paragraphs:
    """By file, the line at which each named thing begins: paragraphs, their ties, recommendations."""
    result: dict[str, list[tuple[int, str]]] = {}
    for section in report.sections:
        starts = [(tie.paragraph.place.line, tie.paragraph.id) for tie in section.ties]
        starts += [(item.place.line, getattr(item, "id", "")) for item in section.items]
        starts += [
            (own.place.line, own.id) for box in section.boxes() for own in box.recommendations
        ]
        starts.append((section.source_line, ""))
        result[section.file] = sorted(starts)
    return result


def _covers(excuse: Excuse, diagnostic: Diagnostic, paragraphs: Paragraphs, lines: Lines) -> bool:
    place = diagnostic.place
    if excuse.code != diagnostic.code or excuse.file != place.file:
        return False
    if excuse.paragraph:
        above = [name for line, name in paragraphs.get(place.file, ()) if line <= place.line]
        if not above or above[-1] != excuse.paragraph:
            return False
    if excuse.text:
        first, text = lines.get(place.file, (1, []))
        index = place.line - first
        here = text[index] if 0 <= index < len(text) else ""
        return excuse.text in here or excuse.text in diagnostic.message
    return True


def _unused(report: Report, excuses: list[Excuse], used: set[int]) -> list[Diagnostic]:
    message = "this excuse covers nothing"
    return [
        Diagnostic(
            "unused-excuse",
            excuse.place,
            f"{message}: there is no {excuse.code} there",
            "remove it",
        )
        for index, excuse in enumerate(excuses)
        if index not in used
        and _KNOWN.get(excuse.code) == "warning"
        and not (report.languages and excuse.code in _OF_VERSIONS)
    ]


def _unknown(report: Report, excuses: list[Excuse]) -> list[Diagnostic]:
    warnings = [code for code, severity in _KNOWN.items() if severity == "warning"]
    named = [(excuse.code, excuse.place) for excuse in excuses]
    named += [(code, report.place) for code in report.severity]
    return [
        Diagnostic(
            "unknown-code",
            place,
            f"'{code}' is an error that cannot be set aside"
            if code in _KNOWN
            else f"there is no check '{code}'",
            "" if code in _KNOWN else did_you_mean(code, warnings),
        )
        for code, place in named
        if code not in warnings
    ]
