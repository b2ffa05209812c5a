"""What changed in an original since it was translated, word by word, as far as git remembers it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal

from shadowreport.compare.words import tokens
from shadowreport.core.editions import PUBLIC
from shadowreport.core.layout import section_meant, translation_file
from shadowreport.core.problems import Failure
from shadowreport.core.report import Place, Report, Section
from shadowreport.core.sign_offs import pictured, said
from shadowreport.core.translations import Unit, recorded, units
from shadowreport.load.sections import section_in
from shadowreport.machine import git
from shadowreport.machine.files import read_text
from shadowreport.overview.translated import of_language
from shadowreport.source import front_matter

_MOST = 200  # commits of a file that are looked through
Part = tuple[Literal["kept", "removed", "added"], str]


@dataclass(frozen=True, slots=True)
class Changed:
    """A piece that changed: by its name and line, and its words; `day` of the state it was translated from,
    empty where git has no such state, or the translation names none."""

    name: str
    line: int
    day: str
    parts: tuple[Part, ...]


def changed(
    report: Report, project: Path, language: str, where: str, edition: str
) -> tuple[Section, list[Changed]]:
    """The pieces of a section (`legislation`, or one: `legislation#no-law`) whose translation is stale, with
    the words that changed. Of what the public `edition` withholds nothing is told.

    Raises Failure for a language or section that there is not, and where there is no translation.
    """
    of_language(report, language)
    word, _, piece = where.partition("#")
    section = section_meant(report.sections, word)
    file = translation_file(section.file, language)
    front = front_matter.read(read_text(project / file, file), file)
    known = recorded(section, front.data.get("made_from", {}))
    stale = {
        unit.name: unit
        for unit in units(section)
        if known.get(unit.name) != unit.fingerprint
        and piece in ("", unit.name)
        and not (edition == PUBLIC and unit.withheld)
    }
    wanted = {known[name] for name in stale if name in known}
    old = {
        unit.fingerprint: (day, unit)
        for day, unit in _found(project, section.file, wanted)
        if not (edition == PUBLIC and unit.withheld)
    }
    found = [
        _changed(unit, *old.get(known.get(name, ""), ("", None))) for name, unit in stale.items()
    ]
    # two lines of the public edition tell how long the passage is that is withheld between them
    return section, [replace(item, line=0) if edition == PUBLIC else item for item in found]


def _changed(unit: Unit, day: str, old: Unit | None) -> Changed:
    new = _whole(unit)
    whole: tuple[Part, ...] = (("added", new),)
    parts = tuple(_compared(_whole(old), new)) if old else whole
    return Changed(unit.name, unit.place.line, day, parts)


def _found(project: Path, file: str, wanted: set[str]) -> Iterator[tuple[str, Unit]]:
    """The pieces as they were when they were translated, by their fingerprints."""
    if not wanted or not git.head(project):
        return
    left = set(wanted)
    for _, day, data in git.states(project, file, _MOST):
        for unit in _units(data, file):
            if unit.fingerprint in left:
                left.discard(unit.fingerprint)
                yield day[:10], unit
        if not left:
            return


def _units(data: bytes, file: str) -> list[Unit]:
    """The pieces of an older state; none where it cannot be read, as a draft on the way."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        return list(units(section_in(text, file)))
    except (UnicodeDecodeError, Failure):
        return []


def _compared(old: str, new: str) -> Iterator[Part]:
    one, other = tokens(old), tokens(new)
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "kept", "".join(one[a:b])
            continue
        if a < b:
            yield "removed", "".join(one[a:b])
        if c < d:
            yield "added", "".join(other[c:d])


_MARKS = {"kept": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}


def as_text(section: Section, found: list[Changed], language: str) -> str:
    """The changes for a person."""
    lines: list[str] = []
    for item in found:
        words = "".join(_MARKS[side][0] + text + _MARKS[side][1] for side, text in item.parts)
        since = f"since {item.day}" if item.day else "git has no state that it was translated from"
        lines += [f"{Place(section.file, item.line)} {item.name} ({since})", f"    {words}", ""]
    if not lines:
        return f"No translation of {section.file} into '{language}' is stale."
    return "\n".join(lines[:-1])


def _whole(unit: Unit) -> str:
    """The words of a piece, and what is told of its pictures."""
    return " ".join((said(unit.words), *pictured(unit.words.blocks)))
