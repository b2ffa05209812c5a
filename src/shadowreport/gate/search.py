"""Searches pieces of text for what is withheld."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, MatchKind

from shadowreport.gate.fold import LIKE_CYRILLIC, LIKE_LATIN, WORD, clean, fold, squeezed
from shadowreport.gate.index import Index, Meant
from shadowreport.gate.names import Sought
from shadowreport.gate.pieces import Piece
from shadowreport.gate.scripts import runs_on
from shadowreport.gate.views import views, words_with

_PIECE = 4096  # letters of a text that are counted together
_TYPED = 5  # letters of a word that counts among bytes
_NEAR = 3  # words from one part of a name to the other at most
_LONG = 8  # letters of a word that is found also in the midst of other letters
_WHOLE = 7  # letters of a whole name that is
_DIGITS = 6  # of a number that is found whatever stands between its digits
_PHONE = 10  # digits of a phone number without the code of a country
SHINGLE = 12  # words that a passage shares with a text, if it is in it
_PASSAGE = 5  # words that a passage has at least, so that it is looked for

# letters, and among them digits that look like some, one of which stands beside a letter
_DIGIT = re.compile(r"[013-68](?:(?=[^\W\d_])|(?<=[^\W\d_][013-68]))")
_MIXED = re.compile(r"(?<![^\W_])(?=[^\W\d_]*\d)(?:[013-68]?[^\W\d_][013-68]?){3,20}(?![^\W_])")

MASK = "(withheld)"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something withheld that was found: of whom, what, where. It holds no word of the text."""

    key: str  # of a person, or what the caller calls a passage
    what: str
    where: tuple[str, ...]
    line: int  # in a file of lines, from 1
    sure: bool  # whether it can hardly be anything else


class Search:
    """All that is withheld, prepared to be looked for in many texts."""

    def __init__(
        self, sought: Sought, passages: Mapping[str, str] | None = None, public: str = ""
    ) -> None:
        self._index = Index(sought.words)
        initials: dict[str, set[str]] = {}
        for word in sought.words:
            if word.role == "given":
                initials.setdefault(word.person, set()).add(fold(word.typed)[:1])
        self._initials = initials
        patterns = dict(_patterns(sought))
        self._labels = list(patterns.values())
        self._strings = _automaton(patterns)
        shingles = _shingles(passages or {}, public)
        self._sources = list(shingles.values())
        self._passages = _automaton(shingles)

    def hits(self, piece: Piece) -> Iterator[Hit]:
        """What of the withheld stands in a piece, each kind of it once a line."""
        text = clean(piece.text)
        seen: set[Hit] = set()
        for key, what, offset, sure in self._found(text, piece.binary):
            line = text.count("\n", 0, offset)
            number = line + 1 if piece.unit == "line" else 1
            hit = Hit(key, what, self._masked(piece.place(line)), number, sure)
            if hit not in seen:
                seen.add(hit)
                yield hit

    def mask(self, text: str) -> str:
        """A text that may be printed: the same, unless something withheld stands in it."""
        found = (next(self._found(clean(view), False), None) for view, _ in views(text))
        return MASK if any(found) else text

    def whom(self, text: str) -> list[str]:
        """Whose names stand in a text, by their keys."""
        found = (hit for view, _ in views(text) for hit in self._found(clean(view), False))
        return sorted({key for key, *_ in found})

    def _masked(self, where: Sequence[str]) -> tuple[str, ...]:
        return tuple(self.mask(part) for part in where)

    def _found(self, text: str, binary: bool) -> Iterator[tuple[str, str, int, bool]]:
        yield from self._words(text, binary)
        if not binary:
            yield from self._with_digits(text)
        if self._strings:
            dense, offset = squeezed(text), _offsets(text)
            for pattern, start, _ in self._strings.find_matches_as_indexes(dense, overlapping=True):
                key, what, check = self._labels[pattern]
                if check is None:
                    yield key, what, offset(start), True
                elif match := check.search(text.casefold()):
                    yield key, what, match.start(), True
        if self._passages and not binary:
            folded = [(match.start(), fold(match[0])) for match in WORD.finditer(text)]
            line = " ".join(word for _, word in folded)
            for number, start, _ in self._passages.find_matches_as_indexes(line, overlapping=True):
                yield self._sources[number], "passage", folded[line.count(" ", 0, start)][0], True

    def _words(self, text: str, binary: bool) -> Iterator[tuple[str, str, int, bool]]:
        distinct = {word for word in WORD.findall(text) if not binary or len(word) >= _TYPED}
        if binary and not any(map(self._index.has, distinct)):
            return  # what sounds or looks alike is asked for in texts alone
        hot = {word: meant for word in distinct if (meant := self._index.meant(word))}
        if not hot:
            return
        tokens = [(match.start(), match[0]) for match in WORD.finditer(text)]
        for index, (offset, word) in enumerate(tokens):
            for meant in hot.get(word, ()):
                if binary and not meant.exact:
                    continue
                near = [other for _, other in tokens[max(0, index - _NEAR) : index + _NEAR + 1]]
                if meant.alone and not (meant.usual and word.casefold() in distinct):
                    yield meant.person, f"{meant.role} name", offset, True
                elif self._is_pair(meant, word, near, hot):
                    yield meant.person, "name", offset, True
                elif meant.exact and not binary and word[:1] != word[:1].lower() and len(word) > 2:
                    yield meant.person, f"{meant.role} name alone", offset, False

    def _with_digits(self, text: str) -> Iterator[tuple[str, str, int, bool]]:
        """Names in which digits stand for letters that look like them."""
        for match in words_with(_DIGIT, _MIXED, text):
            for meant in self._index.meant(match[0]):
                if meant.alone:
                    yield meant.person, f"{meant.role} name", match.start(), True

    def _is_pair(
        self, meant: Meant, word: str, near: Sequence[str], hot: Mapping[str, tuple[Meant, ...]]
    ) -> bool:
        """Whether another part of the same name stands beside a word."""
        for other in near:
            if other != word and any(
                m.person == meant.person and m.role != meant.role for m in hot.get(other, ())
            ):
                return True
            initial = meant.role == "family" and len(other) == 1 and other.isupper()
            if initial and other.casefold() in self._initials.get(meant.person, ()):
                return True
        return False


