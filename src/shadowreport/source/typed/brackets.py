"""Brackets and keys: links, pictures, citations, references, footnotes."""

from __future__ import annotations

import re

from shadowreport.core.numbering import is_reference
from shadowreport.source.typed.cursor import REMOVE, Printed, Reader
from shadowreport.source.typed.glued import key_beside_letters, locator_before
from shadowreport.source.typed.printed import NOTE, PICTURE, target

_MARK = re.compile(r"\[\^([^\s\[\]]+)\]")
_KEY = re.compile(r"-?@(\{[^{}\s]+\}|[A-Za-z0-9_](?:[\w]|[:.#$%&+?~/<>-](?=\w))*)")
_ATTRIBUTES = re.compile(r"\{[^{}]*\}")
_DESTINATION = re.compile(
    r"\s*(?:<([^<>\n]*)>|((?:[^\s\\]|\\.| (?![\"'])|\n(?![\"']))*?))(?:\s+([\"'])([\s\S]*)\3)?\s*"
)


def at_sign(reader: Reader) -> str | None:
    """A key, with the brackets behind it: a citation in the text, or a reference."""
    before = reader.before()
    match = _KEY.match(reader.text, reader.at, reader.end)
    beside = key_beside_letters(reader.text, reader.at)
    if before.isalnum() and not beside:
        if match and "." not in match[1]:
            hint = "put a blank before it to refer to it; a backslash before @ to print it"
            message = f"'@{match[1]}' stands behind a letter and would be printed"
            reader.problem(reader.at, message, hint, "stray-sign")
        return None
    if before == "@" or not match:
        escaped = reader.text[reader.at - 2 : reader.at - 1] == "\\"
        if not escaped and (
            re.compile(r"@+\s*(?:par|sec|rec|tbl|fig)-|@@").match(reader.text, reader.at)
            or before == "["
        ):
            hint = "write @ directly before the key, once"
            reader.problem(reader.at, "'@' would be printed", hint)
        return None
    reader.at = beside.end if beside else match.end()
    key = beside.key if beside else match[1].strip("{}")
    shown = "@" + key
    close = -1
    space = re.compile(r"[ \t]*\n?[ \t]*").match(reader.text, reader.at, reader.end)
    if space and reader.after(space.end()) == "[" and reader.after(space.end() + 1) != "^":
        close = reader.closing(space.end())
    if close >= 0 and reader.after(close + 1) not in ("(", "{"):
        start = space.end() + 1 if space else reader.at
        inner = reader.text[start:close]
        if is_reference(key) and not _KEY.search(inner):
            hint = "put words between the two; or a backslash before the bracket"
            reader.problem(start - 1, "these brackets stand directly behind a reference", hint)
        shown += f" [{_parts(reader, start, close)}]"
        reader.at = close + 1
    return shown


def inline_note(reader: Reader) -> str | None:
    """`^[...]`: a footnote that is written where its mark stands."""
    close = reader.closing(reader.at + 1)
    if close < 0:
        return _unclosed(reader, "a footnote")
    note = Printed()
    inner = Reader(reader.text, reader.addresses, reader.handlers, note)
    note.text = inner.read(reader.at + 2, close)
    reader.result.problems += note.problems
    reader.result.notes.append(note)
    reader.at = close + 1
    return NOTE


def exclamation(reader: Reader) -> str | None:
    """`![...](...)`: a picture."""
    if reader.after(reader.at + 1) == "[":
        reader.at += 1
        close = reader.closing(reader.at)
        if close >= 0 and reader.after(close + 1) == "(":
            return PICTURE + _link(reader, close)
        reader.at -= 1
    elif re.compile(r"!\s+\[[^\]]*\]\(").match(reader.text, reader.at, reader.end):
        reader.problem(reader.at, "is this a picture?", "write ![ without a blank")
    return None


def bracket(reader: Reader) -> str | None:
    """What begins with a bracket: a mark of a footnote, a link, citations, or words in brackets."""
    mark = _MARK.match(reader.text, reader.at, reader.end)
    if mark:
        reader.at = mark.end()
        reader.result.notes.append(mark[1])
        return NOTE
    close = reader.closing(reader.at)
    if close < 0:
        return _unclosed(reader, "this bracket")
    inner = reader.text[reader.at + 1 : close]
    if reader.after(close + 1) == "(":
        return _link(reader, close)
    if reader.after(close + 1) == "{":
        return _span(reader, close)
    address = _reference_link(reader, inner, close)
    if address is not None:
        return address
    if re.match(r"\s*\^\s*\S", inner):
        hint = "write the mark of a footnote as [^x], without a blank"
        reader.problem(reader.at, "this mark of a footnote would be printed", hint)
    if re.compile(r"\][ \t]+\((?:https?://|mailto:)").match(reader.text, close, reader.end):
        hint = "write [words](address) without a blank between ] and ("
        reader.problem(close, "this link would be printed as it is", hint)
    if re.fullmatch(r"[ xX]", inner) or not inner:
        reader.problem(reader.at, "an empty pair of brackets stands here", REMOVE)
    start = reader.at + 1
    if _is_citation(inner):
        text = f"[{_parts(reader, start, close)}]"
    else:
        text = f"[{reader.read(start, close)}]"
    reader.at = close + 1
    return text


