"""Carries the steps of a returned file over to the present state of the section files.

Each leaf of the state that was sent is found again in the present one. Where both sides changed the
same words, the present text stays and the other one is put below it as a note that names its author.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial

from shadowreport.roundtrip.additions import addition
from shadowreport.roundtrip.edits import edit, removal
from shadowreport.roundtrip.notes import remark
from shadowreport.roundtrip.returned import WordFile
from shadowreport.roundtrip.steps import Addition, Remark, Script
from shadowreport.roundtrip.target import target
from shadowreport.roundtrip.work import Authors, Outcome, Work
from shadowreport.source.ids import Ids
from shadowreport.source.leaf import Outline


def carry_over(
    steps: Script,
    bases: Mapping[str, Outline],
    presents: Mapping[str, Outline],
    back: WordFile,
    ids: Ids,
    abbreviations: Collection[str],
    authors: Authors,
) -> Outcome:
    """The present files with the steps of the authors that are included."""
    targets = {
        name: target(base, presents[name], bases.values())
        for name, base in bases.items()
        if name in presents
    }
    work = Work(targets, back, ids, abbreviations, authors, steps.known, remarks=steps.remarks)
    for step in steps.edits:
        work.do(step.leaves[0], partial(edit, work, step))
    for step in steps.removals:
        if authors.included(step.author):
            work.do(step.leaf, partial(removal, work, step))
    remarks = [step for step in steps.remarks if authors.included(step.author)]
    additions = [step for step in steps.additions if authors.included(step.author)]
    with_it = [[item for item in remarks if _is_on(item, step)] for step in additions]
    for step in remarks:
        if step.word is None and not any(step is item for row in with_it for item in row):
            work.do(step.leaf, partial(remark, work, step))
    for step, row in zip(additions, with_it, strict=True):
        work.do(step.after, partial(addition, work, step, row))
    texts = {name: found.text() for name, found in targets.items()}
    work.outcome.texts = {
        name: text for name, text in texts.items() if text != targets[name].present.source
    }
    return work.outcome


def _is_on(remark: Remark, step: Addition) -> bool:
    """Whether a comment is on a paragraph that is new, or that moved and takes it along."""
    if remark.word is not None or step.moved is None:
        return remark.word is step.word is not None
    return any(remark.leaf is leaf for leaf in step.moved.leaves)
