"""From printed lines to blocks: where a paragraph begins, and what of a page is none of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shadowreport.core.report import Place
from shadowreport.observations.block import Block, joined, vocabulary

_HEADING = r"(?:[A-ZА-Я]|[IVX]{1,4})\.(?:\s|(?=[A-ZА-Я][a-zа-я]))"  # where pages are copied, A.Introduction
HEADING_MARK = re.compile(r"[A-ZА-Я]\.|[IVX]{1,4}\.")
# 7. and (7); 7- and 7 - in Arabic; a year in Chinese may follow without a blank: 1.2016年
NUMBER = r"(?P<open>\()?(?P<number>\d{1,3})(?P<close>[.)]|\s?-(?=\s*[\u0600-\u06ff]))\s*(?=[^\d\s.,)]|\d{4}\s?年)"
MARK = re.compile(rf"{NUMBER}|\(?[^\W\d_]{{1,4}}\)\s*(?=\S)|{_HEADING}|[•–—-]\s")
_STOPS = ".;:!?…。；：！？؛؟"  # of all scripts that documents are in
ENDED = re.compile(rf"[{_STOPS}][\"'»”’)\]）》]*\d{{0,2}}$|\s(?:and|or|et|ou|y|e|и)$")
_PAGE = re.compile(
    r"(?i)[-–—]?\s*(?:page|страница|página|стр\.|p\.)?\s*\d{1,3}(?:\s*/\s*\d{1,3})?\s*[-–—]?"
)
_JOB = r"(?:\d\d-\d{5}(?:\s?\*)?(?:\s*\([A-Z]\))?(?:\s+\d{6})*|\*\d{7,8}\*)"  # 22-24710 (E) 041122
_RECYCLE = r"(?:\*\d{7,8}\*\s.{1,60}|Please recycle\W*)"  # behind the barcode, in every language
_AT = r"\d{1,3}(?:/\d{1,3})?"  # 2/17
_PRESS = re.compile(
    rf"(?:{_AT}\s+)?(?:(?:GE|V|N)\.\d\d-(?:\d{{4,6}}.*)?|GE\.|{_RECYCLE}|{_JOB})(?:\s+{_AT})?"
)
_NUMBERED = re.compile(r"\(?\d{1,3}[.)]\s*[A-ZÀ-ÝА-Я]")
_UNSTOPPED = re.compile(r"\d{1,3}\s(?=[(A-ZÀ-ÝА-Я])")  # of an item whose stop was forgotten
_HEADING_MARK = re.compile(_HEADING)
_ABOVE_HEADING = re.compile(
    rf"{_HEADING}|\d{{1,2}}\.\s"
)  # C. Civil rights (arts. 7, 8), 1. General measures
_YEAR = re.compile(r"\d{4}\s[^\W\d_]")  # 2030 Agenda for Sustainable Development
_HEADING_LINES = 3
_SHOWN = 60  # letters of a line that is told
_CAPITAL = 1.3  # of a small letter's width
_STARRED = re.compile(r"\*{1,3}\s?[A-ZÀ-ÝА-Я]")  # * Adopted by the Committee at its 107th session
_ARTICLES = re.compile(
    r"\([^\W\d_]{2,9}\.?\s\d[\d\s,;()–-]*[^()]{0,20}\)$"
)  # a heading's end: (arts. 1–4)
_OPENING = '《〈「『«“„‘"'  # marks before the first word


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line. `gap`: more room above it than between lines, or a blank line; `page` begins
    another page or column, where room says nothing; `reach`: how far it comes from where its column begins,
    0 where only its letters tell that."""

    text: str
    place: Place
    gap: bool = False
    page: bool = False
    bold: bool = False
    size: float = 0.0
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()  # what was not understood of it
    reach: float = 0.0

    @property
    def length(self) -> float:
        """How long it is beside others, in points or in letters; capitals are wider than small letters."""
        return self.reach or len(self.text) * (_CAPITAL if self.text.isupper() else 1)


def furniture(text: str, symbol: re.Pattern[str]) -> bool:
    """Whether a line is a running head: a symbol, the number of a page, the printer's mark. A symbol
    with a full stop is a footnote."""
    if text.endswith(".") and symbol.search(text):
        return False
    rest = symbol.sub("", text).strip()
    if rest != text.strip() and not rest:
        return True
    return bool(_PAGE.fullmatch(rest) or _PRESS.fullmatch(rest))


def blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """The blocks that lines make."""
    known = vocabulary([line.text for line in lines])
    start = 0
    for end in range(1, len(lines) + 1):
        if end == len(lines) or _begins(lines, end, start):
            part = lines[start:end]
            notes = tuple(note for line in part for note in line.notes)
            text, guessed = joined((line.text for line in part), known)
            doubts = (*(doubt for line in part for doubt in line.doubts), *guessed)
            doubts += tuple(_perhaps_headings(lines, start, end))
            bold = all(line.bold for line in part)
            yield Block(text, part[0].place, bold, notes=notes, doubts=doubts)
            start = end


def _begins(lines: Sequence[Line], at: int, start: int) -> bool:
    """Whether another block begins at a line; the last one began at `start`."""
    line, before = lines[at], lines[at - 1]
    ended = bool(ENDED.search(before.text))
    if line.gap or _STARRED.match(line.text):
        return True
    if before.text.endswith(";") and _UNSTOPPED.match(line.text):
        return True
    if _NUMBERED.match(line.text) or (MARK.match(line.text) and (ended or _short(lines, at - 1))):
        return True
    if (
        _HEADING_MARK.match(before.text)
        and begins_like_heading(line.text)
        and _short(lines, at - 1)
    ):
        return True
    marked = _HEADING_MARK.match(before.text) and _fills(lines, at)
    if marked or (_HEADING_MARK.match(line.text) and _heading_at(lines, at)):
        return True
    above = _ABOVE_HEADING.match(lines[start].text)
    if above and (_fits(lines, at) or before.text.endswith(")")) and _heading_at(lines, at):
        return True
    # two headings: the one above left room for the first word of the one below
    if (_ARTICLES.search(before.text) or _fits(lines, at)) and _heading_at(lines, at):
        return True
    if before.size and abs(line.size / before.size - 1) > 0.08:
        return True
    if line.bold != before.bold and (ended or _short(lines, at - 1)):
        return True
    if ended and (line.page or (_ends_early(lines, at - 1) and begins_like_heading(line.text))):
        return True
    return ended and _heading_at(lines, at)


def _fills(lines: Sequence[Line], at: int) -> bool:
    """Whether a line of plain text that looks like a heading stands below one so full that it may go on from it:
    of letters alone nobody can tell."""
    line = lines[at]
    return not (line.gap or line.reach or line.page) and _heading_at(lines, at)


def _perhaps_headings(lines: Sequence[Line], start: int, end: int) -> Iterator[str]:
    """What of a block may be a heading of its own, or was taken for one."""
    for at in range(start + 1, end):
        if _fills(lines, at) and not _HEADING_MARK.match(lines[at].text):
            yield f"'{lines[at].text[:_SHOWN]}' may be a heading of its own: no room or blank line parts it from what is above"
    full = start > 0 and _HEADING_MARK.match(lines[start - 1].text) and _fills(lines, start)
    if full and not (_fits(lines, start) or _short(lines, start - 1)):
        yield "taken for a heading of its own, which no room or blank line parts from what is above"


def _ends_early(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the last of a paragraph beyond doubt: within one, no line is as short as that."""
    near = lines[max(0, at - 12) : at + 12]
    return lines[at].length < 0.6 * max(line.length for line in near)


def _fits(lines: Sequence[Line], at: int) -> bool:
    """Whether the first word of a line would have had room on the line before. A typesetter leaves room in a
    heading, too: capitals below capitals, with no more room between them, are one."""
    if lines[at].reach and lines[at].text.isupper() and lines[at - 1].text.isupper():
        return False
    near = lines[max(0, at - 12) : at + 12]
    line = lines[at]
    word = len(line.text.split(maxsplit=1)[0]) / len(line.text) * line.length
    return lines[at - 1].length + word < 0.97 * max(line.length for line in near)


def begins_like_heading(text: str) -> bool:
    """Whether a text begins with a capital, or a letter of a script without capitals, or a year."""
    first = text.lstrip(_OPENING)[:1]
    return (first.isalpha() and not first.islower()) or bool(_YEAR.match(text))


def _short(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the end of something: it leaves room at its right that a word would fill."""
    near = lines[max(0, at - 12) : at + 12]
    return lines[at].length < 0.8 * max(line.length for line in near)


def _heading_at(lines: Sequence[Line], at: int) -> bool:
    """Whether lines without room around them are a heading: they end in no full stop, and a numbered
    paragraph follows."""
    if not begins_like_heading(lines[at].text):
        return False
    for end in range(at, min(at + _HEADING_LINES, len(lines) - 1)):
        following = lines[end + 1]
        if ENDED.search(lines[end].text):
            return False
        if following.gap or re.match(r"\(?\d{1,3}[.)]\s*\D", following.text):
            return True
    return False
