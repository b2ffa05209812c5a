"""The typed lines of a body, and what each looks like by itself. Nothing here knows pandoc."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

MAX_PROBLEMS = 100  # of one section: nobody reads more
BOXES = ("box", "confidential")  # what stands in them begins at the beginning of a line
TAKEN = "\x00"  # stands where a remark stood; no file can hold it


class Line(NamedTuple):
    """A line, or what of it stands inside a list or quotation; `start` is its place in the body."""

    start: int
    text: str

    @property
    def indent(self) -> int:
        """How many blanks stand before its text."""
        return len(self.text) - len(self.text.lstrip(" "))

    @property
    def blank(self) -> bool:
        """Whether nothing stands on it."""
        return not self.text.strip()

    def cut(self, count: int) -> Line:
        """What is left without its first characters."""
        count = min(count, len(self.text))
        return Line(self.start + count, self.text[count:])


class Problem(NamedTuple):
    """What cannot be read in one way only: its place in the body, code, message, hint."""

    at: int
    code: str
    message: str
    hint: str


class Edit(NamedTuple):
    """What pandoc is given instead of a piece of the body, so that it reads what was meant."""

    start: int
    end: int
    text: str


class Remark(NamedTuple):
    """A private remark that stands in the text: its place and its words."""

    at: int
    text: str


@dataclass(slots=True)
class Leaf:
    """A piece of running text: what it stands in, outermost first, and its lines. One that goes on
    after another has no number of its own."""

    path: tuple[str, ...]
    lines: list[Line]
    goes_on: bool = False

    @property
    def text(self) -> str:
        """Its text, with the line ends that were typed."""
        return "\n".join(line.text.lstrip() for line in self.lines)

    def at(self, offset: int) -> int:
        """The place in the body of a character of its text."""
        for line in self.lines:
            length = len(line.text.lstrip())
            if offset <= length:
                return line.start + len(line.text) - length + offset
            offset -= length + 1
        return self.lines[-1].start


@dataclass(slots=True)
class Typed:
    """A body as it was typed."""

    leaves: list[Leaf] = field(default_factory=list)
    notes: dict[str, list[Leaf]] = field(default_factory=dict)  # texts of footnotes by label
    addresses: dict[str, str] = field(default_factory=dict)  # [x]: https://...
    edits: list[Edit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    lone: list[tuple[int, int]] = field(default_factory=list)  # numbers at heads: value, place
    aside: list[tuple[int, int]] = field(
        default_factory=list
    )  # from where to where nothing is printed

    def problem(self, at: int, message: str, hint: str, code: str = "slip") -> None:
        """Something is wrong at a place."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(at, code, message, hint))


