"""Tasks that decide who may be named: person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as day
from pathlib import Path
from typing import TYPE_CHECKING, Any

from invoke.context import Context

from shadowreport.tasks.common import end, failures, project, register_of, show
from shadowreport.tasks.options import REGISTER, choice, refuse, task

if TYPE_CHECKING:
    from shadowreport.core.register import Register

# what is done, with what is typed behind it
_TYPED = {
    "show": "'invoke person show', or 'invoke person show KEY'",
    "add": "'invoke person add KEY --public TEXT'",
    "decide": "'invoke person decide \"Given Family\" --reason official'",
    "rename": "'invoke person rename KEY NEW'",
}
_WORDS = {"show": (0, 1), "add": (1, 1), "decide": (1, 1), "rename": (2, 2)}


@task(
    positional=["what"],
    iterable=["what", "purpose"],
    help={
        "what": "show [KEY], add KEY, decide NAME, or rename KEY NEW (default: show)",
        "public": "what is printed instead of a name, such as 'a teacher from the south'",
        "language": "the language of it, such as ru (default: the report's own)",
        "reason": "why a name may be printed: official, author, consent or court-published; nobody for no person",
        "note": "what that rests on",
        "consent": "what the person agreed to: none, confidential, anonymous or named",
        "by": "the organisation that asked",
        "date": "the day on which the person agreed (default: today)",
        "purpose": "a committee to which the consent was given; can be repeated (default: any)",
        "until": "the last day on which it counts",
        "withdrawn": "the day on which it was taken back",
        "register": REGISTER,
    },
)
def person(
    _context: Context,
    what: list[str] | None = None,
    public: str = "",
    language: str = "",
    reason: str = "",
    note: str = "",
    consent: str = "",
    by: str = "",
    date: str = "",
    purpose: list[str] | None = None,
    until: str = "",
    withdrawn: str = "",
    register: str = "",
) -> None:
    """Protect persons: who is not named and what is printed instead, who may be named, where each stands."""
    from shadowreport.overview import persons as found

    action, *names = what or ["show"]
    action = choice(action, tuple(_TYPED), "thing to do")
    least, most = _WORDS[action]
    if not least <= len(names) <= most:
        refuse(f"type {_TYPED[action]}")
    if action == "decide" and not reason:
        refuse(
            "say why the name may be printed: --reason official, author, consent, court-published"
        )
    given = {"level": consent, "date": date, "by": by, "until": until, "withdrawn": withdrawn}
    agreed: dict[str, Any] = {key: value for key, value in given.items() if value}
    agreed |= {"date": day.today().isoformat()} if consent and not date else {}
    agreed |= {"purposes": purpose} if purpose else {}
    folder = project()
    with failures():
        persons = register_of(register, folder)
        if action == "show":
            _show(folder, persons, *names)
        elif action == "add":
            _add(folder, names[0], public, language, agreed, persons)
        elif action == "decide":
            _write(folder, found.decided(folder, names[0], reason, note, agreed), persons)
        else:
            _write(folder, found.renamed(folder, *names), persons)
            _line(
                f"@person-{names[0]} is @person-{names[1]} now: rename the key in your register, too."
            )


def _show(folder: Path, persons: Register | None, key: str = "") -> None:
    from shadowreport.overview import persons as found

    standings = found.standings(folder, _spoken(folder), persons)
    if key and key not in (known := {item.key for item in standings}):
        raise found.unknown(key, known)
    for text in list(found.lines(standings, key)) or ["No person is protected in this report."]:
        _line(text)
    if not key:
        named = len(found.decisions(folder).named)
        _line(f"Names decided under 'named:': {named}; 'invoke check' lists those that are not.")


def _add(
    folder: Path,
    key: str,
    public: str,
    language: str,
    agreed: Mapping[str, Any],
    persons: Register | None,
) -> None:
    from shadowreport.overview import persons as found

    code = language or _spoken(folder)
    new = key not in found.decisions(folder).protected
    if new and not public:
        refuse(f"say what is printed instead of the name: --public TEXT, as in {_TYPED['add']}")
    said = {code: public} if public else {}
    _write(folder, found.added(folder, key, said, agreed), persons)
    _line(f"The text calls this person @person-{key}.")
    if new and not (persons and key in persons.persons):
        _line("\nThe name goes into your register, a file outside of every repository:\n")
        _line(found.outline(key, code))


def _write(folder: Path, files: Mapping[str, bytes], persons: Register | None) -> None:
    """Writes files of the report, unless a name of the register would stand in one."""
    from shadowreport import console
    from shadowreport.core.problems import has_errors
    from shadowreport.machine.write import write_tree
    from shadowreport.outgoing import told_in

    told = told_in(folder, files, {}, "", persons, folder=".")
    show(told)
    if has_errors(told):
        end(False)
    write_tree(folder, files)
    console.files(tuple(folder / name for name in files), folder)


def _spoken(folder: Path) -> str:
    """The language of the report, also of one with errors."""
    from shadowreport.core.problems import Failure
    from shadowreport.load import load

    report, found = load(folder)
    if report is None:
        raise Failure([item for item in found if item.severity == "error"])
    return report.speech.language.code


def _line(text: str) -> None:
    from shadowreport import console

    console.line(text)
