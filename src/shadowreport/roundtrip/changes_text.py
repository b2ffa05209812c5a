"""The changes of a paragraph put into its source."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from shadowreport.compare.text import BREAK, NOTE, normal
from shadowreport.compare.words import splice
from shadowreport.roundtrip.change import (
    NEW_BREAK,
    WRAP_FORMATS,
    Change,
    Op,
    atom_spans,
    ends_key,
    has_format,
    text_of,
)
from shadowreport.roundtrip.edges import blanks_outside, with_edges
from shadowreport.roundtrip.markdown import Marks, Piece, write
from shadowreport.roundtrip.returned import commas_between
from shadowreport.source.leaf import BY_SENTENCES, Wrap
from shadowreport.source.sentences import by_sentences
from shadowreport.source.write import guard_start


def apply(
    change: Change,
    included: Callable[[str], bool],
    marks: Marks,
    abbreviations: Collection[str],
) -> str:
    """The source with the changes of the authors that are included.

    BREAK stands where paragraphs were and stay apart, NEW_BREAK where one was split.
    """
    edits: list[tuple[int, int, str]] = []
    for op in change.ops:
        if included(op.author):
            edits += _edits(change, op, marks, abbreviations)
    if not edits:
        return change.source
    edits = with_edges(edits, change.wraps)
    return _tidy(change, blanks_outside(splice(change.source, sorted(edits, key=_place))))


def _place(edit: tuple[int, int, str]) -> tuple[int, int]:
    """Where an edit belongs; none lies inside another, since operations are widened to whole atoms and markup."""
    return edit[:2]


def _edits(
    change: Change,
    op: Op,
    marks: Marks,
    abbreviations: Collection[str],
) -> list[tuple[int, int, str]]:
    covered = [
        wrap
        for wrap in change.wraps
        if op.i1 <= wrap.first and op.i2 >= wrap.last and wrap.last > wrap.first
    ]
    around = [wrap for wrap in change.wraps if wrap not in covered and _surrounds(wrap, op, change)]
    inside = frozenset(WRAP_FORMATS[wrap.kind] for wrap in around if wrap.kind in WRAP_FORMATS)
    text = write(_pieces(change, op), inside, marks).replace(BREAK, NEW_BREAK)
    if change.kind == "title":
        text = text_of(change.back[op.j1 : op.j2])
    spans = [(char.start, char.end) for char in change.chars[op.i1 : op.i2]]
    spans += [(wrap.start, wrap.end) for wrap in covered]
    if not spans:
        at = _position(change, op.i1, around)
        return [(at, at, _by_sentences(change, at, text, abbreviations))]
    merged = _merged(spans)
    first = merged[0]
    return [
        (first[0], first[1], _by_sentences(change, first[0], text, abbreviations)),
        *((a, b, "") for a, b in merged[1:]),
    ]


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    row: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if row and start <= row[-1][1]:
            row[-1] = (row[-1][0], max(row[-1][1], end))
        else:
            row.append((start, end))
    return row


def _surrounds(wrap: Wrap, op: Op, change: Change) -> bool:
    if op.i1 == op.i2 and op.i1 in (wrap.first, wrap.last):
        name = WRAP_FORMATS.get(wrap.kind, "")
        new = [char for char in change.back[op.j1 : op.j2] if char.text.strip()]
        return (
            bool(new)
            and bool(name)
            and wrap.kind != "Autolink"
            and all(has_format(char, name) for char in new)
        )
    return wrap.first <= op.i1 and op.i2 <= wrap.last


def _position(change: Change, at: int, around: list[Wrap]) -> int:
    """Where in the source a text goes that is put before a character."""
    place = change.chars[at - 1].after if at else 0
    if at and change.chars[at - 1].atom == "break":
        place = change.chars[at - 1].end
    for wrap in change.wraps:
        if wrap.last == at and wrap not in around and wrap.first < at:
            place = max(place, wrap.end)
        if wrap.first == at and wrap in around:
            place = max(place, wrap.inner_start)
    return place


def _pieces(change: Change, op: Op) -> list[Piece]:
    """The characters to write; those that the source has already keep it as it is written."""
    same: dict[int, int] = {}
    old = [normal(char.text) for char in change.base[op.i1 : op.i2]]
    new = [normal(char.text) for char in change.back[op.j1 : op.j2]]
    for j in range(op.j1, op.j2):  # a mark is what it was by its note's text: all marks look alike
        if change.back[j].text == NOTE and change.marks.get(j, -1) not in range(op.i1, op.i2):
            new[j - op.j1] = ""
    if old and new:
        from difflib import SequenceMatcher

        for a, b, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
            same.update({op.j1 + b + step: op.i1 + a + step for step in range(size)})
    for low, high in atom_spans(change.chars):
        if not {low, high - 1} <= set(same.values()):
            same = {j: i for j, i in same.items() if not low <= i < high}
    between = commas_between(change.back)
    pieces: list[Piece] = []
    for j in range(op.j1, op.j2):
        char = change.back[j]
        i = same.get(j, -1)
        base = change.chars[i] if i >= 0 else None
        if base and base.atom and not base.atom.startswith(("generated", "break")):
            source = change.source[base.start : base.end]
            if base.atom.startswith("ref") and source.startswith("@") and "{" not in source:
                behind = next(
                    (
                        text_of([item])
                        for at, item in enumerate(change.back[j:], j)
                        if same.get(at, -1) < 0 or change.chars[same[at]].start != base.start
                    ),
                    " ",
                )
                source = source if ends_key(behind) else f"@{{{source[1:]}}}"
            pieces.append(Piece(char, source, base.start))
        elif j not in between:
            pieces.append(Piece(char))
    return pieces


def _by_sentences(change: Change, at: int, text: str, abbreviations: Collection[str]) -> str:
    if change.kind not in BY_SENTENCES or " " not in text:
        return text
    before = change.source[max(0, at - 15) : at]
    after = change.source[at : at + 2].lstrip()[:1]
    cut = by_sentences(before + text + after, abbreviations)
    return cut[len(before) : len(cut) - len(after)] if after else cut[len(before) :]


def _tidy(change: Change, text: str) -> str:
    """No spaces at the ends of lines that changed, and no line that begins like other markup."""
    old = set(change.source.split("\n"))
    pieces: list[str] = []
    for piece in re.split(f"([{BREAK}{NEW_BREAK}])", text):
        lines = piece.strip().split("\n") if piece not in (BREAK, NEW_BREAK) else [piece]
        kept = [
            line if line in old or line in (BREAK, NEW_BREAK) else _line(change, line)
            for line in lines
        ]
        pieces.append("\n".join(line for line in kept if line.strip(" \t") or len(kept) == 1))
    return "".join(pieces)


def _line(change: Change, line: str) -> str:
    if change.kind == "title":
        return line.strip()
    bare = line.lstrip(" \t>")
    lead = line[: len(line) - len(bare)] if change.kind in ("item", "quote") else ""
    tidy = re.sub(r"(?<=\S) {2,}(?=\S)", " ", bare.rstrip(" \t"))
    return lead + guard_start(tidy)
