"""What our own Word files call things: bookmarks and styles.

What is written under these names (render/docx.py, word/write/, tools/make_reference_docx.py) is known
by them when it comes back (roundtrip/, importing/). Names that pandoc or Word give are theirs.
"""

from __future__ import annotations

import re

from shadowreport.core.numbering import KINDS, anchor

# --- bookmarks ----------------------------------------------------------------------------------

_BOOKMARK = re.compile(rf"({'|'.join(KINDS)})_(\w+)", re.IGNORECASE)
_COPIED = re.compile(r"_Copy_\d+$")  # so LibreOffice calls the bookmark of a paragraph's copy
_REFERENCE = re.compile(rf"(?:PAGE)?REF\s+({_BOOKMARK.pattern})", re.IGNORECASE)
_SEQUENCES = {"tbl": "Table", "fig": "Figure"}  # Word's own names, in every language of it


def bookmark_of(anchor: str) -> str:
    """The bookmark of an anchor: Word allows letters, digits and underscores, so `par-labour-code`
    is `par_labour_code`. Ids hold no underscore, so nothing is lost on the way back."""
    return anchor.replace("-", "_")


def anchor_of(bookmark: str) -> str:
    """The anchor that a bookmark of ours, or a copy of it, stands for; empty for others."""
    match = _BOOKMARK.fullmatch(_COPIED.sub("", bookmark))
    return anchor(match[1], match[2].replace("_", "-")).lower() if match else ""


def id_of(bookmark: str, kind: str) -> str:
    """The id that a bookmark of ours gives to a thing of a kind; empty for others."""
    found, _, identifier = anchor_of(bookmark).partition("-")
    return identifier if found == kind else ""


def referred(instruction: str) -> str:
    """The anchor to which a field leads; empty where it leads to nothing of ours."""
    match = _REFERENCE.match(instruction)
    return anchor_of(match[1]) if match else ""


def sequence(kind: str) -> str:
    """The name under which Word counts the captions of a kind (17.16.5.56)."""
    return _SEQUENCES[kind]


def count_of(kind: str) -> str:
    """The field that counts the captions of a kind."""
    return f"SEQ {sequence(kind)} \\* ARABIC"


# --- styles -------------------------------------------------------------------------------------

NUMBERED = "Numbered Paragraph"
CONTINUED = "Continued Paragraph"
BOX_HEADING = "Box Heading"
BOX_RECOMMENDATION = "Box Recommendation"  # one of several, with its number
BOX_SINGLE_HEADING = "Box Single Heading"
BOX_SINGLE = "Box Single"
BOX_CONTINUED = "Box Continued"
BOX_HEADINGS = (BOX_HEADING, BOX_SINGLE_HEADING)
BOX = (*BOX_HEADINGS, BOX_RECOMMENDATION, BOX_SINGLE, BOX_CONTINUED)
SUMMARY_HEADING, SUMMARY = "Summary Heading", "Summary"
FRAME_HEADINGS = (*BOX_HEADINGS, SUMMARY_HEADING)
FRAMES = (*BOX, SUMMARY_HEADING, SUMMARY)
TABLE = "Table"
TABLE_TEXT = "Table Text"
TABLE_HEADING = "Table Heading"
CONTENTS_HEADING = "TOC Heading"
CONTENTS_COLUMN = "TOC Column"
SOURCE = "Source"
_COVER_CLASS = "cover-"
COVER = "Cover "  # and what part of it: the templates of a project may have their own

# pandoc's and Word's own, which an author's text may have as well
BODY, FIRST, QUOTATION, COMPACT = "Body Text", "First Paragraph", "Block Text", "Compact"
FIGURE, FIGURE_CAPTION = "Captioned Figure", "Image Caption"
LISTED, CAPTION, TABLE_CAPTION = "List Paragraph", "Caption", "Table Caption"


def style_id(name: str) -> str:
    """The id that pandoc makes of a style's name."""
    return name.replace(" ", "")


def style_of(kind: str) -> str:
    """The style of what the templates of cover and annexes mark with a class: cover-title, source;
    empty for other classes."""
    if kind.startswith(_COVER_CLASS):
        return COVER + kind.removeprefix(_COVER_CLASS).replace("-", " ").title()
    return {"source": SOURCE, "summary-heading": SUMMARY_HEADING}.get(kind, "")


def cover_class(style: str) -> str:
    """The class of a part of the cover by its style; empty for other styles."""
    if not style.lower().startswith(COVER.lower()):
        return ""
    return _COVER_CLASS + style[len(COVER) :].lower().replace(" ", "-")
