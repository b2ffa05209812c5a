"""The running text of a report, as checks of wording see it.

A passage is a piece of text of which every character can be placed. In a section's passage all that
is not prose (addresses, citations, ids, labels, notes between reviewers) is blanked out, character
for character, so that an offset in the passage is an offset in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place, Report, Section
from shadowreport.machine.cache import pack, remembered, unpack
from shadowreport.source.locate import Locator

_NEAR = 150
BLANK = "\x01"  # stands where something was taken out; neither a space nor part of a word

_NOT_PROSE = re.compile(
    r"""
      <!--(?:(?!-->)[\s\S])*-->                          # a private remark
    | ^[ ]{0,3}:::[^\n]*$                                # the marks of a box
    | ^[ ]{0,3}\[\^[^\]\s]+\]:                           # the label of a footnote's text
    | \[\^[^\]\s]+\]                                     # a footnote mark
    | (?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:[ ]"[^"]*")?\)   # a link's address
    | <?(?:https?|mailto):[^\s>\]]+>?                    # an address in the text
    | \bwww\.[^\s>)\]]+
    | \[[^\]\[]{0,2000}@[A-Za-z0-9_][^\]\[]{0,2000}\]    # a citation
    | @[A-Za-z0-9_][\w:.-]*\w                            # a reference
    | \{[^{}\n]*\}                                       # an id, a language
    | ^[-:=|+ ]{5,}$                            # rules of a table
    """,
    re.VERBOSE | re.MULTILINE,
)
_FENCE = re.compile(r"^[ ]{0,3}:::+[ \t]*([^\n]*?)[ \t:]*$", re.MULTILINE)
_NOTE = re.compile(r"note\b|\{[^}]*\.note\b")
_MARKERS = re.compile(r"^[ \t]*(?:[-*+>]|#{1,6}|\d+[.)])[ \t]+|\|", re.MULTILINE)
_NOT_LINE_END = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and where it stands. `kind` is body, short, title or earlier (an earlier recommendation)."""

    kind: str
    text: str
    source: str
    file: str
    first_line: int
    first_column: int = 1

    def at(self, offset: int) -> Place:
        """The place of a character."""
        if self.kind == "body":
            return _locator(self.source, self.file, self.first_line).at(offset)
        return Place(self.file, self.first_line, self.first_column)

    def problem(self, code: str, offset: int, message: str, hint: str = "") -> Diagnostic:
        """A diagnostic at a character."""
        return Diagnostic(code, self.at(offset), message, hint)

    def line(self, offset: int) -> str:
        """The line around a character; of a very long one what is near."""
        start = self.text.rfind("\n", max(0, offset - _NEAR), offset) + 1
        end = self.text.find("\n", offset, offset + _NEAR)
        return self.text[start or max(0, offset - _NEAR) : end if end >= 0 else offset + _NEAR]


def body(section: Section) -> Passage:
    """A section's text."""
    return _body(section.source, section.file, section.source_line)


def bodies(report: Report) -> Iterator[Passage]:
    """The text of every section, and the short texts that its front matter has for a shorter document."""
    for section in report.sections:
        yield body(section)
        yield from _shorts(section)


def found_in(
    passage: Passage, check: str, by: str, find: Callable[[Passage], Iterable[tuple[int, str]]]
) -> list[tuple[int, str]]:
    """The offsets, and what is to be said there, that a check finds in a passage; remembered. They must
    depend on nothing but the passage's text and on `by`."""
    parts = (passage.kind, passage.source, by)
    return unpack(remembered(check, parts, lambda: pack(list(find(passage)))))


def passages(report: Report) -> Iterator[Passage]:
    """Every text that somebody wrote: bodies, short texts, titles, earlier recommendations."""
    for section in report.sections:
        yield _line("title", section.title, section.place)
        yield body(section)
        yield from _shorts(section)
    for cycle in report.cycles:
        for recommendation in cycle.recommendations:
            for text in recommendation.text.values():
                yield _line("earlier", text, recommendation.place)


def _shorts(section: Section) -> Iterator[Passage]:
    return (_line("short", tie.short, tie.paragraph.place) for tie in section.ties if tie.short)


def _line(kind: str, text: str, place: Place) -> Passage:
    return Passage(kind, text, text, place.file, place.line, place.column)


@lru_cache(maxsize=1024)
def _body(source: str, file: str, first_line: int) -> Passage:
    return Passage("body", mask(source), source, file, first_line)


@lru_cache(maxsize=64)
def _locator(source: str, file: str, first_line: int) -> Locator:
    return Locator(source, file, first_line)


def mask(source: str) -> str:
    """The source with all that is not prose blanked out, of the same length.

    Every pattern here looks at a character a bounded number of times: texts may be hostile.
    """
    source = without_notes(source)
    text = _NOT_PROSE.sub(lambda match: _NOT_LINE_END.sub(BLANK, match[0]), source)
    return _MARKERS.sub(lambda match: " " * len(match[0]), text)


def without_notes(source: str) -> str:
    """The source with the notes between reviewers blanked out."""
    parts: list[str] = []
    done = start = 0
    inside = False
    for fence in _FENCE.finditer(source):
        if not inside and _NOTE.match(fence[1]):
            start, inside = fence.start(), True
        elif inside and not fence[1]:
            parts += [source[done:start], _NOT_LINE_END.sub(BLANK, source[start : fence.end()])]
            done, inside = fence.end(), False
    return "".join([*parts, source[done:]]) if parts else source
