"""The texts of report.yaml on their way to translators, and back: what a version lacks there."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shadowreport.core.layout import SETTINGS
from shadowreport.core.problems import Diagnostic
from shadowreport.core.translations import text_fingerprint
from shadowreport.load.versions import changed_texts, said_at, translatable
from shadowreport.machine.files import read_text
from shadowreport.overview.translated import NAME, record
from shadowreport.source.yaml import Yaml, read_yaml
from shadowreport.source.yaml_edit import edited
from shadowreport.translating.judging import AGAIN, MEND, refusal, unfit
from shadowreport.translating.returned import Returned, Unit
from shadowreport.translating.segments import Segment


@dataclass(frozen=True, slots=True)
class Texts:
    """Those that a version lacks, or whose original has changed, with what it says so far; and what a person has to
    translate where it stands, since it is no text that stands beside another."""

    missing: tuple[tuple[Segment, str], ...]
    by_hand: tuple[Diagnostic, ...]


def settings_texts(project: Path, language: str, *, public: bool) -> Texts:
    """The texts of report.yaml for a version; of what names the confidential edition nothing in a `public`
    file. Raises Failure."""
    _, yaml = _read(project)
    own = yaml.data["translations"][language]
    missing: list[tuple[Segment, str]] = []
    stale = list(changed_texts(yaml.data, language))
    by_hand: list[Diagnostic] = []
    for path, text in translatable(yaml.data):
        there = said_at(own, path)
        if not isinstance(text, str) or (public and path[0] == "editions"):
            by_hand += [] if there else [_by_hand(yaml, language, path)]
        elif not there or path in stale:
            missing.append((_segment(path, text), there or ""))
    return Texts(tuple(missing), tuple(by_hand))


def _read(project: Path) -> tuple[str, Yaml]:
    text = read_text(project / SETTINGS, SETTINGS)
    return text, read_yaml(text, SETTINGS)


def _segment(path: tuple[str, ...], text: str) -> Segment:
    return Segment(".".join(path), 1, NAME, -1, -1, (text,), ())


def _by_hand(yaml: Yaml, language: str, path: tuple[str, ...]) -> Diagnostic:
    place = yaml.place("translations", language)
    message = f"{': '.join(path)}: is not translated, and is not in the file"
    return Diagnostic("not-for-translators", place, message, "add it here")


def take_settings(project: Path, back: Returned) -> tuple[str, int, list[Diagnostic]]:
    """The new text of report.yaml with what came back for it, how many texts that are, and what is refused;
    the text is empty where nothing changes. Raises Failure."""
    units = [unit for unit in back.units if unit.section == NAME]
    if not units:
        return "", 0, []
    text, yaml = _read(project)
    wanted = deepcopy(yaml.data)
    own = wanted["translations"][back.language]
    stale = list(changed_texts(yaml.data, back.language))
    texts = {_segment(path, said).id: (path, said) for path, said in _plain(yaml.data)}
    refused: list[Diagnostic] = []
    seen: set[str] = set()
    taken = 0
    for unit in units:
        path, said = texts.get(unit.id, ((), ""))
        reason, hint = _wrong(unit, path, said, seen)
        seen.add(unit.id)
        if reason:
            refused.append(refusal(back.file, unit, reason, hint))
            continue
        new, there = "".join(map(str, unit.target)), said_at(own, path)
        if new and (not there or (path in stale and (unit.done or new != there))):
            _set(own, path, new)
            record(own, {".".join(path): text_fingerprint(said)})
            taken += 1
    return edited(text, wanted, SETTINGS) if taken else "", taken, refused


def _plain(data: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    return ((path, text) for path, text in translatable(data) if isinstance(text, str))


def _wrong(unit: Unit, path: tuple[str, ...], said: str, seen: set[str]) -> tuple[str, str]:
    if not path:
        return f"{SETTINGS} has no such text any more", AGAIN
    if unit.id in seen:
        return "it stands in the file twice", MEND
    return unfit(unit, _segment(path, said))


def _set(own: dict[str, Any], path: tuple[str, ...], text: str) -> None:
    for key in path[:-1]:
        own = own.setdefault(key, {})
    own[path[-1]] = text
