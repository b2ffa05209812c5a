"""What a paragraph says, in its source and in a Word file, so that the two can be held together.

Numbers that are counted, dashes and marks of notes are left out: programs write them otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

from shadowreport.compare.text import NOTE, OPTIONAL, PICTURE, normal
from shadowreport.core.numbering import is_person, is_reference
from shadowreport.roundtrip.returned import WordText, commas_between
from shadowreport.source.leaf import Char, Leaf

_SILENT = (NOTE, PICTURE, OPTIONAL, "–", "—", "-", "¶")


@dataclass(frozen=True, slots=True)
class Said:
    """What a paragraph says, and where it stands."""

    text: str
    anchor: str = ""
    line: int = 1

    @property
    def words(self) -> str:
        """The text without spaces, dashes and marks of notes."""
        return "".join(mark for mark in normal(self.text) if _counts(mark))

    @property
    def letters(self) -> str:
        """Its words without numbers."""
        return "".join(mark for mark in self.words if not mark.isdigit())

    def around(self, letters: int, before: int, behind: int) -> str:
        """The characters around a letter of the text."""
        at = 0
        while at < len(self.text) and letters:
            letters -= _is_letter(normal(self.text[at]))
            at += 1
        start, end = max(0, at - before), at + behind
        text = " ".join(self.text[start:end].replace(NOTE, "").replace(PICTURE, "").split())
        return f"{'…' if start else ''}{text}{'…' if end < len(self.text) else ''}"


def in_source(leaf: Leaf, source: str) -> Said:
    """What a leaf of a source says, less what is counted."""
    text = "".join(char.text for char in leaf.chars if not char.atom or _is_name(char))
    return Said(_dots(text), leaf.anchor, source.count("\n", 0, leaf.start) + 1)


def in_word(text: WordText) -> Said:
    """What a paragraph of a Word file says, less what its fields count."""
    between = commas_between(text.chars)
    kept = (char for at, char in enumerate(text.chars) if not char.reference and at not in between)
    return Said(_dots("".join(char.text for char in kept)))


def _dots(text: str) -> str:
    """Three dots are one sign in a report, however they were typed."""
    return text.replace("…", "...")


def _counts(mark: str) -> bool:
    return not (mark.isspace() or mark in _SILENT)


def _is_letter(mark: str) -> bool:
    return _counts(mark) and not mark.isdigit()


def _is_name(char: Char) -> bool:
    """Whether it is of a source or a person that the text itself names."""
    kind, _, key = char.atom.partition(" ")
    return kind == "ref" and (is_person(key) or not is_reference(key))
