"""What is usually meant by a line that YAML cannot read, judged by the line itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BLANK = r"[^\S \t\n]"  # a blank that is none to YAML, such as a non-breaking space
_STRANGE_INDENT = re.compile(rf"[ \t]*{_BLANK}")
_STRANGE_COLON = re.compile(rf"[ \t]*(?:- +)*[\w-]+:{_BLANK}")
_ENTRY = re.compile(r"([ \t]*(?:- +)*)([\w.-]+):[ \t]+(.*?)[ \t]*$")
_ITEM = re.compile(r"([ \t]*- +)(.*?)[ \t]*$")
_NO_BLANK = re.compile(r"[ \t]*(?:- +)*([A-Za-z_][\w-]*):(?!//)([^\s:].*?)[ \t]*$")
_NO_BLANK_ITEM = re.compile(r"[ \t]*-([^\s-].*?)[ \t]*$")
_CURLY = "“”„‟«»‘’‚‹›"
_COMMENT = re.compile(r"(?<=[ \t])#[^\s,\]}'\"]+(?=[^\n'\"]*$)")  # in a list or map of one line
_HEADS = "&*!%@`|>[]{},?-#"
_NAMES = {"[": "a square bracket", "{": "a brace"}


def strange_blank(line: str) -> tuple[str, str] | None:
    """Message and hint for a blank that looks like one and is another letter to YAML."""
    if _STRANGE_INDENT.match(line):
        return "a non-breaking space stands at the head of this line", "type plain spaces"
    if _STRANGE_COLON.match(line):
        return "a non-breaking space stands behind the colon of a key", "type a plain space"
    return None


def slip(lines: Sequence[str], number: int) -> tuple[int, str, str] | None:
    """The line that is to blame where YAML stumbles over line `number` (from 0), what is wrong
    with it, and what to type. None where nothing usual is wrong."""
    for at in (number, number - 1, number + 1):
        found = _slip(lines[at]) if 0 <= at < len(lines) else None
        if found:
            return at, *found
    return None


def _slip(line: str) -> tuple[str, str] | None:
    entry, item = _ENTRY.match(line), _ITEM.match(line)
    if entry:
        found = _value(entry[3])
        return (found[0], f"write {entry[2]}: {found[1]}") if found else None
    if item and not _NO_BLANK.match(line):
        found = _value(item[2])
        return (found[0], f"write - {found[1]}") if found else None
    no_blank = _NO_BLANK.match(line)
    if no_blank:
        hint = f"write {no_blank[1]}: {_cut(no_blank[2])}"
        return f"a blank is missing behind '{no_blank[1]}:'", hint
    no_item = _NO_BLANK_ITEM.match(line)
    if no_item:
        return "a blank is missing behind the hyphen", f"write - {_cut(no_item[1])}"
    return None


def _value(value: str) -> tuple[str, str] | None:
    """What is wrong with a value, and how it is typed."""
    head = value[:1]
    if not head:
        return None
    if head in _CURLY and ": " in value:
        return "curly quotation marks do not hold a text with a colon together", _quoted(
            value, True
        )
    if head in "\"'":
        close = value.find(head, 1)
        if close < 0:
            return "this quotation mark is never closed", _quoted(value)
        if value[close + 1 :].strip():
            return "a text goes on behind its closing quotation mark", _quoted(value)
        return None
    if head in "[{" and _COMMENT.search(value):
        hint = _COMMENT.sub(lambda found: f"'{found[0]}'", value)
        return "behind the sign # stands a comment, which no bracket closes", _cut(hint)
    if head in "[{":
        close = value.rfind({"[": "]", "{": "}"}[head])
        goes_on = close >= 0 and value[close + 1 :].lstrip()[:1] not in ("", "#", ",")
        return (f"a text cannot begin with {_NAMES[head]}", _quoted(value)) if goes_on else None
    if head in _HEADS and not (head == "-" and value[1:2].strip()):
        return f"a text cannot begin with the sign {head}", _quoted(value)
    if ": " in value or value.endswith(":"):
        return "a text with a colon needs quotation marks", _quoted(value)
    return None


def _quoted(value: str, bare: bool = False) -> str:
    """A value between quotation marks of YAML; `bare` without the curly ones around it."""
    value = value.strip(_CURLY) if bare else value
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]  # meant as YAML's own, too
    return "'" + _cut(value).replace("'", "''") + "'"


def _cut(value: str) -> str:
    return value if len(value) <= 120 else value[:117] + "..."
