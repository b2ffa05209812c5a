"""A text as it is compared: what stands for a mark in it, and what counts as the same."""

from __future__ import annotations

NOTE = "\ue000"  # the mark of a footnote or of a citation, as one character of a stream
PICTURE = "\ue001"
OPTIONAL = "\u00ad"  # where a word may be parted; nobody reads it
BREAK = "\u2029"  # the end of a paragraph, where several are compared as one

_QUOTES = str.maketrans("“”„‟«»‘’‚‛‹›\u00a0\u202f\u2011\n\t", "\"\"\"\"\"\"''''''  -  ")


def normal(text: str) -> str:
    """A text for comparison: character by character, with one kind of quotes, spaces, hyphens."""
    return text.translate(_QUOTES)


def plain_text(text: str) -> str:
    """A text for comparison, with single spaces."""
    return " ".join(normal(text).split())
