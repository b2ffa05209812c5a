"""The keys and values of a YAML text as they stand on its lines, found by the signs at their edges.

It shares nothing with source/yaml.py, so that the one can be held against the other. It is only
asked about texts that are YAML, and need not say what is wrong with others.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

_PLAIN = r"(?:[^\s\-?:,\[\]{}#&*!|>'\"%@`]|[-?:](?=\S))"
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SINGLE = re.compile(r"'(?:[^']|'')*'")
_KEY = re.compile(
    rf"(?:\"(?:[^\"\\\n]|\\.)*\"[ ]*|'(?:[^'\n]|'')*'[ ]*|{_PLAIN}(?:[^\n:#]|:(?=\S)|(?<=\S)#)*)"
    r":(?=[ \t]|$)",
    re.MULTILINE,
)
_DASH = re.compile(r"-(?:[ \t]+|$)", re.MULTILINE)
_BLOCK = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?$", re.MULTILINE)
_COMMENT = re.compile(r"(?:^|[ \t]+)#[^\n]*", re.MULTILINE)
_GAP = re.compile(r"[ \t]*")
_SPACE = re.compile(r"(?:\s|(?:(?<=\s)|(?<=^))#[^\n]*)*", re.MULTILINE)
# how a plain text ends: at the end of its line; between brackets at a sign of theirs too
_REST = re.compile(r"(?:[^\n#]|(?<=\S)#)*")
_FLOWING = re.compile(r"(?:[^\n#,\[\]{}:]|(?<=[^\s,])#|:(?![\s,\[\]{}]))+")
_ENDS = re.compile(r"(?:---|\.\.\.)(?:[ \t]|$)", re.MULTILINE)


class Value(NamedTuple):
    """What was typed at a place: `style` is key, plain, lone (a key without a value between
    braces), or the sign at its head, one of " ' | >; `comment` is what `#` hides behind it,
    with the blanks before."""

    line: int  # from 0
    column: int  # from 0
    style: str
    text: str
    comment: str = ""


def typed_values(text: str) -> list[Value]:
    """The keys and values of a YAML text in order."""
    return list(_Scan(text).values())


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *accumulate(map(len, text.splitlines(keepends=True)))]
        self.at = 0
        self.parent = -1  # the column of the key or hyphen to which a value belongs

    def values(self) -> Iterator[Value]:
        """All of them, line by line."""
        while self.at < len(self.text):
            self._skip(_SPACE)
            if self._column() == 0 and self._skip(_ENDS):
                self._skip(_GAP)
            if self.at < len(self.text):
                yield from self._line()

    def _line(self) -> Iterator[Value]:
        """A line that begins with hyphens, a key or a value, and what belongs to it."""
        column = self._column()
        while self._skip(_DASH):
            self.parent, column = column, self._column()
            self._comment()
        start = self.at
        if self._skip(_KEY):
            self.parent = column
            key = self.text[start : self.at - 1].rstrip()
            comment = self._comment()
            self._skip(_GAP)
            yield self._value(start, "key", _inside(key), comment)
        if not self._ended():
            yield from self._content()

    def _content(self) -> Iterator[Value]:
        sign = self.text[self.at]
        if sign in "\"'":
            value = self._quoted()
            yield value._replace(comment=self._comment())
        elif sign in "[{":
            yield from self._flow()
            self._comment()
        elif _BLOCK.match(self.text, self.at):
            yield self._block()
        else:
            yield self._plain()

    def _quoted(self) -> Value:
        start, mark = self.at, self.text[self.at]
        if not self._skip(_DOUBLE if mark == '"' else _SINGLE):
            self._skip(_REST)
        return self._value(start, mark, self.text[start + 1 : self.at - 1])

    def _block(self) -> Value:
        start = self.at
        self._skip(_REST)
        self._comment()
        lines = ["", *self._below()]
        return self._value(start, self.text[start], "\n".join(lines))

    def _plain(self) -> Value:
        start = self.at
        self._skip(_REST)
        lines = [self.text[start : self.at].rstrip()]
        self.at = start + len(lines[0])
        comment = self._comment()
        while not comment:
            found = list(self._below(one=True))
            if not found:
                break
            if found[-1].lstrip().startswith("#"):
                comment = found[-1].strip()
                break
            cut = _REST.match(found[-1])
            kept = cut[0] if cut else ""
            lines += [*found[:-1], kept.rstrip()]
            comment = found[-1][len(kept.rstrip()) :].rstrip()
        return self._value(start, "plain", "\n".join(lines), comment)

    def _below(self, *, one: bool = False) -> Iterator[str]:
        """The lines that follow and stand deeper than what they belong to, blank ones among them;
        the reading goes on behind them."""
        number = self._number(self.at) + 1
        waiting: list[str] = []
        while number < len(self.starts) - 1:
            line = self.text[self.starts[number] : self.starts[number + 1]].rstrip("\n")
            number += 1
            if not line.strip():
                waiting.append("")
                continue
            if len(line) - len(line.lstrip(" ")) <= self.parent:
                return
            yield from waiting
            yield line
            waiting = []
            self.at = self.starts[number - 1] + len(line)
            if one:
                return

    # --- between brackets -----------------------------------------------------------------------

    def _flow(self) -> Iterator[Value]:
        """What stands between brackets; a scalar is a key where a colon follows."""
        open_: list[str] = []
        last: Value | None = None
        valued = False
        while self.at < len(self.text):
            comment = self._hidden()
            last = last._replace(comment=comment) if last and comment else last
            sign = self.text[self.at : self.at + 1]
            if sign == ":" and last and not valued:
                yield last._replace(style="key")
                last, valued = None, True
                self.at += 1
            elif sign and sign in ",]}[{":
                if last:
                    lone = open_[-1:] == ["{"] and not valued and last.style == "plain"
                    yield last._replace(style="lone") if lone else last
                last, valued = None, False
                self.at += 1
                open_ = open_[:-1] if sign in "]}" else [*open_, sign] if sign in "[{" else open_
                if not open_:
                    return
            elif sign:
                last = self._quoted() if sign in "\"'" else self._flowing()

    def _flowing(self) -> Value:
        start = end = self.at
        while self._skip(_FLOWING):
            end = self.at
            if self._hidden():
                break
        self.at = end
        if end == start:
            self.at = end = start + 1
        text = self.text[start:end].rstrip()
        return self._value(start, "plain", text)

    # --- steps ----------------------------------------------------------------------------------

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return bool(match and match[0])

    def _hidden(self) -> str:
        """Goes over blanks, line ends and comments, and gives the comments."""
        start = self.at
        self._skip(_SPACE)
        passed = self.text[start : self.at]
        return passed.rstrip() if "#" in passed else ""

    def _comment(self) -> str:
        match = _COMMENT.match(self.text, self.at)
        if not match and self.text[self.at : self.at + 1] == "#":
            match = re.compile(r"#[^\n]*").match(self.text, self.at)
        self.at = match.end() if match else self.at
        return match[0].rstrip() if match else ""

    def _ended(self) -> bool:
        return self.text[self.at : self.at + 1] in ("", "\n")

    def _number(self, at: int) -> int:
        return bisect_right(self.starts, at, hi=max(1, len(self.starts) - 1)) - 1

    def _column(self) -> int:
        return self.at - self.starts[self._number(self.at)]

    def _value(self, start: int, style: str, text: str, comment: str = "") -> Value:
        number = self._number(start)
        return Value(number, start - self.starts[number], style, text, comment)


def _inside(key: str) -> str:
    return key[1:-1] if key[:1] in ("'", '"') and key[-1:] == key[:1] else key
