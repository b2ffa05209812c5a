"""What tasks share: the project, printing problems, exit codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from invoke.exceptions import Exit

from shadowreport.core.problems import Diagnostic, Failure, has_errors

if TYPE_CHECKING:
    from shadowreport.core.register import Register
    from shadowreport.core.report import Report


def project() -> Path:
    """The project around the folder one stands in; ends the task where there is none."""
    from shadowreport.machine.project import find_project

    with failures():
        return find_project(Path.cwd())
    raise Exit(code=1)


@contextmanager
def failures() -> Iterator[None]:
    """Prints what went wrong inside, and ends the task."""
    try:
        yield
    except Failure as failure:
        show(failure.diagnostics)
        raise Exit(code=1) from None


def whole_report(folder: Path, language: str = "") -> Report:
    """A report without errors, or a version of it in another language; prints the errors and ends the task where there are some."""
    from shadowreport.machine.cache import open_cache, using
    from shadowreport.machine.collector import paused
    from shadowreport.pipeline import examine

    with paused(), using(open_cache(folder)):
        report, found = examine(folder, language=language)
    if report is None or has_errors(found):
        show(item for item in found if item.severity == "error")
        raise Exit(code=1)
    return report


def register_of(option: str, folder: Path | None) -> Register | None:
    """The register that an option or the variable names; from here on no problem that is printed tells a
    name of it. Raises Failure."""
    from shadowreport import console
    from shadowreport.load.register import load_register
    from shadowreport.outgoing import silent

    persons = load_register(option, folder)
    console.withhold(silent(folder or Path.cwd(), persons) if persons else lambda item: item)
    return persons


def say_unsearched(folder: Path, persons: Register | None, edition: str = "") -> None:
    """Says of what was made for others that nobody looked for names in it, where the report has somebody
    to protect: `edition` is the one that was asked for, all of them where it is empty."""
    from shadowreport import console
    from shadowreport.core.editions import CONFIDENTIAL, protects
    from shadowreport.pipeline import loaded

    if persons is not None or edition == CONFIDENTIAL:
        return
    report = loaded(folder)
    if report and protects(report):
        console.unsearched()


def show(diagnostics: Iterable[Diagnostic], aside: bool = False) -> None:
    """Prints problems, `aside` where a program may read what the task prints besides."""
    from shadowreport import console

    console.diagnostics(diagnostics, console.ASIDE if aside else "text")


def end(good: bool) -> None:
    """Ends the task with exit code 0 only where all went well."""
    if not good:
        raise Exit(code=1)
