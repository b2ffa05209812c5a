"""Where the mark of a footnote stands that a citation makes: the rule, written once.

After the United Nations Editorial Manual: behind the punctuation that follows, with no space before
it, and with a raised comma between two marks. The rule is put to a text in which each thing is one
character: `NOTE` for a footnote that was typed, `CITATION` for a citation, `EDGE` for what is neither
a mark nor a character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any, TypeVar

from shadowreport.compare.text import NOTE
from shadowreport.core.ast import node, plain, transform
from shadowreport.core.quotes import BEFORE_MARKS

CITATION = "\ue010"
EDGE = "\ue011"  # where emphasis or a link begins or ends: nothing is moved over it
COMMA = ","
_MARK = f"[{NOTE}{CITATION}]"
# citations with the typed notes that stand at them, and the punctuation that goes before them
_RULE = re.compile(rf"({NOTE}* ?{CITATION}(?:{NOTE}| ?{CITATION})*)({BEFORE_MARKS})?")
_BETWEEN = re.compile(f"(?<={_MARK}){COMMA}(?={_MARK})")
T = TypeVar("T")


def moved(
    row: Sequence[T],
    said: Callable[[T], str],
    settled: Callable[[Sequence[T], Sequence[T]], Iterable[T]],
) -> list[T]:
    """The things of a text, each said as one character, in the order in which they are printed.

    `settled` gives what stands in the place of citations, with their spaces, and of the punctuation
    behind them.
    """
    result: list[T] = []
    at = 0
    for match in _RULE.finditer("".join(map(said, row))):
        result += row[at : match.start()]
        result += settled(row[slice(*match.span(1))], row[match.end(1) : match.end()])
        at = match.end()
    return [*result, *row[at:]]


def commas(said: Iterable[str]) -> set[int]:
    """Where in a text, said in this way, a comma stands that a build has put between two marks."""
    return {match.start() for match in _BETWEEN.finditer("".join(said))}


# --- pandoc's elements --------------------------------------------------------------------------


def placed(value: Any) -> Any:
    """A copy of resolved elements in which citations, and notes beside them, stand where their marks
    are printed. What stands inside of footnotes stays."""
    if isinstance(value, dict):
        if _is(value, *_MARKS):
            return value
        return {
            key: placed(item) if isinstance(item, list | dict) else item
            for key, item in value.items()
        }
    row = [placed(item) if isinstance(item, list | dict) else item for item in value]
    if any(_said(item) == CITATION for item in row):
        row = _joined(moved([letter for item in row for letter in _letters(item)], _said, _settled))
    return _with_commas(row)


def without_commas(value: Any) -> Any:
    """A copy of elements without the commas between marks, for where the notes are left out."""
    return transform(value, {"Superscript": lambda inner: [] if plain(inner) == COMMA else None})


_MARKS = {"Note": NOTE, "Cite": CITATION}
_SPACES = ("Space", "SoftBreak")
_STYLES = ("Emph", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Underline")


def _said(item: Any) -> str:
    kind = item.get("t") if isinstance(item, dict) else None
    if kind == "Str":
        return item["c"]
    return " " if kind in _SPACES else _MARKS.get(str(kind), EDGE)


def _settled(run: Sequence[Any], before: Sequence[Any]) -> list[Any]:
    return [*before, *(item for item in run if not _is(item, *_SPACES))]


def _letters(item: Any) -> list[Any]:
    return [node("Str", letter) for letter in item["c"]] if _is(item, "Str") else [item]


def _joined(row: list[Any]) -> list[Any]:
    """The row with its letters as words again."""
    result: list[Any] = []
    for are_letters, run in groupby(row, lambda item: _is(item, "Str")):
        items = list(run)
        result += [node("Str", "".join(item["c"] for item in items))] if are_letters else items
    return result


def _with_commas(row: list[Any]) -> list[Any]:
    result: list[Any] = []
    for item in row:
        if result and _is(_edge(result[-1], -1), *_MARKS) and _is(_edge(item, 0), *_MARKS):
            result.append(node("Superscript", [node("Str", COMMA)]))
        result.append(item)
    return result


def _edge(item: Any, at: int) -> Any:
    """The first or last thing that is printed of an element."""
    while _is(item, *_STYLES, "Link", "Span"):
        inner = item["c"] if _is(item, *_STYLES) else item["c"][1]
        if not inner:
            break
        item = inner[at]
    return item


def _is(item: Any, *kinds: str) -> bool:
    return isinstance(item, dict) and item.get("t") in kinds
