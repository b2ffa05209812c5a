"""Quotation marks close in the paragraph, or in a list below it, in which they open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from shadowreport.checks.prose import Passage, body
from shadowreport.core.ast import plain, walk
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report
from shadowreport.core.wordcount import content

_OPENING, _CLOSING = "“„«‹「『《", "””»›」』》"
# in the tree a straight mark is a character only where it has no partner
_SIGN = re.compile(f"[{_OPENING}{_CLOSING}]")
_TYPED = re.compile(f'["{_OPENING}{_CLOSING}]')
_STRAIGHT = "“”"  # as which a straight mark without a partner is read
_TURNED = {"«": "»", "‹": "›"}  # of »these«, what closes, and what opens
_CYRILLIC = re.compile("[\u0400-\u052f]")
_PARTS = ("Para", "Plain")
_OPENS = "this quotation mark is never closed in its paragraph"
_CLOSES = "this quotation mark closes none that opens in its paragraph"
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
        passage = body(section)
        starts = list(accumulate((len(line) + 1 for line in section.source.split("\n")), initial=0))
        for item in section.items:
            start = starts[max(0, item.place.line - section.source_line)]
            for text, at, is_paired in _lone(content(item), own):
                if is_paired and text[at] not in _STRAIGHT:
                    continue
                start = _place(passage, text, at, start)
                message = _OPENS if text[at] in _OPENING else _CLOSES
                if is_paired:
                    if own == ("“", "”") or passage.source[start] != '"':
                        continue
                    message = f"this quotation mark is printed as {text[at]}, not as {own[text[at] == '”']}"
                yield passage.problem("unpaired-quotation-mark", start, message, _HINT)


def _lone(item: Any, own: Sequence[str]) -> list[tuple[str, int, bool]]:
    """The marks that make no pair in the tree, in a paragraph and what belongs to it: text, place,
    and whether there is a partner all the same, beyond emphasis or further down in a list."""
    turned = _TURNED | ({"“": "”"} if own == ("”", "“") else {})
    found: list[tuple[str, int, bool]] = []
    opened: list[int] = []
    for part in filter(lambda part: part["t"] in _PARTS, walk(item)):
        text = plain(part["c"], quotes="\0\0\0\0")
        for match in _SIGN.finditer(text):
            at = match.start()
            partner = _partner(text, at, found, opened, turned)
            found.append((text, at, partner >= 0))
            if partner >= 0:
                found[partner] = (*found[partner][:2], True)
                opened.remove(partner)
                _close_with(text, at, partner, found, opened)
            elif text[at] in _OPENING or (text[at] in turned.values() and _looks_open(text, at)):
                opened.append(len(found) - 1)
    return found


def _partner(
    text: str,
    at: int,
    found: list[tuple[str, int, bool]],
    opened: list[int],
    turned: dict[str, str],
) -> int:
    """Which of the open marks one closes; -1 for none."""
    sign = text[at]
    wanted = {_OPENING[nth] for nth, mark in enumerate(_CLOSING) if mark == sign}
    if at and not text[at - 1].isspace():  # „so“, »so«
        wanted |= {"„"} if sign == "“" else set()
        wanted |= {turned[sign]} if sign in turned else set()
    return next((nth for nth in reversed(opened) if found[nth][0][found[nth][1]] in wanted), -1)


def _close_with(
    text: str, at: int, inner: int, found: list[tuple[str, int, bool]], opened: list[int]
) -> None:
    """In Cyrillic one mark closes two that are alike: «Фонд «Имя». The outer one is closed with it
    where nothing but a name stands between them."""
    if not opened or found[inner][0] is not text:
        return
    whole, first, _ = found[opened[-1]]
    name = text[first + 1 : at]
    alike = whole is text and text[first] + text[found[inner][1]] + text[at] == "««»"
    if alike and _CYRILLIC.search(name) and len(name) < 99 and not re.search("[.;:!?»]", name):
        found[opened.pop()] = (whole, first, True)


def _looks_open(text: str, at: int) -> bool:
    """Whether a mark that closes elsewhere stands where one opens."""
    before, after = text[max(at - 1, 0) : at], text[at + 1 : at + 2]
    return after.isalnum() and (not before.strip() or before in "([")


def _place(passage: Passage, text: str, at: int, start: int) -> int:
    """Where a mark of a printed text was typed: beside the same word, after `start`."""
    sign = text[at]
    typed, blank = (f'["{sign}]', "") if sign in _STRAIGHT else (sign, r"\s?")
    if sign in _OPENING:
        word = re.search(r"[^\W_]+", text[at:])
        pattern = rf"{typed}{blank}[^\w\s]{{0,9}}%s\b"
    else:
        word = re.search(r"[^\W_]+(?=[\W_]*$)", text[:at])
        pattern = rf'\b%s[^\w\s"{_OPENING}{_CLOSING}]{{0,9}}{blank}{typed}'
    wanted = re.compile(pattern % re.escape(word[0]) if word else typed)
    found = wanted.search(passage.source, start) or wanted.search(passage.source)
    if found:
        return found.start() if sign in _OPENING else found.end() - 1
    return max(passage.source.find(sign, start), start)
