"""Confidential passages of a body, as they were typed: from `::: confidential` to its `:::`.

There is one way to write them. Whatever looks like another way (misspelt, in other letters, with
other signs around it) is refused, because the text that it was meant for would be printed.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from shadowreport.source.divisions import CONFIDENTIAL as WORD
from shadowreport.source.typed.lines import FENCE, GRID, HELD_ROW, NOTE, Problem, Typed
from shadowreport.source.typed.remarks import take_out

ROW = f"::: {WORD}"  # at the beginning of the first cell of a row
CODE = "bad-confidential"
_LETTERS = set(WORD)
_NEAR = 2  # letters by which a word may differ and still be meant for it
_RIGHT = re.compile(rf" {{0,3}}:{{3,}}[ \t]*(?:{WORD}|\{{[ \t]*\.{WORD}[ \t]*\}})[ \t:]*")
NOTES = re.compile(
    r" {0,3}:{3,}[ \t]*(?:note|\{[^}\n]*\.note\b[^}\n]*\})[ \t:]*"
)  # between authors
BOXES = re.compile(r" {0,3}:{3,}[ \t]*(?:recommendations|\{[ \t]*\.recommendations[ \t]*\})[ \t:]*")
_ALIKE = str.maketrans(
    dict(zip("асеоіӏԁпνтιοαετηлфкı0135∶꞉ːˑ׃᛬", "aceoildnntioaetnlfkioles::::::", strict=True))
)
_KEYS = str.maketrans("йцукенгшщзфывапролдячсмитьЖж", "qwertyuiopasdfghjklzxcvbnm:;")
_RUSSIAN_KEYS = re.compile(r"\s*(?:Ж{2,}|ж{3,})")
_WORDS = re.compile(r"[^\W_]+")
_AS_LONG = re.compile(rf"(?<![^\W_])[^\W_]{{{len(WORD) - _NEAR},{len(WORD) + _NEAR}}}(?![^\W_])")
# what stands before or behind the word where it is no part of a sentence
_BEFORE = re.compile(r"(?:\{[^{}]*|<[^<>]*[=/\"'“”‘’«»„]|<\s*|\\|::|~~|\^)$")
_BEHIND = re.compile(r"[}>]|::")
_PAIR, _PAIRED = (
    re.compile(r"[\[【〔〖⟦⟨〈《]\s*[/!^]?\s*$"),
    re.compile(r"(?:[-_.\d][\w.-]*)?\s*(?:[]:】〕〗⟧⟩〉》]|[-–—]\s)"),
)
_EDGE = re.compile(r"[\W_]*(?:begin|start|open|end|close|strictly|highly)[\W_]*")
# at the head of a line, a list's item, a footnote, a heading; and how a label ends there
_HEAD = re.compile(r"(?:\[\^[^\]\s]*\]:|\^\[|[^\w\[(<{`!?]|_|[^\W_]{1,3}[.)]|[?!]{3})*")
_LABEL = re.compile(r"[*_]*\s*(?:[:=]|[-–—](?:\s|$))")
_QUOTED = re.compile(r"[«“„\"‘「『]\s*([^\W_]+)\s*[»”“\"’」』]\s*([^\W_])")
_TITLE = re.compile(r"\]\(\S+\s+[\"'(]$")  # of a link
_STRONG = re.compile(r"(\*\*|__)[\W_]*(?:([^\W_]+)[\W_]*?)\1\s+([^\W_])")
_SET_APART = re.compile(r"\W*[*_([]\s*[^\W_]+\s*[*_)\]]")  # `| **Confidential** a teacher |`
_SIGNED = re.compile(r"\s*[#;:*~=!>/|([{<–—-][\W_]*([^\W_]+)")
_COLONS = re.compile(r"[:;=~]\s?[:;=~]")
_ONE_KEY = re.compile(r"([^\W\di_])\1{2,}")  # of another keyboard, where a colon was meant
_MARK_BEGINS = (":", ";", "=", "~", "|", "ж")  # perhaps a mark inside of a passage
_COLON = re.compile(r"[:;=~]$")
_ASSIGNED = re.compile(r"\W*(?:edit\w*|class|status|access|visib\w*|publi\w*)\W*[:=]\W*")
_TAG = re.compile(r":[^\W_]+:(?!\S)")
_EDITION = re.compile(r"edit\w*\W*[:=]\W*")
_BULLETS = " \t*_>-+"  # what may stand before the first word of a line
_REMARK_BEGINS = re.compile(r"(?:<!-*|/\*+)\s*/?(?:(?:begin|start|open|end|close)\W*)?$")
_REMARK_ENDS = re.compile(r"\W*(?:-+>|\*+/)")
_ENDS = re.compile(r"[.,;:!?”\"’)]*")
_MARK = re.compile(r"(?<!\\)\[\^([^\[\]\s]+)\](?!:)")
_REMARK = re.compile(r"<!--|--!?>|\{>>|<<\}")


def is_near(text: str) -> bool:
    """Whether a text is this word, or was perhaps meant for it."""
    return _distance(_folded(text).strip()) <= _NEAR


def would_mark(text: str, key: str = "") -> bool:
    """Whether somebody wanted to keep a value of a YAML file, or a cell of a table of numbers, back with what
    stands in it or is its key. The word alone may be what is to be printed."""
    if is_near(key) or (is_near(text) and _ASSIGNED.fullmatch(_folded(f"{key}:"))):
        return True
    if is_near(text) and _WORDS.fullmatch(text.strip()):
        return False
    head = _SIGNED.match(_folded(text))
    signed = head is not None and is_near(head[1])
    return signed or any(_is_meant(line, "") for line in text.split("\n"))


def how_to_mark(line: str) -> str:
    """How what stands on a line is kept back: a row of a table, or a passage."""
    if line.lstrip().startswith(("|", "+")):
        return (
            f"for a row of a table write {ROW} at the beginning of its first cell, below the head"
        )
    return f"write {ROW} on a line of its own above the passage, and ::: on one below it"


def problems(body: str) -> list[Problem]:
    """What looks like the mark of a confidential passage and is none, an empty passage, and a footnote
    whose text is confidential and whose mark is not."""
    typed = Typed()
    if not _may_mark(body):
        return []
    start = 0
    above = ""
    said = list(fenced(body, NOTES)) if ":::" in body else []
    kept = list(passages(body)) if said or WORD in body else []
    for line in body.split("\n"):
        if any(first < start < last for first, last in said) and not FENCE.match(line):
            start += (
                len(line) + 1
            )  # between authors, about such a mark perhaps: it is never printed
            continue
        if any(first < start < last for first, last in kept) and not _folded(
            line
        ).lstrip().startswith(_MARK_BEGINS):
            start += len(line) + 1  # it is withheld, whatever it calls itself
            above = line
            continue
        row = HELD_ROW.match(line)
        rest = line[row.end() :] if row else line
        keys = _on_latin_keys(rest)
        meant = _is_meant(rest, above) or (keys != rest and _is_meant(keys, above))
        if meant and not _RIGHT.fullmatch(line):
            message = "this looks like the mark of a confidential passage, and is not read as one"
            typed.problem(start, message, how_to_mark(line), CODE)
        start += len(line) + 1
        above = line
    found = list(passages(body))
    if WORD in body:
        _closings(body, typed)
    for first, last in found:
        if body[first:last].count("\n") < 2 or not body[first:last].split("\n", 1)[1].strip(
            ": \t\n"
        ):
            message = "this confidential passage is empty"
            typed.problem(first, message, "put ::: below the text that it is meant for", CODE)
    if found:
        _notes(body, found, typed)
    return typed.problems


def _may_mark(body: str) -> bool:
    """Whether the word, or what was perhaps meant for it, stands anywhere in a body; it does in few."""
    keys = "\n".join(map(_on_latin_keys, body.split("\n")))
    words = {word for text in {body, keys} for word in _AS_LONG.findall(_folded(text))}
    return any(_distance(word) <= _NEAR for word in words)


def _on_latin_keys(line: str) -> str:
    """A line that begins with the keys of a colon on a Russian keyboard, as a Latin one has them; the word may
    be typed on either."""
    match = _RUSSIAN_KEYS.match(line)
    return line.translate(_KEYS) if match else line


def _closings(body: str, typed: Typed) -> None:
    """A passage may have been meant to go on as far as a ::: that closes nothing."""
    depth = start = 0
    for line in body.split("\n"):
        match = FENCE.match(line)
        if match and len(match[1]) > 2:
            depth += 1 if match[2].strip(": \t") else -1
            if depth < 0:
                message = "':::' closes something here, and nothing is open"
                hint = "look whether the passage above is closed too early; else remove it"
                typed.problem(start, message, hint, CODE)
                depth = 0
        start += len(line) + 1


def _notes(body: str, found: list[tuple[int, int]], typed: Typed) -> None:
    outside = without(body)
    used = set(_MARK.findall(outside))
    for first, last in found:
        at = first
        for line in body[first:last].split("\n"):
            match = NOTE.match(line)
            if match and match[1] in used:
                message = f"the text of footnote '{match[1]}' is confidential, and its mark is not"
                typed.problem(at, message, "move one of them", CODE)
            at += len(line) + 1


def passages(body: str) -> Iterator[tuple[int, int]]:
    """Where each confidential passage begins and ends, with the lines that mark it."""
    return fenced(body, _RIGHT)


def fenced(body: str, mark: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where each division whose first line is such a mark begins and ends, with both lines."""
    opened: list[tuple[int, bool]] = []
    start = 0
    for line in body.split("\n"):
        match = FENCE.match(line)
        if match and len(match[1]) > 2:
            if match[2].strip(": \t"):
                opened.append((start, bool(mark.fullmatch(line))))
            elif opened:
                first, is_meant = opened.pop()
                if is_meant:
                    yield first, start + len(line)
        start += len(line) + 1


