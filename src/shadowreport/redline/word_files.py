"""Compares two Word files of any origin: pandoc reads both, the comparison is the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shadowreport.core.ast import blocks_of, document, plain, raw_inline, transform, walk
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Block, Inline, Place
from shadowreport.machine.programs import pandoc
from shadowreport.redline.marking import Entry, Stamp, What
from shadowreport.redline.merge_ast import Comparison
from shadowreport.redline.proof import prove, said_in_file
from shadowreport.redline.tokens import Side
from shadowreport.word.read.package import open_package
from shadowreport.word.write.prepared import as_named, prepared
from shadowreport.word.write.tracked import change_mark, settle_marks

_READ = ["-f", "docx+styles", "-t", "json"]


def compare_files(
    old: Path, new: Path, stamp: Stamp
) -> tuple[bytes, list[Entry], list[Diagnostic]]:
    """A Word file with tracked changes in the styles of the new one, the summary's entries, and what
    was left out. Tracked changes in the two are accepted first.

    Raises Failure for a file that is no DOCX, harmful or damaged; ProgramError where pandoc fails.
    """
    problems: list[Diagnostic] = []
    before, after = (_read(path, problems) for path in (old, new))
    marks: list[tuple[str, str]] = []

    def mark(what: str, side: Side, by: Stamp) -> Inline:
        if not marks:
            marks.append((by.author, by.date))
        return raw_inline("openxml", change_mark(what, side, 0))

    comparison = Comparison(lambda *_: stamp, mark, stamp=stamp)
    blocks = comparison.blocks(before, after)
    arguments = ["-f", "json", "-t", "docx", f"--reference-doc={new.resolve()}"]
    data = settle_marks(pandoc(arguments, document(blocks)), marks)
    prove(data, *(said_in_file(open_package(path)) for path in (old, new)), numbers=True)
    return data, _entries(comparison, blocks), problems


def _read(path: Path, problems: list[Diagnostic]) -> list[Block]:
    package = open_package(path)
    problems += package.warnings
    data, boxes = prepared(package)
    if boxes:
        message = f"{boxes} text boxes stand as paragraphs behind those that they hang on"
        problems.append(Diagnostic("not-brought-back", Place(path.name), message))
    _, *blocks = blocks_of(pandoc(_READ, data, reading=False))
    pictures = sum(item["t"] == "Image" for item in walk(blocks))
    if pictures:
        message = f"{pictures} pictures are left out of the comparison"
        problems.append(Diagnostic("not-brought-back", Place(path.name), message))
    return transform(
        blocks,
        {
            "Image": lambda _: [],
            "Div": _division,
            "RawBlock": lambda _: [],
            "RawInline": lambda _: [],
        },
    )


def _division(content: Any) -> Block:
    """Anchors go, since one stands once in a file."""
    (_, classes, pairs), blocks = content
    pairs = [[key, as_named(value)] for key, value in pairs]
    return {"t": "Div", "c": [["", classes, pairs], blocks]}


def _entries(comparison: Comparison, blocks: list[Block]) -> list[Entry]:
    """A line for each block with a change; headings and tables are entered already."""
    found = list(comparison.entries)
    for block in blocks:
        what = _what(block)
        if what and block["t"] in ("Para", "Div", "BulletList", "OrderedList", "BlockQuote"):
            text = " ".join(plain(block).split())
            found.append(Entry(what, "paragraph", "", "", text, comparison.stamp.author))
    return found


def _what(block: Block) -> What | None:
    spans = [item for item in walk(block) if item["t"] == "Span"]
    marked = [item for item in spans if item["c"][0][1][:1] in (["insertion"], ["deletion"])]
    ends = any(item["t"] == "RawInline" for item in walk(block))
    sides = {item["c"][0][1][0] for item in marked}
    if not sides:
        return "changed" if ends else None
    if len(sides) > 1 or not ends or sum(len(plain(item)) for item in marked) < len(plain(block)):
        return "changed"
    return "added" if "insertion" in sides else "removed"
