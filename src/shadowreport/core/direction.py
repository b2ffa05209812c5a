"""Texts whose lines run to the left, with what runs to the right inside of them.

Between letters of Arabic or Hebrew the parts of `CERD/C/KAZ/CO/8-10`, of "18 632 169" and of a date
in figures would be shown in the wrong order (Unicode Standard Annex 9, rules W1 to W7 and N1). Around
each of them the toolkit sets an isolate, which nobody sees. Ranges such as 33–56 get none: they are
read from the right, as everything there.
"""

from __future__ import annotations

import re
from typing import Any

START, END = "\u2066", "\u2069"  # left-to-right isolate, pop directional isolate
MARKS = "\u200e\u200f\u2066-\u2069"  # what an author may type, as a part of a regular expression

_LETTER = r"A-Za-z\u00c0-\u024f"
_WORD = rf"[{_LETTER}\d](?:[{_LETTER}\d./:@_%+&#?=’'–-]*[{_LETTER}\d%/])?"
_RUN = re.compile(
    rf"(?=[\d./:@_%+&#?=’'–-]*[{_LETTER}]){_WORD}(?: {_WORD})*"  # letters, and what hangs on them
    r"|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)"  # 18 632 169
    r"|\d+(?:[-./]\d+){2,}"  # 2016-08-09, 7119-20-00-2/153; one dash alone makes a range
    r"|[$€£¥₸][ \u00a0\u202f]?\d(?:[ \u00a0\u202f.,]?\d)*"  # $1,250.75
    r"|(?<![^\s(\[«\"])[-\u2212]\d+(?:[.,]\d+)?%?"  # -3.2%
    r"|\d+(?:[.,]\d+)?[ \u00a0\u202f]?"  # 12.5 %, 10 kg, 10 °C, 5 €
    rf"(?:°[ \u00a0\u202f]?[CF]\b|[%‰°$€£¥₸]|[{_LETTER}]{{1,4}}(?![{_LETTER}\d]))"
)
_LEADS = re.compile(
    r"[ \u00a0]?[،,:;.(\[–-][ \u00a0]?\d"
)  # to a number, which would stand on the wrong side
# a number at the end, and a mark that would draw the number of a footnote behind it to it: 2/3.⁴
_LAST = re.compile(r"\d(?:[\d.,/]*\d)?(?=[.,:،]?$)")
_PLAIN = re.compile(rf"[{_LETTER}]+(?: [{_LETTER}]+)*|\d+")  # comes out right as it is
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_MARK = re.compile(f"[{MARKS}]")


def runs_left(text: str) -> bool:
    """Whether a text has letters whose lines run to the left."""
    return bool(_RIGHT_TO_LEFT.search(text))


def isolated(text: str) -> str:
    """A plain text of such a language with its isolates."""
    if START in text:
        return text
    return _RUN.sub(lambda match: f"{START}{match[0]}{END}" if _wants(match) else match[0], text)


def isolate(value: Any) -> None:
    """Sets the isolates in all texts of blocks or inlines, in place."""
    if isinstance(value, dict):
        isolate(value.get("c"))
    elif isinstance(value, list):
        run: list[Any] = []
        for item in [*value, None]:
            kind = item.get("t") if isinstance(item, dict) else ""
            if kind in ("Str", "Space", "SoftBreak"):
                run.append(item)
                continue
            _isolate_run(run, before_note=kind == "Note")
            run = []
            isolate(item)


def _isolate_run(run: list[Any], *, before_note: bool) -> None:
    texts = [item["c"] if item["t"] == "Str" else " " for item in run]
    ends = [sum(map(len, texts[: index + 1])) for index in range(len(texts))]
    whole = "".join(texts)
    if _MARK.search(whole):
        return  # the author knows better
    found = [match for match in _RUN.finditer(whole) if _wants(match)]
    last = _LAST.search(whole) if before_note else None
    if last and (not found or found[-1].end() <= last.start()):
        found.append(last)
    for match in reversed(found):
        first = next(index for index, end in enumerate(ends) if match.start() < end)
        last = next(index for index, end in enumerate(ends) if match.end() <= end)
        for index, at, sign in ((last, match.end(), END), (first, match.start(), START)):
            at -= ends[index] - len(texts[index])
            text = run[index]["c"]
            run[index]["c"] = text[:at] + sign + text[at:]


def _wants(match: re.Match[str]) -> bool:
    return not _PLAIN.fullmatch(match[0]) or bool(_LEADS.match(match.string, match.end()))


def loose_mark(text: str) -> int:
    """Where a mark of direction stands in a text that has no place there: one without its partner,
    or beside no letter of a script that runs to the left, where it could only deceive. -1 if none."""
    marks = list(_MARK.finditer(text))
    if marks and not runs_left(text):
        return marks[0].start()
    opened: list[int] = []
    for match in marks:
        if match[0] == END and not opened:
            return match.start()
        if match[0] == END:
            opened.pop()
        elif match[0] >= START:
            opened.append(match.start())
    return opened[0] if opened else -1
