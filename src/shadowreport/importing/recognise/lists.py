"""Folds paragraphs below a numbered one into what belongs to it: lists, quotations, continuations.

A typed list becomes a real list only where nothing is lost: its marks count on without a gap.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from shadowreport.importing.draft import (
    Belonging,
    Continuation,
    Figure,
    Inline,
    Listing,
    Quotation,
    Text,
)
from shadowreport.importing.recognise.marks import Mark, trimmed, without_start
from shadowreport.importing.recognise.vocabulary import Vocabulary
from shadowreport.word.content import Look, Paragraph, Picture, Run

_INDENT = 400  # twentieths of a point on both sides: set off as a quotation
_OPENING = '«“„"‘‹'
_CLOSES = re.compile(r"[»”“\"’›][.,;:)\s]*$")
_MOST_QUOTED = 12  # paragraphs that one pair of quotation marks may enclose

Marked = tuple[Paragraph, Mark | None]


def fold(items: Sequence[Marked], words: Vocabulary) -> list[Belonging]:
    """What a row of paragraphs, each with its list mark, makes below a numbered paragraph."""
    found: list[Belonging] = []
    at = 0
    while at < len(items):
        paragraph, mark = items[at]
        length = quotation_length(items, at, words)
        if length:
            found.append(Quotation([text_of(inner) for inner, _ in items[at : at + length]]))
            at += length
        elif mark is not None and (length := _list_length(items, at, words)):
            found.append(_listing(items[at : at + length]))
            at += length
        else:
            found.append(_single(paragraph, mark))
            at += 1
    return found


def text_of(paragraph: Paragraph, skip: int = 0) -> Text:
    """The text of a paragraph less its first characters; what its style sets is no emphasis."""
    inlines = [_unstyled(item, paragraph.look) for item in paragraph.inlines]
    return Text(trimmed(without_start(inlines, skip)), paragraph.ordinal)


def _unstyled(item: Inline, style: Look) -> Inline:
    if not isinstance(item, Run) or not (style.bold or style.italic):
        return item
    bold = item.look.bold and not style.bold
    italic = item.look.italic and not style.italic
    return replace(item, look=replace(item.look, bold=bold, italic=italic))


def _single(paragraph: Paragraph, mark: Mark | None) -> Belonging:
    text = text_of(paragraph)
    if not text.plain.strip() and any(isinstance(item, Picture) for item in text.inlines):
        return Figure(text)
    if mark is not None and mark.length == 0 and mark.kind != "bullet":
        return Continuation(labelled(paragraph))
    return Continuation(text)


def labelled(paragraph: Paragraph) -> Text:
    """The text of a paragraph with its automatic number typed before it."""
    label = paragraph.number.label if paragraph.number else ""
    if paragraph.number and paragraph.number.format == "bullet":
        label = "–"  # a bullet at the head of a line would be read as a list
    text = text_of(paragraph)
    return Text([Run(f"{label} "), *text.inlines], text.ordinal) if label else text


# --- quotations ---------------------------------------------------------------------------------


def quotation_length(items: Sequence[Marked], at: int, words: Vocabulary) -> int:
    """How many paragraphs from here on are a quotation; 0 where none begins."""
    length = 0
    while at + length < len(items) and _set_off(items[at + length][0], words):
        length += 1
    return length or _quoted_length(items, at)


def _set_off(paragraph: Paragraph, words: Vocabulary) -> bool:
    if paragraph.number is not None:
        return False
    if words.quotation_style.search(paragraph.style):
        return True
    return paragraph.frame.left >= _INDENT and paragraph.frame.right >= _INDENT


def _quoted_length(items: Sequence[Marked], at: int) -> int:
    """Paragraphs between an opening quotation mark and the closing one, where they are several."""
    first = items[at][0].text.strip()
    if not first or first[0] not in _OPENING or items[at][0].number is not None:
        return 0
    for length, (paragraph, _) in enumerate(items[at : at + _MOST_QUOTED], 1):
        text = paragraph.text.strip()
        if length > 1 and text[:1] in _OPENING:
            return 0
        if _CLOSES.search(text):
            return length
    return 0


# --- lists --------------------------------------------------------------------------------------


def _list_length(items: Sequence[Marked], at: int, words: Vocabulary) -> int:
    """How many items from here on make a list whose marks count on; 0 where they do not."""
    first = items[at][1]
    if first is None:
        return 0
    expected = {first.level: first}
    length = 0
    for paragraph, mark in items[at:]:
        if mark is None or quotation_length([(paragraph, mark)], 0, words):
            break
        before = expected.get(mark.level)
        if mark.level > first.level and before is None:
            before = mark
        elif mark.level < first.level or before is None or not _goes_on(before, mark, length):
            break
        expected = {level: item for level, item in expected.items() if level < mark.level}
        expected[mark.level] = mark
        length += 1
    alone = length == 1 and first.kind != "bullet" and (first.length > 0 or first.value > 1)
    return 0 if alone or (first.kind != "bullet" and first.length and first.value != 1) else length


def _goes_on(before: Mark, mark: Mark, length: int) -> bool:
    if mark.kind == "bullet" or before.kind == "bullet":
        return mark.kind == before.kind
    if length == 0:
        return True
    same = (before.kind, before.delimiter) == (mark.kind, mark.delimiter)
    return _same_count(before, mark) if not same else mark.value == before.value + 1


def _same_count(before: Mark, mark: Mark) -> bool:
    """Letters that are also Roman numbers: h) i) j)."""
    letters = {"a", "i"} if before.kind in ("a", "i") else {"A", "I"}
    if {before.kind, mark.kind} != letters or before.delimiter != mark.delimiter:
        return False
    return len(before.label) == len(mark.label) == 1 and ord(mark.label) == ord(before.label) + 1


def _listing(items: Sequence[Marked]) -> Listing:
    first = items[0][1]
    assert first is not None
    listing = Listing([], first.kind, first.delimiter, first.value or 1)
    at = 0
    while at < len(items):
        paragraph, mark = items[at]
        assert mark is not None
        deeper = at + 1
        while deeper < len(items) and _level(items[deeper]) > mark.level:
            deeper += 1
        item: list[Text | Listing] = [text_of(paragraph, mark.length)]
        if deeper > at + 1:
            item.extend(_below(items[at + 1 : deeper]))
        listing.items.append(item)
        at = deeper
    return listing


def _below(items: Sequence[Marked]) -> list[Text | Listing]:
    """What stands below an item: lists, each as far as its marks are of one kind and count on; one
    number that is not the first is text."""
    found: list[Text | Listing] = []
    while items:
        first = items[0][1]
        assert first is not None
        length = _same_list(items)
        if length == 1 and first.kind != "bullet" and first.value > 1:
            paragraph = items[0][0]
            found.append(text_of(paragraph) if first.length else labelled(paragraph))
        else:
            found.append(_listing(items[:length]))
        items = items[length:]
    return found


def _same_list(items: Sequence[Marked]) -> int:
    before = items[0][1]
    assert before is not None
    for length, (_, mark) in enumerate(items):
        if length and mark and mark.level <= before.level:
            if mark.level < before.level or not _goes_on(before, mark, length):
                return length
            before = mark
    return len(items)


def _level(item: Marked) -> int:
    return item[1].level if item[1] else 0
