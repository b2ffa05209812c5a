"""What an import of observations tells: what it cannot take, and what it took without understanding it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.observations.demands import Observations
from shadowreport.observations.fields import plain
from shadowreport.observations.front import Front
from shadowreport.observations.outline import Outline

_IN_ORDER = (".pdf", ".docx")  # what is read as it stands on the page
_ALONE = re.compile(
    r"\S*\s(?![وأ])[\u0620-\u064a]\u064b?(?=[\s.،؛]|$)"
)  # a letter of Arabic that is no word
_FEW, _RARE = 3, 0.01  # of these, in all and among words, that are no slips
_SHOWN = 60  # letters of a text that was not understood


def checked(file: str, shape: Outline, front: Front, force: bool) -> list[Diagnostic]:
    """What can be told of gaps. Raises Failure where the document cannot be taken."""
    if not shape.paragraphs or not front.committee:
        message = (
            "no numbered paragraphs were found" if front.committee else "no committee is named"
        )
        hint = "is this a committee's concluding observations, with the first page and its symbol?"
        if front.committee:
            hint = "a copy of a page may lose them: take the Word file or the PDF"
        raise Failure([Diagnostic("observations-unreadable", Place(file), message, hint)])
    missing = [
        Diagnostic(
            "observations-gap",
            place,
            f"paragraph {number} is missing before this place",
            "look for it in the document; --force takes what was found",
        )
        for number, place in shape.missing
    ]
    if missing and not force:
        raise Failure(missing)
    missing += [] if file.lower().endswith(_IN_ORDER) else list(_out_of_order(shape))
    missing += list(_taken_apart(shape))
    unknown = [name for name in ("symbol", "year") if not getattr(front, name)]
    message = "the first page does not tell: {}"
    hint = "the file says TODO there: write it yourself"
    place = Place(file)
    return missing + [
        Diagnostic("observations-left", place, message.format(name), hint) for name in unknown
    ]


def _out_of_order(shape: Outline) -> Iterator[Diagnostic]:
    """That a program wrote the words of a page down in another order: marks of headings stand without their
    headings, and what else went astray cannot be told."""
    if not shape.astray:
        return
    first = shape.astray[0]
    message = (
        f"'{first.text}' stands apart from its heading: this text is not in the order of its pages, "
        "and words may stand in the wrong paragraph"
    )
    hint = "take the PDF or the Word file itself, or a text made by 'pdftotext -layout'; else compare each paragraph"
    yield Diagnostic("observations-order", first.place, message, hint)


def _taken_apart(shape: Outline) -> Iterator[Diagnostic]:
    """That blanks stand inside of words, as in copies of Arabic pages: verbs are not known in them then."""
    found = [
        (paragraph.place, match)
        for paragraph in shape.paragraphs
        for match in _ALONE.finditer(paragraph.text)
    ]
    words = sum(len(paragraph.text.split()) for paragraph in shape.paragraphs)
    if len(found) < _FEW or len(found) < _RARE * words:
        return
    place, match = found[0]
    message = f"blanks stand inside of words, {len(found)} times and more: '{match[0].strip()}'"
    hint = "what is a concern and what a demand may be wrong: take the Word file, or compare each paragraph"
    yield Diagnostic("observations-left", place, message, hint)


def of_another_state(
    file: str, front: Front, state: frozenset[str], opening: str
) -> list[Diagnostic]:
    """Where a document is not on the State of the report. What the code of its symbol does not tell, its
    opening words may."""
    named, said = plain(front.state), f" {plain(opening)} "
    if not (state and named) or any(named in name or name in named for name in state):
        return []
    nameless = front.state.isupper()  # a code of the symbol that no list of countries has
    if nameless and any(f" {name} " in said for name in state):
        return []
    message = f"this document is on {front.state}, which is not the State of this report"
    hint = "is it the right file? state: stands in sections/report.yaml"
    return [Diagnostic("observations-other-state", Place(file), message, hint)]


def unnamed(source: str, file: str) -> Diagnostic:
    """That a document on another State, whose symbol nothing tells, would go into a file that is there."""
    message = f"it does not tell its symbol, and would be mixed into {file}"
    hint = "write its symbol into its first line"
    return Diagnostic("observations-unreadable", Place(source), message, hint)


def without_demands(file: str, found: Observations) -> list[Diagnostic]:
    """That a document asks for nothing, as far as it was understood."""
    if found.demands:
        return []
    message = "no demand was found in this document"
    hint = "has it a heading such as Concerns and recommendations, in a line of its own?"
    return [Diagnostic("observations-left", Place(file), message, hint)]


def left_over(shape: Outline, found: Observations) -> list[Diagnostic]:
    """What was not understood, in the order of the document."""
    astray = ((block, "the mark of a heading that stands elsewhere") for block in shape.astray)
    left = sorted([*shape.left, *found.left, *astray], key=lambda item: item[0].place)
    return [
        Diagnostic(
            "observations-left", block.place, f"{reason}: '{short(block.text)}'", "look at it"
        )
        for block, reason in left
    ]


def short(text: str) -> str:
    """As much of a text as one line of a message has room for."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}..."
