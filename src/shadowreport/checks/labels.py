"""Words that somebody writes beside a text that is to be kept back, where only `::: confidential` does it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from typing import NamedTuple

from shadowreport.core.ast import plain
from shadowreport.core.phrases import joined, levelled, may_hold, one_of
from shadowreport.core.phrases import phrases as phrases_of
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Note, Place, Report, Section
from shadowreport.machine.cache import pack, remembered, unpack
from shadowreport.source.divisions import CONFIDENTIAL as WORD
from shadowreport.source.typed.confidential import how_to_mark, is_near, passages

_WHOLE = "this section is called confidential, and is printed in every edition"
_HINT = "write edition: confidential in its front matter, or call title and file otherwise"
_MARK = "this looks like the mark of a confidential passage, and is not read as one"
_DOUBT = "this may say that a text is confidential; the text is printed in every edition"
_SURE, _PERHAPS = ("bad-confidential", _MARK), ("perhaps-confidential", _DOUBT)


def of_confidential_text(report: Report) -> Iterator[Diagnostic]:
    """Each line of public text that is labelled as confidential in the words of any language: its text
    would be printed."""
    words = Words(
        *(
            report.speech.lexicon.all("checks", name)
            for name in ("confidential", "confidential_letters", "perhaps_confidential")
        )
    )
    for section in report.sections:
        if section.withheld:
            continue
        if titled(section.title, section.name, words.phrases):
            yield Diagnostic("bad-confidential", section.place, _WHOLE, _HINT)
        for number, line, sure in labels(section.public_source, words):
            place = Place(section.file, section.source_line + number)
            code, message = _SURE if sure else _PERHAPS
            yield Diagnostic(code, place, message, how_to_mark(line))
        yield from _said_beside(section, words.phrases)


class Words(NamedTuple):
    """What labels are made of, each a list of phrases."""

    phrases: str
    letters: str = ""  # the short marks that offices put in brackets at the head of a paragraph
    perhaps: str = ""  # words that are a label among others


def titled(title: str, name: str, phrases: str) -> bool:
    """Whether the title or the name of a section calls it confidential at its end."""
    found = _says(title, phrases) and _labels(phrases).tail.search(title)
    return bool(found) or is_near(name.rpartition("-")[2])


def labels(source: str, words: Words) -> list[tuple[int, str, bool]]:
    """The lines of a text that are labelled as confidential, by their numbers, from 0, and whether they surely are;
    remembered. Perhaps is a footnote that begins with the word as a sentence does, the word behind a sentence, a word
    that has other meanings, a sign that forbids, or something blacked out."""
    return unpack(
        remembered("labels", (source, *words), lambda: pack(list(_labelled(source, words))))
    )


def _labelled(source: str, words: Words) -> Iterator[tuple[int, str, bool]]:
    says, marks = _says(source, words.phrases), _marks(words.letters, source)
    other = may_hold(levelled(source), levelled(words.perhaps)) or _SIGN.search(source)
    if not (says or marks or other):
        return  # most texts say nothing of the kind
    above = ""
    for number, line in enumerate(source.split("\n")):
        if (says and _is_labelled(line, above, _labels(words.phrases))) or (
            marks and marks.match(line) and _begins(line, above)
        ):
            yield number, line, True
        elif (says and _is_said(line, _labels(words.phrases))) or (
            other and _is_asked(line, above, words.perhaps)
        ):
            yield number, line, False
        above = _above(line)


def _is_said(line: str, labels: _Labels) -> bool:
    if labels.note.search(line) or labels.second.match(line):
        return True
    return bool(not line.startswith("#") and labels.ends.search(line))


def _is_asked(line: str, above: str, perhaps: str) -> bool:
    if _SIGNS.search(line):
        return True
    return bool(perhaps and _perhaps(perhaps).match(line)) and _begins(line, above)


def _said_beside(section: Section, phrases: str) -> Iterator[Diagnostic]:
    """What remarks and notes between authors say of the text beside them, which is printed without them."""
    labels = _labels(phrases)
    lines = [_lines(section, first, last) for first, last in passages(section.source)]
    for remark in section.remarks:
        held = any(first <= remark.place.line <= last for first, last in lines)
        if held or not _says(remark.id, phrases):
            continue
        if labels.alone.fullmatch(remark.id) or labels.label.search(remark.id):
            yield Diagnostic("bad-confidential", remark.place, _MARK, how_to_mark(""))
        elif labels.word.search(remark.id):
            yield Diagnostic("perhaps-confidential", remark.place, _DOUBT, how_to_mark(""))
    for item in section.items:
        said = plain(item.blocks) if isinstance(item, Note) and not item.withheld else ""
        if _says(said, phrases) and labels.word.search(said):
            yield Diagnostic("perhaps-confidential", item.place, _DOUBT, how_to_mark(""))


def _lines(section: Section, first: int, last: int) -> tuple[int, int]:
    above = section.source_line + section.source.count("\n", 0, first)
    return above, above + section.source.count("\n", first, last)


def _says(source: str, phrases: str) -> bool:
    """Whether a text holds one of the words or signs at all: most texts hold none, and need no other search."""
    capitals, others = _by_case(phrases)
    level = levelled(source)
    perhaps = WORD in level or may_hold(level, levelled(others)) or may_hold(source, capitals)
    return any(lock in source for lock in _LOCKS) or (
        perhaps and bool(_labels(phrases).word.search(source))
    )


def _above(line: str) -> str:
    """What stands above the next line: nothing of a sentence, where this one holds an id or the edge of a box."""
    return "" if _EDGE.fullmatch(line) else line


def _begins(line: str, above: str) -> bool:
    """Whether a line begins a paragraph, an item, a footnote or a row, and does not go on in a sentence."""
    return not above.strip() or bool(_ITEM.match(line))


def _is_labelled(line: str, above: str, labels: _Labels) -> bool:
    if line.startswith("#") and labels.tail.search(line):
        return True
    if labels.label.search(line) or (not above.strip() and labels.alone.fullmatch(line)):
        return True
    return bool(labels.begin.match(line)) and _begins(line, above)


_LOCKS = "\U0001f512\U0001f50f\U0001f510㊙"
_HEAD = r"^(?:\W|\d{1,3}[.)]|\[\^[^\]\s]*\]:)*"
# something blacked out, in which no bar of a chart of letters ends; and signs that forbid, at the head of a text
_FORBID = "⛔🚫🔞🤫🤐"
_SIGN = re.compile(rf"[█▓▇■{_FORBID}]")
_SIGNS = re.compile(rf"[█▓▇]{{2}}|■{{3}}|{_HEAD}[{_FORBID}]")
_SMALL = "[a-zß-öø-ÿа-џґғқңүұһәөӣі]"  # a sentence goes on: 'confidencial entre las partes'
_NOTE = r"(?:^\[\^[^\]\s]*\]:|\^\[)[\s*_(\[]*"  # what stands before the first word of a footnote
_ITEM = re.compile(r"[ \t>]*(?:[-*+|][ \t]|\(?\w{1,3}[.)][ \t]|\[\^[^\]\s]+\]:)")
_EDGE = re.compile(r"\s*\{[^{}]*\}\s*|\s*:::.*|\s*#+ .*|[-+=|: ]+")
# first letters of a list, of which a (C) may be the third
_LISTED = re.compile(r"^\W*[(\[](?:A|B|А|Б|В)[)\]]", re.MULTILINE)


class _Pattern:
    """A regular expression that is made when it is first used: with the words of all languages in it many times
    over, that takes a tenth of a second, and most reports need none of them."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _made(self) -> re.Pattern[str]:
        return re.compile(self._text, re.IGNORECASE)

    def search(self, text: str) -> re.Match[str] | None:
        return self._made.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        return self._made.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self._made.fullmatch(text)


