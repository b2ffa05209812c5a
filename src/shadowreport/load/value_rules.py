"""What is wrong with a value that YAML read by its rules, of which nobody thinks who types a title:
a text ends at ` #`, a comma between braces parts it, its lines become one, its marks are printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any, NamedTuple

from shadowreport.source.typed.confidential import CODE, would_mark
from shadowreport.source.typed.values import Value
from shadowreport.source.yaml import Path

_BLANKS = re.compile(r"[ \t\n]+")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|(\n[ \t]*)|(.))")
_HONEST = '"\\/'  # behind a backslash: what the backslash is typed for
_PAIRS = ("“”", "„“", "„”", "«»", "»«", "‘’", "‚‘", "‚’", "‹›")
_LIST = re.compile(r"[ \t]*(?:[-*+•·–—]|\(?[0-9a-z]{1,2}[.)])[ \t]+\S|[ \t]*-\w")
_ENTRY = re.compile(r"[ \t]*[A-Za-z_][\w-]*:(?!//)[^\s/]")
_MARKUP = re.compile(
    r"\[@|\[\^|\]\(\S|\{#|\{\.|\*\*|:::"
    r"|</?(?:b|i|em|strong|u|br|p|span|sup|sub|a)\b[^<>]*>|@(?:par|sec|rec|tbl|fig)-\w"
)
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]{2,8});")
_PRIVATE = re.compile(r"<!--|\{>>|\{\+\+|\{--|\{~~|\{==")
_EMPHASIS = re.compile(r"(?<![\w*])\*[^\s*](?:[^*]*[^\s*])?\*(?![\w*])|(?<!\w)_[^\s_][^_]*_(?!\w)")
_OF_SOURCES = re.compile(r"</?(?:i|b|sup|sub|span)\b[^<>]*>")  # citeproc reads them
_ADDRESS = re.compile(r"\w+://\S+$|mailto:\S+$")
_REMARK = re.compile(r"[ \t]{2,}#[ \t]+[\"'“„«(]?[^\W\d]")  # set apart from the value, in words
_PRINTED = {"section", "report", "references", "sources"}  # files whose texts are printed
_UNPRINTED = {"excused", "reviewed"}  # keys whose texts are not
_OPEN = {
    "section",
    "report",
    "references",
    "persons",
    "annex",
}  # files in which no value can be kept back
_KEPT = {"edition", "editions", "publication", "consent", "what", "note", "reason", *_UNPRINTED}


class Told(NamedTuple):
    """What is said of a value; `line` counts from its first one."""

    code: str
    message: str
    hint: str
    line: int = 0


class Pair(NamedTuple):
    """A value as it was typed and as it was read; `free` where any text may stand in its place."""

    typed: Value
    path: Path
    read: Any
    free: bool
    kind: str


def said(value: Value) -> str:
    """The words of a typed value without the marks that YAML wants around and in them."""
    if value.style == "'":
        return value.text.replace("''", "'")
    return _ESCAPE.sub(_unescaped, value.text) if value.style == '"' else value.text


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        return chr(min(int(code, 16), 0x10FFFF))
    return "" if match[4] else {"n": " ", "t": " "}.get(match[5], match[5])


def folded(text: str) -> str:
    """A text on one line."""
    return _BLANKS.sub(" ", text).strip()


def short(text: str) -> str:
    """The beginning of a text."""
    text = folded(text)
    return text if len(text) <= 50 else text[:47] + "..."


def quoted(text: str) -> str:
    """A text as it is typed so that nothing in it is taken for YAML."""
    text = folded(text)
    shown = text if len(text) <= 120 else text[:117] + "..."
    return "'" + shown.replace("'", "''") + "'"


def left_out(comment: str, whole: str, line: int = 0) -> Told:
    """A remark that was meant as text, it seems."""
    hint = f"write {quoted(whole)}; a remark has a line of its own, or two blanks before its #"
    message = f"'{short(comment)}' would be left out: # begins a remark"
    return Told("misread-value", message, hint, line)


# --- the rules ----------------------------------------------------------------------------------


def _held(pair: Pair) -> Told | None:
    """`where: "::: confidential ..."` is printed: it is passages and sources that are kept back."""
    key = str(pair.path[-1]) if pair.path and pair.kind == "annex" else ""
    if pair.kind not in _OPEN or pair.typed.style == "key":
        return None
    if (_KEPT & set(pair.path) and pair.kind != "annex") or not would_mark(str(pair.read), key):
        return None
    message = "this looks as if it should keep a text back, and does not"  # which nothing may quote
    return Told(CODE, message, "take it out of this file: what it says is in every edition")


def _escaped(pair: Pair) -> Told | None:
    """`"C:\\new"` holds no n."""
    found = _ESCAPE.finditer(pair.typed.text) if pair.typed.style == '"' else ()
    for match in found:
        if match[5] and match[5] not in _HONEST:
            message = f"'{match[0]}' means something else between double quotation marks"
            hint = "write \\\\ for a backslash, and a blank for the end of a line"
            return Told("misread-value", message, hint)
    return None


def _cut(pair: Pair) -> Told | None:
    """`title: Report # 5` ends before the sign."""
    value = pair.typed
    apart = _REMARK.match(value.comment)
    if apart or not value.comment or not pair.free or value.style == "key":
        return None
    below = value.text.count("\n") if value.style == "plain" else 0
    return left_out(value.comment, f"{said(value)} {value.comment.strip()}", below)


def _parted(pair: Pair) -> Told | None:
    """`{text: Publish, explain}` is two entries."""
    if pair.typed.style != "lone":
        return None
    message = f"a comma parts '{short(pair.typed.text)}' from the text before it"
    return Told("misread-value", message, "put the text with the comma into quotation marks")


def _word(pair: Pair) -> Told | None:
    """`publisher: TRUE` is a word no longer."""
    if not isinstance(pair.read, bool) or not pair.free or pair.path[-1] == "circa":
        return None
    message = f"'{pair.typed.text}' is read as a yes or no, not as a word"
    return Told("misread-value", message, f"write {quoted(pair.typed.text)}")


def _listed(pair: Pair) -> Told | None:
    """A list or an entry inside a text, whose lines become one."""
    lines = pair.typed.text.split("\n") if pair.free and pair.typed.style != "key" else []
    for number, line in enumerate(lines):
        if number and _LIST.match(line):
            message = f"'{short(line)}' would be printed in one line with the text around it"
            hint = "a value is one line of text: write (a) ..., (b) ... one behind the other"
            return Told("misread-value", message, hint, number)
        if number and pair.typed.style == "plain" and _ENTRY.match(line):
            message = f"'{short(line)}' would be read as part of the text above it"
            hint = "a key stands as far in as its neighbour, with a blank behind its colon"
            return Told("misread-value", message, hint, number)
    return None


def _joined(pair: Pair) -> Told | None:
    """Paragraphs, and lines that were kept apart by `|`."""
    lines = [line.strip() for line in pair.typed.text.split("\n")] if pair.free else []
    if "" in lines[1:-1]:
        message = "the paragraphs of this text would be printed as one"
        hint = "take the blank line out, or write two values"
        return Told("doubtful-value", message, hint, lines.index("", 1))
    if pair.typed.style == "|" and len(lines) > 2:
        message = "the lines of this text would be printed as one"
        return Told("doubtful-value", message, "write > instead of |, or all of it on one line")
    return None


def _curly(pair: Pair) -> Told | None:
    """`title: “No”` prints the marks."""
    text = pair.typed.text
    bare = pair.typed.style in ("plain", "lone") and text[:1] + text[-1:] in _PAIRS
    if not bare or any(mark in text[1:-1] for mark in (text[0], text[-1])):
        return None
    message = f"the marks {text[0]} {text[-1]} around this text would be printed"
    hint = f'YAML\'s own are straight, "..."; where they are to be printed, write {quoted(text)}'
    return Told("doubtful-value", message, hint)


def _marked(pair: Pair) -> Told | None:
    """Values are plain text: marks of Markdown in them are printed."""
    printed = pair.free and pair.kind in _PRINTED and not _UNPRINTED & set(pair.path)
    text = pair.read if isinstance(pair.read, str) else ""
    if not printed or pair.typed.style == "key" or _ADDRESS.match(text):
        return None
    text = _OF_SOURCES.sub("", text) if pair.kind == "sources" else text
    private = _PRIVATE.search(text)
    if private:
        message = f"the remark '{short(text[private.start() :])}' would be printed"
        return Told("misread-value", message, "put it on a line of its own, beginning with #")
    match = _MARKUP.search(text) or _EMPHASIS.search(text)
    if match:
        message = f"'{short(text[match.start() :])}' would be printed with its marks"
        return Told("doubtful-value", message, "values are plain text: leave the marks out")
    match = _ENTITY.search(text)
    if match:
        hint = f"write the sign itself: {unescape(match[0])}"
        return Told("doubtful-value", f"'{match[0]}' would be printed as it is", hint)
    return None


RULES: tuple[Callable[[Pair], Told | None], ...] = (
    _held,
    _escaped,
    _cut,
    _parted,
    _word,
    _listed,
    _joined,
    _curly,
    _marked,
)
