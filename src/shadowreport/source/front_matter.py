"""Front matter: the YAML between two lines of hyphens at the head of a section file.

This is the one place that finds it, reads it and edits it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.source.yaml import Yaml, read_yaml
from shadowreport.source.yaml_edit import edited

_FRONT_MATTER = re.compile(
    r"(---[ \t]*\n)(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_MAX = 64_000


@dataclass(frozen=True, slots=True)
class Parts:
    """A section file: its front matter, its body, and the line on which the body begins."""

    front: str
    body: str
    line: int


def body_start(text: str) -> int:
    """Where the body of a section file begins."""
    match = _FRONT_MATTER.match(text)
    return match.end() if match else 0


def parts(text: str, file: str) -> Parts:
    """The parts of a section file. Raises Failure where it has none."""
    match = _FRONT_MATTER.match(text)
    if not match:
        hint = "begin the file with a line ---, then title: ..., then a line ---"
        message = "the front matter is missing or never closed"
        raise Failure([Diagnostic("missing-front-matter", Place(file), message, hint)])
    if len(match[2]) > _MAX:
        message = f"the front matter has more than {_MAX:,} characters"
        raise Failure([Diagnostic("too-large", Place(file), message)])
    return Parts(match[2], text[match.end() :], text.count("\n", 0, match.end()) + 1)


def read(text: str, file: str) -> Yaml:
    """The front matter of a section file as plain data. Raises Failure."""
    return read_yaml(parts(text, file).front, file, 2)


def with_data(text: str, file: str, wanted: Mapping[str, Any]) -> str:
    """A section file whose front matter reads as `wanted`; no other line differs. Raises Failure."""
    front = parts(text, file).front
    start = text.index("\n") + 1
    return text[:start] + edited(front, wanted, file, 2) + text[start + len(front) :]


def title(text: str, file: str) -> tuple[str, int, int]:
    """The words of the title, and from where to where they stand in the text: nowhere, where it
    writes them in another way, as on two lines. Raises Failure where there is no title."""
    front = read(text, file)
    if not isinstance(front.data.get("title"), str):
        raise Failure([Diagnostic("bad-value", front.place("title"), "this section has no title")])
    words: str = front.data["title"]
    line = sum(map(len, text.splitlines(keepends=True)[: front.place("title").line - 1]))
    pattern = rf"title:[ \t]+([\"']?)({re.escape(words)})\1(?=[ \t]*$|[ \t]+#)"
    match = re.compile(pattern, re.MULTILINE).match(text, line)
    return (words, *match.span(2)) if match else (words, line, line)
