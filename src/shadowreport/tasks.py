"""The Invoke tasks: parse options, call the pipeline, print, exit code. No logic.

A project's tasks.py says `from shadowreport.tasks import namespace`.
"""

from __future__ import annotations

from pathlib import Path

from invoke import Collection, Context, Exit, task

from shadowreport.diagnostics import Diagnostic, Failure, did_you_mean, has_errors


@task(
    help={
        "formats": "which formats, with commas between them: docx, pdf, html, json, md (default: all)",
        "section": "build this section alone, by name or number, with its true numbers (can be repeated)",
    },
    iterable=["section"],
)
def build(_context: Context, formats: str = "", section: list[str] | None = None) -> None:
    """Build the report: DOCX, PDF, HTML, JSON and Markdown in build/."""
    from shadowreport import console, pipeline

    wanted = _choices(formats, pipeline.FORMATS, "format")
    project = _project()
    with console.progress("building") as progress:
        result = pipeline.build(project, wanted, tuple(section or ()), progress)
    console.built(result, project)
    _exit(result.succeeded)


@task(
    help={
        "format": "how problems are printed: text, json or github (annotations of GitHub Actions)"
    }
)
def check(_context: Context, format: str = "text") -> None:
    """Check the report and print every problem; nothing is written."""
    from shadowreport import console
    from shadowreport.checked import problems

    (form,) = _choices(format or "text", console.FORMS, "format")
    found = problems(_project())
    console.diagnostics(found, form)
    if form == "text" and not found:
        console.line("No problems.")
    _exit(not has_errors(found))


@task(positional=["folder"], help={"folder": "the folder to make; it must not exist, or be empty"})
def new(_context: Context, folder: str) -> None:
    """Make a new report project: a small report that builds, to be filled in."""
    from shadowreport import console
    from shadowreport.new import new as make

    try:
        files = make(Path(folder))
    except Failure as failure:
        _print(failure.diagnostics)
        raise Exit(code=1) from None
    for path in files:
        console.line(str(path))
    console.line(f"\nNext: cd {folder}, fill in sections/report.yaml, then run 'invoke build'.")


def _project() -> Path:
    from shadowreport.project import find_project

    try:
        return find_project(Path.cwd())
    except Failure as failure:
        _print(failure.diagnostics)
        raise Exit(code=1) from None


def _choices(text: str, known: tuple[str, ...], what: str) -> tuple[str, ...]:
    words = tuple(word.strip().lower() for word in text.split(",") if word.strip()) or known
    for word in words:
        if word not in known:
            raise Exit(
                f"'{word}' is no {what}: {did_you_mean(word, known) or ', '.join(known)}", code=2
            )
    return words


def _print(diagnostics: tuple[Diagnostic, ...]) -> None:
    from shadowreport import console

    console.diagnostics(diagnostics)


def _exit(good: bool) -> None:
    if not good:
        raise Exit(code=1)


namespace = Collection(build, check, new)
