"""Tasks that protect persons: scan, publish-copy."""

from __future__ import annotations

from pathlib import Path

from invoke.context import Context

from shadowreport.core.problems import Diagnostic, Failure, has_errors
from shadowreport.tasks.common import end, failures, project, register_of, say_unsearched, show
from shadowreport.tasks.options import REGISTER, choice, refuse, task


@task(
    positional=["file"],
    iterable=["file"],
    help={
        "file": "files and folders to search, of whatever kind",
        "register": REGISTER,
        "history": "search the past commits of the repository, too",
        "format": "how problems are printed: text, json, or github (annotations of GitHub Actions)",
    },
)
def scan(
    _context: Context,
    file: list[str] | None = None,
    register: str = "",
    history: bool = False,
    format: str = "text",
) -> None:
    """Search files for the names of the register, whatever they hide in; exit code 1 where one is found."""
    from shadowreport import console

    form = choice(format, console.FORMS, "format")
    if not file and not history:
        refuse("name the files that are searched, or --history")
    with failures():
        found = _found(file or [], register, history)
    console.diagnostics(found, form)
    if form == "text" and not found:
        console.line("Nothing of the register was found.")
    end(not has_errors(found))


@task(
    positional=["into"],
    help={
        "into": "the folder of the copy: a new one, outside of this report",
        "register": REGISTER,
    },
)
def publish_copy(_context: Context, into: str, register: str = "") -> None:
    """Copy the report's sources for publication: nothing withheld, no history, the same public files."""
    from shadowreport import console
    from shadowreport.publishing import publish_copy as copy

    folder = project()
    with failures(), console.progress("copying, and building both") as progress:
        persons = register_of(register, folder)
        result = copy(folder, Path(into), persons, progress)
    show(result.diagnostics)
    console.line(f"{len(result.files)} files in {into}; they build the same public files.")
    say_unsearched(folder, persons)
    console.line(
        "\nLook at its pictures and templates yourself; then 'git init' there begins its own history."
    )


def _found(files: list[str], register: str, history: bool) -> list[Diagnostic]:
    from shadowreport.gate import make_gate
    from shadowreport.gate.history import scan_history
    from shadowreport.gate.scan import scan as search
    from shadowreport.load.names import common_words

    folder = _project()
    persons = register_of(register, folder)
    if persons is None:
        refuse("name the register: --register FILE, or the variable SHADOWREPORT_REGISTER")
    gate = make_gate(persons, common_words(folder or Path.cwd()))
    found = list(search(gate, files))
    return [*found, *(scan_history(gate, folder or Path.cwd()) if history else ())]


def _project() -> Path | None:
    """The project around the folder one stands in, if there is one: files are searched anywhere."""
    from shadowreport.machine.project import find_project

    try:
        return find_project(Path.cwd())
    except Failure:
        return None
