"""The cursor over a typed text: words, emphasis, and a handler for each other sign."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from shadowreport.source.typed.lines import MAX_PROBLEMS, TAKEN
from shadowreport.source.typed.printed import CLOSE, OPEN

# the Latin ordinal behind the number of an article: art. 5*bis*
_LATIN_COUNT = re.compile(r"\*[^\W\d_]{2,14}\*(?!\w)")
_SPECIAL = re.compile(r"[\\`*_~^\[\]{}<|@&#:=+!\t]|https?://")
_STYLE = {"*": "e", "**": "s", "_": "e", "__": "s", "~~": "d"}
DEEP = 24
HAS = "put a backslash before it, if it is to be printed"
REMOVE = "remove it; or " + HAS


@dataclass(slots=True)
class Printed:
    """What a text prints, its footnotes (a label, or the text of a note that stands inside), and
    what is wrong: places in the text, codes, messages, hints."""

    text: str = ""
    notes: list[str | Printed] = field(default_factory=list)
    problems: list[tuple[int, str, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """Emphasis that has begun: its mark, where it stands in the text, and in what is printed."""

    mark: str
    at: int
    out: int


class Reader:
    """A cursor over `text`. A handler stands at the sign it is for, and either passes it and tells what
    it prints, or leaves it there and gives None: then the sign prints itself."""

    def __init__(
        self, text: str, addresses: Mapping[str, str], handlers: Handlers, result: Printed
    ) -> None:
        self.text = text
        self.handlers = handlers
        self.addresses = addresses
        self.result = result
        self.at = 0
        self.end = 0
        self.depth = 0
        self.stars = text.count("*")
        self.last_brace = text.rfind("}")
        self.doubled = "{{" in text
        self.brackets = _pairs(text, r"[\[\]]")
        self.parentheses = _pairs(text, r"[()]|<[^<>\n]*>") if "](" in text else {}

    def problem(self, at: int, message: str, hint: str, code: str = "slip") -> None:
        """Notes what is wrong at a place of the text."""
        if len(self.result.problems) < MAX_PROBLEMS:
            self.result.problems.append((at, code, message, hint))

    def read(self, start: int, end: int) -> str:
        """What a part of the text prints. Emphasis that begins in it ends in it."""
        outer = self.at, self.end
        self.at, self.end = start, end
        self.depth += 1
        out: list[str] = []
        opened: list[_Open] = []
        while self.at < self.end:
            match = _SPECIAL.search(self.text, self.at, self.end)
            stop = match.start() if match else self.end
            out.append(self.text[self.at : stop])
            self.at = stop
            if match:
                self._sign(match[0], out, opened)
        for item in opened:
            self._never_closed(item, out)
        self.at, self.end = outer
        self.depth -= 1
        return "".join(out)

    def _sign(self, sign: str, out: list[str], opened: list[_Open]) -> None:
        if sign in "*_~":
            run = re.compile(re.escape(sign) + "+").match(self.text, self.at, self.end)
            assert run
            if sign != "~" or len(run[0]) > 1:
                self._emphasis(run[0], out, opened)
                return
        handler = self.handlers.get(sign)
        text = handler(self) if handler else None
        if text is None:
            text = sign
            self.at += len(sign)
        out.append(text)

    def closing(self, at: int) -> int:
        """Where the bracket that stands at a place is closed; -1: not in this part, or too deep."""
        close = self.brackets.get(at, -1)
        return close if close < self.end and self.depth < DEEP else -1

    def before(self) -> str:
        """The sign before the present one; a blank at the beginning."""
        at = self.at - 1
        while at >= 0 and self.text[at] == TAKEN:
            at -= 1
        return self.text[at] if at >= 0 else " "

    def after(self, at: int) -> str:
        """The sign at a place; a blank behind the end."""
        return self.text[at] if at < self.end else " "

    def _emphasis(self, run: str, out: list[str], opened: list[_Open]) -> None:
        sign, start = run[0], self.at
        before, after = self.before(), self.after(start + len(run))
        left = not after.isspace()
        right = not before.isspace()
        inside = before.isalnum() and after.isalnum()
        self.at += len(run)
        if sign == "_" and inside:
            out.append(run)
            return
        rest = run
        while rest and right and opened and rest.startswith(opened[-1].mark):
            mark = opened.pop().mark
            out.append(CLOSE + _STYLE[mark])
            rest = rest[len(mark) :]
        begins = not before.isalnum() or len(rest) < len(run)
        begins = begins or bool(before.isdigit() and _LATIN_COUNT.match(self.text, start))
        if rest and left and begins and len(rest) <= 3:
            for mark in (sign * 2, sign)[(len(rest) == 1) : 1 + (len(rest) != 2)]:
                if mark in _STYLE:
                    opened.append(_Open(mark, start, len(out)))
                    out.append(OPEN + _STYLE[mark])
            return
        if rest:
            out.append(rest)
            self._stray(start, rest, left, right, inside)

    def _stray(self, at: int, run: str, left: bool, right: bool, inside: bool) -> None:
        if not left and not right:
            if len(run) > 1:
                self.problem(at, f"'{run}' stands alone", REMOVE)
        elif len(run) == 1 and inside and self.stars == 1:
            return
        elif len(run) == 1 and right and not left:
            message = f"'{run}' closes nothing and would be printed"
            self.problem(at, message, REMOVE, "stray-sign")
        else:
            hint = (
                f"put {run} directly before and behind the words, or a backslash before each sign"
            )
            self.problem(at, f"'{run}' would be printed, or taken for emphasis", hint)

    def _never_closed(self, item: _Open, out: list[str]) -> None:
        out[item.out] = item.mark
        behind = self.after(item.at + len(item.mark))
        if not behind.isalnum() and behind not in "\"'“‘«([*_":
            self.problem(item.at, f"'{item.mark}' has no partner", REMOVE, "stray-sign")
            return
        hint = (
            f"put {item.mark} directly behind the last word; or a backslash before it to print it"
        )
        self.problem(item.at, f"'{item.mark}' begins emphasis that is never closed", hint)


def _pairs(text: str, pattern: str) -> dict[int, int]:
    """Where each bracket is closed, for those that are."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for match in re.finditer(r"\\[\s\S]|(?<!`)`{1,20}(?!`)[^`\n]+`+|" + pattern, text):
        if match[0] in "[(":
            opened.append(match.start())
        elif match[0] in "])" and opened:
            found[opened.pop()] = match.start()
    return found


Handlers = Mapping[str, Callable[[Reader], "str | None"]]
