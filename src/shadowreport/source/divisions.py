"""The divisions of a section's text (`::: name`): which there are, and what may stand in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

HEADING = "heading"
CONFIDENTIAL = "confidential"
NOTE = "note"


@dataclass(frozen=True, slots=True)
class Division:
    """A division: the attributes that it takes, and what may stand in it beside text."""

    attributes: frozenset[str] = frozenset()
    holds: frozenset[str] = frozenset()


DIVISIONS: Mapping[str, Division] = {
    "recommendations": Division(holds=frozenset({CONFIDENTIAL})),
    "summary": Division(holds=frozenset({CONFIDENTIAL})),
    NOTE: Division(frozenset({"author", "date"})),
    CONFIDENTIAL: Division(holds=frozenset({"recommendations", NOTE, HEADING})),
}


def paths(kind: str) -> set[tuple[str, ...]]:
    """Within which divisions one may stand, from the outermost: all but a confidential one are a `box`."""
    around = (name for name, division in DIVISIONS.items() if kind in division.holds)
    return {(), *((name if name == CONFIDENTIAL else "box",) for name in around)}
