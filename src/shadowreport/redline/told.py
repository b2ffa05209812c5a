"""What a comparison says of changes, in the words of the report's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from shadowreport.core.lexicon import Language

KINDS = {  # what changed, by the word of a language for it
    "paragraph": "paragraph",
    "recommendation": "recommendation_text",
    "heading": "changes_heading",
    "table": "table",
    "figure": "figure",
    "section": "status_section",
    "id": "changes_id",
    "answers": "changes_answers",
    "finding": "matrix_finding",
    "setting": "changes_setting",
    "organisation": "matrix_organisation",
    "abbreviation": "abbreviation",
    "document": "matrix_document",
    "earlier recommendation": "matrix_recommendation",
    "source": "source",
    "chart": "changes_chart",
    "picture": "changes_picture",
    "template": "changes_template",
    "translation": "changes_translation",
    "status of the section": "status_status",
    "level of the section": "changes_level",
    "numbers of the section": "changes_numbers",
    "authors of the section": "changes_authors",
    "table of the section": "changes_table",
    "set aside": "matrix_set_aside_one",
    "sign-off": "changes_sign_off",
}


def title(words: Language, named: str) -> str:
    """Such as: Changes: v1 – v2."""
    return words["changes_title"].replace("{title}", named)


def states(words: Language, old: str, new: str) -> str:
    """The two that are compared; the files as they are have no name."""
    return f"{old} – {new or words['changes_now']}"


def head(words: Language, what: str, kind: str) -> str:
    """Such as: changed paragraph."""
    return (
        words["changes_head"]
        .replace("{what}", _what(words, what))
        .replace("{kind}", words[KINDS[kind]].lower())
    )


def counted(words: Language, heads: Iterable[str]) -> str:
    """How often each happened; that nothing did."""
    counts = Counter(heads)
    said = words.mark("semicolon").join(f"{one} × {count}" for one, count in counts.items())
    return words.typeset(said + words.marks["stop"]) if said else words["changes_none"]


def _what(words: Language, what: str) -> str:
    return words[f"changes_{what.replace(' ', '_')}"]
