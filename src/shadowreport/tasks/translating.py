"""Tasks for versions in other languages: translate, translate-diff, translated."""

from __future__ import annotations

from pathlib import Path

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
from shadowreport.tasks.options import REGISTER, choice, one_edition, refuse, task


@task(
    positional=["place"],
    iterable=["place"],
    help={
        "place": "sections by name, number or title (default: all)",
        "to": "the language of the translation, such as ru",
        "format": "xliff (default) for translators' tools, or docx: a table to write into",
        "edition": "public or confidential; must be said where something is confidential",
        "register": REGISTER,
    },
)
def translate(
    _context: Context,
    place: list[str] | None = None,
    to: str = "",
    format: str = "xliff",
    edition: str = "",
    register: str = "",
) -> None:
    """Make a file for a translator, of what is missing or stale; 'invoke translated FILE' takes it back."""
    from shadowreport import console
    from shadowreport.machine.cache import open_cache, using
    from shadowreport.translating.files import FORMATS, make

    if not to:
        refuse("name the language of the translation: --to ru")
    kind = choice(format, tuple(FORMATS), "format of translators")
    name = one_edition(edition)
    folder = project()
    with failures(), using(open_cache(folder)):
        report = whole_report(folder)
        persons = register_of(register, folder)
        made = make(report, folder, to, kind, tuple(place or ()), name, persons)
        show(made.diagnostics)
        if not made.paths:
            console.line("Nothing is missing or stale in what was named.")
            return
        path, *memory = made.paths
        count = "1 text" if made.texts == 1 else f"{made.texts} texts"
        console.line(f"{path.relative_to(folder)}: {count} to translate.")
        for beside in memory:
            console.line(f"{beside.relative_to(folder)}: {made.former} former translations.")
        say_unsearched(folder, persons, name)


@task(
    positional=["place"],
    help={
        "place": "a section by its name, or one piece of it: legislation#no-law",
        "to": "the language of the translation, such as ru",
        "edition": "public or confidential; must be said where something is confidential",
        "register": REGISTER,
    },
)
def translate_diff(
    _context: Context, place: str, to: str = "", edition: str = "", register: str = ""
) -> None:
    """Show which words of a section have changed since it was translated."""
    from shadowreport import console
    from shadowreport.core.editions import chosen
    from shadowreport.machine.cache import open_cache, using
    from shadowreport.outgoing import must_tell_nothing
    from shadowreport.translating.changed import as_text, changed

    if not to:
        refuse("name the language of the translation: --to ru")
    name = one_edition(edition)
    folder = project()
    with failures(), using(open_cache(folder)):
        persons = register_of(register, folder)
        report = whole_report(folder)
        name = chosen(report, name, "translate-diff").edition
        text = as_text(*changed(report, folder, to, place, name), to)
        show(must_tell_nothing(folder, report, name, {"changes.txt": text.encode()}, persons))
        console.lines(text)
        say_unsearched(folder, persons, name)


@task(
    positional=["place"],
    iterable=["place"],
    help={
        "place": "a file that came back from a translator; or sections by name, or pieces of them: legislation#no-law (default: all that are translated)",
        "language": "the language of the translation, such as ru; a file says it itself",
    },
)
def translated(_context: Context, place: list[str] | None = None, language: str = "") -> None:
    """Take a translator's file back: invoke translated FILE; or say that a translation is that of the original as it is now: invoke translated SECTION[#ID] --language ru."""
    from shadowreport import console
    from shadowreport.overview.translated import accept
    from shadowreport.source.rewrite import rewrite
    from shadowreport.translating.files import is_file

    folder = project()
    places = place or [""]
    if is_file(places[0]):
        if len(places) > 1:
            refuse("take one file back at a time")
        _taken(folder, Path(places[0]), language)
        return
    if not language:
        refuse("name the language of the translation: --language ru")
    with failures():
        report, changed = whole_report(folder), dict[str, str]()
        for where in places:
            new = accept(report, folder, language, where)
            rewrite(folder, new)
            changed |= new
        for name in changed:
            console.line(f"{name} is the translation of what its original says now.")
        if not changed:
            console.line("Every translation that was named is up to date already.")


def _taken(folder: Path, file: Path, language: str) -> None:
    from shadowreport import console
    from shadowreport.load.lexicon import nearest
    from shadowreport.machine.cache import open_cache, using
    from shadowreport.source.rewrite import rewrite
    from shadowreport.translating.files import read
    from shadowreport.translating.taking import take

    with failures(), using(open_cache(folder)):
        back = read(file)
        if language and nearest(back.language.lower(), [language.lower()]) != language.lower():
            refuse(f"the file is a translation into '{back.language}', not '{language}'")
        taken = take(whole_report(folder), folder, back)
        rewrite(folder, taken.files)
        show([*taken.refused, *taken.lacking, *taken.remarks])
        for name in taken.files:
            console.line(f"{name} is written.")
        console.line(
            f"{taken.pieces} pieces are up to date by it; {len(taken.refused)} texts were refused; "
            f"{taken.waiting} pieces of the sections in it still wait for a translation."
        )
        end(not taken.refused)
