"""Word's automatic numbers, counted as Word counts them (ECMA-376 part 1, 17.9).

What Word really does, where the standard is brief: lists of one definition share their counters
unless a list overrides its start; the override takes effect once, at the first paragraph of that
list; a paragraph of a higher level starts the lower ones again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from shadowreport.core.numbering import roman
from shadowreport.core.scripts import ALPHABETS
from shadowreport.word.content import Number
from shadowreport.word.names import Element, child, name, number, switch, value
from shadowreport.word.read.styles import Styles

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    restart: int = -1  # the level whose paragraphs start this one again; -1 for the usual
    legal: bool = False
    style: str = ""


class Numbering:
    """The lists of a file, and where each stands while paragraphs go by in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._abstract: dict[str, Element] = {}
        self._lists: dict[str, Element] = {}
        for element in root if root is not None else ():
            if element.tag == name("w:abstractNum"):
                self._abstract[value(element, "w:abstractNumId") or ""] = element
            elif element.tag == name("w:num"):
                self._lists[value(element, "w:numId") or ""] = element
        self._styles = styles
        self._levels: dict[str, tuple[str, list[_Level]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()

    def next(self, num_id: str, level: int, style_id: str = "") -> Number | None:
        """The number of the next paragraph of a list; None where there is no such list."""
        if num_id in ("", "0") or num_id not in self._lists:
            return None
        definition, levels = self._definition(num_id)
        by_style = [
            index for index, item in enumerate(levels) if style_id and item.style == style_id
        ]
        level = min(by_style[0] if by_style and not level else level, _LEVELS - 1)
        counts = self._counts.setdefault(definition, [None] * _LEVELS)
        self._count(num_id, level, levels, counts)
        shape = levels[level]
        label = _label(shape, levels, counts)
        current = counts[level] or 0
        return Number(label, current, level, shape.format, shape.pattern, definition, num_id)

    def _count(
        self, num_id: str, level: int, levels: list[_Level], counts: list[int | None]
    ) -> None:
        override = self._start_override(num_id, level)
        if override is not None and (num_id, level) not in self._started:
            counts[level] = override
        else:
            before = counts[level]
            counts[level] = levels[level].start if before is None else before + 1
        self._started.add((num_id, level))
        for above in range(level):
            if counts[above] is None:
                counts[above] = levels[above].start
        for below in range(level + 1, _LEVELS):
            limit = levels[below].restart
            if limit != 0 and (limit < 0 or level < limit):
                counts[below] = None

    def _start_override(self, num_id: str, level: int) -> int | None:
        for override in self._lists[num_id].iter(name("w:lvlOverride")):
            if number(value(override, "w:ilvl")) == level:
                start = value(child(override, "w:startOverride"))
                return number(start, 1) if start is not None else None
        return None

    def _definition(self, num_id: str) -> tuple[str, list[_Level]]:
        if num_id not in self._levels:
            element = self._lists[num_id]
            identifier = value(child(element, "w:abstractNumId")) or ""
            abstract = self._abstract.get(identifier)
            linked = value(child(abstract, "w:numStyleLink")) if abstract is not None else None
            if linked:
                target = self._lists.get(self._styles.paragraph(linked).num_id)
                identifier = value(child(target, "w:abstractNumId")) or identifier
                abstract = self._abstract.get(identifier)
            levels = [_Level() for _ in range(_LEVELS)]
            for item in abstract.iterchildren(name("w:lvl")) if abstract is not None else ():
                _put(levels, item)
            own = [child(override, "w:lvl") for override in element.iter(name("w:lvlOverride"))]
            for item in own:
                if item is not None:
                    _put(levels, item)
            self._levels[num_id] = (identifier, levels)
        return self._levels[num_id]


def _put(levels: list[_Level], element: Element) -> None:
    index = number(value(element, "w:ilvl"))
    if not 0 <= index < _LEVELS:
        return
    restart = value(child(element, "w:lvlRestart"))
    start = value(child(element, "w:start"))
    levels[index] = _Level(
        start=number(start),
        format=value(child(element, "w:numFmt")) or "decimal",
        pattern=value(child(element, "w:lvlText")) or "",
        restart=number(restart, -1) if restart is not None else -1,
        legal=bool(switch(child(element, "w:isLgl"))),
        style=value(child(element, "w:pStyle")) or "",
    )


def _label(shape: _Level, levels: list[_Level], counts: list[int | None]) -> str:
    if shape.format == "bullet":
        return shape.pattern.strip() or "•"
    if shape.format == "none":
        return _PLACEHOLDER.sub("", shape.pattern).strip()
    return _PLACEHOLDER.sub(partial(_place, shape, levels, counts), shape.pattern).strip()


def _place(
    shape: _Level, levels: list[_Level], counts: list[int | None], match: re.Match[str]
) -> str:
    index = int(match[1]) - 1
    style = "decimal" if shape.legal else levels[index].format
    return written(counts[index] or 0, style)


def _nth(letters: str, count: int) -> str:
    """The letter of an item; behind the last letter they are doubled: z), aa), bb)."""
    times, at = divmod(count - 1, len(letters))
    return letters[at] * (times + 1)


def written(count: int, style: str) -> str:
    """A number in one of Word's ways of counting; in digits where we do not know the way."""
    if style in ("lowerLetter", "upperLetter") and count > 0:
        text = _nth(ALPHABETS["Latn"], count)
        return text.upper() if style == "upperLetter" else text
    if style in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        text = roman(count)
        return text.upper() if style == "upperRoman" else text
    if style in ("russianLower", "russianUpper") and count > 0:
        text = _nth(ALPHABETS["Cyrl"], count)
        return text.upper() if style == "russianUpper" else text
    return f"{count:02d}" if style == "decimalZero" else str(count)