class _Labels(NamedTuple):
    """What finds the words of labels."""

    word: _Pattern  # anywhere
    tail: _Pattern  # at the end of a title or a heading, set apart from it
    ends: _Pattern  # at the end of a text, in brackets, in bold or behind a dash
    label: _Pattern  # where they are no part of a sentence
    begin: _Pattern  # at the head of a text of which they are no part
    note: _Pattern  # at the head of a footnote
    alone: _Pattern  # a line that holds nothing else
    second: _Pattern  # behind another label


@cache
def _labels(phrases: str) -> _Labels:
    said = _word(phrases)
    word = rf"(?:{said}|{WORD})"
    label = (
        rf"{_HEAD}{said}[*_\s]*(?:[:：=]|\s[-–—](?:\s|$))"
        rf"|{_HEAD}[(（]{said}[)）]|[【〔〖⟦⟨〈《]\s*{said}\s*[】〕〗⟧⟩〉》]"
        rf"|[{_LOCKS}]"  # nobody sets these for another reason
        # struck through, raised, or the title of a link
        rf"|~~{said}|\^{said}\^|\]\(\S+\s+[\"'(]{said}\s*[:：=–—-]"
        rf"|{_HEAD}[«“„\"‘「『]{said}[»”“\"’」』]\s*(?-i:(?!{_SMALL})\w)"
        rf"|{_HEAD}(\*\*|__){said}\1\s"
        rf"|^\s*\|\W*{said}[*_\s]*\|"  # in the first cell of a row
        # or at its beginning, set apart from what follows
        rf"|^\s*\|\W*[*_]{said}[*_]|^\s*\|\W*{said}\s+\W*(?-i:(?!{_SMALL})\w)"
        rf"|[(（]\s*{said}\s*[:：]|[#%]{said}\b"
        rf"|\[[\s/!^]*{said}(?:[-_.\d][\w.-]*)?\s*(?:[]:：]|[-–—]\s)"
        # at the head of a footnote: typed small, in capitals, or cut off from what follows
        rf"|{_NOTE}(?:(?-i:(?!\w*[A-ZА-Я]){word})(?=[\s*_.,;!。，；])|{word}[*_]*\s*[.,;!。，；—–])"
        rf"|{_NOTE}{word}(?:[*_)\]]+\s|\s+(?-i:(?!{_SMALL})\w))"
    )
    begin = rf"{_HEAD}{word}(?:[*_]*[.!。][*_]*\s+\S|[*_)\]]*\s+(?-i:(?!{_SMALL})\w))"
    tail = rf"(?:[(（【\[]\s*{word}\s*[)）】\]]|\s[-–—]+\s*{word}\W*)\s*$"
    ends = rf"[(（【\[][*_\s]*{word}[*_\s]*[)）】\]](?:\W*$|\])|\s[-–—]+\s*{word}\W*$|(\*\*|__){word}\W*\1\W*$"
    note, alone = rf"{_NOTE}{word}", rf"\W*{said}\W*"
    second = rf"{_HEAD}[^.!?:|/]{{1,30}}?(?:\s[-–—]\s|[:/|]+)\s*{word}[*_]*\s*(?:[:：=/|]|\s[-–—](?:\s|$)|[.!]\s)"
    return _Labels(*map(_Pattern, (word, tail, ends, label, begin, note, alone, second)))


