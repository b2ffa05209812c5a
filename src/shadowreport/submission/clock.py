"""The time that is left, in Geneva, where secretariats count it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shadowreport.checks.limits import asked
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report

_OF_DATES = ("deadline", "days-before-session")
GENEVA = ZoneInfo("Europe/Zurich")


def due(report: Report) -> datetime | None:
    """The last moment; a deadline without an hour ends with the day."""
    if not report.deadline:
        return None
    day = datetime.fromisoformat(report.deadline).replace(tzinfo=GENEVA)
    return day if ":" in report.deadline else day.replace(hour=23, minute=59)


def late(report: Report, now: datetime) -> list[Diagnostic]:
    """That the deadline is over."""
    end = due(report)
    if end is None or now <= end:
        return []
    message = (
        f"rule 'deadline': it was over at {end:%Y-%m-%d %H:%M} in Geneva, {_span(now - end)} ago"
    )
    cited = [rule.cited for rule in asked(report) if rule.kind in _OF_DATES]
    hint = "; ".join(["ask the secretariat whether it still takes it", *cited[:1]])
    return [Diagnostic("not-accepted", report.place, message, hint)]


def left(report: Report, now: datetime) -> str:
    """How long there is, in words; empty where nobody has said until when."""
    end = due(report)
    if end is None:
        return ""
    when = f"{end:%Y-%m-%d %H:%M} in Geneva (there it is {now.astimezone(GENEVA):%Y-%m-%d %H:%M})"
    return f"{_span(end - now)} left until {when}" if now <= end else f"over since {when}"


def _span(span: timedelta) -> str:
    hours, minutes = divmod(span.seconds // 60, 60)
    counted = ((span.days, "day"), (hours, "hour"), (minutes, "minute"))
    days, hour, minute = (f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in counted)
    return f"{days}, {hour} and {minute}"
