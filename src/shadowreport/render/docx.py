"""DOCX: pandoc writes it in the styles of templates/reference.docx; word/write/finish.py finishes it.

Every element of ours becomes a paragraph style, a bookmark or a field, so that a reader of the file
in Word has Word's own numbering, references and contents.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from shadowreport.core.ast import (
    CAPTION_NUMBER,
    attr,
    div,
    document,
    raw_block,
    raw_inline,
    transform,
)
from shadowreport.core.column_widths import (
    WIDE,
    Columns,
    aligned,
    columns_of,
    em,
    is_low,
    long_rows,
    padding,
    positions,
    rows_of,
    tail_of,
)
from shadowreport.core.editions import PUBLIC
from shadowreport.core.report import Block, Inline, Label, Report
from shadowreport.load.own_templates import REFERENCE, bad_reference, word_template
from shadowreport.machine.cache import remembered
from shadowreport.machine.programs import ProgramError, pandoc, scratch
from shadowreport.render.output import Output
from shadowreport.resolve import running_head
from shadowreport.resolve.resolved import Resolved
from shadowreport.word import ours
from shadowreport.word.write import markup
from shadowreport.word.write.finish import Properties, finish, on_pages
from shadowreport.word.write.tables import SetTable, TableLook
from shadowreport.word.write.zip import MissingPart


def render(resolved: Resolved, project: Path) -> Output:
    """The report as a Word file. Raises Failure where the project's reference.docx lacks a part."""
    lowering = _Lowering(resolved)
    return Output(_finished(lowering, lowering.blocks(), project))


def render_page(
    report: Report, blocks: list[Block], project: Path, *, title: str = "", across: bool = False
) -> bytes:
    """A letter, a list, a table beside a report, in the look of the report: its styles, running head and
    edition, under a `title` of its own where it has one, on pages that lie `across` where wanted. Raises
    Failure as `render` does."""
    if title:
        report = replace(report, title=title, short_title=title)
    alone = Resolved(report, report.speech.language, {}, cover=[], sections=(), partial=True)
    lowering = _Lowering(alone)
    return _finished(lowering, lowering.lowered(blocks), project, across=across)


def _finished(
    lowering: _Lowering, blocks: list[Block], project: Path, *, across: bool = False
) -> bytes:
    styles, _ = word_template(project)  # what was done to it is told by a check
    lowered = document(blocks)
    try:
        paged = on_pages(styles, lowering.resolved.report.style, across=across)
        data = remembered("docx", (lowered, paged), lambda: _written(lowered, paged))
        told = _properties(lowering)
        return finish(data, styles, replace(told, across=across))
    except MissingPart as error:
        raise bad_reference(str(error)) from None
    except ProgramError as error:
        if "reference docx" not in str(error):  # what pandoc calls it
            raise
        raise bad_reference(str(error)) from None


def _written(lowered: bytes, styles: bytes) -> bytes:
    with scratch() as folder:
        (folder / REFERENCE).write_bytes(styles)
        arguments = ["-f", "json", "-t", "docx", f"--reference-doc={folder / REFERENCE}"]
        return pandoc(arguments, lowered)


def _properties(lowering: _Lowering) -> Properties:
    resolved = lowering.resolved
    report, words = resolved.report, resolved.words
    return Properties(
        title=report.title,
        subject=" – ".join(
            filter(None, [words.committee(report.committee), report.state, report.session])
        ),
        language=words.tag if "-" in words.tag else words.locale.replace("_", "-"),
        direction=words.direction,
        script=words.script,
        font=words.fonts.get("word", ""),
        date=report.date,
        head=running_head(report, words),
        picture=words["figure"],
        numbers=lowering.numbers,
        first_note=resolved.first_note,
        first_captions=resolved.first_captions,
        has_cover=not resolved.partial,
        tables=lowering.tables,
        edition=resolved.edition,
        style=report.style,
    )


def _raw(code: str) -> Inline:
    return raw_inline("openxml", code)


def _styled(name: str, blocks: list[Block]) -> Block:
    return div(attr("", custom_style=name), blocks)


