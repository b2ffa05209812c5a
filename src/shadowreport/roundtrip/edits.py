"""Carries over what changed in a paragraph, and paragraphs that were deleted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile

from shadowreport.compare.text import BREAK
from shadowreport.compare.words import merge
from shadowreport.core.rows import HELD
from shadowreport.roundtrip.change import NEW_BREAK
from shadowreport.roundtrip.changes_text import apply
from shadowreport.roundtrip.grid import put_into_cell
from shadowreport.roundtrip.notes import conflict
from shadowreport.roundtrip.steps import Edit, Removal
from shadowreport.roundtrip.target import Target
from shadowreport.roundtrip.work import Work
from shadowreport.source.leaf import Leaf
from shadowreport.source.write import guard_start
from shadowreport.source.yaml_edit import scalar

# an author in Word means the mark of a row by it; it would be written so as to be printed
_TYPED_ROW = re.compile(rf"^\\(?=::: {HELD}(?: |$))")
_BLANK = re.compile(r"[ \t]*\n?(?:[ \t]*\n)*")


def edit(work: Work, step: Edit) -> None:
    """Changes the words of one leaf, or of several that were joined."""
    included = work.authors.included
    author = next((op.author for op in step.change.ops if included(op.author)), None)
    if author is None:
        return
    target = work.target(step.outline, step.leaves[0].anchor, "its changes are lost")
    if target is None:
        return
    theirs = apply(step.change, included, work.marks(target), work.abbreviations)
    if theirs == step.change.source:
        return
    texts = _shares(work, step, theirs)
    gone = any(target.leaf(leaf) is None for leaf in step.leaves)
    if _is_done(target, texts, other=gone or len(texts) < len(step.leaves)):
        return
    merged: dict[int, str] = {}
    bases = step.change.source.split(BREAK)
    for index, (leaf, base) in enumerate(zip(step.leaves, bases, strict=True)):
        here = target.leaf(leaf)
        if here is None:
            why = "was removed meanwhile"
            conflict(work, target, leaf, None, texts.get(index, ""), author, why)
            return
        text = _merged(base, target.source_of(here), texts.get(index))
        if text is None:
            whole = theirs.replace(BREAK, "\n\n").replace(NEW_BREAK, "\n\n")
            conflict(work, target, leaf, here, whole, author, "was changed meanwhile")
            return
        merged[index] = text
    for index, leaf in enumerate(step.leaves):
        here = target.leaf(leaf)
        if here and index in texts:
            put_text(work, target, here, merged[index])
        elif here:
            take_out(work, target, here)


def _merged(base: str, present: str, theirs: str | None) -> str | None:
    """The text with the changes of both sides; None where they conflict. `theirs` is None for a leaf
    that was joined to another one."""
    if theirs is None:
        return "" if present == base else None
    return merge(base, present, theirs)


def _shares(work: Work, step: Edit, theirs: str) -> dict[int, str]:
    """The new text of each leaf of a group; a leaf whose BREAK went is part of the one before."""
    breaks = [at for at, char in enumerate(step.change.chars) if char.atom == "break"]
    gone = {
        number + 1
        for number, at in enumerate(breaks)
        for op in step.change.ops
        if work.authors.included(op.author) and op.i1 <= at < op.i2
    }
    kept = [index for index in range(len(step.leaves)) if index not in gone]
    return dict(zip(kept, theirs.split(BREAK), strict=False))


def _is_done(target: Target, texts: Mapping[int, str], *, other: bool) -> bool:
    """Whether the paragraphs stand split, joined or as `other` ones already, because the file was merged before."""
    if not other and not any(NEW_BREAK in text for text in texts.values()):
        return False
    sources = {target.source_of(leaf) for leaf in target.present.leaves}
    wanted = (piece.strip() for text in texts.values() for piece in text.split(NEW_BREAK))
    return all(piece in sources for piece in wanted if piece)


def put_text(work: Work, target: Target, leaf: Leaf, text: str) -> None:
    """Replaces the text of a present leaf."""
    if leaf.kind == "title":
        quoted = leaf.block_start < leaf.start
        target.put(leaf.block_start, leaf.block_end, scalar(text, quoted=quoted))
        return
    text = split_up(work, leaf, text)
    if text == target.source_of(leaf):
        return
    if leaf.kind == "cell":
        put_into_cell(target, leaf, _TYPED_ROW.sub("", text))
    else:
        target.put(leaf.start, leaf.end, text)


def split_up(work: Work, leaf: Leaf, text: str) -> str:
    """The pieces of a split paragraph, each with its own marker or id."""
    if NEW_BREAK not in text:
        return text
    first, *rest = [piece.strip() for piece in text.split(NEW_BREAK)]
    first = first or rest.pop(0)
    more = (work.lead(leaf.kind, leaf, piece) + guard_start(piece) for piece in rest if piece)
    return "".join([first, *more])


# --- removed --------------------------------------------------------------------------------------


def removal(work: Work, step: Removal) -> None:
    """Deletes a paragraph that nobody changed meanwhile."""
    target = work.target(step.outline, step.leaf.anchor, "nothing is left to delete")
    here = target.leaf(step.leaf) if target else None
    if target is None or here is None:
        return
    if target.source_of(here) == step.outline.source[step.leaf.start : step.leaf.end]:
        take_out(work, target, here)
        return
    why = "was deleted in the returned file, and changed meanwhile"
    conflict(work, target, step.leaf, here, "", step.author, why)


def take_out(work: Work, target: Target, leaf: Leaf) -> None:
    """Removes a present leaf with its markup; a box goes with the last leaf in it."""
    target.removed.add(leaf.start)
    start, end = leaf.block_start, leaf.block_end
    inside = [item for item in target.present.leaves if item.box == leaf.box >= 0]
    if inside and all(item.start in target.removed for item in inside):
        start, end = target.present.boxes[leaf.box]
    target.put(start, _stop(target, leaf, start, end), "")
    if leaf.kind == "item":
        _lift(work, target, leaf)
    if leaf.anchor.startswith(("par-", "rec-")) and leaf.named:
        work.outcome.gone_ids.append(leaf.anchor)


def _lift(work: Work, target: Target, leaf: Leaf) -> None:
    """Items below one that goes rise to its level, unless another one before them takes them."""
    items = [item for item in target.present.leaves if (item.kind, item.top) == ("item", leaf.top)]
    before = [item for item in items if item.start < leaf.start]
    below = list(takewhile(lambda item: item.indent > leaf.indent, items[len(before) + 1 :]))
    near = [item for item in before if item.start not in target.removed]
    if not below or (near and near[-1].indent >= leaf.indent):
        return
    rise = below[0].indent - leaf.indent
    for item in below:
        target.put(item.block_start, item.block_start + rise, "")
    work.leave(below[0].text[:60], "the item above it went; it stands on a higher level now")


def _stop(target: Target, leaf: Leaf, start: int, end: int) -> int:
    """Up to where a removed piece takes the blank lines behind it along."""
    source = target.present.source
    blank = _BLANK.match(source, end)
    stop = blank.end() if blank else end
    if leaf.kind == "item":
        newline = source.find("\n", end)
        following = next((item for item in target.present.leaves if item.start > leaf.start), None)
        listed = following and following.kind == "item" and following.top == leaf.top
        stop = newline + 1 if newline >= 0 and (listed or start > 0) else stop
    if stop >= len(source):
        stop = len(source.rstrip("\n")) + 1 if end < len(source) else stop
    return max(end, stop)
