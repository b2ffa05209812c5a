"""Who may be named and who is not, for `invoke person`: where each protected person stands in the text, and
references/persons.yaml and the sections with one decision more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap

from shadowreport.core.called import person_key
from shadowreport.core.layout import PERSONS
from shadowreport.core.persons import MENTION, PERSON, Persons
from shadowreport.core.problems import Diagnostic, Failure, did_you_mean
from shadowreport.core.register import Register
from shadowreport.core.report import Place
from shadowreport.load import schema
from shadowreport.load.persons import persons_of
from shadowreport.machine.files import MAX_REFERENCES, MAX_SECTION, read_bytes, read_text
from shadowreport.source.rewrite import as_found
from shadowreport.source.yaml import read_yaml
from shadowreport.source.yaml_edit import edited, flow_list

_MOST = 12  # places that are listed of each where all are


@dataclass(frozen=True, slots=True)
class Standing:
    """A protected person: what is printed, what was agreed to, and where the text speaks of them."""

    key: str
    printed: str
    consent: str
    places: tuple[Place, ...]
    known: bool | None  # whether the register knows the person; None without a register


def standings(project: Path, code: str, register: Register | None) -> list[Standing]:
    """Every person of persons.yaml or of the text, by key; `code` is the language of the report. Raises
    Failure where a file cannot be read."""
    persons, places = decisions(project), _places(project)
    found: list[Standing] = []
    for key in sorted({*persons.protected, *places}):
        known = key in register.persons if register else None
        person = persons.protected.get(key)
        printed = dict(person.printed(code))[f"{PERSON}-{key}"] if person else ""
        consent = _agreed(_plain(person.consent)) if person and person.consent else ""
        found.append(Standing(key, printed, consent, tuple(places.get(key, ())), known))
    return found


def lines(found: list[Standing], one: str = "") -> Iterator[str]:
    """What is told of all, or of one with every place."""
    for item in found:
        if one in ("", item.key):
            yield f"@{PERSON}-{item.key}: {item.printed or f'not in {PERSONS}'}"
            yield f"    consent: {item.consent or 'not written down'}"
            if item.known is not None:
                yield "    in the register" if item.known else "    not in the register"
            told = [f"{place.file}:{place.line}" for place in item.places]
            left = f" and {len(told) - _MOST} more" if not one and len(told) > _MOST else ""
            shown = told if one else told[:_MOST]
            yield f"    {', '.join(shown)}{left}" if told else "    the text does not speak of them"


def decisions(project: Path) -> Persons:
    """What persons.yaml says; nothing where there is none. Raises Failure."""
    return persons_of(_fitting(_text(project)))


def added(
    project: Path, key: str, public: Mapping[str, str], consent: Mapping[str, Any]
) -> dict[str, bytes]:
    """The file with a person who is not named, or with more about one: what is printed by language, and
    what was agreed to. Raises Failure where that is no such entry."""
    data = _data(project)
    persons: dict[str, Any] = data.setdefault("persons", {})
    entry: dict[str, Any] = CommentedMap(persons.get(key, {}))
    said = entry.get("public", {})
    if public:
        entry["public"] = _flow({**(said if isinstance(said, dict) else {}), **public})
    if consent:
        entry["consent"] = _flow({**entry.get("consent", {}), **consent})
    persons[key] = entry
    return _written(project, data)


def decided(
    project: Path, name: str, reason: str, note: str, consent: Mapping[str, Any]
) -> dict[str, bytes]:
    """The file with a person who may be named, and why; in the place of what it said of the same name.
    Raises Failure where that is no such entry."""
    data = _data(project)
    new = {"name": name, "public": reason, "note": note, "consent": _flow(consent)}
    entry = _flow({key: value for key, value in new.items() if value})
    named: list[Any] = data.setdefault("named", [])
    same = [nth for nth, item in enumerate(named) if name in _names(item)]
    if same:
        entry["name"] = named[same[0]]["name"]
        named[same[0]] = entry
    else:
        named.append(entry)
    return _written(project, data)


def renamed(project: Path, old: str, new: str) -> dict[str, bytes]:
    """Every file of the report that names a key, with another in its place. Raises Failure for a key that
    nobody has, or that another person has."""
    data, places = _data(project), _places(project)
    persons: dict[str, Any] = data.get("persons", {})
    known = {*persons, *places}
    if old not in known:
        raise unknown(old, known)
    if not MENTION.fullmatch(f"@{PERSON}-{new}") or ":" in new:
        message = f"'{new}' cannot be a key"
        hint = "a key is of small Latin letters and digits, with hyphens between them"
        raise Failure([Diagnostic("bad-value", Place(PERSONS), message, hint)])
    if new in known:
        message = f"'{new}' is the key of another person"
        raise Failure([Diagnostic("bad-value", Place(PERSONS), message, "choose another one")])
    files = {place.file for place in places.get(old, ())}
    texts = {file: _with_key(read_text(project / file, file), old, new) for file in files}
    made = {
        file: as_found(read_bytes(project / file, file, MAX_SECTION), text)
        for file, text in texts.items()
    }
    return made | _file(project, _with_own_key(_text(project), old, new) if old in persons else "")


def unknown(key: str, known: set[str]) -> Failure:
    """A key that nobody has."""
    message = f"no person has the key '{key}'"
    return Failure([Diagnostic("bad-value", Place(PERSONS), message, did_you_mean(key, known))])


def outline(key: str, code: str) -> str:
    """What goes into the register for a person: the name itself stands nowhere else."""
    return f"persons:\n  {key}:\n    name: {{{code}: Given Family}}\n    also: []\n"


def _places(project: Path) -> dict[str, list[Place]]:
    """Where the sections, translations of them included, speak of each person."""
    found: dict[str, list[Place]] = {}
    for path in sorted((project / "sections").glob("*.md")):
        file = path.relative_to(project).as_posix()
        text = read_text(path, file)
        for match in MENTION.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.setdefault(person_key(match[1]), []).append(Place(file, line))
    return found


def _with_key(text: str, old: str, new: str) -> str:
    return MENTION.sub(
        lambda match: (
            match[0].replace(f"-{old}", f"-{new}", 1) if person_key(match[1]) == old else match[0]
        ),
        text,
    )


def _with_own_key(text: str, old: str, new: str) -> str:
    """The file in which a person has another key: nothing else of it differs."""
    place = read_yaml(text, PERSONS).place("persons", old)
    rows = text.splitlines(keepends=True)
    row, at = rows[place.line - 1], place.column - 1
    rows[place.line - 1] = row[:at] + row[at:].replace(old, new, 1)
    return "".join(rows)


def _names(item: Mapping[str, Any]) -> list[str]:
    return [item["name"]] if isinstance(item["name"], str) else item["name"]


def _agreed(consent: Mapping[str, str]) -> str:
    return ", ".join(
        f"{key} {value}" if key != "level" else value for key, value in consent.items()
    )


def _plain(consent: Any) -> dict[str, str]:
    names = ("level", "date", "by", "purposes", "until", "withdrawn")
    values = {name: getattr(consent, name) for name in names}
    return {
        name: value if isinstance(value, str) else ", ".join(value)
        for name, value in values.items()
        if value
    }


def _flow(data: Mapping[str, Any]) -> CommentedMap:
    result = CommentedMap(data)
    if "purposes" in result:
        result["purposes"] = flow_list(result["purposes"])
    result.fa.set_flow_style()
    return result


def _text(project: Path) -> str:
    path = project / PERSONS
    return read_text(path, PERSONS, MAX_REFERENCES) if path.exists() else ""


def _data(project: Path) -> dict[str, Any]:
    return _fitting(_text(project)).data


def _fitting(text: str) -> Any:
    yaml = read_yaml(text or "{}", PERSONS)
    wrong = schema.problems(yaml, "persons")
    if wrong:
        raise Failure(wrong)
    return yaml


def _written(project: Path, data: dict[str, Any]) -> dict[str, bytes]:
    return _file(project, edited(_text(project), data, PERSONS))


def _file(project: Path, text: str) -> dict[str, bytes]:
    if not text:
        return {}
    _fitting(text)
    path = project / PERSONS
    found = read_bytes(path, PERSONS, MAX_REFERENCES) if path.exists() else b""
    return {PERSONS: as_found(found, text)}
