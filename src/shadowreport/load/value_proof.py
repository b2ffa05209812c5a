"""The proof of reading for YAML: what a value says is what was typed.

What source/yaml.py made of a text is held against its lines, as source/typed/values.py finds them
there; what YAML read as it was typed is judged by value_rules.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, NamedTuple

from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place
from shadowreport.load.schema import problems, takes_text
from shadowreport.load.value_rules import RULES, Pair, Told, folded, left_out, quoted, said, short
from shadowreport.machine.cache import pack, remembered, unpack
from shadowreport.source.typed.confidential import CODE, is_near
from shadowreport.source.typed.values import Value, typed_values
from shadowreport.source.yaml import Path, Yaml

_MAX = 100  # problems of one file: nobody reads more
_REMARK = re.compile(r"\s*#+\s*[\w-]+\s*[:=]\s*(\w+)\W*$")
_NOTHING = re.compile(r"~|null|Null|NULL")


class Loaded(NamedTuple):
    """A key or a value as it was read, and by which keys it is reached."""

    path: Path
    key: bool
    value: Any


Placed = tuple[int, int, str, str, str]  # line and column from 0, code, message, hint


def judged(text: str, yaml: Yaml, kind: str, first_line: int = 1) -> tuple[list[Diagnostic], bool]:
    """What is wrong with a YAML text that was read, and whether it fits its schema. A value that is
    not what was typed is told once, as that."""
    proof = prove_values(text, yaml, kind, first_line)
    told = {item.place.line for item in proof if item.severity == "error"}
    found = problems(yaml, kind)
    return [*proof, *(item for item in found if item.place.line not in told)], not found


def prove_values(text: str, yaml: Yaml, kind: str, first_line: int = 1) -> list[Diagnostic]:
    """What of a YAML text was read other than it was typed. `kind` is its schema's name."""

    def compare() -> bytes:
        return pack([list(item) for item in _compared(text, yaml.data, kind)][:_MAX])

    file = yaml.place().file
    found = unpack(remembered("values", (text, kind), compare))
    return [
        Diagnostic(code, Place(file, first_line + line, column + 1), message, hint)
        for line, column, code, message, hint in found
    ]


def _compared(text: str, data: Any, kind: str) -> Iterator[Placed]:
    yield from _remarks(text)
    typed, loaded = typed_values(text), list(_loaded(data, ()))
    yield from _nothing(typed, loaded, kind)
    typed = [value for value in typed if not _is_nothing(value)]
    loaded = [item for item in loaded if item.value is not None]
    for value, read in zip_longest(typed, loaded):
        if value is None or read is None or not _same(value, read):
            at = value or (typed[-1] if typed else Value(0, 0, "plain", text))
            yield _placed(at, _differs(at, read))
            return  # what follows may be shifted
        pair = Pair(value, read.path, read.value, takes_text(kind, read.path), kind)
        told = next(filter(None, (rule(pair) for rule in RULES)), None)
        if told:
            yield _placed(value, told)


def _placed(value: Value, told: Told) -> Placed:
    line, column = value.line + told.line, 0 if told.line else value.column
    return line, column, told.code, told.message, told.hint


def _loaded(data: Any, path: Path) -> Iterator[Loaded]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield Loaded((*path, key), True, key)
            yield from _loaded(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _loaded(value, (*path, index))
    else:
        yield Loaded(path, False, data)


def _is_nothing(value: Value) -> bool:
    return value.style == "plain" and bool(_NOTHING.fullmatch(value.text))


def _same(value: Value, read: Loaded) -> bool:
    wanted, found = folded(said(value)), folded(str(read.value))
    if isinstance(read.value, bool):
        wanted, found = wanted.lower(), found.lower()
    return wanted == found and (value.style in ("key", "lone")) == read.key


def _differs(value: Value, read: Loaded | None) -> Told:
    found = f"as '{short(str(read.value))}'" if read else "as nothing"
    hint = "put the text into straight quotation marks, on one line"
    return Told("misread-value", f"'{short(said(value))}' would be read {found}", hint)


def _remarks(text: str) -> Iterator[Placed]:
    """`# edition: confidential`: what stands behind # is read by nobody, and protects nothing."""
    for line, match in ((at, _REMARK.match(line)) for at, line in enumerate(text.split("\n"))):
        if match and is_near(match[1]):
            message = "this line keeps nothing back: behind # it is not read"
            yield line, 0, CODE, message, "take the # away, or the whole line"


def _nothing(typed: list[Value], loaded: list[Loaded], kind: str) -> Iterator[Placed]:
    """`text: # 5 measures`, `publisher: null`: a word was typed, and nothing is read."""
    nulls = {item.path for item in loaded if item.value is None}
    keys = (value for value in typed if value.style in ("key", "lone"))
    for value, key in zip(keys, (item for item in loaded if item.key), strict=False):
        if value.comment and key.path in nulls and takes_text(kind, key.path):
            yield _placed(value, left_out(value.comment, value.comment))
    for value in filter(_is_nothing, typed):
        hint = f"write {quoted(value.text)}, or leave the key out"
        message = f"'{value.text}' is read as nothing at all"
        yield _placed(value, Told("doubtful-value", message, hint))
