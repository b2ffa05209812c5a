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
from shadowreport.roundtrip.steps import Script
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
        name: target(base, presents[name]) for name, base in bases.items() if name in presents
    }
    work = Work(targets, back, ids, abbreviations, authors, steps.known)
    for step in steps.edits:
        work.do(step.leaves[0], partial(edit, work, step))
    for step in steps.removals:
        if authors.included(step.author):
            work.do(step.leaf, partial(removal, work, step))
    for step in steps.remarks:
        if authors.included(step.author) and step.word is None:
            work.do(step.leaf, partial(remark, work, step))
    for step in steps.additions:
        if authors.included(step.author):
            on_it = [item for item in steps.remarks if item.word is step.word is not None]
            work.do(step.after, partial(addition, work, step, on_it))
    texts = {name: found.text() for name, found in targets.items()}
    work.outcome.texts = {
        name: text for name, text in texts.items() if text != targets[name].present.source
    }
    return work.outcome
