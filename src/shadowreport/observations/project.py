"""What an import of observations has to do with the report around it: its sections, its columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from shadowreport.core.layout import SETTINGS, section_name, translation_of
from shadowreport.core.problems import Failure
from shadowreport.core.states import name_of
from shadowreport.machine.files import MAX_REFERENCES, read_text
from shadowreport.observations.fields import plain
from shadowreport.source import front_matter
from shadowreport.source.yaml import read_yaml
from shadowreport.source.yaml_edit import edited

_LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")  # in which the United Nations name States


def themes(project: Path) -> dict[str, str]:
    """The names of the sections by their titles, without capitals and signs."""
    found: dict[str, str] = {}
    for path in sorted((project / "sections").glob("*.md")):
        named = translation_of(path.name)[0] or path.name
        try:
            parts = front_matter.parts(read_text(path, path.name), path.name)
            title = read_yaml(parts.front, path.name, 2).data.get("title", "")
        except Failure:  # invoke check tells what is wrong with a section
            continue
        found[plain(str(title))] = section_name(named)
    return found


def register(
    project: Path, files: Sequence[str], before: dict[str, str], after: dict[str, str]
) -> None:
    """Adds the documents to the columns of the report, in the order of their years where it has one."""
    if not (project / SETTINGS).is_file():
        return
    text = read_text(project / SETTINGS, SETTINGS, MAX_REFERENCES)
    settings = read_yaml(text, SETTINGS).data
    old = list(settings.get("cycles") or [])
    new = [Path(file).stem for file in dict.fromkeys(files) if Path(file).stem not in old]
    before[SETTINGS] = text
    if new:
        ordered = sorted(old, key=_year) == old
        cycles = sorted([*old, *new], key=_year) if ordered else [*old, *new]
        after[SETTINGS] = edited(text, {**settings, "cycles": cycles}, SETTINGS)


def _year(stem: str) -> str:
    return stem.rpartition("-")[2]


def state_names(project: Path) -> frozenset[str]:
    """What tables may call the State of the report: its names in every language that is known, as fields.py
    compares them. Empty where there is no report."""
    if not (project / SETTINGS).is_file():
        return frozenset()
    text = read_text(project / SETTINGS, SETTINGS, MAX_REFERENCES)
    state = read_yaml(text, SETTINGS).data.get("state") or {}
    code = str(state.get("code", ""))
    names = {str(state.get("name", "")), code, *(name_of(code, one) for one in _LANGUAGES)}
    return frozenset(plain(name) for name in names if name)
