"""What a piece of typed text prints, sign for sign, as a person reads it: without pandoc.

The result is `Printed.text`: the words, and for each piece of markup the signs of `printed.py`. A
sign that is markup in one reading and text in another is a problem with its place and with what to
type for each.
"""

from __future__ import annotations

import re

from shadowreport.source.typed import brackets, signs
from shadowreport.source.typed.cursor import Handlers, Printed, Reader
from shadowreport.source.typed.lines import Leaf, Typed
from shadowreport.source.typed.strays import strays

_ENUMERATED = re.compile(
    r"(?:^|[\s,;:(«“\"])(?:\d{1,3}(?:[-–.]\d{1,3})?|[^\W\d_]|[ivxlc]{1,5})$", re.IGNORECASE
)


def printed(leaf: Leaf, typed: Typed) -> Printed:
    """What a leaf prints."""
    text = leaf.text
    result = Printed()
    reader = Reader(text, typed.addresses, _HANDLERS, result)
    result.text = reader.read(0, len(text.rstrip()))
    _balance(text, result)
    result.problems += strays(leaf)
    return result


def _balance(text: str, result: Printed) -> None:
    """Parentheses close in their paragraph; where not, honest as it may be, a person should look."""
    opened: list[int] = []
    for match in re.finditer(r"\\.|[()]|(?<!\()" + signs.ADDRESS.pattern, text):
        if match[0] == "(":
            is_link = text[match.start() - 1 : match.start()] == "]"  # told where links are read
            opened.append(-1 if is_link else match.start())
        elif match[0] == ")" and opened:
            opened.pop()
        elif (
            match[0] == ")"
            and not _ENUMERATED.search(text[max(0, match.start() - 8) : match.start()])
            and text[match.start() - 1 : match.start()] not in ":;"
        ):
            hint = "open it where it begins, or remove it"
            result.problems.append((match.start(), "stray-sign", "')' closes nothing", hint))
    for at in filter(lambda at: at >= 0, opened):
        hint = "close it in the same paragraph, or remove it"
        result.problems.append((at, "stray-sign", "'(' is never closed", hint))


_HANDLERS: Handlers = {
    "\\": signs.escape,
    "`": signs.backtick,
    "~": signs.script,
    "^": signs.script,
    "[": brackets.bracket,
    "]": brackets.bracket_closed,
    "{": signs.brace,
    "}": signs.brace_closed,
    "<": signs.less,
    "|": signs.bar,
    "@": brackets.at_sign,
    "&": signs.entity,
    "#": signs.hashes,
    ":": signs.colons,
    "=": signs.doubled,
    "+": signs.doubled,
    "!": brackets.exclamation,
    "\t": signs.tab,
    "http://": signs.address,
    "https://": signs.address,
}
