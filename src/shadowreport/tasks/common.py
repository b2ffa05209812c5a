"""What tasks share: the project, choices typed by a person, printing problems, exit codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from invoke.exceptions import Exit

from shadowreport.core.problems import Diagnostic, Failure, did_you_mean, has_errors

if TYPE_CHECKING:
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


def whole_report(folder: Path) -> Report:
    """A report without errors; prints the errors and ends the task where there are some."""
    from shadowreport.machine.cache import open_cache, using
    from shadowreport.machine.collector import paused
    from shadowreport.pipeline import examine

    with paused(), using(open_cache(folder)):
        report, found = examine(folder)
    if report is None or has_errors(found):
        show(item for item in found if item.severity == "error")
        raise Exit(code=1)
    return report


def choices(text: str, known: tuple[str, ...], what: str) -> tuple[str, ...]:
    """The words of a list with commas; all that are known where it is empty."""
    words = tuple(word.strip().lower() for word in text.split(",") if word.strip()) or known
    for word in words:
        if word not in known:
            hint = did_you_mean(word, known) or ", ".join(known)
            raise Exit(f"'{word}' is no {what}: {hint}", code=2)
    return words


def pairs(texts: Iterable[str], example: str) -> dict[str, str]:
    """Options typed as NAME=VALUE."""
    result: dict[str, str] = {}
    for item in texts:
        name, found, value = item.partition("=")
        if not found or not name or not value:
            raise Exit(f"'{item}' is not of the form {example}", code=2)
        result[name] = value
    return result


def typed(task: Any, value: str) -> None:
    """Guards a word that a task takes without a flag: Invoke would take `--help` for it."""
    if not value.startswith("-"):
        return
    from shadowreport import console

    name = task.name.replace("_", "-")
    wanted = " ".join(word.upper() for word in task.positional)
    console.line(f"Usage: invoke {name} {wanted} [--options]\n\n{task.__doc__}\n")
    for argument in task.get_arguments():
        flags = ", ".join(("-" if len(flag) == 1 else "--") + flag for flag in argument.names)
        console.line(f"  {flags:<28}{argument.help or ''}")
    raise Exit(code=0 if value in ("-h", "--help") else 2)


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Prints problems."""
    from shadowreport import console

    console.diagnostics(diagnostics)


def end(good: bool) -> None:
    """Ends the task with exit code 0 only where all went well."""
    if not good:
        raise Exit(code=1)
