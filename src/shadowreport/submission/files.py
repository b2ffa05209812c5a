"""Files against the rules of a body: formats, sizes, pages, whether all can read them; and their names."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pikepdf

from shadowreport.checks.limits import asked, length_limits
from shadowreport.core.editions import CONFIDENTIAL, PUBLIC
from shadowreport.core.lexicon import Rule
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report
from shadowreport.source.ids import latin_words
from shadowreport.word.names import etree, name

USUAL = ("docx", "pdf")
_MEGABYTE = 1_000_000


def named(report: Report, ending: str) -> str:
    """What a file is called: the body, the State, the report, whether it may be published."""
    edition = CONFIDENTIAL if report.edition == CONFIDENTIAL else PUBLIC
    state = report.state_code or "-".join(latin_words(report.state))
    kind = ending if ending.startswith("letter") else f"{report.language}.{ending}"
    body = report.profile.code if report.profile else report.committee
    return f"{body}_{state}_{report.name}_{edition}_{kind}"


def wanted_formats(report: Report, formats: Collection[str]) -> tuple[str, ...]:
    """The formats that were named, else those that the body takes, else the usual ones."""
    taken = next((rule.value for rule in asked(report) if rule.kind == "formats"), USUAL)
    return tuple(formats or taken)


def wrong_files(
    report: Report, made: Mapping[str, bytes], pages: float, formats: Collection[str]
) -> list[Diagnostic]:
    """What of the files the body would not accept, naming the rule."""
    found: list[Diagnostic] = []
    for rule in asked(report):
        for message in _broken(report, rule, made, pages, formats):
            text = f"rule '{rule.kind}': {message}"
            found.append(Diagnostic("not-accepted", report.place, text, rule.cited))
    return found


def _broken(
    report: Report,
    rule: Rule,
    made: Mapping[str, bytes],
    pages: float,
    formats: Collection[str],
) -> Iterator[str]:
    value: Any = rule.value
    if rule.kind == "formats":
        for kind in formats:
            if kind not in value:
                yield f"{kind} is not taken, only {', '.join(value)}"
    elif rule.kind == "megabytes":
        for kind, data in made.items():
            if len(data) > value * _MEGABYTE:
                yield f"the {kind} has {len(data) / _MEGABYTE:.1f} megabytes, of {value} at most"
    elif rule.kind.startswith("pages") and rule in length_limits(report) and pages > value:
        yield f"the PDF has {pages:.0f} pages, with cover, contents and annexes, of {value} at most"
    elif rule.kind == "accessible":
        for kind, data in made.items():
            for lack in _unreadable(kind, data):
                yield f"not all can read the {kind}: {lack}"


def _unreadable(kind: str, data: bytes) -> Iterator[str]:
    """What a file lacks for those who do not see it."""
    if kind == "pdf":
        with pikepdf.open(io.BytesIO(data)) as document:
            root: Any = document.Root
            marked = root.get("/MarkInfo", {}).get("/Marked", False)
            yield from () if marked else ("it is not tagged",)
            yield from () if "/Lang" in root else ("it does not say its language",)
    elif kind == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = etree.fromstring(archive.read("word/document.xml"))
            core = archive.read("docProps/core.xml").decode()
        title = re.search(r"<dc:title>[^<]+", core)
        yield from () if title else ("it has no title",)
        pictures = list(body.iter(name("wp:docPr")))
        silent = [item for item in pictures if not (item.get("descr") or "").strip()]
        yield from (f"{len(silent)} pictures have no description",) if silent else ()
