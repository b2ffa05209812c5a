"""The matrix as a Word file, a table for each theme: what was asked, what was found, who should do what."""

from __future__ import annotations

from pathlib import Path

from shadowreport.core.lexicon import Language
from shadowreport.core.report import Report
from shadowreport.outcomes.matrix import Matrix
from shadowreport.outcomes.outcome import outcomes
from shadowreport.render.docx import render_page
from shadowreport.resolve.jinja import Templates, read_fragment


def render_docx(matrix: Matrix, words: Language, report: Report, project: Path) -> bytes:
    """The file, on pages that lie across. Raises Failure for a template that fails."""
    page = Templates(project).render(
        "matrix-plan.html.j2", matrix=matrix, words=words, kinds=outcomes(matrix, words)
    )
    return render_page(report, read_fragment(page, report.images, project), project, across=True)
