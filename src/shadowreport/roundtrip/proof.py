"""The proof of a merge: the new sources, read by pandoc, say what the returned file says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import SequenceMatcher

from shadowreport.compare.text import NOTE, PICTURE, normal
from shadowreport.core.numbering import is_reference
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place
from shadowreport.roundtrip.carry import carry_over
from shadowreport.roundtrip.returned import WordFile, WordText, commas_between
from shadowreport.roundtrip.steps import Script
from shadowreport.roundtrip.work import Authors
from shadowreport.source.ids import Ids
from shadowreport.source.leaf import Char, Leaf, Outline
from shadowreport.source.section_map import Text, outline


def prove(
    steps: Script,
    bases: Mapping[str, Outline],
    back: WordFile,
    ids: Ids,
    abbreviations: Collection[str],
) -> list[Diagnostic]:
    """Puts the steps into the sources that were sent, and compares the result with the file.

    Numbers are left out of it, since programs count them anew; so are tables.
    """
    found: list[Diagnostic] = []
    everybody = Authors(lambda _: True, lambda who: who or "unknown")
    alone = carry_over(steps, bases, bases, back, ids, abbreviations, everybody)
    for name, text in alone.texts.items():
        base = bases[name]
        new = outline(Text(text, base.file, name, base.public), base.labels)
        shown = [
            _bare_leaf(leaf)
            for leaf in new.leaves
            if leaf.kind not in ("cell", "caption", "picture")
        ]
        wanted = [_bare(text) for text in steps.expected.get(name, []) if text.cell[0] < 0]
        for one, other in _differing(
            [item for item in shown if item], [item for item in wanted if item]
        ):
            message = f"reads '{one[:70]}' now, but the returned file has '{other[:70]}'"
            found.append(
                Diagnostic(
                    "differs-after-merge",
                    Place(base.file),
                    message,
                    "compare the place with the Word file",
                )
            )
    return found


def _differing(shown: list[str], wanted: list[str]) -> Iterator[tuple[str, str]]:
    matcher = SequenceMatcher(None, shown, wanted, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield " / ".join(shown[a:b]), " / ".join(wanted[c:d])


def _bare_leaf(leaf: Leaf) -> str:
    return _letters("".join(char.text for char in leaf.chars if not char.atom or _is_name(char)))


def _is_name(char: Char) -> bool:
    """Whether it is of a source that the text itself names."""
    kind, _, key = char.atom.partition(" ")
    return kind == "ref" and not is_reference(key)


def _bare(text: WordText) -> str:
    between = commas_between(text.chars)
    kept = (char for at, char in enumerate(text.chars) if not char.reference and at not in between)
    return _letters("".join(char.text for char in kept))


def _letters(text: str) -> str:
    """The text without spaces, numbers (and the dashes between them) and marks of notes."""
    kept = (mark for mark in normal(text) if not mark.isspace() and not mark.isdigit())
    return "".join(mark for mark in kept if mark not in (NOTE, PICTURE, "–"))
