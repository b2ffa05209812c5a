"""The problems of an import by their codes; docs/importing.md describes each."""

from __future__ import annotations

from shadowreport.diagnostics import Diagnostic, Severity
from shadowreport.model import Place

IMPORT_CODES: dict[str, Severity] = {
    # the import cannot be done
    "import-tracked-changes": "error",  # somebody must decide: accept or reject
    "import-exists": "error",  # a file would be overwritten
    "import-option": "error",  # an option does not fit the file
    "import-nothing": "error",  # no text was found
    "import-unfaithful": "error",  # Markdown would not give back the same words
    # recognised with doubt: look at it
    "import-heading": "warning",  # a heading by its looks, or on another level
    "import-number": "warning",  # a number skipped, doubled, restarted or out of order
    "import-promoted": "warning",  # a paragraph without a number became a numbered one
    "import-box": "warning",  # a box read in an unusual way
    "import-table": "warning",  # a table that lost some of its shape
    "import-demand": "warning",  # an earlier recommendation with a doubtful paragraph number
    "import-reference": "warning",  # a cross-reference that looks wrong and was left typed
    "import-moved": "warning",  # something stands in another place than in the source
    "import-dropped": "warning",  # something of the source is in no section
    "import-changed": "warning",  # something came in in another form
    # defects of the source, kept as they are
    "import-link": "warning",  # a link whose text differs from its target, or a bad address
    "import-scripts": "warning",  # letters of several alphabets in a word
    "import-box-heading": "warning",  # RECOMMENDATIONS over one, or RECOMMENDATION over several
    "import-quotes": "warning",  # quotation marks of several kinds
    "import-symbol": "warning",  # a UN symbol to look up, or two that differ slightly
}


def problem(code: str, place: Place, message: str, hint: str = "") -> Diagnostic:
    """A problem of an import, with the severity of its code."""
    return Diagnostic(code, place, message, hint, IMPORT_CODES[code])
