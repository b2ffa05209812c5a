"""Writes the settled text of a report as Typst.

All that people typed is a string of Typst, and everything else is a call in its code mode. So no
sign in a text is markup or code or belongs to the call before it, and typst decides nothing about
quotation marks, hyphens and spaces. (pandoc's writer leaves a text where typst reads markup:
`*Convention*.See` asks for a field there, and `.at(...)` behind a link is run.)

The elements of ours (see resolved.py) are calls of functions of templates/report.typ. One of them,
`may-break`, shows nothing: it is a place where a page can end if the footnotes that follow it want
that (machine/typst_child.py decides). So that each line of a paragraph can take its own footnotes
along, which typst does for none of the lines within a block, the text of a numbered paragraph stands
outside all blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from shadowreport.core import frames
from shadowreport.core.ast import node, plain, transform, walk
from shadowreport.core.column_widths import WIDE, broken, columns_of, is_low
from shadowreport.core.report import Block, Inline, Picture
from shadowreport.core.style import Style
from shadowreport.render.typst_code import (
    PARAGRAPH_BREAK,
    Code,
    joined,
    labelled,
    string,
    yes,
)
from shadowreport.render.typst_table import NO_LIMIT, has_note, table
from shadowreport.resolve.charts import DATA

_ADDRESS = 25.0  # the widest piece of an address that stays whole, in the height of its letters


class Writer:
    """Writes blocks and inlines; `pictures` are the images by the addresses that name them, `style` is
    that of the pages."""

    def __init__(self, pictures: Mapping[str, Picture], style: Style) -> None:
        self.pictures = pictures
        self.style = style
        self._under = ""
        self._breaks = 0
        self._room = NO_LIMIT
        self._beside = 0.0  # points that lists, quotations and boxes take of a line
        self._sticky = False  # the table is kept with the next block
        self.begins = False  # the block is the first one below a heading or such a table

    def source(self, blocks: Sequence[Block]) -> str:
        """A text as a source of Typst, each block of it in a line of its own. A page may end before
        each but the one below a heading, or below a low table there."""
        source = ""
        heading = False
        for block in blocks:
            if block["t"] in _NAMED and (name := block["c"][_NAMED[block["t"]]][0]):
                self._under, self._breaks = name, 0
            self.begins = heading or self._sticky
            source += f"#{_may_break(self.place())}\n" if not self.begins else ""
            self._sticky = heading and self._is_low_table(block)
            source += f"#{self._block(block)}\n\n"
            heading = block["t"] == "Header"
        return source

    def place(self) -> str:
        """A place where a page can end, by a name that stays the same when text elsewhere changes."""
        self._breaks += 1
        return self.last_place

    @property
    def last_place(self) -> str:
        """The name of the last such place."""
        return f"{self._under}.{self._breaks}"

    def inlines(self, inlines: Sequence[Inline]) -> Code:
        """Inlines as one content; words and the spaces between them are one string."""
        return joined(self.parts(inlines))

    def blocks(self, blocks: Sequence[Block]) -> Code:
        """Blocks as one content. Text that stands alone in it makes no paragraph."""
        return joined(self._blocks(blocks))

    def paragraphs(self, blocks: Sequence[Block]) -> Code:
        """Blocks as one content, in which text that stands alone makes a paragraph too."""
        closed = bool(blocks) and blocks[-1]["t"] == "Para"
        return joined([*self._blocks(blocks), *([PARAGRAPH_BREAK] if closed else [])])

    def in_cell(self, blocks: Sequence[Block], room: float) -> Code:
        """Blocks as paragraphs in a cell, where no page can end and words have little room."""
        self._room = room
        content = self.paragraphs(blocks)
        self._room = NO_LIMIT
        return content

    def table(self, content: Any) -> Code:
        """A table; a low one right below a heading stands with what follows."""
        how, sticky, beside = (self.in_cell, self.place), self._sticky, self._beside
        return table(*how, content, self.style, sticky=sticky, beside=beside)

    @contextmanager
    def inside(self, points: float) -> Iterator[None]:
        """While what is written stands in something that takes so much of a line."""
        self._beside += points
        yield
        self._beside -= points

    def room(self) -> float:
        """The width of a line where something stands, in millimetres."""
        return self.style.measure() - self._beside / 72 * 25.4

    def _is_low_table(self, block: Block) -> bool:
        match block:
            case {"t": "Div", "c": [_, [inner]]}:
                return self._is_low_table(inner)
            case {"t": "Table", "c": content}:
                return is_low(content, columns_of(content, self.style))
            case _:
                return False

    def address(self, inlines: Sequence[Inline]) -> Code:
        """What an address is printed as: its longest pieces can be broken, in a cell or not."""
        room, self._room = self._room, min(self._room, _ADDRESS)
        content = self.inlines(inlines)
        self._room = room
        return content

    def note(self, blocks: Sequence[Block]) -> Code:
        """The text of a footnote, a little behind its number."""
        room, self._room = self._room, NO_LIMIT
        content = joined(["footnote-gap", *self._blocks(blocks)])
        self._room = room
        return content

    def parts(self, inlines: Sequence[Inline]) -> list[Code]:
        """Inlines as the parts of a content."""
        parts: list[Code] = []
        words = ""
        for inline in inlines:
            name = inline["t"]
            if name == "Str":
                words += inline["c"]
            elif name in ("Space", "SoftBreak"):
                words += " "
            else:
                parts += [self._words(words)] if words else []
                words = ""
                parts.append(_INLINES[name](self, inline.get("c")))
        return [*parts, self._words(words)] if words else parts

    def _words(self, words: str) -> Code:
        """Words; none is wider than its column."""
        return string(
            words if self._room == NO_LIMIT else broken(words, self._room, self.style.breadths)
        )

    def _blocks(self, blocks: Sequence[Block]) -> list[Code]:
        parts: list[Code] = []
        for before, block in zip([None, *blocks], blocks, strict=False):
            # a list below the text of an item goes on in the item's lines
            close = before and before["t"] == "Plain" and block["t"] in _LISTS
            parts += [PARAGRAPH_BREAK] if before and not close else []
            if block["t"] in _TEXTS:
                breakable = has_note(block) and self._room == NO_LIMIT
                parts += [_may_break(self.place(), inside=True)] if breakable else []
                parts += self.parts(block["c"])
            else:
                parts.append(self._block(block))
        return parts

    def _block(self, block: Block) -> Code:
        return _BLOCKS[block["t"]](self, block["c"])


_NAMED = {"Header": 1, "Div": 0, "Table": 0}  # where the name of such a block stands in it
_TEXTS = ("Para", "Plain")
_LISTS = ("BulletList", "OrderedList")


def _may_break(place: str, *, inside: bool = False) -> Code:
    return f"may-break({string(place)}{', inside: true' * inside})"


def _call(function: str) -> Callable[[Writer, Any], Code]:
    return lambda writer, inlines: f"{function}({writer.inlines(inlines)})"


def _inside(writer: Writer, content: Any) -> Code:
    """What an element without a look of its own holds: a citation, a number of a table."""
    return writer.inlines(content[1])


def _span(writer: Writer, content: Any) -> Code:
    (_, _, pairs), inlines = content
    language = dict(pairs).get("lang", "").partition("-")[0]
    text = writer.inlines(inlines)
    return f"text(lang: {string(language)}, {text})" if language else text


def _link(writer: Writer, content: Any) -> Code:
    (_, classes, _), inlines, (url, _) = content
    if classes == ["ref"]:  # such as 33–56: it stays on one line
        return f"link(label({string(url[1:])}), box({string(plain(inlines))}))"
    if url.startswith("#"):
        return f"link(label({string(url[1:])}), {writer.inlines(inlines)})"
    return f"link({string(url)}, {writer.address(inlines)})"


def _image(writer: Writer, content: Any) -> Code:
    (_, _, pairs), alternative, (url, _) = content
    picture = writer.pictures[url]
    sizes = dict(pairs)
    room = {"width": writer.room(), "height": writer.room() * picture.height / picture.width}
    if len(sizes) > 1:  # its author gave it another shape
        del room["height"]
    shown = "".join(f", {side}: {_within(size, room.get(side))}" for side, size in sizes.items())
    return (
        f"box(image({string(f'images/{picture.name}')}, alt: {string(plain(alternative))}{shown}))"
    )


def _within(size: str, room: float | None) -> str:
    """A side of a picture (allowed.py knows its form), with which it is no wider than where it stands."""
    number, unit = float(size.rstrip("%cmin")), size.lstrip("0123456789.")
    if unit == "%":
        return f"{min(number, 100):g}%"
    return size if room is None else f"{min(number * _MILLIMETRES[unit], room):.2f}mm"


_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4}


_INLINES: dict[str, Callable[[Writer, Any], Code]] = {
    "Emph": _call("emph"),
    "Strong": _call("strong"),
    "Strikeout": _call("strike"),
    "Superscript": _call("super"),
    "Subscript": _call("sub"),
    "SmallCaps": _call("smallcaps"),
    "Underline": _call("underline"),
    "LineBreak": lambda _writer, _content: "linebreak()",
    "Note": lambda writer, blocks: f"footnote({writer.note(blocks)})",
    "Heading note": lambda writer, blocks: f"context footnote({writer.note(blocks)})",
    "Cite": _inside,
    "Span": _span,
    "Link": _link,
    "Image": _image,
}


# --- blocks -------------------------------------------------------------------------------------


def _heading(writer: Writer, content: Any) -> Code:
    level, (identifier, _, _), inlines = content
    if not any(item["t"] == "Note" for item in walk(inlines)):
        return labelled(f"heading(level: {level}, {writer.inlines(inlines)})", identifier)
    short = writer.inlines(transform(inlines, {"Note": lambda _: []}))
    # what stands in a context has no text in a bookmark, and the contents show the supplement
    shown = transform(inlines, {"Note": lambda blocks: node("Heading note", blocks)})
    return labelled(
        f"heading(level: {level}, supplement: {short}, {writer.inlines(shown)})", identifier
    )


def _division(writer: Writer, content: Any) -> Code:
    (identifier, classes, pairs), blocks = content
    kind = classes[0] if classes else ""
    number = dict(pairs).get("number", "")
    if kind == "paragraph":
        return _paragraph(writer, identifier, number, blocks)
    if kind == "point":
        return _recommendation(writer, identifier, "", blocks)
    if kind == "recommendation":
        return _recommendation(writer, identifier, number, blocks)
    if kind in ("box", "summary"):
        place = string(writer.last_place)
        with writer.inside(frames.OF_BOX):
            inner = writer.paragraphs(blocks)
        return f"recommendation-box({place}, may-break => {{{inner}}})"
    function = _FUNCTIONS.get(kind)
    text = writer.paragraphs(blocks)
    return f"{function}({text})" if function else text


_FUNCTIONS = {"box-heading": "box-heading", "summary-heading": "box-heading", "source": "source"}


def _paragraph(writer: Writer, name: str, number: str, blocks: list[Block]) -> Code:
    """A numbered paragraph: its texts outside all blocks, and what else belongs to it below them."""
    numbered = f"numbered: {yes(number)}"
    anchor = labelled("metadata(none)", name)
    begins = ["text-begins"] * writer.begins
    mark = [f"paragraph-number({string(number)})"] * bool(number)
    start = [anchor, *begins, *mark]
    parts: list[Code] = [] if blocks[0]["t"] in _TEXTS else [anchor]
    for index, block in enumerate(blocks):
        if block["t"] in _TEXTS:
            text = joined([*([] if index else start), *writer.parts(block["c"])])
            parts.append(f"paragraph({numbered}, first: {yes(not index)}, {text})")
        else:
            parts.append(_may_break(writer.place()))
            if block["t"] == "Table":  # as wide as the page, as in Word
                parts.append(_table(writer, block["c"]))
            elif _is_drawn(block):  # likewise
                parts.append(writer.blocks([block]))
            else:
                with writer.inside(frames.OF_PARAGRAPH):
                    inner = writer.blocks([block])
                parts.append(f"below-paragraph({numbered}, {inner})")
    return joined(parts)


def _is_drawn(block: Block) -> bool:
    """Whether a block is a picture with its caption, or the numbers below a chart."""
    return block["t"] == "Figure" or (block["t"] == "Div" and block["c"][0][1] == [DATA])


def _table(writer: Writer, content: Any) -> Code:
    drawn = writer.table(content)
    return f"wide-page({drawn})" if WIDE in content[0][1] else drawn


def _table_inside(writer: Writer, content: Any) -> Code:
    """A table in a list or a box, which can have no page of its own."""
    (identifier, _, pairs), *rest = content
    return writer.table([[identifier, [], pairs], *rest])


def _recommendation(writer: Writer, name: str, number: str, blocks: list[Block]) -> Code:
    mark = (
        [f"recommendation-number({string(number)})"] if number and blocks[0]["t"] in _TEXTS else []
    )
    with writer.inside(frames.OF_RECOMMENDATION):
        body = joined([*mark, writer.paragraphs(blocks)])
    return labelled(f"recommendation(numbered: {yes(number)}, {body})", name)


def _bullets(writer: Writer, items: list[list[Block]]) -> Code:
    return f"list({_tight(items)}{_items(writer, items)})"


def _numbers(writer: Writer, content: Any) -> Code:
    (start, style, delimiter), items = content
    before, after = _DELIMITERS.get(delimiter["t"], ("", "."))
    pattern = string(before + _DIGITS.get(style["t"], "1") + after)
    settings = f"numbering: {pattern}, start: {start}, "
    return f"enum({_tight(items)}{settings}{_items(writer, items)})"


_DIGITS = {"LowerRoman": "i", "UpperRoman": "I", "LowerAlpha": "a", "UpperAlpha": "A"}
_DELIMITERS = {"OneParen": ("", ")"), "TwoParens": ("(", ")")}


def _terms(writer: Writer, pairs: list[Any]) -> Code:
    items = [
        f"terms.item({writer.inlines(term)}, block({writer.blocks([b for each in texts for b in each])}))"
        for term, texts in pairs
    ]
    return f"terms({_tight([each for _, texts in pairs for each in texts])}{', '.join(items)})"


def _tight(items: Sequence[Sequence[Block]]) -> Code:
    loose = any(item and item[0]["t"] != "Plain" for item in items)
    return "tight: false, " if loose else ""


def _items(writer: Writer, items: Sequence[Sequence[Block]]) -> Code:
    with writer.inside(frames.OF_LIST):
        return ", ".join(writer.blocks(item) for item in items)


def _lines(writer: Writer, lines: list[list[Inline]]) -> Code:
    return joined([part for line in lines for part in ("linebreak()", writer.inlines(line))][1:])


def _quotation(writer: Writer, blocks: list[Block]) -> Code:
    with writer.inside(frames.OF_QUOTATION):
        return f"quote(block: true, {writer.blocks(blocks)})"


def _figure(writer: Writer, content: Any) -> Code:
    (name, _, _), caption, blocks = content
    drawn = f"report-figure(caption: {writer.blocks(caption[1])}, {writer.blocks(blocks)})"
    return labelled(drawn, name)


_BLOCKS: dict[str, Callable[[Writer, Any], Code]] = {
    "Para": Writer.inlines,
    "Plain": Writer.inlines,
    "Header": _heading,
    "Div": _division,
    "BulletList": _bullets,
    "OrderedList": _numbers,
    "DefinitionList": _terms,
    "LineBlock": _lines,
    "BlockQuote": _quotation,
    "Table": _table_inside,
    "Figure": _figure,
}
