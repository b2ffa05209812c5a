"""Tasks that show how far a report is: matrix, status, review, links, verify."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from invoke.context import Context

from shadowreport.core.editions import PUBLIC
from shadowreport.core.layout import BUILD
from shadowreport.tasks.common import (
    end,
    failures,
    project,
    register_of,
    say_unsearched,
    show,
    whole_report,
)
from shadowreport.tasks.options import (
    ALL,
    REGISTER,
    VERSION,
    choice,
    choices,
    one_edition,
    refuse,
    several,
    task,
)

if TYPE_CHECKING:
    from shadowreport.core.register import Register
    from shadowreport.core.report import Report
    from shadowreport.overview.links import Links

KEPT = "references/links.yaml"
TO_ARCHIVE = "to-archive.txt"
_MATRIX = ("html", "xlsx", "csv", "json", "docx")
_STATUS = ("text", "html", "json")


@task(
    help={
        "formats": f"which formats, with commas between them: {', '.join(_MATRIX)} (default: {ALL})",
        "edition": "public or confidential (default: all editions that the report has)",
        "language": VERSION,
        "register": REGISTER,
    },
)
def matrix(
    _context: Context,
    formats: str = ALL,
    edition: str = "",
    language: str = "",
    register: str = "",
) -> None:
    """Show what became of every earlier recommendation: HTML, XLSX, CSV, JSON and DOCX in build/."""
    from shadowreport import console
    from shadowreport.core import editions
    from shadowreport.core.layout import BUILD
    from shadowreport.core.problems import Diagnostic
    from shadowreport.machine.write import write
    from shadowreport.outcomes import matrix as outcomes
    from shadowreport.outgoing import must_tell_nothing
    from shadowreport.overview.matrix_json import render_json
    from shadowreport.overview.matrix_page import render_html
    from shadowreport.overview.matrix_sheets import render_csv, render_xlsx
    from shadowreport.overview.matrix_word import render_docx

    wanted = several(formats, _MATRIX, "format")
    name = one_edition(edition)
    makers = {
        "html": lambda found, words: render_html(found, words, folder).encode(),
        "xlsx": lambda found, words: render_xlsx(found, words, whole.style),
        "csv": render_csv,
        "json": render_json,
        "docx": lambda found, words: render_docx(found, words, report, folder),
    }
    folder = project()
    with failures():
        persons = register_of(register, folder)
        whole = whole_report(folder, language)
        words = whole.speech.language
        made: dict[str, bytes] = {}
        told: list[Diagnostic] = []
        for one in (name,) if name else editions.editions(whole):
            report = editions.edition(whole, one)
            found = outcomes.matrix(report, words)
            base = f"{editions.file_name(report)}-matrix"
            files = {f"{base}.{form}": makers[form](found, words) for form in wanted}
            told += must_tell_nothing(folder, whole, report.edition, files, persons)
            made |= files
        console.diagnostics(told)
        console.files(write(folder / BUILD, made), folder)
    say_unsearched(folder, persons, name)


@task(
    help={
        "format": "text (a table here), html (a page in build/) or json (default: text)",
        "notes": "list every private note and remark with its file and line instead; json has them too",
        "again": "list every paragraph that is to be looked at again in this cycle; json has them too",
        "edition": "public: what may be shown to others (default: the whole report, for its editors)",
        "language": VERSION,
        "register": REGISTER,
    },
)
def status(
    _context: Context,
    format: str = "text",
    notes: bool = False,
    again: bool = False,
    edition: str = "",
    language: str = "",
    register: str = "",
) -> None:
    """Show progress by section and organisation: words, status, sign-offs, open notes, days left."""
    from shadowreport import console
    from shadowreport.core import editions
    from shadowreport.core.layout import BUILD
    from shadowreport.machine.write import write
    from shadowreport.outgoing import must_tell_nothing
    from shadowreport.overview import status_views as shown
    from shadowreport.overview.status import status as state_of
    from shadowreport.overview.translated import behind

    form = choice(format, _STATUS, "format")
    name = one_edition(edition)
    folder = project()
    with failures():
        persons = register_of(register, folder)
        whole = whole_report(folder, language)
        report = editions.edition(whole, name or editions.editions(whole)[-1])
        words = report.speech.language
        found = state_of(report, date.today(), notes=name != PUBLIC)
        versions = list(behind(folder, (language,) if language else whole.languages))
        made = shown.render_json(found, words, versions)
        if form == "html":
            made = shown.render_html(found, words, folder)
        file = f"{editions.file_name(report)}-status.{'html' if form == 'html' else 'json'}"
        files = {file: made.encode()}
        told = must_tell_nothing(folder, whole, report.edition, files, persons)
        show(told, aside=form == "json")
        if form == "json":
            console.raw(made)
        elif form == "html":
            console.files(write(folder / BUILD, files), folder)
        elif notes:
            for text in shown.note_lines(found) or ["No private notes."]:
                console.line(text)
        elif again:
            for text in shown.waiting_lines(found) or ["Nothing is to be looked at again."]:
                console.line(text)
        else:
            console.table(shown.render_table(found, words, console.width()))
            console.line(shown.summary(found, words))
            for version in versions:
                console.line(version.told(words))
    if name == PUBLIC:
        say_unsearched(folder, persons, name)


@task(
    positional=["place"],
    help={
        "place": "a section by its name, or one paragraph of it: legislation#no-special-law",
        "as_": "the organisation that signs, by its id in report.yaml",
        "aspect": "what was read: facts, law or language; with commas between several",
    },
)
def review(_context: Context, place: str, as_: str = "", aspect: str = "") -> None:
    """Sign a section or a paragraph off: invoke review SECTION[#ID] --as ORG --aspect facts."""
    from shadowreport import console
    from shadowreport.core.sign_offs import ASPECTS
    from shadowreport.overview.sign_off import sign, write_signed

    if not as_ or not aspect:
        refuse("name who signs and what was read: --as ORG --aspect facts")
    aspects = choices(aspect, ASPECTS, "aspect")
    folder = project()
    with failures():
        report = whole_report(folder)
        changed = sign(report, folder, place, as_, aspects, date.today())
        write_signed(folder, changed)
        said = "Changed:" if changed else "Nothing changed: that was signed off already."
        console.line(f"{as_} has signed {place} off: {', '.join(aspects)}. {said}")
        for name in sorted(changed):
            console.line(f"  {name}")


@task(
    help={
        "edition": "confidential: ask for the addresses in confidential text too (default: public)",
        "format": "text or json (default: text)",
        "register": REGISTER,
        "archive": "write what an archive would be asked to keep, into build/to-archive.txt, and ask nobody",
        "ask": "with --archive: ask it",
    },
)
def links(
    _context: Context,
    edition: str = PUBLIC,
    format: str = "text",
    register: str = "",
    archive: bool = False,
    ask: bool = False,
) -> None:
    """Ask whether the addresses in footnotes and sources still answer, and remember it."""
    from shadowreport import console
    from shadowreport.core import editions
    from shadowreport.overview.links import GOOD, check_links, render_json

    name, form = one_edition(edition), choice(format, ("text", "json"), "format")
    if ask and not archive:
        refuse("--ask goes with --archive: invoke links --archive --ask")
    if archive and name != PUBLIC:
        refuse("an archive shows what it keeps to everybody: --archive is for the public edition")
    folder = project()
    with failures():
        persons = register_of(register, folder)
        whole = whole_report(folder)
        report = editions.edition(whole, name)
        say_unsearched(folder, persons, name)
        if archive:
            _archive(folder, whole, report, persons, ask)
            return
        with console.progress("asking") as tell:
            found = check_links(report, folder, date.today(), progress=tell)
        _keep(folder, whole, report, persons, found, aside=form == "json")
    if form == "json":
        console.raw(render_json(found))
    else:
        console.links(found)
        console.line(f"{len(found.results):,} addresses; the results are in {KEPT}.")
    end(all(result.state in GOOD for result in found.bad()))


def _archive(
    folder: Path, whole: Report, report: Report, persons: Register | None, ask: bool
) -> None:
    """Writes what an archive would be asked to keep; asks it where that was said."""
    from shadowreport import console
    from shadowreport.machine.write import write
    from shadowreport.outgoing import must_tell_nothing
    from shadowreport.overview.archiving import ask_to_keep, requests, to_keep
    from shadowreport.overview.links import known_links

    found = known_links(report, folder)
    urls = to_keep(found)
    files = {TO_ARCHIVE: requests(urls).encode()}
    show(must_tell_nothing(folder, whole, PUBLIC, files, persons))
    write(folder / BUILD, files)
    said = "1 address" if len(urls) == 1 else f"{len(urls):,} addresses"
    console.line(
        f"{said} to keep, in {BUILD}/{TO_ARCHIVE}." + ("" if ask else " Nobody was asked.")
    )
    if not ask:
        return
    with console.progress("asking") as tell:
        kept, refused = ask_to_keep(found, urls, progress=tell)
    _keep(folder, whole, report, persons, kept)
    for url, why in refused.items():
        console.line(f"{url}: {why}")
    console.line(f"Kept: {len(urls) - len(refused)}; the copies are named in {KEPT}.")
    end(not refused)


def _keep(
    folder: Path,
    whole: Report,
    report: Report,
    persons: Register | None,
    found: Links,
    aside: bool = False,
) -> None:
    from shadowreport.machine.write import write
    from shadowreport.outgoing import must_tell_nothing
    from shadowreport.overview.links import register_text

    path = folder / KEPT
    files = {path.name: register_text(found).encode()}
    told = must_tell_nothing(folder, whole, report.edition, files, persons, path.parent.name)
    show(told, aside)
    write(path.parent, files)


@task(help={"register": REGISTER})
def verify(_context: Context, register: str = "") -> None:
    """Look for every quotation that names its place in the copy of its source, in archive/."""
    from shadowreport import console
    from shadowreport.core.problems import has_errors
    from shadowreport.overview.verify import verify as look

    folder = project()
    with failures(), console.progress("reading the copies"):
        register_of(register, folder)
        result = look(whole_report(folder), folder)
    show(result.diagnostics)
    console.line(f"Quotations found: {result.found}; without a copy to look into: {result.unseen}.")
    end(not has_errors(result.diagnostics))
