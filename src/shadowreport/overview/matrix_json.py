"""The matrix as data for other programs and for trackers: docs/schemas/matrix.schema.json."""

from __future__ import annotations

import json
from typing import Any

from shadowreport.core.lexicon import Language
from shadowreport.outcomes.matrix import Matrix, Row, Target
from shadowreport.outcomes.outcome import outcomes


def render_json(matrix: Matrix, words: Language) -> bytes:
    """Each recommendation with what became of it, in the order of the matrix."""
    kinds = outcomes(matrix, words)
    said = {
        "report": matrix.name,
        "title": matrix.title,
        "language": words.code,
        "documents": [
            {"id": item.stem, "cycle": item.cycle, "symbol": item.symbol}
            for item in matrix.documents
        ],
        "recommendations": [
            {
                "theme": {"id": theme.name, "title": theme.title},
                **_row(row),
                "outcome": kinds[row.outcome].name,
            }
            for theme in matrix.themes
            for row in theme.rows
        ],
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _row(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "document": row.document,
        "cycle": row.cycle,
        "symbol": row.symbol,
        "paragraph": row.paragraph,
        "text": row.text,
        "articles": list(row.articles),
        "follow_up": row.follow_up,
        "repeated_since": row.since,
        "times": row.times,
        "state": row.state,
        "finding": row.finding,
        "set_aside": row.reason,
        "answers": [_target(item) for item in row.answers],
        "ours": [{**_target(item), "addressee": item.addressee} for item in row.ours],
        "organisations": list(row.organisations),
    }


def _target(item: Target) -> dict[str, str]:
    return {"anchor": item.anchor, "number": item.label, "text": item.text}
