"""What a merge did: the changes of section files, the commits, what is left to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from shadowreport.core.problems import Diagnostic, has_errors
from shadowreport.roundtrip.record import Record
from shadowreport.roundtrip.steps import Left, Script
from shadowreport.roundtrip.work import Conflict


@dataclass(frozen=True, slots=True)
class FileChange:
    """A section file before and after."""

    file: str
    before: str
    after: str


@dataclass(slots=True)
class Merged:
    """What a merge did or, in a dry run, would do."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    changes: list[FileChange] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    commits: list[tuple[str, str]] = field(default_factory=list)  # author, commit
    conflicts: list[Conflict] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    steps: Script = field(default_factory=Script)
    record: Record | None = None
    new_ids: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)

    @property
    def succeeded(self) -> bool:
        """Whether the file was read and all that could be brought back was."""
        return not has_errors(self.diagnostics)
