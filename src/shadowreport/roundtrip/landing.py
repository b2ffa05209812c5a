"""The changes of a merge go into the section files, or into commits in the names of their authors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.load.sections import problems_of
from shadowreport.machine import git
from shadowreport.machine.files import read_text
from shadowreport.machine.write import write as put_back
from shadowreport.roundtrip.merged import FileChange, Merged
from shadowreport.source.rewrite import rewrite


@dataclass(frozen=True, slots=True)
class Landing:
    """A project, what a merge into it did so far, and the name of the file that came back."""

    project: Path
    result: Merged
    file: str

    def refuse_uncommitted(self, files: set[str]) -> None:
        """Nobody's own changes go into a commit in the name of a guest."""
        dirty = files & set(git.changed_files(self.project)) if files else set[str]()
        if dirty:
            hint = "commit or undo them first, or merge without --commit"
            message = "has changes that are not committed"
            raise Failure(
                [Diagnostic("uncommitted", Place(name), message, hint) for name in sorted(dirty)]
            )

    def commit(self, changes: Sequence[FileChange], author: str) -> None:
        """One commit of what is not in the files yet, in the name of an author."""
        paths = {change.file: self.project / change.file for change in changes}
        changed = [item for item in changes if read_text(paths[item.file], item.file) != item.after]
        if not changed:
            return
        before = {paths[item.file].name: paths[item.file].read_bytes() for item in changed}
        self.write(changed)
        message = f"Merge the changes of {author}\n\nFrom {self.file}"
        try:
            commit = git.commit(self.project, [item.file for item in changed], message, author)
        except Failure:
            put_back(self.project / "sections", before)
            raise
        self.result.commits.append((author, commit))

    def write(self, changes: Sequence[FileChange]) -> None:
        """Writes the files, all or none."""
        self.result.files += rewrite(self.project, {item.file: item.after for item in changes})


def new_errors(change: FileChange) -> list[Diagnostic]:
    """Errors of a section file as it will be that it does not have yet."""
    before = {(item.code, item.message) for item in problems_of(change.before, change.file)}
    found = problems_of(change.after, change.file)
    return [
        item
        for item in found
        if item.severity == "error" and (item.code, item.message) not in before
    ]
