"""Two states of a report, read for a comparison: an edition of each, and what neither may tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from shadowreport.checks.withheld import passages, public_text
from shadowreport.core.editions import CONFIDENTIAL, chosen, editions
from shadowreport.core.problems import Failure
from shadowreport.core.report import Report
from shadowreport.core.withheld_since import withheld_alike
from shadowreport.load import load
from shadowreport.machine import git
from shadowreport.machine.git_tree import state
from shadowreport.pipeline import must_be_sound

Withheld = tuple[Mapping[str, str], str]  # passages by what they are called, and all that is public


@dataclass(frozen=True, slots=True)
class Both:
    """The two states: their commits (the last is empty for the files as they are), folders, reports."""

    first: str
    last: str
    folders: tuple[Path, Path]
    older: Report
    newer: Report
    held: Withheld


@contextmanager
def both(project: Path, old: str, new: str, name: str, task: str) -> Iterator[Both]:
    """The states at two revisions, in the edition of that name, while their folders exist; without `new`,
    the files as they are now. Raises Failure; it names the task where an edition must be named."""
    first = git.commit_of(project, old)
    last = git.commit_of(project, new) if new else ""
    with ExitStack() as stack, ThreadPoolExecutor(2) as pool:
        one, other = (stack.enter_context(_state(project, commit)) for commit in (first, last))
        older, newer = pool.map(_loaded, (one, other), (old, new))
        held: Withheld = {}, ""
        if name != CONFIDENTIAL:
            older = withheld_alike(older, newer)
            then = {f"{place} (in {old})": text for place, text in passages(older).items()}
            held = {**then, **passages(newer)}, public_text(newer)
        older, newer = _shown(older, name, task), _shown(newer, name, task)
        yield Both(first, last, (one, other), older, newer, held)


@contextmanager
def _state(project: Path, commit: str) -> Iterator[Path]:
    if commit:
        with state(project, commit) as folder:
            yield folder
    else:
        yield project


def _loaded(folder: Path, revision: str) -> Report:
    """A state that can be shown whole. Raises Failure, whose words name a revision that cannot."""
    try:
        return must_be_sound(*load(folder))
    except Failure as failure:
        where = f" (in {revision})" if revision else ""
        told = [replace(item, message=f"{item.message}{where}") for item in failure.diagnostics]
        raise Failure(told) from None


def _shown(report: Report, name: str, task: str) -> Report:
    """One edition of a state; where it has a single one, that."""
    return report if len(editions(report)) == 1 else chosen(report, name, task)
