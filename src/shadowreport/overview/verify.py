"""`invoke verify`: whether the words that a report quotes stand in the copies of its sources.

Copies lie in `archive/`, outside of git, each under the key of its source: archive/labour-code.pdf. Letters and
digits are compared, whatever marks, blanks, hyphens and lines stand between them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from shadowreport.core.evidence import all_evidence
from shadowreport.core.layout import SOURCES
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Evidence, Place, Report
from shadowreport.gate.opening import pieces
from shadowreport.gate.pieces import Faults, Piece
from shadowreport.machine.files import read_bytes
from shadowreport.overview.quotations import Quotation, quotations

ARCHIVE = "archive"
_LIMIT = 100_000_000  # bytes of a copy
_OMITTED = re.compile(r"\[[^\]]*\]|…|\.\s?\.\s?\.")  # what an author left out, or put in
_PAGE = re.compile(r"page \d+")
_NEAR = 600  # letters at the head of a page among which a quotation may go on
_SURE = 12  # letters of a part of a quotation, so that it is no accident
_HINT = 8  # letters that are enough to say how the source goes on
_TOLD = 14  # words of the source that are told where it reads otherwise


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of it: how many were found, how many have no copy to look into, and the problems."""

    found: int
    unseen: int
    diagnostics: tuple[Diagnostic, ...]


def verify(report: Report, project: Path) -> Verified:
    """Looks for every quotation that names its place in the copies of its sources."""
    wanted = list(quotations(report))
    keys = dict.fromkeys(key for item in wanted for key in item.keys)
    copies = {key: _copies(project, key) for key in keys}
    problems = [item for key in keys for item in _changed(report, key, copies[key])]
    texts: dict[str, list[_Text]] = {}
    for key in keys:
        texts[key], faults = _read(copies[key], project)
        problems += faults
    seen = [item for item in wanted if any(texts[key] for key in item.keys)]
    missing = [item for item in seen if not _stands(item, texts)]
    problems += [_told(item, texts) for item in missing]
    problems += [_without(report, key) for key in keys if not copies[key]]
    problems += [told for item in all_evidence(report) for told in _kept(item, project)]
    return Verified(len(seen) - len(missing), len(wanted) - len(seen), tuple(problems))


def _copies(project: Path, key: str) -> list[Path]:
    name = re.sub(r"[^\w.-]", "_", key)
    found = (project / ARCHIVE).glob("*")
    return sorted(path for path in found if path.stem == name and path.is_file())


def _changed(report: Report, key: str, copies: list[Path]) -> Iterator[Diagnostic]:
    """Copies that are others than those whose sums sources.yaml has."""
    custom = report.sources.get(key, {}).get("custom")
    wanted = custom.get("sha256") if isinstance(custom, Mapping) else None
    if copies and wanted:
        sums = {hashlib.sha256(path.read_bytes()).hexdigest() for path in copies}
        if wanted not in sums:
            message = f"the copy of '{key}' is not the one whose sum stands here (custom: sha256:)"
            hint = "look which of them is right"
            yield Diagnostic("copy-changed", _place(report, key), message, hint)


def _kept(item: Evidence, project: Path) -> Iterator[Diagnostic]:
    """A copy of what is on file that is not there, or is another."""
    path = project / ARCHIVE / item.file
    if not item.file:
        return
    if not path.is_file():
        message = f"there is no copy of this evidence: {ARCHIVE}/{item.file}"
        yield Diagnostic("copy-missing", item.on_file.place, message, "put it there")
    elif item.sha256 and hashlib.sha256(path.read_bytes()).hexdigest() != item.sha256:
        message = f"{ARCHIVE}/{item.file} is not the file whose sum stands here (sha256:)"
        yield Diagnostic("copy-changed", item.on_file.place, message, "look which of them is right")


def _place(report: Report, key: str) -> Place:
    return report.source_places.get(key, Place(SOURCES))


def _without(report: Report, key: str) -> Diagnostic:
    message = f"'{key}' is quoted, and there is no copy of it to look into"
    hint = f"put one into {ARCHIVE}/, as {ARCHIVE}/{key}.pdf, .docx, .html or .txt"
    return Diagnostic("copy-missing", _place(report, key), message, hint)


def _stands(item: Quotation, texts: Mapping[str, list[_Text]]) -> bool:
    return any(text.holds(item.words) for key in item.keys for text in texts[key])


def _told(item: Quotation, texts: Mapping[str, list[_Text]]) -> Diagnostic:
    shown = f"{item.words[:60]}…" if len(item.words) > 60 else item.words
    goes = next(
        filter(None, (text.otherwise(item.words) for key in item.keys for text in texts[key])), ""
    )
    message = f"'{shown}' does not stand in the copy of {' or '.join(item.keys)}"
    hint = f"the copy goes on: '{goes}'" if goes else "look whether it is another source"
    return Diagnostic("quotation-not-found", item.place, message, hint)


