"""The only module that prints: problems, results and progress, for people and for programs."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from difflib import unified_diff
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from shadowreport.core.layout import SETTINGS
from shadowreport.core.problems import Diagnostic
from shadowreport.machine.called import as_called

if TYPE_CHECKING:
    from rich.table import Table

    from shadowreport.formatting import Change
    from shadowreport.importing import ImportResult
    from shadowreport.last_check import Look
    from shadowreport.next_cycle import NextCycle
    from shadowreport.observations.files import Imported
    from shadowreport.overview.links import Links
    from shadowreport.pipeline import Built, Progress
    from shadowreport.roundtrip.send import SentFile
    from shadowreport.submission import Packed

_COLOURS = {"error": "bold red", "warning": "yellow"}


def _console() -> Console:
    # texts of reports hold brackets and colons: no markup, no emoji, no wrapping in pipes
    return Console(file=sys.stdout, markup=False, emoji=False, highlight=False, soft_wrap=True)


def _beside() -> Console:
    return Console(stderr=True, markup=False, emoji=False, highlight=False, soft_wrap=True)


@contextmanager
def progress(first: str) -> Iterator[Progress]:
    """Shows what is going on while it goes on, where somebody watches."""
    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    with console.status(f"{first} ...") as status:
        yield lambda step: status.update(f"{step} ...")


def diagnostics(found: Iterable[Diagnostic], form: str = "text") -> None:
    """Prints problems as text, as JSON, or as annotations of GitHub Actions."""
    _FORMS[form]([_visible(_silent[-1](item)) for item in found])


def withhold(told: Callable[[Diagnostic], Diagnostic]) -> None:
    """From now on problems are told as `told` gives them."""
    _silent[:] = [told]


_silent: list[Callable[[Diagnostic], Diagnostic]] = [lambda item: item]


# A name or a text of a stranger may hold orders to a terminal or, behind a line end, to GitHub
# Actions, and bytes that are no text at all.
_ORDERS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def _visible(item: Diagnostic) -> Diagnostic:
    place = replace(item.place, file=_written_out(item.place.file))
    message, hint = (_written_out(as_called(text)) for text in (item.message, item.hint))
    return replace(item, place=place, message=message, hint=hint)


def _written_out(text: str) -> str:
    return _ORDERS.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def _text(found: list[Diagnostic]) -> None:
    _printed(found, _console())


def _aside(found: list[Diagnostic]) -> None:
    _printed(found, _beside())


def _printed(found: list[Diagnostic], console: Console) -> None:
    for item in found:
        line = Text(f"{item.where} ", style="bold")
        line.append(item.severity, _COLOURS[item.severity])
        line.append(f" {item.message}")
        line.append(f"  [{item.code}]", "dim")
        console.print(line)
        if item.hint:
            console.print(Text(f"    {item.hint}", "dim"))
    errors = sum(item.severity == "error" for item in found)
    warnings = len(found) - errors
    if found:
        console.print(
            Text(f"\n{_count(errors, 'errors')}, {_count(warnings, 'warnings')}.", "bold")
        )


def _json(found: list[Diagnostic]) -> None:
    items = [
        {
            "code": item.code,
            "severity": item.severity,
            "file": item.place.file,
            "line": item.place.line,
            "column": item.place.column,
            "message": item.message,
            "hint": item.hint,
        }
        for item in found
    ]
    print(json.dumps(items, ensure_ascii=False, indent=1))


def _github(found: list[Diagnostic]) -> None:
    for item in found:
        file = _escaped(item.place.file).replace(":", "%3A").replace(",", "%2C")
        place = f"file={file},line={item.place.line},col={item.place.column},title={item.code}"
        print(f"::{item.severity} {place}::{_escaped(item.message)} {_escaped(item.hint)}".rstrip())


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


FORMS = ("text", "json", "github")
ASIDE = "aside"  # as text, where a program may read what a task prints
_FORMS = {"text": _text, "json": _json, "github": _github, ASIDE: _aside}


def checked(look: Look, form: str = "text") -> None:
    """Prints the result of a check."""
    diagnostics(look.problems, form)
    if form == "text" and not look.problems:
        _console().print(Text("No problems.", "bold green"))
    if form == "text" and look.remarks:
        line(f"{_count(look.remarks, 'private notes')}, never printed: invoke status --notes")


_DOUBTS = frozenset(("withheld-perhaps", "not-in-register"))  # which nobody may take for a proof


def built(result: Built, base: Path) -> None:
    """Prints what a build made."""
    console = _console()
    if result.diagnostics:
        diagnostics(result.diagnostics)
        console.print()
    if not result.succeeded:
        console.print(Text("Nothing was built; what is in build/ stays as it was.", "bold red"))
        return
    files(result.files, base)
    figures = dict(result.figures)
    seconds = figures.pop("seconds")
    counted = ", ".join(_count(value, name) for name, value in figures.items() if value)
    console.print(Text(f"\n{counted}, in {seconds} seconds.", "bold"))
    for remark in result.remarks:
        console.print(remark)
    if result.searched and {item.code for item in result.diagnostics} & _DOUBTS:
        console.print(Text("Look at what is told above before you publish these files.", "yellow"))
    elif result.searched:
        console.print("Nothing of the register was found in what is public.")


def unsearched() -> None:
    """Says that no register was named; not where a program may read what a task prints."""
    said = Text("Not searched for withheld names: no register was named.", "yellow")
    _beside().print(said)


def packed(result: Packed, base: Path) -> None:
    """Prints what was packed, or why it was not."""
    diagnostics([*result.warnings, *result.reasons])
    if not result.files and result.anyway:
        line("\nNothing was packed; --anyway does not override an error of the report itself.")
    elif not result.files:
        line("\nNothing was packed; --anyway packs it, and the receipt says what was wrong.")
    files(result.files, base)
    for remark in result.remarks:
        line(remark)
    if result.uncommitted:
        names = ", ".join(result.uncommitted)
        lines(
            f"\nThe commit in the receipt does not hold these files as they were packed: {names}."
        )
    if result.left:
        line(f"\n{result.left}.")


def files(paths: Sequence[Path], base: Path) -> None:
    """Prints files that were written, with their sizes."""
    width = max((len(_relative(path, base)) for path in paths), default=0) + 2
    for path in paths:
        _console().print(
            f"{_relative(path, base):<{width}}{ceil(path.stat().st_size / 1024):>8,} KB"
        )


def imported(result: ImportResult, *, explain: bool = False) -> None:
    """Prints what an import made, how much needs a look, and with `explain` what was guessed."""
    console = _console()
    for guess in sorted(result.guesses, key=lambda item: item.ordinal) if explain else ():
        lines(f"line {guess.ordinal}: {guess.kind}: {guess.seen}")
        lines(f"    read as {guess.decided}; changed by {guess.option}")
    for name, count in result.counts.items():
        console.print(f"{count:>7,}  {name.replace('_', ' ')}")
    looks = len(result.diagnostics)
    console.print(
        Text(
            f"\n{len(result.files)} files in {result.into}; {_count(looks, 'things')} to look at.",
            "bold",
        )
    )
    console.print("import-report.md in that folder lists them with their places.")
    line(f"Next: cd {result.into}, read import-report.md, then run 'invoke build'.")


def observed(result: Imported, dry_run: bool) -> None:
    """Prints what was found in concluding observations, and what is or would be written."""
    diagnostics(result.diagnostics)
    console = _console()
    for taken in result.taken:
        head = (taken.front.symbol, taken.front.state, taken.front.adopted, taken.language)
        console.print(f"{taken.source}: {', '.join(filter(None, head))}")
        for what, count in taken.counts.items():
            console.print(f"{count:>7,}  {what}")
        for text in taken.columns:
            console.print(f"         {_written_out(text)}")
    changed = result.changed()
    for file, text in changed.items() if dry_run else ():
        before = result.before.get(file, "").splitlines()
        for line in unified_diff(before, text.splitlines(), file, file, lineterm="", n=1):
            console.print(_written_out(line))
    names = ", ".join(changed)
    wrote = "Would write" if dry_run else "Wrote"
    console.print(Text(f"{wrote} {names}." if changed else "Nothing changed.", "bold"))
    if SETTINGS in changed and not dry_run:
        console.print(
            f"{SETTINGS} names the document under cycles: it is a column of the tables now."
        )


def turned(done: NextCycle, dry_run: bool) -> None:
    """Prints what became of a report in its next cycle, or would become of it, and what to do then."""
    diagnostics(done.imported.diagnostics)
    perhaps = done.opened.perhaps
    lines = [
        f"{file}  new, for {heading}"
        + (f"; perhaps it belongs to {perhaps[heading]}" if heading in perhaps else "")
        for heading, file in done.opened.made.items()
    ]
    lines += [
        f"{name}  gets the demands under '{heading}', which are like older ones there"
        for heading, name in done.opened.proposed.items()
    ]
    for text in lines:
        line(text)
    line(f"{done.opened.placed:>7,}  new demands in sections of their title")
    line(f"{done.open:>7,}  demands that nothing answers: invoke suggest")
    line(f"{done.repeated:>7,}  may repeat older ones: invoke suggest --about repeats")
    line(
        f"{done.taken_up:>7,}  recommendations of yours may be taken up: invoke suggest --about success"
    )
    wrote = "Would write" if dry_run else "Wrote"
    line(
        f"{wrote} {len(done.files):,} files: {', '.join(sorted({_top(name) for name in done.files}))}."
    )
    if done.tag:
        line(f"{'Would tag' if dry_run else 'Tagged'} the last cycle in git as {done.tag}.")
    if not dry_run:
        line(
            "\nNext: the title, session and deadline in sections/report.yaml; then 'invoke status --again'."
        )


def _top(name: str) -> str:
    """The folder of a file, an archive whole."""
    return name.rpartition("/")[0] + "/"


def formatted(changes: Sequence[Change], only_look: bool, diff: bool) -> None:
    """Prints which files were formatted, or would be; with `diff` the patch and nothing else."""
    if diff:
        print("".join(change.diff() for change in changes), end="")
        return
    for change in changes:
        _console().print(
            f"{_written_out(change.file)} {'would change' if only_look else 'formatted'}"
        )
    if not changes:
        _console().print("Nothing to format.")


def sent(result: SentFile, base: Path) -> None:
    """Prints what was made to be sent."""
    if result.diagnostics:
        diagnostics(result.diagnostics)
    files(result.files, base)
    if result.files:
        line("\nWhen it comes back: invoke merge FILE --dry-run")


def links(found: Links) -> None:
    """Prints the addresses that a person should look at, and where they stand."""
    console = _console()
    for result in found.bad():
        console.print(Text(f"{result.state}: {result.url}", "bold"))
        if result.target:
            console.print(Text(f"    it leads to {result.target}", "dim"))
        if result.archive:
            console.print(Text(f"    an archived copy may be at {result.archive}", "dim"))
        for place in found.places.get(result.url, ()):
            console.print(Text(f"    {place}", "dim"))


def ask(question: str, default: str, known: Sequence[str]) -> str:
    """Asks whoever sits at the terminal; an empty answer is the default."""
    from rich.prompt import Prompt

    what = f"{question} ({', '.join(known)})" if known else question
    return Prompt.ask(what, console=_console(), default=default, show_default=bool(default)).strip()


def waiting() -> None:
    """Says that a command goes on when something is saved."""
    _console().print(Text("\nWaiting for a change; Ctrl-C ends it.", "dim"))


def _relative(path: Path, base: Path) -> str:
    try:
        return str(path.relative_to(base))
    except ValueError:
        return str(path)


def _count(number: float, noun: str) -> str:
    if number == 1:
        noun = noun.removesuffix("es") if noun.endswith("xes") else noun.removesuffix("s")
    return f"{number:,} {noun}"


def width() -> int:
    """Characters in a line of the terminal; plenty where there is none."""
    return Console(file=sys.stdout).width if sys.stdout.isatty() else 140


def table(value: Table) -> None:
    """Prints a table as wide as the terminal."""
    console = Console(file=sys.stdout, markup=False, emoji=False, highlight=False, width=width())
    console.print(value)


def raw(text: str) -> None:
    """Prints text for another program, as it is."""
    print(text)


def line(text: str) -> None:
    """Prints a line."""
    _console().print(as_called(text))


def lines(text: str) -> None:
    """Prints texts of a report; orders to a terminal that stand in them are written out."""
    for one in text.split("\n"):
        _console().print(_written_out(one))
