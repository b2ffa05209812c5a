"""A body as it was typed: its blocks and words, read without pandoc.

Two things come of it. `edits` are what pandoc is given to read a slip as it was meant, where one
reading is sensible; `problems` are what can be meant in two ways. And `leaves`, the typed pieces of
text in order, are what load/proof.py compares pandoc's reading with.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from shadowreport.source.typed import addresses, glued
from shadowreport.source.typed.blocks import Blocks
from shadowreport.source.typed.lines import Edit, Typed, lines_of
from shadowreport.source.typed.remarks import take_out

__all__ = ["Typed", "apply", "as_read", "typed"]


@lru_cache(maxsize=256)
def typed(body: str) -> Typed:
    """A body as it was typed."""
    result = Typed()
    text = take_out(body, result)
    Blocks(result, text).read(lines_of(text))
    leaves = [*result.leaves, *(leaf for note in result.notes.values() for leaf in note)]
    result.edits += [edit for leaf in leaves for edit in addresses.edits(leaf, text)]
    result.edits += [edit for leaf in leaves for edit in glued.edits(leaf)]
    numbers = sorted(result.lone, key=lambda item: item[1])
    for (one, at), (two, _) in pairwise(numbers):
        if two == one + 1:
            message = "paragraph numbers were typed"
            hint = "delete them: the numbers of paragraphs are given by the program"
            result.problem(at, message, hint)
            break
    return result


def as_read(body: str) -> str:
    """The body as pandoc is to read it."""
    return apply(body, typed(body).edits)


def apply(body: str, edits: list[Edit]) -> str:
    """A text with its edits made."""
    parts: list[str] = []
    done = 0
    for edit in sorted(set(edits)):
        if edit.start >= done:
            parts += [body[done : edit.start], edit.text]
            done = edit.end
    return "".join([*parts, body[done:]])