class _Lowering:
    """Turns the elements of resolved.py into what pandoc's DOCX writer knows."""

    def __init__(self, resolved: Resolved) -> None:
        self.resolved = resolved
        self.labels: Mapping[str, Label] = resolved.labels
        self.tables: list[SetTable] = []
        self.numbers: list[str] = []  # of the paragraphs that Word counts
        self.counts = dict(
            resolved.first_captions
        )  # the number that Word would give to the next one

    def blocks(self) -> list[Block]:
        """The whole document: cover, contents, text."""
        body = self.lowered(self.resolved.blocks())
        if self.resolved.partial:
            return body
        return [*self.lowered(self.resolved.cover), *self._contents(), *body]

    def lowered(self, blocks: list[Block]) -> list[Block]:
        """Blocks in terms of pandoc's writer."""
        return transform(blocks, self._handlers())

    def _handlers(self) -> dict[str, Callable[[Any], Any]]:
        return {
            "Div": self._division,
            "Header": self._heading,
            "Link": self._link,
            "Table": self._table,
            "Figure": self._figure,
            "Image": self._image,
        }

    def _contents(self) -> list[Block]:
        words = self.resolved.words
        lists = "".join(
            markup.list_of_captions(item.kind, item.title, item.entries)
            for item in self.resolved.lists()
        )
        depth = self.resolved.report.contents_of("docx")
        if not depth:
            return [raw_block("openxml", lists)] if lists else []
        head, lines = (words["contents"], words["paragraphs"]), self.resolved.contents("docx")
        return [raw_block("openxml", markup.contents(*head, lines, depth, lists))]

    def _heading(self, content: Any) -> Block:
        level, (identifier, _, _), inlines = content
        return {
            "t": "Header",
            "c": [level, attr(), _bookmarked(identifier, inlines) if identifier else inlines],
        }

    def _division(self, content: Any) -> Any:
        (identifier, classes, pairs), blocks = content
        kind = classes[0] if classes else ""
        numbered = bool(dict(pairs).get("number"))
        if kind == "paragraph":
            if numbered and blocks[0]["t"] in _TEXTS:
                self.numbers.append(dict(pairs)["number"])
            first, rest = (ours.NUMBERED, ours.CONTINUED) if numbered else (ours.BODY, ours.BODY)
            return _set(blocks, identifier, first, rest)
        if kind == "recommendation":
            first, rest = ours.BOX_SINGLE, ours.BOX_SINGLE
            if numbered:
                first, rest = ours.BOX_RECOMMENDATION, ours.BOX_CONTINUED
            return _set(blocks, identifier, first, rest)
        if kind == "box":
            return self._box(blocks)
        if kind == "point":
            return _set(blocks, identifier, ours.SUMMARY, ours.SUMMARY)
        if ours.style_of(kind):
            return _styled(ours.style_of(kind), blocks)
        return None if kind == "box-heading" else blocks

    def _box(self, blocks: list[Block]) -> list[Block]:
        """A box's heading takes the indents of what follows, else Word draws two boxes. What has other
        ones, such as a list, would tear it: then a table is the box."""
        alone = any(_style_of(block) == ours.BOX_SINGLE for block in blocks)
        heading = ours.BOX_SINGLE_HEADING if alone else ours.BOX_HEADING
        blocks = [
            _styled(heading, block["c"][1])
            if block["t"] == "Div" and block["c"][0][1] == ["box-heading"]
            else block
            for block in blocks
        ]
        if {_style_of(block) for block in blocks[1:]} <= {ours.BOX_RECOMMENDATION, ours.BOX_SINGLE}:
            return blocks
        start, below, end = (
            raw_block("openxml", code)
            for code in (markup.BOX_START, markup.BOX_BELOW_HEADING, markup.BOX_END)
        )
        return [start, blocks[0], below, *blocks[1:], end]

    def _link(self, content: Any) -> Any:
        (_, classes, _), inlines, (url, title) = content
        if classes == ["ref"]:
            name = url.removeprefix("#")
            return _raw(markup.reference(name, self.labels[name], self.resolved.report.style))
        if url.startswith("#"):
            return {
                "t": "Link",
                "c": [attr(), inlines, ["#" + ours.bookmark_of(url[1:]), title]],
            }
        return None

    def _table(self, content: Any) -> Block:
        (_, classes, _), _, specs, head, bodies, foot = content
        caption = self._counted(*content[:2])
        style = self.resolved.report.style
        rows = [*head[1], *rows_of(bodies)]

        def look(points: float) -> TableLook:
            laid = columns_of(content, style, points)
            torn = (*long_rows(head[1], laid), *long_rows(rows_of(bodies), laid))
            beside, ends = padding(len(specs)), _ends(rows, len(specs), laid)
            return TableLook(laid.shares, laid.size, beside, torn, is_low(content, laid), ends)

        self.tables.append(SetTable(look, wide=WIDE in classes))
        specs = aligned(specs, columns_of(content, style))
        if caption[1]:  # as paragraphs it has its style in a list too
            caption = [caption[0], _paragraphs(caption[1])]
        head = [head[0], _cells(head[1], len(specs), len(specs))]
        bodies = [
            [
                body[0],
                body[1],
                _cells(body[2], len(specs), len(specs)),
                _cells(body[3], body[1], len(specs)),
            ]
            for body in bodies
        ]
        return {"t": "Table", "c": [attr(), caption, specs, head, bodies, foot]}

    def _figure(self, content: Any) -> list[Block]:
        """pandoc would make a table of a figure that holds more than an image, such as marks of a redline."""
        attributes, caption, blocks = content
        _, long = self._counted(attributes, caption)
        return [
            _styled(ours.FIGURE, _paragraphs(blocks)),
            _styled(ours.FIGURE_CAPTION, _paragraphs(long)),
        ]

    def _counted(self, attributes: Any, caption: Any) -> Any:
        """The caption of a table or a figure with its number as Word counts it."""
        name, _, pairs = attributes
        if not name:
            return caption
        kind, number = name.partition("-")[0], dict(pairs)["number"]
        restart = self.resolved.report.edition == PUBLIC and int(number) != self.counts.get(kind, 1)
        self.counts[kind] = int(number) + 1
        mark = _raw(markup.sequence_number(name, number, restart=restart))
        found = {"Span": lambda span: mark if span[0][1] == [CAPTION_NUMBER] else None}
        return transform(caption, found)

    def _image(self, content: Any) -> Any:
        attributes, alternative, (url, title) = content
        picture = self.resolved.report.images[url]
        kind = "jpeg" if picture.name.endswith("jpg") else "png"
        shown = base64.b64encode(picture.dots or picture.data).decode()
        data = f"data:image/{kind};base64,{shown}"
        return {"t": "Image", "c": [attributes, alternative, [data, title]]}


