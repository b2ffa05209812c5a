"""Tasks between Word and the section files: import-report."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from invoke.context import Context
from invoke.tasks import task

from shadowreport.tasks.common import choices, failures, pairs, typed


@task(
    auto_shortflags=False,
    positional=["file"],
    help={
        "file": "last cycle's report as a Word file (DOCX)",
        "into": "the folder of the new project (default: a folder named like the file, here)",
        "cycle": "2014=CERD/C/KAZ/CO/6-7: the symbol, or the references file, of a cycle's document; can be repeated",
        "track_changes": "what becomes of tracked changes: accept, reject, or fail with a list (default)",
        "box_heading": "a word that heads the boxes of this file, beside RECOMMENDATION; can be repeated",
        "heading_style": "STYLE=LEVEL: a paragraph style of this file that is a heading; can be repeated",
        "numbered_style": "a paragraph style whose paragraphs are all numbered; can be repeated",
        "flat_headings": "make every heading below a part a section, also those without a table",
        "language": "the language of the report: en, es, fr or ru (default: guessed from its words)",
        "force": "overwrite a project that is there already",
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
) -> None:
    """Make a report project of last cycle's Word file."""
    from shadowreport import console, importing

    typed(import_report, file)
    levels = pairs(heading_style or (), "STYLE=LEVEL")
    (tracked,) = choices(track_changes, ("accept", "reject", "fail"), "way with tracked changes")
    options = importing.ImportOptions(
        cycles=pairs(cycle or (), "2014=SYMBOL"),
        track_changes=cast(importing.TrackChanges, tracked),
        force=force,
        box_headings=tuple(box_heading or ()),
        heading_styles={name: int(level) for name, level in levels.items() if level.isdigit()},
        numbered_styles=tuple(numbered_style or ()),
        nest=not flat_headings,
        language=language,
    )
    source = Path(file)
    with failures(), console.progress("importing"):
        result = importing.import_report(source, Path(into or source.stem), options)
    console.imported(result)