def rows(body: str) -> Iterator[tuple[int, int]]:
    """Where each row of a table begins and ends, on one line or on several, whose first cell says that it
    is confidential."""
    lines = body.split("\n")
    start = 0
    for index, line in enumerate(lines):
        if HELD_ROW.match(line):
            end = index + 1
            while index and GRID.match(lines[index - 1]) and end < len(lines):
                if GRID.match(lines[end]) or not lines[end].lstrip().startswith("|"):
                    break
                end += 1
            yield start, start + len("\n".join(lines[index:end]))
        start += len(line) + 1


def without(body: str) -> str:
    """The body as the public edition has it, line for line: confidential passages are blank, and
    so are private remarks and the texts of footnotes that only those passages call."""
    if WORD not in body:
        return body
    text = without_remarks(body)
    for first, last in sorted([*passages(body), *rows(body)], reverse=True):
        text = text[:first] + _blank(text[first:last]) + text[last:]
    text = re.sub(r"(?m)^[ ]+$", "", text)  # nothing is to tell how long it was
    used = set(_MARK.findall(text))
    lines = text.split("\n")
    hidden = False
    for index, line in enumerate(lines):
        match = NOTE.match(line)
        if match:
            hidden = match[1] not in used
        elif line and not line.startswith((" ", "\t")) and index and not lines[index - 1].strip():
            hidden = False
        if hidden:
            lines[index] = ""
    return "\n".join(lines)


