"""Checks plain data against a JSON Schema of docs/schemas and says what is wrong in plain words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import cache, reduce
from operator import getitem
from typing import TYPE_CHECKING, Any

from shadowreport.core.problems import Diagnostic, did_you_mean, strange_letters
from shadowreport.load.forms import wanted
from shadowreport.machine.cache import pack, remembered
from shadowreport.machine.toolkit import schemas
from shadowreport.source.yaml import Yaml

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

_KINDS = {
    "string": "a text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a map of keys and values",
}

_ENDING = ".schema.json"
# a pattern that forbids some signs, and leaves the words free
_BUT_SIGNS = re.compile(r"\^\[\^(?:\\.|[^\]\\])+\]\+\$")

_PLAIN = re.compile(r"[\w./-]+(?:, *[\w./-]+)*")  # what can stand between brackets as it is

_BOOLEANS = {
    **dict.fromkeys(("no", "off", "n"), "write false"),
    **dict.fromkeys(("yes", "on", "y"), "write true"),
}


def problems(yaml: Yaml, name: str) -> list[Diagnostic]:
    """Every way in which the data departs from `docs/schemas/<name>.schema.json`."""
    if _is_known_to_fit(yaml, name):
        return []
    errors = sorted(
        _validator(name).iter_errors(yaml.data),
        key=lambda error: list(map(str, error.absolute_path)),
    )
    return [diagnostic for error in errors for diagnostic in _explain(yaml, error)]


def _is_known_to_fit(yaml: Yaml, name: str) -> bool:
    """Whether the same data has been found to fit before: then jsonschema, which takes long to
    import, is not needed."""

    def verdict() -> bytes:
        return b"fits" if _validator(name).is_valid(yaml.data) else b""

    return bool(remembered("schema", (_text(name), pack(yaml.data)), verdict))


def sound(yaml: Yaml, name: str) -> Yaml:
    """The data without the top-level keys in which something is wrong, so that the rest of a
    report can be checked in the same run."""
    if not isinstance(yaml.data, dict):
        return Yaml({}, {(): yaml.place()})
    bad: set[Any] = set()
    for error in _validator(name).iter_errors(yaml.data):
        bad |= {error.absolute_path[0]} if error.absolute_path else set()
    whole: Any = _validator(name).schema
    known = whole["properties"]
    kept = {key: value for key, value in yaml.data.items() if key in known and key not in bad}
    return Yaml(kept, yaml.places)


def departures(yaml: Yaml, name: str) -> list[tuple[int, str]]:
    """The line of each departure and which rule of the schema it breaks: nothing of the data."""
    return sorted(
        (yaml.place(*path).line, str(error.validator))
        for error in _validator(name).iter_errors(yaml.data)
        for path in _paths(error)
    )


def _paths(error: Any) -> list[tuple[Any, ...]]:
    """Where an error stands; the place of a key is that of the key itself."""
    path = tuple(error.absolute_path)
    if error.validator == "additionalProperties" and isinstance(error.schema, dict):
        known = error.schema.get("properties", {})
        return [(*path, key) for key in error.instance if key not in known]
    return [(*path, error.instance)] if "propertyNames" in error.absolute_schema_path else [path]


def keys(name: str) -> list[str]:
    """The keys that a file may have, in the order in which the schema has them."""
    return list(json.loads(_text(name))["properties"])


@cache
def takes_text(name: str, path: tuple[str | int, ...]) -> bool:
    """Whether any text may stand at a place: not certain words alone, nor an id or a number."""
    whole: Any = _validator(name).schema
    return _takes_text(whole, whole, path)


def _takes_text(part: Any, whole: Any, path: tuple[str | int, ...]) -> bool:
    if isinstance(part, bool):
        return part
    while "$ref" in part:
        file, _, below = part["$ref"].partition("#/")
        whole = _schema(file.removesuffix(_ENDING)) if file else whole
        part = reduce(getitem, below.split("/"), whole)
    if "anyOf" in part:
        return any(_takes_text(one, whole, path) for one in part["anyOf"])
    if not path:
        kinds = part.get("type", "string")
        any_text = "pattern" not in part or _BUT_SIGNS.fullmatch(part["pattern"])
        return "string" in kinds and "enum" not in part and bool(any_text)
    if isinstance(path[0], int):
        return _takes_text(part.get("items", True), whole, path[1:])
    below = part.get("properties", {}).get(path[0], part.get("additionalProperties", True))
    return _takes_text(below, whole, path[1:])


def _meant(key: str, known: Mapping[str, Any]) -> str:
    """What to write for a key that is not known; what is confidential is a value, not a key."""
    values = known.get("edition", {}).get("enum", ())
    near = get_close_matches(key.lower(), values, n=1)
    return f"write 'edition: {near[0]}'" if near else did_you_mean(key, known)


@cache
def _validator(name: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT202012

    def other(uri: str) -> Resource[Any]:
        return Resource(contents=_schema(uri.removesuffix(_ENDING)), specification=DRAFT202012)

    return Draft202012Validator(_schema(name), registry=Registry(retrieve=other))


def _schema(name: str) -> Any:
    return json.loads(_text(name))


@cache
def _text(name: str) -> str:
    return (schemas() / f"{name}{_ENDING}").read_text(encoding="utf-8")


def _explain(yaml: Yaml, error: Any) -> list[Diagnostic]:
    path = tuple(error.absolute_path)
    where = ".".join(map(str, path)) or "this file"
    if error.validator == "additionalProperties" and isinstance(error.schema, dict):
        known = error.schema.get("properties", {})
        return [
            Diagnostic(
                "unknown-key",
                yaml.place(*path, key),
                f"the key '{key}' is not known{strange_letters(key)}",
                _meant(key, known),
            )
            for key in error.instance
            if key not in known
        ]
    if error.validator == "required":
        # jsonschema gives an error for each missing key, and names the key in the message alone
        missing = next(
            (key for key in error.validator_value if error.message.startswith(f"'{key}' ")), "?"
        )
        message = f"the key '{missing}' is missing in {where}"
        return [Diagnostic("missing-key", yaml.place(*path), message, f"add '{missing}: ...'")]
    if "propertyNames" in error.absolute_schema_path:
        path = (*path, error.instance)  # it is the key itself that is wrong
    message, hint = _MESSAGES.get(str(error.validator), _other)(error)
    return [Diagnostic("bad-value", yaml.place(*path), f"{where}: {message}", hint)]


def _type(error: Any) -> tuple[str, str]:
    kinds = (
        error.validator_value
        if isinstance(error.validator_value, list)
        else [error.validator_value]
    )
    kind = " or ".join(_KINDS.get(kind, str(kind)) for kind in kinds)
    in_list = bool(error.absolute_path) and isinstance(error.absolute_path[-1], int)
    how = _how(kinds, error.instance, in_list=in_list)
    # a list of maps, or a map in one, has keys of its own, and its description names them
    own = _said(error) if isinstance(error.instance, str) and _has_keys(error.schema) else ""
    return f"{_show(error.instance)} is not {kind}", own or how or _said(error)


def _has_keys(schema: Any) -> bool:
    items = schema.get("items", {})
    return schema.get("type") == "object" or "$ref" in items or items.get("type") == "object"


def _how(kinds: list[str], value: Any, *, in_list: bool) -> str:
    """How a value of some kinds is typed, where another was."""
    if value is None:
        return "write a value, or leave the key out; what begins with # stands in quotation marks"
    if "string" in kinds:
        return "put it in quotation marks" if isinstance(value, int | bool) else ""
    if kinds == ["object"] and isinstance(value, list):
        return "write 'key: value' on each line, without hyphens before them"
    if not isinstance(value, str):
        return ""
    if kinds == ["boolean"]:
        return _BOOLEANS.get(value.lower(), "")
    if (
        kinds == ["array"] and in_list
    ):  # it has its hyphen, and is to be a list of its own behind it
        shown = value if _PLAIN.fullmatch(value) else "one, two"
        return f"each item here is a list itself: write - [{shown}]"
    if kinds == ["array"]:
        return "write each item on a line of its own, behind a hyphen and a blank; or [one, two]"
    return "write 'key: value', with a blank behind the colon" if kinds == ["object"] else ""


def _enum(error: Any) -> tuple[str, str]:
    known = list(dict.fromkeys(map(str, error.validator_value)))
    return f"{_show(error.instance)} is not known", did_you_mean(
        str(error.instance), known
    ) or _said(error)


def _pattern(error: Any) -> tuple[str, str]:
    told = wanted(error.validator_value, error.instance)
    hint = f"{told}{' ' if told.endswith('?') else '. '}{_said(error)}" if told else _said(error)
    return f"{_show(error.instance)} does not have the right form", hint


def _beyond(error: Any) -> tuple[str, str]:
    more, word = ("more", "most") if error.validator == "maximum" else ("less", "least")
    message = (
        f"{_show(error.instance)} is {more} than {error.validator_value}, the {word} there may be"
    )
    return message, _said(error)


def _said(error: Any) -> str:
    """What the schema says of a key."""
    return error.schema.get("description", "") if isinstance(error.schema, dict) else ""


def _any_of(error: Any) -> tuple[str, str]:
    return (
        f"{_show(error.instance)} does not fit here",
        "write a text, or one text by language: {en: ..., ru: ...}",
    )


def _other(error: Any) -> tuple[str, str]:
    return error.message, ""


_MESSAGES: dict[str, Callable[[Any], tuple[str, str]]] = {
    "type": _type,
    "enum": _enum,
    "pattern": _pattern,
    "maximum": _beyond,
    "minimum": _beyond,
    "anyOf": _any_of,
    "minItems": lambda _: (
        "the list is empty",
        "write at least one entry, or leave the key out",
    ),
    "maxItems": lambda error: (f"the list has more than {error.validator_value} entries", ""),
    "minLength": lambda _: ("the text is empty", "write a text, or leave the key out"),
    "maxLength": lambda error: (f"the text has more than {error.validator_value} characters", ""),
    "uniqueItems": lambda _: ("an entry stands in the list twice", "keep one of them"),
}


def _show(value: Any) -> str:
    if isinstance(value, dict):
        return "a map of keys"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else f"'{str(value)[:60]}'"
