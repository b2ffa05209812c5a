"""What a piece of typed text prints, sign for sign, as a person reads it: without pandoc.

The result is `Printed.text`: the words, and for each piece of markup the signs of `printed.py`. A
sign that is markup in one reading and text in another is a problem with its place and with what to
type for each.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from shadowreport.core.numbering import is_reference
from shadowreport.source.typed.addresses import whole
from shadowreport.source.typed.glued import key_beside_letters
from shadowreport.source.typed.lines import MAX_PROBLEMS, TAKEN, Leaf, Typed
from shadowreport.source.typed.printed import CLOSE, NOTE, OPEN, PICTURE, target
from shadowreport.source.typed.strays import strays

_SPECIAL = re.compile(r"[\\`*_~^\[\]{}<|@&#:=+!\t]|https?://")
_ADDRESS = re.compile(
    r"https?://(?:[\w#$%+/@\\&=-]|\([^()\s<>]*\)|\[[^\[\]\s<>]*\]|\{[^{}\s<>]*\}"
    r"|[^\s<>\w](?=[\w#$%+/@&=~-]))+"
)
_AUTOLINK = re.compile(r"<((?:https?|mailto|ftp|tel|urn|doi):[^\s<>]*|[\w.+-]+@[\w.-]+\w)>")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9:]*(?:[\s/][^<>]*)?>|<[!?][^<>]*>")
_MARK = re.compile(r"\[\^([^\s\[\]]+)\]")
_KEY = re.compile(r"-?@(\{[^{}\s]+\}|[A-Za-z0-9_](?:[\w]|[:.#$%&+?~/<>-](?=\w))*)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_SCRIPT = {"~": re.compile(r"~((?:[^\s~\\]|\\.)+)~"), "^": re.compile(r"\^((?:[^\s^\\]|\\.)+)\^")}
_ATTRIBUTES = re.compile(r"\{[^{}]*\}")
_DESTINATION = re.compile(
    r"\s*(?:<([^<>\n]*)>|((?:[^\s\\]|\\.| (?![\"'])|\n(?![\"']))*?))(?:\s+([\"'])([\s\S]*)\3)?\s*"
)
_ENUMERATED = re.compile(
    r"(?:^|[\s,;:(«“\"])(?:\d{1,3}(?:[-–.]\d{1,3})?|[^\W\d_]|[ivxlc]{1,5})$", re.IGNORECASE
)
_STYLE = {"*": "e", "**": "s", "_": "e", "__": "s", "~~": "d"}
_DEEP = 24
_MARKED = re.compile(r"(==|\+\+)(?=\w)[^=+\n]{1,400}(?<=\w)\1(?!\w)")
_HAS = "put a backslash before it, if it is to be printed"
_REMOVE = "remove it; or " + _HAS


@dataclass(slots=True)
class Printed:
    """What a text prints, its footnotes (a label, or the text of a note that stands inside), and
    what is wrong: places in the text, codes, messages, hints."""

    text: str = ""
    notes: list[str | Printed] = field(default_factory=list)
    problems: list[tuple[int, str, str, str]] = field(default_factory=list)


def printed(leaf: Leaf, typed: Typed) -> Printed:
    """What a leaf prints."""
    text = leaf.text
    result = Printed()
    reader = _Reader(text, typed.addresses, result)
    result.text = reader.read(0, len(text.rstrip()))
    _balance(text, result)
    result.problems += strays(leaf)
    return result


@dataclass(slots=True)
class _Open:
    mark: str
    at: int
    out: int


class _Reader:
    def __init__(self, text: str, addresses: Mapping[str, str], result: Printed) -> None:
        self.text = text
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
        handler = _HANDLERS.get(sign)
        text = handler(self) if handler else None
        if text is None:
            text = sign
            self.at += len(sign)
        out.append(text)

    def closing(self, at: int) -> int:
        """Where the bracket that stands at a place is closed; -1: not in this part, or too deep."""
        close = self.brackets.get(at, -1)
        return close if close < self.end and self.depth < _DEEP else -1

    def before(self) -> str:
        """The sign before the present one; a blank at the beginning."""
        at = self.at - 1
        while at >= 0 and self.text[at] == TAKEN:
            at -= 1
        return self.text[at] if at >= 0 else " "

    def after(self, at: int) -> str:
        return self.text[at] if at < self.end else " "

    # --- emphasis -------------------------------------------------------------------------------

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
        if rest and left and (not before.isalnum() or len(rest) < len(run)) and len(rest) <= 3:
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
                self.problem(at, f"'{run}' stands alone", _REMOVE)
        elif len(run) == 1 and inside and self.stars == 1:
            return
        elif len(run) == 1 and right and not left:
            message = f"'{run}' closes nothing and would be printed"
            self.problem(at, message, _REMOVE, "stray-sign")
        else:
            hint = (
                f"put {run} directly before and behind the words, or a backslash before each sign"
            )
            self.problem(at, f"'{run}' would be printed, or taken for emphasis", hint)

    def _never_closed(self, item: _Open, out: list[str]) -> None:
        out[item.out] = item.mark
        behind = self.after(item.at + len(item.mark))
        if not behind.isalnum() and behind not in "\"'“‘«([*_":
            self.problem(item.at, f"'{item.mark}' has no partner", _REMOVE, "stray-sign")
            return
        hint = (
            f"put {item.mark} directly behind the last word; or a backslash before it to print it"
        )
        self.problem(item.at, f"'{item.mark}' begins emphasis that is never closed", hint)

    # --- one sign -------------------------------------------------------------------------------

    def _escape(self) -> str:
        after = self.after(self.at + 1)
        if after.isalnum():
            word = re.compile(r"\\\w{1,20}").match(self.text, self.at)
            hint = "remove it; code of other formats cannot be used"
            self.problem(self.at, f"'{word[0] if word else after}' would be printed", hint)
            self.at += 1
            return "\\"
        self.at += 2
        return " " if after.isspace() else after

    def _code(self) -> str | None:
        run = re.compile("`+").match(self.text, self.at)
        assert run
        same = re.compile(f"(?<!`){run[0]}(?!`)") if len(run[0]) < _DEEP else None
        close = same.search(self.text, run.end(), self.end) if same else None
        if close:  # load/allowed.py refuses it
            self.at = close.end()
            return self.text[run.start() : close.end()]
        code = "stray-sign" if self.before().isalnum() else "slip"
        self.problem(self.at, "a backtick stands here", "write ' or ʻ; or " + _HAS, code)
        self.at = run.end()
        return run[0]

    def _script(self) -> str | None:
        sign = self.text[self.at]
        if sign == "^" and self.after(self.at + 1) == "[":
            return self._inline_note()
        match = _SCRIPT[sign].match(self.text, self.at, self.end)
        if not match:
            if sign == "^" and self.after(self.at + 1).isalnum():
                hint = "close it, as in m^2^; or " + _HAS
                self.problem(self.at, "'^' would be printed", hint, "stray-sign")
            return None
        if sign == "~" and self.before().isspace() and match[1][0].isdigit():
            hint = "write 'about', or put a backslash before each ~"
            self.problem(self.at, "is ~ meant to lower this word?", hint)
        inner = self.read(match.start(1), match.end(1))
        self.at = match.end()
        return f"{OPEN}{sign}{inner}{CLOSE}{sign}"

    def _inline_note(self) -> str | None:
        close = self.closing(self.at + 1)
        if close < 0:
            return self._unclosed("a footnote")
        note = Printed()
        inner = _Reader(self.text, self.addresses, note)
        note.text = inner.read(self.at + 2, close)
        self.result.problems += note.problems
        self.result.notes.append(note)
        self.at = close + 1
        return NOTE

    def _less(self) -> str | None:
        link = _AUTOLINK.match(self.text, self.at, self.end)
        if link:
            self.at = link.end()
            return html.unescape(link[1])
        tag = _TAG.match(self.text, self.at, self.end)
        if tag:
            hint = "remove it: *words* and **words** emphasize; in a table, only a grid table has cells of several lines"
            self.problem(self.at, f"HTML ({tag[0][:40]}) would be printed", hint, "not-allowed")
            self.at = tag.end()
            return tag[0]
        if re.compile(r"<(?:https?:|mailto:)").match(self.text, self.at):
            self.problem(self.at, "this address is never closed", "put > behind it, or remove <")
        return None

    def _entity(self) -> str | None:
        match = _ENTITY.match(self.text, self.at, self.end)
        sign = html.unescape(match[0]) if match else ""
        if match and sign != match[0]:
            self.at = match.end()
            return sign
        if re.compile(r"&(?:amp|nbsp|lt|gt|quot|ndash|mdash)\b").match(self.text, self.at):
            hint = "put ; behind it; or write the sign itself"
            self.problem(self.at, "an entity without its ; would be printed", hint, "stray-sign")
        return None

    def _bar(self) -> None:
        hint = "a table needs a line |---|---| below its head; to print the bar, put a backslash before it"
        message = "a bar stands in a text that is no table"
        if not any(problem[2] == message for problem in self.result.problems):  # once is enough
            self.problem(self.at, message, hint)

    def _hash(self) -> str | None:
        run = re.compile(r"#{2,}").match(self.text, self.at, self.end)
        if not run:
            return None
        hint = "a heading stands on a line of its own; or " + _HAS
        self.problem(self.at, f"'{run[0]}' would be printed", hint)
        self.at = run.end()
        return run[0]

    def _colons(self) -> str | None:
        run = re.compile(r":{3,}").match(self.text, self.at, self.end)
        if not run:
            return None
        hint = "put it on a line of its own"
        self.problem(self.at, "':::' would be printed", hint)
        self.at = run.end()
        return run[0]

    def _doubled(self) -> str | None:
        marked = _MARKED.match(self.text, self.at, self.end)
        if marked:
            hint = "use *words* or **words**; or " + _HAS
            self.problem(self.at, f"'{marked[1]}' would be printed", hint)
            self.at += len(marked[1])
            return marked[1]
        return None

    def _tab(self) -> str:
        hint = "replace it by a blank. Cells of a table are drawn with bars: | one | two |, and below the head |---|---|"
        self.problem(self.at, "a tab stands in this text, as between cells of a spreadsheet", hint)
        self.at += 1
        return " "

    def _address(self) -> str | None:
        marked = whole(self.text, self.at, self.end)
        if marked:
            self.at += len(marked)
            return marked
        match = _ADDRESS.match(self.text, self.at, self.end)
        if not match:
            return None
        self.at = match.end()
        return html.unescape(match[0])

    def _exclamation(self) -> str | None:
        if self.after(self.at + 1) == "[":
            self.at += 1
            close = self.closing(self.at)
            if close >= 0 and self.after(close + 1) == "(":
                return PICTURE + self._link(close)
            self.at -= 1
        elif re.compile(r"!\s+\[[^\]]*\]\(").match(self.text, self.at, self.end):
            self.problem(self.at, "is this a picture?", "write ![ without a blank")
        return None

    def _brace(self) -> str | None:
        close = -1 if self.at > self.last_brace else self.text.find("}", self.at, self.end)
        inner = self.text[self.at + 1 : close] if close >= 0 else ""
        if close < 0 or (
            re.match(r"[#.=:]|[+~=-]{2}|(?:width|height)=", inner) and not inner.startswith("#}")
        ):
            hint = "an id stands on a line of its own, directly above the paragraph; or " + _HAS
            message = "an id behind a text is printed as it is"
            if close < 0:
                message, hint = "'{' is never closed", "close it with }; or " + _HAS
            elif re.match("[wh]", inner):
                message = "the size of a picture would be printed"
                hint = "put it directly behind the picture, without a blank"
            elif not re.match(r"[#.]", inner):
                message, hint = "marks of an editor would be printed", "accept or reject the change"
            self.problem(self.at, message, hint)
        elif self.before() not in " \n" and not inner.startswith("{") and self.before().isalnum():
            self.problem(self.at, "braces would be printed", "remove them; or " + _HAS)
        if close < 0:
            return None
        self.at = close + 1
        return self.text[self.at - len(inner) - 2 : self.at]

    def _brace_closed(self) -> None:
        if self.before() != "}" and not self.doubled:
            self.problem(self.at, "'}' closes nothing", _REMOVE)

    def _at_sign(self) -> str | None:
        before = self.before()
        match = _KEY.match(self.text, self.at, self.end)
        beside = key_beside_letters(self.text, self.at)
        if before.isalnum() and not beside:
            if match and "." not in match[1]:
                hint = "put a blank before it to refer to it; a backslash before @ to print it"
                message = f"'@{match[1]}' stands behind a letter and would be printed"
                self.problem(self.at, message, hint, "stray-sign")
            return None
        if before == "@" or not match:
            escaped = self.text[self.at - 2 : self.at - 1] == "\\"
            if not escaped and (
                re.compile(r"@+\s*(?:par|sec|rec|tbl|fig)-|@@").match(self.text, self.at)
                or before == "["
            ):
                hint = "write @ directly before the key, once"
                self.problem(self.at, "'@' would be printed", hint)
            return None
        self.at = beside.end if beside else match.end()
        key = beside.key if beside else match[1].strip("{}")
        shown = "@" + key
        close = -1
        space = re.compile(r"[ \t]*\n?[ \t]*").match(self.text, self.at, self.end)
        if space and self.after(space.end()) == "[" and self.after(space.end() + 1) != "^":
            close = self.closing(space.end())
        if close >= 0 and self.after(close + 1) not in ("(", "{"):
            start = space.end() + 1 if space else self.at
            inner = self.text[start:close]
            if is_reference(key) and not _KEY.search(inner):
                hint = "put words between the two; or a backslash before the bracket"
                self.problem(start - 1, "these brackets stand directly behind a reference", hint)
            shown += f" [{self._parts(start, close)}]"
            self.at = close + 1
        return shown

    # --- brackets -------------------------------------------------------------------------------

    def _unclosed(self, what: str) -> str:
        sign = self.text[self.at]
        hint = f"close it with ]; or put a backslash before {sign} to print it"
        self.problem(self.at, f"{what} is never closed", hint)
        self.at += 1
        return sign

    def _bracket(self) -> str | None:
        mark = _MARK.match(self.text, self.at, self.end)
        if mark:
            self.at = mark.end()
            self.result.notes.append(mark[1])
            return NOTE
        close = self.closing(self.at)
        if close < 0:
            return self._unclosed("this bracket")
        inner = self.text[self.at + 1 : close]
        if self.after(close + 1) == "(":
            return self._link(close)
        if self.after(close + 1) == "{":
            return self._span(close)
        address = self._reference_link(inner, close)
        if address is not None:
            return address
        if re.match(r"\s*\^\s*\S", inner):
            hint = "write the mark of a footnote as [^x], without a blank"
            self.problem(self.at, "this mark of a footnote would be printed", hint)
        elif self.before() == "]" and re.search(
            r"[ \t]*\(https?://", self.text[close : close + 12]
        ):
            pass
        if re.compile(r"\][ \t]+\((?:https?://|mailto:)").match(self.text, close, self.end):
            hint = "write [words](address) without a blank between ] and ("
            self.problem(close, "this link would be printed as it is", hint)
        if re.fullmatch(r"[ xX]", inner) or not inner:
            self.problem(self.at, "an empty pair of brackets stands here", _REMOVE)
        start = self.at + 1
        if self._is_citation(inner):
            text = f"[{self._parts(start, close)}]"
        else:
            text = f"[{self.read(start, close)}]"
        self.at = close + 1
        return text

    def _is_citation(self, inner: str) -> bool:
        return any(
            not inner[match.start() - 1 : match.start()].isalnum() or not match.start()
            for match in _KEY.finditer(inner)
            if inner[match.start() - 1 : match.start()] != "\\"
        )

    def _parts(self, start: int, close: int) -> str:
        """Citations between brackets, part by part."""
        shown: list[str] = []
        parts = re.compile(r"(?:[^;\\\[]|\\.|\[[^\]]*\])*").finditer(self.text, start, close)
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
                hint = f"sources are parted by semicolons: [@{keys[0][1]}, art. 4; @{inner[0]}, para. 9]"
                message = f"@{inner[0]} stands inside the citation of @{keys[0][1]}"
                self.problem(part.start() + keys[1].start(), message, hint, "bad-citation")
            elif (
                not keys
                and (shown or _KEY.search(self.text[start:close]))
                and part.start() != start
            ):
                key = _KEY.search(self.text, start, close)
                hint = "each part between semicolons begins with a key: [@a, para. 1; @b, para. 2]"
                message = (
                    f"the citation that begins with @{key[1] if key else ''} is not understood"
                )
                self.problem(part.start(), message, hint, "bad-citation")
            lead = len(part[0]) - len(part[0].lstrip())
            shown.append(self.read(part.start() + lead, part.start() + len(part[0].rstrip())))
        return "; ".join(shown)

    def _link(self, close: int) -> str:
        start = self.at + 1
        end = self.parentheses.get(close + 1, self.end)
        if end >= self.end:
            self.problem(self.at, "this link is never closed", "put a ) behind its address")
            self.at = close + 1
            return self.text[start - 1 : close + 1]
        match = _DESTINATION.fullmatch(self.text, close + 2, end)
        address = (match[1] or match[2] or "") if match else self.text[close + 2 : end]
        words = self.read(start, close)
        is_picture = self.text[start - 2 : start - 1] == "!"
        if not is_picture and not words.strip():
            hint = "write [words](address), or the address alone"
            self.problem(start - 1, "this link has no words, and would not be printed", hint)
        self.at = end + 1
        attributes = _ATTRIBUTES.match(self.text, self.at, self.end)
        if attributes:
            self.at = attributes.end()
        return words + target(address)

    def _span(self, close: int) -> str:
        start = self.at + 1
        attributes = _ATTRIBUTES.match(self.text, close + 1, self.end)
        words = self.read(start, close)
        self.at = attributes.end() if attributes else close + 1
        return words if attributes else f"[{words}]"

    def _reference_link(self, inner: str, close: int) -> str | None:
        label, end = inner, close + 1
        second = re.compile(r"\[([^\[\]]*)\]").match(self.text, close + 1, self.end)
        if second and (second[1] or inner).lower() in self.addresses:
            label, end = second[1] or inner, second.end()
        if label.lower() not in self.addresses:
            if second and not re.match(r"[@^]", second[1]) and not re.match(r"[@^]|\s*-?@", inner):
                hint = "write [words](https://...); or put a backslash before the second bracket"
                message = "is this a link? No line gives its address"
                self.problem(close + 1, message, hint, "stray-sign")
            return None
        words = self.read(self.at + 1, close)
        self.at = end
        return words + target(self.addresses[label.lower()])

    def _bracket_closed(self) -> None:
        self.problem(self.at, "']' closes nothing", _REMOVE)


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


def _balance(text: str, result: Printed) -> None:
    """Parentheses close in their paragraph; where not, honest as it may be, a person should look."""
    opened: list[int] = []
    for match in re.finditer(r"\\.|[()]|(?<!\()" + _ADDRESS.pattern, text):
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


_HANDLERS: dict[str, Callable[[_Reader], str | None]] = {
    "\\": _Reader._escape,
    "`": _Reader._code,
    "~": _Reader._script,
    "^": _Reader._script,
    "[": _Reader._bracket,
    "]": _Reader._bracket_closed,
    "{": _Reader._brace,
    "}": _Reader._brace_closed,
    "<": _Reader._less,
    "|": _Reader._bar,
    "@": _Reader._at_sign,
    "&": _Reader._entity,
    "#": _Reader._hash,
    ":": _Reader._colons,
    "=": _Reader._doubled,
    "+": _Reader._doubled,
    "!": _Reader._exclamation,
    "\t": _Reader._tab,
    "http://": _Reader._address,
    "https://": _Reader._address,
}
