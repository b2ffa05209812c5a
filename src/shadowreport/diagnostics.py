"""Problems as data: what is wrong, where, and what to do about it. console.py prints them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from shadowreport.model import Place

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem. `code` is a key of `CODES`, which gives the severity and the documentation."""

    code: str
    place: Place
    message: str
    hint: str = ""
    level: Severity | None = None  # what report.yaml says under severity:, if anything

    @property
    def severity(self) -> Severity:
        """How bad it is: an error stops the build, a warning does not."""
        return self.level or CODES[self.code]

    @property
    def where(self) -> str:
        """The place for a person: a folder has no lines."""
        place = self.place
        is_file = "." in place.file.rpartition("/")[2].lstrip(".")
        return f"{place.file}:{place.line}:{place.column}" if is_file else place.file

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.where}: {self.severity} [{self.code}] {self.message}{hint}"


CODES: dict[str, Severity] = {
    # files
    "missing-file": "error",
    "unreadable-file": "error",
    "not-utf8": "error",
    "control-character": "error",
    "too-large": "error",
    "unused-file": "warning",
    "bad-file-name": "error",
    "duplicate-section": "error",
    # YAML
    "bad-yaml": "error",
    "missing-front-matter": "error",
    "unknown-key": "error",
    "missing-key": "error",
    "bad-value": "error",
    # the body of a section
    "empty-section": "error",
    "not-allowed": "error",
    "bad-link": "error",
    "bad-id": "error",
    "duplicate-id": "error",
    "skipped-heading": "error",
    "bad-box": "error",
    "stray-content": "error",
    "bad-citation": "error",
    "unknown-footnote": "error",
    "unused-footnote": "warning",
    "too-hard-to-read": "error",
    # what refers to something else
    "unknown-recommendation": "error",
    "unknown-cycle": "error",
    "unknown-reference": "error",
    "unknown-source": "error",
    "unknown-organisation": "error",
    "unknown-paragraph": "error",
    # what earlier recommendations ask
    "unanswered-recommendation": "warning",
    "answer-without-finding": "warning",
    "finding-without-evidence": "warning",
    "different-findings": "warning",
    "unknown-finding": "error",
    "foreign-table": "warning",
    "changed-quotation": "warning",
    # our own recommendations
    "unsupported-recommendation": "warning",
    "several-actions": "warning",
    "no-addressee": "warning",
    # numbers, symbols, addresses
    "typed-number": "warning",
    "unknown-symbol": "warning",
    "wrong-total": "warning",
    "link-text-differs": "warning",
    "invalid-address": "warning",
    "duplicate-address": "warning",
    # wording
    "mixed-scripts": "warning",
    "mixed-quotation-marks": "warning",
    "mixed-dashes": "warning",
    "preferred-term": "warning",
    "confused-names": "warning",
    "unexplained-abbreviation": "warning",
    "leftover": "warning",
    "slip": "warning",
    "spelling": "warning",
    "no-dictionary": "warning",
    # people
    "identifying-details": "warning",
    "name-in-address": "warning",
    # sign-offs, limits, excuses
    "stale-sign-off": "warning",
    "over-limit": "warning",
    "over-unverified-limit": "warning",
    "missing-part": "warning",
    "wrong-language": "warning",
    "unused-excuse": "warning",
    "unknown-code": "error",
    # images, templates, programs
    "missing-image": "error",
    "bad-image": "error",
    "bad-template": "error",
    "missing-glyph": "error",
    "program-failed": "error",
    "cannot-write": "error",
}


class Failure(Exception):
    """A stage cannot give its value at all; carries the diagnostics that say why."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("; ".join(map(str, self.diagnostics)))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(diagnostic.severity == "error" for diagnostic in diagnostics)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or lists the known ones where they are few."""
    known = sorted(known)
    by_lower = {item.lower(): item for item in known}
    near = difflib.get_close_matches(word.lower(), list(by_lower), n=1, cutoff=0.6)
    if near:
        return f"did you mean '{by_lower[near[0]]}'?"
    if 0 < len(known) <= 12:
        return "known: " + ", ".join(known)
    return ""
