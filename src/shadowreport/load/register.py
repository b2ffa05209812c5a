"""Reads the register of persons, which must lie where nobody publishes it by mistake.

It is named by `--register` or SHADOWREPORT_REGISTER. What it holds is never in a message: a problem
names the line, and no value and no key that is not one of the format's own.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.register import Person, Register
from shadowreport.core.report import Place
from shadowreport.load import schema
from shadowreport.machine.files import MAX_REFERENCES, read_text
from shadowreport.source.yaml import Yaml, read_private_yaml

VARIABLE = "SHADOWREPORT_REGISTER"
_NAME = "the register"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_KNOWN = "persons, and name, also and forms of each"


def load_register(option: str, project: Path | None = None) -> Register | None:
    """The register that an option or the variable names; None where neither does. Raises Failure."""
    named = option or os.environ.get(VARIABLE, "").strip()
    if not named:
        return None
    try:
        path = Path(named).expanduser().resolve()
    except (OSError, RuntimeError):
        raise _refused("it cannot be found") from None
    _must_be_private(path, project)
    yaml = _read(path)
    faults = list(_faults(yaml))
    if faults:
        raise Failure(faults)
    return Register({key: _person(key, data) for key, data in yaml.data["persons"].items()})


def _must_be_private(path: Path, project: Path | None) -> None:
    if not path.is_file():
        raise _refused("it is not there, or no file", f"correct --register or {VARIABLE}")
    hint = "move it out of every repository, to a place that is not shared"
    if project and path.is_relative_to(project.resolve()):
        raise _refused("it lies in the folder of the report, which is published", hint)
    if any(_is_repository(folder) for folder in path.parents):
        raise _refused("it lies in a repository of git", hint)
    if os.name == "posix" and path.stat().st_mode & _OTHERS:
        raise _refused(
            "others on this machine can open it", "run: chmod 600 and the name of the file"
        )


def _is_repository(folder: Path) -> bool:
    """Whether a folder is the top of a work tree, or a repository itself."""
    bare = all((folder / name).exists() for name in ("HEAD", "objects", "refs"))
    return bare or os.path.lexists(folder / ".git")


def _read(path: Path) -> Yaml:
    try:
        return read_private_yaml(read_text(path, _NAME, MAX_REFERENCES), _NAME)
    except Failure as failure:
        first = failure.diagnostics[0]
        if first.code != "bad-yaml":
            raise
        hint = "look for a colon, a bracket, a quotation mark, or a key that stands there twice"
        message = f"line {first.place.line} is not well-formed YAML"
        raise _refused(message, hint) from None


def _faults(yaml: Yaml) -> Iterator[Diagnostic]:
    """What does not fit: told by its line alone."""
    for line, what in schema.departures(yaml, "register"):
        yield _bad(f"line {line}: {_WHAT.get(what, _OTHER)}", f"the keys are {_KNOWN}")
    persons = yaml.data.get("persons") if isinstance(yaml.data, dict) else None
    for key, data in persons.items() if isinstance(persons, dict) else ():
        if isinstance(data, dict) and _tells(key, data.get("name")):
            line = yaml.place("persons", key).line
            message = f"line {line}: the key holds a part of the name, and keys are printed"
            yield _bad(message, "choose a key such as teacher-south")


_OTHER = "a value is not what stands here"
_WHAT = {
    "additionalProperties": "a key is not known",
    "required": "a key is missing",
    "type": "a value is not what stands here; put a number into quotation marks",
    "pattern": "a key has not the right form: small Latin letters, digits, hyphens between them",
    "minLength": "a text is too short",
    "minProperties": "there is no name",
}


def _tells(key: str, names: Any) -> bool:
    texts = names.values() if isinstance(names, dict) else ()
    words = {word.strip(",.").lower() for text in texts for word in str(text).split()}
    return any(part in words and len(part) > 2 for part in key.split("-"))


def _person(key: str, data: dict[str, Any]) -> Person:
    return Person(key, data["name"], tuple(data.get("also", ())), data.get("forms", {}))


def _refused(message: str, hint: str = "") -> Failure:
    return Failure([_bad(message, hint)])


def _bad(message: str, hint: str = "") -> Diagnostic:
    return Diagnostic("bad-register", Place(_NAME), message, hint)
