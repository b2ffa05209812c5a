"""Inlines as a row of words, each with the markup around it, and back: what a comparison works on."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from shadowreport.core.ast import CAPTION_NUMBER
from shadowreport.core.report import Inline

Side = Literal["", "insertion", "deletion"]

_WORD = re.compile(r"\w+|\s|[^\w\s]")
_COUNTED = re.compile(r"\d+[\d.–-]*(?:\([a-z]\))?")
_STYLED = ("Emph", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Underline")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a space, a mark, or something that is one thing: a reference, a note, a picture.

    `key` says what is equal: a reference is known by what it leads to, not by its number.
    """

    key: str
    element: Inline
    around: tuple[tuple[str, str], ...] = ()  # kind and attributes (as JSON), outermost first
    side: Side = ""

    @property
    def is_word(self) -> bool:
        """Whether it is more than a space or a punctuation mark."""
        return (self.element["t"] != "Str" and self.element["t"] != "Space") or self.key[
            :1
        ].isalnum()


def tokens(inlines: Sequence[Inline], around: tuple[tuple[str, str], ...] = ()) -> list[Token]:
    """The row of tokens of some inlines."""
    found: list[Token] = []
    for inline in inlines:
        name, content = inline["t"], inline.get("c")
        if name == "Str":
            found += [_word(part, around) for part in _WORD.findall(str(content))]
        elif name in ("Space", "SoftBreak"):
            found.append(Token(_key(" ", around), {"t": "Space"}, around))
        elif name in _STYLED:
            found += tokens(content or [], (*around, (name, "")))
        elif name == "Link" and content and content[0][1] != ["ref"]:
            found += tokens(content[1], (*around, ("Link", json.dumps([content[0], content[2]]))))
        elif name == "Span" and content and content[0][1] != [CAPTION_NUMBER]:
            found += tokens(content[1], (*around, ("Span", json.dumps(content[0]))))
        else:
            found.append(Token(_key(_identity(inline), around), inline, around))
    return found


def is_counted(link: Any) -> bool:
    """Whether a link prints a number: a reference does, and a line of an annex."""
    (_, classes, _), text, _ = link
    printed = "".join(item["c"] for item in text if item["t"] == "Str")
    return classes == ["ref"] or (classes == ["place"] and bool(_COUNTED.fullmatch(printed)))


def _word(text: str, around: tuple[tuple[str, str], ...]) -> Token:
    key = " " if text.isspace() else text
    return Token(_key(key, around), {"t": "Str", "c": text}, around)


def _key(text: str, around: tuple[tuple[str, str], ...]) -> str:
    return text + "".join(f"\0{kind}{data}" for kind, data in around)


def _identity(inline: Inline) -> str:
    name, content = inline["t"], inline.get("c")
    if name == "Link" and content:
        return f"\1reference {content[2][0]}"
    if name == "Span":
        return "\1caption number"
    return f"\1{name} {json.dumps(content, sort_keys=True)}"


def rebuilt(row: Sequence[Token], wrap: Any, depth: int = 0) -> list[Inline]:
    """The inlines of a row; `wrap(side, inlines)` marks what was inserted or deleted."""
    result: list[Inline] = []
    at = 0
    while at < len(row):
        shell = row[at].around[depth] if len(row[at].around) > depth else None
        end = at + 1
        while (
            end < len(row)
            and _same(row[end], shell, depth)
            and (shell or row[end].side == row[at].side)
        ):
            end += 1
        piece = row[at:end]
        if shell:
            result.append(_shell(shell, rebuilt(piece, wrap, depth + 1)))
        else:
            inlines = _joined([token.element for token in piece])
            result += [wrap(row[at].side, inlines)] if row[at].side else inlines
        at = end
    return result


def _same(token: Token, shell: tuple[str, str] | None, depth: int) -> bool:
    return (token.around[depth] if len(token.around) > depth else None) == shell


def _shell(shell: tuple[str, str], inlines: list[Inline]) -> Inline:
    kind, data = shell
    if kind == "Link":
        attributes, target = json.loads(data)
        return {"t": "Link", "c": [attributes, inlines, target]}
    if kind == "Span":
        return {"t": "Span", "c": [json.loads(data), inlines]}
    return {"t": kind, "c": inlines}


def _joined(elements: list[Inline]) -> list[Inline]:
    """Neighbouring pieces of text as one."""
    result: list[Inline] = []
    for element in elements:
        if element["t"] == "Str" and result and result[-1]["t"] == "Str":
            result[-1] = {"t": "Str", "c": result[-1]["c"] + element["c"]}
        else:
            result.append(dict(element))
    return result


def marked(row: Sequence[Token], side: Side) -> list[Token]:
    """The row as inserted or deleted."""
    return [replace(token, side=side) for token in row]
