"""Problems as data: what is wrong, where, and what to do about it. console.py prints them."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from shadowreport.core.report import Place

Severity = Literal["error", "warning"]
_NAMED = 5  # things of a kind that a message names
# where a problem is found, and so the page that describes it: load, check and render are parts of a
# build (docs/checks.md), import takes Word files in (docs/importing.md), word is send, merge and
# redline (docs/word.md), gate looks for what is withheld in what goes out (docs/protection.md),
# format writes sections anew (docs/formatting.md), submit packs what is handed in (docs/submitting.md)
Stage = Literal["load", "check", "render", "import", "word", "gate", "format", "submit"]


@dataclass(frozen=True, slots=True)
class Code:
    """What is known of a kind of problem, whatever its place."""

    stage: Stage
    severity: Severity


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
        return self.level or CODES[self.code].severity

    @property
    def where(self) -> str:
        """The place for a person: a folder has no lines."""
        place = self.place
        is_file = "." in place.file.rpartition("/")[2].lstrip(".")
        return f"{place.file}:{place.line}:{place.column}" if is_file else place.file

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.where}: {self.severity} [{self.code}] {self.message}{hint}"


CODES: dict[str, Code] = {
    # files
    "missing-file": Code("load", "error"),
    "unreadable-file": Code("load", "error"),
    "conflict-mark": Code("load", "error"),
    "not-utf8": Code("load", "error"),
    "control-character": Code("load", "error"),
    "too-large": Code("load", "error"),
    "unused-file": Code("load", "warning"),
    "bad-file-name": Code("load", "error"),
    "duplicate-section": Code("load", "error"),
    "same-number": Code("load", "warning"),
    # versions in other languages
    "missing-translation": Code("load", "error"),
    "translation-differs": Code("load", "error"),  # it may print what the original withholds
    "stale-translation": Code("load", "warning"),
    "untranslated": Code("load", "warning"),  # a draft may be half translated, a release not
    # YAML
    "bad-yaml": Code("load", "error"),
    "missing-front-matter": Code("load", "error"),
    "unknown-key": Code("load", "error"),
    "missing-key": Code("load", "error"),
    "bad-value": Code("load", "error"),
    "misread-value": Code("load", "error"),  # it would say something else than was typed
    "doubtful-value": Code("load", "warning"),  # so it may be meant, or not
    "incomplete-language": Code("load", "warning"),
    # the body of a section
    "empty-section": Code("load", "error"),
    "not-allowed": Code("load", "error"),
    "bad-link": Code("load", "error"),
    "bad-id": Code("load", "error"),
    "duplicate-id": Code("load", "error"),
    "skipped-heading": Code("load", "error"),
    "bad-box": Code("load", "error"),
    "bad-confidential": Code("load", "error"),  # it would be printed, or nobody can tell
    "stray-content": Code("load", "error"),
    "bad-citation": Code("load", "error"),
    "unknown-footnote": Code("load", "error"),
    "unused-footnote": Code("load", "warning"),
    "too-hard-to-read": Code("load", "error"),
    "lost-caption": Code("load", "warning"),
    "slip": Code("load", "error"),  # it can be meant in two ways, or marks would be printed
    "stray-sign": Code("load", "warning"),  # a mark without its partner, honest as it may be
    "misread": Code("load", "error"),  # the proof of reading failed
    # what refers to something else
    "unknown-recommendation": Code("check", "error"),
    "unknown-cycle": Code("check", "error"),
    "unknown-reference": Code("check", "error"),
    "unknown-source": Code("check", "error"),
    "unknown-organisation": Code("check", "error"),
    "unknown-paragraph": Code("check", "error"),
    "unknown-person": Code("check", "error"),
    # what earlier recommendations ask
    "unanswered-recommendation": Code("check", "warning"),
    "answer-without-finding": Code("check", "warning"),
    "finding-without-evidence": Code("check", "warning"),
    "different-findings": Code("check", "warning"),
    "unknown-finding": Code("check", "error"),
    "foreign-table": Code("check", "warning"),
    "changed-quotation": Code("check", "warning"),
    # our own recommendations
    "unsupported-recommendation": Code("check", "warning"),
    "several-actions": Code("check", "warning"),
    "no-addressee": Code("check", "warning"),
    "said-twice": Code("check", "warning"),
    # numbers, symbols, addresses
    "typed-number": Code("check", "warning"),
    "one-or-several": Code("check", "warning"),  # "paragraphs" before one number
    "typed-ibid": Code("check", "warning"),
    "unknown-symbol": Code("check", "warning"),
    "wrong-total": Code("check", "warning"),
    "link-text-differs": Code("check", "warning"),
    "invalid-address": Code("check", "warning"),
    "duplicate-address": Code("check", "warning"),
    # wording
    "mixed-scripts": Code("check", "warning"),
    "garbled": Code("check", "warning"),  # letters read in another encoding
    "mixed-quotation-marks": Code("check", "warning"),
    "unpaired-quotation-mark": Code("check", "warning"),
    "mixed-dashes": Code("check", "warning"),
    "preferred-term": Code("check", "warning"),
    "confused-names": Code("check", "warning"),
    "unexplained-abbreviation": Code("check", "warning"),
    "word-too-wide": Code("check", "warning"),
    "leftover": Code("check", "warning"),
    "spelling": Code("check", "warning"),
    "no-dictionary": Code("check", "warning"),
    # people
    "identifying-details": Code("check", "warning"),
    "undecided-person": Code("check", "warning"),  # somebody is named, and nobody has decided
    "no-consent": Code("check", "error"),  # consent is missing, ended, or for something else
    "identifying-number": Code("check", "warning"),  # a phone, a mail, a personal number
    "name-in-address": Code("check", "warning"),
    "perhaps-confidential": Code("check", "warning"),  # a note says so of text that is printed
    "also-public": Code("check", "warning"),  # confidential words that are typed in public too
    # settings, sign-offs, limits, excuses
    "settings-differ": Code("check", "warning"),
    "stale-sign-off": Code("check", "warning"),
    "look-again": Code("check", "warning"),  # nobody has, since the committee spoke last
    "over-limit": Code("check", "warning"),
    "over-unverified-limit": Code("check", "warning"),
    "missing-part": Code("check", "warning"),
    "wrong-language": Code("check", "warning"),
    "wrong-heading": Code("check", "warning"),
    "avoided-words": Code("check", "warning"),
    "no-deadline": Code("check", "warning"),
    "late-deadline": Code("check", "warning"),
    "unknown-stage": Code("check", "error"),
    "old-rule": Code("check", "warning"),
    "unused-excuse": Code("check", "warning"),
    "unknown-code": Code("check", "error"),
    # images, templates, programs
    "missing-image": Code("render", "error"),
    "bad-image": Code("render", "error"),
    "bad-chart": Code("render", "error"),
    "low-contrast": Code("load", "error"),  # of the colours in templates/style.yaml
    "unknown-font": Code("load", "error"),
    "bad-template": Code("render", "error"),
    "mended-template": Code("render", "warning"),  # a Word file lacks what reports need
    "missing-glyph": Code("render", "warning"),
    "off-page": Code("render", "warning"),  # measured in the PDF
    "program-failed": Code("render", "error"),
    "cannot-write": Code("render", "error"),
    "fault": Code("render", "error"),  # of the toolkit's own
    # what is withheld
    "bad-register": Code("gate", "error"),  # the register of names cannot be used
    "not-in-register": Code("gate", "warning"),  # a protected person; an error of what is published
    "unknown-in-register": Code("gate", "warning"),  # a person of the register, and of no report
    "withheld-found": Code("gate", "error"),  # a withheld name, number or passage is in a file
    "withheld-perhaps": Code("gate", "warning"),  # a word that is a name as well; a given name
    "not-searched": Code("gate", "error"),  # a file, or a part of one, that cannot be searched
    # quotations, looked up in copies of their sources
    "quotation-not-found": Code("gate", "error"),  # the words do not stand in the copy
    "copy-changed": Code("gate", "error"),  # the copy is another than the one that was kept
    "copy-missing": Code("gate", "warning"),  # there is no copy to look into
    # a release
    "not-releasable": Code("gate", "error"),  # no register, no commit, a part of the report alone
    "open-note": Code("gate", "error"),  # a note between authors is left
    "unsafe-link": Code("gate", "error"),  # a link that is shortened or tracks its reader
    "copy-differs": Code("gate", "error"),  # a copy to be published would not build the same
    "properties-left": Code("gate", "error"),  # a file's properties may tell of a person
    "look-at-picture": Code("gate", "warning"),  # no program sees what a picture shows
    # handing in
    "too-long-core": Code("submit", "error"),  # what authors call core is more than the limit
    "no-brief": Code("submit", "error"),  # nothing to say, or it does not fit
    "no-contacts": Code("submit", "warning"),  # the letter names nobody who answers questions
    "no-sign-offs": Code("submit", "warning"),  # nor an organization that has signed nothing off
    "not-accepted": Code(
        "submit", "error"
    ),  # the body would not accept it, by the rule that is named
    # sending, merging, comparing
    "unknown-revision": Code("word", "error"),  # git knows no such commit, tag or branch
    "no-git": Code("word", "error"),  # something needs git, or a git repository, that is not there
    "unsettled-merge": Code("word", "error"),  # one side deleted what the other changed
    "git-failed": Code("word", "error"),  # git refused; its last line says why
    "not-ours": Code(
        "word", "error"
    ),  # the Word file was not made by `invoke send` or `invoke build`
    "lost-origin": Code("word", "error"),  # the state that the file was sent from cannot be found
    "uncommitted": Code("word", "error"),  # --commit while a section has changes of its own
    "conflict": Code(
        "word", "warning"
    ),  # both sides changed a paragraph; a note holds the other text
    "not-brought-back": Code("word", "warning"),  # a change in Word that cannot become source
    "deleted-but-used": Code("word", "warning"),  # a paragraph was deleted that something refers to
    "merged-before": Code("word", "warning"),  # an earlier merge brought it, somebody undid it
    "differs-after-merge": Code(
        "word", "warning"
    ),  # the proof failed: the source does not read as the Word file
    "empty-redline": Code("word", "warning"),  # nothing differs
    "redline-unproved": Code("word", "error"),  # it would say something else than the two states
    # files for translators
    "not-for-translators": Code("word", "warning"),  # a text that has to be translated by hand
    "not-from-translators": Code("word", "error"),  # no file of a translator
    "translators-remark": Code("word", "warning"),  # what a translator wrote to the authors
    "spoiled-translation": Code("word", "error"),  # a text that came back and cannot be taken
    # formatting
    "not-formatted": Code("format", "error"),  # a section was left as it is, and why
    # Word files that come in
    "word-not-docx": Code("import", "error"),  # another kind of file: DOC, ODT, RTF, PDF ...
    "word-encrypted": Code("import", "error"),  # protected by a password
    "word-damaged": Code("import", "error"),  # truncated, or a part is missing or is not XML
    "word-too-large": Code("import", "error"),  # a zip bomb, or more than a report needs
    "word-macros": Code("import", "error"),  # holds program code
    "word-external": Code("import", "error"),  # would fetch a template from elsewhere
    "word-linked": Code("import", "warning"),  # refers to something outside, which is never fetched
    "word-dropped": Code("import", "warning"),  # something of the file did not come in
    "word-changed": Code("import", "warning"),  # something came in in another form
    # the import cannot be done
    "import-tracked-changes": Code("import", "error"),  # somebody must decide: accept or reject
    "import-exists": Code("import", "error"),  # a file would be overwritten
    "import-option": Code("import", "error"),  # an option does not fit the file
    "import-nothing": Code("import", "error"),  # no text was found
    "import-unfaithful": Code("import", "error"),  # Markdown would not give back the same words
    # recognised with doubt: look at it
    "import-heading": Code("import", "warning"),  # a heading by its looks, or on another level
    "import-language": Code("import", "warning"),  # the language of a report is not sure
    "import-number": Code(
        "import", "warning"
    ),  # a number skipped, doubled, restarted or out of order
    "import-promoted": Code(
        "import", "warning"
    ),  # a paragraph without a number became a numbered one
    "import-box": Code("import", "warning"),  # a box read in an unusual way
    "import-table": Code("import", "warning"),  # a table that lost some of its shape
    "import-demand": Code(
        "import", "warning"
    ),  # an earlier recommendation with a doubtful paragraph number
    "import-reference": Code(
        "import", "warning"
    ),  # a cross-reference that looks wrong and was left typed
    "import-moved": Code(
        "import", "warning"
    ),  # something stands in another place than in the source
    "import-dropped": Code("import", "warning"),  # something of the source is in no section
    "import-changed": Code("import", "warning"),  # something came in in another form
    # defects of the source, kept as they are
    "import-link": Code(
        "import", "warning"
    ),  # a link whose text differs from its target, or a bad address
    "import-scripts": Code("import", "warning"),  # letters of several alphabets in a word
    "import-box-heading": Code(
        "import", "warning"
    ),  # RECOMMENDATIONS over one, or RECOMMENDATION over several
    "import-quotes": Code("import", "warning"),  # quotation marks of several kinds
    "observations-unreadable": Code("import", "error"),  # no observations can be read from it
    "observations-gap": Code("import", "error"),  # a number is missing in the sequence
    "observations-order": Code("import", "warning"),  # a text whose words stand in another order
    "observations-left": Code("import", "warning"),  # something was not understood
    "observations-other-state": Code("import", "warning"),
    "observations-kept": Code("import", "warning"),  # a file's words differ from the document's
    "import-symbol": Code(
        "import", "warning"
    ),  # a UN symbol to look up, or two that differ slightly
}


def codes(*stages: Stage) -> dict[str, Severity]:
    """The codes of some stages with their severities."""
    return {code: known.severity for code, known in CODES.items() if known.stage in stages}


class Failure(Exception):
    """A stage cannot give its value at all; carries the diagnostics that say why."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("; ".join(map(str, self.diagnostics)))


def in_order(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics in the order of the files and lines at which they stand."""
    return sorted(found, key=lambda diagnostic: (diagnostic.place, diagnostic.code))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(diagnostic.severity == "error" for diagnostic in diagnostics)


def strange_letters(word: str) -> str:
    """Which letters of a word that is typed in Latin ones are none, though they may look so; empty
    where all are."""
    found = [char for char in dict.fromkeys(word) if char.isalpha() and not char.isascii()]
    said = ", ".join(f"'{char}' is {unicodedata.name(char, '?').lower()}" for char in found[:3])
    return f" ({said})" if said else ""


def some(names: list[str]) -> str:
    """The first of many names, and how many more there are."""
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


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
