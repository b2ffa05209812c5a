"""Turns a Word file round for a language whose lines run to the left.

Paragraphs, sections and tables say that they run from the right (17.3.1.6, 17.6.1, 17.4.1), and runs
that their letters do (17.3.2.30), except what stands in an isolate: Word takes the direction of a run
from its mark, other programs from the isolate.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from shadowreport.core.direction import END, START, runs_left
from shadowreport.word.names import NAMESPACES
from shadowreport.word.write.order import put, within
from shadowreport.word.write.zip import Parts

_W = f"{{{NAMESPACES['w']}}}"
_PARTS = re.compile(r"word/(document|footnotes|header\d*|footer\d*)\.xml")
_COMPLEX = {"b": "bCs", "i": "iCs"}  # the look of letters of such scripts has names of its own


def turn(package: Parts) -> None:
    """Turns all that is shown of a file."""
    for name in filter(_PARTS.fullmatch, package.names()):
        root = package.tree(name)
        for paragraph in list(root.iter(_W + "p")):
            put(within(paragraph, "w:pPr"), "w:bidi")
        for run in list(root.iter(_W + "r")):
            for piece in _pieces(run):
                if not _is_latin(piece):
                    put(within(piece, "w:rPr"), "w:rtl")
        for table in root.iter(_W + "tblPr"):
            put(table, "w:bidiVisual")
        for section in root.iter(_W + "sectPr"):
            put(section, "w:bidi")
        _complex_look(root)
    styles = package.tree("word/styles.xml")
    _complex_look(styles)
    for borders in styles.iter(_W + "pBdr"):
        _swap(borders)


def _pieces(run: Any) -> Iterator[Any]:
    """The run, or the runs into which its isolates divide it."""
    texts = run.findall(_W + "t")
    others = [child for child in run if child.tag not in (_W + "t", _W + "rPr")]
    if len(texts) != 1 or others or START not in (texts[0].text or ""):
        yield run
        return
    parts = re.split(f"({START}[^{END}]*{END})", texts[0].text)
    for part in filter(None, parts):
        piece = copy.deepcopy(run)
        piece.find(_W + "t").text = part
        run.addprevious(piece)
        yield piece
    run.getparent().remove(run)


def _is_latin(run: Any) -> bool:
    text = "".join(item.text or "" for item in run.iter(_W + "t"))
    return START in text or (bool(re.search("[A-Za-z]", text)) and not runs_left(text))


def _complex_look(root: Any) -> None:
    for name, other in _COMPLEX.items():
        for element in list(root.iter(_W + name)):
            if element.getparent().find(_W + other) is not None:
                continue
            twin = copy.deepcopy(element)
            twin.tag = _W + other
            element.addnext(twin)


def _swap(borders: Any) -> None:
    """A border stands where its name says, wherever the lines begin."""
    start, end = borders.find(_W + "left"), borders.find(_W + "right")
    if start is not None and end is not None:
        one, other = dict(start.attrib), dict(end.attrib)
        for element, attributes in ((start, other), (end, one)):
            element.attrib.clear()
            element.attrib.update(attributes)
    elif start is not None:
        start.tag = _W + "right"
    elif end is not None:
        end.tag = _W + "left"
