"""Checks of numbers and symbols: typed paragraph numbers, UN symbols, totals of tables."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import takewhile
from typing import Any, NamedTuple

from shadowreport.checks.prose import BLANK, Passage, bodies, found_in
from shadowreport.core.ast import plain, tables
from shadowreport.core.column_widths import positions
from shadowreport.core.lexicon import Language, Lexicon
from shadowreport.core.numbering import RANGE, number
from shadowreport.core.phrases import one_of, pattern
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place, Report, Section
from shadowreport.machine.cache import key_of


def typed_numbers(report: Report) -> Iterator[Diagnostic]:
    """A typed number of a paragraph goes stale at the next edit; a reference does not."""
    finds, foreign, told = _typed(report.speech.language)
    by = key_of(finds.pattern, foreign.pattern)

    def find(passage: Passage) -> Iterator[tuple[int, str]]:
        for start, end in _around(told, passage.text):
            for match in finds.finditer(passage.text, start, end):
                if not match.lastgroup or _is_own(passage.text, match, foreign):
                    yield match.start(), " ".join(match[0].split())

    for passage in bodies(report):
        for offset, typed in found_in(passage, "typed-numbers", by, find):
            yield passage.problem(
                "typed-number", offset, f"'{typed}' is a typed number", _REFERENCE
            )


_REFERENCE = (
    "write @par-ID, or @sec-NAME for the paragraphs of a section; "
    "@tbl-NAME or @fig-NAME for a table or a figure"
)
_NUMBER = r"\d{1,4}(?!\d)(?:\.\d{1,4}(?!\d))?"
_GAP = r"(?:[^\S\n]|\n(?!\s*\n))"  # no blank line
_ENDS = re.compile(r"\s*(?:[.:;!?)。；：！？）؛؟](?!\w)|[。；）]|\n[ \t]*\n|\Z)")
_GOES_ON = re.compile(r",?\s+(\w)")


def _around(told: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """The paragraphs of a text in which something is found, by their beginnings and ends: most have none,
    and a long search is spared."""
    end = -1
    for match in told.finditer(text):
        if match.end() > end:
            start = max(end, text.rfind("\n\n", 0, match.start()), 0)
            found = text.find("\n\n", match.end())
            end = found if found >= 0 else len(text)
            yield start, end


def _typed(language: Language) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What finds a number that a language gives something of the same report; what says behind one that
    it is not; and words without which there is none. A group has matched where nothing but the words behind
    tells which it is."""
    words = partial(language.list, "references")
    joined = one_of(words("joined_by"))
    numbers = rf"{_NUMBER}(?:\s*(?:–|--?|—|,|、|{joined})\s*{_NUMBER}){{0,9}}"
    paragraph, other, last = (one_of(words(key)) for key in ("paragraph", "other", "behind_number"))
    what = (
        rf"(?:(?:{paragraph}\s+|{other}\s*){numbers}"
        rf"|(?:{paragraph}\s*|(?<![\w.])){numbers}\s{{0,3}}-?\s{{0,3}}{last})"
    )
    near = one_of(words("before"), words("after"), words("own"))
    see = one_of(words("see"))
    beside = rf"(?:{_GAP}|[,，(（]){{0,4}}"
    finds = re.compile(
        rf"{what}{beside}{near}"
        rf"|(?P<seen>(?<!\w){see}\s*(?!{what}{beside}{near}){what})"
        rf"|(?P<near>{near}{beside}(?:\w{{1,4}}{_GAP}){{0,2}}{what})"
        rf"|{what}{_GAP}{see}",
        re.IGNORECASE,
    )
    behind = rf",?{_GAP}{{0,4}}"
    foreign = rf"{behind}{one_of(words('foreign'))}|(?P<joined>{behind}{joined})"
    return finds, re.compile(foreign, re.IGNORECASE), re.compile(f"{near}|{see}", re.IGNORECASE)


def _is_own(text: str, match: re.Match[str], foreign: re.Pattern[str]) -> bool:
    """Whether what follows a number leaves it to this report: paragraph 7 of the Convention is not."""
    end, is_near = match.end(), bool(match["near"])
    other = foreign.match(text, end)
    if other:
        return is_near and bool(other["joined"])
    goes_on = _GOES_ON.match(text, end)
    return is_near or bool(_ENDS.match(text, end) or (goes_on and goes_on[1].islower()))


def typed_heads(report: Report) -> Iterator[Diagnostic]:
    """A paragraph does not begin with a number behind the word for it, in any language: Para. 12; 12-тармақ."""
    finds = _head(report.speech.lexicon)
    for section in report.sections:
        for item in section.paragraphs():
            match = finds.match(plain(item.blocks))
            if match and (match["sign"] or match["next"].isupper()):
                typed = " ".join(match["typed"].split())
                message = (
                    f"is '{typed}' this paragraph's number? It would be printed beside its own"
                )
                yield Diagnostic("typed-number", item.place, message, _GIVEN)