_TEXTS = ("Para", "Plain")


def _bookmarked(anchor: str, inlines: list[Inline]) -> list[Inline]:
    return [_raw(markup.bookmark_start(anchor)), *inlines, _raw(markup.bookmark_end(anchor))]


def _set(blocks: list[Block], anchor: str, first: str, rest: str) -> list[Block]:
    """The blocks of a paragraph: the first carries the number and the bookmark."""
    result: list[Block] = []
    for index, block in enumerate(blocks):
        if block["t"] not in _TEXTS:
            result.append(block)
        elif index == 0:
            result.append(_styled(first, [{"t": "Para", "c": _bookmarked(anchor, block["c"])}]))
        else:
            result.append(_styled(rest, [block]))
    return result


def _style_of(block: Block) -> str:
    return dict(block["c"][0][2]).get("custom-style", "") if block["t"] == "Div" else ""


def _ends(rows: list[Any], columns: int, laid: Columns) -> tuple[dict[int, float], ...]:
    """For each row the points that are left behind the number of a column."""
    return tuple(
        {
            column: em(tail, laid.breadths) * laid.size
            for column, cell in zip(places, row[1], strict=True)
            if (tail := tail_of(cell))
        }
        for row, places in zip(rows, positions(rows, columns), strict=True)
    )


def _cells(rows: list[Any], headers: int, columns: int) -> list[Any]:
    """Rows with the style of each cell: that of headings in the first `headers` of the `columns`."""
    return [
        [
            attributes,
            [
                [*cell[:4], [_styled(_CELLS[column < headers], _paragraphs(cell[4]))]]
                for column, cell in zip(places, cells, strict=True)
            ],
        ]
        for (attributes, cells), places in zip(rows, positions(rows, columns), strict=True)
    ]


_CELLS = (ours.TABLE_TEXT, ours.TABLE_HEADING)


def _paragraphs(blocks: list[Block]) -> list[Block]:
    return [
        {"t": "Para", "c": block["c"]} if block["t"] == "Plain" else block for block in blocks
    ] or [{"t": "Para", "c": []}]
