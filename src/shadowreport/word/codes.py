"""The codes of problems with Word files, until they stand in the table of diagnostics.py."""

from __future__ import annotations

from shadowreport.diagnostics import CODES, Severity

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
CODES.update(WORD_CODES)
