"""The problems with Word files by their codes; docs/importing.md describes each."""

from __future__ import annotations

from shadowreport.diagnostics import Diagnostic, Severity
from shadowreport.model import Place

WORD_CODES: dict[str, Severity] = {
    "word-not-docx": "error",  # another kind of file: DOC, ODT, RTF, PDF ...
    "word-encrypted": "error",  # protected by a password
    "word-damaged": "error",  # truncated, or a part is missing or is not XML
    "word-too-large": "error",  # a zip bomb, or more than a report needs
    "word-macros": "error",  # holds program code
    "word-external": "error",  # would fetch a template from elsewhere
    "word-linked": "warning",  # refers to something outside, which is never fetched
    "word-dropped": "warning",  # something of the file did not come in
    "word-changed": "warning",  # something came in in another form
}


def problem(code: str, place: Place, message: str, hint: str = "") -> Diagnostic:
    """A problem with a Word file, with the severity of its code."""
    return Diagnostic(code, place, message, hint, WORD_CODES[code])
