"""The matrix as a Word file, a table for each theme: what was asked, what was found, who should do what."""

from __future__ import annotations

from pathlib import Path

from shadowreport.core.lexicon import Language
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.machine.programs import ProgramError, pandoc
from shadowreport.machine.toolkit import template
from shadowreport.outcomes.matrix import Matrix
from shadowreport.outcomes.outcome import outcomes
from shadowreport.render.docx import REFERENCE
from shadowreport.resolve.jinja import Templates


def render_docx(matrix: Matrix, words: Language, project: Path) -> bytes:
    """The file. Raises Failure for a template that fails."""
    page = Templates(project).render(
        "matrix-plan.html.j2", matrix=matrix, words=words, kinds=outcomes(matrix, words)
    )
    arguments = ["-f", "html", "-t", "docx", f"--reference-doc={template(project, REFERENCE)}"]
    try:
        return pandoc([*arguments, "-M", f"lang={words.code}"], page.encode())
    except ProgramError as error:
        raise Failure([Diagnostic("program-failed", Place("templates"), str(error))]) from None
