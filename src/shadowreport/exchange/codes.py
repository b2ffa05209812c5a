"""The codes of problems with sending, merging and comparing; docs/word.md describes them."""

from __future__ import annotations

from shadowreport.diagnostics import Diagnostic, Severity
from shadowreport.model import Place

EXCHANGE_CODES: dict[str, Severity] = {
    "unknown-revision": "error",  # git knows no such commit, tag or branch
    "no-git": "error",  # something needs git, or a git repository, that is not there
    "git-failed": "error",  # git refused; its last line says why
    "not-ours": "error",  # the Word file was not made by `invoke send` or `invoke build`
    "lost-origin": "error",  # the state that the file was sent from cannot be found
    "uncommitted": "error",  # --commit while a section has changes of its own
    "conflict": "warning",  # both sides changed a paragraph; a note holds the other text
    "not-brought-back": "warning",  # a change in Word that cannot become source
    "deleted-but-used": "warning",  # a paragraph was deleted that something refers to
    "differs-after-merge": "warning",  # the proof failed: the source does not read as the Word file
    "empty-redline": "warning",  # nothing differs
}


def problem(code: str, place: Place, message: str, hint: str = "") -> Diagnostic:
    """A problem of this table, with its severity."""
    return Diagnostic(code, place, message, hint, EXCHANGE_CODES[code])
