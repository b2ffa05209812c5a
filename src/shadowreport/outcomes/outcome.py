"""What a row of the matrix can come to, with a name, a sign and a place on the scale of tones.

Tones run from light (carried out) to dark (contrary to it), so that a print in grey says the same;
signs and patterns say it without any tone.
"""

from __future__ import annotations

from dataclasses import dataclass

from shadowreport.core.lexicon import Language
from shadowreport.outcomes.matrix import SET_ASIDE, UNANSWERED, Matrix

_BY_DEGREE = {
    3: ("done", "●", "DCE8F4"),
    2: ("partly", "◐", "93B5D8"),
    1: ("not", "○", "3A6496"),
    0: ("worse", "▼", "14233F"),
    -1: ("unknown", "?", "F1F1EE"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """`key` is a grade's id or a state; `tone` names its style, `colour` is its RGB in hexadecimal."""

    key: str
    name: str
    tone: str
    sign: str
    colour: str

    @property
    def is_dark(self) -> bool:
        """Whether text on it is white."""
        return self.tone in ("not", "worse")


def outcomes(matrix: Matrix, words: Language) -> dict[str, Outcome]:
    """Every outcome that a row may have, from best to worst, by key."""
    found = [
        Outcome(grade.id, words.of(grade.words), *_BY_DEGREE[grade.degree])
        for grade in matrix.grades
    ]
    found += [
        Outcome("no-finding", words["matrix_no_finding"], "unknown", "?", "F1F1EE"),
        Outcome(SET_ASIDE, words["matrix_set_aside_one"], "aside", "–", "FFFFFF"),
        Outcome(UNANSWERED, words["matrix_unanswered_one"], "open", "!", "FFFFFF"),
    ]
    return {outcome.key: outcome for outcome in found}
