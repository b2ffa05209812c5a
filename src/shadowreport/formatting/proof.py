"""The proof that a section that was written anew is the same one: read again, it differs in nothing
but the ends of lines, which no output prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from shadowreport.core.ast import join_words, transform
from shadowreport.core.report import Place, Section

_OF_THE_FILE = ("source", "source_line", "public_source")


def same(one: Section, other: Section) -> bool:
    """Whether two sections print the same in every format."""
    return _said(one) == _said(other)


def _said(value: Any) -> Any:
    """A value without the places where it stands."""
    if isinstance(value, Place):
        return None
    if is_dataclass(value):
        names = [item.name for item in fields(value) if item.name not in _OF_THE_FILE]
        return [type(value).__name__, *(_said(getattr(value, name)) for name in names)]
    if isinstance(value, list):  # pandoc's blocks
        return join_words(transform(value, {"SoftBreak": lambda _: {"t": "Space"}}))
    if isinstance(value, Mapping):
        return {key: _said(item) for key, item in value.items()}
    return [_said(item) for item in value] if isinstance(value, tuple) else value