_GIVEN = "delete it: the program gives the numbers; to refer to another paragraph, write @par-ID"


def _head(lexicon: Lexicon) -> re.Pattern[str]:
    words = partial(lexicon.all, "references")
    before, behind = one_of(words("paragraph")), one_of(words("behind_number"))
    typed = rf"第?{_NUMBER}\s?-?\s?{behind}|{before}\s*{_NUMBER}"
    return re.compile(rf"(?P<typed>{typed})(?P<sign>\s?[.):：、—–-])?\s*(?P<next>[^\W\d_])")


def one_or_several(report: Report) -> Iterator[Diagnostic]:
    """The word before a reference fits how many paragraphs it refers to."""
    one, several = (
        pattern((report.speech.language.list("references", name),), re.IGNORECASE)
        for name in ("one", "several")
    )
    labels = number(report)
    for passage in bodies(report):
        if "@" not in passage.source:
            continue
        for match in _ALONE.finditer(passage.source):
            label, typed = labels.get(match["key"]), match["word"]
            if not label or not label.text or BLANK in passage.text[match.start("word")]:
                continue
            wrong = one if RANGE in label.text else several
            if wrong.fullmatch(typed):
                count = "several paragraphs" if RANGE in label.text else "one paragraph"
                message = f"'{typed} {label.text}': @{match['key']} is {count}"
                hint = f"write the word for {count} before it"
                yield passage.problem("one-or-several", match.start(), message, hint)


# a word, a reference, and no other one that commas or short words ("and", "to") join to it
_ALONE = re.compile(
    r"(?<![^\W\d_])(?P<word>[^\W\d_]+\.?)\s+@(?P<key>(?:sec|par)-(?:\w|-(?=\w))+)"
    r"(?!(?:[\s,–—-]|\([^()\n]{0,9}\)|\b[^\W\d_]{1,6}\b){0,8}[@\d])"
)


_NOTE_BEGINS = rf"(?:^{BLANK}+|[\[(（【])[^\S\n]*"  # a footnote's label is blanked
_ENDED = r"(?=[^\S\n]*(?:[.,;:)\]，。；：）】،؛]|$))"


def typed_ibid(report: Report) -> Iterator[Diagnostic]:
    """A typed "Ibid." names what stands in the note before it today; a citation is printed so where it is right.
    The report's own words for it are also ordinary ones: they count where a note or brackets begin."""
    own = re.escape(report.speech.language.notes["ibid"].rstrip("."))
    finds = re.compile(
        rf"(?<!\w)ibid(?:em)?(?!\w)|{_NOTE_BEGINS}(?P<own>{own}){_ENDED}",
        re.IGNORECASE | re.MULTILINE,
    )
    for passage in bodies(report):
        for match in finds.finditer(passage.text):
            part = match.lastgroup or 0
            message = (
                f"'{match[part]}' is typed, and names another source once a note comes before it"
            )
            hint = "cite the source again: [@KEY, p. 7] is printed so wherever that is right"
            yield passage.problem("typed-ibid", match.start(part), message, hint)


# --- symbols of documents -----------------------------------------------------------------------


def symbols(report: Report) -> Iterator[Diagnostic]:
    """A UN symbol in the text is one of references/: of a cycle's document or a source."""
    lexicon = report.speech.lexicon
    known = {cycle.symbol for cycle in report.cycles}
    known |= set(_symbols_of(list(report.sources.values()), lexicon))
    seen: set[str] = set()
    for passage in bodies(report):
        for start, symbol in lexicon.symbols_in(passage.text):
            is_series = not any(map(str.isdigit, symbol))  # such as CERD/C/KAZ/FCO
            if symbol not in known and symbol not in seen and not is_series:
                seen.add(symbol)
                near = difflib.get_close_matches(symbol, known, n=1, cutoff=0.85)
                hint = (
                    f"did you mean {near[0]}?"
                    if near
                    else "check it, then add it to references/sources.yaml"
                )
                message = f"the symbol {symbol} is in no file of references/"
                yield passage.problem("unknown-symbol", start, message, hint)


def _symbols_of(value: Any, lexicon: Lexicon) -> Iterator[str]:
    if isinstance(value, str):
        yield from (symbol for _, symbol in lexicon.symbols_in(value))
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _symbols_of(item, lexicon)


# --- totals -------------------------------------------------------------------------------------

_MARKS = ",."  # before the decimals; the other of the two parts thousands


