"""Plain text: its lines, without what was printed around a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.machine.files import MAX_REFERENCES, read_bytes
from shadowreport.observations.block import Block, plain
from shadowreport.observations.lines import HEADING_MARK, MARK, Line, blocks, furniture
from shadowreport.observations.page_feet import without_notes

_FIRST = 15  # lines in which the symbol is no running head
_MARK_ALONE = re.compile(rf"\d{{1,3}}[.)]|\(?[^\W\d_]{{1,4}}\)|{HEADING_MARK.pattern}")

_NO_BEGINNING = re.compile(r"\d+\s?[).,;:]")  # 16): the end of a sentence
_ASTRAY = ("a number, and behind it words of another place",)


def read_typed(path: Path, symbol: re.Pattern[str]) -> list[Block]:
    """The blocks of a text file. Raises Failure."""
    return list(blocks(list(_marked(_lines(_text(path), path.name, symbol)))))


def _text(path: Path) -> str:
    data = read_bytes(path, path.name, MAX_REFERENCES)
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start + 1} (0x{data[error.start]:02x}) is not UTF-8"
        hint = "save the file as UTF-8"
        raise Failure([Diagnostic("not-utf8", Place(path.name, line), message, hint)]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\f\n")


def _pages(text: str, file: str) -> Iterator[list[Line]]:
    """The lines of each page as they stand, with what was printed around it."""
    lines: list[Line] = []
    gap, page = True, False
    for number, line in enumerate(text.split("\n"), 1):
        said = plain(line)
        if "\f" in line:
            yield lines
            lines, page, gap = [], True, False
        elif not said:
            gap = not page
        else:
            lines.append(Line(said, Place(file, number), gap, page))
            gap = page = False
    yield lines


def _lines(text: str, file: str, symbol: re.Pattern[str]) -> Iterator[Line]:
    """The lines without what was printed around a page; what follows that begins nothing by itself."""

    def around(said: str) -> bool:
        return furniture(said, symbol)

    pages = list(_pages(text, file))
    lines = without_notes(pages, around) if len(pages) > 1 else pages[0]
    first = min(_FIRST, pages[0][-1].place.line or 0) if pages[0] else 0
    page = False
    for line in lines:
        if (line.place.line or 0) > first and around(line.text):
            page = True
        else:
            yield replace(line, gap=line.gap and not page, page=line.page or page)
            page = False


def _marked(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, with a mark that stands in a line of its own, as programs that copy a page leave it, put
    before the words that it belongs to. One before another mark is the end of a sentence: "article / 4."."""
    mark: Line | None = None
    for line in lines:
        if mark and HEADING_MARK.fullmatch(line.text) and not HEADING_MARK.fullmatch(mark.text):
            yield line  # of a heading that a program put elsewhere
            continue
        if mark and HEADING_MARK.fullmatch(mark.text) and _MARK_ALONE.fullmatch(line.text):
            yield mark
            mark = line
            continue
        if mark and MARK.match(line.text):
            yield mark
        elif mark:
            astray = mark.text[0].isdigit() and _NO_BEGINNING.match(line.text)
            line = replace(mark, text=f"{mark.text} {line.text}", doubts=_ASTRAY if astray else ())
        mark = None
        if _MARK_ALONE.fullmatch(line.text):
            mark = line
        else:
            yield line
    if mark:
        yield mark
