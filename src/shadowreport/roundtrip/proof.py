"""The proof of a merge: the new sources, read by pandoc, say what the returned file says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

from shadowreport.compare.text import NOTE, PICTURE, normal
from shadowreport.core.numbering import is_person, is_reference
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place
from shadowreport.roundtrip.carry import carry_over
from shadowreport.roundtrip.returned import WordFile, WordText, commas_between
from shadowreport.roundtrip.steps import Script
from shadowreport.roundtrip.work import Authors
from shadowreport.source.ids import Ids
from shadowreport.source.leaf import Char, Leaf, Outline
from shadowreport.source.section_map import Text, outline

_NOT_COMPARED = ("cell", "caption", "picture")
_SILENT = (NOTE, PICTURE, "–", "—", "-", "¶")
_BEFORE, _BEHIND = 30, 50  # characters shown around a difference


def prove(
    steps: Script,
    bases: Mapping[str, Outline],
    back: WordFile,
    ids: Ids,
    abbreviations: Collection[str],
) -> list[Diagnostic]:
    """Puts the steps into the sources that were sent, and compares the result with the file.

    Numbers are left out of it, since programs count them anew; so are tables and dashes.
    """
    found: list[Diagnostic] = []
    everybody = Authors(lambda _: True, lambda who: who or "unknown")
    alone = carry_over(steps, bases, bases, back, ids, abbreviations, everybody)
    for name, text in alone.texts.items():
        base = bases[name]
        new = outline(Text(text, base.file, name, base.public), base.labels)
        shown = [_shown(leaf, text) for leaf in new.leaves if leaf.kind not in _NOT_COMPARED]
        wanted = [_wanted(text) for text in steps.expected.get(name, []) if text.cell[0] < 0]
        for one, other in _differing(shown, wanted):
            found.append(_difference(base.file, one, other))
    return found


@dataclass(frozen=True, slots=True)
class _Said:
    """What a paragraph says, and where it stands."""

    text: str
    anchor: str = ""
    line: int = 1

    @property
    def letters(self) -> str:
        """The text without spaces, numbers, dashes and marks of notes."""
        return "".join(mark for mark in normal(self.text) if _counts(mark))


def _shown(leaf: Leaf, source: str) -> _Said:
    text = "".join(char.text for char in leaf.chars if not char.atom or _is_name(char))
    return _Said(text, leaf.anchor, source.count("\n", 0, leaf.start) + 1)


def _wanted(text: WordText) -> _Said:
    between = commas_between(text.chars)
    kept = (char for at, char in enumerate(text.chars) if not char.reference and at not in between)
    return _Said("".join(char.text for char in kept))


def _counts(mark: str) -> bool:
    return not (mark.isspace() or mark.isdigit() or mark in _SILENT)


def _differing(
    shown: list[_Said], wanted: list[_Said]
) -> Iterator[tuple[Sequence[_Said], Sequence[_Said]]]:
    one = [item for item in shown if item.letters]
    other = [item for item in wanted if item.letters]
    rows = [[item.letters for item in row] for row in (one, other)]
    for tag, a, b, c, d in SequenceMatcher(None, *rows, autojunk=False).get_opcodes():
        if tag != "equal":
            yield one[a:b], other[c:d]


def _difference(file: str, shown: Sequence[_Said], wanted: Sequence[_Said]) -> Diagnostic:
    """The first difference of some paragraphs, with the words around it."""
    now, theirs = (_Said(" ¶ ".join(item.text for item in row)) for row in (shown, wanted))
    same = sum(
        1
        for _ in takewhile(
            lambda pair: pair[0] == pair[1], zip(now.letters, theirs.letters, strict=False)
        )
    )
    place = next((f"paragraph {item.anchor} " for item in shown if item.anchor), "")
    line = shown[0].line if shown else 1
    message = f"{place}reads '{_around(now, same)}' now, but the returned file has '{_around(theirs, same)}'"
    hint = "compare the place with the Word file"
    return Diagnostic("differs-after-merge", Place(file, line), message, hint)


def _around(said: _Said, letters: int) -> str:
    """The words around a letter of a text."""
    at = 0
    while at < len(said.text) and letters:
        letters -= _counts(normal(said.text[at]))
        at += 1
    start, end = max(0, at - _BEFORE), at + _BEHIND
    text = " ".join(said.text[start:end].replace(NOTE, "").replace(PICTURE, "").split())
    return f"{'…' if start else ''}{text}{'…' if end < len(said.text) else ''}"


def _is_name(char: Char) -> bool:
    """Whether it is of a source or a person that the text itself names."""
    kind, _, key = char.atom.partition(" ")
    return kind == "ref" and (is_person(key) or not is_reference(key))
