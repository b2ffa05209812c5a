"""The proposals one after the other, for a person to take or to leave."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from shadowreport.core.ast import plain
from shadowreport.core.report import Report
from shadowreport.suggest import lineage, suggestions
from shadowreport.suggest.alike import Pair

_SHOWN = 240  # letters of a text: enough to know it by
LEAVE, END = "", "q"


@dataclass(frozen=True, slots=True)
class Option:
    """What can be taken: the demand and what is written of it (take.py), as a person reads it, and why."""

    demand: str
    what: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """A text with its name, and what may belong to it."""

    name: str
    text: str
    options: tuple[Option, ...]


def questions(report: Report, about: str) -> list[Question]:
    """The proposals about `answers`, `repeats` or `taken-up` (see lineage.py)."""
    if about == "answers":
        return list(_answers(report))
    groups: dict[str, list[Pair]] = {}
    for pair in lineage.ABOUT[about](report):
        groups.setdefault(pair.name, []).append(pair)
    texts = lineage.texts(report)
    return [
        Question(
            name, texts[name], tuple(_option(pair, about, texts[pair.other]) for pair in pairs)
        )
        for name, pairs in groups.items()
    ]


def _answers(report: Report) -> Iterator[Question]:
    said = {
        f"{section.name}#{item.id}": plain(item.blocks, notes=False)
        for section in report.sections
        for item in section.paragraphs()
    }
    for item in suggestions(report):
        if item.tied or not item.candidates:
            continue
        found = [(f"{one.section}#{one.paragraph}", one) for one in item.candidates]
        options = (
            Option(item.demand.id, where, f"{where}  {_short(said.get(where, ''))}", one.reason)
            for where, one in found
        )
        text = report.speech.language.of(item.demand.text)
        yield Question(item.demand.id, text, tuple(options))


def _option(pair: Pair, about: str, text: str) -> Option:
    newer, older = (pair.other, pair.name) if about == "taken-up" else (pair.name, pair.other)
    return Option(newer, older, f"{pair.other}  {_short(text)}", pair.reason)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}..."


def walk(
    found: list[Question],
    ask: Callable[[str], str],
    say: Callable[[str], None],
    take: Callable[[Option], None],
) -> int:
    """Shows each question and takes what is chosen, until somebody ends it. How many were taken."""
    taken = 0
    for nth, question in enumerate(found, 1):
        say(f"\n{nth} of {len(found)}: {question.name}  {question.text}")
        for number, option in enumerate(question.options, 1):
            say(f"  {number}  {option.text}\n     ({option.reason})")
        answer = _answer(ask, len(question.options))
        if answer == END:
            break
        if answer != LEAVE:
            take(question.options[int(answer) - 1])
            taken += 1
    return taken


def _answer(ask: Callable[[str], str], most: int) -> str:
    """A number, or nothing, or the end; asked again for anything else."""
    known = {LEAVE, END, *map(str, range(1, most + 1))}
    numbers = "1 takes it" if most == 1 else f"1 to {most} takes one"
    while True:
        said = ask(f"{numbers}, Enter leaves them, q ends").strip().lower()
        if said in known:
            return said
