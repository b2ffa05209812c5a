"""Takes the typed lines of a body apart into blocks, as a person reads them.

It knows fewer forms than pandoc and asks for more: where a line can be meant in two ways, it says
so and guesses nothing. Where only one reading is sensible and pandoc needs a blank line or a space
for it, an edit puts it in.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from shadowreport.source import divisions
from shadowreport.source.divisions import CONFIDENTIAL, DIVISIONS
from shadowreport.source.typed import lists, tables
from shadowreport.source.typed.lines import (
    ADDRESS,
    BOXES,
    BRACES,
    BULLET,
    CAPTION,
    CONFLICT,
    DASH,
    ENDS,
    FENCE,
    GRID,
    HEADING,
    MARK,
    NOTE,
    NUMBER,
    QUOTE,
    RULE,
    Edit,
    Leaf,
    Line,
    Reader,
    Typed,
    begins,
    is_picture,
    is_table,
)
from shadowreport.source.typed.strays import unread_list, unread_table

_ENDS_OPEN = re.compile(r"[:：][\"”»*_)]*\s*$")
_DEEP = 30
_NUMBER_TYPED = re.compile(
    r" *(?:(?:\*\*|__)\(?(\d{1,4})[.)]{0,2}(?:\*\*|__)[.)]?|(\d{1,4}))\s+(?=[\W]?[^\W\d_])"
)
_LIST = "begin each item of a list with '- ', and put a blank line above the first; or write on behind the line above"
_TABLE = "put | between the cells and a line |---|---| below the head; text that is no table goes on one line"
_NEAR = 80  # lines in which settings that stand in a body end
_KEY = re.compile(r"[A-Za-z_-]+:(?:[ \t]|$)")


def _edge(name: str) -> str:
    """How the edge of a box is written, where more stands behind its name."""
    word, _, rest = name.partition(" ")
    if word in DIVISIONS and rest and not rest.startswith("{"):
        return f"'::: {word}' alone, the text below it, and ':::' on a line of its own below that"
    return "'::: note', or '::: {.note author=NAME}', below an empty line"


class Blocks(Reader):
    """Reads all that a body is made of."""

    def __init__(self, typed: Typed, body: str) -> None:
        super().__init__(typed, body)
        self._labels: set[str] | None = None  # of links, where they are used
        self._closings: dict[int, int] | None = (
            None  # of boxes: where their first and last lines begin
        )

    def read(self, lines: list[Line], path: tuple[str, ...] = ()) -> None:
        """All blocks of some lines."""
        at = 0
        while at < len(lines) and len(path) < _DEEP:  # load/allowed.py refuses what is deeper
            at = at + 1 if lines[at].blank else self._block(lines, at, path)

    def _block(self, lines: list[Line], at: int, path: tuple[str, ...]) -> int:
        """Reads the block that begins at a line; gives the line behind it."""
        line = lines[at]
        for pattern, reader in _READERS:
            if pattern.match(line.text):
                end = reader(self, lines, at, path)
                if end > at:
                    return end
        if is_table(lines, at):
            return tables.read(self, lines, at, path)
        if line.indent >= 4 and not path:
            return self._code(lines, at)
        return self._paragraph(lines, at, path)

    # --- boxes and notes ------------------------------------------------------------------------

    def _fence(self, lines: list[Line], at: int, path: tuple[str, ...]) -> int:
        line = lines[at]
        match = FENCE.match(line.text)
        assert match
        name = match[2].strip().rstrip(": \t")
        if len(match[1]) == 2:
            if re.match(r"[a-z]", name):
                hint = "begin it with three: ::: recommendations"
                self.typed.problem(line.start, "two colons open no box", hint)
                return at + 1
            return at
        if not name:
            message = "':::' closes a box here, and none is open"
            self.typed.problem(line.start, message, "remove it, or open the box above", "bad-box")
            return at + 1
        if not re.fullmatch(r"[\w-]+|\{\s*\.[\w-]+[^{}]*\}", name):
            hint = f"write {_edge(name)}"
            self.typed.problem(
                line.start, "this line is not read as the edge of a box", hint, "bad-box"
            )
            return self._closing(lines, at) + 1
        kind = re.findall(r"[\w-]+", name)[0]
        if path not in divisions.paths(kind):
            hint = "take it out of the list, quotation or box, to the beginning of a line"
            self.typed.problem(line.start, "a box or note cannot stand in here", hint, "bad-box")
            return at + 1
        end = self._closing(lines, at)
        inside = lines[at + 1 : end]
        for edge in (line, *lines[end : end + 1]):
            if edge.indent:
                self.typed.edits.append(Edit(edge.start, edge.start + edge.indent, ""))
        if kind != divisions.NOTE:
            self.read(inside, (*path, kind if kind == CONFIDENTIAL else "box"))
        elif inside:
            self.typed.aside.append((inside[0].start, inside[-1].start + len(inside[-1].text)))
        if end < len(lines) and inside and re.match(r"[ \t]*[-*+>|:(\d ]", inside[-1].text):
            self.blank_above(lines[end])
        return end + 1

    def _closing(self, lines: list[Line], at: int) -> int:
        """Which line closes a box of the body; the end where none does (load/as_typed.py says so)."""
        if self._closings is None:
            self._closings = {}
            opened: list[int] = []
            for line in lines:
                match = FENCE.match(line.text)
                if match and len(match[1]) > 2:
                    if match[2].strip(": \t"):
                        opened.append(line.start)
                    elif opened:
                        self._closings[opened.pop()] = line.start
        closing = self._closings.get(lines[at].start)
        return next((i for i in range(at, len(lines)) if lines[i].start == closing), len(lines))

    # --- lines of one kind ----------------------------------------------------------------------

    def _heading(self, lines: list[Line], at: int, path: tuple[str, ...]) -> int:
        line = lines[at]
        match = HEADING.match(line.text)
        assert match
        if len(match[1]) == 1 and not match[2]:
            return at
        if not match[2]:
            place = line.start + match.start(3)
            self.typed.edits.append(Edit(place, place, " "))
        if line.indent and not path:
            self.typed.edits.append(Edit(line.start, line.start + line.indent, ""))
        text = match[3].rstrip()
        bare = text.rstrip("#")
        text = bare.rstrip() if bare[-1:].isspace() else text
        self.typed.leaves.append(
            Leaf((*path, f"heading {len(match[1])}"), [Line(line.start + match.start(3), text)])
        )
        below = lines[at + 1] if at + 1 < len(lines) else None
        if below and re.match(r" {0,3}[^\W\d_]", below.text) and below.text.lstrip()[0].islower():
            hint = "write the heading on one line; or leave a blank line below it"
            message = "does this line belong to the heading above?"
            self.typed.problem(below.start, message, hint)
        return at + 1

    def _mark(self, lines: list[Line], at: int, path: tuple[str, ...]) -> int:
        """`{#id}`: it names what stands below, on the next line or behind a blank one."""
        line = lines[at]
        match = MARK.match(line.text)
        if match and match[3]:
            if path and path[-1] not in BOXES:
                return at
            place = line.start + match.end(1)
            self.typed.edits.append(Edit(place, line.start + match.start(3), "\n"))
            lines[at] = line.cut(match.start(3))
            return self._named(line, lines, at, path)
        below = next((i for i in range(at + 1, len(lines)) if not lines[i].blank), len(lines))
        names = ".continued" in line.text or "#" in line.text
        if not names or below == len(lines) or is_table(lines, below):
            if names and below == len(lines):
                self._names_nothing(line)
            return at + 1
        if is_picture(lines, below) and ".continued" not in line.text:
            if below == at + 1:
                self.blank_above(lines[below])
            return below
        if NUMBER.match(lines[below].text):
            return self._named(line, lines, below, path)
        if CAPTION.match(lines[below].text):  # of a table: the line names that
            if below == at + 1:
                self.blank_above(lines[below])
            return below
        if begins(lines[below]) or lists.starts(lines[below]) or QUOTE.match(lines[below].text):
            self._names_nothing(line)
        elif below > at + 1:
            self.typed.edits.append(Edit(lines[at + 1].start, lines[below].start, ""))
        return self._named(line, lines, below, path)

    def _names_nothing(self, line: Line) -> None:
        hint = "put it directly above a paragraph, a recommendation, a table or a picture"
        self.typed.problem(
            line.start + line.indent, "there is nothing that this line could name", hint
        )

    def _named(self, named: Line, lines: list[Line], at: int, path: tuple[str, ...]) -> int:
        number = NUMBER.match(lines[at].text)
        if number and ".continued" in named.text:
            lists.as_text(self, lines[at])
            end = self._paragraph(lines, at, path)
            self.typed.leaves[-1].goes_on = True
            return end
        if number and number[3].isdigit():
            message = "a paragraph's number was typed, and would be printed beside the true one"
            hint = "delete it: paragraphs are numbered by the program"
            self.typed.problem(lines[at].start, message, hint)
            return self._paragraph(lines, at, path)
        return at

    def _quotation(self, lines: list[Line], at: int, path: tuple[str, ...]) -> int:
        end = at
        inside: list[Line] = []
        while end < len(lines) and QUOTE.match(lines[end].text):
            text = lines[end].text
            cut = text.index(">") + 1
            inside.append(lines[end].cut(cut + text.startswith(" ", cut)))
            end += 1
        if end < len(lines) and not lines[end].blank:
            if begins(lines[end]):
                self.blank_above(lines[end])
            else:
                hint = "put > before it, if it belongs to the quotation; else leave a blank line above it"
                message = "does this line belong to the quotation above?"
                self.typed.problem(lines[end].start, message, hint)
        self.read(inside, (*path, "quote"))
        return end

    def _footnote(self, lines: list[Line], at: int, path: tuple[str, ...]) -> int:
        match = NOTE.match(lines[at].text)
        if match and path[-1:] == ("box",):
            hint = "move it below the box, to the end of the file"
            self.typed.problem(lines[at].start, "the text of a footnote stands in a box", hint)
        if path not in ((), ("confidential",)) or not match:
            return at
        inside = [lines[at].cut(match.end())]
        end = at + 1
        while end < len(lines):
            line = lines[end]
            if line.blank:
                below = next((i for i in range(end, len(lines)) if not lines[i].blank), -1)
                if below < 0 or lines[below].indent < 4:
                    break
            elif NOTE.match(line.text):
                break
            elif begins(line):
                self.blank_above(line)
                break
            else:
                self.goes_on(inside[-1], line, "the footnote", "four blanks")
            inside.append(line.cut(min(line.indent, 4)))
            end += 1
        inner = Typed(edits=self.typed.edits, problems=self.typed.problems)
        Blocks(inner, self.body).read(inside, ("note",))
        self.typed.notes.setdefault(match[1], inner.leaves)
        return end

    def _address(self, lines: list[Line], at: int, path: tuple[str, ...]) -> int:
        match = ADDRESS.match(lines[at].text)
        if path or not match:
            return at
        self.typed.addresses[match[1].lower()] = match[2]
        if self._labels is None:
            used = re.findall(r"\[([^\[\]\n]+)\](?!:)", self.body)
            self._labels = {label.lower() for label in used}
        if match[1].lower() not in self._labels:
            message = f"this line gives [{match[1]}] an address, and would not be printed"
            hint = f"a footnote begins with [^{match[1]}]:, and [^{match[1]}] stands in the text"
            self.typed.problem(lines[at].start, message, hint)
        return at + 1

    def _rule(self, lines: list[Line], at: int, path: tuple[str, ...]) -> int:
        """A line across the page is refused by load/allowed.py, where pandoc takes it for one."""
        if CONFLICT.match(lines[at].text) and not path:
            return self._conflict(lines, at, path)
        below = lines[at + 1] if at + 1 < len(lines) else None
        if below and not below.blank:
            near = range(at + 1, min(at + _NEAR, len(lines)) if _KEY.match(below.text) else 0)
            settings = next((i for i in near if re.match(r"(-{3}|\.{3})\s*$", lines[i].text)), 0)
            message = "settings stand here" if settings else "a line of signs stands here"
            hint = (
                "move them to the front matter at the head of the file"
                if settings
                else "remove it: neither lines across the page nor headings are drawn like this"
            )
            self.typed.problem(lines[at].start, message, hint)
            return (settings or at) + 1
        return at + 1

    def _conflict(self, lines: list[Line], at: int, _path: tuple[str, ...]) -> int:
        message = "a mark of git stands here: two versions of this text were never settled"
        hint = "keep one of the two, or both, and remove the lines <<<<<<<, ======= and >>>>>>>"
        self.typed.problem(lines[at].start, message, hint)
        return at + 1

    def _caption(self, lines: list[Line], at: int, path: tuple[str, ...]) -> int:
        if not lines[at].text.lstrip().startswith(":"):
            return at
        end = tables.end_of_paragraph(lines, at)
        if at + 1 < len(lines) and any(
            is_table(lines, i) for i in range(end, min(end + 2, len(lines)))
        ):
            return tables.read(self, lines, at, path)
        message = "a line that begins with a colon is the caption of a table, and none is here"
        hint = "put it below the table, with one blank line between; or a backslash before it"
        self.typed.problem(lines[at].start, message, hint)
        return end

    def _code(self, lines: list[Line], at: int) -> int:
        """Lines that are indented by four become program code, which load/allowed.py refuses."""
        while at < len(lines) and (lines[at].blank or lines[at].indent >= 4):
            at += 1
        return at

    # --- running text ---------------------------------------------------------------------------

    def _paragraph(self, lines: list[Line], at: int, path: tuple[str, ...]) -> int:
        leaf = Leaf((*path, "text"), [lines[at]])
        self.typed.leaves.append(leaf)
        number = _NUMBER_TYPED.match(lines[at].text)
        if number and not path:
            self.typed.lone.append((int(number[1] or number[2]), lines[at].start))
        if DASH.match(lines[at].text) and at + 1 < len(lines) and DASH.match(lines[at + 1].text):
            self.typed.problem(lines[at].start, "lines that begin with a dash make no list", _LIST)
        end = at + 1
        while end < len(lines) and not lines[end].blank:
            if self._interrupts(lines, end, path) or self._apart(lines, end, path):
                break
            leaf.lines.append(lines[end])
            end += 1
        if "cell" not in path:
            self._end(leaf.lines[-1])
        item = unread_list(leaf.lines, bool(path) and path[-1].startswith("item"))
        if item:
            self.typed.problem(item.start, "these lines look like a list, and are none", _LIST)
        row = unread_table(leaf.lines)
        if row:
            self.typed.problem(row.start, "these lines look like a table, and are none", _TABLE)
        return end

    def _apart(self, lines: list[Line], at: int, path: tuple[str, ...]) -> bool:
        """Whether a text ends with a line that is a picture, which gets its caption where it stands alone."""
        last = at + 1 == len(lines) or lines[at + 1].blank
        apart = last and set(path) <= set(BOXES) and is_picture(lines, at)
        if apart:
            self.blank_above(lines[at])
        return apart

    def _end(self, line: Line) -> None:
        """Blanks at the end of an item would print an empty line below it."""
        bare = line.text.rstrip(" \t")
        if bare != line.text:
            self.typed.edits.append(Edit(line.start + len(bare), line.start + len(line.text), ""))

    def _interrupts(self, lines: list[Line], at: int, path: tuple[str, ...]) -> bool:
        """Whether another block begins in the middle of lines of text."""
        line, above = lines[at], lines[at - 1]
        text = line.text
        if begins(line) or is_table(lines, at):
            self.blank_above(line)
            return True
        if CONFLICT.match(text):
            self._conflict(lines, at, path)
            return True
        if RULE.match(text):
            message = "a line of signs stands below this text"
            hint = "a heading begins with ##; a line across the page cannot be used: remove it"
            self.typed.problem(line.start, message, hint)
            return True
        if QUOTE.match(text):
            return self._quotation_below(line, above)
        if lists.starts(line):
            return lists.below(self, lines, at, path, bool(_ENDS_OPEN.search(above.text)))
        if CAPTION.match(text) and text.lstrip().startswith(":"):
            return bool(self._caption(lines, at, path))
        if HEADING.match(text) and not path:
            hint = "a heading begins with ## and a blank; put a backslash before # to print it"
            self.typed.problem(line.start, "is this a heading?", hint)
        return False

    def _quotation_below(self, line: Line, above: Line) -> bool:
        if ENDS.search(above.text):
            self.blank_above(line)
            return True
        message = "does a quotation begin here?"
        hint = (
            "leave a blank line above it, if it does; to print the sign, put a backslash before >"
        )
        self.typed.problem(line.start, message, hint)
        return True


Read = Callable[[Blocks, list[Line], int, tuple[str, ...]], int]

# what a line may begin; a reader that gives the same line back has not read it
_READERS: tuple[tuple[re.Pattern[str], Read], ...] = (
    (CONFLICT, Blocks._conflict),
    (FENCE, Blocks._fence),
    (HEADING, Blocks._heading),
    (MARK, Blocks._mark),
    (BRACES, lambda _blocks, _lines, at, path: at if path and path[-1] not in BOXES else at + 1),
    (NOTE, Blocks._footnote),
    (ADDRESS, Blocks._address),
    (GRID, tables.read),
    (RULE, Blocks._rule),
    (QUOTE, Blocks._quotation),
    (BULLET, lists.read),
    (NUMBER, lists.read),
    (CAPTION, Blocks._caption),
)
