"""How a demand is printed: its words, and in the Universal Periodic Review who made it and what came of it."""

from __future__ import annotations

from shadowreport.core.lexicon import Language
from shadowreport.core.report import EarlierRecommendation


def printed(demand: EarlierRecommendation, words: Language) -> str:
    """A demand in a language, with its States and the response in brackets behind it."""
    return _with(demand, words, ", ".join(demand.states), response(demand, words))


def asked(demand: EarlierRecommendation, words: Language) -> str:
    """The same without the response, where that stands beside it."""
    return _with(demand, words, ", ".join(demand.states))


def response(demand: EarlierRecommendation, words: Language) -> str:
    """What the State under review answered; empty outside of the Universal Periodic Review."""
    return words[f"response_{demand.response}"] if demand.response else ""


def _with(demand: EarlierRecommendation, words: Language, *behind: str) -> str:
    text, told = words.of(demand.text), "; ".join(filter(None, behind))
    return f"{text} ({told})" if told else text