def _automaton(patterns: Iterable[str]) -> AhoCorasick | None:
    known = list(patterns)
    return AhoCorasick(known, matchkind=MatchKind.Standard) if known else None


Label = tuple[str, str, re.Pattern[str] | None]


def _patterns(sought: Sought) -> Iterator[tuple[str, Label]]:
    """What is looked for among letters and digits alone, with nothing between them."""
    for key, words in sought.names:
        parts = [squeezed(clean(word)) for word in words]
        if len(parts) > 1:
            for order in (parts, parts[::-1], [parts[-1], *parts[:-1]]):
                yield from _long("".join(order), key)
            if len(parts) > 2:
                yield from _long(parts[0] + parts[-1], key)
    for word in sought.words:
        dense = squeezed(clean(word.typed))
        signs = runs_on(dense)
        if word.alone and (len(dense) >= _LONG or signs):
            yield dense, (word.person, "name", None)
            if len(dense) > 2:
                for hidden in _hidden(dense):
                    yield hidden, (word.person, "name", None)
    for key, number in sought.numbers:
        for written in dict.fromkeys(
            (number, number.translate(LIKE_LATIN), number.translate(LIKE_CYRILLIC))
        ):
            yield from _number(key, written)
    for key, parts in sought.days:
        yield "".join(parts), (key, "date", _exact(parts))


def _long(dense: str, key: str) -> Iterator[tuple[str, Label]]:
    """A whole name, and as it stands where its letters are shown from behind or moved on by thirteen."""
    if len(dense) >= _WHOLE:
        for written in (dense, *_hidden(dense)):
            yield written, (key, "name", None)


def _hidden(dense: str) -> tuple[str, ...]:
    return dense[::-1], codecs.encode(dense, "rot13")


def _number(key: str, number: str) -> Iterator[tuple[str, Label]]:
    """A mail, a phone, the number of a case or a document."""
    text = clean(number).casefold()
    if "@" in text:
        name, _, domain = text.partition("@")
        for at, dot in (("", ""), ("at", ""), ("at", "dot"), ("собака", ""), ("собака", "точка")):
            dense = squeezed(name) + at + squeezed(domain.replace(".", dot))
            yield dense, (key, "mail", None)
        return
    digits = re.sub(r"\D", "", text)
    if not any(char.isalpha() for char in text) and len(digits) >= _PHONE:
        yield digits[-_PHONE:] if len(digits) <= 11 else digits, (key, "number", None)
        return
    parts = re.findall(r"[^\W_]+", text)
    told = [part for part in parts if any(map(str.isdigit, part))]
    parts = told if len(digits) >= _DIGITS - 1 else parts
    yield "".join(parts), (key, "number", _exact(parts))


def _exact(parts: Sequence[str]) -> re.Pattern[str]:
    """What finds parts in a row with nothing but a few signs between them and no letter or digit around."""
    pattern = r"[\W_]{0,3}".join(map(re.escape, parts))
    before = r"\d" if parts[0][0].isdigit() else r"[^\W_]"
    return re.compile(rf"(?<!{before}){pattern}(?![^\W_])")


def _shingles(passages: Mapping[str, str], public: str) -> dict[str, str]:
    """Runs of words of each passage that stand in no public text."""
    open_text = " ".join(fold(word) for word in WORD.findall(clean(public)))
    found: dict[str, str] = {}
    for name, passage in passages.items():
        words = [fold(word) for word in WORD.findall(clean(passage))]
        size = min(SHINGLE, len(words))
        if size < _PASSAGE:
            continue
        for start in range(len(words) - size + 1):
            shingle = " ".join(words[start : start + size])
            if shingle not in open_text:
                found.setdefault(shingle, name)
    return found


def _offsets(text: str) -> Callable[[int], int]:
    """Where in a text its letter or digit of some number stands, counted by pieces, once for all."""
    ends: list[int] = []

    def offset(dense: int) -> int:
        if not ends:
            pieces = (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
            ends.extend(accumulate(len(squeezed(piece)) for piece in pieces))
        nth = bisect_right(ends, dense)
        before = ends[nth - 1] if nth else 0
        return nth * _PIECE + _offset(text[nth * _PIECE :][:_PIECE], dense - before)

    return offset


def _offset(text: str, dense: int) -> int:
    """Where in a text its letter or digit of some number stands."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        if len(squeezed(text[:middle])) <= dense:
            low = middle + 1
        else:
            high = middle
    return max(0, low - 1)
