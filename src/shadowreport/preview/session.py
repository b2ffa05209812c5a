"""What the preview shows: the last good page, the problems of the present state, pages of the PDF.

One thread builds, others wait for a newer view. Nothing is written into the project.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from shadowreport.checks import check
from shadowreport.checks.public import told as told_of_public
from shadowreport.core.editions import PUBLIC, edition, editions
from shadowreport.core.problems import Diagnostic, Failure, has_errors
from shadowreport.core.register import Register
from shadowreport.core.report import Place, Report
from shadowreport.load import Known, load
from shadowreport.machine.cache import Cache, using
from shadowreport.machine.collector import paused
from shadowreport.machine.fault import fault
from shadowreport.machine.programs import ProgramError
from shadowreport.machine.typst import script_fonts
from shadowreport.outgoing import must_tell_nothing, silent
from shadowreport.preview.pages import Pages
from shadowreport.render import html, pdf
from shadowreport.render.remarks import RemarksOn
from shadowreport.resolve import resolve
from shadowreport.resolve.resolved import Resolved

MOST_PAGES = 500  # a page of the PDF takes half a megabyte as a picture


@dataclass(frozen=True, slots=True)
class View:
    """One state of the preview; `number` grows with every change of it.

    `page` is the last good one, and `good` says whether it shows the present state of the files.
    `pages` are the names of the pictures of the PDF's pages; empty until somebody has asked.
    """

    number: int = 0
    page: bytes = b""
    good: bool = False
    problems: tuple[Diagnostic, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()  # of the page: file and anchor
    pages: tuple[str, ...] = ()
    pages_error: str = ""

    @property
    def page_mark(self) -> str:
        """Changes when the page does."""
        return hashlib.sha256(self.page).hexdigest()[:16]


class Session:
    """Builds a project's views."""

    def __init__(
        self,
        project: Path,
        cache: Cache | None,
        name: str = "",
        persons: Register | None = None,
    ) -> None:
        """`name` is the edition that is shown, the whole report where it is empty."""
        self.project = project
        self._name, self._persons = name, persons
        self._whole: Report | None = None
        self._cache = cache
        self._known: Known = {}
        self._changed = threading.Condition()
        self._view = View()
        self._resolved: Resolved | None = None
        self._drawn: Resolved | None = None
        self._wanted = threading.Event()
        self._pages: Pages | None = None

    @property
    def view(self) -> View:
        """The present view."""
        return self._view

    def newer(self, number: int, seconds: float) -> View | None:
        """Waits for a view that is newer than a number; None where there is none in time."""
        with self._changed:
            self._changed.wait_for(lambda: self._view.number > number, seconds)
            return self._view if self._view.number > number else None

    def rebuild(self) -> None:
        """Builds the page and the problems of the present state of the files."""
        with paused(), using(self._cache):
            try:
                self._rebuild()
            except (Failure, ProgramError) as error:
                self._fail(_of(error))
            except Exception as error:  # a preview outlives what is wrong with one state
                self._fail([fault(error)])

    def _rebuild(self) -> None:
        report, read = load(self.project, self._known)
        if report is None:
            self._fail(self._told(None, read, read))
            return
        if not has_errors(check(report, whole=False, before=read)):
            # the page first: what the other checks say can come a moment later
            shows = edition(report, self._name or editions(report)[-1])
            resolved = resolve(shows, self.project)
            page = html.render(resolved, self.project, RemarksOn(shows.name, shows.edition)).data
            self._whole = report
            told = self._searched(resolved, "report", page)
            self._resolved = resolved
            files = {section.name: section.file for section in report.sections}
            shown = [
                (files[item.name], item.anchor) for item in resolved.sections if item.name in files
            ]
            self._publish(page=page, good=True, sections=tuple(shown))
            found = self._told(report, check(report, before=read), read)
            self._publish(problems=(*told, *found))
        else:
            found = check(report, whole=not has_errors(read), before=read)
            self._fail(self._told(report, found, read))

    def _fail(self, problems: list[Diagnostic]) -> None:
        self._publish(good=False, problems=tuple(problems))

    def _publish(self, **changes: object) -> None:
        with self._changed:
            self._view = replace(self._view, number=self._view.number + 1, **changes)  # type: ignore[arg-type]
            self._changed.notify_all()

    def _told(
        self, report: Report | None, found: list[Diagnostic], read: list[Diagnostic]
    ) -> list[Diagnostic]:
        """The problems, in words that may be seen beside the edition that is shown."""
        if self._persons:
            found = list(map(silent(self.project, self._persons), found))
        if self._name != PUBLIC or (report and len(editions(report)) == 1):
            return found
        return told_of_public(report, edition(report, PUBLIC) if report else None, found, read)

    def _searched(self, resolved: Resolved, name: str, page: bytes) -> list[Diagnostic]:
        """The doubts about a page that others may see. Raises Failure where it tells what is withheld."""
        shown = resolved.report.edition
        return (
            must_tell_nothing(
                self.project, self._whole, shown, {f"{name}.html": page}, self._persons, "preview"
            )
            if self._whole
            else []
        )

    # --- matrix, status ---------------------------------------------------------------------------

    def matrix(self) -> bytes:
        """The matrix of the last good state. Raises Failure for a template that fails,
        and for a page that tells what is withheld."""
        from shadowreport.outcomes.matrix import matrix
        from shadowreport.overview.matrix_page import render_html

        return self._overview(
            "matrix",
            lambda done: render_html(matrix(done.report, done.words), done.words, self.project),
        )

    def status(self) -> bytes:
        """How far the report is, in its last good state. Raises Failure for a template that fails,
        and for a page that tells what is withheld."""
        from shadowreport.overview.status import status
        from shadowreport.overview.status_views import render_html

        def write(done: Resolved) -> str:
            return render_html(status(done.report, date.today()), done.words, self.project)

        return self._overview("status", write)

    def _overview(self, name: str, write: Callable[[Resolved], str]) -> bytes:
        if not self._resolved:
            return b""
        page = write(self._resolved).encode()
        self._searched(self._resolved, name, page)
        return page

    # --- pages of the PDF -------------------------------------------------------------------------

    def want_pages(self) -> None:
        """Somebody looks at the pages: they are drawn from now on."""
        self._wanted.set()

    def draw_pages(self) -> bool:
        """Draws the pages where they are wanted and not those of the present page."""
        resolved = self._resolved
        if not self._wanted.is_set() or resolved is None or resolved is self._drawn:
            return False
        self._drawn = resolved
        try:
            with using(self._cache):
                files = pdf.sources(resolved, self.project)
            self._pages = self._pages or Pages()
            folders, _ = script_fonts(self.project, resolved.words.fonts)
            names, problem = self._pages.draw(files, folders, MOST_PAGES)
        except (Failure, ProgramError) as error:
            names, problem = [], str(error)
        self._publish(pages=tuple(names) or self._view.pages, pages_error=problem)
        return True

    def picture(self, name: str) -> bytes:
        """The picture of a page by its name; empty where it is not known."""
        known = self._pages is not None and name in self._view.pages
        return self._pages.picture(name) if known and self._pages else b""

    def close(self) -> None:
        """Ends the program that draws."""
        if self._pages:
            self._pages.close()


def _of(error: Failure | ProgramError) -> list[Diagnostic]:
    return list(error.diagnostics) if isinstance(error, Failure) else [_failed(str(error))]


def _failed(message: str) -> Diagnostic:
    return Diagnostic("program-failed", Place("sections"), message)
