"""Tasks that show what changed between two states: diff, redline."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from invoke.context import Context

from shadowreport.tasks.common import (
    end,
    failures,
    project,
    register_of,
    say_unsearched,
    show,
)
from shadowreport.tasks.options import REGISTER, choice, one_edition, refuse, task

_DIFF = ("text", "html", "md", "json")


@task(
    positional=["old"],
    help={
        "old": "a commit, tag or branch, or OLD..NEW for two of them",
        "new": "what it is compared with: a commit, tag or branch (default: the files as they are)",
        "format": f"{', '.join(_DIFF)}: html is a page in build/, the others come out here (default: text)",
        "edition": "public or confidential; must be said where something is confidential",
        "register": REGISTER,
    },
)
def diff(
    _context: Context,
    old: str,
    new: str = "",
    format: str = "text",
    edition: str = "",
    register: str = "",
) -> None:
    """Show what changed between two versions in the report's terms: paragraphs, ties, sources, sign-offs."""
    from shadowreport import console
    from shadowreport.core.layout import BUILD
    from shadowreport.machine.write import write
    from shadowreport.redline.diff import diff as compare

    form = choice(format, _DIFF, "format")
    old, new = _sides(old, new)
    folder = project()
    name = one_edition(edition)
    with failures(), console.progress("comparing"):
        persons = register_of(register, folder)
        tell = partial(show, aside=form in ("md", "json"))
        text = compare(folder, old, new, form, name, persons, tell)
    if form == "html":
        with failures():
            console.files(write(folder / BUILD, {"diff.html": text.encode()}), folder)
    elif form == "text":
        console.lines(text)
    else:
        console.raw(text)
    say_unsearched(folder, persons, name)


@task(
    positional=["old"],
    help={
        "old": "a commit, tag or branch, OLD..NEW for two of them, or a DOCX",
        "new": "what it is compared with: a commit, or a DOCX (default: the files as they are)",
        "output": "the Word file to write (default: in build/)",
        "author": "whose changes they are (default: the author of each commit)",
        "edition": "public or confidential; must be said where something is confidential",
        "register": REGISTER,
    },
)
def redline(
    _context: Context,
    old: str,
    new: str = "",
    output: str = "",
    author: str = "",
    edition: str = "",
    register: str = "",
) -> None:
    """Show what changed between two versions as a Word file with tracked changes."""
    from shadowreport import console
    from shadowreport.redline.revisions import redline as compare

    old, new = _sides(old, new)
    if output and not output.lower().endswith(".docx"):
        refuse(f"'{output}' is no name of a Word file: it ends in .docx")
    if old.lower().endswith(".docx") and not new:
        refuse("name the DOCX that it is compared with: --new FILE.docx")
    name = one_edition(edition)
    folder = project()
    with failures(), console.progress("comparing"):
        target = Path(output) if output else None
        persons = register_of(register, folder)
        result = compare(folder, old, new, target, author=author, name=name, persons=persons)
    if result.diagnostics:
        console.diagnostics(result.diagnostics)
    console.files(result.files, folder)
    if result.succeeded:
        say_unsearched(folder, persons, name)
    end(result.succeeded)


def _sides(old: str, new: str) -> tuple[str, str]:
    """The two sides, of which OLD..NEW names both."""
    if ".." not in old or os.path.lexists(old):
        return old, new
    if new:
        refuse(f"'{old}' names both sides already: leave --new out")
    first, _, last = old.partition("..")
    if not first:
        refuse(f"'..{last}' lacks the side that is compared: OLD..NEW")
    return first, last
