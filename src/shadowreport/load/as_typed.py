"""What can be said of a body from its typed text alone, before or beside pandoc's reading of it: edges of boxes
that nothing closes, marks of confidential text, footnotes without a text or a mark, runs made to exhaust."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping

from shadowreport.core.ast import tables, walk
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Block
from shadowreport.core.rows import is_held, rows_of
from shadowreport.source.locate import Locator
from shadowreport.source.typed import confidential

_FOOTNOTE_MARK = re.compile(r"(?<!\\)\[\^([^\[\]\s]+)\]")
_FOOTNOTE_DEFINITION = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:", re.MULTILINE)
# so it is typed where a colon has a blank before it, as in French, or is a wide one, as in Chinese; pandoc reads a mark
_FOOTNOTE_APART = re.compile(
    r"^ {0,3}\[\^(?P<label>[^\[\]\s]+)\](?P<colon>[^\S\n]+[:\uff1a]|\uff1a)", re.MULTILINE
)
_BORDER = re.compile(r"^(?:[ \t]*|:::.*|#.*)\n", re.MULTILINE)  # below it begins another block
_FENCE = re.compile(r"^ {0,3}:{3,}(.*)$", re.MULTILINE)
# No text needs them, and everything that looks for a pattern in a text (pandoc, the checks of
# wording) can be made to look again and again at such a run: length is what makes that expensive.
_LONG_RUN = re.compile(
    r"(?<!\S)(?P<word>\S{2001})|(?<![^\S\n])(?P<space>[^\S\n]{1001})|^(?P<line>[^\n]{20001})",
    re.MULTILINE,
)
_LONG = {"word": "a word of more than 2,000 characters", "space": "a gap of more than 1,000 spaces"}
_MAX_UNCLOSED = 20


def problems_as_typed(source: str, file: str, first_line: int) -> list[Diagnostic]:
    """The problems of the text of a body, whose first line is line `first_line` of `file`. Raises Failure for one
    at which nothing should look any further."""
    _refuse_long_runs(source, file, first_line)
    unclosed = _fence_problems(source, file, first_line)
    if len(unclosed) > _MAX_UNCLOSED:
        raise Failure(unclosed[:_MAX_UNCLOSED])
    confidential_text = _confidential_problems(source, file, first_line)
    return [*unclosed, *confidential_text, *_footnote_problems(source, file, first_line)]


def unread(source: str, blocks: list[Block], locator: Locator) -> list[Diagnostic]:
    """Where pandoc's blocks do not hold the confidential passages and rows that were typed."""
    return [*_unread_passages(source, blocks, locator), *_unread_rows(source, blocks, locator)]


def _refuse_long_runs(source: str, file: str, first_line: int) -> None:
    match = _LONG_RUN.search(source)
    if match:
        what = _LONG.get(str(match.lastgroup), "a line of more than 20,000 characters")
        place = Locator(source, file, first_line).at(match.start())
        message = f"{what} stands here"
        raise Failure([Diagnostic("too-hard-to-read", place, message, "divide or remove it")])


def _confidential_problems(source: str, file: str, first_line: int) -> list[Diagnostic]:
    locator = Locator(source, file, first_line)
    return [
        Diagnostic(problem.code, locator.at(problem.at), problem.message, problem.hint)
        for problem in confidential.problems(source)
    ]


def _unread_passages(source: str, blocks: list[Block], locator: Locator) -> list[Diagnostic]:
    """Where pandoc does not take for a confidential passage what was typed as one."""
    typed = sorted(confidential.passages(source))
    read = [element for element in walk(blocks) if element["t"] == "Div"]
    if len(typed) == sum(element["c"][0][1] == ["confidential"] for element in read):
        return []
    message = "this confidential passage is not read as one"
    hint = "leave a blank line above '::: confidential', and below the ':::' that ends it"
    glued = [first for first, _ in typed if source[:first].rpartition("\n\n")[2].strip(" \t\n")]
    return [
        Diagnostic("bad-confidential", locator.at(first), message, hint)
        for first in glued or [first for first, _ in typed] or [0]
    ]


