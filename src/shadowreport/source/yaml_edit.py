"""Edits YAML by what it is to say: what says the same afterwards keeps its lines, with their
comments, quotation marks and order of keys.

ruamel.yaml's own round trip keeps comments too, but sets every list and folded text anew, and a
comment goes away with the entry above it. So it only writes the entries that differ.
"""

from __future__ import annotations

import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from textwrap import dedent, indent
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.representer import RoundTripRepresenter

from shadowreport.core.problems import Failure
from shadowreport.source.yaml import Path, Yaml, read_yaml

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_COMMENT = re.compile(r"\s*(#.*)?\n?")
_OPENS_BLOCK = re.compile(r"[^#]*:\s*(#.*)?\n")


def edited(text: str, wanted: Mapping[str, Any], file: str, first_line: int = 1) -> str:
    """A YAML text that reads as `wanted`. Raises Failure where the text cannot be read."""
    if text and not text.endswith("\n"):
        text += "\n"
    lines = text.splitlines(keepends=True)
    old = read_yaml(text, file, first_line)
    new = "".join(_Edit(lines, old, first_line).entry((), wanted, 0, len(lines)))
    return new if _says(new, wanted) else _set_anew(text, old.data, wanted)


def dumped(data: Any) -> str:
    """Data as YAML in the toolkit's style: no folded lines, text as it is."""
    stream = io.StringIO()
    _yaml().dump(data, stream)
    return stream.getvalue()


def flow_list(items: Iterable[Any]) -> CommentedSeq:
    """A list that is written on one line, between brackets."""
    result = CommentedSeq(items)
    result.fa.set_flow_style()
    return result


def _set_anew(text: str, old: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    """The whole text in another layout: what is written between braces cannot be edited by lines."""
    data = _yaml().load(text) or CommentedMap()
    for key in old.keys() - wanted.keys():
        del data[key]
    data.update(
        {key: value for key, value in wanted.items() if key not in old or old[key] != value}
    )
    return dumped(data)


def _yaml() -> YAML:
    yaml = YAML()
    yaml.Representer = _Representer
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def scalar(text: str, *, quoted: bool = False) -> str:
    """A text as a value on one line: plain where that can be, else in quotation marks."""
    plain = not quoted and _says(f"key: {text}\n", {"key": text})
    return text if plain else json.dumps(text, ensure_ascii=False)


def _says(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return read_yaml(text, "").data == wanted
    except Failure:
        return False


class _Representer(RoundTripRepresenter):
    """Writes a day as people do, without quotation marks; it is read as a text either way."""

    def represent_str(self, data: str) -> Any:
        tag = "timestamp" if _DAY.fullmatch(data) else "str"
        return self.represent_scalar(f"tag:yaml.org,2002:{tag}", data)


_Representer.add_representer(str, _Representer.represent_str)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key with its value, or an item of a list: lines `start` to `end`, and up to `stop` nothing
    but comments and blank lines."""

    start: int
    end: int
    stop: int


class _Edit:
    def __init__(self, lines: Sequence[str], old: Yaml, first_line: int) -> None:
        self.lines, self.old, self.first_line = lines, old, first_line

    def entry(self, path: Path, new: Any, start: int, end: int) -> Iterator[str]:
        """The lines of an entry that stands on lines `start` to `end` (not included)."""
        old = self.old.data
        for key in path:
            old = old[key]
        inner = self._inner(path, old, start, end)
        if old == new:
            yield from self.lines[start:end]
        elif inner and new and isinstance(new, dict if isinstance(old, dict) else list):
            yield from self._entries(path, inner, *_plan(old, new), start)
        elif path:
            yield from _written(path[-1], new, _margin(self.lines[start]))
        elif not old:
            yield from (*self.lines, dumped(new))

    def _entries(
        self,
        path: Path,
        inner: Mapping[Any, _Entry],
        kept: Mapping[Any, Any],
        added: Mapping[Any, list[tuple[Any, Any]]],
        start: int,
    ) -> Iterator[str]:
        first = next(iter(inner.values())).start
        margin = _margin(self.lines[first])
        yield from self.lines[start:first]
        for name, value in added[None]:
            yield from _written(name, value, margin)
        for key, place in inner.items():
            if key in kept:
                yield from self.entry((*path, key), kept[key], place.start, place.end)
            for name, value in added[key]:
                yield from _written(name, value, margin)
            yield from self.lines[place.end : place.stop]

    def _inner(self, path: Path, old: Any, start: int, end: int) -> dict[Any, _Entry]:
        """The entries of an entry in block style, each on lines of its own; else none."""
        if not old or not isinstance(old, dict | list):
            return {}
        keys = list(old) if isinstance(old, dict) else list(range(len(old)))
        places = [self.old.places[(*path, key)] for key in keys]
        starts = [place.line - self.first_line for place in places]
        lead = {
            self.lines[at][: place.column - 1].strip()
            for at, place in zip(starts, places, strict=True)
        }
        head = [line for line in self.lines[start : starts[0]] if not _COMMENT.fullmatch(line)]
        if lead != {"" if isinstance(old, dict) else "-"} or len(head) != bool(path):
            return {}
        if head and not _OPENS_BLOCK.fullmatch(head[0]):
            return {}
        return {
            key: _Entry(at, self._end(at, stop), stop)
            for key, at, stop in zip(keys, starts, [*starts[1:], end], strict=True)
        }

    def _end(self, start: int, stop: int) -> int:
        while stop > start + 1 and _COMMENT.fullmatch(self.lines[stop - 1]):
            stop -= 1
        return stop


def _plan(old: Any, new: Any) -> tuple[dict[Any, Any], dict[Any, list[tuple[Any, Any]]]]:
    """What each entry becomes that stays; and what is added behind which one, None being the top."""
    kept: dict[Any, Any] = {}
    added: dict[Any, list[tuple[Any, Any]]] = defaultdict(list)
    last = None
    for here, there in _pairs(old, new):
        last = last if here is None else here
        if here is None:
            added[last].append((there, new[there]))
        elif there is not None:
            kept[here] = new[there]
    return kept, added


def _pairs(old: Any, new: Any) -> Iterator[tuple[Any, Any]]:
    """Which entry of the old is which of the new."""
    if isinstance(new, dict):
        yield from ((key if key in old else None, key) for key in new)
        return
    texts = [[json.dumps(item) for item in items] for items in (old, new)]
    for _, i1, i2, j1, j2 in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        yield from zip_longest(range(i1, i2), range(j1, j2))


def _written(key: str | int, value: Any, margin: str) -> Iterator[str]:
    data = [value] if isinstance(key, int) else {key: value}
    yield indent(dedent(dumped(data)), margin)


def _margin(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]
