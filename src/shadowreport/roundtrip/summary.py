"""A merge told to a person: what changes in which file, by whom, and what is left to do."""

from __future__ import annotations

import difflib
from collections import Counter

from shadowreport.roundtrip.merged import Merged

_CONTEXT = 1


def _one(what: str, count: int) -> str:
    """The word for one: 1 comment."""
    return what.removesuffix("s") if count == 1 else what


def summary(merged: Merged, *, patch: bool = False) -> str:
    """The summary as plain text; with the patch of all files where it is asked for."""
    steps = merged.steps
    lines: list[str] = []
    if merged.record and merged.record.name:
        lines.append(
            f"Sent to {merged.record.name} from {merged.record.revision[:10] or 'a state without a commit'}."
        )
    counts = {
        "changed": len(steps.edits),
        "new": sum(addition.moved is None for addition in steps.additions),
        "moved": sum(addition.moved is not None for addition in steps.additions),
        "deleted": len(steps.removals),
        "comments": len(steps.remarks),
        "conflicts": len(merged.conflicts),
        "not brought back": len(merged.left),
    }
    lines.append(
        ", ".join(f"{count} {_one(what, count)}" for what, count in counts.items() if count)
        or "Nothing changed."
    )
    by_author = Counter(name for name in merged.authors)
    if by_author:
        lines.append("By " + ", ".join(by_author) + ".")
    for change in merged.changes:
        rows = list(
            difflib.unified_diff(
                change.before.splitlines(), change.after.splitlines(), n=0, lineterm=""
            )
        )
        added = sum(row.startswith("+") and not row.startswith("+++") for row in rows)
        gone = sum(row.startswith("-") and not row.startswith("---") for row in rows)
        into, out = (f"{count} {_one('lines', count)}" for count in (added, gone))
        lines.append(f"  {change.file}: {into} in, {out} out")
    if merged.new_ids:
        lines.append("New ids: " + ", ".join(merged.new_ids))
    lines += [f"Commit {commit[:10]} in the name of {author}" for author, commit in merged.commits]
    return "\n".join([*lines, *([patch_of(merged)] if patch else [])])


def patch_of(merged: Merged) -> str:
    """All changes as one patch that `git apply` takes."""
    parts: list[str] = []
    for change in merged.changes:
        rows = difflib.unified_diff(
            change.before.splitlines(keepends=True),
            change.after.splitlines(keepends=True),
            f"a/{change.file}",
            f"b/{change.file}",
            n=_CONTEXT,
        )
        parts += [
            row if row.endswith("\n") else f"{row}\n\\ No newline at end of file\n" for row in rows
        ]
    return "".join(parts)
