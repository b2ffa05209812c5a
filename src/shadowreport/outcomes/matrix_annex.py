"""The matrix as an annex of the report: what templates/annex-matrix.html.j2 is given."""

from __future__ import annotations

from typing import Any

from shadowreport.core.lexicon import Language
from shadowreport.core.report import Report
from shadowreport.outcomes.matrix import matrix
from shadowreport.outcomes.outcome import outcomes


def annex(report: Report, words: Language) -> dict[str, Any]:
    """The themes with their rows; empty where there are no earlier recommendations."""
    made = matrix(report, words)
    kinds = outcomes(made, words)
    themes = [
        {
            "title": theme.title,
            "anchor": f"sec-{theme.name}"
            if any(theme.name == section.name for section in report.sections)
            else "",
            "rows": [
                {
                    "text": row.text,
                    "cycle": row.cycle,
                    "paragraph": row.paragraph,
                    "repeated": row.times > 1,
                    "since": row.since,
                    "times": row.times,
                    "finding": kinds[row.outcome].name if row.outcome in kinds else row.outcome,
                    "reason": row.reason,
                    "answers": [
                        {"anchor": item.anchor, "label": item.label}
                        for item in row.answers
                        if item.label
                    ],
                }
                for row in theme.rows
            ],
        }
        for theme in made.themes
    ]
    return {"themes": themes}
