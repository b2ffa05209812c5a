"""Reads what stands inside a paragraph. `HANDLERS` says what is done with each element.

An element that is neither handled nor named in `IGNORED` is reported with its place, and the text
inside it is kept.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import replace

from shadowreport.core.numbering import NOWHERE
from shadowreport.word.content import (
    BookmarkEnd,
    BookmarkStart,
    CommentEnd,
    CommentStart,
    Inline,
    NoteMark,
    Revision,
    RevisionKind,
    Run,
)
from shadowreport.word.names import Element, child, name, short, value
from shadowreport.word.ours import referred
from shadowreport.word.read.drawings import is_readable, read_drawing, read_formula, read_object
from shadowreport.word.read.story import Around, Field, Story
from shadowreport.word.read.symbols import PRIVATE, drawn, font_of, in_symbols, readable
from shadowreport.word.read.unseen import optional_hyphen

Handler = Callable[[Story, Element, Around, list[Inline]], None]

IGNORED = frozenset(
    {
        # properties, read where they belong
        *("w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr", "w:rubyPr"),
        # marks of the program without a meaning for the reader
        *("w:proofErr", "w:lastRenderedPageBreak", "w:permStart", "w:permEnd"),
        *("w:footnoteRef", "w:endnoteRef", "w:annotationRef", "w:separator"),
        *("w:continuationSeparator", "w:fldData", "w:ffData"),
        # ends of ranges whose beginning says all
        *("w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart", "w:moveToRangeEnd"),
        *("w:customXmlInsRangeStart", "w:customXmlInsRangeEnd"),
        *("w:customXmlDelRangeStart", "w:customXmlDelRangeEnd"),
        *("w:customXmlMoveFromRangeStart", "w:customXmlMoveFromRangeEnd"),
        *("w:customXmlMoveToRangeStart", "w:customXmlMoveToRangeEnd"),
    }
)
_REVISIONS: dict[str, RevisionKind] = {
    "w:ins": "inserted",
    "w:del": "deleted",
    "w:moveTo": "moved-here",
    "w:moveFrom": "moved-away",
    "w:rPrChange": "formatted",
}
_CITED = "MENDELEY_CITATION"  # Mendeley Cite keeps a citation in a control's tag, as in a field
_CITE, _DATA = "EN.CITE", "EN.CITE.DATA"  # EndNote's citations, and the packed data of long ones
_FIXED = {"w:tab": "\t", "w:ptab": "\t", "w:cr": "\n", "w:noBreakHyphen": "\u2011"}


def read_inlines(story: Story, parent: Element, around: Around) -> list[Inline]:
    """The inlines among the children of an element."""
    found: list[Inline] = []
    _children(story, parent, around, found)
    return found


def revision_of(element: Element | None) -> Revision | None:
    """The tracked change that a `w:ins`, `w:del`, `w:moveTo` or `w:moveFrom` stands for."""
    if element is None:
        return None
    kind = _REVISIONS[short(element)]
    return Revision(kind, value(element, "w:author") or "", value(element, "w:date") or "")


def _children(story: Story, parent: Element, around: Around, out: list[Inline]) -> None:
    for element in parent:
        tag = short(element)
        handler = HANDLERS.get(tag)
        if handler:
            handler(story, element, around, out)
        elif tag not in IGNORED and tag != "#comment":
            message = f"something unknown stands here (<{tag}>); its text was kept"
            story.note("word-changed", message, "compare the place with the Word file")
            _children(story, element, around, out)


def _revision(story: Story, element: Element, around: Around, out: list[Inline]) -> None:
    gone = around.revision if around.revision and not around.revision.adds else None
    _children(story, element, replace(around, revision=gone or revision_of(element)), out)


def _hyperlink(story: Story, element: Element, around: Around, out: list[Inline]) -> None:
    link = story.target(element, name("r:id"))
    anchor = value(element, "w:anchor") or ""
    place = value(element, "w:docLocation") or ""
    if link and (anchor or place):
        link, anchor = f"{link}#{anchor or place}", ""
    _children(story, element, replace(around, link=link, anchor=anchor), out)


def _simple_field(story: Story, element: Element, around: Around, out: list[Inline]) -> None:
    story.fields.append(Field(value(element, "w:instr") or "", shows=True))
    _children(story, element, around, out)
    story.fields.pop()


def _content_control(story: Story, element: Element, around: Around, out: list[Inline]) -> None:
    content = child(element, "w:sdtContent")
    tag = value(child(element, "w:sdtPr", "w:tag")) or ""
    if content is None:
        return
    if not tag.startswith(_CITED):
        _children(story, content, around, out)
        return
    story.fields.append(Field(tag, shows=True))
    _children(story, content, around, out)
    story.fields.pop()


def _alternate(story: Story, element: Element, around: Around, out: list[Inline]) -> None:
    """Word writes new things twice; we read the first way that we know, once."""
    choices = [item for item in element if short(item) == "mc:Choice"]
    fallback = child(element, "mc:Fallback")
    known = next((item for item in choices if is_readable(item)), None)
    chosen = known if known is not None else fallback
    if chosen is None and choices:
        chosen = choices[0]
    if chosen is not None:
        _children(story, chosen, around, out)


# --- runs ---------------------------------------------------------------------------------------


def _run(story: Story, element: Element, around: Around, out: list[Inline]) -> None:
    look, style = story.styles.run(child(element, "w:rPr"), around.look)
    formatted = revision_of(child(element, "w:rPr", "w:rPrChange"))
    if look.hidden:
        _hidden(story, element)
        return
    for item in element:
        tag = short(item)
        text = _text_of(story, item, tag)
        if text is not None:
            if text and not story.hidden_by_field():
                inside = story.within_fields(around)
                fields = story.instructions()
                story.filled()
                out.append(
                    Run(
                        *(text, look, inside.link, inside.anchor, fields),
                        *(around.revision, style, formatted),
                    )
                )
        elif tag in _RUN_HANDLERS:
            _RUN_HANDLERS[tag](story, item, around, out)
        elif tag not in IGNORED:
            message = f"something unknown stands here (<{tag}>)"
            story.note("word-dropped", message, "compare the place with the Word file")


def _hidden(story: Story, element: Element) -> None:
    """Hidden text is not printed: it may have been hidden for a reason."""
    text = "".join(item.text or "" for item in element.iter(name("w:t"))).strip()
    if text:
        hint = "show it in Word (font, hidden) if it belongs to the report"
        story.note("word-dropped", f"hidden text: '{text[:80]}'", hint)


def _text_of(story: Story, item: Element, tag: str) -> str | None:
    """The text that an element of a run stands for; None where it stands for none."""
    if tag in ("w:t", "w:delText"):
        return _private(story, item, item.text or "")
    if tag == "w:br":
        return "\n" if (value(item, "w:type") or "textWrapping") == "textWrapping" else " "
    if tag == "w:sym":
        return _symbol(story, item)
    return _FIXED.get(tag)


def _private(story: Story, item: Element, text: str) -> str:
    """A text with what the private characters of symbol fonts look like."""
    font = font_of(item)
    text = in_symbols(text, font)
    if not PRIVATE.search(text):
        return text
    shown = readable(text, font)
    story.note("word-changed", f"a symbol of the font {font or '(unknown)'} became '{shown[:20]}'")
    return shown


def _symbol(story: Story, item: Element) -> str:
    font = value(item, "w:font") or ""
    text, by_font = drawn(value(item, "w:char") or "", font)
    if by_font:
        story.note("word-changed", f"a symbol of the font {font} became '{text}'")
    return text


def _field_character(story: Story, element: Element, around: Around, out: list[Inline]) -> None:
    kind = value(element, "w:fldCharType")
    if kind == "begin":
        story.fields.append(Field(data=_packed(element)))
    elif kind == "separate" and story.fields:
        _unpack(story.fields[-1])
        story.fields[-1].shows = True
    elif kind == "end" and story.fields:
        _keep_reference(story, around, out)
        ended = story.fields.pop()
        if (
            story.fields
            and not story.fields[-1].shows
            and ended.instruction.split()[1:2] == [_DATA]
        ):
            story.fields[-1].data = story.fields[-1].data or ended.data


def _keep_reference(story: Story, around: Around, out: list[Inline]) -> None:
    """A reference of ours that shows nothing is one all the same: LibreOffice finds no number for a
    paragraph that moved into a list."""
    field = story.fields[-1]
    if (
        field.shows
        and field.empty
        and referred(field.instruction.strip())
        and not story.hidden_by_field()
    ):
        out.append(Run(NOWHERE, around.look, fields=story.instructions(), revision=around.revision))


def _packed(element: Element) -> str:
    """What a program keeps in a field as packed data; empty where it is no text."""
    typed = "".join(item.text or "" for item in element.iter(name("w:fldData")))
    try:
        return base64.b64decode("".join(typed.split())).decode().strip("\0")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""


def _unpack(field: Field) -> None:
    """EndNote keeps long citations as data, and their instruction says no more than that it is one."""
    if field.data and field.instruction.split() == ["ADDIN", _CITE]:
        field.instruction += f" {field.data}"


def _instruction(story: Story, element: Element, _around: Around, _out: list[Inline]) -> None:
    if story.fields and not story.fields[-1].shows:
        story.fields[-1].instruction += element.text or ""


def _note_mark(story: Story, element: Element, around: Around, out: list[Inline]) -> None:
    kind = "footnote" if short(element) == "w:footnoteReference" else "endnote"
    if not story.hidden_by_field():
        out.append(NoteMark(kind, value(element, "w:id") or "", around.revision))


def _ruby(story: Story, element: Element, around: Around, out: list[Inline]) -> None:
    base, above = child(element, "w:rubyBase"), child(element, "w:rt")
    if base is not None:
        _children(story, base, around, out)
    if above is not None:
        out.append(Run("("))
        _children(story, above, around, out)
        out.append(Run(")"))
        story.note("word-changed", "text above other text (ruby) was put into brackets")


# --- marks --------------------------------------------------------------------------------------


def _bookmark_start(_story: Story, element: Element, _around: Around, out: list[Inline]) -> None:
    out.append(BookmarkStart(value(element, "w:id") or "", value(element, "w:name") or ""))


def _bookmark_end(_story: Story, element: Element, _around: Around, out: list[Inline]) -> None:
    out.append(BookmarkEnd(value(element, "w:id") or ""))


def _comment_start(story: Story, element: Element, _around: Around, out: list[Inline]) -> None:
    identifier = value(element, "w:id") or ""
    story.commented.add(identifier)
    out.append(CommentStart(identifier))


def _comment_mark(story: Story, element: Element, _around: Around, out: list[Inline]) -> None:
    """The place of a comment; it begins and ends here where it has no range (a reply has none)."""
    identifier = value(element, "w:id") or ""
    if identifier not in story.commented:
        story.commented.add(identifier)
        out.extend((CommentStart(identifier), CommentEnd(identifier)))


def _comment_end(_story: Story, element: Element, _around: Around, out: list[Inline]) -> None:
    out.append(CommentEnd(value(element, "w:id") or ""))


HANDLERS: dict[str, Handler] = {
    "w:r": _run,
    "w:hyperlink": _hyperlink,
    "w:ins": _revision,
    "w:del": _revision,
    "w:moveTo": _revision,
    "w:moveFrom": _revision,
    "w:fldSimple": _simple_field,
    "w:sdt": _content_control,
    "w:smartTag": _children,
    "w:customXml": _children,
    "w:dir": _children,
    "w:bdo": _children,
    "w:subDoc": lambda story, *_: story.note("word-dropped", "a linked sub-document"),
    "mc:AlternateContent": _alternate,
    "m:oMath": read_formula,
    "m:oMathPara": read_formula,
    "w:bookmarkStart": _bookmark_start,
    "w:bookmarkEnd": _bookmark_end,
    "w:commentRangeStart": _comment_start,
    "w:commentRangeEnd": _comment_end,
    # these stand in runs, and directly in a paragraph inside mc:AlternateContent
    "w:drawing": read_drawing,
    "w:pict": read_drawing,
    "w:object": read_object,
}
_RUN_HANDLERS: dict[str, Handler] = {
    "w:fldChar": _field_character,
    "w:instrText": _instruction,
    "w:delInstrText": _instruction,
    "w:footnoteReference": _note_mark,
    "w:endnoteReference": _note_mark,
    "w:commentReference": _comment_mark,
    "w:ruby": _ruby,
    "w:softHyphen": optional_hyphen,
    "w:drawing": read_drawing,
    "w:pict": read_drawing,
    "w:object": read_object,
    "mc:AlternateContent": _alternate,
    "m:oMath": read_formula,
}
