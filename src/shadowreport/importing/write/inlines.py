"""Turns Word's inlines into pandoc's, for writing Markdown that reads back as the same text.

pandoc's writer escapes most of what Markdown would take for markup. What it would change (straight
quotation marks, dots and hyphens that become typographic) is escaped by source/write.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from shadowreport.compare.text import NOTE
from shadowreport.core.ast import attr, node, raw_inline
from shadowreport.core.report import Inline as Ast
from shadowreport.importing.draft import Citation, Inline, Reference
from shadowreport.load.allowed import bad_url
from shadowreport.source.note_marks import COMMA, EDGE, commas
from shadowreport.source.write import as_it_is
from shadowreport.word.content import Embedded, NoteMark, Picture, Run

_SPACES = re.compile(r"([ \t\u2028\u2029]+|\n)")
_STYLES: tuple[tuple[str, str], ...] = (
    ("strike", "Strikeout"),
    ("superscript", "Superscript"),
    ("subscript", "Subscript"),
    ("bold", "Strong"),
    ("italic", "Emph"),
)
# pandoc reads other things between ^ and ^ (or ~ and ~) in ways of its own
_RAISED = re.compile(r"[+−]?[^\W_]{1,12}(?:[,/][^\W_]{1,6})?")
_HIGH_LOW = ("superscript", "subscript")
_GAP = re.compile(r"[^\S\n]{40,}")  # a line drawn with blanks, or text put in its place with them
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Style:
    """How a run is set in Markdown."""

    marks: tuple[str, ...] = ()
    link: str = ""


class Care(Enum):
    """How much is done to keep the words: what pandoc escapes and what it changes; every character
    that could mean something (ugly); and no emphasis or links either."""

    USUAL = 1
    STRICT = 2
    BARE = 3


def without_commas_between_marks(inlines: list[Inline]) -> list[Inline]:
    """The raised comma between two footnote marks, which a build puts there by itself."""
    between = commas(map(_said, inlines))
    return [item for index, item in enumerate(inlines) if index not in between]


def _said(item: Inline) -> str:
    raised = isinstance(item, Run) and item.look.superscript and item.text.strip() == COMMA
    return NOTE if isinstance(item, NoteMark) else COMMA if raised else EDGE


@dataclass(slots=True)
class Writer:
    """Writes inlines. `note` and `image` give the AST of a footnote mark and of a picture."""

    note: Callable[[NoteMark], list[Ast]]
    image: Callable[[Picture], list[Ast]]
    care: Care = Care.USUAL

    def write(self, inlines: list[Inline]) -> list[Ast]:
        """pandoc's inlines for a paragraph."""
        result: list[Ast] = []
        for style, items in _grouped(without_commas_between_marks(inlines)):
            style = Style() if self.care == Care.BARE else style
            inner = list(self._plain(items, bool(style.link)))
            result.extend(_styled(inner, style))
        return result

    def _plain(self, items: list[Inline], in_link: bool) -> Iterator[Ast]:
        for item in items:
            if isinstance(item, Run | Embedded):
                yield from self._text(item.text, in_link)
            elif isinstance(item, Reference):
                yield raw_inline("markdown", f"@{item.target}")
            elif isinstance(item, Citation):
                yield raw_inline("markdown", f"[{item.written}]")
            elif isinstance(item, NoteMark):
                yield from self.note(item)
            elif isinstance(item, Picture):
                yield from self.image(item)

    def _text(self, text: str, in_link: bool) -> Iterator[Ast]:
        for piece in _SPACES.split(clean(text)):
            if piece == "\n":
                yield {"t": "Space"} if in_link else {"t": "LineBreak"}
            elif piece.isspace() and "\u00a0" not in piece:
                yield {"t": "Space"}
            elif piece:
                yield from self._word(piece)

    def _word(self, word: str) -> Iterator[Ast]:
        for text, signs in as_it_is(word, every=self.care != Care.USUAL):
            if text:
                yield {"t": "Str", "c": text}
            if signs:
                yield raw_inline("markdown", signs)


def clean(text: str) -> str:
    """A text without invisible characters and gaps that a section file may not hold."""
    return _GAP.sub("\u00a0", _CONTROL.sub("", text))


# --- style --------------------------------------------------------------------------------------


def _style(item: Inline) -> Style | None:
    """The style of an inline; None for one that takes that of its neighbours."""
    if not isinstance(item, Run):
        return Style() if isinstance(item, NoteMark | Picture | Reference | Citation) else None
    link = "" if bad_url(address_of(item.link)) else address_of(item.link)
    raised = not link and bool(_RAISED.fullmatch(item.text.strip()))
    marks = tuple(
        mark
        for key, mark in _STYLES
        if getattr(item.look, key) and (raised or key not in _HIGH_LOW)
    )
    return Style(marks, link)


def address_of(link: str) -> str:
    """The address of a link as it can be written: some programs store blanks in it."""
    return link.strip().replace(" ", "%20")


def _grouped(inlines: list[Inline]) -> Iterator[tuple[Style, list[Inline]]]:
    """Neighbours of one style; white space at the edge of a style stands outside it."""
    groups: list[tuple[Style, list[Inline]]] = []
    for item in inlines:
        style = _style(item)
        if style is None:
            style = groups[-1][0] if groups else Style()
        for part, own in _edges(item, style):
            if groups and groups[-1][0] == own:
                groups[-1][1].append(part)
            else:
                groups.append((own, [part]))
    yield from _joined_over_space(groups)


def _edges(item: Inline, style: Style) -> Iterator[tuple[Inline, Style]]:
    if not isinstance(item, Run) or style == Style():
        yield item, style
        return
    bare = item.text.strip()
    if not bare:
        yield item, Style()
        return
    lead = item.text[: len(item.text) - len(item.text.lstrip())]
    trail = item.text[len(item.text.rstrip()) :]
    if lead:
        yield replace(item, text=lead), Style()
    yield replace(item, text=bare), style
    if trail:
        yield replace(item, text=trail), Style()


def _joined_over_space(
    groups: list[tuple[Style, list[Inline]]],
) -> Iterator[tuple[Style, list[Inline]]]:
    """Two groups of one style with nothing but a space between are one."""
    result: list[tuple[Style, list[Inline]]] = []
    for style, items in groups:
        if len(result) >= 2 and result[-2][0] == style != Style():
            between = result[-1][1]
            if all(isinstance(item, Run) and not item.text.strip(" \u00a0") for item in between):
                result.pop()
                result[-1][1].extend([*between, *items])
                continue
        result.append((style, list(items)))
    yield from result


def _styled(inner: list[Ast], style: Style) -> list[Ast]:
    if not inner:
        return []
    for mark in style.marks:
        inner = [{"t": mark, "c": inner}]
    if style.link:
        inner = [node("Link", attr(), inner, [style.link, ""])]
    return inner