# --- the texts of copies --------------------------------------------------------------------------


def _read(copies: list[Path], project: Path) -> tuple[list[_Text], list[Diagnostic]]:
    texts: list[_Text] = []
    problems: list[Diagnostic] = []
    for path in copies:
        name = path.relative_to(project).as_posix()
        try:
            data = read_bytes(path, name, _LIMIT)
        except Failure as failure:
            problems += failure.diagnostics
            continue
        text = _Text(_pages(data))
        if text.letters:
            texts.append(text)
        else:
            message = "this copy has no text that can be read; it may be a picture of pages"
            problems.append(Diagnostic("not-searched", Place(name), message, "look yourself"))
    return texts, problems


def _pages(data: bytes) -> list[str]:
    """The pages of a PDF; whatever else is one."""
    found = [piece for piece in pieces(data, (), Faults()) if not piece.binary]
    pages = [piece.text for piece in found if _is_page(piece)]
    return _bare(pages) if pages else ["\n".join(piece.text for piece in found)]


def _is_page(piece: Piece) -> bool:
    return len(piece.where) == 1 and bool(_PAGE.fullmatch(piece.where[0]))


def _bare(pages: list[str]) -> list[str]:
    """Pages without running heads and their numbers: first and last lines that stand on three pages."""
    lines = [[line for line in page.splitlines() if line.strip()] for page in pages]
    edges = Counter(
        edge for page in lines for edge in {re.sub(r"\d+", "#", line) for line in _edge(page)}
    )
    running = {edge for edge, count in edges.items() if count > 2 or edge.strip() == "#"}
    return [
        "\n".join(
            line
            for line in page
            if not (line in _edge(page) and re.sub(r"\d+", "#", line) in running)
        )
        for page in lines
    ]


def _edge(page: list[str]) -> list[str]:
    return [*page[:2], *page[-2:]]


def _folded(text: str) -> str:
    """The letters and digits of a text alone, without marks and capitals."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if sign.isalnum()).casefold()


class _Text:
    """The text of a copy, page by page."""

    def __init__(self, pages: list[str]) -> None:
        self._plain = "\n".join(pages)
        self._pages = [_folded(page) for page in pages]
        self._places: list[int] = []  # in the plain text, of each letter
        for at, sign in enumerate(self._plain):
            self._places += [at] * len(_folded(sign))
        self.letters = "".join(self._pages)
        words = re.sub(r"\w", "a", self._plain) + " "
        self._words = words  # to see where a word begins and ends

    def holds(self, words: str) -> bool:
        """Whether all parts of a quotation stand in the text: between them the author left something out."""
        parts = [_folded(part) for part in _OMITTED.split(words)]
        if not any(parts):
            return False
        # at its ends no word is cut, unless the author says so
        return all(
            self._part(part, nth == 0, nth == len(parts) - 1)
            for nth, part in enumerate(parts)
            if part
        )

    def _part(self, part: str, first: bool, last: bool) -> bool:
        whole = (
            (not first or self._begins(start)) and (not last or self._ends(start + len(part)))
            for start in _starts(part, self.letters)
        )
        return any(whole) or self._with_notes(part) or self._over_pages(part)

    def _begins(self, at: int) -> bool:
        place = self._places[at]
        return place == 0 or self._words[place - 1] != "a"

    def _ends(self, at: int) -> bool:
        return self._words[self._places[at - 1] + 1] != "a"

    def _with_notes(self, part: str) -> bool:
        """Whether it stands there with the numbers of footnotes behind words."""
        pattern = r"\d{0,3}".join(map(re.escape, re.findall(r"\d+|\D", part)))
        found = re.finditer(pattern, self.letters) if len(part) >= _SURE else ()
        return any(self._begins(match.start()) and self._ends(match.end()) for match in found)

    def _over_pages(self, part: str) -> bool:
        """Whether it goes on on the next page, below what stands at the end of the one before."""
        for page, following in zip(self._pages, self._pages[1:], strict=False):
            cut = _longest(part, page)
            for at in range(cut, max(_SURE, cut - 4), -1) if cut >= _SURE else ():
                if len(part) - at >= _SURE and part[at:] in following[: len(part) + _NEAR]:
                    return True
        return False

    def otherwise(self, words: str) -> str:
        """How the text goes on where a quotation departs from it; empty where it is not known."""
        part = _folded(_OMITTED.split(words)[0])
        cut = _longest(part, self.letters)
        if cut < _HINT:
            return ""
        at = self._places[self.letters.index(part[:cut]) + cut - 1]
        start = self._plain.rfind(" ", 0, max(0, at - 30)) + 1
        return " ".join(self._plain[start : at + 80].split()[:_TOLD])


def _starts(part: str, text: str) -> Iterator[int]:
    """Where a part stands in a text."""
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _longest(part: str, text: str) -> int:
    """How many letters at the head of a part stand in a text."""
    low, high = 0, len(part)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if part[:middle] in text else (low, middle - 1)
    return low
