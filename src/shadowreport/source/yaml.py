"""Reads YAML that strangers wrote: plain data with the line of every value, and no surprises.

ruamel.yaml composes the nodes; we turn them into plain data ourselves, because only the nodes know
their lines. Aliases, tags, directives and duplicate keys are refused: a report needs none of them
and each has been used against loaders (a 342-byte alias bomb explodes when it is walked).
A text of several lines becomes one line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.machine.cache import pack, remembered, unpack
from shadowreport.machine.files import hidden
from shadowreport.source.conflicts import conflicts
from shadowreport.source.yaml_slips import slip, strange_blank

Path = tuple[str | int, ...]

_MAX_NODES = 80_000  # keys and values; ruamel.yaml takes 60 microseconds for each
_MAX_DEPTH = 24
_PLAIN = "tag:yaml.org,2002:"
_LINE_END = re.compile(r"[\n\t]+")
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,14}")
_TOO_MUCH = "this is more than a report needs: too many or too deeply nested values"


class _Strict(Composer):
    """Stops at an alias, and at more nodes than a report needs, before all of them are made."""

    _nodes = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        self._nodes += 1
        if self._nodes > _MAX_NODES:
            mark = self.parser.peek_event().start_mark
            raise MarkedYAMLError(problem=_TOO_MUCH, problem_mark=mark)
        if self.parser.check_event(AliasEvent):
            event = self.parser.peek_event()
            raise MarkedYAMLError(
                problem="aliases (*name) are not used here", problem_mark=event.start_mark
            )
        return super().compose_node(parent, index)


@dataclass(frozen=True, slots=True)
class Yaml:
    """Plain data, and the place of every value by its path of keys and indexes."""

    data: Any
    places: dict[Path, Place]

    def place(self, *path: str | int) -> Place:
        """The place of a value, or of the nearest thing around it that has one."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.places:
                return self.places[path[:end]]
        raise KeyError(path)


def read_yaml(text: str, file: str, first_line: int = 1) -> Yaml:
    """Plain data of a YAML text whose first line is line `first_line` of `file`.

    Raises Failure with one `bad-yaml` diagnostic where the text is not YAML, or is more than a
    report needs (see above). An empty text gives `{}`.
    """

    def compose() -> bytes:
        yaml = read_private_yaml(text, file, first_line)
        places = [[path, place.line, place.column] for path, place in yaml.places.items()]
        return pack([yaml.data, places])

    data, places = unpack(remembered("front-matter", (text, file, str(first_line)), compose))
    return Yaml(data, {tuple(path): Place(file, line, column) for path, line, column in places})


def read_private_yaml(text: str, file: str, first_line: int = 1) -> Yaml:
    """The same of a text of which no cache may keep anything."""
    reader = YAML(typ="safe", pure=True)
    reader.Composer = _Strict
    unsettled = conflicts(text, file, first_line)
    if unsettled:
        raise Failure(unsettled)
    lines = text.split("\n")
    _refuse(lines, file, first_line)
    try:
        root = reader.compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        said = (error.problem or error.context or "not YAML").strip()
        usual = None if said == _TOO_MUCH else slip(lines, line)
        if usual:
            message = said if "not used here" in said else f"{usual[1]} ({said})"
            raise _bad(message, Place(file, first_line + usual[0]), usual[2]) from None
        message, hint = _explain(said)
        raise _bad(message, Place(file, first_line + line, column + 1), hint) from None
    except RecursionError:
        raise _bad("lists or maps are nested too deeply", Place(file, first_line)) from None
    except (YAMLError, ValueError) as error:
        raise _bad(str(error).splitlines()[0], Place(file, first_line)) from None
    builder = _Builder(file, first_line)
    data = {} if root is None else builder.build(root, ())
    builder.places.setdefault((), Place(file, first_line))
    return Yaml(data, builder.places)


def _refuse(lines: list[str], file: str, first_line: int) -> None:
    """Lines that are wrong whether they are YAML or not."""
    for number, line in enumerate(lines, first_line):
        if line.startswith("%"):
            message = "directives (lines that begin with %) are not used here"
            raise _bad(message, Place(file, number))
        strange = strange_blank(line)
        if strange:
            raise _bad(strange[0], Place(file, number), strange[1])


class _Builder:
    def __init__(self, file: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.places: dict[Path, Place] = {}

    def build(self, node: Node, path: Path) -> Any:
        self.places.setdefault(path, self._place(node))
        if len(path) > _MAX_DEPTH:
            raise _bad(_TOO_MUCH, self._place(node))
        if not str(node.tag).startswith(_PLAIN) or _has_explicit_tag(node):
            hint = "put a text that begins with ! into quotation marks"
            raise _bad(f"tags ({node.tag}) are not used here", self._place(node), hint)
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.build(child, (*path, index)) for index, child in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                raise _bad("a key must be a word", self._place(key_node))
            key = self._text(key_node)
            if key in result:
                raise _bad(f"'{key}' stands here twice", self._place(key_node), "keep one of them")
            self.places[(*path, key)] = self._place(key_node)
            result[key] = self.build(value_node, (*path, key))
        return result

    def _scalar(self, node: Node) -> Any:
        text = self._text(node)
        kind = str(node.tag).removeprefix(_PLAIN)
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        if kind == "int" and _NUMBER.fullmatch(text):
            return int(text)
        return text  # dates, 012, 1_000, decimal numbers and the like stay as they were typed

    def _text(self, node: Node) -> str:
        """A text without line ends, which mean something in other formats, and without the hidden
        characters that an escape such as "\\u202e" brings past the reading of the file."""
        lines = (line.strip(" ") for line in _LINE_END.split(str(node.value)))
        text = " ".join(filter(None, lines))
        character = hidden(text)
        if character:
            message = f"the invisible control character {character} stands in this text"
            place = self._place(node)
            raise Failure([Diagnostic("control-character", place, message, "delete it")])
        return text

    def _place(self, node: Node) -> Place:
        mark = node.start_mark
        return Place(self.file, self.first_line + mark.line, mark.column + 1)


def _has_explicit_tag(node: Node) -> bool:
    # the safe resolver gives plain scalars implicit tags; these are the only ones it can give
    allowed = {"str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value"}
    return str(node.tag).removeprefix(_PLAIN) not in allowed


# what ruamel.yaml says, what that means, and what to do
_EXPLANATIONS = (
    (
        "mapping values are not allowed",
        "a colon stands where none can",
        "put a text that holds a colon into quotation marks, and a space behind the colon of a key",
    ),
    ("character '\\t'", "a tab stands here", "replace it by spaces"),
    ("but got '<stream end>'", "a bracket is never closed", "close [ with ] and { with }"),
    ("unexpected end of stream", "a quotation mark is never closed", "close it, or remove it"),
    (
        "expected <block end>, but found '-'",
        "this item stands further left or right than those above it",
        "put as many blanks before its hyphen as stand before theirs",
    ),
    (
        "expected <block end>",
        "this line does not fit the lines above it",
        "look for a missing colon, a missing hyphen or spaces at its beginning",
    ),
    (
        "could not find expected ':'",
        "a key without its colon stands here",
        "write 'key: value', with a space behind the colon",
    ),
)


def _explain(said: str) -> tuple[str, str]:
    for part, message, hint in _EXPLANATIONS:
        if part in said:
            return f"{message} ({said})", hint
    return said, ""


def _bad(message: str, place: Place, hint: str = "") -> Failure:
    return Failure([Diagnostic("bad-yaml", place, message, hint)])
