"""The shape of a committee's document: its first page, headings, numbered paragraphs and their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from shadowreport.core.report import Place
from shadowreport.core.scripts import ALPHABETS
from shadowreport.observations.block import Block
from shadowreport.observations.lines import ENDED, HEADING_MARK, NUMBER, begins_like_heading
from shadowreport.observations.words import Words

_NUMBER = re.compile(NUMBER)
_LETTER = re.compile(r"\(?(?P<letter>[^\W\d_])\u0640?\)\s*(?=\S)")
_ROMAN = re.compile(r"\(?[ivx]{1,5}\)\s*(?=\S)")
_ARABIC_MARK = r"(?:ألف|باء|جيم|دال|هاء|واو|زاي|حاء|أولاً?|ثانياً?|ثالثاً?|رابعاً?|خامساً?)\s*[-–.]"
_HEADING_MARK = re.compile(rf"(?:(?:[A-ZА-Я]|[IVX]{{1,5}})\.|{_ARABIC_MARK})\s*(?=\S)")
_GROUP_MARK = re.compile(r"\d{1,2}\.\s*(?=[^\W\d_])")  # 1. General measures of implementation
_LISTED = re.compile(r":\s+(?P<mark>\(?a\)\s(?=\S))")
_LATIN = ALPHABETS["Latn"]  # in which the letters of sub-paragraphs are kept
_STARRED = re.compile(r"(?:\*{1,3}\s*)+(?=\w)")
_STARS = 2
_LONGEST = 250  # letters of a heading
_SKIPPED = 5  # numbers that may be missing at one place; more are no sequence
_BEFORE = ("introduction", "positive", "difficulties")  # parts in which nothing is asked for
_WORDS_OF_A_PART = 12
NO_NUMBER = "a text without a number"
BEHIND = "behind the last numbered paragraph"


@dataclass(slots=True)
class Piece:
    """A text of a numbered paragraph, or a sub-paragraph with its `letter`."""

    text: str
    letter: str = ""
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Numbered:
    """A numbered paragraph with the headings above it, outermost first. `under` is the heading of the part
    of the document in which it stands, as printed."""

    number: int
    part: str
    headings: tuple[str, ...]
    place: Place
    under: str = ""
    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(
            f"({piece.letter}) {piece.text}" if piece.letter else piece.text
            for piece in self.pieces
        )

    @property
    def notes(self) -> list[str]:
        """All its footnotes."""
        return [note for piece in self.pieces for note in piece.notes]


@dataclass(slots=True)
class Outline:
    """A document as far as it was understood; `left` is what was not, with the reason."""

    front: list[Block] = field(default_factory=list)
    paragraphs: list[Numbered] = field(default_factory=list)
    missing: list[tuple[int, Place]] = field(default_factory=list)
    astray: list[Block] = field(default_factory=list)  # marks of headings that stand elsewhere
    left: list[tuple[Block, str]] = field(default_factory=list)
    notes: list[str] = field(
        default_factory=list
    )  # * Adopted by the Committee at its 106th session


def outline(blocks: Sequence[Block], words: Words) -> Outline:
    """The shape that blocks have."""
    shape = _Shape(words)
    numbers = _numbers(blocks)
    last = max(numbers, default=0)
    starred = [block for block in blocks if _STARRED.match(block.text)]
    for at, block in enumerate(blocks):
        shape.found.left += [(block, doubt) for doubt in block.doubts]
        if at in numbers:
            shape.number(block, numbers[at])
        elif _STARRED.match(block.text) and (
            len(starred) <= _STARS or words.finds("adopted", block.text)
        ):  # notes to the title; more of them are the marks of a list
            shape.found.notes.append(block.text)
        elif HEADING_MARK.fullmatch(block.text):
            shape.found.astray.append(block)
        elif not shape.found.paragraphs:
            shape.front(block, is_heading(blocks, at))
        elif block.table:
            shape.found.left.append((block, "a table"))
        elif _is_group(blocks, at, numbers):
            shape.group_of(block)
        elif is_heading(blocks, at) and not shape.asks(block.text):
            shape.heading(block, at > last)
        else:
            shape.text(block)
    return shape.end()


def _numbers(blocks: Sequence[Block]) -> dict[int, int]:
    """Where a numbered paragraph begins: what follows one by one, or skips a few. What is a part of a
    committee's annual report may begin with any number."""
    found = _sequence(blocks, 0)
    if not found:
        numbers = (_NUMBER.match(block.text) for block in blocks)
        firsts = (int(match["number"]) for match in numbers if match)
        found = next(filter(None, (_sequence(blocks, first - 1) for first in firsts)), {})
    return found


