"""`invoke diff`: what changed between two states, to be read in a terminal, a page, a pull request, or
by a program. Nothing is written that either state withholds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from shadowreport.core.editions import CONFIDENTIAL
from shadowreport.core.lexicon import Language
from shadowreport.core.problems import Diagnostic, Failure, has_errors
from shadowreport.core.register import Register
from shadowreport.machine.cache import open_cache, using
from shadowreport.outgoing import told_in
from shadowreport.redline.both import both
from shadowreport.redline.difference import Difference, Differences, between
from shadowreport.redline.facts import facts
from shadowreport.redline.revisions import ONCE_PUBLIC
from shadowreport.redline.told import counted, head, states, title
from shadowreport.render.page import page
from shadowreport.source.write import escape

VERSION = 1
_MARKS = {"kept": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
_BOLD = {"kept": ("", ""), "removed": ("~~", "~~"), "added": ("**", "**")}
_IN_WORDS = ("html", "md")  # those for readers; programs and a terminal have the files' own
_LONG = 60  # characters of what stayed that are shown beside a change


def diff(
    project: Path,
    old: str,
    new: str,
    form: str,
    name: str = "",
    persons: Register | None = None,
    tell: Callable[[list[Diagnostic]], None] = lambda _: None,
) -> str:
    """What changed from one revision to another (or to the files as they are), in one of `FORMATS`; `tell`
    is given what in it may be a name.

    Raises Failure where a state cannot be read, or where the answer would tell what is withheld, or name
    a person of a register.
    """
    with using(open_cache(project)), both(project, old, new, name, "diff") as states:
        told = Telling(states.newer.speech.language, old, new)
        words = told.words if form in _IN_WORDS else None
        both_states = zip((states.older, states.newer), states.folders, strict=True)
        found = between(*(facts(report, folder, words) for report, folder in both_states))
        text = FORMATS[form](found, told, project)
        sought = persons if name != CONFIDENTIAL else None
        problems = told_in(project, {f"diff.{form}": text.encode()}, *states.held, sought)
    if has_errors(problems):
        hint = ONCE_PUBLIC.replace("redline", "diff") if states.held[0] else ""
        raise Failure([replace(item, hint=hint or item.hint) for item in problems])
    tell(problems)
    return text


@dataclass(frozen=True, slots=True)
class Telling:
    """The words in which it is told, and the two states: a terminal and a program have English."""

    words: Language
    old: str
    new: str

    @property
    def plain(self) -> str:
        """The two states as they were typed."""
        return f"{self.old} – {self.new or 'now'}"

    @property
    def title(self) -> str:
        """The title of a page."""
        return title(self.words, states(self.words, self.old, self.new))

    def head(self, item: Difference) -> str:
        """What changed, of what."""
        return _named(item, head(self.words, item.what, item.kind))

    def summary(self, found: Differences) -> str:
        """How much of what changed."""
        return counted(self.words, (head(self.words, item.what, item.kind) for item in found.found))


def _by_section(found: Differences, whole: str) -> Iterator[tuple[str, list[Difference]]]:
    """The changes of each section; what is of none stands under the name of the whole."""
    for name, rows in groupby(found.found, lambda item: item.section):
        yield found.titles.get(name, "") or whole, list(rows)


def _numbers(item: Difference) -> str:
    if item.before == item.after:
        return item.before
    return f"{item.before or '–'} → {item.after or '–'}"


def _head(item: Difference) -> str:
    """Such as: changed paragraph 12 → 13 (par-remedies)."""
    return _named(item, f"{item.what} {item.kind}")


def _named(item: Difference, said: str) -> str:
    numbers = f" {_numbers(item)}" if item.before or item.after else ""
    return f"{said}{numbers}" + (f" ({item.name})" if item.name else "")


def _shown(
    item: Difference, marks: dict[str, tuple[str, str]], as_text: Callable[[str], str]
) -> str:
    """The words of a change; of long ones that stayed, what stands beside it."""
    shown: list[str] = []
    for index, (side, text) in enumerate(item.parts):
        if side == "kept":
            text = _cut(text, index > 0, index < len(item.parts) - 1)
        inner = text.strip()
        start, _, end = text.partition(inner) if inner else (text, "", "")
        opened, closed = marks[side] if inner else ("", "")
        shown.append(f"{start}{opened}{as_text(inner)}{closed}{end}")
    return " ".join("".join(shown).split())


def _cut(text: str, behind: bool, before: bool) -> str:
    if len(text) <= 2 * _LONG:
        return text
    start = f"{text[:_LONG].rpartition(' ')[0]} " if behind or not before else ""
    end = f" {text[-_LONG:].partition(' ')[2]}" if before else ""
    return f"{start}…{end}"


def summary(found: Differences) -> str:
    """How much of what: 2 paragraphs changed, 1 source added."""
    counts = Counter((item.kind, item.what) for item in found.found)
    said = [f"{count} × {kind} {what}" for (kind, what), count in counts.items()]
    return ", ".join(said) + "." if said else "Nothing differs in what the report says."


def _as_text(found: Differences, told: Telling, _project: Path) -> str:
    lines = [told.plain, summary(found)]
    for section, rows in _by_section(found, "Report"):
        lines += ["", section]
        for item in rows:
            lines += [f"  {_head(item)}", f"      {_shown(item, _MARKS, str)}"]
    if found.numbers:
        lines += ["", "Old number → new number"]
        lines += [f"  {old} → {new}" for old, new in found.numbers]
    return "\n".join(lines)


def _as_markdown(found: Differences, told: Telling, _project: Path) -> str:
    words = told.words
    lines = [f"# {escape(told.title)}", "", escape(told.summary(found))]
    for section, rows in _by_section(found, told.words["changes_whole"]):
        lines += ["", f"## {escape(section)}", ""]
        lines += [f"- {escape(told.head(item))}: {_shown(item, _BOLD, escape)}" for item in rows]
    if found.numbers:
        lines += ["", f"| {words['changes_old']} | {words['changes_new']} |", "|---|---|"]
        lines += [f"| {old} | {new} |" for old, new in found.numbers]
    return "\n".join(lines)


def _as_html(found: Differences, told: Telling, project: Path) -> str:
    return page(
        project,
        "diff",
        words=told.words,
        title=told.title,
        summary=told.summary(found),
        sections=[
            (section, [(told.head(item), item.parts) for item in rows])
            for section, rows in _by_section(found, told.words["changes_whole"])
        ],
        numbers=found.numbers,
    )


def _as_json(found: Differences, told: Telling, _project: Path) -> str:
    def data(item: Difference) -> dict[str, object]:
        parts = [{"side": side, "text": text} for side, text in item.parts]
        named = {"id": item.name, "section": item.section}
        numbers = {"before": item.before, "after": item.after}
        return {"what": item.what, "kind": item.kind, **named, **numbers, "parts": parts}

    value = {
        "version": VERSION,
        "title": told.plain,
        "changes": [data(item) for item in found.found],
        "numbers": [{"before": old, "after": new} for old, new in found.numbers],
    }
    return json.dumps(value, ensure_ascii=False, indent=1)


FORMATS: dict[str, Callable[[Differences, Telling, Path], str]] = {
    "text": _as_text,
    "html": _as_html,
    "md": _as_markdown,
    "json": _as_json,
}
