"""What a translator is told of a text and of its tags, in the words of the report's language."""

from __future__ import annotations

from shadowreport.core.lexicon import Language

_KINDS = {  # what a text is, by the word of a language for it
    "title": "changes_heading",
    "heading": "changes_heading",
    "paragraph": "paragraph",
    "continued": "paragraph",
    "recommendation": "recommendation_text",
    "point": "summary",
    "item": "translate_item",
    "quote": "translate_quotation",
    "cell": "translate_cell",
    "caption": "translate_caption",
    "footnote": "footnote",
    "reason": "matrix_reason",
}
_CODES = {  # what a tag stands for
    "a source": "translate_source",
    "a reference": "translate_reference",
    "a person": "translate_person",
    "a footnote": "translate_note",
    "the mark of a footnote": "translate_mark",
    "an address": "translate_address",
    "a new line": "translate_line",
    "a picture": "translate_picture",
    "italics": "translate_italics",
    "bold": "translate_bold",
    "a link": "translate_link",
    "superscript": "translate_superscript",
    "a pair of marks": "translate_marks",
}


def kind_called(kind: str, words: Language) -> str:
    """What a text is: a paragraph, a cell; a text of a file by the file's name."""
    return words[_KINDS[kind]].lower() if kind in _KINDS else kind


def code_called(what: str, words: Language) -> str:
    """What a tag stands for: a source, italics."""
    return words[_CODES[what]]
