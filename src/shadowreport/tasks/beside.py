"""Tasks for the tools beside: what was built in its own program, git that knows a report's files."""

from __future__ import annotations

from pathlib import Path

from invoke.context import Context

from shadowreport.render import FORMATS
from shadowreport.tasks.common import end, failures, project
from shadowreport.tasks.options import choice, task


@task(
    name="open",
    help={"format": f"which file: {', '.join(FORMATS)} (default: the last that was built)"},
)
def open_last(_context: Context, format: str = "") -> None:
    """Open what was built last, in the program that the system has for it."""
    from shadowreport import console
    from shadowreport.machine.viewer import last_built, view

    wanted = choice(format, tuple(FORMATS), "format") if format else ""
    with failures():
        path = last_built(project(), (wanted,) if wanted else ("pdf", "docx", "html"))
    console.line(str(path))
    if not view(path):
        console.line("No program for it was found here; open it by hand.")
        end(False)


@task()
def setup_git(_context: Context) -> None:
    """Teach git in this folder what a report's files are: paragraphs in hunk heads, Word files as text."""
    from shadowreport import console
    from shadowreport.machine.differences import ATTRIBUTES, SETTINGS, teach

    folder = project()
    with failures():
        lacking = teach(folder)
    for name, value in SETTINGS.items():
        console.line(f"{name} = {value}")
    for line in lacking:
        console.line(f"Add this line to .gitattributes (or run 'invoke upgrade'): {line}")
    if not lacking:
        console.line(f"{ATTRIBUTES} has the rest: 'git diff' and 'git log -p' show it.")


@task(positional=["file"], help={"file": "a Word file"})
def text(_context: Context, file: str) -> None:
    """Print the words of a Word file, as git compares it once 'invoke setup-git' was run."""
    from shadowreport import console
    from shadowreport.word.words import words_of

    with failures():
        console.raw(words_of(Path(file)))
