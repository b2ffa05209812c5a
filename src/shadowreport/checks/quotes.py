"""Quotation marks close in the paragraph, or in a list below it, in which they open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from shadowreport.checks.prose import Passage, body
from shadowreport.core.ast import plain, walk
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report
from shadowreport.core.wordcount import content

_TYPED = re.compile(r'["“”]')
# in the tree a straight mark is a character only where it has no partner
_LONE = re.compile("„[^“”]*[“”]|[“”]")
_PARTS = ("Para", "Plain")
_MESSAGES = {
    "“": "this quotation mark is never closed in its paragraph",
    "”": "this quotation mark closes none that opens in its paragraph",
}
_HINT = (
    "put both marks of a quotation into one paragraph and one emphasis; begin the lines of a long "
    'one with >; write inches and the like with a backslash: 6\\"'
)


def unpaired_marks(report: Report) -> Iterator[Diagnostic]:
    """Every quotation mark that has no partner, or is not printed as the language's own."""
    own = report.speech.language.quotes[:2]
    for section in report.sections:
        if not _TYPED.search(section.source):
            continue
        passage, start = body(section), 0
        for item in section.items:
            for text, at, is_paired in _lone(content(item)):
                start = _place(passage, text, at, start)
                message = _MESSAGES[text[at]]
                if is_paired:
                    if own == ("“", "”") or passage.source[start] != '"':
                        continue
                    message = f"this quotation mark is printed as {text[at]}, not as {own[text[at] == '”']}"
                yield passage.problem("unpaired-quotation-mark", start, message, _HINT)


def _lone(item: Any) -> list[tuple[str, int, bool]]:
    """The marks that make no pair in the tree, in a paragraph and what belongs to it: text, place,
    and whether there is a partner all the same, beyond emphasis or further down in a list."""
    found: list[tuple[str, int, bool]] = []
    opened: list[int] = []
    for part in filter(lambda part: part["t"] in _PARTS, walk(item)):
        text = plain(part["c"], quotes="\0\0\0\0")
        for match in _LONE.finditer(text):
            if match[0][0] == "„":  # it has a partner of its own
                continue
            paired = match[0] == "”" and bool(opened)
            if paired:
                first = opened.pop()
                found[first] = (*found[first][:2], True)
            elif match[0] == "“":
                opened.append(len(found))
            found.append((text, match.start(), paired))
    return found


def _place(passage: Passage, text: str, at: int, start: int) -> int:
    """Where a mark of a printed text was typed: beside the same word, after `start`."""
    if text[at] == "“":
        word = re.search(r"[^\W_]+", text[at:])
        pattern = r'["“][^\w\s]{0,9}%s\b'
    else:
        word = re.search(r"[^\W_]+(?=[\W_]*$)", text[:at])
        pattern = r'\b%s[^\w\s"“”]{0,9}["”]'
    wanted = re.compile(pattern % re.escape(word[0] if word else ""))
    found = wanted.search(passage.source, start) or wanted.search(passage.source)
    if not found:
        return start
    return found.start() if text[at] == "“" else found.end() - 1
