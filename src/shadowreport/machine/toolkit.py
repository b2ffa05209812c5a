"""Finds the files that come with the toolkit: templates, schemas and the starter of a report.

In a checkout they lie at its top, where people look for them; an installed package carries them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
_CHECKOUT = PACKAGE.parents[1]


@cache
def templates() -> Path:
    """The folder of the toolkit's own templates."""
    return _first(PACKAGE / "templates", _CHECKOUT / "templates")


@cache
def schemas() -> Path:
    """The folder of the JSON Schemas."""
    return _first(PACKAGE / "schemas", _CHECKOUT / "docs" / "schemas")


def starter() -> Path:
    """The folder of which a new report is a copy."""
    return PACKAGE / "starter"


def template(project: Path, name: str) -> Path:
    """A template by name: the project's own where it has one, else the toolkit's."""
    own = project / "templates" / name
    return own if own.is_file() else templates() / name


def _first(*folders: Path) -> Path:
    for folder in folders:
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the toolkit's files are missing: {folders[0]}")