def totals(report: Report) -> Iterator[Diagnostic]:
    """The figures of a column add up to the total that the table states. Shares may be off by
    what rounding can do."""
    total = pattern(report.speech.check("totals"), re.IGNORECASE)
    part = pattern(report.speech.check("parts_of_totals"), re.IGNORECASE)
    own = report.speech.language.decimal_mark
    marks = sorted(_MARKS, key=lambda mark: mark != own)
    for section in report.sections:
        for item in section.paragraphs():
            for table in tables(item.blocks):
                yield from _table(section, table, item.place.line, total, part, marks)


def _table(
    section: Section,
    table: Any,
    line: int,
    total_row: re.Pattern[str],
    part: re.Pattern[str],
    marks: Sequence[str],
) -> Iterator[Diagnostic]:
    rows = _by_columns([row for body in table["c"][4] for row in body[3]], len(table["c"][2]))
    totalled = [at for at, row in enumerate(rows) if any(map(total_row.match, _labels(row)))]
    if len(totalled) != 1 or len(rows) < 3 or not total_row.match(rows[totalled[0]][0].text):
        return
    stated = rows.pop(totalled[0])
    parts = [row for row in rows if not any(map(part.match, _labels(row)))]
    for column, cell in enumerate(stated[1:], 1):
        cells = [row[column] for row in parts]
        if any(item.merged for item in (cell, *cells)):
            continue  # of which column its figure is, nobody can tell
        texts = [item.text for item in cells]
        # "1.000" is a thousand to one author and one to another: a total is wrong if it is so to both
        readings = [read for mark in marks if (read := _read(cell.text, texts, mark))]
        if readings and all(abs(added - total) > slack for added, total, slack in readings):
            added, total, _ = readings[0]
            message = f"column {column + 1} adds up to {added:,.10g}, the total says {total:,.10g}"
            place = Place(section.file, _line_of(section, [item.text for item in stated], line))
            hint = "correct a figure, or say what is missing"
            yield Diagnostic("wrong-total", place, message, hint)


class _Cell(NamedTuple):
    """What stands in a column of a row."""

    text: str = ""
    merged: bool = False  # its cell reaches into other columns or rows


def _by_columns(rows: Sequence[Any], count: int) -> list[list[_Cell]]:
    """What stands in each column of each row: a merged cell in all that it reaches over."""
    found = [[_Cell()] * count for _ in rows]
    for at, (row, columns) in enumerate(zip(rows, positions(rows, count), strict=True)):
        for cell, column in zip(row[1], columns, strict=True):
            high, wide = cell[2:4]
            said = _Cell(" ".join(plain(cell[4]).split()), high > 1 or wide > 1)
            for below in found[at : at + high]:
                below[column : column + wide] = [said] * len(below[column : column + wide])
    return found


def _labels(row: Sequence[_Cell]) -> Iterator[str]:
    """The names of a row: what stands before its first figure."""
    return takewhile(lambda text: not text[:1].isdigit(), (cell.text for cell in row))


def _read(cell: str, cells: Sequence[str], mark: str) -> tuple[float, float, float] | None:
    """What the cells of a column add up to, what its total says, and by how much they may differ;
    None where they are not all numbers with this decimal mark."""
    total, figures = _figure(cell, mark), [_figure(text, mark) for text in cells]
    known = [figure for figure in figures if figure is not None]
    if total is None or len(known) < 2 or len(known) != len(figures):
        return None
    decimals = [count for text in (cell, *cells) if (count := _decimals(text, mark))]
    rounded = "%" in cell or any(value != int(value) for value in known)
    unit = 0.1 ** min(
        decimals, default=1
    )  # of the last decimal: 4,600 may be 4.6, and is exact to 0.001
    return sum(known), total, 0.6 * unit * len(known) if rounded else 0


def _decimals(cell: str, mark: str) -> int:
    return len(re.sub(r"\D+$", "", cell.partition(mark)[2]))


def _figure(cell: str, mark: str) -> float | None:
    cell = cell.strip().rstrip("%* ").strip()
    other = _MARKS.replace(mark, "")
    apart = rf"[ {other}\u00a0\u202f]"
    if not re.fullmatch(rf"-?(\d{{1,3}}(?:{apart}\d{{3}})+|\d+)(?:[{mark}]\d+)?", cell):
        return None
    return float(re.sub(apart, "", cell).replace(mark, "."))


def _line_of(section: Section, row: list[str], line: int) -> int:
    """The line of a table's row: the first one below its paragraph that has the row's cells."""
    for at, text in enumerate(section.source.split("\n"), section.source_line):
        if at >= line and all(cell in text for cell in row if cell):
            return at
    return line
