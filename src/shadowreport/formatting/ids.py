"""Ids for paragraphs that something points to although nobody gave them one.

A paragraph without an id is called by its section and its place in it (`legislation-3`), and is
another one as soon as a paragraph is added above it. The id that it gets is that very name: what
points to it goes on doing so, and nothing that is printed changes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from shadowreport.core.layout import REVIEWS, section_name
from shadowreport.core.problems import Failure
from shadowreport.load.reviews import review_files
from shadowreport.machine.files import read_text
from shadowreport.source.front_matter import parts, read
from shadowreport.source.section_map import Text, outline
from shadowreport.source.yaml import read_yaml

_REFERENCE = re.compile(r"@\{?((?:par|rec)-[a-z0-9-]*-\d+)(?![\w-])")


def pointed_at(text: str, file: str) -> set[str]:
    """The anchors that a section file points to, in its text and in its front matter."""
    try:
        data = read(text, file).data
        found = set(_REFERENCE.findall(parts(text, file).body))
    except Failure:
        return set()
    return found | {f"par-{str(key).removeprefix('par-')}" for key in _keys(data)}


def signed(project: Path) -> set[str]:
    """The anchors of the paragraphs that somebody has signed off."""
    found: set[str] = set()
    for path in review_files(project):
        name = f"{REVIEWS}/{path.name}"
        with suppress(
            Failure, AttributeError, TypeError, KeyError
        ):  # `invoke check` says what is wrong
            items = read_yaml(read_text(path, name), name).data.get("sign_offs") or ()
            found |= {f"par-{item['paragraph'].removeprefix('par-')}" for item in items}
    return found


def _keys(data: Any) -> Iterator[Any]:
    """The paragraphs that a front matter names."""
    for name in ("paragraphs", "reviewed"):
        yield from data.get(name) or ()
    yield from data.get("look_again") or ()
    yield from (item.get("paragraph", "") for item in data.get("excused") or ())


def with_ids(text: str, file: str, anchors: Collection[str]) -> str:
    """A section file in which each of these anchors that lacks an id has one."""
    name = section_name(file)
    made = re.compile(rf"par-{re.escape(name)}-\d+|rec-{re.escape(name)}-rec-\d+")
    wanted = {anchor for anchor in anchors if made.fullmatch(anchor)}
    leaves = outline(Text(text, file, name)).leaves if wanted else []
    for leaf in reversed(leaves):
        if leaf.anchor in wanted and not leaf.named:
            mark = f"{{#{leaf.anchor.removeprefix('par-')}}}\n"
            text = text[: leaf.block_start] + mark + text[leaf.block_start :]
    return text
