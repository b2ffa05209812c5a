"""Words that a report quotes with a place of their source: those between quotation marks, and block quotations,
with the source that is cited behind them with a page, a paragraph or the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shadowreport.core.numbering import is_reference
from shadowreport.core.report import Box, Paragraph, Place, Report, Section
from shadowreport.resolve.locators import locator_behind
from shadowreport.source.locate import Locator
from shadowreport.source.places import places

FEWEST = 4  # words of a quotation: fewer are a term, or a word held at arm's length
_FAR = 400  # characters from a quotation to its source at most
_QUOTED = re.compile(r"“([^“”\x1d]+)”|«([^«»\x1d]+)»|„([^„“”\x1d]+)[“”]|\"([^\"\x1d]+)\"")
_CITED = re.compile(r"\x0e(\d+)\x0f")
_BLANK = ("Space", "SoftBreak", "LineBreak")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that stand in one of some sources."""

    words: str
    keys: tuple[str, ...]
    place: Place


def quotations(report: Report) -> Iterator[Quotation]:
    """Every quotation of a report that names its place."""
    found = places(report.speech.lexicon)
    for section in report.sections:
        for item in section.items:
            owners = item.recommendations if isinstance(item, Box) else ()
            for own in (item,) if isinstance(item, Paragraph) else owners:
                for block in own.blocks:
                    yield from _in_block(block, section, own.place, found)


def _in_block(
    block: dict[str, Any], section: Section, place: Place, found: re.Pattern[str]
) -> Iterator[Quotation]:
    flat = _Flat(found)
    flat.add(block)
    text = "".join(flat.parts)
    for match in _QUOTED.finditer(text):
        words = _CITED.sub("", next(filter(None, match.groups()), ""))
        behind = _CITED.search(text, match.end(), match.end() + _FAR)
        keys = flat.keys[int(behind[1])] if behind else ()
        if keys and len(words.split()) >= FEWEST:
            yield Quotation(" ".join(words.split()), keys, _at(section, words, place))
    if block["t"] == "BlockQuote" and not _QUOTED.search(text):
        cited = list(_CITED.finditer(text))
        words = _CITED.sub("", text)
        if cited and flat.keys[int(cited[-1][1])] and len(words.split()) >= FEWEST:
            keys = flat.keys[int(cited[-1][1])]
            yield Quotation(" ".join(words.split()), keys, _at(section, words, place))


def _at(section: Section, words: str, place: Place) -> Place:
    """Where a quotation begins, as far as its first words stand in the source as they are."""
    start = section.source.find(" ".join(words.split()[:3]))
    return (
        place if start < 0 else Locator(section.source, section.file, section.source_line).at(start)
    )


class _Flat:
    """A block as text, with a mark for each citation; its keys are empty where it has no locator, as
    `places` finds it behind a name."""

    def __init__(self, places: re.Pattern[str]) -> None:
        self.places = places
        self.parts: list[str] = []
        self.keys: list[tuple[str, ...]] = []

    def add(self, value: Any) -> None:
        """Adds an element, or a list of them."""
        if isinstance(value, list):
            for index, item in enumerate(value):
                behind = value[index + 1 :] if _is(item, "Cite") else []
                self._cite(item, behind) if _is(item, "Cite") else self.add(item)
        elif isinstance(value, dict):
            self._element(value)

    def _element(self, element: dict[str, Any]) -> None:
        kind, content = element.get("t"), element.get("c")
        if kind == "Str":
            self.parts.append(str(content))
        elif kind in _BLANK:
            self.parts.append(" ")
        elif kind == "Quoted":
            marks = "“”" if element["c"][0]["t"] == "DoubleQuote" else "‘’"
            self.parts.append(marks[0])
            self.add(element["c"][1])
            self.parts.append(marks[1])
        elif kind == "Note":
            self.parts.append("\x1d")
            self.add(content)
            self.parts.append("\x1d")
        elif kind == "Cite":
            self._cite(element, [])
        else:
            self.add(content)
            self.parts.append(" " if kind in ("Para", "Plain") else "")

    def _cite(self, element: dict[str, Any], behind: list[Any]) -> None:
        items = [item for item in element["c"][0] if not is_reference(item["citationId"])]
        if not items:
            return
        named = items[0]["citationMode"]["t"] == "AuthorInText"
        locator = behind and behind[0].get("t") == "Str" and locator_behind(behind, self.places)[1]
        found = tuple(
            item["citationId"] for item in items if item["citationSuffix"] or (named and locator)
        )
        self.parts.append(f"\x0e{len(self.keys)}\x0f")
        self.keys.append(found)


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, dict) and value.get("t") == kind
