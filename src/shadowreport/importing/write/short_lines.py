"""Words and lines that a section may not hold (`too-hard-to-read`), in shorter ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD, _LINE = 1_000, 10_000  # characters of a piece: half of what a section may hold
_LONG_WORD = re.compile(rf"\S{{{2 * _WORD},}}")
# two letters, or two signs behind backslashes
_BETWEEN = re.compile(r"(?<=\w)(?=\w)|(?<=\\[^\w\s])(?=\\[^\w\s])")
_ROW = ("|", "+")  # of a table, which cannot go on in another line


def divided(text: str) -> tuple[str, int]:
    """A text whose words and lines are short enough to be built, and how many words had to be divided."""
    text, count = _LONG_WORD.subn(lambda match: " ".join(_pieces(match[0])), text)
    lines = (line for long in text.split("\n") for line in _lines(long))
    return "\n".join(lines), count


def _pieces(word: str) -> Iterator[str]:
    """A word in pieces that end between two letters or two signs."""
    start = 0
    while len(word) - start > _WORD:
        found = _BETWEEN.search(word, start + _WORD)
        end = found.start() if found else len(word)
        yield word[start:end]
        start = end
    yield word[start:]


def _lines(line: str) -> Iterator[str]:
    """A line in pieces that end at a blank; a row of a table stays as it is."""
    start = 0
    while len(line) - start > 2 * _LINE and not line.startswith(_ROW):
        end = line.find(" ", start + _LINE)
        if end < 0:
            break
        yield line[start:end]
        start = end + 1
    yield line[start:]
