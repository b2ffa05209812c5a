"""Words that somebody writes beside a text that is to be kept back, where only `::: confidential` does it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from shadowreport.core.phrases import one_of
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place, Report


def of_confidential_text(report: Report) -> Iterator[Diagnostic]:
    """Each line of public text that is labelled as confidential in the words of any language: its text
    would be printed."""
    label, alone = _labels(report.speech.lexicon.all("checks", "confidential"))
    message = "this looks like the mark of a confidential passage, and is not read as one"
    hint = "write ::: confidential on a line of its own above the passage, and ::: on one below it"
    for section in report.sections:
        if section.withheld:
            continue
        above = ""
        for number, line in enumerate(section.public_source.split("\n"), section.source_line):
            if label.search(line) or (not above.strip() and alone.fullmatch(line)):
                yield Diagnostic("bad-confidential", Place(section.file, number), message, hint)
            above = line
        for remark in section.remarks:
            if alone.fullmatch(remark.id):  # such as before and behind a text
                yield Diagnostic("bad-confidential", remark.place, message, hint)


_SMALL = "[a-zß-öø-ÿа-џґғқңүұһәөӣі]"  # a sentence goes on: 'confidencial entre las partes'


@cache
def _labels(phrases: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds these words where they are no part of a sentence, and a line that holds nothing else."""
    word = one_of(phrases)
    head = r"^(?:\W|\d{1,3}[.)]|\[\^[^\]\s]*\]:)*"
    label = (
        rf"{head}{word}[*_\s]*(?:[:：=]|\s[-–—](?:\s|$))"
        rf"|{head}\({word}\)"
        rf"|{head}(\*\*|__){word}\1\s"
        rf"|^\s*\|\W*{word}[*_\s]*\|"  # in the first cell of a row
        # or at its beginning, set apart from what follows
        rf"|^\s*\|\W*[*_]{word}[*_]|^\s*\|\W*{word}\s+\W*(?-i:(?!{_SMALL})\w)"
        rf"|[(（]\s*{word}\s*[:：]|[#%]{word}\b"
        rf"|\[[\s/!^]*{word}(?:[-_.\d][\w.-]*)?\s*(?:[]:：]|[-–—]\s)"
    )
    return re.compile(label, re.IGNORECASE), re.compile(rf"\W*{word}\W*", re.IGNORECASE)
