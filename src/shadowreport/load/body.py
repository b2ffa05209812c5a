"""Reads the body of a section: Markdown through pandoc, the allow-list, then items of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from shadowreport.core.ast import plain, transform, walk
from shadowreport.core.charts import is_chart, key_of
from shadowreport.core.ids import bad_id
from shadowreport.core.numbering import CAPTIONED, anchor, is_reference
from shadowreport.core.problems import Diagnostic, Failure, has_errors
from shadowreport.core.report import (
    Block,
    Box,
    Heading,
    Inline,
    Item,
    Mention,
    Note,
    Paragraph,
    Place,
    Recommendation,
)
from shadowreport.load.allowed import refusals, too_deep
from shadowreport.load.as_typed import problems_as_typed, unread
from shadowreport.load.captions import HINT, LOST, MESSAGE, without_caption
from shadowreport.load.proof import prove
from shadowreport.machine.programs import ProgramError
from shadowreport.source.ids import near_id
from shadowreport.source.locate import Locator
from shadowreport.source.read import Parsed, parse
from shadowreport.source.typed import confidential
from shadowreport.source.typed.lines import Problem

_MARK = re.compile(r"\{([^{}]*)\}")
_MAX_PROBLEMS = 100  # of one section: nobody reads more, and to place each takes a search
_MAX_MENTIONS = 3000
_BELONGS = {
    "BulletList": "a list",
    "OrderedList": "a list",
    "DefinitionList": "a list",
    "LineBlock": "a block of lines",
    "BlockQuote": "a quotation",
    "Table": "a table",
    "Figure": "a picture",
}


@dataclass(slots=True)
class Body:
    """What a body holds: its items, what it refers to, the images it shows, the private remarks in
    it (a remark's words and place), and the problems."""

    items: list[Item] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    images: list[Mention] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    remarks: list[Mention] = field(default_factory=list)


def read_body(
    source: str, file: str, first_line: int, name: str, level: int, parsed: Parsed | None = None
) -> Body:
    """The items of a section's body, whose first line is line `first_line` of `file`.

    `name` and `level` are the section's: a paragraph without an id is called by the section and its
    place in it, and `##` is one level below the section's title. `parsed` is what source/read.py made of
    the source, where that has been done before. Raises Failure for a text at which nothing should
    look any further: one that was made to exhaust, or that pandoc cannot read.
    """
    body = Body(diagnostics=problems_as_typed(source, file, first_line))
    blocks = parse(source) if parsed is None else parsed
    if isinstance(blocks, ProgramError):
        hint = "look for brackets, links or images that are opened and never closed"
        message = f"this section cannot be read: {blocks}"
        place = Place(file, first_line)
        raise Failure([Diagnostic("too-hard-to-read", place, message, hint)])
    if isinstance(blocks, RecursionError):
        raise Failure([_nested(Place(file, first_line))])
    locator = Locator(source, file, first_line)
    verdict = prove(source, blocks)
    body.remarks = [Mention(remark.text, locator.at(remark.at)) for remark in verdict.remarks]
    # the mark of a confidential passage says more than a slip, and a slip than what follows from it
    meant = {item.place.line for item in body.diagnostics if item.code == confidential.CODE}
    slips = [_slip(problem, locator) for problem in verdict.slips]
    slips = [slip for slip in slips if slip.place.line not in meant]
    body.diagnostics.extend(unread(source, blocks, locator))
    _Reader(body, locator, name, level).read(blocks)
    told = {slip.place.line for slip in slips if slip.severity == "error"}
    others = [item for item in body.diagnostics if item.place.line not in told]
    body.diagnostics = [*slips, *others]
    if verdict.misread and not has_errors(body.diagnostics):
        body.diagnostics.append(_slip(verdict.misread, locator))
    return body


def _slip(problem: Problem, locator: Locator) -> Diagnostic:
    return Diagnostic(problem.code, locator.at(problem.at), problem.message, problem.hint)


class _Reader:
    """Turns pandoc's blocks into items, one after another."""

    def __init__(self, body: Body, locator: Locator, name: str, level: int) -> None:
        self.body = body
        self.locator = locator
        self.name = name
        self.section_level = level
        self.depth = 1
        self.count = 0
        self.open: Paragraph | None = None  # to which lists and the like belong
        self.withheld = False  # whether confidential text is being read
        self.waiting = ""  # an id that stood alone above a table
        self.what = "a paragraph"

    def read(self, blocks: list[Block]) -> None:
        for block in blocks:
            if too_deep(block):
                raise Failure([_nested(self.locator.here())])
            place = self.locator.block(block)
            self._collect(block)
            self._item(block, place)
            self.locator.passed()

    def _item(self, block: Block, place: Place) -> None:
        if block["t"] == "Header":
            self._heading(block, place)
        elif block["t"] == "Div":
            self._division(block, place)
        else:
            self._text(block, place)

    def _collect(self, block: Block) -> None:
        for code, message, hint, needle in refusals(block):
            self._problem(code, self.locator.text(needle), message, hint)
            if len(self.body.diagnostics) > _MAX_PROBLEMS:
                raise Failure(self.body.diagnostics)
        if len(self.body.mentions) + len(self.body.images) > _MAX_MENTIONS:
            message = f"more than {_MAX_MENTIONS:,} citations, references and images stand in this section"
            hint = "divide it into several sections"
            raise Failure([Diagnostic("too-large", self.locator.here(), message, hint)])
        for address in without_caption(block):
            self._problem(LOST, self.locator.text(address), MESSAGE, HINT)
        alone = list(_pictures(block))
        for element in walk(block):
            if element["t"] == "Div" and block["t"] != "Div":
                hint = "take it out, to the beginning of a line, with a blank line above it"
                message = "a box, a note or a confidential passage stands inside of something else"
                self._problem("bad-box", self.locator.text(":::"), message, hint)
            if element["t"] == "Header" and block["t"] not in ("Header", "Div"):
                message = "a heading stands inside a list, a quotation, a table or a footnote"
                hint = "write it below, in a line of its own; a # that is text is written \\#"
                title = self.locator.text("# " + plain(element["c"][2]))
                self._problem("not-allowed", title, message, hint)
            if element["t"] == "Cite":
                citations = element["c"][0]
                keys = [citation["citationId"] for citation in citations]
                in_text = citations[0]["citationMode"]["t"] == "AuthorInText"
                if len(set(map(is_reference, keys[in_text:]))) > 1:
                    message = "sources and places of the report are mixed in one pair of brackets"
                    hint = "write the reference into the text, and only sources into the brackets"
                    self._problem("bad-citation", self.locator.text("@" + keys[0]), message, hint)
                for key in keys:
                    self.body.mentions.append(Mention(key, self.locator.text("@" + key)))
            elif element["t"] == "Image":
                self._image(element["c"], alone=any(element is one for one in alone))

    def _image(self, content: Any, *, alone: bool) -> None:
        (_, classes, pairs), _, (url, _) = content
        place = self.locator.text(url)
        if is_chart(url) and not alone:
            hint = "leave a blank line above and below it; a list or a table can hold none"
            self._problem("bad-chart", place, "a chart stands in a paragraph of its own", hint)
        name = key_of(url, classes, pairs) if is_chart(url) else url
        self.body.images.append(Mention(name, place))

    def _heading(self, block: Block, place: Place) -> None:
        depth, _, inlines = block["c"]
        self.open = None
        if depth == 1:
            hint = "its title stands in the front matter; headings in the text begin with ##"
            self._problem("skipped-heading", place, "a section has one title", hint)
            return
        if depth > self.depth + 1:
            hint = f"begin it with {'#' * (self.depth + 1)}"
            self._problem("skipped-heading", place, "this heading skips a level", hint)
        self.depth = depth
        if not plain(transform(inlines, {"Cite": lambda _: []})):
            hint = "write a few words, and put the footnote into the text below"
            self._problem("not-allowed", place, "this heading has no text of its own", hint)
            return
        level = self.section_level + depth - 1
        self.body.items.append(Heading(level, inlines, place, self.withheld))

    def _division(self, block: Block, place: Place) -> None:
        (_, classes, pairs), blocks = block["c"]
        if classes == ["recommendations"]:
            self._box(blocks, place)
        elif classes == ["summary"]:
            self._summary(blocks, place)
        elif classes == ["note"]:
            self.body.items.append(Note(blocks, dict(pairs), place, self.withheld))
        elif classes == ["confidential"]:
            self._confidential(blocks)
        # another division was refused by the allow-list

    def _confidential(self, blocks: list[Block]) -> None:
        """Text that the public edition withholds; it belongs together with what is around it."""
        self.waiting = ""
        outer, self.withheld = self.withheld, True
        for block in blocks:
            self._item(block, self.locator.block(block))
            self.locator.passed()
        self.withheld, self.waiting = outer, ""

    def _box(self, blocks: list[Block], place: Place) -> None:
        inside = _Reader(self.body, self.locator, f"{self.name}-rec", self.section_level)
        inside.what, inside.withheld = "a recommendation", self.withheld
        outside, self.body.items = self.body.items, []
        above = sum(isinstance(item, Box) for item in outside)
        inside.count = sum(len(item.recommendations) for item in outside if isinstance(item, Box))
        for block in blocks:
            inside._item(block, self.locator.block(block))
            self.locator.passed()
        found = [item for item in self.body.items if isinstance(item, Paragraph)]
        self.body.items = outside
        if not found:
            self._problem(
                "bad-box",
                place,
                f"box {above + 1} of this section holds no recommendation",
                "write one, or remove the box",
            )
        if not any(isinstance(item, Paragraph) and not item.summary for item in outside):
            self._problem(
                "bad-box",
                place,
                "a box of recommendations stands above every numbered paragraph",
                "move it below the paragraph it follows from",
            )
        self.open = None
        recommendations = tuple(
            Recommendation(item.id, item.blocks, item.place, item.withheld) for item in found
        )
        self.body.items.append(Box(recommendations, place))

    def _summary(self, blocks: list[Block], place: Place) -> None:
        """What the section says in short, above all else; a box whose frame no list or table may tear."""
        inside = _Reader(self.body, self.locator, f"{self.name}-summary", self.section_level)
        inside.withheld = self.withheld
        above, self.body.items = self.body.items, []
        for block in blocks:
            inside._item(block, self.locator.block(block))
            self.locator.passed()
        found = [item for item in self.body.items if isinstance(item, Paragraph)]
        self.body.items = [*above, *(replace(item, summary=True) for item in found)]
        self.open = None
        if not found:
            hint = "write a sentence, or remove the box"
            self._problem("bad-box", place, "the summary of this section holds no text", hint)
        if any(not isinstance(item, Note) for item in above):
            hint = "move it up, below the front matter; a section has one"
            self._problem("bad-box", place, "a summary stands at the head of its section", hint)
        for block in (block for item in found for block in item.blocks if block["t"] != "Para"):
            what = _BELONGS.get(block["t"], "something else")
            hint = "write it as sentences; each paragraph of the summary is one point"
            self._problem("bad-box", place, f"{what} stands in the summary of this section", hint)

    def _text(self, block: Block, place: Place) -> None:
        if block["t"] == "Para":
            self._paragraph(block, place)
        elif block["t"] in _BELONGS:
            block = transform(block, {"Table": self._table, "Figure": self._figure})
            if block["t"] in CAPTIONED and self.waiting:
                block["c"][0][0], self.waiting = _own_id(block["t"], self.waiting), ""
            self._belongs(block, place, _BELONGS[block["t"]])

    def _paragraph(self, block: Block, place: Place) -> None:
        identifier, continued, rest = self._mark(block["c"], place)
        if not rest:
            self.waiting = identifier
            return
        block = {"t": "Para", "c": rest}
        if continued:
            self._belongs(block, place, "a continuation")
            return
        self.count += 1
        kind = "rec-" if self.what == "a recommendation" else "par-"
        identifier = identifier.removeprefix(kind) or f"{self.name}-{self.count}"
        self.open = Paragraph(identifier, [block], place, {0} if self.withheld else set())
        self.body.items.append(self.open)

    def _belongs(self, block: Block, place: Place, what: str) -> None:
        if self.open is None:
            hint = f"write {self.what} above it, a sentence is enough; or write it as one"
            message = f"{what} stands here, and no {self.what.partition(' ')[2]} above it to which it belongs"
            self._problem("stray-content", place, message, hint)
        else:
            self.open.blocks.append(block)
            if self.withheld:
                self.open.withheld.add(len(self.open.blocks) - 1)

    def _table(self, content: Any) -> Block:
        """A table, wherever it stands, with its id alone."""
        own = self._own("Table", content[0][0], "a table")
        return {"t": "Table", "c": [[own, content[0][1], []], *content[1:]]}

    def _figure(self, content: Any) -> Block:
        """A picture that stands alone, with its id."""
        own = self._own("Figure", content[0][0], "a figure")
        blocks = transform(content[2], {"Image": _by_key})
        return {"t": "Figure", "c": [[own, [], []], content[1], blocks]}

    def _own(self, name: str, typed: str, what: str) -> str:
        own = _own_id(name, typed)
        reason = bad_id(own) if own else ""
        if reason:
            self._problem(
                "bad-id", self.locator.text("#" + typed), f"'{typed}' cannot name {what}", reason
            )
        return own

    def _mark(self, inlines: list[Inline], place: Place) -> tuple[str, bool, list[Inline]]:
        """Lifts `{#id .continued}` off the head of a paragraph: id, continued, and the rest."""
        if inlines[0]["t"] != "Str" or not inlines[0]["c"].startswith("{"):
            return "", False, inlines
        end = next(
            (i for i, inline in enumerate(inlines) if inline["t"] == "SoftBreak"), len(inlines)
        )
        match = _MARK.fullmatch(plain(inlines[:end]))
        if not match:
            return "", False, inlines
        identifier, continued = "", False
        for word in match[1].split():
            if word == ".continued":
                continued = True
            elif word.startswith("#"):
                if identifier:
                    hint = "choose one, and use it in references and front matter"
                    self._problem("bad-id", place, "two ids stand here", hint)
                identifier = word[1:]
                reason = bad_id(identifier.removeprefix("par-").removeprefix("rec-"))
                if reason:
                    typed = identifier.replace("–", "--")  # as pandoc sets it
                    self._problem(
                        "bad-id", place, f"'{typed}' cannot be an id", _advice(typed, reason)
                    )
            else:
                self._problem(
                    "bad-id", place, f"'{word}' is not known here", "known: {#id} and {.continued}"
                )
        return identifier, continued, inlines[end + 1 :]

    def _problem(self, code: str, place: Place, message: str, hint: str) -> None:
        self.body.diagnostics.append(Diagnostic(code, place, message, hint))


def _pictures(block: Block) -> Iterator[Inline]:
    """The pictures that stand in a paragraph of their own, in boxes and confidential passages too."""
    if block["t"] == "Figure":
        yield from (item for item in walk(block["c"][2]) if item["t"] == "Image")
    elif block["t"] == "Div":
        for inner in block["c"][1]:
            yield from _pictures(inner)


def _by_key(content: Any) -> Inline | None:
    """A chart by what it is called among the report's pictures."""
    attributes, alternative, (url, title) = content
    if not is_chart(url):
        return None
    name = key_of(url, *attributes[1:])
    return {"t": "Image", "c": [attributes, alternative, [name, title]]}


def _advice(typed: str, reason: str) -> str:
    """What an id is made of, and the nearest one."""
    near = near_id(typed)
    return f"{reason}: {{#{near}}}" if near and near != typed and not bad_id(near) else reason


def _own_id(name: str, typed: str) -> str:
    """The id of a table or a figure, which may be typed with its kind before it."""
    return typed.removeprefix(anchor(CAPTIONED[name], ""))


def _nested(place: Place) -> Diagnostic:
    message = "lists, quotations or emphasis stand too deeply inside each other, here or below"
    return Diagnostic("too-hard-to-read", place, message, "write it with fewer levels")
