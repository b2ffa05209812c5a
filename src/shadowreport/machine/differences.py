"""Teaches git in one repository how a report's files differ: by paragraph, and Word files by their words.

Which files are meant stands in `.gitattributes`, which everybody shares. Which program git starts is a
setting of one's own, since no repository may name programs for others.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from shadowreport.machine.git_command import configure, look

ATTRIBUTES = ".gitattributes"
_HEADS = r"^(\{#[^}]*\}|##* .*|title:.*)$"  # what stands above a change: the paragraph, the heading
_WORDS = f"{shlex.quote(Path(sys.executable).as_posix())} -m shadowreport.tasks.command text"
SETTINGS = {"diff.section.xfuncname": _HEADS, "diff.word.textconv": _WORDS}
_WANTED = {
    "sections/100-general.md": ("section", "sections/*.md diff=section"),
    "report.docx": ("word", "*.docx binary diff=word"),
}


def teach(project: Path) -> list[str]:
    """Sets what git is to know here; gives the lines that `.gitattributes` lacks. Raises Failure."""
    configure(project, SETTINGS)
    asked = look(project, "check-attr", "-z", "diff", "--", *_WANTED).split("\0")
    known = dict(zip(asked[::3], asked[2::3], strict=False))
    return [line for file, (driver, line) in _WANTED.items() if known.get(file) != driver]
