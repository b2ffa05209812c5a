"""Tasks that make a report: build, check, format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from invoke.context import Context

from shadowreport.core.problems import has_errors
from shadowreport.machine.project import saves
from shadowreport.render import FORMATS
from shadowreport.tasks.common import end, failures, project, register_of, say_unsearched, show
from shadowreport.tasks.options import ALL, REGISTER, choice, one_edition, refuse, several, task

if TYPE_CHECKING:
    from shadowreport.core.register import Register
    from shadowreport.last_check import Look


@task(
    help={
        "formats": f"which formats, with commas between them: {', '.join(FORMATS)} (default: {ALL})",
        "section": "build this section alone, by name, number or title, with its true numbers; can be repeated",
        "edition": "public or confidential (default: all editions that the report has)",
        "profile": "a shorter document of profiles: in report.yaml, by its name",
        "language": "a version in another language of translations: in report.yaml, or all (default: the report's own)",
        "no_cache": "make everything anew instead of taking what has not changed from the cache",
        "register": REGISTER,
        "release": "build what is published: with a register, of a commit, with nothing left to decide, and a record",
    },
    iterable=["section"],
)
def build(
    _context: Context,
    formats: str = ALL,
    section: list[str] | None = None,
    edition: str = "",
    profile: str = "",
    language: str = "",
    no_cache: bool = False,
    register: str = "",
    release: bool = False,
) -> None:
    """Build the report: every format of it, or those that are named, in build/."""
    from shadowreport import console, pipeline

    wanted = several(formats, tuple(FORMATS), "format")
    name = one_edition(edition)
    if profile and section:
        refuse("a profile says itself which sections it holds: leave --section out")
    if profile and language:
        refuse("a profile is in the report's own language: leave --language out")
    folder = project()
    with failures():
        persons = register_of(register, folder)
    with console.progress("building") as progress:
        result = pipeline.build(
            folder,
            wanted,
            tuple(section or ()),
            progress,
            not no_cache,
            persons,
            release,
            name,
            profile,
            language,
        )
    console.built(result, folder)
    if result.succeeded:
        say_unsearched(folder, persons)
    end(result.succeeded)


@task(
    help={
        "format": "how problems are printed: text, json, or github (annotations of GitHub Actions)",
        "edition": "public: tell only what the public edition may say (for logs that others read)",
        "register": REGISTER,
        "watch": "go on, and check again whenever a file of the report is saved",
        "no_cache": "look at everything anew",
    },
)
def check(
    _context: Context,
    format: str = "text",
    edition: str = "",
    register: str = "",
    watch: bool = False,
    no_cache: bool = False,
) -> None:
    """Check the report and print every problem; nothing is written."""
    from shadowreport import console

    form = choice(format, console.FORMS, "format")
    name = one_edition(edition)
    folder = project()
    with failures():
        persons = register_of(register, folder)
        found = _looked(folder, name, persons, not no_cache)
        console.checked(found, form)
        if found.protects and persons is None:
            console.unsearched()
        if watch:
            _go_on(folder, form, name, persons)
    end(not has_errors(found.problems))


def _looked(folder: Path, name: str, persons: Register | None, cached: bool = True) -> Look:
    """What is wrong with a report, and where its files name a person of a register."""
    from shadowreport.last_check import look

    found = look(folder, cached=cached, name=name)
    if persons is None:
        return found
    from shadowreport.core.editions import PUBLIC
    from shadowreport.outgoing import in_sources, registered

    whole = name != PUBLIC  # a doubt about confidential words would tell where they stand
    own = [*registered(folder, persons, name), *in_sources(folder, persons, doubts=whole)]
    return found._replace(problems=[*found.problems, *own])


def _go_on(folder: Path, form: str, name: str, persons: Register | None) -> None:
    """Checks again after each save, until somebody presses Ctrl-C."""
    from shadowreport import console

    try:
        console.waiting()
        for _ in saves(folder):
            console.checked(_looked(folder, name, persons), form)
            console.waiting()
    except KeyboardInterrupt:
        console.line("")


@task(
    help={
        "section": "format this section alone, by name, number or title; can be repeated",
        "check": "write nothing; name the files that would change, and fail where there are some",
        "diff": "write nothing; show what would change, and fail where something would",
    },
    iterable=["section"],
)
def format(
    _context: Context, section: list[str] | None = None, check: bool = False, diff: bool = False
) -> None:
    """Format the sections: one sentence a line, blank lines where they belong; nothing else differs."""
    from shadowreport import console
    from shadowreport.formatting import format_report
    from shadowreport.source.rewrite import rewrite

    folder, only_look = project(), check or diff
    with failures():
        result = format_report(folder, tuple(section or ()))
        if not only_look:
            rewrite(folder, {change.file: change.after for change in result.changes})
    console.formatted(result.changes, only_look, diff)
    show(result.left)
    end(not result.left and not (only_look and result.changes))
