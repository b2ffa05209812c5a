"""Lists as they were typed; and numbers at the head of a line that make none."""

from __future__ import annotations

from typing import NamedTuple

from shadowreport.source.typed.lines import BULLET, NUMBER, Edit, Line, Reader, begins, is_table

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_TYPED = "delete them: the numbers of paragraphs are given by the program. For a list, leave no blank line between its items"


class Marker(NamedTuple):
    """What an item begins with: the width of it, its kind, what its number may be, as typed."""

    width: int
    indent: int
    kind: str
    values: tuple[int, ...]
    typed: str


class Item(NamedTuple):
    """An item: its marker, its lines without it, whether a blank line stands above it."""

    marker: Marker
    lines: list[Line]
    apart: bool


def starts(line: Line) -> bool:
    """Whether a line looks like an item of a list."""
    return marker_of(line) is not None


def marker_of(line: Line) -> Marker | None:
    """The marker with which a line begins."""
    match = BULLET.match(line.text)
    if match:
        return Marker(match.end(), len(match[1]), "bullet", (), match[2])
    match = NUMBER.match(line.text)
    if not match or (match[2] and match[4] == "."):
        return None
    kind = match[2] + match[4]
    return Marker(match.end(), len(match[1]), kind, _values(match[3]), match[3])


def _values(word: str) -> tuple[int, ...]:
    if word == "#":
        return (1,)
    if word.isdigit():
        return (int(word),)
    lower = word.lower()
    letters = (ord(lower) - 96,) if len(word) == 1 and lower.isascii() else ()
    return (*letters, *([roman(lower)] if set(lower) <= set(_ROMAN) else []))


def roman(word: str) -> int:
    """The value of a roman number in small letters."""
    values = [_ROMAN[letter] for letter in word]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-one if one < two else one for one, two in pairs)


def read(blocks: Reader, lines: list[Line], at: int, path: tuple[str, ...]) -> int:
    """Reads a list; gives the line behind it, or the same line where none begins there."""
    first = marker_of(lines[at])
    if first is None or (first.indent >= 4 and not path):
        return at
    items, end = _items(blocks, lines, at)
    if first.kind == "bullet":
        _bullets(blocks, items)
        _read(blocks, items, ["-"] * len(items), path)
        return end
    labels = _labels(blocks, items, path)
    if labels is None:
        as_text(blocks, lines[at])
        return at
    _read(blocks, items, labels, path)
    return end


def below(
    blocks: Reader, lines: list[Line], at: int, path: tuple[str, ...], announced: bool
) -> bool:
    """Whether a list begins below a line of text, without a blank line between them."""
    line = lines[at]
    marker = marker_of(line)
    assert marker
    following = [marker_of(item) for item in lines[at + 1 : at + 13] if not item.blank]
    more = any(item and item.kind == marker.kind for item in following)
    if path and path[-1].startswith("item") and marker.indent == line.indent:
        return marker.kind == "bullet" or more
    if marker.kind != "bullet" and not more:
        return False
    sensible = announced or (more and (not marker.values or 1 in marker.values))
    if sensible:
        blocks.blank_above(line)
        return True
    message = "does a list begin here?"
    sign = marker.typed if marker.kind == "bullet" else "the dot"
    hint = (
        f"leave a blank line above it, if it does; to print the sign, put a backslash before {sign}"
    )
    blocks.typed.problem(line.start, message, hint)
    return True


def as_text(blocks: Reader, line: Line) -> None:
    """A number at the head of a paragraph is text: the edit keeps pandoc from making a list."""
    match = NUMBER.match(line.text)
    assert match
    place = line.start + match.start(4)
    blocks.typed.edits.append(Edit(place, place, "\\"))


def _bullets(blocks: Reader, items: list[Item]) -> None:
    """Bullets that were pasted from Word are read as what they look like."""
    for item in items:
        if item.marker.typed not in "-*+":
            place = item.lines[0].start - item.marker.width + item.marker.indent
            blocks.typed.edits.append(Edit(place, place + 1, "-"))