def _sequence(blocks: Sequence[Block], before: int) -> dict[int, int]:
    found: dict[int, int] = {}
    last, style = before, ""
    for at, block in enumerate(blocks):
        match = _NUMBER.match(block.text)
        if not match or block.table or (style and style != match["close"].strip()):
            continue
        number = int(match["number"])
        if found and _again(blocks, at, number):
            continue
        if last < number <= last + 1 + _SKIPPED and (
            found or number == 1 or _starts(blocks, at, number)
        ):
            last, style = number, match["close"].strip()
            found[at] = number
    return found


def _starts(blocks: Sequence[Block], at: int, number: int) -> bool:
    """Whether a sequence that lacks its first numbers begins here: the next one follows."""
    later = (_NUMBER.match(block.text) for block in blocks[at + 1 : at + 6])
    return any(match and int(match["number"]) == number + 1 for match in later)


def _again(blocks: Sequence[Block], at: int, number: int) -> bool:
    """Whether a number is that of a heading among numbered headings: the paragraph of that number follows."""
    if ENDED.search(blocks[at].text):
        return False
    following = (_NUMBER.match(block.text) for block in blocks[at + 1 : at + 4])
    return any(match and int(match["number"]) == number for match in following)


def _is_group(blocks: Sequence[Block], at: int, numbers: Mapping[int, int]) -> bool:
    """Whether a block outside the sequence of numbers is a numbered heading: a numbered paragraph follows it,
    perhaps below a heading of its own."""
    text = blocks[at].text
    if not _GROUP_MARK.match(text) or len(text) > _LONGEST or ENDED.search(text):
        return False
    return any(later in numbers for later in range(at + 1, at + 4))


