"""The proof of a redline: with all changes accepted it says what the new state says, with all rejected
what the old one says. A file of which that is not true is never written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any

from shadowreport.compare.text import normal
from shadowreport.core.ast import CAPTION_NUMBER
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.resolve.resolved import Resolved
from shadowreport.word.read.letters import letters
from shadowreport.word.read.package import Package, read_package
from shadowreport.word.read.settle import Way

_WAYS: dict[Way, str] = {"reject": "old", "accept": "new"}
_SHOWN = 20, 40  # signs before and behind the first difference
_OWN_WAY = str.maketrans("", "", "\"'-–—\u00ad☐☒")  # what programs write in their own way


def said(texts: Iterable[str]) -> str:
    """All signs of some texts, less spaces, quotation marks, dashes and boxes to tick."""
    return "".join("".join(map(normal, texts)).split()).translate(_OWN_WAY)


def said_in_state(state: Resolved) -> str:
    """What a report says. Numbers that are counted are left out, since they are no changes."""
    return said(_texts([state.cover, state.blocks()]))


def said_in_file(package: Package) -> str:
    """What a Word file says; tracked changes in it are accepted."""
    return said(letters(package, "accept"))


def prove(data: bytes, old: str, new: str, *, numbers: bool) -> None:
    """Holds a redline against what both states say. Raises Failure where it would say something else."""
    states: dict[Way, str] = {"reject": old, "accept": new}
    for way, wanted in states.items():
        found = said(letters(read_package(data, "redline.docx"), way, numbers=numbers))
        if found != wanted:
            raise Failure([_difference(way, found, wanted)])


def _difference(way: Way, found: str, wanted: str) -> Diagnostic:
    pairs = zip(found, wanted, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    cut = slice(max(0, same - _SHOWN[0]), same + _SHOWN[1])
    message = (
        f"with all changes {way}ed the file would read '{found[cut]}' where the {_WAYS[way]} state "
        f"has '{wanted[cut]}' (without spaces); it was not written"
    )
    hint = "please report it; 'invoke diff' lists the changes between two states of a report"
    return Diagnostic("redline-unproved", Place("sections"), message, hint)


def _texts(value: Any) -> Iterator[str]:
    """The words of an AST; pictures have none, and what is counted is none."""
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        yield from _of_element(value["t"], value.get("c"))


def _of_element(kind: str, content: Any) -> Iterator[str]:
    if kind == "Str":
        yield content
    elif kind in ("Code", "CodeBlock"):
        yield content[1]
    elif kind == "Figure":
        yield from _texts([content[2], content[1]])  # the caption stands below
    elif kind not in ("Image", "RawInline", "RawBlock") and not _counted(kind, content):
        yield from _texts(content[1] if kind == "Cite" else content)


def _counted(kind: str, content: Any) -> bool:
    classes = content[0][1] if kind in ("Link", "Span") else []
    return classes in (["ref"], [CAPTION_NUMBER])
