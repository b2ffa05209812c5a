"""What a piece of text holds that looks like markup and is none: it would be printed as typed.

Each row of the table is a habit (of Word, of another dialect, of a keyboard that types wide signs)
and what to type instead. Where honest text looks the same, the row is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from shadowreport.source.typed.lines import Leaf, Line


class Stray(NamedTuple):
    """A piece of text that may be meant as markup: its place in the text, code, message, hint."""

    at: int
    code: str
    message: str
    hint: str


# where the key of a source begins
SOURCE = r"(?<![\\\w])@\{?(?!(?:par|sec|tbl|fig|rec)-)\w"
_KEPT = "or put a backslash before it, if it is to be printed"
# a pattern, where in it the stray sign begins is its own beginning; code; message; hint
_TABLE: tuple[tuple[re.Pattern[str], str, str, str], ...] = tuple(
    (re.compile(r"(?<!\\)" + pattern), code, message, f"{hint}; {_KEPT}")
    for pattern, code, message, hint in (
        (r"!\[[^\[\]]*\]\s+\(", "slip", "is this a picture?", "write ](, without a blank"),
        (r"!\[\[[^\[\]]*\]\]", "slip", "is this a picture?", "write ![what it shows](name.png)"),
        (r"\^[ \t]+\[", "slip", "is this a footnote?", "write ^[, without a blank"),
        (r"&lt;!-", "slip", "is this a private remark?", "write <!-- and -->"),
        (
            r"(?:\A|(?<=\s))%%|(?<!!)(?i:\[/?(?:hide|hidden|spoiler)\])(?!\()|\A![ ]?(?=[^\W_])",
            "slip",
            "is this a text that is to be hidden? It would be printed",
            "write <!-- and -->, or ::: note, or ::: confidential",
        ),
        (
            r"(?<![=\w])==(?=[^\s=])[^=]{0,2000}[^\s=]==(?![=\w])",
            "slip",
            "is this a text that is to be marked, for taking it out perhaps? It would be printed",
            "write {==the text==}{>>what is to be said of it<<}, or ::: confidential",
        ),
        (
            r"(?:\A%|(?<=\s)//)(?=\s)",
            "stray-sign",
            "is this a private remark? It would be printed",
            "write <!-- and -->, or ::: note",
        ),
        (
            r"\A(?:\[\d{1,3}\]|[\u00b9\u00b2\u00b3\u2070-\u2079]+)(?=\s)",
            "stray-sign",
            "is this the text of a footnote?",
            "write [^1]: before it, and [^1] where its mark stands",
        ),
        (
            r"\A\{[A-Za-z][\w-]*\}(?=\s|\Z)",
            "slip",
            "is this the id of a paragraph?",
            "write {#id} or {.continued}",
        ),
        (
            r"\A(?:\[#[A-Za-z][\w-]*\]|\(\.[a-z]+\))",
            "slip",
            "is this the id of a paragraph?",
            "write it in braces: {#id} or {.continued}",
        ),
        (
            rf"\[\s*[*_\"'“‘«]+{SOURCE}",
            "slip",
            "a source stands in brackets that are read as text",
            "write [@key, art. 4]: signs around the key keep it from being a citation",
        ),
        (
            r"[［【〔]\s*[@＠^＾]|\[\s*[＠＾]|[｛{]\s*＃|｛\s*[#.]|：：+|＊＊|＠(?=par-|sec-|tbl-|rec-|fig-)|\A＃＃",
            "slip",
            "wide signs stand here, which make no markup",
            "type the narrow ones: [ ] { } @ # ^ : *",
        ),
        (
            r"\A#[^\W\d_][^\n.!?]*\Z",
            "stray-sign",
            "is this a heading?",
            "a heading begins with ## and a blank",
        ),
        (r"[│┃┆┊║｜][^\n]*[│┃┆┊║｜]", "slip", "is this a row of a table?", "draw it with |"),
        (
            r"#(?:REF!|N/A\b|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!)",
            "slip",
            "a spreadsheet's error was copied here",
            "look into the spreadsheet, and type the value",
        ),
    )
)
# one of these stands in whatever a row of the table finds: most texts have none
_SIGNS = re.compile(r"[!=^&%/\[{#(\u00b9\u00b2\u00b3\u2070-\u2079［【〔｛＊＠＃：│┃┆┊║｜]")
# at the head of a paragraph, in front of a capital letter: 12. or 12) or (12) or 1.2 or § 12;
# those behind a word ("Para. 12") are told by checks/numbers.py, which has the words
_NUMBER = re.compile(
    r"(?:\*\*|__)?([§№]\s?\d{1,3}(?:\.\d{1,3})*[.):]?"
    r"|\(?\d{1,3}(?:\.\d{1,3})*[.)]|\d{1,3}(?:\.\d{1,3})+)(?:\*\*|__)?\s*(?=[^\W\d_])(?![a-zа-я])"
)
_MORE_THAN = re.compile(r"\d[\d.,]*\s?(?:%|[a-zа-яё])[^\n]*\Z")
_IN_CITATION = re.compile(r"\[[^\[\]@\n]*@[A-Za-z0-9_][\w-]*((?:[.:](?=\s|\])|\s+,))[^\[\]]*\]")
_CAPTION = re.compile(r"(?<!\\)\{[^{}]*\}\s*\Z")
_ITEM = re.compile(
    r"(?:[-+•·▪●◦‣➢✓»–—](?=[^\W\d_])|[‣➢✓–—§]\s|[^\W\d_]\)\s|\d{1,3}°\s|o\s(?=\S)|\d{1,3}\s\.\s|\d{1,3},\s|\d{1,3}[.)](?=[^\W\d_])"
    r"|\([a-z0-9]{1,3}\)(?=\S))"
)
_GLUED = re.compile(r"[-•·▪●◦](?=[^\W\d_])")


def strays(leaf: Leaf) -> Iterator[Stray]:
    """All that looks like markup in a piece of text, and is none."""
    text = leaf.text
    for pattern, code, message, hint in _TABLE if _SIGNS.search(text) else ():
        for match in pattern.finditer(text):
            yield Stray(match.start(), code, message, hint)
    if leaf.path == ("text",) and not leaf.goes_on and (match := _NUMBER.match(text)):
        number = match[1]
        kept = (
            f"; where it is to be printed, write {number[:-1]}\\{number[-1]}"
            if number[-1] in ".)"
            else ""
        )
        hint = f"delete it: the program gives the numbers{kept}"
        message = f"is '{number}' this paragraph's number? It would be printed beside its own"
        yield Stray(0, "stray-sign", message, hint)
    if leaf.path == ("quote", "text") and _MORE_THAN.match(text):
        hint = "write 'more than', or \\>; for a quotation, write its first number as a word"
        yield Stray(0, "stray-sign", "is this 'more than'? It is printed as a quotation", hint)
    for match in _IN_CITATION.finditer(text):
        hint = "write [@key, art. 4]: a comma stands directly behind the key"
        message = f"'{match[1].strip()}' stands between the source and the place in it"
        yield Stray(match.start(1), "bad-citation", message, hint)
    if leaf.path[-1] == "caption" and (match := _CAPTION.search(text)):
        hint = "write {#tbl-name} behind the caption; " + _KEPT
        yield Stray(match.start(), "slip", "these braces would be printed", hint)


def unread_list(lines: list[Line], inside: bool) -> Line | None:
    """The first of some lines of text that look like items of a list, and are read as text."""
    glued = [line for line in lines[1:] if _GLUED.match(line.text.lstrip())] if inside else []
    rows = [bool(_ITEM.match(line.text.lstrip())) for line in lines]
    pairs = (line for line, one, two in zip(lines, rows, rows[1:], strict=False) if one and two)
    return glued[0] if glued else next(pairs, None)


_CELLS = {
    ";": re.compile(r"[^;]*(?:;(?! )[^;]*){2,}"),
    ",": re.compile(r"[^,]*(?:,(?! )[^,]*){2,}"),
    "  ": re.compile(r"\S+(?: \S+)*(?: {3,}\S+(?: \S+)*){2,}"),
}


def unread_table(lines: list[Line]) -> Line | None:
    """The first of some lines of text that look like rows of a table, as a spreadsheet's file or a
    page writes them: as many cells in each, nothing behind the signs between them."""
    if len(lines) < 2:
        return None
    for sign, cells in _CELLS.items():
        rows = [
            line.text.strip().count(sign) for line in lines if cells.fullmatch(line.text.strip())
        ]
        if len(rows) == len(lines) and (len({*rows}) == 1 or sign == "  "):
            return lines[0]
    return None
