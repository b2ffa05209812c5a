"""Reads what editors say about a report rather than in it: sign-offs, excuses, what is set aside,
preferred terms, the scale of findings and the profile of the body that is addressed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shadowreport.core.lexicon import Committee, Lexicon
from shadowreport.core.problems import Diagnostic, Failure, did_you_mean, has_errors
from shadowreport.core.report import (
    Excuse,
    Grade,
    Mention,
    Place,
    Profile,
    Scale,
    SetAside,
    SignOff,
    Term,
)
from shadowreport.load.value_proof import judged
from shadowreport.machine.cache import pack, remembered, shared, unpack
from shadowreport.machine.files import read_text
from shadowreport.machine.toolkit import template, templates
from shadowreport.source.yaml import Yaml, read_yaml

SCALES = "scales.yaml"
DEFAULT_SCALE = "coalition"


def set_aside(front: Yaml) -> tuple[SetAside, ...]:
    """The recommendations that a section sets aside."""
    entries: Mapping[str, str] = front.data.get("set_aside", {})
    return tuple(
        SetAside(Mention(key, front.place("set_aside", key)), reason)
        for key, reason in entries.items()
    )


def sign_offs(front: Yaml) -> tuple[SignOff, ...]:
    """The sign-offs in a section's front matter."""
    entries: Mapping[str, list[dict[str, Any]]] = front.data.get("reviewed", {})
    return tuple(
        SignOff(
            paragraph=Mention(key.removeprefix("par-"), front.place("reviewed", key)),
            organisation=Mention(item["as"], front.place("reviewed", key, index, "as")),
            aspect=item["aspect"],
            date=str(item["on"]),
            content=str(item["content"]),
            answers={name: str(value) for name, value in item.get("answers", {}).items()},
        )
        for key, items in entries.items()
        for index, item in enumerate(items)
    )


def excuses(yaml: Yaml, file: str = "") -> tuple[Excuse, ...]:
    """The excuses in a section's front matter, or in report.yaml, where each names its file."""
    return tuple(
        Excuse(
            code=item["code"],
            reason=item["reason"],
            file=item.get("file", file),
            place=yaml.place("excused", index),
            paragraph=item.get("paragraph", "").removeprefix("par-"),
            text=item.get("text", ""),
        )
        for index, item in enumerate(yaml.data.get("excused", []))
    )


def terms(yaml: Yaml | None) -> tuple[Term, ...]:
    """The preferred spellings of references/terms.yaml."""
    items = yaml.data.get("terms", []) if yaml else []
    return tuple(
        Term(item["prefer"], tuple(item["instead_of"]), item.get("note", "")) for item in items
    )


def load_scale(project: Path, settings: Yaml) -> Scale:
    """The scale that report.yaml names, or the usual one. Raises Failure for an unknown one."""
    scales = _scales(project)
    wanted: Mapping[str, Any] = settings.data.get("scale", {"name": DEFAULT_SCALE})
    name, version = wanted["name"], str(wanted.get("version", ""))
    if name not in scales:
        raise _unknown(settings.place("scale"), f"there is no scale '{name}'", name, scales)
    versions: Mapping[str, Any] = scales[name]["versions"]
    version = version or next(iter(versions))
    if version not in versions:
        message = f"the scale '{name}' has no version '{version}'"
        raise _unknown(settings.place("scale"), message, version, versions)
    grades = tuple(
        Grade(key, item["words"], item["degree"]) for key, item in versions[version].items()
    )
    return Scale(name, version, scales[name]["title"], grades)


def profile_of(lexicon: Lexicon, settings: Yaml) -> Committee | None:
    """The committee whose rules report.yaml asks to be checked. Raises Failure for an unknown one."""
    return _body(lexicon, settings, "profile")


_TEXTS = ("title", "short_title", "session", "date", "deadline", "session_starts", "stage")


def profiles_of(lexicon: Lexicon, settings: Yaml) -> dict[str, Profile]:
    """The documents that are derived from the report. Raises Failure for an unknown body."""
    return {
        name: Profile(
            body=_body(lexicon, settings, "profiles", name, "body"),
            words=data.get("words", 0),
            pages=data.get("pages", 0),
            **{key: data.get(key, "") for key in _TEXTS},
            sections=tuple(data.get("sections", ())),
            follow_up=data.get("follow_up", False),
            annexes=tuple(data.get("annexes", ())),
        )
        for name, data in settings.data.get("profiles", {}).items()
    }


def _body(lexicon: Lexicon, settings: Yaml, *path: str) -> Committee | None:
    name: Any = settings.data
    for key in path:
        name = name.get(key, "")
    if not name:
        return None
    known = {code.lower(): item for code, item in lexicon.committees.items()}
    if name.lower() not in known:
        raise _unknown(settings.place(*path), f"there is no profile '{name}'", name, known)
    return known[name.lower()]


def _scales(project: Path) -> Mapping[str, Any]:
    """All scales, by name. Raises Failure where something is wrong with their file."""
    path = template(project, SCALES)
    text = read_text(path, f"templates/{SCALES}")
    keep = shared if path.parent == templates() else remembered
    return unpack(keep("scales", (text,), lambda: pack(_read_scales(text))))


def _read_scales(text: str) -> Mapping[str, Any]:
    yaml = read_yaml(text, f"templates/{SCALES}")
    found, _ = judged(text, yaml, "scales")
    if has_errors(found):
        raise Failure(found)
    return yaml.data["scales"]


def _unknown(place: Place, message: str, word: str, known: Any) -> Failure:
    return Failure([Diagnostic("bad-value", place, message, did_you_mean(word, known))])
