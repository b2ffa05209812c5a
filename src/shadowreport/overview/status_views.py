"""The state of a report as people and programs read it: JSON, a page, a table in a terminal, lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from markupsafe import Markup, escape

from shadowreport.checks.dates import is_old
from shadowreport.core.lexicon import Language, Rule
from shadowreport.core.report import Place
from shadowreport.overview.status import STATUSES, SectionStatus, Status
from shadowreport.overview.translated import Behind
from shadowreport.render.page import page

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text


def render_json(status: Status, words: Language, languages: Iterable[Behind] = ()) -> str:
    """The state as JSON, for other programs."""
    data = asdict(status) | {"languages": [asdict(item) for item in languages]}
    data["rules"] = [_rule(rule, words) for rule in status.rules]
    data["limit_rule"] = _rule(status.limit_rule, words) if status.limit_rule else None
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _rule(rule: Rule, words: Language) -> dict[str, Any]:
    """A rule with its texts in one language."""
    data = asdict(rule)
    del data["translations"]
    return data | {what: rule.said(what, words.code)[0] for what in ("source", "note")}


def render_html(status: Status, words: Language, project: Path) -> str:
    """The state as one HTML page. Raises Failure for a template that fails."""
    return page(
        project,
        "status",
        words=words,
        count=words.count,
        status=status,
        today=words.date(status.date),
        deadline=_moment(status.deadline, words) if status.deadline else "",
        remaining=remaining(status, words),
        names={item.id: item.name for item in status.organisations},
        rules=[
            {
                "name": words[f"rule_{rule.kind.replace('-', '_')}"],
                "value": _value(rule, words),
                "source": _quoted(rule, "source", words),
                "checked": rule.checked,
                "verified": rule.verified,
                "note": _quoted(rule, "note", words),
                "old": is_old(rule, status.date),
            }
            for rule in status.rules
        ],
        report=f"{status.name}.html",
        matrix=f"{status.name}-matrix.html",
    )


def _quoted(rule: Rule, what: Literal["source", "note"], words: Language) -> Markup:
    """What a body's file says, marked where it has it in English alone."""
    text, language = rule.said(what, words.code)
    return Markup('<bdi lang="{}">{}</bdi>').format(language, text) if language else escape(text)


def _value(rule: Rule, words: Language) -> Any:
    """What a rule asks for; the parts of a report by their names in the language."""
    if not isinstance(rule.value, list):
        return rule.value
    names = map(str, rule.value)
    if rule.kind == "contains":
        names = (words[f"part_{name.replace('-', '_')}"] for name in names)
    return ", ".join(names)


def _moment(deadline: str, words: Language) -> str:
    """A day in words, and the hour behind it where one was given."""
    return f"{words.date(deadline[:10])}{deadline[10:]}"


def remaining(status: Status, words: Language) -> str:
    """The days to the deadline in words; empty where there is none."""
    if status.days is None:
        return ""
    if not status.days:
        return words["status_today"]
    key = "status_days_left" if status.days > 0 else "status_days_over"
    return words[key].replace("{days}", str(abs(status.days)))


def render_table(status: Status, words: Language, width: int = 120) -> Table:
    """The state by section, for a terminal of so many characters; a narrow one gets less text and
    every figure."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(
        title=_text(status.title),
        title_justify="left",
        padding=(0, 1, 0, 0),
        pad_edge=False,
        box=SIMPLE_HEAD,
    )
    narrow = width < _WIDE
    columns = [column for column in _COLUMNS if not (narrow and column.wide_only)]
    for column in columns:
        table.add_column(
            words[column.word],
            justify="left" if column.width else "right",
            no_wrap=bool(column.width),
            overflow="ellipsis",
            min_width=None if column.width else max(map(len, words[column.word].split())),
            max_width=(column.narrow if narrow else column.width) or None,
        )
    for section in status.sections:
        table.add_row(*(column.show(section, words) for column in columns))
    return table


_WIDE = 118


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its word, how a section shows in it, and its widths where it holds text."""

    word: str
    show: Callable[[SectionStatus, Language], Text | str]
    width: int = 0
    narrow: int = 0
    wide_only: bool = False


def _text(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(text, style)


_COLUMNS = (
    _Column("status_section", lambda item, _: _text("  " * (item.level - 1) + item.title), 40, 22),
    _Column(
        "matrix_organisation", lambda item, _: _text(", ".join(item.organisations)), 22, 0, True
    ),
    _Column(
        "status_status",
        lambda item, words: _text(words[f"status_{item.status}"] if item.words else ""),
        10,
        9,
    ),
    _Column("status_words", lambda item, words: words.count(item.words)),
    _Column(
        "status_share",
        lambda item, words: words.percent(item.share) if item.share is not None else "",
        0,
        0,
        True,
    ),
    _Column("status_fresh", lambda item, _: str(item.fresh or "")),
    _Column("status_stale", lambda item, _: _text(str(item.stale or ""), "yellow")),
    _Column("status_notes", lambda item, _: str(len(item.notes) or "")),
    _Column("status_unanswered", lambda item, _: _text(str(len(item.unanswered) or ""), "red")),
)


def summary(status: Status, words: Language) -> str:
    """The figures of the whole report in a line: behind their words, which have no plural there."""
    parts = [words.labelled("status_words", words.count(status.words)), _limit(status, words)]
    parts += [words.labelled(f"status_{name}", str(status.count(name))) for name in STATUSES]
    if status.deadline:
        parts.append(
            f"{words['status_deadline']} {_moment(status.deadline, words)} ({remaining(status, words)})"
        )
    return words.typeset(words.mark("semicolon").join(parts))


def note_lines(status: Status) -> list[str]:
    """Every note and remark with its place, a line each."""
    return [
        f"{note.file}:{note.line}  {' '.join(filter(None, [note.author, note.date]))}".rstrip()
        + f"  {note.text}"
        for note in status.notes
    ]


def waiting_lines(status: Status) -> list[str]:
    """Every paragraph that is to be looked at again, with its place and what has changed, a line each."""
    return [
        f"{Place(section.file, item.line)}  {section.name}#{item.paragraph}"
        + (f"  found {item.finding}" if item.finding else "")
        + (f"  asked again: {', '.join(item.asked_again)}" if item.asked_again else "")
        for section in status.sections
        for item in section.look_again
    ]


def _limit(status: Status, words: Language) -> str:
    if not status.limit_rule:
        return words["status_no_limit"]
    unverified = "" if status.limit_rule.verified else f" ({words['status_unverified']})"
    limit = f"{words['status_limit']} {words.count(status.limit)}{unverified}"
    return words.typeset(f"{limit}{words.mark('colon')}") + words.percent(status.share or 0)
