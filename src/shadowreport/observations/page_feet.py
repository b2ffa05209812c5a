"""Plain text: the footnotes that a program put at the foot of each page, behind form feeds.

A note is taken from the text only where its mark stands above it, so that a line that begins with a number
by chance stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from shadowreport.observations.lines import Line

_HEAD = re.compile(r"(?P<mark>\d{1,2})(?:\s+(?P<said>\S.*))?")
_NAMED = re.compile(
    r"(?:^|\s)[a-zà-ÿ][^\W\d_]*\.?$"
)  # article 1 of, on 1 and 2: no mark behind a small word
_PARAGRAPH = re.compile(r"\(?\d{1,3}[.)]\s*[^\d\s]|\([^\W\d_]\)\s")


@dataclass(frozen=True, slots=True)
class _Foot:
    """Where the notes of a page begin among its lines, and what they say by number."""

    start: int
    notes: dict[int, str]


def without_notes(pages: Sequence[Sequence[Line]], furniture: Callable[[str], bool]) -> list[Line]:
    """The lines of pages, each note with the line that has its mark, and the marks left away."""
    found: list[Line] = []
    expected = 1
    for page in pages:
        foot = _foot(page, expected, furniture)
        kept = list(page[: foot.start]) if foot else list(page)
        for number, said in foot.notes.items() if foot else ():
            _attach(kept, number, said)
        expected += len(foot.notes) if foot else 0
        found += kept
    return found


def _foot(page: Sequence[Line], expected: int, furniture: Callable[[str], bool]) -> _Foot | None:
    for start, line in enumerate(page):
        match = _HEAD.fullmatch(line.text)
        if match and int(match["mark"]) == expected and start:
            notes = _notes(page[start:], expected, furniture)
            glued = bool(match["said"])  # "1 May 2022" may begin a line of the text
            if notes and _called(page[:start], expected, glued):
                return _Foot(start, notes)
    return None


def _notes(
    lines: Sequence[Line], expected: int, furniture: Callable[[str], bool]
) -> dict[int, str]:
    """The notes that lines are to the end of their page; none where other text is among them."""
    notes: dict[int, str] = {}
    last = 0
    for at, line in enumerate(lines):
        match = _HEAD.fullmatch(line.text)
        more = next((other.text for other in lines[at + 1 :] if not furniture(other.text)), "")
        if match and int(match["mark"]) == expected + len(notes) and (match["said"] or more):
            last = int(match["mark"])
            notes[last] = match["said"] or ""
        elif furniture(line.text):
            continue
        elif _PARAGRAPH.match(line.text):
            return {}
        else:
            notes[last] = f"{notes[last]} {line.text}".strip()
    return {} if any(not said for said in notes.values()) else notes


def _mark(number: int) -> re.Pattern[str]:
    """The mark of a note where it is glued to what it belongs to."""
    return re.compile(rf"(?<=[^\W\d_]){number}(?![\d.)/-]\S)|(?<=[^\W\d_][.,;:)”’»]){number}(?!\S)")


def _called(lines: Sequence[Line], number: int, glued: bool) -> bool:
    apart = re.compile(rf"(?<=\S) ?{number}(?!\S)|^{number}(?!\S)")
    return any(
        _mark(number).search(line.text) or (not glued and apart.search(line.text)) for line in lines
    )


def _attach(lines: list[Line], number: int, said: str) -> None:
    apart = re.compile(
        rf"(?<=[.,;:)”]) {number}(?=\s[^\W\d_])|(?<=[^\W\d_]) {number}(?=\s[a-zà-ÿ])"
    )
    for mark in (_mark(number), apart):
        for at, line in enumerate(lines):
            match = mark.search(line.text)
            if match and (mark is not apart or not _NAMED.search(line.text[: match.start()])):
                text = line.text[: match.start()] + line.text[match.end() :]
                lines[at] = replace(line, text=text, notes=(*line.notes, said))
                return
    if lines:
        lines[-1] = replace(lines[-1], notes=(*lines[-1].notes, said))
