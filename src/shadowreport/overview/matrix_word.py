"""The matrix as a form in a Word file: a table for each theme."""

from __future__ import annotations

from pathlib import Path

from shadowreport.core.lexicon import Language
from shadowreport.core.report import Report
from shadowreport.outcomes.matrix import Matrix
from shadowreport.overview.matrix_form import Form
from shadowreport.render.docx import render_page
from shadowreport.resolve.jinja import Templates, read_fragment


def render_docx(matrix: Matrix, words: Language, report: Report, project: Path) -> bytes:
    """The file, on pages that lie across. Raises Failure for a template that fails."""
    page = Templates(project).render(
        "matrix-plan.html.j2", matrix=matrix, words=words, form=Form(matrix, words)
    )
    return render_page(report, read_fragment(page, report.images, project), project, across=True)
