"""What else a copy holds: the report's own templates, and what its tasks need."""

from __future__ import annotations

from pathlib import Path

from shadowreport.core.layout import TEMPLATES
from shadowreport.machine.files import MAX_IMAGE, read_bytes

_TASKS = ("tasks.py", "requirements.txt")


def other_files(project: Path) -> dict[str, bytes]:
    """The files by name; a link is no file of the report."""
    paths = [*sorted((project / TEMPLATES).rglob("*")), *(project / name for name in _TASKS)]
    names = [
        path.relative_to(project).as_posix()
        for path in paths
        if path.is_file() and not path.is_symlink()
    ]
    return {name: read_bytes(project / name, name, MAX_IMAGE) for name in names}