def without_remarks(body: str) -> str:
    """The body with blanks in the place of private remarks."""
    taken = take_out(body, Typed()) if _REMARK.search(body) else body
    return "".join(
        old if new != "\x00" or old == "\n" else " " for old, new in zip(body, taken, strict=True)
    )


def _blank(text: str) -> str:
    """Blanks in place of a text, as many: what stands behind it stays where it is."""
    return re.sub(r"[^\n]", " ", text)


def _is_meant(line: str, above: str) -> bool:
    """Whether a line looks as if somebody wanted to mark a confidential passage with it."""
    text = _folded(line)
    for match in _AS_LONG.finditer(text):
        if _distance(match[0]) <= _NEAR:
            before, behind = text[: match.start()].strip(), text[match.end() :].strip()
            if _BEFORE.search(before) or _BEHIND.match(behind):
                return True
            if _PAIR.search(before) and _PAIRED.match(behind):
                return True
            if _REMARK_BEGINS.search(before) and _REMARK_ENDS.match(behind):
                return True
            if _heads(before, behind) or _tagged(text, match.start()) or _is_strong(line):
                return True
            if _in_first_cell(before, behind):
                begins = behind.startswith("|") or bool(_COLON.search(before))
                return begins or _begins_no_sentence(line)
            if _WORDS.search(before):
                marks = (_ASSIGNED, _EDGE, _ONE_KEY)
                stands_alone = any(mark.fullmatch(before) for mark in marks)
                return bool(stands_alone) and not _WORDS.search(behind)
            ends_sentence = above.strip() and not before and _ENDS.fullmatch(behind)
            return bool(_COLONS.search(before)) or not (_WORDS.search(behind) or ends_sentence)
    return False


