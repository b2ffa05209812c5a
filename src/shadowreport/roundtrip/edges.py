"""Blanks that a change leaves at the inner edge of markup go outside: "*Convention on *" would be no
emphasis, and "[a link ](...)" glues what follows to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from shadowreport.source.leaf import Wrap

Edit = tuple[int, int, str]

# where markup begins, its inside begins, its inside ends, it ends: no file of a report holds these
_START, _INNER, _LAST, _END = "\x01", "\x02", "\x03", "\x04"
_SIGNS = re.compile(f"[{_START}{_INNER}{_LAST}{_END}]")
_BLANK_FIRST = re.compile(rf"({_START}[^{_START}{_INNER}]*{_INNER})(\s+)")
_BLANK_LAST = re.compile(rf"(\s+)({_LAST}[^{_LAST}{_END}]*{_END})")
_NOTHING = re.compile(rf"{_START}[^{_START}{_INNER}]*{_INNER}{_LAST}[^{_LAST}{_END}]*{_END}")


def with_edges(edits: Sequence[Edit], wraps: Sequence[Wrap]) -> list[Edit]:
    """Edits with signs at the edges of the markup that they leave."""
    stay = [wrap for wrap in wraps if wrap.kind != "Autolink" and not _goes(wrap, edits)]
    inner = list(reversed(stay))
    return [
        *_at(_INNER, [wrap.inner_start for wrap in stay]),
        *_at(_END, [wrap.end for wrap in inner]),
        *edits,
        *_at(_START, [wrap.start for wrap in stay]),
        *_at(_LAST, [wrap.inner_end for wrap in inner]),
    ]


def _goes(wrap: Wrap, edits: Sequence[Edit]) -> bool:
    """Whether a change reaches over an end of some markup: it goes as a whole, or is written anew."""
    ends = ((wrap.start, wrap.inner_start), (wrap.inner_end, wrap.end))
    return any(start < high and end > low for start, end, _ in edits for low, high in ends)


def _at(sign: str, places: Sequence[int]) -> Iterator[Edit]:
    yield from ((place, place, sign) for place in places)


def blanks_outside(text: str) -> str:
    """A text with such signs without them, and its blanks outside of markup."""
    before = ""
    while before != text:
        before = text
        text = _BLANK_FIRST.sub(r"\2\1", text)
        text = _BLANK_LAST.sub(r"\2\1", text)
        text = _NOTHING.sub("", text)
    return _SIGNS.sub("", text)
