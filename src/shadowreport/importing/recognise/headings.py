"""What is a heading, and on which level: by style, or by looks where a file has no heading styles."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from shadowreport.importing.options import ImportOptions
from shadowreport.importing.recognise.flow import Flow
from shadowreport.importing.recognise.marks import typed_list_mark, typed_number
from shadowreport.importing.recognise.vocabulary import Vocabulary
from shadowreport.word.content import Block, Paragraph, Run

_MOST_WORDS = 120  # of a styled heading; longer ones are text in the wrong style
_MOST_WORDS_BY_LOOKS = 30
_MANY = 300  # headings that would become files; a report has a tenth of it
_FEW_TABLES = 3  # so many tabled sections make a pattern
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(slots=True)
class Outline:
    """The headings of a flow by the index of their block, with their levels from 1; its title."""

    levels: dict[int, int]
    title: int | None = None
    subtitles: tuple[int, ...] = ()


def outline_of(flow: Flow, options: ImportOptions, tables: Iterable[int]) -> Outline:
    """The outline of a flow; `tables` are the indexes of its tables of earlier recommendations."""
    title, subtitles = _titles(flow.blocks, flow.words)
    taken = {title, *subtitles}
    levels = _by_style(flow, options)
    levels = {index: level for index, level in levels.items() if index not in taken}
    if not levels:
        title, subtitles, levels = _by_looks(flow, title, subtitles)
    levels = _without_gaps(flow, _without_items(flow, levels))
    if options.nest and not flow.ours:
        levels = _nested(flow, levels, set(tables))
    return Outline(levels, title, tuple(subtitles))


# --- by style -----------------------------------------------------------------------------------


def _titles(blocks: Sequence[Block], words: Vocabulary) -> tuple[int | None, list[int]]:
    """The paragraph in the style Title and those in the style Subtitle, where there are any."""
    title: int | None = None
    subtitles: list[int] = []
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or not block.text.strip():
            continue
        if words.is_style("subtitle", block.style):
            subtitles.append(index)
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
        if len(block.text.split()) > _MOST_WORDS:
            message = f"a long paragraph in the style '{block.style}' was read as text, no heading"
            flow.warn("import-heading", block.ordinal, message)
            continue
        found[index] = level
    return found


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
    flow: Flow, title: int | None, subtitles: list[int]
) -> tuple[int | None, list[int], dict[int, int]]:
    looks = {
        index: look
        for index, block in enumerate(flow.blocks)
        if isinstance(block, Paragraph)
        and index not in (title, *subtitles)
        and (look := _look(block, flow.words))
    }
    looks = _without_counted(flow.blocks, looks)
    looks = {
        index: look for index, look in looks.items() if _has_text_below(flow.blocks, looks, index)
    }
    if title is None:
        title, front = _front_page(flow.blocks, looks)
        subtitles = [*subtitles, *front]
    looks = {index: look for index, look in looks.items() if index not in (title, *subtitles)}
    ranks = {look: level for level, look in enumerate(sorted(set(looks.values()), reverse=True), 1)}
    levels = {index: min(ranks[look], 3) for index, look in looks.items()}
    for index, level in levels.items():
        block = flow.blocks[index]
        if isinstance(block, Paragraph):
            message = (
                f"read as a heading of level {level} by its looks: '{block.text.strip()[:60]}'"
            )
            hint = "this file uses no heading styles; correct the level in the section files"
            flow.warn("import-heading", block.ordinal, message, hint)
    return title, subtitles, levels


def _look(paragraph: Paragraph, words: Vocabulary) -> tuple[int, ...] | None:
    """What makes a paragraph look like a heading, the more striking the greater; None if nothing."""
    text = paragraph.text.strip()
    if not text or len(text.split()) > _MOST_WORDS_BY_LOOKS or text[-1] in ".;:,":
        return None
    if not _LETTERS.search(text) or words.box_heading.fullmatch(text):
        return None
    if paragraph.number is not None and paragraph.number.format == "bullet":
        return None
    runs = [run for run in paragraph.runs() if run.text.strip()]
    caps = _in_capitals(text, runs)
    bold = all(run.look.bold for run in runs)
    underlined = all(run.look.underline for run in runs)
    if not (caps or bold or underlined):
        return None
    size = max((run.look.size for run in runs), default=0)
    return (size, caps, paragraph.frame.centred, bold, underlined)


def _in_capitals(text: str, runs: Sequence[Run]) -> bool:
    letters = _LETTERS.findall(text)
    shown = all(run.look.caps for run in runs) and bool(runs)
    return shown or (len(letters) >= 4 and text.upper() == text and text.lower() != text)


def _has_text_below(
    blocks: Sequence[Block], looks: Mapping[int, tuple[int, ...]], index: int
) -> bool:
    """Whether text follows soon: a heading may be followed by a few others, not by the end."""
    return any(at not in looks for at in range(index + 1, min(index + 6, len(blocks))))


def _without_counted(
    blocks: Sequence[Block], looks: Mapping[int, tuple[int, ...]]
) -> dict[int, tuple[int, ...]]:
    """Looks without paragraphs whose typed numbers count on from one to the very next: these are
    text in bold. Numbered headings have text between them."""
    counted: set[int] = set()
    for index in looks:
        first, second = (
            typed_number(block.text) if isinstance(block, Paragraph) else None
            for block in (blocks[index], blocks[index + 1] if index + 1 < len(blocks) else None)
        )
        if first and second and second.value == first.value + 1:
            counted.update((index, index + 1))
    return {index: look for index, look in looks.items() if index not in counted}


def _front_page(
    blocks: Sequence[Block], looks: Mapping[int, tuple[int, ...]]
) -> tuple[int | None, list[int]]:
    """The title and the other lines of a front page: what stands above the first text and either
    looks like nothing else in the file, or like the heading of that text."""
    first_text = _first_text(blocks, looks)
    counts = Counter(looks.values())
    front = [index for index in looks if index < first_text]
    if len(front) < 2 or len(front) == len(looks):
        return None, []
    if counts[looks[front[0]]] == 1:
        front = [index for index in front if counts[looks[index]] == 1]
    elif looks[front[0]] == looks[front[-1]]:
        front = front[:-1]
    else:
        return None, []
    return front[0], front[1:]


def _first_text(blocks: Sequence[Block], looks: Mapping[int, tuple[int, ...]]) -> int:
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
