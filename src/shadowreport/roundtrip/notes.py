"""What merging writes beside the text, as notes that nobody prints: comments, and conflicts."""

from __future__ import annotations

import re
from dataclasses import replace

from shadowreport.roundtrip.steps import Remark
from shadowreport.roundtrip.target import Target
from shadowreport.roundtrip.work import Conflict, Work
from shadowreport.source.conflicts import TWO_TEXTS
from shadowreport.source.edit import division
from shadowreport.source.leaf import Leaf
from shadowreport.source.write import escape

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_PLAIN = re.compile(r"https?://[\w./?=%:,;+-]+")


def remark(work: Work, step: Remark) -> None:
    """Puts a comment below its paragraph."""
    what = f"the comment by {step.author}: {step.text}"
    target = work.target(step.outline, step.leaf.anchor, what)
    here = target.near(step.leaf) if target else None
    if target is None or here is None:
        return
    text = note(work, step)
    if any(text.strip() in item.present.source for item in work.targets.values()):
        return
    if not _stands_below(work, step, target, here):
        _put(target, here, text)


def _stands_below(work: Work, step: Remark, target: Target, here: Leaf) -> bool:
    """Whether a comment is a note below its paragraph already, on other words: those that it was on have
    changed since. Each note is one comment's, so that of two alike on one paragraph both come in."""
    blank = note(work, replace(step, quoted="")).strip()
    head, _, said = blank.partition("\n")
    same = re.compile(rf'{re.escape(head)}\n(?:On "[^\n]*": )?{re.escape(said)}')
    at = _below(target, here)
    behind = (item.block_start for item in target.present.leaves if item.block_start >= at)
    notes = same.findall(target.present.source, at, min(behind, default=len(target.present.source)))
    known = {note(work, item).strip() for item in work.remarks if item is not step}
    row = (target.present.name, at, blank)
    free = sum(item not in known for item in notes) - work.claimed[row]
    work.claimed[row] += free > 0
    return free > 0


def note(work: Work, step: Remark) -> str:
    """A comment as a note."""
    quoted = f"On “{step.quoted[:200]}”: " if step.quoted else ""
    text = _ADDRESS.sub(_unless_plain, escape(quoted + step.text.strip()))
    return division(work.authors.named(step.author), step.date, text)


def _unless_plain(address: re.Match[str]) -> str:
    """An address with signs that had to be escaped is no link, in which they would stand."""
    return address[0] if _PLAIN.fullmatch(address[0]) else address[0].replace(":", "\\:")


def conflict(
    work: Work, target: Target, leaf: Leaf, here: Leaf | None, theirs: str, author: str, why: str
) -> None:
    """Keeps the present text of a leaf, and puts the other one below it with its author."""
    place = leaf.anchor or leaf.text[:60]
    name = work.authors.named(author)
    what = f"({escape(place)}) {why}."
    first = f"{TWO_TEXTS} this paragraph {what}"
    if (target.base.name, leaf.start) not in work.conflicted:
        work.conflicted.add((target.base.name, leaf.start))
        present = target.source_of(here) if here else ""
        work.outcome.conflicts.append(
            Conflict(target.base.name, place, present, theirs, name, first)
        )
    where = here or target.near(leaf)
    if where is None:
        return
    source = target.present.source
    lines = [source.count("\n", 0, at) + 1 for at in (here.start, here.end)] if here else (0, 0)
    by = work.authors.changed_by(target.present.file, *lines)
    whose = f"the present text, last changed by {escape(by)}" if by else "the present text"
    head = f"{first}\nIt keeps {whose}.\n"
    said = (
        f"The text of {escape(name)} is:\n\n{theirs}" if theirs else f"{escape(name)} deleted it."
    )
    if what not in source or said not in source:
        _put(target, where, division(name, "", head + said))


def _below(target: Target, leaf: Leaf) -> int:
    """Where the notes on a leaf stand."""
    if leaf.kind == "title":
        return target.present.body
    return target.present.boxes[leaf.box][1] if leaf.box >= 0 else target.end_of_top(leaf)


def _put(target: Target, leaf: Leaf, text: str) -> None:
    at = _below(target, leaf)
    target.put(at, at, text.lstrip("\n") + "\n\n" if leaf.kind == "title" else text)
