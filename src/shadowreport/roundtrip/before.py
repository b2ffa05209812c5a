"""What earlier merges brought, so that what an editor decided about it since stays decided.

A file is merged again by mistake, or its author sends a newer one that holds the same changes and more.
Notes that were settled and deleted meanwhile, and words that were put back, would come in once more.
So each step that was carried out is kept as a short hash; no word of it is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place
from shadowreport.machine.files import read_text
from shadowreport.machine.write import write
from shadowreport.roundtrip.change import Change, Op
from shadowreport.roundtrip.record import Record
from shadowreport.roundtrip.returned import WordChar, WordFile
from shadowreport.roundtrip.steps import Addition, Edit, Remark, Removal, Script
from shadowreport.source.leaf import Leaf, Outline

FILE = "merged.txt"
_KEY = re.compile(r"^[0-9a-f]{20}$", re.MULTILINE)
_SHOWN = 70  # characters of a line
_MOST = 5  # places that are named for each file
_MARKUP = (":::", "{#", "It keeps the present", "The text of")


@dataclass(frozen=True, slots=True)
class Before:
    """The steps of a returned file, each with a key that is the same whenever that file, or a newer
    one made from the same state, is merged."""

    record: Record
    back: WordFile

    def keys(self, steps: Script) -> set[str]:
        """The keys of all steps."""
        found = {self._remark(step) for step in steps.remarks}
        found |= {self._removal(step) for step in steps.removals}
        for step in steps.edits:
            found.update(self._ops(step))
        for step in steps.additions:
            found.add(self._addition(step))
            found.update(self._ops(step.moved) if step.moved else ())
        return found

    def without(self, steps: Script, known: Collection[str]) -> Script:
        """The steps that no earlier merge carried out."""
        edits = [self._rest(step, known) for step in steps.edits]
        additions: list[Addition] = []
        for step in steps.additions:
            moved = self._rest(step.moved, known) if step.moved else None
            if self._addition(step) not in known:
                additions.append(replace(step, moved=moved))
            elif moved:
                edits.append(moved)
        return replace(
            steps,
            edits=[step for step in edits if step.change.ops],
            additions=additions,
            removals=[step for step in steps.removals if self._removal(step) not in known],
            remarks=[step for step in steps.remarks if self._remark(step) not in known],
        )

    def _rest(self, step: Edit, known: Collection[str]) -> Edit:
        pairs = zip(step.change.ops, self._ops(step), strict=True)
        ops = [op for op, key in pairs if key not in known]
        return replace(step, change=replace(step.change, ops=ops))

    def _ops(self, step: Edit) -> Iterator[str]:
        place = _place(step.outline, step.leaves[0])
        for op in step.change.ops:
            yield self._key("edit", place, op.i1, op.i2, op.author, *self._new(step.change, op))

    def _new(self, change: Change, op: Op) -> Iterator[str]:
        for char in change.back[op.j1 : op.j2]:
            yield f"{self._said(char)} {sorted(char.formats)} {char.link}"

    def _said(self, char: WordChar) -> str:
        return self.back.note_text(char.note) if char.note else char.text

    def _addition(self, step: Addition) -> str:
        if step.moved:
            leaf, outline = step.moved.leaves[0], step.moved.outline
            return self._key("move", _place(outline, leaf), _place(step.outline, step.after))
        words = [self._said(char) for char in step.word.chars] if step.word else []
        return self._key("new", step.outline.name, step.kind, step.author, *words)

    def _removal(self, step: Removal) -> str:
        return self._key("gone", _place(step.outline, step.leaf), step.author)

    def _remark(self, step: Remark) -> str:
        place = step.spot or _place(step.outline, step.leaf)
        return self._key("remark", place, step.author, step.date, step.text)

    def _key(self, *parts: object) -> str:
        record = self.record
        whole = (record.report, record.revision, record.content, record.organisation, *parts)
        return hashlib.sha256("\0".join(map(str, whole)).encode()).hexdigest()[:20]


def _place(outline: Outline, leaf: Leaf) -> str:
    return f"{outline.name} {leaf.kind} {leaf.start}"


def remembered(folder: Path) -> set[str]:
    """The keys of what was merged on this machine; a damaged line is none."""
    path = folder / FILE
    return set(_KEY.findall(read_text(path, FILE))) if path.is_file() else set()


def remember(folder: Path, keys: Collection[str]) -> None:
    """Keeps the keys of what was merged now, beside the others."""
    known = remembered(folder)
    if not known.issuperset(keys):
        write(folder, {FILE: "".join(f"{key}\n" for key in sorted({*known, *keys})).encode()})


def decided(
    fresh: Mapping[str, str], whole: Mapping[str, str], presents: Mapping[str, Outline], file: str
) -> Iterator[Diagnostic]:
    """What would read otherwise if all that was merged before came in again: by section the text with
    what is new alone (`fresh`), and with everything (`whole`)."""
    for name in dict.fromkeys([*fresh, *whole]):
        present = presents[name]
        one, other = fresh.get(name, present.source), whole.get(name, present.source)
        spots = list(dict.fromkeys(_spots(one, other)))
        if spots:
            shown = "; ".join(f"'{spot}'" for spot in spots[:_MOST])
            more = f" and {len(spots) - _MOST} more" if len(spots) > _MOST else ""
            message = f"what an earlier merge of {file} brought here was changed, settled or deleted since, and stays as it is now: {shown}{more}"
            hint = "merge with --again to bring it in once more (look first: --again --dry-run --patch)"
            yield Diagnostic("merged-before", Place(present.file), message, hint)


def _spots(one: str, other: str) -> Iterator[str]:
    """The first words of each place in which two texts differ."""
    rows = one.split("\n"), other.split("\n")
    for tag, a, b, c, d in SequenceMatcher(None, *rows, autojunk=False).get_opcodes():
        lines = [] if tag == "equal" else [*rows[1][c:d], *rows[0][a:b]]
        said = [line.strip() for line in lines if line.strip()]
        telling = [line for line in said if not line.startswith(_MARKUP)] or said
        if telling:
            line = telling[0]
            yield line[:_SHOWN] + ("…" if len(line) > _SHOWN else "")
