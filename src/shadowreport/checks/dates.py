"""When a submission has to be there, by the rules of the body and the dates in report.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from shadowreport.core.lexicon import Rule
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report

_YEARS = 2  # after which a rule is old: bodies change theirs about so often


def deadline_known(report: Report, rule: Rule) -> Iterator[Diagnostic]:
    """A deadline that each session sets anew has to be looked up, and written down as exactly as
    the body means it."""
    if not report.deadline:
        message = (
            f"the deadline is not in report.yaml: {rule.note.rstrip('.') or 'ask the secretariat'}"
        )
        hint = f"write deadline: YYYY-MM-DD; {rule.cited}"
        yield Diagnostic("no-deadline", report.place, message, hint)
    elif rule.value == "minute" and ":" not in report.deadline:
        message = "the deadline counts to the minute, and report.yaml has the day alone"
        hint = f'write it in Geneva time, such as deadline: "{report.deadline} 12:00"; {rule.cited}'
        yield Diagnostic("no-deadline", report.place, message, hint)


def days_before_session(report: Report, rule: Rule) -> Iterator[Diagnostic]:
    """A deadline that is counted back from the session's first day."""
    if not report.session_starts:
        if not report.deadline:
            message = (
                f"the deadline is not in report.yaml: it is {rule.value} days before the session, "
                "which has no date either"
            )
            hint = f"write deadline: and session_starts: YYYY-MM-DD; {rule.cited}"
            yield Diagnostic("no-deadline", report.place, message, hint)
        return
    last = date.fromisoformat(report.session_starts) - timedelta(days=int(rule.value))
    if not report.deadline:
        message = (
            f"the deadline is not in report.yaml: it is {rule.value} days before the session of "
            f"{report.session_starts}"
        )
        hint = f"write deadline: {last}; {rule.cited}"
        yield Diagnostic("no-deadline", report.place, message, hint)
    elif report.deadline[:10] > last.isoformat():
        message = (
            f"the deadline {report.deadline} is later than {last}, {rule.value} days before the "
            f"session of {report.session_starts}"
        )
        yield Diagnostic("late-deadline", report.place, message, rule.cited)


def old_rules(report: Report, rules: tuple[Rule, ...]) -> Iterator[Diagnostic]:
    """Rules whose source had been written, or looked at, long before the report is due."""
    day = (report.deadline or report.date or date.today().isoformat())[:10]
    old = [rule for rule in rules if is_old(rule, day)]
    if old:
        named = ", ".join(f"{rule.kind} ({rule.age})" for rule in old)
        message = f"rules of this profile are older than {_YEARS} years: {named}"
        hint = "look into the session's information note before you rely on them"
        yield Diagnostic("old-rule", report.place, message, hint)


def is_old(rule: Rule, day: str) -> bool:
    """Whether a rule is old on a day. One that nobody has dated is not: it is unverified."""
    return bool(rule.age) and f"{int(day[:4]) - _YEARS:04}{day[4:]}" > (rule.age + "-12-31")[:10]
