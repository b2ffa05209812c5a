"""The proof of a merge: the new sources, read by pandoc, say what the returned file says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place
from shadowreport.roundtrip.carry import carry_over
from shadowreport.roundtrip.returned import WordFile
from shadowreport.roundtrip.said import Said, in_source, in_word
from shadowreport.roundtrip.steps import Script
from shadowreport.roundtrip.work import Authors
from shadowreport.source.ids import Ids
from shadowreport.source.leaf import Outline
from shadowreport.source.section_map import Text, outline

_NOT_COMPARED = ("cell", "caption", "picture")
_SHOWN = 30, 50  # characters before and behind a difference


def prove(
    steps: Script,
    bases: Mapping[str, Outline],
    back: WordFile,
    ids: Ids,
    abbreviations: Collection[str],
    now: Mapping[str, tuple[str, str]],
) -> list[Diagnostic]:
    """Puts the steps into the sources that were sent, and compares the result with the file. `now` gives
    the file of each section and its text after the merge, in whose lines a difference is told.

    Numbers are left out of it, since programs count them anew; so are tables and dashes.
    """
    found: list[Diagnostic] = []
    everybody = Authors(lambda _: True, lambda who: who or "unknown")
    alone = carry_over(steps, bases, bases, back, ids, abbreviations, everybody)
    for name, text in alone.texts.items():
        base = bases[name]
        new = outline(Text(text, base.file, name, base.public), base.printing)
        shown = [in_source(leaf, text) for leaf in new.leaves if leaf.kind not in _NOT_COMPARED]
        wanted = [in_word(text) for text in steps.expected.get(name, []) if text.cell[0] < 0]
        for one, other in _differing(shown, wanted):
            file, present = now.get(name, (base.file, text))
            line = _line_now(text, one[0].line if one else 1, present)
            found.append(_difference(Place(file, line), one, other))
    return found


def _differing(
    shown: list[Said], wanted: list[Said]
) -> Iterator[tuple[Sequence[Said], Sequence[Said]]]:
    one = [item for item in shown if item.letters]
    other = [item for item in wanted if item.letters]
    rows = [[item.letters for item in row] for row in (one, other)]
    for tag, a, b, c, d in SequenceMatcher(None, *rows, autojunk=False).get_opcodes():
        if tag != "equal":
            yield one[a:b], other[c:d]


def _line_now(text: str, line: int, present: str) -> int:
    """The line of another state of a file: that with the same words, or the nearest one above it."""
    rows, others = text.split("\n"), present.split("\n")
    above = (row for row in reversed(rows[:line]) if row.strip() and rows.count(row) == 1)
    return next((others.index(row) + 1 for row in above if others.count(row) == 1), 1)


def _difference(place: Place, shown: Sequence[Said], wanted: Sequence[Said]) -> Diagnostic:
    """The first difference of some paragraphs, with the words around it."""
    now, theirs = (Said(" ¶ ".join(item.text for item in row)) for row in (shown, wanted))
    same = sum(
        1
        for _ in takewhile(
            lambda pair: pair[0] == pair[1], zip(now.letters, theirs.letters, strict=False)
        )
    )
    which = next((f"paragraph {item.anchor} " for item in shown if item.anchor), "")
    message = f"{which}reads '{now.around(same, *_SHOWN)}' now, but the returned file has '{theirs.around(same, *_SHOWN)}'"
    hint = "compare the place with the Word file"
    return Diagnostic("differs-after-merge", place, message, hint)