@cache
def _perhaps(phrases: str) -> re.Pattern[str]:
    """What finds such a word as a label at the head of a text, or alone on its line."""
    said = one_of(phrases)
    return re.compile(
        rf"{_HEAD}{said}[*_\])）]*\s*(?:[:：=]|\s[-–—](?:\s|$)|[.!。]\s|\W*$)", re.IGNORECASE
    )


def _word(phrases: str) -> str:
    """What finds one of the words; those that are listed in capital letters stand in such alone ('SECRET: ...')."""
    capitals, others = _by_case(phrases)
    return rf"(?:{one_of(others)}|(?-i:{one_of(capitals)}))"


@cache
def _by_case(phrases: str) -> tuple[str, str]:
    """The phrases that are listed in capital letters, and the others."""
    capitals = [phrase for phrase in phrases_of(phrases) if phrase.isupper()]
    return joined(capitals), joined(
        phrase for phrase in phrases_of(phrases) if phrase not in capitals
    )


def _marks(letters: str, source: str) -> re.Pattern[str] | None:
    """What finds the short marks of offices at the head of a line, '(C) ...', '(C//NF) ...'; a single letter is none
    in a text with a list of such letters, nor before a year."""
    found = phrases_of(letters)
    if "(" not in source and "[" not in source:
        return None
    if _LISTED.search(source):
        found = [item for item in found if len(item) > 1]
    return _mark(tuple(found))


@cache
def _mark(letters: tuple[str, ...]) -> re.Pattern[str] | None:
    if not letters:
        return None
    return re.compile(
        rf"{_HEAD}[*_]*[(\[](?:{'|'.join(map(re.escape, letters))})(?:/{{1,2}}[\w/ -]+)?[)\]](?!\s*\d)"
    )