def is_heading(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block is a heading: by its style, or short, without a full stop, before something."""
    block = blocks[at]
    if block.heading:
        return True
    mark = _LETTER.match(block.text) or _NUMBER.match(block.text)
    if mark or len(block.text) > _LONGEST or not begins_like_heading(block.text):
        return False
    if ENDED.search(block.text):
        return (
            block.bold
            and len(block.text) < 80
            and at + 1 < len(blocks)
            and bool(_NUMBER.match(blocks[at + 1].text))
        )
    return at + 1 == len(blocks) or not blocks[at + 1].text[:1].islower()


class _Shape:
    """Goes through a document, and knows what is above."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.found = Outline()
        self.part = self.group = self.theme = self.under = ""
        self.waiting: list[Block] = []  # headings below which nothing stands yet
        self.last_front = ""  # the text just before the first number, where it may be a heading

    def front(self, block: Block, heading: bool) -> None:
        """What stands before the first number."""
        self.found.front.append(block)
        self.last_front = block.text if heading else ""
        if heading and _HEADING_MARK.match(block.text):
            self._under(block.text)

    def number(self, block: Block, number: int) -> None:
        """A numbered paragraph begins."""
        first = not self.found.paragraphs
        before = self.found.paragraphs[-1].number if self.found.paragraphs else 0
        if first and number > _SKIPPED + 1:
            before = number - 1
        if first and not (self.part or self.group or self.theme) and self.asks_questions():
            self.theme = self._heading_of_questions()
        self.found.missing += [(lost, block.place) for lost in range(before + 1, number)]
        headings = tuple(filter(None, (self.group, self.theme)))
        paragraph = Numbered(number, self.part, headings, block.place, self.under)
        text = _NUMBER.sub("", block.text, count=1)
        paragraph.pieces += _listed(text, block.notes)
        self.found.paragraphs.append(paragraph)
        self.waiting.clear()

    def asks(self, text: str) -> bool:
        """Whether a text is a sentence by which a committee demands: in old documents it is bold, without a
        number, and may be as short as a heading."""
        return bool(ENDED.search(text) and self.words.finds("recommends", text))

    def group_of(self, block: Block) -> None:
        """A numbered heading, above the headings of themes."""
        self.waiting.append(block)
        self.group, self.theme = _GROUP_MARK.sub("", block.text, count=1), ""

    def asks_questions(self) -> bool:
        """Whether it is a list of issues: no parts, and headings from the first question on."""
        said = " ".join(block.text for block in self.found.front)
        return bool(self.words.finds("questions", said))

    def _heading_of_questions(self) -> str:
        titled = self.words.finds("questions", self.last_front)
        symbols = list(self.words.lexicon.symbols_in(self.last_front))
        return "" if titled or symbols else self.last_front

    def heading(self, block: Block, behind: bool) -> None:
        """A heading between paragraphs; one behind the last of them has nothing below it."""
        self.waiting.append(block)
        if behind:
            self.found.left.append((block, BEHIND))
        else:
            self._under(block.text)

    def _under(self, text: str) -> None:
        mark = _HEADING_MARK.match(text)
        said = text[mark.end() :] if mark else text
        part = self._part(said, bool(mark))
        if part:
            self.part, self.group, self.theme, self.under = part, "", "", text
        elif mark:
            if self.part in _BEFORE:  # D. Parliament, between the praise and the concerns
                self.part, self.under = "", text
            self.group, self.theme = said, ""
        else:
            self.theme = said

    def _part(self, text: str, marked: bool) -> str:
        """The part of the document that begins with a heading, if one does."""
        plain = text.replace(",", "")  # a phrase of a list holds no comma
        for part in _BEFORE:
            match = self.words.finds(part, plain)
            if match and match.start() == 0 and len(text.split()) <= _WORDS_OF_A_PART:
                return part
        short = len(text.split()) <= 8
        begins = marked or self.part != "recommendations"
        return (
            "recommendations"
            if begins and short and self.words.finds("recommendations", text)
            else ""
        )

    def text(self, block: Block) -> None:
        """A text without a number: a sub-paragraph, or more of the paragraph before it."""
        paragraph = self.found.paragraphs[-1]
        if self.waiting:
            reason = (
                BEHIND if any(self.waiting[0] is item for item, _ in self.found.left) else NO_NUMBER
            )
            self.found.left.append((block, reason))
            return
        letters = [piece.letter for piece in _latest(paragraph.pieces)]
        expected = len(letters)
        match = _LETTER.match(block.text)
        at = _position(match["letter"], expected) if match else -1
        if match and (at == expected or (at >= 0 and not _ROMAN.match(block.text))):
            if at != expected:
                self.found.left.append((block, f"sub-paragraph ({match['letter']}) out of order"))
            letter = _LATIN[at] if at < len(_LATIN) else match["letter"]
            paragraph.pieces.append(Piece(block.text[match.end() :], letter, block.notes))
        elif _ROMAN.match(block.text) and paragraph.pieces[-1].letter:
            last = paragraph.pieces[-1]
            last.text, last.notes = f"{last.text} {block.text}", (*last.notes, *block.notes)
        else:
            if _NUMBER.match(block.text):
                self.found.left.append((block, "a number out of the sequence, read as text"))
            paragraph.pieces += _listed(block.text, block.notes)

    def end(self) -> Outline:
        """What was found."""
        return self.found


def _listed(text: str, notes: tuple[str, ...]) -> Iterator[Piece]:
    """A text, and the sub-paragraphs that go on in its line: "should: (a) act; and (b) report"."""
    begun = _LISTED.search(text)
    ends = [begun.start("mark")] if begun else [len(text)]
    for letter in _LATIN[1:] if begun else "":
        following = re.compile(rf"(?<=[\s;,])\(?{letter}\)\s(?=\S)").search(text, ends[-1] + 1)
        if not following:
            break
        ends.append(following.start())
    yield Piece(text[: ends[0]].rstrip(), notes=notes)
    for nth, (start, end) in enumerate(pairwise([*ends, len(text)]) if begun else ()):
        yield Piece(_LETTER.sub("", text[start:end], count=1).strip(), _LATIN[nth])


def _latest(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The sub-paragraphs that the last piece goes on with."""
    for piece in reversed(pieces):
        if not piece.letter:
            return
        yield piece


def _position(letter: str, expected: int) -> int:
    """Which sub-paragraph a letter means, from 0; in Cyrillic texts some letters are Latin ones."""
    places = [alphabet.find(letter.lower()) for alphabet in ALPHABETS.values()]
    return expected if expected in places else max(places)
