"""Accepting a translation: the lines of `made_from:` that say which state of the original it was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from shadowreport.core.layout import SETTINGS, section_meant, translation_file
from shadowreport.core.lexicon import Language
from shadowreport.core.problems import Diagnostic, Failure, did_you_mean
from shadowreport.core.report import Report, Section
from shadowreport.core.translations import fingerprints, text_fingerprint, with_accepted
from shadowreport.load import Known, load
from shadowreport.load.versions import said_at, translatable
from shadowreport.machine.files import read_text
from shadowreport.source import front_matter
from shadowreport.source.yaml import read_yaml
from shadowreport.source.yaml_edit import edited

NAME = SETTINGS.rpartition("/")[2]  # what its texts stand under: no section is called so


def accept(report: Report, project: Path, language: str, where: str = "") -> dict[str, str]:
    """Says that translations are those of what the originals say now: of a section (`legislation`), of one
    piece of it (`legislation#no-law`), of the texts of report.yaml (`report.yaml`, `report.yaml#session`), or of
    all sections that have a translation, and these texts.

    Returns the new text of each translation that changes, by its name relative to the project; nothing is
    written. Raises Failure for a language, a section or a piece that there is not.
    """
    of_language(report, language)
    name, _, piece = where.partition("#")
    if name in (NAME, SETTINGS):
        return _settings(project, language, piece)
    wanted = [section_meant(report.sections, name)] if where else report.sections
    if not where:
        wanted = [
            item for item in wanted if (project / translation_file(item.file, language)).is_file()
        ]
    texts = (_accepted(section, project, language, piece) for section in wanted)
    changed = {file: new for file, old, new in texts if new != old}
    return changed if where else changed | _settings(project, language)


def _settings(project: Path, language: str, name: str = "") -> dict[str, str]:
    """report.yaml with what its texts in a language, or one of them, were made from, where that is new."""
    old = read_text(project / SETTINGS, SETTINGS)
    yaml = read_yaml(old, SETTINGS)
    own = yaml.data["translations"][language]
    now = {
        ".".join(path): text_fingerprint(said)
        for path, said in translatable(yaml.data)
        if isinstance(said, str) and said_at(own, path)
    }
    if name and name not in now:
        message, place = (
            f"'{name}' of report.yaml is not translated",
            yaml.place("translations", language),
        )
        raise Failure([Diagnostic("bad-value", place, message, did_you_mean(name, now))])
    data = deepcopy(yaml.data)
    record(data["translations"][language], {key: now[key] for key in ([name] if name else now)})
    new = edited(old, data, SETTINGS)
    return {SETTINGS: new} if new != old else {}


def record(own: dict[str, Any], made_from: Mapping[str, str]) -> None:
    """Writes down what texts of report.yaml were made from."""
    texts = own.setdefault("made_from", {})
    for name, fingerprint in made_from.items():
        texts[name] = DoubleQuotedScalarString(fingerprint)


def of_language(report: Report, language: str) -> None:
    """Raises Failure where the report has no version in a language."""
    if language not in report.languages:
        message = f"the report has no version in '{language}'"
        hint = did_you_mean(language, report.languages) or "name it under translations: there"
        raise Failure([Diagnostic("missing-translation", report.place, message, hint)])


@dataclass(frozen=True, slots=True)
class Behind:
    """How far a version is behind its original: `untranslated` sections, texts of report.yaml and texts of
    committees, `stale` pieces, the `sections` in which they stand."""

    language: str
    untranslated: int
    stale: int
    sections: int

    def told(self, words: Language) -> str:
        """A line for a terminal."""
        line = words["status_behind"]
        for name, value in asdict(self).items():
            line = line.replace(f"{{{name}}}", str(value))
        return words.typeset(line)


def behind(project: Path, languages: Iterable[str]) -> Iterator[Behind]:
    """For each language how many sections and other texts have no translation, how many are stale."""
    known: Known = {}
    for language in languages:
        _, found = load(project, known, language)
        counts = Counter(item.code for item in found)
        sections = {item.place.file for item in found if item.code == "stale-translation"}
        untranslated, stale = counts["untranslated"], counts["stale-translation"]
        yield Behind(language, untranslated, stale, len(sections))


def _accepted(section: Section, project: Path, language: str, piece: str) -> tuple[str, str, str]:
    """A translation's file, its text, and its text with what it was made from."""
    now = fingerprints(section)
    if piece and piece not in now:
        message = f"there is no '{piece}' in {section.file}"
        raise Failure([Diagnostic("bad-value", section.place, message, did_you_mean(piece, now))])
    file = translation_file(section.file, language)
    text = read_text(project / file, file)
    data = front_matter.read(text, file).data
    made = with_accepted(section, data.get("made_from", {}), [piece] if piece else [*now])
    data["made_from"] = {key: DoubleQuotedScalarString(value) for key, value in made.items()}
    return file, text, front_matter.with_data(text, file, data)