def bracket_closed(reader: Reader) -> None:
    """A bracket that closes nothing: what closes something was passed with it."""
    reader.problem(reader.at, "']' closes nothing", REMOVE)


def _unclosed(reader: Reader, what: str) -> str:
    sign = reader.text[reader.at]
    hint = f"close it with ]; or put a backslash before {sign} to print it"
    reader.problem(reader.at, f"{what} is never closed", hint)
    reader.at += 1
    return sign


def _is_citation(inner: str) -> bool:
    return any(
        not inner[match.start() - 1 : match.start()].isalnum() or not match.start()
        for match in _KEY.finditer(inner)
        if inner[match.start() - 1 : match.start()] != "\\"
    )


def _parts(reader: Reader, start: int, close: int) -> str:
    """Citations between brackets, part by part."""
    shown: list[str] = []
    parts = re.compile(r"(?:[^;\\\[]|\\.|\[[^\]]*\])*").finditer(reader.text, start, close)
    for part in parts:
        if part.start() == part.end() and part.start() != start:
            continue
        keys = [
            key
            for key in _KEY.finditer(part[0])
            if not part[0][max(0, key.start() - 1) : key.start()].isalnum()
        ]
        inner = [key[1] for key in keys[1:] if not is_reference(key[1])]
        if inner:
            hint = (
                f"sources are parted by semicolons: [@{keys[0][1]}, art. 4; @{inner[0]}, para. 9]"
            )
            message = f"@{inner[0]} stands inside the citation of @{keys[0][1]}"
            reader.problem(part.start() + keys[1].start(), message, hint, "bad-citation")
        elif (
            not keys
            and part.start() != start
            and not locator_before(reader.text, start, part.start() - 1)
            and (shown or _KEY.search(reader.text[start:close]))
        ):
            key = _KEY.search(reader.text, start, close)
            hint = "each part between semicolons begins with a key: [@a, para. 1; @b, para. 2]"
            message = f"the citation that begins with @{key[1] if key else ''} is not understood"
            reader.problem(part.start(), message, hint, "bad-citation")
        lead = len(part[0]) - len(part[0].lstrip())
        shown.append(reader.read(part.start() + lead, part.start() + len(part[0].rstrip())))
    return "; ".join(shown)


def _link(reader: Reader, close: int) -> str:
    start = reader.at + 1
    end = reader.parentheses.get(close + 1, reader.end)
    if end >= reader.end:
        reader.problem(reader.at, "this link is never closed", "put a ) behind its address")
        reader.at = close + 1
        return reader.text[start - 1 : close + 1]
    match = _DESTINATION.fullmatch(reader.text, close + 2, end)
    address = (match[1] or match[2] or "") if match else reader.text[close + 2 : end]
    words = reader.read(start, close)
    is_picture = reader.text[start - 2 : start - 1] == "!"
    if not is_picture and not words.strip():
        hint = "write [words](address), or the address alone"
        reader.problem(start - 1, "this link has no words, and would not be printed", hint)
    reader.at = end + 1
    attributes = _ATTRIBUTES.match(reader.text, reader.at, reader.end)
    if attributes:
        reader.at = attributes.end()
    return words + target(address)


def _span(reader: Reader, close: int) -> str:
    start = reader.at + 1
    attributes = _ATTRIBUTES.match(reader.text, close + 1, reader.end)
    words = reader.read(start, close)
    reader.at = attributes.end() if attributes else close + 1
    return words if attributes else f"[{words}]"


def _reference_link(reader: Reader, inner: str, close: int) -> str | None:
    label, end = inner, close + 1
    second = re.compile(r"\[([^\[\]]*)\]").match(reader.text, close + 1, reader.end)
    if second and (second[1] or inner).lower() in reader.addresses:
        label, end = second[1] or inner, second.end()
    if label.lower() not in reader.addresses:
        if second and not re.match(r"[@^]", second[1]) and not re.match(r"[@^]|\s*-?@", inner):
            hint = "write [words](https://...); or put a backslash before the second bracket"
            message = "is this a link? No line gives its address"
            reader.problem(close + 1, message, hint, "stray-sign")
        return None
    words = reader.read(reader.at + 1, close)
    reader.at = end
    return words + target(reader.addresses[label.lower()])
