"""Which paragraphs look like headings, where no style says so, and which strike the eye more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence

from shadowreport.importing.recognise.flow import Flow
from shadowreport.importing.recognise.marks import list_mark, typed_number
from shadowreport.importing.recognise.vocabulary import Vocabulary
from shadowreport.word.content import Block, Look, Paragraph, Run, Table

Strike = tuple[int, ...]  # how much a paragraph strikes the eye; the greater, the more

_MOST_WORDS = 120  # of a bold or capital heading, as of a styled one
_MOST_WORDS_PLAIN = 20  # of one in italics, in colour, centred
_MOST_SENTENCE = 30  # longer bold text that ends with a full stop is a heading above a table only
_TEXT_WORDS = 12  # shorter paragraphs say little about how the text looks
_LARGER = 1.09  # how much larger than the text a heading is at least
_LETTERS = re.compile(r"[^\W\d_]")
_DECIMAL = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+(?=[^\W\d_])")


def striking(flow: Flow, taken: Container[int], tables: Iterable[int]) -> dict[int, Strike]:
    """The paragraphs that look like headings, by their index; `tables` are those of earlier
    recommendations, above which a heading may be a whole sentence."""
    demands = set(tables)
    usual = _usual(flow.blocks)
    looks: dict[int, Strike] = {}
    for index, block in enumerate(flow.blocks):
        if isinstance(block, Paragraph) and index not in taken:
            look = _strike(block, usual, _Around(flow.blocks, index, demands), flow.words)
            if look:
                looks[index] = look
    looks |= _numbered(flow.blocks, looks, taken)
    looks = _without_counted(flow.blocks, looks)
    return {at: look for at, look in looks.items() if _has_text_below(flow.blocks, looks, at)}


class _Around:
    """What stands above and below a paragraph."""

    def __init__(self, blocks: Sequence[Block], index: int, demands: Container[int]) -> None:
        self.above = blocks[index - 1] if index else None
        self.below = blocks[index + 1] if index + 1 < len(blocks) else None
        self.tabled = index + 1 in demands
        self.by_table = isinstance(self.above, Table) or (
            isinstance(self.below, Table) and not self.tabled
        )

    def leads_on(self) -> bool:
        """Whether what stands below is an item of a list, or goes on in a small letter."""
        below = self.below
        if not isinstance(below, Paragraph):
            return not self.tabled
        mark = list_mark(below)
        return below.text.strip()[:1].islower() or (
            mark is not None and (mark.kind != "1" or mark.delimiter != ".")
        )


def _usual(blocks: Sequence[Block]) -> Look:
    """How most of the text looks."""
    looks: Counter[Look] = Counter()
    sizes: Counter[int] = Counter()
    colours: Counter[str] = Counter()
    for block in blocks:
        if isinstance(block, Paragraph) and len(block.text.split()) >= _TEXT_WORDS:
            for run in block.runs():
                looks[run.look] += len(run.text)
                sizes[run.look.size] += len(run.text)
                colours[run.look.colour] += len(run.text)
    if not looks:
        return Look()
    return Look(size=sizes.most_common(1)[0][0], colour=colours.most_common(1)[0][0])


def _strike(paragraph: Paragraph, usual: Look, around: _Around, words: Vocabulary) -> Strike | None:
    """What makes a paragraph look like a heading; None where nothing does."""
    text = paragraph.text.strip()
    if not _may_head(paragraph, text, words):
        return None
    runs = [run for run in paragraph.runs() if run.text.strip()]
    size = max((run.look.size for run in runs), default=0)
    caps = in_capitals(text, runs)
    bold = all(run.look.bold for run in runs)
    underlined = all(run.look.underline for run in runs)
    small = all(run.look.small_caps for run in runs)
    italic = all(run.look.italic for run in runs)
    coloured = all(run.look.colour not in ("", usual.colour) and not run.link for run in runs)
    larger = bool(usual.size) and size >= usual.size * _LARGER
    centred = paragraph.frame.centred
    strong = caps or bold or underlined or larger or small
    weak = (italic or coloured or centred) and not around.by_table
    count = len(text.split())
    if not (strong or weak) or not _ends_well(text, count, bold or underlined, around):
        return None
    if count > (_MOST_WORDS if strong else _MOST_WORDS_PLAIN):
        return None
    if not strong and (_quotes(paragraph, text) or around.leads_on()):
        return None
    return (size, caps, small, centred, bold, underlined, coloured, italic)


def said(look: Strike) -> str:
    """What strikes the eye, in words."""
    names = ("capitals", "small capitals", "centred", "bold", "underlined", "coloured", "italic")
    shown = [name for name, there in zip(names, look[1:], strict=True) if there]
    size = f"{look[0] / 2:g} points" if look[0] else ""
    return ", ".join(filter(None, [*shown, size])) or "a number of a row 1, 1.1"


def _may_head(paragraph: Paragraph, text: str, words: Vocabulary) -> bool:
    """Whether a paragraph is not something else already: a box, a caption, an item of a list."""
    if not _LETTERS.search(text) or words.box_heading.fullmatch(text):
        return False
    if words.is_style("caption", paragraph.style) or words.figure_caption.match(text):
        return False
    if words.box_heading_inline.match(text) or words.caption.match(text):
        return False
    mark = list_mark(paragraph)
    return mark is None or mark.kind != "bullet"


def _ends_well(text: str, count: int, bold: bool, around: _Around) -> bool:
    """Whether a text ends as headings do: with a colon only in bold, and not above its list."""
    if text[-1] == ":":
        return bold and count <= _MOST_SENTENCE and not around.leads_on()
    if text[-1] == ".":
        return bold and around.tabled
    return text[-1] not in ";,"


def _quotes(paragraph: Paragraph, text: str) -> bool:
    return text[0] in '«“"„‘' or paragraph.frame.left > 0 or paragraph.frame.right > 0


def in_capitals(text: str, runs: Sequence[Run]) -> bool:
    """Whether a text stands in capital letters, typed or by its look."""
    letters = _LETTERS.findall(text)
    shown = all(run.look.caps for run in runs) and bool(runs)
    return shown or (len(letters) >= 4 and text.upper() == text and text.lower() != text)


# --- numbers ------------------------------------------------------------------------------------


def _numbered(
    blocks: Sequence[Block], looks: Mapping[int, Strike], taken: Container[int]
) -> dict[int, Strike]:
    """Short lines numbered 1, 1.1, 1.1.1 that look like text: headings, where both kinds are there
    and text stands between them."""
    found: dict[int, str] = {}
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and index not in taken and index not in looks:
            label = _label(block)
            words = len(block.text.split())
            if label and words <= _TEXT_WORDS and block.text.strip()[-1:] not in ".;:,":
                found[index] = label
    deep = {label.rpartition(".")[0] for label in found.values() if "." in label}
    kept = {at: label for at, label in found.items() if "." in label or label in deep}
    flat = [at for at in kept if at + 1 in kept and len(kept[at]) == len(kept[at + 1])]
    if flat or not any(label in deep for label in kept.values()):
        return {}
    return dict.fromkeys(kept, (0,) * 8)


def _label(paragraph: Paragraph) -> str:
    """The decimal number before a paragraph, automatic or typed, such as 1.2."""
    number = paragraph.number
    if number is not None:
        return number.label.strip(". )") if number.format == "decimal" else ""
    match = _DECIMAL.match(paragraph.text)
    return match[1] if match else ""


def depth_of(paragraph: Paragraph, words: Vocabulary) -> str:
    """The kind of the number before a heading: part, I, A, 1, 1.1; empty where there is none."""
    label = _label(paragraph)
    if label:
        return ".".join("1" for _ in label.split("."))
    match = words.heading_number.match(paragraph.text)
    if words.part_number.match(paragraph.text):
        return "part"
    if not match:
        return ""
    letters = match[0].strip(" .):\t")
    return "I" if set(letters) <= set("IVXLC") and letters not in ("C", "L") else "A"


def ranked(flow: Flow, looks: Mapping[int, Strike]) -> dict[int, int]:
    """The level of each heading from 1: by its look, and where looks agree by its number."""
    kinds: list[str] = []
    kind_of: dict[int, str] = {}
    for index in sorted(looks):
        block = flow.blocks[index]
        kind = depth_of(block, flow.words) if isinstance(block, Paragraph) else ""
        kind_of[index] = kind
        if kind and kind not in kinds:
            kinds.append(kind)
    bare = 1 if kinds[:1] == ["part"] else 0  # below a numbered part stand headings without one

    def key(index: int) -> tuple[Strike, int]:
        kind = kind_of[index]
        return looks[index], -(kinds.index(kind) if kind else bare)

    levels = {found: at for at, found in enumerate(sorted({*map(key, looks)}, reverse=True), 1)}
    return {index: min(levels[key(index)], 3) for index in looks}


# --- what only looks so -------------------------------------------------------------------------


def _has_text_below(blocks: Sequence[Block], looks: Mapping[int, Strike], index: int) -> bool:
    """Whether text follows soon: a heading may be followed by a few others, not by the end."""
    return any(at not in looks for at in range(index + 1, min(index + 6, len(blocks))))


def _without_counted(blocks: Sequence[Block], looks: Mapping[int, Strike]) -> dict[int, Strike]:
    """Looks without paragraphs whose typed numbers count on from one to the very next: these are
    text in bold. Numbered headings have text between them."""
    counted: set[int] = set()
    for index in looks:
        first, second = (
            typed_number(block.text) if isinstance(block, Paragraph) else None
            for block in (blocks[index], blocks[index + 1] if index + 1 < len(blocks) else None)
        )
        if (
            first
            and second
            and second.value == first.value + 1
            and first.label.count(".") == second.label.count(".")
        ):
            counted.update((index, index + 1))
    return {index: look for index, look in looks.items() if index not in counted}
