"""Proves that Markdown says what it shall say: it is read back, and its words are compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Block
from shadowreport.importing.draft import (
    EMPTY,
    Belonging,
    Box,
    Citation,
    Continuation,
    Figure,
    Grid,
    Listing,
    Numbered,
    Quotation,
    Recommendation,
    Reference,
    Section,
    Subheading,
    Text,
)
from shadowreport.importing.write.inlines import clean, without_commas_between_marks
from shadowreport.load.body import read_body
from shadowreport.machine.programs import ProgramError
from shadowreport.source.read import parse
from shadowreport.word.content import Embedded, Note, NoteMark, Run, paragraphs_of

NoteOf = Callable[[NoteMark], Note | None]

# Elements that the import never makes: where one comes back, something was taken for markup.
_UNWANTED = (
    *("Quoted", "Code", "Math", "CodeBlock", "RawBlock", "RawInline", "HorizontalRule"),
    *("DefinitionList", "LineBlock"),
)


def difference(expected: Iterable[str], text: str) -> tuple[str, str] | None:
    """The first place where the words that come back differ from those that went in."""
    blocks = parse(text)
    if isinstance(blocks, ProgramError | RecursionError):
        return text[:60], str(blocks)
    refused = _refused(text, blocks)
    if refused:
        line = text.splitlines()[max(refused.place.line - 1, 0) :][:1]
        return "".join(line)[:60], refused.message
    back = _squeezed("".join(_read_words(blocks)))
    wanted = _squeezed("".join(expected))
    if back == wanted:
        return None
    at = next((i for i, (a, b) in enumerate(zip(wanted, back, strict=False)) if a != b), 0)
    return wanted[max(0, at - 30) : at + 30], back[max(0, at - 30) : at + 30]


def _refused(text: str, blocks: list[Block]) -> Diagnostic | None:
    """The first error that a build would find in a body."""
    try:
        found = read_body(text, "", 1, "section", 2, blocks).diagnostics
    except Failure as failure:
        found = failure.diagnostics
    return next((item for item in found if item.severity == "error"), None)


def _squeezed(text: str) -> str:
    """A text without white space, which lines and paragraphs change, and without our own marks."""
    return "".join(unicodedata.normalize("NFC", clean(text)).split()).replace(EMPTY, "")


def _read_words(value: object) -> Iterator[str]:
    """The words of pandoc's AST; descriptions of pictures are left out."""
    if isinstance(value, list):
        for item in value:
            yield from _read_words(item)
    elif isinstance(value, dict):
        name, content = value.get("t"), value.get("c")
        if name == "Str":
            yield str(content)
        elif name in _UNWANTED:
            yield f"\0{name}\0"
        elif name == "Cite" and isinstance(content, list):
            yield f"\0{content[0][0]['citationId']}\0"
        elif name not in ("Image", "Figure"):
            yield from _read_words(content)


def words_of(section: Section, note: NoteOf) -> Iterator[str]:
    """The words of a section in the order in which they are written."""
    for item in section.items:
        if isinstance(item, Box):
            for one in item.recommendations:
                yield from _paragraph_words(one, note)
        elif isinstance(item, Numbered):
            yield from _paragraph_words(item, note)
        elif isinstance(item, Subheading):
            yield from _text_words(item.text, note)
        else:
            yield from item.lines


def _paragraph_words(item: Numbered | Recommendation, note: NoteOf) -> Iterator[str]:
    yield f"{{#{item.id}}}"
    yield from _text_words(item.text, note)
    for part in item.belongings:
        yield from _belonging_words(part, note)


def _belonging_words(part: Belonging, note: NoteOf) -> Iterator[str]:
    if isinstance(part, Continuation):
        yield "{.continued}"
        yield from _text_words(part.text, note)
    elif isinstance(part, Listing):
        yield from _list_words(part, note)
    elif isinstance(part, Quotation):
        for one in part.texts:
            if isinstance(one, Listing):
                yield from _list_words(one, note)
            else:
                yield from _text_words(one, note)
    elif isinstance(part, Figure) and part.id:
        yield f"{{#{part.id}}}"
    elif isinstance(part, Grid):
        yield f"{{#{part.id}}}"
        yield part.caption
        for row in part.rows:
            for cell in row:
                yield from _text_words(cell, note)


def _list_words(listing: Listing, note: NoteOf) -> Iterator[str]:
    for item in listing.items:
        for one in item:
            if isinstance(one, Listing):
                yield from _list_words(one, note)
            else:
                yield from _text_words(one, note)


def _text_words(text: Text, note: NoteOf) -> Iterator[str]:
    for item in without_commas_between_marks(text.inlines):
        if isinstance(item, Run | Embedded):
            yield item.text
        elif isinstance(item, Reference):
            yield f"\0{item.target}\0"
        elif isinstance(item, Citation):
            yield f"\0{item.key}\0"
        elif isinstance(item, NoteMark):
            found = note(item)
            if found:
                words = "".join(one.text for one in paragraphs_of(found.blocks))
                yield words if words.strip() else EMPTY