def _labels(blocks: Reader, items: list[Item], path: tuple[str, ...]) -> list[str] | None:
    """What is printed before each item; None where the numbers are text and no list."""
    first = items[0].marker
    place = items[0].lines[0].start - first.width + first.indent
    values = [item.marker.values for item in items]
    same = len({item.marker.typed for item in items}) == 1
    if len(items) > 1 and same and 1 in first.values:
        return [_label(first, index + 1) for index in range(len(items))]
    start = next(
        (
            value
            for value in first.values
            if all(value + index in item for index, item in enumerate(values))
        ),
        None,
    )
    numbered = first.typed.isdigit()
    if len(items) == 1:
        if numbered and first.kind == "." and not path:
            blocks.typed.lone.append((int(first.typed), place))
        lone = start == 1 and not (first.kind == "." and first.typed.isupper())
        return [_label(first, 1)] if lone else None
    apart = all(item.apart for item in items[1:])
    if start is None:
        if apart:
            return None
        _out_of_order(blocks, items, place)
        return [_label(item.marker, 0) for item in items]
    if start > 1 and apart and numbered and not path:
        blocks.typed.problem(place, "paragraph numbers were typed", _TYPED)
    return [_label(first, start + index) for index in range(len(items))]


def _out_of_order(blocks: Reader, items: list[Item], place: int) -> None:
    numbers = ", ".join(item.marker.typed for item in items[:6])
    message = f"the items of this list are numbered {numbers}; others would be printed"
    hint = "number them one after another; a line that is no item is indented, or has a blank line above it"
    blocks.typed.problem(place, message, hint)


def _label(marker: Marker, value: int) -> str:
    style = "number" if marker.typed.isdigit() or marker.typed == "#" else "letter"
    return f"{marker.kind} {value} {style}"


def _read(blocks: Reader, items: list[Item], labels: list[str], path: tuple[str, ...]) -> None:
    for item, label in zip(items, labels, strict=True):
        inner = item.lines[0]
        if starts(inner) and marker_of(inner).kind == "bullet":  # type: ignore[union-attr]
            message = "a list begins inside the item of another, on the same line"
            blocks.typed.problem(inner.start, message, "remove one of the two marks")
        blocks.read(item.lines, (*path, f"item {label}"))


def _items(blocks: Reader, lines: list[Line], at: int) -> tuple[list[Item], int]:
    items: list[Item] = []
    apart = False
    while at < len(lines):
        line = lines[at]
        marker = marker_of(line)
        if marker is None or (items and not _continues(items[0].marker, marker)):
            if items and not apart:
                _ended(blocks, line)
            break
        end, apart_below = _item(blocks, lines, at, marker)
        inside = [
            line.cut(marker.width),
            *(item.cut(min(item.indent, marker.width)) for item in lines[at + 1 : end]),
        ]
        items.append(Item(marker, inside, apart))
        at, apart = end, apart_below
        while at < len(lines) and lines[at].blank:
            at += 1
    return items, at


def _continues(first: Marker, marker: Marker) -> bool:
    if first.kind == "bullet" or marker.kind == "bullet":
        return first.kind == marker.kind
    same = (
        first.typed.isdigit() == marker.typed.isdigit()
        and first.typed.isupper() == marker.typed.isupper()
    )
    return first.kind == marker.kind and (same or "#" in (first.typed, marker.typed))


def _ended(blocks: Reader, line: Line) -> None:
    """Something else stands directly below an item."""
    if begins(line):
        blocks.blank_above(line)


def _item(blocks: Reader, lines: list[Line], at: int, marker: Marker) -> tuple[int, bool]:
    """The line behind an item, and whether a blank line stands before it."""
    end = at + 1
    while end < len(lines):
        line = lines[end]
        if line.blank:
            below = next((i for i in range(end, len(lines)) if not lines[i].blank), len(lines))
            if below == len(lines) or lines[below].indent < marker.width:
                if (
                    below < len(lines)
                    and marker.indent < lines[below].indent
                    and not starts(lines[below])
                ):
                    _between(blocks, lines[below], marker)
                return end, True
            end = below
            continue
        if line.indent < marker.width:
            if starts(line) or begins(line):
                return end, False
            if is_table(lines, end) or line.text.startswith((">", ":")):
                blocks.blank_above(line)
                return end, False
            blocks.goes_on(lines[end - 1], line, "the item", f"{marker.width} blanks")
        end += 1
    return end, False


def _between(blocks: Reader, line: Line, marker: Marker) -> None:
    message = "does this line belong to the item above?"
    hint = f"begin it with {marker.width} blanks, if it does; else with none"
    blocks.typed.problem(line.start, message, hint)
