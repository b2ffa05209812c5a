"""Compares two texts word by word into one with the words that were inserted and deleted."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from shadowreport.compare.words import likeness
from shadowreport.core.ast import attr, node, plain, walk
from shadowreport.core.report import Inline
from shadowreport.redline.marking import Marking
from shadowreport.redline.tokens import Side, Token, marked, rebuilt, tokens

_NOTE_ALIKE = 0.4
_END: Inline = {"t": "ParagraphEnd"}  # between texts that are compared as one


def merged_inlines(marking: Marking, old: Sequence[Inline], new: Sequence[Inline]) -> list[Inline]:
    """Two texts as one, word by word."""
    row = _merged(marking, old, new)
    if not any(token.side for token in row) and not _notes_changed(row, new):
        return list(new)
    return _rebuilt(marking, row)


def merged_pieces(
    marking: Marking, old: Sequence[list[Inline]], new: Sequence[list[Inline]]
) -> list[list[Inline]]:
    """The texts of paragraphs that were split or joined, as many as the longer row has: where an end
    came or went, it is marked."""
    pieces: list[list[Inline]] = []
    row: list[Token] = []
    for token in _merged(marking, *(_in_one(texts) for texts in (old, new))):
        if token.element != _END:
            row.append(token)
            continue
        pieces.append([*_rebuilt(marking, row), *_end(marking, token.side)])
        row = []
    return [*pieces, _rebuilt(marking, row)]


def _in_one(texts: Sequence[list[Inline]]) -> list[Inline]:
    return [item for text in texts for item in (_END, *text)][1:]


def _end(marking: Marking, side: Side) -> list[Inline]:
    return [marking.mark("paragraph", side, marking.stamp)] if side else []


def _merged(marking: Marking, old: Sequence[Inline], new: Sequence[Inline]) -> list[Token]:
    one, other = tokens(old), tokens(new)
    _tie_notes(marking, one, other)
    row: list[Token] = []
    for same, a, b, c, d in _readable(one, other):
        if same:
            row += other[c:d]
        else:
            row += [*marked(one[a:b], "deletion"), *marked(other[c:d], "insertion")]
    return row


def whole_inlines(marking: Marking, inlines: Sequence[Inline], side: Side) -> list[Inline]:
    """A text that was inserted or deleted whole, with the end of its paragraph."""
    row = marked(tokens(inlines), side)
    return [*_rebuilt(marking, row), marking.mark("paragraph", side, marking.stamp)]


def _rebuilt(marking: Marking, row: Sequence[Token]) -> list[Inline]:
    stamp = marking.stamp

    def wrap(side: Side, inlines: list[Inline]) -> Inline:
        return node("Span", attr("", side, author=stamp.author, date=stamp.date), inlines)

    return rebuilt(row, wrap)


def _notes_changed(row: Sequence[Token], new: Sequence[Inline]) -> bool:
    before = [item for item in walk(list(new)) if item["t"] == "Note"]
    return [token.element for token in row if token.element["t"] == "Note"] != before


def _tie_notes(marking: Marking, one: list[Token], other: list[Token]) -> None:
    """A note whose text changed is the same note, with the change inside it."""
    left = [i for i, token in enumerate(one) if token.element["t"] == "Note"]
    right = [i for i, token in enumerate(other) if token.element["t"] == "Note"]
    same = {one[i].key for i in left} & {other[i].key for i in right}
    right = [i for i in right if other[i].key not in same]
    for i in left:
        if one[i].key in same:
            continue
        text = plain(one[i].element["c"])
        likes = {j: likeness(text, plain(other[j].element["c"])) for j in right}
        best = max(likes, key=lambda j: likes[j], default=-1)
        if best >= 0 and likes[best] >= _NOTE_ALIKE:
            right.remove(best)
            inner = marking.blocks(one[i].element["c"], other[best].element["c"])
            other[best] = Token(one[i].key, node("Note", inner), other[best].around)


def _readable(
    one: Sequence[Token], other: Sequence[Token]
) -> list[tuple[bool, int, int, int, int]]:
    """The differences, without islands of a space or a comma between two of them."""
    keys = [token.key for token in one], [token.key for token in other]
    codes = [
        (tag == "equal", a, b, c, d)
        for tag, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
    ]
    result: list[tuple[bool, int, int, int, int]] = []
    for index, (same, a, b, c, d) in enumerate(codes):
        island = (
            same and 0 < index < len(codes) - 1 and not any(token.is_word for token in one[a:b])
        )
        if result and not result[-1][0] and (island or not same):
            last = result[-1]
            result[-1] = (False, last[1], b, last[3], d)
        else:
            result.append((same, a, b, c, d))
    return result
