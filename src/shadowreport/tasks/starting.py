"""Tasks that start a report, keep its tools up to date, and show its look: new, upgrade, style."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from invoke.context import Context

from shadowreport.tasks.common import failures, project
from shadowreport.tasks.options import choice, pairs, refuse, task

if TYPE_CHECKING:
    from shadowreport.core.lexicon import Lexicon
    from shadowreport.new.choices import Cycle

Ask = Callable[[str, str, tuple[str, ...]], str]  # a question, its default, what can be answered
_ANSWERS = "state-report, list-of-issues, upr"


@task(
    positional=["folder"],
    help={
        "folder": "the folder to make; it must not exist, or be empty",
        "committee": "the body that the report goes to, such as CERD or CEDAW (default: CERD)",
        "language": "the language of the report, such as en, fr, es or ru (default: en)",
        "state": "the name of the State, in that language",
        "state_code": "its code of three letters (ISO 3166), such as KAZ, which stands in the symbols of documents",
        "organisation": "an organization of the coalition; can be repeated",
        "cycle": "an earlier review, YEAR or YEAR=SYMBOL, the symbol of its document; can be repeated",
        "answers": f"what the report answers: {_ANSWERS} (default: state-report)",
    },
    iterable=["organisation", "cycle"],
)
def new(
    _context: Context,
    folder: str,
    committee: str = "",
    language: str = "",
    state: str = "",
    state_code: str = "",
    organisation: list[str] | None = None,
    cycle: list[str] | None = None,
    answers: str = "",
) -> None:
    """Make a new report project: a small report that builds, to be filled in."""
    from shadowreport import console
    from shadowreport.core.states import code_of
    from shadowreport.load.lexicon import load_lexicon
    from shadowreport.new import Choices
    from shadowreport.new import new as make
    from shadowreport.new.choices import ANSWERS
    from shadowreport.new.project import BASE, spoken

    lexicon, _ = load_lexicon()
    ask = console.ask if sys.stdin.isatty() and sys.stdout.isatty() else _default
    if committee.lower() == _REVIEW:
        answers = answers or _REVIEW
    answers = choice(
        answers or ask("What does the report answer?", ANSWERS[0], ANSWERS), ANSWERS, "answer"
    )
    committee = _committee(committee, answers, lexicon, ask)
    languages = tuple(sorted(lexicon.spoken()))
    language = choice(language or ask("Language", BASE, languages), languages, "language")
    state = state or ask("Name of the State", "", ())
    usual = code_of(state, lexicon.languages[language].locale)
    state_code = _state_code(
        state_code or ask("Its code of three letters", usual, ()), state, usual
    )
    named = tuple(organisation or _words(ask("Organizations, with commas between", "", ())))
    cycles = _cycles(cycle or _words(ask("Earlier reviews, YEAR=SYMBOL, with commas", "", ())))
    chosen = Choices(committee, language, state, named, cycles, answers, state_code)
    with failures():
        files = make(Path(folder), chosen)
    for path in files:
        console.line(str(path))
    if state_code and not state:
        console.line(
            "\nThe name of the State is that of its code: look at it in sections/report.yaml."
        )
    if language not in spoken():
        console.line(f"\nThe texts to be filled in are in English: there are none in '{language}'.")
    console.line(f"\nNext: cd {folder}, fill in sections/report.yaml, then run 'invoke build'.")


@task()
def upgrade(_context: Context) -> None:
    """Bring a report's tasks, CI and editor files to the version of the toolkit that is installed."""
    from shadowreport import __version__, console
    from shadowreport.new.upgrade import upgrade as renew

    folder = project()
    with failures():
        done = renew(folder)
        for name in _moved(folder):
            console.line(f"{name}: sign-offs lie in sections/reviews/ now")
    for name, fate in sorted(done.files.items()):
        console.line(_FATES[fate].format(name=name))
    came = f", {done.before} before" if done.before not in ("", __version__) else ""
    console.line(
        f"{'As' if done.files else 'Nothing to change: as'} version {__version__} writes them{came}."
    )


