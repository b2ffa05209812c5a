"""The body of a section as it is to be typed: one sentence a line, blank lines where they belong.

Import writes bodies through here, so that what it writes is what `invoke format` would leave alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from shadowreport.formatting.blanks import spaced
from shadowreport.formatting.page import Page
from shadowreport.source.sentences import by_sentences
from shadowreport.source.typed import apply, typed
from shadowreport.source.typed.lines import (
    BULLET,
    CAPTION,
    CONFLICT,
    DASH,
    DELIMITER,
    FENCE,
    GRID,
    NOTE,
    NUMBER,
    QUOTE,
    RULE,
    Edit,
    Leaf,
)

_ROUNDS = 4  # a blank line that is put in can show where the next one is wanted
_HARD_BREAK = re.compile(r"(?:(?<!\\)(?:\\\\)*\\|[ ]{2,})$")
_OPENS = re.compile(r"\s*(?:#|\||\{|<!--|`{3}|~{3}|\[[^\]]*\]:)")
_NO_TEXT = (
    *(FENCE, QUOTE, BULLET, DASH, NUMBER, NOTE, CAPTION),
    *(RULE, GRID, DELIMITER, CONFLICT, _OPENS),
)


def formatted(body: str, abbreviations: Collection[str]) -> str:
    """A body as it is to be typed; it reads as the same text (see proof.py)."""
    meant = _as_meant(body)
    found = typed(meant)
    page = Page(meant, found)
    for leaf in [*found.leaves, *(leaf for leaves in found.notes.values() for leaf in leaves)]:
        lines = page.lines_of(leaf)
        if lines and _is_running(leaf):
            page.replace(lines, list(_lines(leaf, page.lead(leaf), abbreviations)))
    return spaced(page.rows())


def _is_running(leaf: Leaf) -> bool:
    """Whether it is running text, of which no line would be something else without its indent."""
    if leaf.path[-1] != "text" or "cell" in leaf.path or leaf.lines[0].indent >= 4:
        return False
    _, *below = _pieces(leaf)
    return not any(map(_opens, below))


def _as_meant(body: str) -> str:
    """The body with the blank lines and spaces that it was read with although they were not typed."""
    for _ in range(_ROUNDS):
        found = typed(body)
        edits = [edit for edit in found.edits if _mends(body, edit)]
        if not edits:
            break
        body = apply(body, edits)
    return body


def _mends(body: str, edit: Edit) -> bool:
    """Whether an edit is more than a way to tell pandoc what was meant: a remark stays, and so does
    a number at the head of a paragraph."""
    if edit.text == "\\":
        return False
    return bool(edit.text) or not body[edit.start : edit.end].strip()


def _lines(leaf: Leaf, lead: str, abbreviations: Collection[str]) -> Iterator[str]:
    """The lines of a paragraph: one sentence a line; the text of a footnote stays on one."""
    below = re.sub(r"[^> \t]", " ", lead)
    for piece in _pieces(leaf):
        text = piece if "note" in leaf.path else by_sentences(piece, abbreviations)
        for line in _readable(text.split("\n")):
            yield (lead + line).rstrip()
            lead = below


def _pieces(leaf: Leaf) -> Iterator[str]:
    """The text of a paragraph between the ends of lines that are printed, each with its backslash."""
    words: list[str] = []
    for line in leaf.lines:
        words.append(line.text.strip())
        if line is not leaf.lines[-1] and _HARD_BREAK.search(line.text):
            end = "" if words[-1].endswith("\\") else "\\"
            yield _on_one_line(words) + end
            words = []
    yield _on_one_line(words)


def _on_one_line(words: list[str]) -> str:
    return re.sub(r"(?<!\\)[ \t]+", " ", " ".join(words))


def _readable(lines: list[str]) -> Iterator[str]:
    """The lines, but where one would begin a list, a table or the like: that goes on as it did."""
    whole = lines[0]
    for line in lines[1:]:
        if _opens(line):
            whole += f" {line}"
        else:
            yield whole
            whole = line
    yield whole


def _opens(line: str) -> bool:
    return any(pattern.match(line) for pattern in _NO_TEXT)
