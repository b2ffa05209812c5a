"""A cycle is closed and the next one opened: what was handed in is kept, the committee's last words become
demands of the report, and everything in it is to be looked at again.

All of it is made in a copy of the report first, which has to load and pass the checks; so a project is
as it was, or in the next cycle, and never between the two.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shadowreport.checks import check
from shadowreport.core.coverage import coverage
from shadowreport.core.layout import FOLDERS, SETTINGS
from shadowreport.core.problems import Diagnostic, Failure, has_errors
from shadowreport.core.register import Register
from shadowreport.core.report import Place, Report
from shadowreport.load import load
from shadowreport.machine.git import changed_files, head, tag
from shadowreport.machine.scratch import Scratch
from shadowreport.machine.write import write_tree
from shadowreport.next_cycle.archive import ARCHIVE, archived
from shadowreport.next_cycle.sections import Opened, opened
from shadowreport.next_cycle.settings import next_name, renewed
from shadowreport.observations import import_observations
from shadowreport.observations.files import Imported
from shadowreport.source.rewrite import as_found
from shadowreport.suggest.lineage import repeats, taken_up

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class NextCycle:
    """What became of a report: the files that changed, by name; the tag of the old cycle, empty without
    git; what was imported and where it went; how much there is to do."""

    files: tuple[str, ...]
    tag: str
    imported: Imported
    opened: Opened
    open: int  # demands that nothing answers
    repeated: int  # proposals: new demands that may repeat older ones
    taken_up: (
        int  # proposals: recommendations of the report's own that the committee may have followed
    )


def next_cycle(
    project: Path,
    sources: Sequence[Path],
    name: str = "",
    persons: Register | None = None,
    *,
    dry_run: bool = False,
    force: bool = False,
    progress: Progress = lambda _: None,
) -> NextCycle:
    """Closes the present cycle of a report and opens the next one, with the documents in `sources` as its
    column. `name` is what the next report is called in files. Raises Failure, with nothing changed, where
    the report has errors or changes that are not committed, or a document cannot be taken."""
    old = _sound(project)
    commit = _committed(project)
    with _copy(project) as copy:
        progress("reading the observations")
        imported = import_observations(copy, sources, force=force)
        new = _sound(copy)
        stems = {Path(taken.file).stem for taken in imported.taken}
        known = {cycle.stem for cycle in old.cycles}
        if not stems - known:
            message = f"{', '.join(sorted(stems))} is a cycle of this report already"
            hint = "name the observations that came after it; 'invoke import-observations' completes a file"
            raise Failure([Diagnostic("observations-unreadable", new.place, message, hint)])
        done = opened(new, copy, stems - known)
        today = date.today()
        changed = {**done.files, **renewed(copy, next_name(old, name, today), today)}
        write_tree(copy, {file: _bytes(copy, file, text) for file, text in changed.items()})
        new = _sound(copy)
        files = _differing(copy, project)
    if not dry_run:
        progress("building what was handed in")
        kept = archived(project, old, commit, persons)
        label = tag(project, old.name, commit) if commit else ""
        write_tree(project, files | kept)
        files |= kept
    else:
        label = old.name if commit else ""
    return NextCycle(
        tuple(files),
        label,
        imported,
        done,
        sum(item.is_open for item in coverage(new).values()),
        len({pair.name for pair in repeats(new)}),
        len({pair.name for pair in taken_up(new)}),
    )


def _sound(project: Path) -> Report:
    """The report of a folder. Raises Failure where it has errors."""
    report, read = load(project)
    found = check(report, before=read) if report else read
    if report is None or has_errors(found):
        raise Failure([item for item in found if item.severity == "error"])
    return report


def _committed(project: Path) -> str:
    """The commit that holds the old cycle; empty without git. Raises Failure where something is not in it."""
    commit = head(project)
    changed = changed_files(project) if commit else []
    if changed:
        message = f"{', '.join(changed[:5])} is not committed, and a cycle is closed as git has it"
        hint = "commit it, or take the change back"
        raise Failure([Diagnostic("uncommitted", Place(changed[0]), message, hint)])
    if (project / ARCHIVE).is_symlink():
        raise Failure([Diagnostic("cannot-write", Place(ARCHIVE), "this is a link, not a folder")])
    return commit


def _bytes(folder: Path, file: str, text: str) -> bytes:
    """A text as its file has it: with the same line ends."""
    path = folder / file
    return as_found(path.read_bytes(), text) if path.is_file() else text.encode()


@contextmanager
def _copy(project: Path) -> Iterator[Path]:
    with Scratch() as made:
        copy = Path(made) / "report"
        for name in FOLDERS:
            if (project / name).is_dir():
                shutil.copytree(project / name, copy / name, symlinks=True)
        yield copy


def _differing(copy: Path, project: Path) -> dict[str, bytes]:
    """The files of a copy that the project has not, or has otherwise; report.yaml is the last of them."""
    found = {
        path.relative_to(copy).as_posix(): path.read_bytes()
        for name in FOLDERS
        for path in sorted((copy / name).rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
    changed = {
        name: data
        for name, data in found.items()
        if not (project / name).is_file() or (project / name).read_bytes() != data
    }
    return {name: changed[name] for name in sorted(changed, key=lambda name: name == SETTINGS)}
