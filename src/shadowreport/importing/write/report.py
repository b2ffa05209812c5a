"""import-report.md: what was found, what was made, what needs a look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shadowreport.core.problems import Diagnostic
from shadowreport.importing.draft import (
    Continuation,
    Draft,
    Figure,
    Grid,
    Listing,
    Note,
    Quotation,
    Subheading,
)
from shadowreport.importing.recognise.flow import Guess
from shadowreport.word.content import Document, NoteMark, Run, Table, paragraphs_of

_TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Not taken over", ("import-dropped", "word-dropped", "word-linked")),
    ("Taken over in another form or place", ("import-changed", "word-changed", "import-moved")),
    (
        "Recognised with doubt",
        (
            *(
                "import-heading",
                "import-language",
                "import-number",
                "import-promoted",
                "import-box",
            ),
            *("import-table", "import-demand", "import-reference", "import-unfaithful"),
        ),
    ),
    (
        "Defects of the source, kept as they are",
        ("import-link", "import-scripts", "import-box-heading", "import-quotes"),
    ),
    ("UN symbols to look up", ("import-symbol",)),
)


def counts_of(draft: Draft, document: Document) -> dict[str, int]:
    """How many of each thing the project holds."""
    belongings = [item for _, paragraph in draft.numbered() for item in paragraph.belongings]
    boxes = [box for section in draft.sections for box in section.boxes()]
    rows = [row for section in draft.sections for row in section.rows]
    items = [item for section in draft.sections for item in section.items]
    numbered = [
        paragraph
        for section, paragraph in draft.numbered()
        if section.numbered and not paragraph.summary
    ]
    return {
        "numbered paragraphs": len(numbered),
        "paragraphs without numbers": sum(1 for _ in draft.numbered()) - len(numbered),
        "continuations": _count(belongings, Continuation),
        "parts": sum(section.level == 1 for section in draft.sections),
        "sections below parts": sum(section.level > 1 for section in draft.sections),
        "sub-headings": _count(items, Subheading),
        "tables of earlier recommendations": draft.demand_tables,
        "rows in them": len(rows),
        "demands in them": sum(len(row) for row in rows),
        "different demands": len({demand.id for row in rows for demand in row}),
        "other tables": _count(belongings, Grid),
        "boxes": len(boxes),
        "recommendations in boxes": sum(len(box.recommendations) for box in boxes),
        "lists": _count(belongings, Listing),
        "quotations": _count(belongings, Quotation),
        "pictures alone in a paragraph": _count(belongings, Figure),
        "footnotes": len(document.footnotes) + len(document.endnotes),
        "review notes": _count(items, Note),
    }


def _count(items: Sequence[object], kind: type) -> int:
    return sum(isinstance(item, kind) for item in items)


def report_file(
    document: Document,
    counts: Mapping[str, int],
    diagnostics: Sequence[Diagnostic],
    made: Sequence[str],
    guesses: Sequence[Guess] = (),
) -> bytes:
    """The report of an import as Markdown."""
    lines = [f"# Import of {document.file}", ""]
    lines += [
        "Line numbers after the file's name count the paragraphs of the Word file from 1.",
        "",
    ]
    lines += ["## What was made", "", "| what | how many |", "|---|---:|"]
    lines += [f"| {name} | {count} |" for name, count in counts.items() if count]
    lines += ["", "## What the Word file holds", "", "| what | how many |", "|---|---:|"]
    lines += [f"| {name} | {count} |" for name, count in found_in(document).items() if count]
    lines += [
        "",
        "Word's automatic numbers and typed numbers were dropped; they come back by themselves.",
    ]
    lines += [_formatting(document), ""]
    for margin in document.margins:
        text = " ".join(margin.text.split())
        lines.append(f"- The {margin.kind} '{text[:200]}' was left out: the toolkit makes its own.")
    for title, codes in _TOPICS:
        lines += _topic(title, [item for item in diagnostics if item.code in codes])
    lines += _guessed(guesses)
    lines += ["", "## Files", "", *(f"- {name}" for name in sorted(made)), ""]
    return "\n".join(lines).encode()


def _topic(title: str, found: Sequence[Diagnostic]) -> list[str]:
    if not found:
        return []
    lines = ["", f"## {title}", ""]
    for item in found:
        hint = f" -- {item.hint}" if item.hint else ""
        lines.append(f"- line {item.place.line} [{item.code}]: {_one_line(item.message)}{hint}")
    return lines


def _guessed(guesses: Sequence[Guess]) -> list[str]:
    """A table of what was guessed: what was seen, what was decided, what changes it."""
    if not guesses:
        return []
    lines = ["", "## What was guessed, and what changes it", ""]
    lines += ["| line | what | seen | decided | changed by |", "|---:|---|---|---|---|"]
    for item in sorted(guesses, key=lambda item: item.ordinal):
        cells = (item.kind, item.seen, item.decided, item.option)
        shown = " | ".join(_one_line(text).replace("|", "\\|") for text in cells)
        lines.append(f"| {item.ordinal} | {shown} |")
    return lines


def _one_line(text: str) -> str:
    return " ".join(text.split())


def found_in(document: Document) -> dict[str, int]:
    """How many of each thing the Word file holds."""
    paragraphs = list(paragraphs_of(document.blocks))
    runs = [run for paragraph in paragraphs for run in paragraph.runs()]
    return {
        "paragraphs with text": sum(bool(paragraph.text.strip()) for paragraph in paragraphs),
        "tables": sum(isinstance(block, Table) for block in document.blocks),
        "footnotes": len(document.footnotes),
        "endnotes (they became footnotes)": len(document.endnotes),
        "marks of notes": sum(
            isinstance(item, NoteMark) for paragraph in paragraphs for item in paragraph.inlines
        ),
        "comments": len(document.comments),
        "words": sum(len(run.text.split()) for run in runs),
    }


def _formatting(document: Document) -> str:
    """What of the formatting Markdown does not keep."""
    runs: list[Run] = [
        run
        for paragraph in paragraphs_of(document.blocks)
        for run in paragraph.runs()
        if run.text.strip()
    ]
    lost = {
        "underlining": sum(run.look.underline and not run.link for run in runs),
        "highlighting": sum(run.look.highlight for run in runs),
        "small capitals": sum(run.look.small_caps for run in runs),
    }
    parts = [f"{name} ({count} places)" for name, count in lost.items() if count]
    return f"Formatting that was not kept: {', '.join(parts)}." if parts else ""