def _moved(folder: Path) -> list[str]:
    """The files that change where sign-offs still stand in front matter. A report with errors is left."""
    from shadowreport.core.problems import has_errors
    from shadowreport.load import load
    from shadowreport.load.strays import section_paths
    from shadowreport.overview.sign_off import moved, write_signed

    if not any(
        "\nreviewed:" in path.read_text("utf-8", "replace") for path in section_paths(folder)
    ):
        return []
    report, found = load(folder)
    if report is None or has_errors(found):
        return []
    files = moved(report, folder)
    write_signed(folder, files)
    return sorted(name for name in files if name.endswith(".md"))


@task(help={"format": "text or json (default: text)"})
def doctor(_context: Context, format: str = "text") -> None:
    """Look at what the toolkit stands on here: versions, git, spelling; what is missing, and how to get it."""
    import json
    from dataclasses import asdict

    from shadowreport import console
    from shadowreport.machine.doctor import examine
    from shadowreport.tasks.common import end

    form = choice(format, ("text", "json"), "format")
    found = list(examine(Path.cwd()))
    if form == "json":
        console.raw(json.dumps([asdict(item) for item in found], ensure_ascii=False, indent=1))
    for item in found if form == "text" else ():
        console.line(f"{item.name:<25}{item.found or f'missing: {item.remedy}'}")
    end(all(item.found for item in found if item.vital))


@task(
    help={
        "specimen": "build a page or two with every kind of text in this look, in all formats, into build/"
    }
)
def style(_context: Context, specimen: bool = False) -> None:
    """Show how the report looks: each colour, length and letter, and where it comes from."""
    from shadowreport import console
    from shadowreport.core.layout import STYLE
    from shadowreport.core.problems import has_errors
    from shadowreport.core.style import Style
    from shadowreport.load.style import load_style
    from shadowreport.new.specimen import specimen as made
    from shadowreport.tasks.common import end, show

    folder = project()
    own, _, found = load_style(folder)
    usual = dict(Style().rows())
    for name, value in own.rows():
        console.line(f"{name:<20}{value:<28}{'toolkit' if value == usual.get(name) else STYLE}")
    if specimen:
        with failures(), console.progress("building the specimen"):
            built, files = made(folder)
        found = list(built.diagnostics)
        console.files(files, folder)
    show(found)
    end(not has_errors(found))


_UNKNOWN = "?"  # a symbol that nobody named
_REVIEW = "upr"  # what is answered by a submission to no committee
_FATES = {
    "added": "added     {name}",
    "renewed": "renewed   {name}",
    "beside": "kept      {name}  (you changed it; the new one is {name}.new)",
}


def _committee(text: str, answers: str, lexicon: Lexicon, ask: Ask) -> str:
    if answers == _REVIEW:
        if text.lower() not in ("", _REVIEW):
            refuse(f"--answers {_REVIEW} goes to no committee: leave --committee {text} out")
        return _REVIEW.upper()
    if text.lower() == _REVIEW:
        refuse(
            f"--committee {text} has nothing that --answers {answers} would answer: leave one out"
        )
    bodies = tuple(sorted(code for code, item in lexicon.committees.items() if item.themes))
    known = tuple(code.lower() for code in bodies)
    return choice(text or ask("Committee", "CERD", bodies), known, "committee").upper()


def _state_code(text: str, state: str, usual: str) -> str:
    code = text.upper()
    if code and not re.fullmatch(r"[A-Z]{3}", code):
        refuse(f"'{text}' is no code of a State: it has three letters, such as KAZ")
    if code and usual and code != usual:
        refuse(f"the code of {state} is {usual}, not {code}")
    return code


def _cycles(texts: Iterable[str]) -> tuple[Cycle, ...]:
    from shadowreport.new.choices import Cycle

    whole = [text if "=" in text else f"{text}={_UNKNOWN}" for text in texts]
    found = pairs(whole, "YEAR=SYMBOL")
    for year in found:
        if not re.fullmatch(r"(19|20)\d\d", year):
            refuse(
                f"'{year}' is no year: type --cycle 2014, or --cycle 2014=SYMBOL with the symbol of its document"
            )
    cycles = (Cycle(year, found[year].replace(_UNKNOWN, "")) for year in sorted(found))
    return tuple(cycles) or (Cycle(),)


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _default(_question: str, default: str, _known: tuple[str, ...]) -> str:
    """Where nobody sits at a terminal, nothing is asked."""
    return default
