"""Where a sentence ends: the one rule by which import, merge and format break lines.

It rather leaves two sentences on a line than break one in two: what could be an abbreviation or an
initial, and what does not begin like a sentence (a small letter, a number), stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from unicodedata import category

_HELD = "\x01"  # a citation or footnote mark: it stays with the sentence before it
_BLANK = "\x02"  # a blank inside of brackets, code or an address, where no line is broken
_SPAN = re.compile(r"\\.|(`+).+?\1|<[^<>\s]+>|\^?\[|\]", re.DOTALL)
_TAIL = re.compile(
    r"(?:\((?:[^()\\]|\\.|\([^()]{0,200}\)){0,1000}+\)|\[[^\[\]]{0,200}\])?(?:\{[^{}]{0,200}\})?"
)
# "*+" and "++" give nothing back: without them two long citations at an end take for ever
_CLOSING = r"(?:\\?[\"'»”’›“)\]*_~」』]|[ \u00a0\u202f]»|\x01)*+"
_END = re.compile(
    rf"[.!?…؟۔।॥。！？｡]{_CLOSING}(?: \x01++{_CLOSING})*+(?P<blank> )"
    r"(?=(?:\\?(?:[\"'“„‘‹¿¡(\[*_~「『]|«[ \u00a0\u202f]?))*(?P<first>[^\x01]))"
)
_WORD = re.compile(r"[\w.]*$")
# a number at the head of a text, a quotation or what follows a colon: the text goes on behind it
_NUMBERED = re.compile(r"(?:^|[«“„‘\"'(\[…]|[:;]\s)\s*\\?\(?(?:\d+|[IVXLCM]+)\\?$")
_LONGEST = 40  # letters of a word


def by_sentences(text: str, abbreviations: Collection[str]) -> str:
    """A text with a line's end in place of the blank behind each sentence.

    `abbreviations` are what a full stop may follow in the middle of a sentence, as the files of
    languages list them.
    """
    masked = _masked(text)
    parts = list(text)
    for match in _END.finditer(masked):
        if _begins(match["first"]) and not _goes_on(masked, match.start(), abbreviations):
            parts[match.start("blank")] = "\n"
    return "".join(parts)


def _begins(letter: str) -> bool:
    """Whether a sentence can begin with a letter: a capital, or any where there are no capitals."""
    return letter.isupper() or category(letter) in ("Lo", "Lt") or "\u10d0" <= letter <= "\u10ff"


def _goes_on(text: str, stop: int, abbreviations: Collection[str]) -> bool:
    """Whether the full stop at a place ends a word and no sentence."""
    if text[stop] != ".":
        return False
    before = text[max(0, stop - _LONGEST) : stop].rpartition("\n")[2]
    if _NUMBERED.search(before):
        return True
    match = _WORD.search(before)
    word = match[0] if match else ""
    if word[-1:].isalpha() and not word[-2:-1].isalnum():
        return True  # an initial, or the last letter of U.S.
    return word in abbreviations or word[:1].lower() + word[1:] in abbreviations


def _masked(text: str) -> str:
    """A text of the same length in which no blank stands where a line cannot be broken."""
    parts: list[str] = []
    done = 0
    for start, end in _spans(text):
        span = text[start:end]
        cited = span.startswith(("[@", "[-@", "[^", "^["))
        parts += [text[done:start], _HELD * len(span) if cited else span.replace(" ", _BLANK)]
        done = end
    return "".join([*parts, text[done:]])


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """What stands in brackets, with the address or attributes behind them; code, addresses, and what
    a backslash keeps as it is."""
    opened: list[int] = []
    done = 0
    for match in _SPAN.finditer(text):
        if match.start() < done:
            continue
        if match[0] in ("[", "^["):
            opened.append(match.start())
        elif match[0] == "]" and opened:
            start = opened.pop()
            tail = None if opened else _TAIL.match(text, match.end())
            if tail:
                done = tail.end()
                yield start, done
        elif match[0] != "]" and not opened:
            yield match.span()
