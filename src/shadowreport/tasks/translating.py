"""Tasks for versions in other languages: translated."""

from __future__ import annotations

from invoke.context import Context

from shadowreport.tasks.common import failures, project, whole_report
from shadowreport.tasks.options import refuse, task


@task(
    positional=["place"],
    help={
        "place": "a section by its name, or one piece of it: legislation#no-law (default: all sections)",
        "language": "the language of the translation, such as ru",
    },
)
def translated(_context: Context, place: str = "", language: str = "") -> None:
    """Say that a translation is that of the original as it is now: invoke translated SECTION[#ID] --language ru."""
    from shadowreport import console
    from shadowreport.overview.translated import accept
    from shadowreport.source.rewrite import rewrite

    if not language:
        refuse("name the language of the translation: --language ru")
    folder = project()
    with failures():
        changed = accept(whole_report(folder), folder, language, place)
        rewrite(folder, changed)
        for name in changed:
            console.line(f"{name} is the translation of what its original says now.")
        if not changed:
            console.line("Every translation that was named is up to date already.")
