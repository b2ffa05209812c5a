"""JSON: every key and value, with the way to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from shadowreport.gate.pieces import Piece
from shadowreport.gate.views import texts


def data_file(data: bytes, where: tuple[str, ...]) -> Iterator[Piece]:
    """The texts of a JSON file; of one that is none, its lines."""
    text = texts(data)[0]
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        yield from (Piece(where, other, "line") for other in texts(data))
        return
    found = [(path, leaf.replace("\n", " ")) for path, leaf in _leaves(value)]
    joined = "\n".join(leaf for _, leaf in found)

    def label(line: int) -> str:
        return "".join(map(_step, found[line][0])).lstrip(".") if line < len(found) else ""

    yield Piece(where, joined, label=label)
    if len(found) > 1:  # a name may be spread over the values of a list, as letters or their codes
        yield Piece(where, " ".join(leaf for path, leaf in found if _is_item(path)))
        yield Piece(where, "".join(leaf for _, leaf in found if leaf.isalpha()))


def _is_item(path: tuple[str | int, ...]) -> bool:
    return bool(path) and isinstance(path[-1], int)


def _step(step: str | int) -> str:
    return f"[{step}]" if isinstance(step, int) else f".{step}"


def _leaves(
    value: Any, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, "a key"), key
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*path, index))
    elif value is not None and not isinstance(value, bool):
        yield path, str(value)