def _heads(before: str, behind: str) -> bool:
    """Whether the word stands as a label of what follows, at the head of a line or a cell ('confidential: ') or in
    round brackets."""
    head = before.rpartition("|")[2].strip(_BULLETS)
    if _EDITION.fullmatch(head) or (not head and behind.startswith(":")):
        return True
    if before.endswith("("):
        at_head = _HEAD.fullmatch(before[:-1]) or (before.startswith("#") and behind == ")")
        return behind.startswith(":") or bool(at_head and behind.startswith(")"))
    at_head = _HEAD.fullmatch(before) or _TITLE.search(before)
    return before == "???" or bool(at_head and _LABEL.match(behind))


def _in_first_cell(before: str, behind: str) -> bool:
    """Whether the word is the first one of a row of a table, with a line at its left or without."""
    return not _WORDS.search(before) and (before.startswith("|") or (not before and "|" in behind))


def _begins_no_sentence(line: str) -> bool:
    """Whether the first word of a row is set apart from what follows: `| confidential Hill prison |` has lost its
    colons, "Confidential complaints" is what the row counts."""
    first, *others = _WORDS.findall(line)
    is_one = first.istitle() and bool(others) and others[0][0].islower()
    return not is_one or bool(_SET_APART.match(line))


def _tagged(text: str, at: int) -> bool:
    """Whether a word is a tag, '#confidential' or ':confidential:', or stands behind a sign of percent."""
    return at > 0 and (text[at - 1] in "#%" or bool(_TAG.match(text, at - 1)))


def _is_strong(line: str) -> bool:
    """Whether a line begins with the word in bold or in quotation marks, and goes on as a sentence of its own."""
    line = line.lstrip(" \t>+-#")
    match = _STRONG.match(line)
    if match:
        return is_near(match[2]) and match[3].isupper()
    match = _QUOTED.match(line)
    return match is not None and is_near(match[1]) and match[2].isupper()


def _folded(text: str) -> str:
    """A text in small Latin letters, with what looks like them, and without what cannot be seen."""
    text = html.unescape(text)
    if text.isascii():
        return text.lower().translate(_ALIKE)
    plain = unicodedata.normalize("NFKD", text)
    seen = "".join(sign for sign in plain if unicodedata.category(sign) not in ("Mn", "Cf"))
    return seen.casefold().translate(_ALIKE)


def _distance(word: str) -> int:
    """How many letters a word differs in (Levenshtein); a large number for what is far away."""
    if abs(len(word) - len(WORD)) > _NEAR or len(_LETTERS & set(word)) < len(_LETTERS) - _NEAR:
        return _NEAR + 1
    row = list(range(len(WORD) + 1))
    for count, sign in enumerate(word, 1):
        last, row[0] = row[0], count
        for index, wanted in enumerate(WORD, 1):
            last, row[index] = (
                row[index],
                min(row[index] + 1, row[index - 1] + 1, last + (sign != wanted)),
            )
    return row[-1]
