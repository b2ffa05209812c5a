"""Ids for what is new: readable, free in the whole report, the same for the same text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from shadowreport.core.ids import MAX_ID
from shadowreport.source.leaf import Outline

_WORD = re.compile(r"[a-z0-9]+")
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "of",
        "on",
        "or",
        "our",
        "she",
        "should",
        "so",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "was",
        "we",
        "were",
        "which",
        "who",
        "will",
        "with",
        "would",
    ]
)
_WORDS = 4


class Ids:
    """Gives ids that nothing else in the report has."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._given: dict[tuple[str, str], str] = {}

    def new(self, text: str, kind: str) -> str:
        """The id of a new paragraph or recommendation with a text (Markdown or plain)."""
        prefix = "rec-" if kind == "recommendation" else ""
        words = _words(text)
        key = (kind, " ".join(words[:12]))
        if key not in self._given:
            self._given[key] = self._free(
                prefix, words, "new-recommendation" if prefix else "new-paragraph"
            )
        return self._given[key]

    def label(self, base: Outline, present: Outline, text: str) -> str:
        """The label of a new footnote; labels are private to a file."""
        key = (f"note {base.name}", text)
        if key not in self._given:
            used = {
                *base.footnotes,
                *present.footnotes,
                *(v for (k, _), v in self._given.items() if k == key[0]),
            }
            stem = "-".join(_chosen(_words(text))[:2]) or "note"
            stem = stem if stem[0].isalpha() else f"note-{stem}"
            self._given[key] = next(
                name for name in _numbered(stem[:24].strip("-")) if name not in used
            )
        return self._given[key]

    def _free(self, prefix: str, words: list[str], fallback: str) -> str:
        stem = ""
        for word in _chosen(words):
            longer = f"{stem}-{word}" if stem else word
            if len(prefix) + len(longer) > MAX_ID - 3:
                break
            stem = longer
        stem = stem or fallback.removeprefix("new-") + "-new"
        name = next(
            name
            for name in _numbered(stem)
            if not {name, f"par-{name}", prefix + name} & self._taken
        )
        self._taken |= {name, prefix + name}
        return prefix + name


def _numbered(stem: str) -> Iterable[str]:
    yield stem
    yield from (f"{stem}-{number}" for number in range(2, 10_000))


def _words(text: str) -> list[str]:
    text = re.sub(r"\[[@^][^\]]*\]|@\{?[\w-]+\}?", " ", text)
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", "")).encode(
        "ascii", "ignore"
    )
    return _WORD.findall(plain.decode().lower())


def _chosen(words: list[str]) -> list[str]:
    return [word for word in words if word not in _SMALL and len(word) < 20][:_WORDS]