def _unread_rows(source: str, blocks: list[Block], locator: Locator) -> list[Diagnostic]:
    """Where the mark of a confidential row does not stand in a row below the head of a table."""
    typed = [first for first, _ in confidential.rows(source)]
    # not in footnotes, where nothing looks for them
    read = sum(is_held(row) for table in tables(blocks) for row in rows_of(table)) if typed else 0
    if len(typed) == read:
        return []
    message = "a row of a table is marked as confidential here, and not every such mark is read"
    hint = "write ::: confidential at the beginning of the first cell of a row below the head; no footnote can hold it"
    return [Diagnostic(confidential.CODE, locator.at(first), message, hint) for first in typed]


def _footnote_problems(source: str, file: str, first_line: int) -> list[Diagnostic]:
    locator = Locator(source, file, first_line)
    heads_of_lines = list(_FOOTNOTE_DEFINITION.finditer(source))
    # to pandoc it begins a footnote's text below an empty line or another text of that kind only
    borders = [0, *(match.end() for match in _BORDER.finditer(source))]
    above = (borders[bisect_right(borders, match.start()) - 1] for match in heads_of_lines)
    texts = [
        match
        for start, match in zip(above, heads_of_lines, strict=True)
        if _FOOTNOTE_DEFINITION.match(source, start)
    ]
    definitions = {match[1]: match.start() for match in texts}
    heads = {match.end() - len(":") for match in heads_of_lines}
    marks = _FOOTNOTE_MARK.finditer(source)
    uses = {match[1]: match.start() for match in marks if match.end() not in heads}
    found: list[Diagnostic] = []
    starts = {match.start() for match in texts}
    for match in heads_of_lines:
        if match.start() not in starts:
            message = f"the mark of footnote '{match[1]}' is not read: it begins a line, and a colon follows"
            hint = "write it at the end of the line above; or leave an empty line above the footnote's text"
            found.append(Diagnostic("unknown-footnote", locator.at(match.start()), message, hint))
            uses.setdefault(match[1], match.start())
    without_text = uses.keys() - definitions.keys()
    found += _without_text({label: uses[label] for label in without_text}, source, locator)
    for label in sorted(definitions.keys() - uses.keys()):
        hint = f"put [^{label}] where the footnote belongs, or remove it"
        found.append(
            Diagnostic(
                "unused-footnote",
                locator.at(definitions[label]),
                f"footnote '{label}' is not used in this file",
                hint,
            )
        )
    counts = Counter(match[1] for match in texts)
    for label in sorted(label for label, count in counts.items() if count > 1):
        found.append(
            Diagnostic(
                "duplicate-id",
                locator.at(definitions[label]),
                f"footnote '{label}' has two texts in this file",
                "give one of them another label",
            )
        )
    return found


def _without_text(uses: Mapping[str, int], source: str, locator: Locator) -> Iterator[Diagnostic]:
    """What to do about footnotes without a text, by their labels: it may be there, behind a colon that is none to pandoc."""
    apart = {match["label"]: match for match in _FOOTNOTE_APART.finditer(source)}
    for label in sorted(uses):
        match = apart.get(label)
        if match is None:
            at, message = uses[label], f"footnote '{label}' has no text in this file"
            hint = f"add a line '[^{label}]: ...' at the end of this file"
        else:
            blank = match["colon"][0].isspace()
            why, do = (
                ("a blank stands before its colon", "remove that blank")
                if blank
                else ("its colon is a wide one", "type a plain colon")
            )
            at, message = match.start(), f"the text of footnote '{label}' is not read: {why}"
            hint = f"{do}: [^{label}]: ..."
        yield Diagnostic("unknown-footnote", locator.at(at), message, hint)


def _fence_problems(source: str, file: str, first_line: int) -> list[Diagnostic]:
    locator = Locator(source, file, first_line)
    opened: list[tuple[str, int]] = []
    for match in _FENCE.finditer(source):
        name = match[1].strip(" \t").rstrip(" \t:")
        if name:
            opened.append((name, match.start()))
        elif opened:
            opened.pop()
    return [
        Diagnostic(
            "bad-box",
            locator.at(offset),
            f"'::: {name}' is never closed",
            "put ::: on a line of its own below it",
        )
        for name, offset in opened
    ]
