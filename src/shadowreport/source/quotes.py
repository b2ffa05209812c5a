"""Sets quotation marks and apostrophes in what pandoc has read (core/quotes.py decides them).

pandoc's own way takes the next mark that can close for the one that does: `"the term "aliens" without"`
came out broken, and `'95` differed from format to format. So it never sees them: `shield` puts
signs in their place, one for one, that mean nothing to it, and `settle` sets them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from shadowreport.core.ast import node
from shadowreport.core.numbering import is_reference
from shadowreport.core.quotes import BEGIN, END, MARK, MARKS, Set, decide
from shadowreport.core.report import Inline

_SIGNS = str.maketrans(MARKS)
_MARKS = str.maketrans({sign: mark for mark, sign in MARKS.items()})
# what may hold marks that are no text, and a mark
_NO_TEXT = re.compile(
    r"""
      \\.                                                                   # an escaped sign
    | \{[^{}=\n]*=[^{}\n]*\}                                                # attributes
    | <[^<>\s]*>                                                            # an address
    | https?://[^\s<>"']*(?:'[^\s<>"']+)*
    | \]\([^()\n]{0,2000}(?:\([^()\n]{0,2000}\)[^()\n]{0,2000}){0,9}\)      # the target of a link
    | ^[ ]{0,3}\[[^\]^\n][^\]\n]*\]:[^\n]*                                  # the same, further down
    | ["']
    """,
    re.VERBOSE | re.MULTILINE,
)
_ENCODED = re.compile("%F4%8F%BC%8([01])", re.IGNORECASE)  # a sign inside an address
_PIECES = re.compile(f"({MARK.pattern})")
_STYLED = {
    *("Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"),
    *("Link", "Span"),
}
_INLINES = {
    *("Str", "Space", "SoftBreak", "LineBreak", "Code", "Math", "RawInline"),
    *("Quoted", "Cite", "Image", "Note"),
    *_STYLED,
}


def shield(text: str) -> str:
    """A text in which signs stand for the marks that are to be set."""
    return _NO_TEXT.sub(
        lambda match: match[0].translate(_SIGNS) if len(match[0]) == 1 else match[0], text
    )


def settle(value: Any) -> Any:
    """What pandoc has read of a shielded text, with its marks set."""
    if isinstance(value, str):
        return _unshielded(value)
    if isinstance(value, dict):
        return {key: settle(item) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    first = value[0] if value else None
    if isinstance(first, dict) and first.get("t") in _INLINES:
        decided = iter(decide("".join(_text(value))))
        return _set(value, decided)
    return [settle(item) for item in value]


def _unshielded(text: str) -> str:
    text = _ENCODED.sub(lambda match: list(MARKS)[int(match[1])], text)
    return text.translate(_MARKS)


def _text(inlines: list[Inline]) -> Iterator[str]:
    """The paragraph as core/quotes.py wants it."""
    for inline in inlines:
        name: str = inline["t"]
        content: Any = inline.get("c")
        if name == "Str":
            yield content
        elif name in _STYLED:
            yield BEGIN
            yield from _text(_inside(inline))
            yield END
        elif name == "Cite":
            # a reference prints a number
            yield "0" if is_reference(content[0][0]["citationId"]) else _OTHER
        else:
            yield " " if name.endswith(("Space", "Break")) else _OTHER


_OTHER = "\ufffc"  # neither a blank nor part of a word


def _inside(inline: Inline) -> list[Inline]:
    return inline["c"][1] if inline["t"] in ("Link", "Span") else inline["c"]


def _set(inlines: list[Inline], decided: Iterator[Set]) -> list[Inline]:
    """The inlines with pairs as elements of their own."""
    result: list[list[Inline]] = [[]]  # what is inside of each pair that is open
    for inline in inlines:
        if inline["t"] == "Str":
            for piece in filter(None, _PIECES.split(inline["c"])):
                _put(piece, decided, result)
        elif inline["t"] in _STYLED:
            result[-1].append(_with_inside(inline, _set(_inside(inline), decided)))
        else:
            result[-1].append(settle(inline))
    return result[0]


def _put(piece: str, decided: Iterator[Set], result: list[list[Inline]]) -> None:
    mark = next(decided) if MARK.match(piece) else Set(alone=piece)
    if mark.pair == "open":
        result.append([])
    elif mark.pair == "close":
        kind = node("SingleQuote" if mark.inner else "DoubleQuote")
        content = result.pop()
        result[-1].append(node("Quoted", kind, content))
    else:
        result[-1].append(node("Str", mark.alone))


def _with_inside(inline: Inline, inlines: list[Inline]) -> Inline:
    if inline["t"] not in ("Link", "Span"):
        return node(inline["t"], inlines)
    attributes, _, *target = inline["c"]
    return node(inline["t"], settle(attributes), inlines, *settle(target))
