"""Which quotation marks and apostrophes are meant, decided once for every format and language.

Only straight marks are decided; curly ones are printed as they were typed. A mark that is to be set
is one of the signs of `MARKS` in a text; one that was escaped, and stays straight, is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

MARKS = {'"': "\U0010ff00", "'": "\U0010ff01"}
DOUBLE, SINGLE = MARKS.values()
MARK = re.compile(f"[{DOUBLE}{SINGLE}]")
# what stands before the mark of a footnote (United Nations Editorial Manual); source/note_marks.py has the rule
BEFORE_MARKS = "[.,;:!?。，；：！？،؛؟]+[”’»“]*"
BEGIN, END = "\x0e", "\x0f"  # around a piece of another look: a pair stands within or around it

_DEEPEST = 100  # signs that are open at once, and looked through at each sign that shuts
_OPENING = "([{<«‹„‚“‘–—-/¿¡="
_SHUTS = {")": "(", "]": "[", END: BEGIN}
_YEAR = re.compile(r"\d\ds?(?![^\W_])")  # '95, the '90s


@dataclass(frozen=True, slots=True)
class Set:
    """How a mark is set: as one of a pair (`open` or `close`, of the inner marks or not), or alone."""

    pair: str = ""
    inner: bool = False
    alone: str = ""


def decide(text: str) -> list[Set]:
    """How each mark in a paragraph is set, in order."""
    return _Decision(text).levels()


def typeset(text: str, quotes: Sequence[str]) -> str:
    """A plain text with a language's marks: the outer pair, the inner pair."""
    marked = text.translate(_SIGNS)
    if marked == text:
        return text
    decided = iter(decide(marked))
    return MARK.sub(lambda _: _character(next(decided), quotes), marked)


def _character(mark: Set, quotes: Sequence[str]) -> str:
    return quotes[2 * mark.inner + (mark.pair == "close")] if mark.pair else mark.alone


_SIGNS = str.maketrans(MARKS)


class _Decision:
    """Goes through a paragraph once, with what is open at each place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.open: list[int] = []  # places of marks, brackets and beginnings
        self.partner: dict[int, int] = {}  # of each mark of a pair, either way
        self.alone: dict[int, str] = {}
        for at, sign in enumerate(text):
            if sign == DOUBLE:
                self._double(at)
            elif sign == SINGLE and at not in self.alone:
                self._single(at)
            elif sign in "([" or sign == BEGIN:
                self.open.append(at)
            elif sign in _SHUTS:
                self._shut(_SHUTS[sign], BEGIN)
        self._drop(0)

    def _double(self, at: int) -> None:
        before, after = self._beside(at, -1), self._beside(at, 1)
        if self._opens(at):
            self.open.append(at)
        elif not before.strip():
            self.alone[at] = '"'  # between blanks
        elif not self._close(at, BEGIN):
            self.alone[at] = '"' if before.isdigit() and not _is_word(after) else "”"  # 6"

    def _single(self, at: int) -> None:
        before, after = self._beside(at, -1), self._beside(at, 1)
        if _is_word(before) and _is_word(after):
            self.alone[at] = "’"
        elif self._opens(at):
            if not self._elided(at):
                self.open.append(at)
        elif not before.strip():
            self.alone[at] = "'"
        elif not self._close(at, BEGIN + DOUBLE):
            self.alone[at] = "’"

    def _opens(self, at: int) -> bool:
        """Whether a mark stands where a quotation begins."""
        before, place = self._beside(at, -1), self._place(at, -1)
        begins = not before.strip() or before in _OPENING or place in self.open[-_DEEPEST:]
        return begins and bool(self._beside(at, 1).strip())

    def _elided(self, at: int) -> bool:
        """'95, and both marks of rock 'n' roll; they are set then."""
        if _YEAR.match(self.text, at + 1):
            self.alone[at] = "’"
        elif self.text[at + 1 : at + 3] == "n" + SINGLE:
            self.alone[at] = self.alone[at + 2] = "’"
        return at in self.alone

    def _close(self, at: int, border: str) -> bool:
        """Whether the mark closes one of its kind that is open."""
        found = self._shut(self.text[at], border)
        if found >= 0:
            self.partner[found], self.partner[at] = at, found
        return found >= 0

    def _shut(self, wanted: str, border: str) -> int:
        """Takes a sign, and all that opened after it, from what is open; its place, or -1 where none
        is found above the border."""
        for nth in range(len(self.open) - 1, max(-1, len(self.open) - 1 - _DEEPEST), -1):
            found = self.open[nth]
            if self.text[found] == wanted:
                self._drop(nth + 1)
                return self.open.pop()
            if self.text[found] in border:
                break
        return -1

    def _drop(self, first: int) -> None:
        """What is open from the nth on has no partner."""
        for at in self.open[first:]:
            if MARK.match(self.text[at]):
                self.alone[at] = "“" if self.text[at] == DOUBLE else "’"
        del self.open[first:]

    def _place(self, at: int, step: int) -> int:
        """Where the next character stands, whatever its look."""
        at += step
        while 0 <= at < len(self.text) and self.text[at] in (BEGIN, END):
            at += step
        return at

    def _beside(self, at: int, step: int) -> str:
        place = self._place(at, step)
        return self.text[place] if 0 <= place < len(self.text) else ""

    def levels(self) -> list[Set]:
        """The decisions in order; a pair inside its like is of the other kind."""
        result: list[Set] = []
        around: list[bool] = []
        for match in MARK.finditer(self.text):
            at = match.start()
            if at not in self.partner:
                result.append(Set(alone=self.alone[at]))
            elif self.partner[at] > at:
                single = match[0] == SINGLE
                around.append(not single if around and around[-1] == single else single)
                result.append(Set("open", around[-1]))
            else:
                result.append(Set("close", around.pop()))
        return result


def _is_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character or " ").startswith("M")
