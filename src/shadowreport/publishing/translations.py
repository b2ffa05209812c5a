"""The translations of a copy: their public lines, and of which state of the copy's own sections they are.

A record of what a withheld piece was translated from is a sum of its words, which could be guessed: each
is made anew from the copy. That a withheld section is translated or not is not told, so it always is.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shadowreport.core.layout import translation_file
from shadowreport.core.report import Report, Section
from shadowreport.core.translations import fingerprints, recorded
from shadowreport.load.sections import section_in
from shadowreport.publishing.names import WORD, Names
from shadowreport.publishing.sections import public_parts, withheld_body, written


def translation_files(
    report: Report, version: Report, project: Path, names: Names, made: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The translations of a version by name; `made` are the sections of the copy, in the report's order."""
    found: dict[str, bytes] = {}
    for original, own, (file, text) in zip(
        report.sections, version.sections, made.items(), strict=True
    ):
        if original.name not in names.sections and own.file == original.file:
            continue  # it is not translated, and the copy prints its own words too
        front, body = _parts(original, own, project, names)
        front["made_from"] = _made_from(original, own, section_in(text.decode(), file), names)
        if not front["made_from"]:
            del front["made_from"]
        found[translation_file(file, version.language)] = written(front, body)
    return found


def _parts(
    original: Section, own: Section, project: Path, names: Names
) -> tuple[dict[str, Any], str]:
    if original.name in names.sections:
        return {"title": WORD, "level": original.level}, withheld_body(original, names)
    return public_parts(own, project, names)


def _made_from(original: Section, own: Section, copied: Section, names: Names) -> dict[str, str]:
    """What is up to date in the report is so in the copy; of what is not there is no record."""
    now = fingerprints(copied)
    if original.name in names.sections:
        return now
    old = fingerprints(original)
    made = recorded(original, own.made_from)
    stale = {name for name in old if made.get(name) != old[name]}
    return {name: value for name, value in now.items() if name not in stale}
