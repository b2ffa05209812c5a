"""Who made each change of a paragraph, by the marks of tracking in the file that came back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from shadowreport.compare.text import BREAK, normal
from shadowreport.roundtrip.change import Change, Op, text_of


def credited(change: Change) -> list[Op]:
    """The operations of a change, each with its author; empty where it was not tracked."""
    ops = [replace(op, author=_author(op, change)) for op in change.ops]
    if all(op.author for op in ops) or not _all_tracked(change):
        return ops
    marks = sorted(_marks(change))
    return [op if op.author else replace(op, author=_nearest(op, marks)) for op in ops]


def _all_tracked(change: Change) -> bool:
    """Whether nothing but tracked changes leads to what came back. A comparison by words may then
    still give one of them letters that nobody typed: "in" became "i", "by Bolat" and "n"."""
    deleted: dict[int, str] = {}
    for item in change.deleted:
        deleted[item.at] = deleted.get(item.at, "") + item.text
    kept = [
        deleted.get(at, "") + ("" if char.author else char.text)
        for at, char in enumerate(change.back)
    ]
    before = "".join([*kept, deleted.get(len(change.back), "")])
    return _words(before) == _words(text_of(change.base))


def _words(text: str) -> str:
    """A text without blanks and paragraphs' ends: a join may leave one of them over."""
    return "".join(normal(text).replace(BREAK, "").split())


def _marks(change: Change) -> Iterator[tuple[int, str]]:
    """Where something was inserted or deleted, and by whom."""
    yield from ((at, char.author) for at, char in enumerate(change.back) if char.author)
    yield from ((item.at, item.author) for item in change.deleted if item.author)


def _nearest(op: Op, marks: list[tuple[int, str]]) -> str:
    near = min(marks, key=lambda mark: max(op.j1 - mark[0], mark[0] - op.j2, 0), default=(0, ""))
    return near[1]


def _author(op: Op, change: Change) -> str:
    """Who made a change; everybody, where several worked on the same words."""
    new = change.back[op.j1 : op.j2]
    names = dict.fromkeys(char.author for char in new if char.author)
    if not names and op.i2 > op.i1:
        names = dict.fromkeys(_deleters(op, change))
    return " & ".join(names) or next((char.looked for char in new if char.looked), "")


def _deleters(op: Op, change: Change) -> list[str]:
    """Who deleted what is gone: a comparison may find it a word beside its mark ("and" of
    "and on and")."""
    gone = [item for item in change.deleted if item.author]
    here = [item.author for item in gone if op.j1 <= item.at <= op.j2]
    text = text_of(change.base[op.i1 : op.i2]).strip()
    near = sorted(gone, key=lambda item: abs(item.at - op.j1))
    said = (
        item.author for item in near if (text and text in item.text) or item.text.strip() == text
    )
    return here[:1] or [next(said, "")]
