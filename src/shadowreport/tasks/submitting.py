"""Tasks that hand a report in, and out: package, session."""

from __future__ import annotations

from datetime import UTC, datetime

from invoke.context import Context

from shadowreport.tasks.common import (
    end,
    failures,
    project,
    register_of,
    say_unsearched,
    show,
    whole_report,
)
from shadowreport.tasks.options import REGISTER, VERSION, choices, number, one_edition, refuse, task

_FORMATS = ("docx", "pdf")


@task(
    help={
        "edition": "public or confidential; must be said where something is confidential",
        "formats": f"which files, with commas between them: {', '.join(_FORMATS)} (default: what the body takes)",
        "profile": "hand in a shorter document of report.yaml (profiles:) instead of the whole report",
        "language": VERSION,
        "register": REGISTER,
        "anyway": "pack it although the body would not accept it; the receipt says why it would not",
    },
)
def package(
    _context: Context,
    edition: str = "",
    formats: str = "",
    profile: str = "",
    language: str = "",
    register: str = "",
    anyway: bool = False,
) -> None:
    """Pack what is handed in, checked against the body's rules, with a letter, checksums and a receipt."""
    from shadowreport import console
    from shadowreport.submission import package as pack

    name = one_edition(edition)
    kinds = choices(formats, _FORMATS, "format") if formats else ()
    if profile and language:
        refuse("shorter documents (profiles:) are made in the report's own language alone")
    folder = project()
    with failures(), console.progress("building") as progress:
        persons = register_of(register, folder)
        result = pack(
            folder, datetime.now(UTC), name, kinds, persons, anyway, progress, profile, language
        )
    console.packed(result, folder)
    if result.files:
        say_unsearched(folder, persons)
    end(bool(result.files))


@task(
    help={
        "edition": "public or confidential; must be said where something is confidential",
        "pages": "of the brief: 1 or 2 (default: 1)",
        "minutes": "of the statement (default: 3)",
        "language": VERSION,
        "register": REGISTER,
    },
)
def session(
    _context: Context,
    edition: str = "",
    pages: str = "1",
    minutes: str = "3",
    language: str = "",
    register: str = "",
) -> None:
    """Make what a delegate needs: a brief, an oral statement, questions, cards; each line with its paragraph."""
    from shadowreport import console
    from shadowreport.briefing import session as make

    name = one_edition(edition)
    most = number(pages, 1, 2, "number of pages")
    time = number(minutes, 1, 30, "number of minutes")
    folder = project()
    with failures(), console.progress("writing"):
        persons = register_of(register, folder)
        result = make(folder, whole_report(folder, language), name, most, time, persons)
    show(result.diagnostics)
    console.files(result.files, folder)
    if result.length:
        console.line(f"\nThe statement: {result.length}.")
        if result.unspoken:
            console.line("Nothing confidential is in it, for it is read aloud.")
    elif result.files:
        console.line("\nNo statement: all findings are confidential, and it is read aloud.")
    if result.files:
        say_unsearched(folder, persons)
    end(bool(result.files))
