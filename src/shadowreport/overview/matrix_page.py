"""The matrix as one HTML page with filters, that needs nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markupsafe import Markup

from shadowreport.core.lexicon import Language
from shadowreport.outcomes.matrix import Matrix
from shadowreport.outcomes.outcome import outcomes
from shadowreport.overview.matrix_pictures import coverage_bars, heat_map
from shadowreport.render.page import page


def render_html(matrix: Matrix, words: Language, project: Path) -> str:
    """The page. Links lead to `<name>.html` beside it. Raises Failure for a template that fails."""
    kinds = outcomes(matrix, words)
    rows = matrix.rows()
    present = {row.outcome for row in rows}
    return page(
        project,
        "matrix",
        words=words,
        matrix=matrix,
        kinds=kinds,
        legend=[kind for key, kind in kinds.items() if key in present],
        total=len(rows),
        counts={state: sum(row.state == state for row in rows) for state in _STATES},
        repeated=sum(row.times > 1 for row in rows),
        report=f"{matrix.name}.html",
        heat_map=Markup(heat_map(matrix, kinds, words)),
        bars=Markup(coverage_bars(matrix, kinds, words)),
        cells=_cells(matrix),
    )


_STATES = ("answered", "unanswered", "set-aside")


def _cells(matrix: Matrix) -> list[dict[str, Any]]:
    """The numbers of both pictures, as the rows of a table."""
    return [
        {
            "title": theme.title,
            "cycles": [theme.outcomes(document.stem) for document in matrix.documents],
            "all": theme.outcomes(),
        }
        for theme in matrix.themes
    ]
