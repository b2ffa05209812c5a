"""Recognises what the blocks of a Word file are; assemble.py makes a draft of a report from them.

Order matters, because each step narrows the next: tables of earlier recommendations, then headings
(which those tables help to nest), then boxes, then the running numbers among what is left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from shadowreport.core.problems import Diagnostic, Failure, did_you_mean
from shadowreport.core.report import Place
from shadowreport.importing.draft import Box
from shadowreport.importing.options import ImportOptions
from shadowreport.importing.recognise.boxes import (
    BoxWords,
    box_of_paragraphs,
    box_of_table,
    framed_run,
    is_framed,
)
from shadowreport.importing.recognise.captions import captions_of
from shadowreport.importing.recognise.demands import DemandTable, is_demand_table, read_demand_table
from shadowreport.importing.recognise.flow import Flow, flow_of
from shadowreport.importing.recognise.grids import tell_flattened
from shadowreport.importing.recognise.headings import Outline, outline_of
from shadowreport.importing.recognise.marks import list_mark
from shadowreport.importing.recognise.numbers import RunningNumbers, running_numbers
from shadowreport.importing.recognise.tongue import language_of
from shadowreport.importing.recognise.vocabulary import Vocabulary
from shadowreport.word import ours
from shadowreport.word.content import Block, Document, Paragraph, Table, paragraphs_of


@dataclass(slots=True)
class Recognised:
    """What each block of a flow is, by its index. `taken` are those that another one swallowed."""

    flow: Flow
    outline: Outline
    numbers: RunningNumbers
    language: str
    demands: dict[int, DemandTable] = field(default_factory=dict)
    boxes: dict[int, Box] = field(default_factory=dict)
    captions: dict[int, Paragraph] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)


def recognise(document: Document, options: ImportOptions, words: Vocabulary) -> Recognised:
    """What each block of a document is; its flow carries the diagnostics."""
    flow = flow_of(document, words)
    _check_styles(flow, "--heading-style", options.heading_styles)
    _check_styles(flow, "--numbered-style", options.numbered_styles)
    committee = _committee(document, flow)
    demands = {
        index: read_demand_table(block, flow, committee)
        for index, block in enumerate(flow.blocks)
        if isinstance(block, Table) and is_demand_table(block, words)
    }
    _tell_tables(flow, demands)
    outline = outline_of(flow, options, demands)
    language = options.language or language_of(document, flow)
    found = Recognised(flow, outline, RunningNumbers({}, []), language, demands)
    found.taken.update(outline.cover.lines)
    _find_boxes(found, BoxWords.of(options, words))
    tables = (block for at in found.boxes if isinstance(block := flow.blocks[at], Table))
    tell_flattened(document, tables, flow)
    found.captions = captions_of(flow, found.taken, {*demands, *found.boxes})
    styles = (*options.numbered_styles, ours.NUMBERED)
    known = found.taken | set(found.boxes)
    found.numbers = running_numbers(flow.blocks, outline.levels, known, styles)
    for index, message in found.numbers.problems:
        flow.warn("import-number", flow.blocks[index].ordinal, message, "look at the source there")
    return found


def _check_styles(flow: Flow, option: str, names: Iterable[str]) -> None:
    """A style that a person names is one of the file. Raises Failure where it is none."""
    known = {block.style for block in flow.blocks if isinstance(block, Paragraph)}
    for name in names:
        if name.lower() not in {style.lower() for style in known}:
            message, hint = (
                f"{option} {name}: no paragraph has this style",
                did_you_mean(name, known),
            )
            raise Failure([Diagnostic("import-option", Place(option), message, hint)])


def _committee(document: Document, flow: Flow) -> str:
    """The committee that the title or the first pages name."""
    first = (paragraph.text for paragraph in paragraphs_of(flow.blocks[:40]))
    return flow.words.committee_of(" ".join((document.properties.title, *first)))


# --- boxes --------------------------------------------------------------------------------------


def _find_boxes(found: Recognised, words: BoxWords) -> None:
    blocks = found.flow.blocks
    for index, block in enumerate(blocks):
        if index in found.taken or index in found.outline.levels or index in found.demands:
            continue
        if isinstance(block, Table):
            box = box_of_table(block, words)
            inside = 1
        else:
            box, inside = _box_of_flow(found, index, words)
        if box:
            found.boxes[index] = box
            _tell_box(found.flow, block, box)
            found.taken.update(range(index + 1, index + inside))


def _box_of_flow(found: Recognised, index: int, words: BoxWords) -> tuple[Box | None, int]:
    """A box that begins with a paragraph, and how many blocks it takes."""
    blocks = found.flow.blocks
    first = blocks[index]
    if not isinstance(first, Paragraph) or not (words.heads(first) or words.opens(first)):
        return None, 0
    framed = framed_run(blocks, index)
    inside = (
        framed
        if len(framed) > 1 or words.opens(first)
        else [first, *_below(found, index, several=words.heads_several(first))]
    )
    box = box_of_paragraphs(inside or [first], words)
    if box and not framed:
        message = f"the paragraphs below '{box.heading}' were read as a box"
        hint = "look whether it ends where it should"
        found.flow.warn("import-box", first.ordinal, message, hint)
    return box, len(inside)


def _below(found: Recognised, index: int, *, several: bool) -> list[Paragraph]:
    """The paragraphs below the heading of a box without a frame: a list, or the next paragraph;
    below one that speaks of several, all of that one's style up to a mark."""
    result: list[Paragraph] = []
    previous = None
    for at in range(index + 1, len(found.flow.blocks)):
        block = found.flow.blocks[at]
        if not isinstance(block, Paragraph) or at in found.outline.levels:
            break
        mark = list_mark(block)
        if not result:
            if mark and mark.kind == "1" and mark.value != 1 and mark.length:
                break
        elif not (
            several and (mark, previous) == (None, None) and block.style == result[0].style
        ) and (
            mark is None
            or previous is None
            or (
                mark.kind == "1"
                and mark.level == previous.level
                and mark.value != previous.value + 1
            )
            or (mark.level == previous.level and mark.kind != previous.kind)
        ):
            break
        result.append(block)
        previous = mark
    return result


def _tell_box(flow: Flow, block: Block, box: Box) -> None:
    frame = "a frame or table of one column" if isinstance(block, Table) else ""
    frame = frame or ("a frame or shade" if is_framed(block) else "what stands below")
    count = len(box.recommendations)
    decided = f"box of {count} recommendation{'s' if count > 1 else ''}"
    flow.guess("box", box.ordinal, f"'{box.heading}' and {frame}", decided, "--box-heading WORDS")


def _tell_tables(flow: Flow, demands: dict[int, DemandTable]) -> None:
    for table in demands.values():
        heads = " | ".join(cycle.heading for cycle in table.columns.values())
        keys = ", ".join(cycle.key for cycle in table.columns.values())
        decided = f"earlier recommendations: {keys}"
        flow.guess("table", table.ordinal, f"'{heads[:80]}'", decided, "--cycle YEAR=SYMBOL")
