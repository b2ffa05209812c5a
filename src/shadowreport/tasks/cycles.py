"""Tasks between one cycle and the next: suggest, next-cycle."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from invoke.context import Context

from shadowreport.tasks.common import failures, project, whole_report
from shadowreport.tasks.options import REGISTER, choice, pairs, refuse, task

if TYPE_CHECKING:
    from shadowreport.core.report import Report

_SUGGEST = ("text", "json")
_WALKED = ("answers", "repeats", "taken-up")
_ABOUT = "answers, repeats, taken-up, success, twice"


@task(
    help={
        "format": "text (what nothing answers yet, here) or json (every demand) (default: text)",
        "take": "cerd-2014/6.1=legislation#no-special-law: write this tie; behind = an older demand that it "
        "repeats, or our rec-ID that it takes up; can be repeated",
        "about": f"{_ABOUT}: answers, older demands that new ones repeat, our recommendations that the last "
        "document takes up, what became of each of them, or what the report says twice (default: answers)",
        "walk": "go through the proposals one by one: a number takes one and writes it, Enter leaves it",
    },
    iterable=["take"],
)
def suggest(
    _context: Context,
    format: str = "text",
    take: list[str] | None = None,
    about: str = "answers",
    walk: bool = False,
) -> None:
    """Propose which paragraphs answer which earlier recommendation; --take or --walk writes what you choose."""
    from shadowreport import console
    from shadowreport.suggest import lineage, lines, render_json, suggestions

    form = choice(format, _SUGGEST, "format")
    what = choice(about, _ABOUT.split(", "), "subject")
    wanted = pairs(take, "DEMAND=SECTION#PARAGRAPH")
    folder = project()
    with failures():
        report = whole_report(folder)
        if wanted:
            _take(report, folder, wanted)
        elif walk:
            _walk(report, folder, what)
        elif what == "success":
            table = lineage.success(report)
            if form == "json":
                console.raw(lineage.render_json(table))
            for text in lineage.success_lines(table) if form == "text" else ():
                console.line(text)
        elif what != "answers":
            found = lineage.ABOUT[what](report)
            if form == "json":
                console.raw(lineage.render_json(found))
            else:
                for text in list(lineage.lines(report, found)) or ["Nothing to propose."]:
                    console.line(text)
        elif form == "json":
            console.raw(render_json(suggestions(report)))
        else:
            for text in list(lines(suggestions(report), report)) or ["Every demand is answered."]:
                console.line(text)


def _take(report: Report, folder: Path, wanted: Mapping[str, str]) -> None:
    """Writes what was chosen, and says it."""
    from shadowreport import console
    from shadowreport.machine.write import write_tree
    from shadowreport.source.rewrite import rewrite
    from shadowreport.suggest.take import take

    texts = take(report, folder, wanted)
    sections = {file: text for file, text in texts.items() if file.startswith("sections/")}
    rewrite(folder, sections)
    write_tree(
        folder, {file: text.encode() for file, text in texts.items() if file not in sections}
    )
    for demand, where in wanted.items():
        verb = "is repeated by" if "/" in where else "is taken up by"
        console.line(f"{where} {'answers' if '#' in where else verb} {demand} now.")


def _walk(report: Report, folder: Path, about: str) -> None:
    """Asks of one proposal after the other; each that is taken is written at once."""
    from shadowreport import console
    from shadowreport.suggest.walk import Option, questions, walk

    if about not in _WALKED:
        refuse(f"--walk goes through {', '.join(_WALKED)}")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        refuse(
            "--walk asks at a terminal, and this is none; --take DEMAND=SECTION#PARAGRAPH writes a tie"
        )

    def take(option: Option) -> None:
        _take(report, folder, {option.demand: option.what})

    found = questions(report, about)
    taken = walk(found, lambda text: console.ask(text, "", ()), console.line, take)
    console.line(f"\n{taken} of {len(found)} taken." if found else "Nothing to propose.")


@task(
    positional=["file"],
    iterable=["file"],
    help={
        "file": "the committee's concluding observations: DOCX, PDF or plain text, in several languages if "
        "you have them",
        "name": "what the files of the next report are called (default: as now, with this year)",
        "register": REGISTER,
        "dry_run": "show what would be done, and do nothing",
        "force": "take what was found where a number is missing in the sequence",
    },
)
def next_cycle(
    _context: Context,
    file: list[str] | None = None,
    name: str = "",
    register: str = "",
    dry_run: bool = False,
    force: bool = False,
) -> None:
    """Close this cycle and open the next: keep what was handed in, take the committee's observations in."""
    from shadowreport import console
    from shadowreport.load.register import load_register
    from shadowreport.next_cycle import next_cycle as turn

    if not file:
        refuse("name the observations: invoke next-cycle FILE.docx")
    folder = project()
    with failures(), console.progress("looking at the report") as tell:
        persons = load_register(register, folder)
        sources = [Path(one) for one in file]
        done = turn(folder, sources, name, persons, dry_run=dry_run, force=force, progress=tell)
    console.turned(done, dry_run)
