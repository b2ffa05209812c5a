"""Tasks that hand a report in: package."""

from __future__ import annotations

from datetime import UTC, datetime

from invoke.context import Context

from shadowreport.tasks.common import end, failures, project
from shadowreport.tasks.options import REGISTER, choices, one_edition, task

_FORMATS = ("docx", "pdf")


@task(
    help={
        "edition": "public or confidential; must be said where something is confidential",
        "formats": f"which files, with commas between them: {', '.join(_FORMATS)} (default: what the body takes)",
        "register": REGISTER,
        "anyway": "pack it although the body would not accept it; the receipt says why it would not",
    },
)
def package(
    _context: Context,
    edition: str = "",
    formats: str = "",
    register: str = "",
    anyway: bool = False,
) -> None:
    """Pack what is handed in, checked against the body's rules, with a letter, checksums and a receipt."""
    from shadowreport import console
    from shadowreport.load.register import load_register
    from shadowreport.submission import package as pack

    name = one_edition(edition)
    kinds = choices(formats, _FORMATS, "format") if formats else ()
    folder = project()
    with failures(), console.progress("building") as progress:
        persons = load_register(register, folder)
        result = pack(folder, datetime.now(UTC), name, kinds, persons, anyway, progress)
    console.packed(result, folder)
    end(bool(result.files))
