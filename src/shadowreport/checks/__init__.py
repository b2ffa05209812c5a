"""Checks: what can be wrong with a report whose files could all be read.

A check is a function from a Report to its diagnostics. To add one, write it in a module of this
package, put it into the table below, give its code a severity in diagnostics.py, a section in
docs/checks.md and a case in tests/cases/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shadowreport.checks import ties
from shadowreport.diagnostics import Diagnostic
from shadowreport.model import Report

Check = Callable[[Report], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    ties.duplicate_ids,
    ties.heading_levels,
    ties.rows,
    ties.ties,
    ties.references,
    ties.organisations,
)


def check(report: Report) -> list[Diagnostic]:
    """All that is wrong with a report, in the order of its files and lines."""
    found = [diagnostic for run in CHECKS for diagnostic in run(report)]
    return sorted(found, key=lambda diagnostic: diagnostic.place)
