"""Private remarks: taken out of a body before anything else reads it.

`<!-- -->` is what the key for comments types in nearly every editor, `{>> <<}` a comment of
CriticMarkup. A remark that is never closed, or a mark that closes nothing, is refused: nobody can
know how much of the text was meant. (`::: note` is a block, and read in blocks.py.)
"""

from __future__ import annotations

import re

from shadowreport.source.typed.lines import TAKEN, Edit, Remark, Typed

_MARK = re.compile(r"\\(?=[<{-])[\s\S]|<!--|--!?>|\{>>|<<\}")
_TAKEN = re.compile(f"{TAKEN}+")
_CLOSING = {"<!--": re.compile("--!?>"), "{>>": re.compile(r"<<\}")}


def take_out(body: str, typed: Typed) -> str:
    """The body with TAKEN in place of its remarks, of the same length."""
    if not _MARK.search(body):
        return body
    parts: list[str] = []
    at = done = 0
    while match := _MARK.search(body, at):
        at = match.end()
        mark = match[0]
        if mark in _CLOSING:
            close = _CLOSING[mark].search(body, at)
            end = close.start() if close else len(body)
            at = close.end() if close else len(body)
            if not close:
                message = f"a remark begins here with {mark} and is never closed"
                hint = "close it with " + ("-->" if mark == "<!--" else "<<}")
                typed.problem(match.start(), message, hint)
            typed.aside.append((match.start(), at))
            typed.remarks.append(Remark(match.start(), " ".join(body[match.end() : end].split())))
            parts += [body[done : match.start()], TAKEN * (at - match.start())]
            done = at
        elif not mark.startswith("\\"):
            hint = "remove it, or begin the remark with " + ("{>>" if mark == "<<}" else "<!--")
            typed.problem(match.start(), f"{mark} ends a remark that never began", hint)
    return _with_their_lines("".join([*parts, body[done:]]), typed)


def _with_their_lines(text: str, typed: Typed) -> str:
    """Remarks that have a line to themselves take it with them: they divide no paragraph."""
    lines = text.split("\n")
    start = 0
    for index, line in enumerate(lines):
        if TAKEN in line and not line.replace(TAKEN, "").strip():
            typed.edits.append(Edit(start, min(start + len(line) + 1, len(text)), ""))
            lines[index] = TAKEN * len(line)
        else:
            for match in _TAKEN.finditer(line):
                at = match.start()
                if not line[match.end() :].strip():  # a blank before it would end the line
                    at = len(line[:at].rstrip())
                typed.edits.append(Edit(start + at, start + match.end(), ""))
        start += len(line) + 1
    return "\n".join(lines)