FENCE = re.compile(r" {0,3}(:{2,})(.*)$")
HEADING = re.compile(r" {0,3}(#{1,6})([ \t]+|(?![\d#]))(?=\S)(.*)$")
MARK = re.compile(r" {0,3}(\{[ \t]*[#.][^{}]*\})([ \t]*)(.*)$")
BRACES = re.compile(r" {0,3}\{([^{}]*)\}[ \t]*$")
QUOTE = re.compile(r" {0,3}>(?!\d)")
DRAWN = "•·▪●◦\uf0b7"  # what Word and web pages begin the items of a list with
BULLET = re.compile(rf"( *)([-*+{DRAWN}])([ \t]+)(?=\S)")
DASH = re.compile(r" *[–—][ \t]+(?=\S)")
NUMBER = re.compile(
    r"( *)(\(?)(\d{1,9}|#|[A-Za-z]|[ivxlcdm]{2,8}|[IVXLCDM]{2,8})([.)])([ \t]+)(?=\S)"
)
NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:[ \t]*")
ADDRESS = re.compile(r" {0,3}\[(?!\^)([^\]\n]+)\]:[ \t]+<?(\S+?)>?(?:[ \t]+[\"'(].*)?[ \t]*$")
CAPTION = re.compile(r" {0,3}(?:[Tt]able)?:(?!:)[ \t]*(?=\S)")
DELIMITER = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:[|+][ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
GRID = re.compile(r" {0,3}\+(?:[-=:]+\+)+[ \t]*$")
RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){2,}|(?:=[ \t]*){2,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
ENDS = re.compile(r"[.:;!?…][\"”»'’*_)\]]*\s*$")
_PICTURE = re.compile(r" {0,3}!\[.*\]\([^()\s]+\)(?:\{[^{}]*\})?[ \t]*")
HELD_ROW = re.compile(r"[ \t]*\|[ \t]*(::: confidential)(?=[ \t|])")  # in its first cell
CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$")


def lines_of(body: str) -> list[Line]:
    """The lines of a body with their places."""
    found: list[Line] = []
    start = 0
    for text in body.split("\n"):
        if not text or text.strip(TAKEN):
            shown = text.rstrip(f"{TAKEN} \t") if text.endswith(TAKEN) else text
            found.append(Line(start, shown))
        start += len(text) + 1
    return found


def cells(line: str) -> list[str]:
    """The cells of a row that is drawn with bars."""
    parts = re.split(r"(?<!\\)(?:\\\\)*\|", line.strip())
    inner = parts[1:] if line.lstrip().startswith("|") else parts
    return inner[:-1] if len(inner) > 1 and not inner[-1].strip() and _closed(line) else inner


def _closed(line: str) -> bool:
    text = line.rstrip()
    return text.endswith("|") and not text.endswith("\\|")


def is_table(lines: list[Line], at: int) -> bool:
    """Whether a table with a head begins at a line."""
    if GRID.match(lines[at].text):
        return True
    if at + 1 >= len(lines) or "|" not in lines[at].text:
        return False
    rule = lines[at + 1].text
    return bool(DELIMITER.match(rule)) and "|" in rule


def is_picture(lines: list[Line], at: int) -> bool:
    """Whether a line is a picture and nothing else, which has a caption where it stands alone."""
    return bool(_PICTURE.fullmatch(lines[at].text))


def begins(line: Line) -> str:
    """What a line begins beyond doubt, whatever stands above it; empty: nothing of the kind."""
    text = line.text
    fence = FENCE.match(text)
    if fence and len(fence[1]) > 2:
        return "fence"
    heading = HEADING.match(text)
    if heading and len(heading[1]) > 1:
        return "heading"
    return "mark" if MARK.match(text) else ""


class Reader:
    """Reads lines of a body into `typed`; blocks.py is the whole of it, lists.py and tables.py use
    what stands here."""

    def __init__(self, typed: Typed, body: str) -> None:
        self.typed = typed
        self.body = body

    def read(self, lines: list[Line], path: tuple[str, ...] = ()) -> None:
        """All blocks of some lines, which stand in `path`."""
        raise NotImplementedError

    def into(self, typed: Typed) -> Reader:
        """A reader of the same body into something else."""
        return type(self)(typed, self.body)

    def blank_above(self, line: Line) -> None:
        """Puts the blank line above a line that it needs to begin a block."""
        head = self.body.rfind("\n", 0, line.start) + 1
        prefix = re.sub(r"[^> \t]", " ", self.body[head : line.start]).rstrip()
        self.typed.edits.append(Edit(head, head, prefix + "\n"))

    def goes_on(self, above: Line, line: Line, what: str, blanks: str) -> None:
        """A line below another without a blank one: refused where it may begin something new."""
        starts_new = not line.text.lstrip()[:1].islower() or re.search(r"[;:]\s*$", above.text)
        if not line.indent and not above.blank and ENDS.search(above.text) and starts_new:
            message = f"does this line belong to {what} above?"
            hint = f"begin it with {blanks}, if it does; else leave a blank line above it"
            self.typed.problem(line.start, message, hint)
