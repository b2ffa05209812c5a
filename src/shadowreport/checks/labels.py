"""Words that somebody writes beside a text that is to be kept back, where only `::: confidential` does it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from shadowreport.core.phrases import certain, levelled, one_of
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place, Report
from shadowreport.machine.cache import pack, remembered, unpack
from shadowreport.source.divisions import CONFIDENTIAL as WORD
from shadowreport.source.typed.confidential import how_to_mark, is_near

_WHOLE = "this section is called confidential, and is printed in every edition"
_HINT = "write edition: confidential in its front matter, or call title and file otherwise"


def of_confidential_text(report: Report) -> Iterator[Diagnostic]:
    """Each line of public text that is labelled as confidential in the words of any language: its text
    would be printed."""
    phrases = report.speech.lexicon.all("checks", "confidential")
    message = "this looks like the mark of a confidential passage, and is not read as one"
    for section in report.sections:
        if section.withheld:
            continue
        if titled(section.title, section.name, phrases):
            yield Diagnostic("bad-confidential", section.place, _WHOLE, _HINT)
        for number, line in labelled(section.public_source, phrases):
            place = Place(section.file, section.source_line + number)
            yield Diagnostic("bad-confidential", place, message, how_to_mark(line))
        for remark in section.remarks:
            if _labels(phrases)[1].fullmatch(remark.id):  # such as before and behind a text
                yield Diagnostic("bad-confidential", remark.place, message, how_to_mark(""))


def titled(title: str, name: str, phrases: str) -> bool:
    """Whether the title or the name of a section calls it confidential at its end."""
    return bool(_tail(phrases).search(title)) or is_near(name.rpartition("-")[2])


def labelled(source: str, phrases: str) -> list[tuple[int, str]]:
    """The labelled lines of a text by their numbers, from 0; remembered."""

    def find() -> Iterator[tuple[int, str]]:
        level = levelled(source)
        if not any(piece in level for piece in (WORD, *_LOCKS, *certain(phrases))):
            return  # most texts say nothing of the kind
        (label, alone), tail = _labels(phrases), _tail(phrases)
        above = ""
        for number, line in enumerate(source.split("\n")):
            ends = line.startswith("#") and tail.search(line)
            if ends or label.search(line) or (not above.strip() and alone.fullmatch(line)):
                yield number, line
            above = line

    return unpack(remembered("labels", (source, phrases), lambda: pack(list(find()))))


_LOCKS = "\U0001f512\U0001f50f\U0001f510㊙"
_SMALL = "[a-zß-öø-ÿа-џґғқңүұһәөӣі]"  # a sentence goes on: 'confidencial entre las partes'


@cache
def _tail(phrases: str) -> re.Pattern[str]:
    """What finds these words at the end of a title or a heading, set apart from it."""
    word = rf"(?:{one_of(phrases)}|{WORD})"
    return re.compile(
        rf"(?:[(（【\[]\s*{word}\s*[)）】\]]|\s[-–—]+\s*{word}\W*)\s*$", re.IGNORECASE
    )


@cache
def _labels(phrases: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds these words where they are no part of a sentence, and a line that holds nothing else."""
    word = one_of(phrases)
    head = r"^(?:\W|\d{1,3}[.)]|\[\^[^\]\s]*\]:)*"
    label = (
        rf"{head}{word}[*_\s]*(?:[:：=]|\s[-–—](?:\s|$))"
        rf"|{head}[(（]{word}[)）]|[【〔〖⟦⟨〈《]\s*{word}\s*[】〕〗⟧⟩〉》]"
        rf"|[{_LOCKS}]"  # nobody sets these for another reason
        # struck through, raised, or the title of a link
        rf"|~~{word}|\^{word}\^|\]\(\S+\s+[\"'(]{word}\s*[:：=–—-]"
        rf"|{head}[«“„\"‘「『]{word}[»”“\"’」』]\s*(?-i:(?!{_SMALL})\w)"
        rf"|{head}(\*\*|__){word}\1\s"
        rf"|^\s*\|\W*{word}[*_\s]*\|"  # in the first cell of a row
        # or at its beginning, set apart from what follows
        rf"|^\s*\|\W*[*_]{word}[*_]|^\s*\|\W*{word}\s+\W*(?-i:(?!{_SMALL})\w)"
        rf"|[(（]\s*{word}\s*[:：]|[#%]{word}\b"
        rf"|\[[\s/!^]*{word}(?:[-_.\d][\w.-]*)?\s*(?:[]:：]|[-–—]\s)"
    )
    return re.compile(label, re.IGNORECASE), re.compile(rf"\W*{word}\W*", re.IGNORECASE)
