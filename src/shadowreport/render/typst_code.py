"""Pieces of which sources of Typst are made, in its code mode."""

from __future__ import annotations

from collections.abc import Sequence

Code = str  # an expression

PARAGRAPH_BREAK: Code = "parbreak()"


def string(value: str) -> Code:
    """A text as a string: the only way in which a text comes into a source of Typst."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def joined(parts: Sequence[Code]) -> Code:
    """The parts as one content; the semicolons keep each from going on with the next."""
    if not parts:
        return "[]"
    return parts[0] if len(parts) == 1 else f"{{{'; '.join(parts)}}}"


def labelled(code: Code, name: str) -> Code:
    """An element under the name by which references lead to it, if it has one."""
    return f"[#{code}#label({string(name)})]" if name else code


def yes(value: object) -> Code:
    """A truth value."""
    return "true" if value else "false"
