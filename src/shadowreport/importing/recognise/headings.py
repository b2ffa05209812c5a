"""What is a heading, and on which level: by style, or by looks where a file has no heading styles."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from shadowreport.importing.options import ImportOptions
from shadowreport.importing.recognise.boxes import is_framed
from shadowreport.importing.recognise.cover import Cover, cover_of
from shadowreport.importing.recognise.flow import Flow
from shadowreport.importing.recognise.looks import Strike, depth_of, ranked, said, striking
from shadowreport.importing.recognise.marks import list_mark, typed_list_mark
from shadowreport.importing.recognise.vocabulary import Vocabulary
from shadowreport.word.content import Block, Paragraph

_MOST_WORDS = 120  # of a styled heading; longer ones are text in the wrong style
_LONGEST = 500  # characters of one: a title may have 600
_MOST_WORDS_BY_LOOKS = 30  # of a heading by looks in a file that has heading styles
_MANY = 300  # headings that would become files; a report has a tenth of it
_FEW_TABLES = 3  # so many tabled sections make a pattern


@dataclass(slots=True)
class Outline:
    """The headings of a flow by the index of their block, with their levels from 1; its cover."""

    levels: dict[int, int]
    cover: Cover


def outline_of(flow: Flow, options: ImportOptions, tables: Iterable[int]) -> Outline:
    """The outline of a flow; `tables` are the indexes of its tables of earlier recommendations."""
    title, subtitles = _titles(flow.blocks, flow.words)
    demands = set(tables)
    taken = {title, *subtitles}
    levels = _by_style(flow, options)
    levels = {index: level for index, level in levels.items() if index not in taken}
    if not levels:
        title, levels = _by_looks(flow, title, subtitles, demands)
    cover = cover_of(flow, title, subtitles, levels)
    levels = {index: level for index, level in levels.items() if index not in cover.lines}
    if levels and not flow.ours and not options.heading_styles and _has_styles(flow, levels):
        levels = _beside_styles(flow, levels, demands)
    levels = {at: level for at, level in levels.items() if not _is_long(flow.blocks[at])}
    levels = _without_gaps(flow, _without_items(flow, levels))
    if options.nest and not flow.ours:
        levels = _nested(flow, levels, demands)
    return Outline(levels, cover)


def _has_styles(flow: Flow, levels: Mapping[int, int]) -> bool:
    return any(isinstance(block := flow.blocks[at], Paragraph) and block.outline for at in levels)


# --- by style -----------------------------------------------------------------------------------


def _titles(blocks: Sequence[Block], words: Vocabulary) -> tuple[int | None, list[int]]:
    """The paragraph in the style Title, and those in the style Subtitle before the first heading: below it
    the style is used for what looks like one."""
    title: int | None = None
    subtitles: list[int] = []
    headed = False
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or not block.text.strip():
            continue
        headed = headed or bool(block.outline)
        if words.is_style("subtitle", block.style):
            subtitles += [] if headed else [index]
        elif title is None and words.is_style("title", block.style):
            title = index
    return title, subtitles


def _by_style(flow: Flow, options: ImportOptions) -> dict[int, int]:
    named = {name.lower(): level for name, level in options.heading_styles.items()}
    found: dict[int, int] = {}
    for index, block in enumerate(flow.blocks):
        if not isinstance(block, Paragraph) or not block.text.strip():
            continue
        level = named.get(block.style.lower(), 0 if named else block.outline)
        if not level or _heads_box(flow, index):
            continue
        if _is_long(block):
            message = f"a long paragraph in the style '{block.style}' was read as text, no heading"
            flow.warn("import-heading", block.ordinal, message)
            continue
        found[index] = level
    return found


def _is_long(block: Block) -> bool:
    """Whether a paragraph has more than any heading, by its words or, where nothing parts them, its letters."""
    if not isinstance(block, Paragraph):
        return False
    return len(block.text.split()) > _MOST_WORDS or len(block.text) > _LONGEST


def _heads_box(flow: Flow, index: int) -> bool:
    """Whether a heading is the word RECOMMENDATIONS above a list: that is a box."""
    blocks, block = flow.blocks, flow.blocks[index]
    if not isinstance(block, Paragraph) or not flow.words.box_heading.fullmatch(block.text):
        return False
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    if not isinstance(after, Paragraph) or after.outline:
        return False
    return bool(after.number and after.number.format == "bullet") or _typed_item(after)


def _typed_item(paragraph: Paragraph) -> bool:
    mark = typed_list_mark(paragraph.text)
    return mark is not None and (mark.kind != "1" or mark.value == 1)


# --- by looks -----------------------------------------------------------------------------------


def _by_looks(
    flow: Flow, title: int | None, subtitles: list[int], tables: set[int]
) -> tuple[int | None, dict[int, int]]:
    """The title and the levels of a file that has no heading styles."""
    taken = {title, *subtitles}
    looks = striking(flow, taken, tables)
    if title is None:
        title, front = _front_page(flow, looks)
        looks = {index: look for index, look in looks.items() if index not in (title, *front)}
    levels = ranked(flow, looks)
    hint = "this file uses no heading styles; correct the level in the section files"
    _tell_looks(flow, levels, looks, hint)
    return title, levels


def _beside_styles(flow: Flow, levels: dict[int, int], tables: set[int]) -> dict[int, int]:
    """The levels of headings by style, and of lines below them that look like headings."""
    boxed = {at for at, block in enumerate(flow.blocks) if is_framed(block)}
    looks = striking(flow, {*levels, *boxed}, tables)
    first = min(levels)
    looks = {at: look for at, look in looks.items() if at > first and _lone(flow.blocks[at])}
    ranks = ranked(flow, looks)
    result: dict[int, int] = {}
    styled = before = 0
    for index in sorted({*levels, *ranks}):
        if index in levels:
            styled = before = levels[index]
        else:
            before = min(styled + ranks[index], before + 1)
        result[index] = before
    hint = "name the styles of the headings (--heading-style) and none is read by its looks"
    _tell_looks(flow, {at: result[at] for at in ranks}, looks, hint)
    return result


def _lone(block: Block) -> bool:
    """Whether a line can be a sub-heading: few words without a mark or a number of its own."""
    if not isinstance(block, Paragraph) or len(block.text.split()) > _MOST_WORDS_BY_LOOKS:
        return False
    return block.number is None and list_mark(block) is None


def _tell_looks(
    flow: Flow, levels: Mapping[int, int], looks: Mapping[int, Strike], hint: str
) -> None:
    for index, level in levels.items():
        block = flow.blocks[index]
        if isinstance(block, Paragraph):
            text = block.text.strip()[:60]
            message = f"read as a heading of level {level} by its looks: '{text}'"
            flow.warn("import-heading", block.ordinal, message, hint)
            seen = f"'{text}': {said(looks[index])}"
            decided, option = f"heading of level {level}", "--heading-style STYLE=LEVEL"
            flow.guess("heading", block.ordinal, seen, decided, option)


def _front_page(flow: Flow, looks: Mapping[int, Strike]) -> tuple[int | None, list[int]]:
    """The title and the other lines of a front page: what stands above the first text and either
    looks like nothing below it, or like the heading of that text."""
    first_text = _first_text(flow.blocks, looks)
    front = [index for index in looks if index < first_text]
    if len(front) < 2 or len(front) == len(looks) or _is_numbered(flow, front[0]):
        return None, []
    below = {looks[index] for index in looks if index >= front[-1]}
    if looks[front[0]] not in below:
        front = [index for index in front if looks[index] not in below]
    elif looks[front[0]] == looks[front[-1]]:
        front = front[:-1]
    else:
        return None, []
    return front[0], front[1:]


def _is_numbered(flow: Flow, index: int) -> bool:
    block = flow.blocks[index]
    return isinstance(block, Paragraph) and bool(depth_of(block, flow.words))


def _first_text(blocks: Sequence[Block], looks: Mapping[int, Strike]) -> int:
    for index, block in enumerate(blocks):
        if index not in looks and isinstance(block, Paragraph) and len(block.text.split()) > 12:
            return index
    return 0


def _without_items(flow: Flow, levels: dict[int, int]) -> dict[int, int]:
    """Levels without headings that stand one below the other, where they are hundreds: a list in
    the style of headings, of which each would become a file."""
    order = [index for index in sorted(levels) if levels[index] < 3]
    if len(order) < _MANY:
        return levels
    following = pairwise(order)
    items = {at for at, below in following if below == at + 1 and levels[at] == levels[below]}
    if items:
        message = f"{len(items)} headings without a word below them were read as paragraphs"
        _warn(flow, min(items), message, "there are too many of them to be sections")
    return {index: level for index, level in levels.items() if index not in items}


# --- levels -------------------------------------------------------------------------------------


def _without_gaps(flow: Flow, levels: Mapping[int, int]) -> dict[int, int]:
    """Levels from 1 without a gap, each at most one below the heading before it."""
    used = {level: at for at, level in enumerate(sorted(set(levels.values())), 1)}
    result: dict[int, int] = {}
    before = 0
    for index in sorted(levels):
        level = used[levels[index]]
        if level > before + 1:
            _warn(
                flow, index, f"a heading skips from level {before} to {level}; it got {before + 1}"
            )
            level = before + 1
        result[index] = before = level
    return result


def _nested(flow: Flow, levels: dict[int, int], tables: set[int]) -> dict[int, int]:
    """Puts headings without a table below the heading with a table that stands before them.

    Where every theme begins with a table of earlier recommendations, a heading of the same style
    without one is a sub-heading of the theme: its paragraphs answer that table.
    """
    order = sorted(levels)
    ends = [*order, len(flow.blocks)][1:]
    sorted_tables = sorted(tables)
    tabled = {
        at
        for at, end in zip(order, ends, strict=True)
        if bisect(sorted_tables, at) < bisect(sorted_tables, end)
    }
    usual = Counter(levels[index] for index in tabled).most_common(1)
    if not usual or usual[0][1] < _FEW_TABLES:
        return levels
    level = usual[0][0]
    result: dict[int, int] = {}
    inside = False
    below: list[int] = []
    for index in order:
        own = levels[index]
        if own < level or (own == level and (index in tabled or _no_theme(flow, index))):
            inside = index in tabled and own == level
        elif inside:
            own += 1
            below.append(index)
        result[index] = own
    if below:
        message = (
            f"{len(below)} headings without a table of earlier recommendations became "
            "sub-headings of the section above them, whose table their paragraphs answer"
        )
        hint = "the option --flat-headings keeps them as sections of their own"
        _warn(flow, below[0], message, hint)
    return result


def _no_theme(flow: Flow, index: int) -> bool:
    block = flow.blocks[index]
    return isinstance(block, Paragraph) and bool(flow.words.no_theme.search(block.text))


def _warn(flow: Flow, index: int, message: str, hint: str = "") -> None:
    block = flow.blocks[index]
    flow.warn("import-heading", block.ordinal, message, hint)
