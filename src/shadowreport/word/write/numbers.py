"""The numbers of paragraphs in a Word file: the form and the start of its list, or a list for each part."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from shadowreport.core.style import NUMBERS, Style
from shadowreport.word.names import Element, child, etree, name, value
from shadowreport.word.ours import BOX_RECOMMENDATION, NUMBERED, style_id
from shadowreport.word.write.order import put, within
from shadowreport.word.write.zip import Parts

_LEVELS = {style_id(NUMBERED): 0, style_id(BOX_RECOMMENDATION): 1}


def set_numbers(package: Parts, style: Style, numbers: Sequence[str]) -> None:
    """Lets Word count to the `numbers` that the paragraphs have in the report, in its form."""
    lists = package.tree("word/numbering.xml")
    for definition in lists.iter(name("w:abstractNum")):
        first = child(definition, "w:lvl")
        if child(first, "w:pStyle") is None:
            continue
        if style.by_part:
            _by_part(package, definition, numbers)
            return
        if style.numbers != NUMBERS[0]:  # else as the Word file has them
            _counting(first, style.numbered("%1"))
        if numbers and numbers[0] != "1":
            _counting(first, "", numbers[0])


def _by_part(package: Parts, definition: Element, numbers: Sequence[str]) -> None:
    """Word counts anew where another list begins: each part has one, which says the number of the part."""
    styles = {
        item.get(name("w:styleId")): item
        for item in package.tree("word/styles.xml").iter(name("w:style"))
    }
    lists, remaining = package.tree("word/numbering.xml"), iter(numbers)
    now, entry = "", ""
    for paragraph in package.tree("word/document.xml").iter(name("w:p")):
        kind = value(child(paragraph, "w:pPr", "w:pStyle")) or ""
        if kind == style_id(NUMBERED):
            part, _, count = next(remaining).rpartition(".")
            if part != now:
                now, entry = part, add_list(lists, _of_part(definition, styles, part, count))
        if kind in _LEVELS and entry:
            count_in(child(paragraph, "w:pPr"), _LEVELS[kind], entry)


def _of_part(
    definition: Element, styles: dict[str | None, Element], part: str, count: str
) -> Element:
    """The list of a part. What a paragraph takes from its own list goes before what its style says: the
    indents of the style stand in the list too."""
    found = deepcopy(definition)
    for kind in ("w:nsid", "w:tmpl"):  # by which Word knows a list again
        etree.strip_elements(found, name(kind))
    for level in found.iter(name("w:lvl")):
        link = child(level, "w:pStyle")
        indent = child(styles.get(value(link)), "w:pPr", "w:ind")
        if indent is not None:
            put(within(level, "w:pPr"), deepcopy(indent))
        if link is not None:
            level.remove(link)
    _counting(child(found, "w:lvl"), f"{part}.%1", count)
    return found


def _counting(level: Element, form: str, start: str = "") -> None:
    """The form of a level's numbers, and where they start; what is empty stays as it is."""
    if form:
        within(level, "w:lvlText").set(name("w:val"), form)
    if start:
        within(level, "w:start").set(name("w:val"), start)


def add_list(lists: Element, definition: Element) -> str:
    """Adds a list of its own that counts as `definition` says, and gives its number."""
    keys = (name("w:numId"), name("w:abstractNumId"))
    used = {item.get(key) for item in lists for key in keys}
    free = next(str(free) for free in range(1, 10_000) if str(free) not in used)
    definition.set(name("w:abstractNumId"), free)
    put(lists, definition)
    entry = put(lists, "w:num")
    entry.set(name("w:numId"), free)
    put(entry, "w:abstractNumId").set(name("w:val"), free)
    return free


def count_in(look: Element, level: int, entry: str) -> None:
    """Puts a paragraph, or the paragraphs of a style, by its properties into a list."""
    numbers = put(look, "w:numPr")
    put(numbers, "w:ilvl").set(name("w:val"), str(level))
    put(numbers, "w:numId").set(name("w:val"), entry)
