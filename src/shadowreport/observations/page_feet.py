"""Plain text: the footnotes that a program put at the foot of each page, behind form feeds.

A note is taken from the text only where its mark stands above it, so that a line that begins with a number
by chance stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from shadowreport.observations.lines import ENDED, Line

_HEAD = re.compile(r"(?P<mark>\d{1,2})(?:(?:\s+(?=\S)|(?=[A-ZÀ-ÝА-Я]))(?P<said>.*))?")
_STARS = re.compile(r"\*{1,3}")
_TITLE_NOTES = 2  # more stars are the marks of a list
_STAR_LINES = 4  # of a note to the title
_NAMED = re.compile(
    r"(?:^|[\s(])[a-zà-ÿ][^\W\d_]*\.?$"
)  # article 1 of, on 1 and 2: no mark behind a small word
_NEAR = 20  # letters around a figure that are shown
_SYMBOL = re.compile(r"[A-Z]{1,5}/")
_PARAGRAPH = re.compile(r"\(?\d{1,3}[.)]\s*[^\d\s]|\([^\W\d_]\)\s")


@dataclass(frozen=True, slots=True)
class _Foot:
    """Where the notes of a page begin among its lines, and what they say by number."""

    start: int
    notes: dict[int, str]


def without_notes(pages: Sequence[Sequence[Line]], furniture: Callable[[str], bool]) -> list[Line]:
    """The lines of pages, each note with the line that has its mark, and the marks left away."""
    found: list[Line] = []
    titles: list[Line] = []  # notes to the title, which would stand amid a text that goes on
    starred = sum(bool(_STARS.match(line.text)) for page in pages for line in page)
    expected = 1
    for page in pages:
        foot = _foot(page, expected, furniture)
        end = foot.start if foot else len(page)
        start = _starred(page, end, furniture) if starred <= _TITLE_NOTES else end
        titles += _of_title([line for line in page[start:end] if not furniture(line.text)])
        kept = list(page[:start])
        for number, said in foot.notes.items() if foot else ():
            _attach(kept, number, said)
        expected += len(foot.notes) if foot else 0
        found += kept
        if not foot:
            found += [line for line in page[start:] if furniture(line.text)]
    return [*found, *titles]


def _starred(page: Sequence[Line], end: int, furniture: Callable[[str], bool]) -> int:
    """Where a note to the title begins that stands above the page's notes, or at its foot: by its star, or
    behind a blank line where a program put the star elsewhere."""
    while end and (furniture(page[end - 1].text) or _STARS.fullmatch(page[end - 1].text)):
        end -= 1
    lines = range(end - 1, max(0, end - 1 - _STAR_LINES), -1)
    alone = any(_STARS.fullmatch(line.text) for line in page[end:])
    for at in lines:
        if _STARS.match(page[at].text):
            return at
        if page[at].gap:
            return at if alone else end
    return end


def _of_title(lines: Sequence[Line]) -> list[Line]:
    """A note to the title with its star, as a block of its own."""
    said = [line for line in lines if not _STARS.fullmatch(line.text)]
    if not said:
        return []
    first = said[0]
    star = "" if _STARS.match(first.text) else "* "
    return [replace(first, text=star + first.text, gap=True, page=False), *said[1:]]


def _foot(page: Sequence[Line], expected: int, furniture: Callable[[str], bool]) -> _Foot | None:
    for start, line in enumerate(page):
        match = _HEAD.fullmatch(line.text)
        if match and int(match["mark"]) == expected and start:
            notes = _notes(page[start:], expected, furniture)
            # "1 May 2022" may begin a line of the text: not one that stands apart, at the page's end
            above = page[start - 1].text
            apart = line.gap or above.startswith("*") or furniture(above) or ENDED.search(above)
            apart = apart or len(notes) > 1 or _SYMBOL.match(match["said"] or "")
            glued = bool(match["said"]) and not (apart and match["said"][:1].isupper())
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
    """Puts a note to the line that has its mark, which is taken away; to the last line where nothing can be
    the mark. What is not sure is told."""
    if not lines:
        return
    sure, at, match = next(_marks(lines, number), (False, len(lines) - 1, None))
    line, doubts = lines[at], lines[at].doubts
    text = line.text[: match.start()] + line.text[match.end() :] if match else line.text
    if not sure:
        near = line.text[max(0, match.start() - _NEAR) : match.end() + _NEAR] if match else ""
        taken = f"'{near}' was taken for the place of footnote {number}"
        doubts += (taken if match else f"nothing above footnote {number} is its mark",)
    lines[at] = replace(line, text=text, notes=(*line.notes, said), doubts=doubts)


def _marks(lines: Sequence[Line], number: int) -> Iterator[tuple[bool, int, re.Match[str]]]:
    """Where the mark of a note may stand, and whether that is sure: glued to a word, else behind a sign or a
    name; not sure where it is the only figure of its value and stands behind a small word."""
    for at, line in enumerate(lines):
        match = _mark(number).search(line.text)
        if match:
            yield True, at, match
            return
    alone = re.compile(rf"(?<=\S) {number}(?= [^\W\d_]|$)|^{number}(?= [^\W\d_])")
    apart = [(at, match) for at, line in enumerate(lines) for match in alone.finditer(line.text)]
    behind = [item for item in apart if not _NAMED.search(_before(lines, *item))]
    small = [item for item in apart if _before(lines, *item)[-1:].isalpha()]
    for sure, several in ((True, behind), (False, small)):
        if len(several) == 1:
            yield sure, *several[0]


def _before(lines: Sequence[Line], at: int, match: re.Match[str]) -> str:
    """What stands before a figure, on the line above where it begins one."""
    here = lines[at].text[: match.start()]
    return (here if here.strip() or not at else lines[at - 1].text).rstrip()
