"""A shorter document that keeps within its pages: words only estimate them, the PDF has them.

The text is the same whichever formats are asked for, so the PDF is made here in any case.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from shadowreport.checks.limits import page_limit
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Report
from shadowreport.render.run import render
from shadowreport.resolve import resolve
from shadowreport.resolve.derived import Derived, derive
from shadowreport.resolve.flat import flat


def shorter(full: Report, name: str, project: Path) -> Derived:
    """The document that a profile makes of an edition, with as much of the text as its limits allow. Raises
    Failure where what the authors call core is more than that."""
    made = derive(full, name)
    most = page_limit(made.report, full.profiles[name].pages)
    if not most:
        return made
    while (pages := _pages(made.report, project)) > most:
        # pages that do not depend on the text make this a little too much: then once more
        less = derive(full, name, made.words * most // pages)
        if less.words == made.words:
            raise Failure([_too_long(made.report, name, pages, most)])
        made = less
    return replace(made, pages=pages, most_pages=most)


def _pages(report: Report, project: Path) -> int:
    """How many pages the PDF has; none where it cannot be made, which the build tells."""
    outputs, _ = render(flat(resolve(report, project)), project, ("pdf",))
    return max((output.pages for output in outputs.values()), default=0)


def _too_long(report: Report, name: str, pages: int, most: int) -> Diagnostic:
    message = f"the profile '{name}' cannot be kept: its core has {pages} pages, with cover, contents and annexes; the limit is {most}"
    hint = "write short: texts for core paragraphs, or make fewer of them core"
    return Diagnostic("too-long-core", report.place, message, hint)
