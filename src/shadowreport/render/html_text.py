"""The text of a report in the terms of pandoc's HTML writer.

Everything of the settled AST that HTML says in another way is replaced here, in one walk: numbers
become links to themselves, footnotes become links to end notes, boxes become labelled groups,
tables stand in regions that can be scrolled. The page's content security policy allows no `style`
attributes, so widths and alignments leave as classes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import escape

from shadowreport.core.ast import attr, div, node, para, plain, raw_block, text, transform
from shadowreport.core.column_widths import WIDE, aligned, columns_of, positions
from shadowreport.core.report import Block, Inline
from shadowreport.core.style import Style
from shadowreport.resolve.charts import DATA
from shadowreport.resolve.resolved import Resolved, ResolvedSection

PICTURE = "picture:"
_BACK = "↩\ufe0e"  # the selector keeps phones from showing an emoji
_ALIGNMENTS = {"AlignRight": "right", "AlignCenter": "center"}
_DEEPEST = 6


@dataclass(slots=True)
class Text:
    """What the walk brings forth: the blocks, the end notes, and the widths that were written,
    by the class that stands for each."""

    resolved: Resolved
    notes: list[list[Block]] = field(default_factory=list)
    widths: dict[str, str] = field(default_factory=dict)
    _regions: Counter[str] = field(default_factory=Counter)
    _boxes: int = 0
    _title: str = ""

    def sections(self) -> list[Block]:
        """Every section in an element of its own. Headings start at 2, below the report's title,
        and never skip a level, whichever sections are shown."""
        levels: list[int] = []
        return [self._section(section, levels) for section in self.resolved.sections]

    def end_notes(self) -> list[Block]:
        """The footnotes met so far as items of a list, each with a link back to its place."""
        result: list[Block] = []
        for number, blocks in enumerate(self.notes, self.resolved.first_note):
            result += [raw_block("html", f'<li id="fn-{number}">'), *blocks]
            result.append(raw_block("html", "</li>"))
        return result

    def cover(self) -> tuple[list[Block], list[Block]]:
        """The head of the page, and what follows from the cover's first label on."""
        blocks = self._lower(self.resolved.cover)
        if len(blocks) == 1 and _classes(blocks[0]) == ["cover"]:
            blocks = blocks[0]["c"][1]
        labels = (at for at, block in enumerate(blocks) if _classes(block) == ["cover-label"])
        split = next(labels, len(blocks))
        return _with_title(blocks[:split], self.resolved.report.title), blocks[split:]

    def _section(self, section: ResolvedSection, levels: list[int]) -> Block:
        self._title = plain(section.title)
        kinds = ["section", f"level-{section.level}", *(["annex"] if section.is_annex else [])]
        blocks = [node("Header", section.level, attr(), section.title)]
        blocks += map(self._captioned, section.blocks)
        lowered = [_at_level(block, levels) for block in self._lower(blocks)]
        return div(attr(section.anchor, *kinds), lowered)

    def _lower(self, blocks: list[Block]) -> list[Block]:
        handlers = {
            "Note": self._note,
            "Div": self._division,
            "Table": self._table,
            "Image": self._image,
        }
        return transform(blocks, handlers)

    # --- numbers, boxes, notes -----------------------------------------------------------------

    def _division(self, content: Any) -> Block | None:
        (identifier, classes, pairs), blocks = content
        number = dict(pairs).get("number")
        if classes == [DATA]:
            name = escape(self.resolved.words["chart_data"])
            opened = raw_block("html", f'<details class="{DATA}"><summary>{name}</summary>')
            return div(attr(), [opened, *blocks, raw_block("html", "</details>")])
        if classes == ["box"]:
            return self._box(blocks)
        if classes == ["summary"]:
            return div(
                attr("", "summary", role="group", aria_label=self.resolved.words["summary"]), blocks
            )
        if not number or classes not in (["paragraph"], ["recommendation"]):
            return None
        names = {"paragraph": "paragraph", "recommendation": "recommendation_text"}
        label = self.resolved.labels[identifier].text or number
        name = f"{self.resolved.words[names[classes[0]]]} {label}"
        style = self.resolved.report.style
        shown = style.numbered(number) if classes == ["paragraph"] else f"{number}."
        mark = node("Link", attr("", "num", aria_label=name), text(shown), [f"#{identifier}", ""])
        return div([identifier, classes, pairs], _begin(mark, blocks))

    def _box(self, blocks: list[Block]) -> Block:
        # A group and not a landmark: a report has dozens of boxes of the same name.
        self._boxes += 1
        heading = f"box-{self._boxes}"
        head, *rest = blocks
        if _classes(head) != ["box-heading"]:
            name = self.resolved.words["recommendation_text"]
            return div(attr("", "box", role="group", aria_label=name), blocks)
        head = div([heading, *head["c"][0][1:]], head["c"][1])
        return div(attr("", "box", role="group", aria_labelledby=heading), [head, *rest])

    def _note(self, blocks: list[Block]) -> Inline:
        words = self.resolved.words
        number = self.resolved.first_note + len(self.notes)
        name = f"{words['footnote']} {number}"
        back = attr("", "back", role="doc-backlink", aria_label=f"{words['back']} ({name})")
        self.notes.append(
            _end(blocks, node("Link", back, [node("Str", _BACK)], [f"#fnref-{number}", ""]))
        )
        mark = attr(f"fnref-{number}", "fnref", role="doc-noteref", aria_label=name)
        link = node("Link", mark, [node("Str", str(number))], [f"#fn-{number}", ""])
        return node("Superscript", [link])

    # --- tables --------------------------------------------------------------------------------

    def _captioned(self, block: Block) -> Block:
        """The table under a section's heading gets a caption that only screen readers meet."""
        if _classes(block) != ["recommendation-table"]:
            return block
        name = self.resolved.words.labelled("earlier_recommendations", self._title)
        caption = [None, [node("Plain", text(name))]]
        return div(block["c"][0], [_recaptioned(inner, caption) for inner in block["c"][1]])

    def _table(self, content: Any) -> Block:
        (identifier, classes, pairs), caption, specs, head, bodies, foot = content
        words = self.resolved.words
        name = plain(transform(caption[1], {"Link": _without_mark})) or words.labelled(
            "table", self._title
        )
        self._regions[name] += 1
        if self._regions[name] > 1:
            name = f"{name} ({self._regions[name]})"
        laid = columns_of(content, Style(breadths=self.resolved.report.style.breadths))
        specs = [
            [align, {"t": "ColWidth", "c": share}]
            for (align, _), share in zip(aligned(specs, laid), laid.shares, strict=True)
        ]
        wide = [self._width(f"{laid.needed:.0f}em", "min-width")] if WIDE in classes else []
        classes = [*(name for name in classes if name != WIDE), *wide]
        rows = [(row, True, True) for row in head[1]]
        for _, heads, inner_head, inner in bodies:
            rows += [(row, True, False) for row in inner_head]
            rows += [(row, heads > 0, False) for row in inner]
        rows += [(row, False, False) for row in foot[1]]
        unset = set(range(len(specs)))  # columns whose width no cell has told yet
        below = [row for row, _, _ in rows[len(head[1]) :]]
        placed = (at for group in (head[1], below) for at in positions(group, len(specs)))
        for (row, named, in_head), at in zip(rows, placed, strict=True):
            self._cells(row, at, specs, unset, named=named, in_head=in_head)
        bare = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in specs]
        table = node("Table", [identifier, classes, pairs], caption, bare, head, bodies, foot)
        return div(attr("", "wide", role="region", tabindex="0", aria_label=name), [table])

    def _cells(
        self,
        row: Any,
        columns: list[int],
        specs: list[Any],
        unset: set[int],
        *,
        named: bool,
        in_head: bool,
    ) -> None:
        """Sets the attributes of a row's cells, which the walk has already copied, and which begin at
        `columns`; `named`: its first cell is a heading."""
        for column, cell in zip(columns, row[1], strict=True):
            (identifier, classes, pairs), alignment, _, span, blocks = cell
            inherited, width = specs[min(column, len(specs) - 1)]
            chosen = alignment if alignment["t"] != "AlignDefault" else inherited
            extra = [_ALIGNMENTS[chosen["t"]]] if chosen["t"] in _ALIGNMENTS else []
            if column in unset and span == 1 and width["t"] == "ColWidth":
                unset.remove(column)
                extra.append(self._width(f"{100 * width['c']:.4g}%"))
            is_header = in_head or (named and column == 0 and len(specs) > 1)
            scope = _scope(in_head, span, len(specs)) if is_header else {}
            cell[0] = [identifier, [*classes, *extra], [*pairs, *map(list, scope.items())]]
            cell[1] = {"t": "AlignDefault"}
            if is_header and not blocks:
                # A header cell without a text is skipped by some screen readers, with its column.
                hidden = node("Span", attr("", "unseen"), text(self.resolved.words["row"]))
                cell[4] = [node("Plain", [hidden])]

    # --- images --------------------------------------------------------------------------------

    def _image(self, content: Any) -> Inline | list[Inline]:
        (_, _, pairs), inlines, (url, title) = content
        picture = self.resolved.report.images.get(url)
        if not picture:
            return inlines
        sizes = {key: value for key, value in pairs if key in ("width", "height")}
        classes = [self._width(value, key) for key, value in sizes.items()]
        size = attr("", *classes, width=str(picture.width), height=str(picture.height))
        return node("Image", size, inlines, [f"{PICTURE}{picture.name}", title])

    def _width(self, value: str, side: str = "width") -> str:
        name = f"{side}-{value}".replace("%", "pc").replace(".", "-")
        self.widths[name] = f"{side}: {value}"
        return name


