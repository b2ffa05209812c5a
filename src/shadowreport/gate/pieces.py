"""Texts that a file holds, wherever in it they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Piece:
    """A text, and the way to it: file, part of the file, line or whatever the part has."""

    where: tuple[str, ...]
    text: str = field(repr=False)
    unit: str = ""  # what a line of the text is, such as "line" or "paragraph"
    label: Callable[[int], str] | None = None  # what a line of the text is, where they differ
    binary: bool = False  # perhaps no text at all: only what is typed out in it counts
    read: bool = False  # all that it may say behind encodings is a piece of its own

    def place(self, line: int) -> tuple[str, ...]:
        """The way to a line of the text, from 0."""
        if self.label:
            return (*self.where, self.label(line))
        return (*self.where, f"{self.unit} {line + 1}") if self.unit else self.where


@dataclass(slots=True)
class Faults:
    """What could not be searched, and how much may still be unpacked."""

    found: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    left: int = 600_000_000

    def add(self, where: tuple[str, ...], why: str) -> None:
        """Notes a part that could not be searched."""
        self.found.append((where, why))

    def take(self, where: tuple[str, ...], size: int) -> bool:
        """Whether so many more bytes may be unpacked."""
        self.left -= size
        if self.left < 0 <= self.left + size:
            self.add(where, "more is packed in it than can be searched")
        return self.left >= 0
