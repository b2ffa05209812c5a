"""Takes out the characters that nobody sees and that no file of a report may hold.

They come along when a telephone number, an address or a line of a web page is pasted into Word. What
ends a line elsewhere (U+2028) is a blank here; marks of direction stay where they have a partner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shadowreport.machine.files import unseen
from shadowreport.word.content import Inline, Run
from shadowreport.word.read.story import Story

_LINE_ENDS = "\u2028\u2029\x85"
_OPTIONAL = "\u00ad"
_HINT = "they came with pasted text; nothing that can be read is lost"


def without_unseen(story: Story, inlines: Sequence[Inline]) -> list[Inline]:
    """The inlines of a paragraph without such characters; they are told once a kind."""
    runs = [item for item in inlines if isinstance(item, Run)]
    whole = "".join(run.text for run in runs)
    gone = {*unseen(whole), *(at for at, sign in enumerate(whole) if sign == _OPTIONAL)}
    if not gone:
        return list(inlines)
    found: list[Inline] = []
    at = 0
    for item in inlines:
        if isinstance(item, Run):
            signs = [_shown(story, sign, at + n in gone) for n, sign in enumerate(item.text)]
            at += len(item.text)
            item = replace(item, text="".join(signs))
        if not isinstance(item, Run) or item.text:
            found.append(item)
    return found


def optional_hyphen(story: Story, *_: object) -> None:
    """Tells of a place where a word may be parted: each program parts words in its own way."""
    story.note("word-changed", "an optional hyphen was left out", "no letter is lost")


def _shown(story: Story, sign: str, unseen: bool) -> str:
    if not unseen:
        return sign
    if sign == _OPTIONAL:
        optional_hyphen(story)
        return ""
    story.note("word-changed", f"an invisible character (U+{ord(sign):04X}) was left out", _HINT)
    return " " if sign in _LINE_ENDS else ""
