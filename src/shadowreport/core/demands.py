"""How a demand is printed: its words, and in the Universal Periodic Review who made it and what came of it."""

from __future__ import annotations

from shadowreport.core.lexicon import Language
from shadowreport.core.report import EarlierRecommendation


def printed(demand: EarlierRecommendation, words: Language) -> str:
    """A demand in a language, with its States and the response in brackets behind it."""
    response = words[f"response_{demand.response}"] if demand.response else ""
    behind = "; ".join(filter(None, (", ".join(demand.states), response)))
    text = words.of(demand.text)
    return f"{text} ({behind})" if behind else text
