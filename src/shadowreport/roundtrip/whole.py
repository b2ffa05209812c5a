"""What cannot be changed letter by letter is kept whole or goes whole: references, citations, markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from shadowreport.compare.text import NOTE
from shadowreport.roundtrip.change import (
    WRAP_FORMATS,
    Change,
    Kept,
    Op,
    atom_spans,
    ends_key,
    has_format,
    text_of,
)
from shadowreport.roundtrip.returned import WordChar
from shadowreport.source.leaf import Char, Wrap


def keep_whole(change: Change) -> None:
    """Widens the operations to all that goes with what they touch; leaves out those that are none."""
    _whole_atoms(change)
    _settle_references(change)
    _whole_groups(change)
    _touching_references(change)
    _whole_wraps(change)


def _widen(change: Change, low: int, high: int) -> bool:
    """Makes one operation of all that happens between two base characters, if anything does."""
    ops = change.ops
    inside = [
        op
        for op in ops
        if (op.i1 < high and op.i2 > low) or (op.i1 == op.i2 and low < op.i1 < high)
    ]
    if not inside or (len(inside) == 1 and inside[0].i1 <= low and inside[0].i2 >= high):
        return False
    low, high = min(low, inside[0].i1), max(high, inside[-1].i2)
    before = sum(op.j2 - op.j1 - op.i2 + op.i1 for op in ops if op.i2 <= low and op not in inside)
    through = sum(
        op.j2 - op.j1 - op.i2 + op.i1
        for op in ops
        if op.i1 < high and op not in inside and op.i2 <= low
    )
    through += sum(op.j2 - op.j1 - op.i2 + op.i1 for op in inside)
    new = Op(low, high, low + before, high + through)
    at = ops.index(inside[0])
    change.ops = [op for op in ops if op not in inside]
    change.ops.insert(at, new)
    return True


def _whole_atoms(change: Change) -> None:
    for low, high in _atoms(change.chars):
        _widen(change, low, high)


def _atoms(chars: Sequence[Char]) -> list[tuple[int, int]]:
    return [(low, high) for low, high in atom_spans(chars) if high - low > 1]


def _settle_references(change: Change) -> None:
    """A number that was typed over a reference's, or that a program counted anew, is no change."""
    kept: list[Op] = []
    for op in map(partial(_trimmed, change), change.ops):
        chars, new = change.chars[op.i1 : op.i2], change.back[op.j1 : op.j2]
        only = bool(chars) and all(char.atom.startswith(("ref", "generated")) for char in chars)
        if only and all(char.atom == "generated" for char in chars) and not text_of(new).strip(","):
            continue
        if only and _is_reference_with_words(new):
            kept.append(op)
            continue
        if only and new and any(char.atom.startswith("ref") for char in chars):
            if not any(char.reference for char in new):
                shown, typed = text_of(change.base[op.i1 : op.i2]), text_of(new)
                change.kept.append(
                    Kept(
                        "reference",
                        f"'{typed}' was typed over '{shown}', which stands for {_referred(chars)}; that stays automatic",
                    )
                )
            continue
        if chars and not new and all(map(_is_mark_of_named, chars)):
            named = chars[0].atom.removeprefix("cite ")
            change.kept.append(
                Kept(
                    "reference",
                    f"the mark of {named} was deleted; it stays, since the text names it",
                )
            )
            continue
        kept.append(op)
    change.ops = kept


def _is_reference_with_words(new: Sequence[WordChar]) -> bool:
    """Whether words were put directly before or behind a number that is still a reference."""
    typed = (char for char in new if not char.reference)
    return any(char.reference for char in new) and any(char.text.isalpha() for char in typed)


def _trimmed(change: Change, op: Op) -> Op:
    """An op that took in a whole reference, without the same letters around it."""

    def same(i: int, j: int) -> bool:
        one, other = change.base[i], change.back[j]
        return not change.chars[i].atom and (one.text, one.formats) == (other.text, other.formats)

    if any(char.atom.startswith("ref") for char in change.chars[op.i1 : op.i2]):
        while op.i1 < op.i2 and op.j1 < op.j2 and same(op.i1, op.j1):
            op = replace(op, i1=op.i1 + 1, j1=op.j1 + 1)
        while op.i1 < op.i2 and op.j1 < op.j2 and same(op.i2 - 1, op.j2 - 1):
            op = replace(op, i2=op.i2 - 1, j2=op.j2 - 1)
    return op


def _is_mark_of_named(char: Char) -> bool:
    return char.atom.startswith("cite") and char.start == char.end


def _referred(chars: Sequence[Char]) -> str:
    return next(
        "@" + char.atom.removeprefix("ref ") for char in chars if char.atom.startswith("ref")
    )


def _whole_groups(change: Change) -> None:
    """A text put between the end of a sentence and the citation's mark behind it."""
    for at, char in enumerate(change.chars):
        if char.atom.startswith("cite"):
            start = at
            while (
                start
                and change.chars[start - 1].start >= char.end
                and not change.chars[start - 1].atom
            ):
                start -= 1
            between = [op for op in change.ops if op.i1 == op.i2 and start < op.i1 <= at]
            if between:
                _widen(change, start, at + 1)


def _touching_references(change: Change) -> None:
    """A letter right behind a reference would become part of its id: it is then written anew."""
    ends = {
        high: low
        for low, high in atom_spans(change.chars)
        if change.chars[low].atom.startswith("ref")
    }
    for index, op in enumerate(change.ops):
        low = ends.get(op.i1)
        following = text_of(change.back[op.j1 : op.j1 + 1])
        if low is not None and not ends_key(following):
            change.ops[index] = replace(op, i1=low, j1=op.j1 - (op.i1 - low))


def _whole_wraps(change: Change) -> None:
    changed = True
    while changed:
        changed = False
        for wrap in change.wraps:
            for op in list(change.ops):
                if _breaks(op, wrap, change) and _widen(change, wrap.first, wrap.last):
                    changed = True
                    break


def _breaks(op: Op, wrap: Wrap, change: Change) -> bool:
    """Whether an operation reaches over one end of some markup, or differs from it inside."""
    if op.i2 <= wrap.first or op.i1 >= wrap.last:
        return False
    if op.i1 <= wrap.first and op.i2 >= wrap.last:
        return False
    if op.i1 < wrap.first or op.i2 > wrap.last:
        return True
    if wrap.kind == "Autolink":
        return True
    name = WRAP_FORMATS.get(wrap.kind)
    return name is not None and any(
        not has_format(char, name)
        for char in change.back[op.j1 : op.j2]
        if char.text.strip() and char.text != NOTE
    )
