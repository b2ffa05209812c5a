"""Tasks between one cycle and the next: suggest, next-cycle."""

from __future__ import annotations

from pathlib import Path

from invoke.context import Context

from shadowreport.tasks.common import failures, project, whole_report
from shadowreport.tasks.options import REGISTER, choice, pairs, refuse, task

_SUGGEST = ("text", "json")
_ABOUT = "answers, repeats, taken-up, success, twice"


@task(
    help={
        "format": "text (what nothing answers yet, here) or json (every demand) (default: text)",
        "take": "cerd-2014/6.1=legislation#no-special-law: write this tie; behind = an older demand that it "
        "repeats, or our rec-ID that it takes up; can be repeated",
        "about": f"{_ABOUT}: answers, older demands that new ones repeat, our recommendations that the last "
        "document takes up, what became of each of them, or what the report says twice (default: answers)",
    },
    iterable=["take"],
)
def suggest(
    _context: Context, format: str = "text", take: list[str] | None = None, about: str = "answers"
) -> None:
    """Propose which paragraphs answer which earlier recommendation; --take writes what you choose."""
    from shadowreport import console
    from shadowreport.machine.write import write_tree
    from shadowreport.source.rewrite import rewrite
    from shadowreport.suggest import lineage, lines, render_json, suggestions
    from shadowreport.suggest.take import take as tie

    form = choice(format, _SUGGEST, "format")
    what = choice(about, _ABOUT.split(", "), "subject")
    wanted = pairs(take, "DEMAND=SECTION#PARAGRAPH")
    folder = project()
    with failures():
        report = whole_report(folder)
        if wanted:
            texts = tie(report, folder, wanted)
            sections = {file: text for file, text in texts.items() if file.startswith("sections/")}
            others = {file: text.encode() for file, text in texts.items() if file not in sections}
            rewrite(folder, sections)
            write_tree(folder, others)
            for demand, where in wanted.items():
                verb = "is repeated by" if "/" in where else "is taken up by"
                console.line(f"{where} {'answers' if '#' in where else verb} {demand} now.")
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
