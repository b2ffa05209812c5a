"""The keys of a front matter in the order of the schema; each takes its lines and comments along."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from shadowreport.core.problems import Failure
from shadowreport.source.yaml import read_yaml

_KEY = re.compile(r"(?P<quote>[\"']?)(?P<key>[A-Za-z_]\w*)(?P=quote)[ \t]*:(?:\s|$)")
_COMMENT = re.compile(r"#|\s*$")


def in_order(front: str, order: Sequence[str]) -> str:
    """A front matter whose keys stand in an order, without blanks at the ends of lines; unchanged
    where that would say something else, and where it is not written a key a line.

    Comments above a key go with it; those above the first one stay at the top where a blank line
    parts them from it.
    """
    places = {key: place for place, key in enumerate(order)}
    head, entries = _entries(front.splitlines(keepends=True))
    ranked = sorted(entries, key=lambda entry: places.get(entry[0], len(places)))
    text = head + "".join(lines for _, lines in ranked)
    return text if _data(text) == _data(front) is not None else front


def _entries(lines: list[str]) -> tuple[str, list[tuple[str, str]]]:
    """What stands above all keys, and the lines of each key with the comments above it."""
    head: list[str] = []
    entries: list[tuple[str, list[str]]] = []
    above: list[str] = []
    for line in lines:
        match = _KEY.match(line)
        if match:
            entries.append((match["key"], [*above, line]))
            above = []
        elif _COMMENT.match(line):
            above.append(line)
            if not entries and not line.strip():
                head, above = [*head, *above], []
        elif entries:
            entries[-1][1].extend([*above, line])
            above = []
    if entries:
        entries[-1][1].extend(above)
    return "".join(head), [(key, "".join(found)) for key, found in entries]


def _data(front: str) -> Mapping[str, object] | None:
    try:
        return read_yaml(front, "").data
    except Failure:
        return None
