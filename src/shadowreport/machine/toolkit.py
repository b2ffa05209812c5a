"""Finds the files that come with the toolkit: templates, schemas and the starter of a report.

In a checkout they lie at its top, where people look for them; an installed package carries them.
"""

from __future__ import annotations

import sys
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


def adding(library: str) -> str:
    """The command that brings a library into the environment that the toolkit runs in: one that uv or pipx
    made for it takes none from pip, and leaves its own mark at the top."""
    environment = Path(sys.prefix)
    if (environment / "uv-receipt.toml").is_file():
        return f"uv tool install --with {library} shadowreport"
    if (environment / "pipx_metadata.json").is_file():
        return f"pipx inject shadowreport {library}"
    return f"pip install {library}"


def _first(*folders: Path) -> Path:
    for folder in folders:
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the toolkit's files are missing: {folders[0]}")
