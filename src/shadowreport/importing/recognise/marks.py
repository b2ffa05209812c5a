"""What stands before the words of a paragraph: a typed number, a list mark, an automatic number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from shadowreport.importing.draft import Citation, Inline, Reference
from shadowreport.word.content import Embedded, NoteMark, Paragraph, Picture, Run

_TYPED = re.compile(
    r"[\s\u00a0\u200b\ufeff]*(?:[§¶№]\s*)?"
    r"(?P<number>\d{1,4}(?:\.\d{1,3}){0,2})"
    r"(?:(?P<end>\.|\))(?:[\s\u00a0]+|(?=[^\W\d_]|[«“\"‘'(]))|[ \u00a0]*\t+\s*)"
)
_BULLET = re.compile(r"[\s\u00a0]*[-–—•·▪◦●○■□*➢✓→][\s\u00a0]+(?=\S)")
_ITEM = re.compile(
    r"[\s\u00a0]*(?P<open>\()?(?P<label>\d{1,3}|[a-zа-я]|[A-ZА-Я]|[ivxlc]{1,6}|[IVXLC]{1,6})"
    r"(?P<end>\)|\.)[\s\u00a0]+(?=\S)"
)
_AUTO_KINDS = {
    "decimal": "1",
    "decimalZero": "1",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
    "russianLower": "bullet",
    "russianUpper": "bullet",
}
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark before a paragraph. `length` characters of its text are the mark (0: automatic).

    `kind` is "bullet", "1", "a", "A", "i" or "I"; `value` the count, 0 for a bullet.
    """

    kind: str
    value: int
    delimiter: str
    length: int
    label: str
    level: int = 0


def typed_number(text: str) -> Mark | None:
    """A number typed before a paragraph, such as "33. " or "2.1 "."""
    match = _TYPED.match(text)
    if not match:
        return None
    label = match["number"]
    value = int(label.rpartition(".")[2])
    return Mark("1", value, match["end"] or ".", match.end(), label)


def list_mark(paragraph: Paragraph) -> Mark | None:
    """The mark of a list item, automatic or typed."""
    number = paragraph.number
    if number is not None:
        kind = (
            "bullet" if number.format in ("bullet", "none") else _AUTO_KINDS.get(number.format, "1")
        )
        delimiter = "()" if number.label.startswith("(") else number.label[-1:]
        delimiter = delimiter if delimiter in (")", "()", ".") else "."
        value = 0 if kind == "bullet" else number.value
        return Mark(kind, value, delimiter, 0, number.label, number.level)
    return typed_list_mark(paragraph.text)


def typed_list_mark(text: str) -> Mark | None:
    """The mark of a list item typed as text: a dash, "a)", "(1)", "1)"."""
    bullet = _BULLET.match(text)
    if bullet:
        return Mark("bullet", 0, "", bullet.end(), bullet[0].strip())
    match = _ITEM.match(text)
    if not match or (match["end"] == "." and not match["label"].isdigit()):
        return None
    if match["open"] and match["end"] != ")":
        return None
    delimiter = "()" if match["open"] else match["end"]
    label = match["label"]
    kind, value = _count(label)
    return Mark(kind, value, delimiter, match.end(), label) if value else None


def _count(label: str) -> tuple[str, int]:
    if label.isdigit():
        return "1", int(label)
    lower = label.lower()
    case = label.islower()
    if len(label) == 1 and "a" <= lower <= "z":
        return ("a" if case else "A"), ord(lower) - ord("a") + 1
    if all(letter in _ROMAN_VALUES for letter in lower):
        return ("i" if case else "I"), roman(lower)
    return "", 0


def roman(letters: str) -> int:
    """The value of a small Roman number."""
    total = 0
    for letter, after in zip(letters, [*letters[1:], ""], strict=True):
        value = _ROMAN_VALUES[letter]
        total += -value if after and _ROMAN_VALUES[after] > value else value
    return total


def without_start(inlines: Sequence[Inline], length: int) -> list[Inline]:
    """The inlines less the first `length` characters of their text; what is no text stays."""
    result: list[Inline] = []
    for item in inlines:
        if length and isinstance(item, Run):
            taken = min(length, len(item.text))
            length -= taken
            if taken < len(item.text):
                result.append(replace(item, text=item.text[taken:]))
        else:
            result.append(item)
    return result


def trimmed(inlines: Sequence[Inline]) -> list[Inline]:
    """The inlines without white space at their beginning and end."""
    return _trim_end(_trim_start(inlines))


def _trim_start(inlines: Sequence[Inline]) -> list[Inline]:
    text = "".join(
        item.text if isinstance(item, Run) else "\0" for item in inlines if _counts(item)
    )
    return without_start(inlines, len(text) - len(text.lstrip()))


def _trim_end(inlines: list[Inline]) -> list[Inline]:
    result = list(inlines)
    for index in range(len(result) - 1, -1, -1):
        item = result[index]
        if isinstance(item, Run):
            text = item.text.rstrip()
            result[index] = replace(item, text=text)
            if text:
                break
        elif _counts(item):
            break
    return [item for item in result if not isinstance(item, Run) or item.text]


def _counts(item: Inline) -> bool:
    """Whether an inline shows something (a bookmark does not)."""
    return isinstance(item, Run | NoteMark | Picture | Embedded | Reference | Citation)
