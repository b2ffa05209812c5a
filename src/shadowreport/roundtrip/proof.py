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
        shown = [in_source(leaf, text) for leaf in new.leaves if leaf.kind not in _NOT_COMPARED]
        wanted = [in_word(text) for text in steps.expected.get(name, []) if text.cell[0] < 0]
        for one, other in _differing(shown, wanted):
            found.append(_difference(base.file, one, other))
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


def _difference(file: str, shown: Sequence[Said], wanted: Sequence[Said]) -> Diagnostic:
    """The first difference of some paragraphs, with the words around it."""
    now, theirs = (Said(" ¶ ".join(item.text for item in row)) for row in (shown, wanted))
    same = sum(
        1
        for _ in takewhile(
            lambda pair: pair[0] == pair[1], zip(now.letters, theirs.letters, strict=False)
        )
    )
    place = next((f"paragraph {item.anchor} " for item in shown if item.anchor), "")
    line = shown[0].line if shown else 1
    message = f"{place}reads '{now.around(same, *_SHOWN)}' now, but the returned file has '{theirs.around(same, *_SHOWN)}'"
    hint = "compare the place with the Word file"
    return Diagnostic("differs-after-merge", Place(file, line), message, hint)
