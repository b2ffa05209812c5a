"""Tasks between Word and a project: import-report, import-observations, send, merge."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from invoke.context import Context

from shadowreport.tasks.common import end, failures, project, register_of, say_unsearched
from shadowreport.tasks.options import REGISTER, choice, number, one_edition, pairs, refuse, task

_TRACKED = ("accept", "reject", "fail")
_LEVELS = 9  # of headings, as Word counts them


@task(
    positional=["file"],
    help={
        "file": "last cycle's report as a Word file (DOCX)",
        "into": "the folder of the new project (default: a folder named like the file, here)",
        "cycle": "YEAR=SYMBOL: the symbol, or the references file, of a cycle's document; can be repeated",
        "track_changes": "what becomes of tracked changes: accept, reject, or fail with a list (default)",
        "box_heading": "a word that heads the boxes of this file, beside RECOMMENDATION; can be repeated",
        "heading_style": "STYLE=LEVEL: a paragraph style of this file that is a heading; can be repeated",
        "numbered_style": "a paragraph style whose paragraphs are all numbered; can be repeated",
        "flat_headings": "make every heading below a part a section, also those without a table",
        "language": "the language of the report, such as en (default: guessed from its words)",
        "force": "overwrite a project that is there already",
        "explain": "tell of each thing that was guessed what was seen, what was decided, what changes it",
    },
    iterable=["cycle", "box_heading", "heading_style", "numbered_style"],
)
def import_report(
    _context: Context,
    file: str,
    into: str = "",
    cycle: list[str] | None = None,
    track_changes: str = "fail",
    box_heading: list[str] | None = None,
    heading_style: list[str] | None = None,
    numbered_style: list[str] | None = None,
    flat_headings: bool = False,
    language: str = "",
    force: bool = False,
    explain: bool = False,
) -> None:
    """Make a report project of last cycle's Word file."""
    from shadowreport import console, importing

    if language:
        from shadowreport.load.lexicon import load_lexicon

        lexicon, _ = load_lexicon(Path(into or Path(file).stem))
        language = choice(language, tuple(lexicon.spoken()), "language of the toolkit")
    levels = pairs(heading_style, "STYLE=LEVEL")
    tracked = choice(track_changes, _TRACKED, "way with tracked changes")
    options = importing.ImportOptions(
        cycles=pairs(cycle, "2014=SYMBOL"),
        track_changes=cast(importing.TrackChanges, tracked),
        force=force,
        box_headings=tuple(box_heading or ()),
        heading_styles={
            name: number(level, 1, _LEVELS, f"level of '{name}'") for name, level in levels.items()
        },
        numbered_styles=tuple(numbered_style or ()),
        nest=not flat_headings,
        language=language,
    )
    source = Path(file)
    with failures(), console.progress("importing"):
        result = importing.import_report(source, Path(into or source.stem), options)
    console.imported(result, explain=explain)


@task(
    positional=["file"],
    iterable=["file", "column"],
    help={
        "file": "concluding observations: DOCX, PDF or plain text, in several languages if you have them; or a "
        "table of recommendations: XLSX, CSV, JSON or DOCX",
        "column": "text='Recommendation made': which column of a table holds what; can be repeated",
        "dry_run": "show what would be written, and write nothing",
        "force": "take what was found where a number is missing in the sequence",
    },
)
def import_observations(
    _context: Context,
    file: list[str] | None = None,
    column: list[str] | None = None,
    dry_run: bool = False,
    force: bool = False,
) -> None:
    """Take a committee's concluding observations into references/, as demands that can be answered."""
    from shadowreport import console, observations

    if not file:
        refuse("name the files: invoke import-observations FILE.docx")
    columns = pairs(column, "text='Recommendation made'")
    folder = project()
    with failures(), console.progress("reading"):
        result = observations.import_observations(
            folder,
            [Path(name) for name in file],
            dry_run=dry_run,
            force=force,
            columns=columns,
        )
    console.observed(result, dry_run)


@task(
    help={
        "to": "the organisation that the file goes to, by its id in report.yaml",
        "section": "a section by name, number or title; can be repeated (default: those that TO writes, or all)",
        "edition": "public or confidential; must be said where something is confidential",
        "register": REGISTER,
        "format": "docx, to be changed in Word (default); html, to write remarks on in a browser",
    },
    iterable=["section"],
)
def send(
    _context: Context,
    to: str = "",
    section: list[str] | None = None,
    edition: str = "",
    register: str = "",
    format: str = "docx",
) -> None:
    """Make a file for an organisation: to work in, in Word, or to write remarks on; 'invoke merge' takes it back."""
    from shadowreport import console
    from shadowreport.roundtrip.send import PAGE, WORD
    from shadowreport.roundtrip.send import send as make

    kind = choice(format, (WORD, PAGE), "format")
    name = one_edition(edition)
    folder = project()
    with failures(), console.progress("writing the file"):
        persons = register_of(register, folder)
        result = make(folder, tuple(section or ()), to, name, persons, kind)
    console.sent(result, folder)
    if result.succeeded:
        say_unsearched(folder, persons, name)
    end(result.succeeded)


@task(
    positional=["file"],
    help={
        "file": "the Word file that came back, or the JSON file that a reader saved on the page",
        "dry_run": "show what would happen, and write nothing",
        "patch": "with --dry-run: show the lines that would change as well",
        "commit": "make one git commit for each author of changes",
        "author": "who made the changes that were not tracked (default: whom the file was sent to)",
        "revision": "what the file was made from, where it does not say so: a commit, or 'present'",
        "again": "bring in once more what an earlier merge brought, though it was undone or settled since",
    },
)
def merge(
    _context: Context,
    file: str,
    dry_run: bool = False,
    patch: bool = False,
    commit: bool = False,
    author: str = "",
    revision: str = "",
    again: bool = False,
) -> None:
    """Bring the changes and comments of a returned Word file, or a reader's remarks, into the section files."""
    from shadowreport import console
    from shadowreport.roundtrip.merge import merge as bring
    from shadowreport.roundtrip.summary import summary

    if revision and file.lower().endswith(".json"):
        refuse("--revision is for Word files: remarks are placed in the files as they are")
    folder = project()
    with failures(), console.progress("comparing"):
        result = bring(
            folder,
            Path(file),
            dry_run=dry_run,
            commit=commit,
            author=author,
            revision=revision,
            again=again,
        )
    console.line(summary(result, patch=patch))
    if result.diagnostics:
        console.diagnostics(result.diagnostics)
    end(result.succeeded)