def _without_mark(content: Any) -> list[Inline] | None:
    """For names that are read aloud: a mark of a note is no part of them."""
    return [] if content[0][1] == ["fnref"] else None


def _classes(block: Mapping[str, Any]) -> list[str]:
    return block["c"][0][1] if block["t"] == "Div" else []


def _scope(in_head: bool, span: int, columns: int) -> dict[str, str]:
    if in_head:
        return {"scope": "colgroup" if span > 1 else "col"}
    return {"scope": "rowgroup" if span == columns else "row"}


def _recaptioned(block: Block, caption: list[Any]) -> Block:
    if block["t"] != "Table":
        return block
    (identifier, classes, pairs), _, *rest = block["c"]
    return node("Table", [identifier, [*classes, "unseen-caption"], pairs], caption, *rest)


def _begin(mark: Inline, blocks: list[Block]) -> list[Block]:
    """Blocks whose first line begins with a mark."""
    if blocks and blocks[0]["t"] in ("Para", "Plain"):
        first = {"t": blocks[0]["t"], "c": [mark, {"t": "Space"}, *blocks[0]["c"]]}
        return [first, *blocks[1:]]
    return [para(mark), *blocks]


def _end(blocks: list[Block], mark: Inline) -> list[Block]:
    """Blocks whose last line ends with a mark."""
    if blocks and blocks[-1]["t"] in ("Para", "Plain"):
        last = {"t": "Para", "c": [*blocks[-1]["c"], node("Str", "\u00a0"), mark]}
        return [*blocks[:-1], last]
    return [*blocks, para(mark)]


def _at_level(block: Block, levels: list[int]) -> Block:
    """A heading at the level that its place among the headings before it gives."""
    if block["t"] != "Header":
        return block
    level, attributes, inlines = block["c"]
    while levels and levels[-1] >= level:
        levels.pop()
    levels.append(level)
    return node("Header", min(len(levels) + 1, _DEEPEST), attributes, inlines)


def _with_title(blocks: list[Block], title: str) -> list[Block]:
    """The head of the page with a heading of level 1, whatever the cover's template has."""
    result = list(_titled(blocks))
    if not any(block["t"] == "Header" for block in result):
        result.insert(0, node("Header", 1, attr("", "cover-title"), text(title)))
    return result


def _titled(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        if _classes(block) == ["cover-title"] and block["c"][1]:
            yield node("Header", 1, attr("", "cover-title"), block["c"][1][0]["c"])
        else:
            yield block
