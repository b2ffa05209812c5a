"""Finds for each paragraph that came back the one that was sent: by bookmark, then by text.

Programs lose bookmarks, authors split, join, move and rewrite paragraphs. So the surest signs go
first (bookmark, equal text in order), then likeness between what is already tied, then likeness
anywhere; what is left is new or deleted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Protocol

from shadowreport.compare.text import plain_text
from shadowreport.compare.words import likeness

_IN_GAP = 0.45  # likeness of a paragraph rewritten in its place
_ANYWHERE = 0.75  # and of one that moved
_FEW = 8  # blanks in a text of which a word is too large a share: its letters are compared too
_ALIKE_LETTERS = 0.55
_LONG = 30
_SAME = 0.2  # less than this, and a bookmark stands on another text
_PART = 0.7  # how much of a piece must come from the paragraph that it was split from


class Alike(Protocol):
    """What can be paired: a paragraph of a Word file, or a `Row`."""

    @property
    def text(self) -> str: ...
    @property
    def style(self) -> str: ...
    @property
    def anchors(self) -> Mapping[str, tuple[int, int]]: ...
    @property
    def cell(self) -> tuple[int, int, int]: ...


@dataclass(frozen=True, slots=True)
class Row:
    """The least that can be paired: a text, a kind, the id that it is known by."""

    text: str
    style: str
    anchors: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    cell: tuple[int, int, int] = (-1, 0, 0)


@dataclass(slots=True)
class Pairing:
    """`sent` gives for each paragraph that was sent the one that came back (or -1), `back` the
    other way. `splits`: pieces (indices that came back) that belong to a sent one besides its own,
    `joins`: sent ones that went into the pair of another. `moved`: sent ones that changed place."""

    sent: list[int]
    back: list[int]
    splits: dict[int, list[int]] = field(default_factory=dict)
    joins: dict[int, list[int]] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)


def pair(sent: Sequence[Alike], back: Sequence[Alike], *, before: Sequence[str] = ()) -> Pairing:
    """The pairs of two rows of paragraphs. `before`: what those that came back said before their tracked
    changes."""
    return _Pairer(sent, back, before).pair()


class _Pairer:
    def __init__(self, sent: Sequence[Alike], back: Sequence[Alike], before: Sequence[str]) -> None:
        self.sent, self.back = sent, back
        self.before = [plain_text(text) for text in before]
        self.old = [plain_text(item.text) for item in sent]
        self.new = [plain_text(item.text) for item in back]
        self.result = Pairing([-1] * len(sent), [-1] * len(back))

    def pair(self) -> Pairing:
        self._bookmarks()
        self._equal_in_order()
        self._equal_anywhere()
        self._equal_before()
        self._gaps()
        self._alike_anywhere()
        self.result.moved = self._out_of_order()
        self._joins()
        self._splits()
        return self.result

    def _tie(self, old: int, new: int) -> None:
        self.result.sent[old], self.result.back[new] = new, old

    def _fits(self, old: int, new: int) -> bool:
        return (self.sent[old].cell[0] >= 0) == (self.back[new].cell[0] >= 0)

    def _free(self) -> tuple[list[int], list[int]]:
        return (
            [index for index, other in enumerate(self.result.sent) if other < 0],
            [index for index, other in enumerate(self.result.back) if other < 0],
        )

    def _bookmarks(self) -> None:
        places = {name: index for index, item in enumerate(self.sent) for name in item.anchors}
        exact: dict[str, list[int]] = defaultdict(list)
        for index, text in enumerate(self.new):
            exact[text].append(index)
        holders = self._holders(places)
        for new, item in enumerate(self.back):
            names = sorted(item.anchors, key=lambda name: item.anchors[name])
            found = [
                places[name]
                for name in names
                if name in places and self.result.sent[places[name]] < 0 and holders[name] == new
            ]
            found = [old for old in found if self._fits(old, new)]
            if not found:
                continue
            old = max(found, key=lambda old: (self.old[old] == self.new[new], -found.index(old)))
            elsewhere = self.old[old] and any(other != new for other in exact[self.old[old]])
            if elsewhere and likeness(self.old[old], self.new[new]) < _SAME:
                continue
            self._tie(old, new)

    def _holders(self, places: Mapping[str, int]) -> dict[str, int]:
        """Who has a bookmark. A copy may have it as well: the one beside the old neighbours is the
        original, else the one with the old text, else the first."""
        found: dict[str, int] = {}
        for new, item in enumerate(self.back):
            for name in item.anchors:
                if name in places and (
                    name not in found
                    or self._rank(places[name], new) > self._rank(places[name], found[name])
                ):
                    found[name] = new
        return found

    def _rank(self, old: int, new: int) -> tuple[int, bool]:
        beside = sum(
            0 <= old + step < len(self.old)
            and 0 <= new + step < len(self.new)
            and self.old[old + step] == self.new[new + step]
            for step in (-1, 1)
        )
        return beside, self.old[old] == self.new[new]

    def _equal_in_order(self) -> None:
        one = [text if self.result.sent[i] < 0 else f"\0{i}" for i, text in enumerate(self.old)]
        other = [
            text if self.result.back[i] < 0 else f"\0{self.result.back[i]}"
            for i, text in enumerate(self.new)
        ]
        for a, b, size in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
            for step in range(size):
                if self.result.sent[a + step] < 0 and self._fits(a + step, b + step):
                    self._tie(a + step, b + step)

    def _equal_anywhere(self) -> None:
        free, open_ = self._free()
        counts = Counter(self.old[old] for old in free)
        places = {self.old[old]: old for old in free if counts[self.old[old]] == 1}
        for new in open_:
            old = places.get(self.new[new], -1)
            if (
                old >= 0
                and len(self.new[new]) > _LONG
                and self.result.sent[old] < 0
                and self._fits(old, new)
            ):
                self._tie(old, new)

    def _equal_before(self) -> None:
        """Those of which the tracked changes say what they were, however little of it is left."""
        free, open_ = self._free()
        changed = [new for new in open_ if self.before and self.before[new] != self.new[new]]
        for new in changed:
            text = self.before[new]
            same = [old for old in free if self.old[old] == text and self._fits(old, new)]
            if text and len(same) == 1 and self.result.sent[same[0]] < 0:
                self._tie(same[0], new)

    def _gaps(self) -> None:
        """Between two pairs in order, what is left is tied in order where it is alike."""
        kept = [(old, new) for old, new in enumerate(self.result.sent) if new >= 0]
        kept = [pair_ for pair_ in kept if pair_[0] not in self._out_of_order()]
        for (a, c), (b, d) in zip(
            [(-1, -1), *kept], [*kept, (len(self.old), len(self.new))], strict=True
        ):
            olds = [i for i in range(a + 1, b) if self.result.sent[i] < 0]
            news = [i for i in range(c + 1, d) if self.result.back[i] < 0]
            if olds and news and len(olds) * len(news) <= 10_000:
                self._gap(olds, news)

    def _gap(self, olds: list[int], news: list[int]) -> None:
        score = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
        alike = [[self._gap_likeness(old, new) for new in news] for old in olds]
        for i in range(len(olds) - 1, -1, -1):
            for j in range(len(news) - 1, -1, -1):
                tied = alike[i][j] + score[i + 1][j + 1] if alike[i][j] >= _IN_GAP else 0.0
                score[i][j] = max(tied, score[i + 1][j], score[i][j + 1])
        i = j = 0
        while i < len(olds) and j < len(news):
            if alike[i][j] >= _IN_GAP and score[i][j] == alike[i][j] + score[i + 1][j + 1]:
                self._tie(olds[i], news[j])
                i, j = i + 1, j + 1
            elif score[i][j] == score[i + 1][j]:
                i += 1
            else:
                j += 1

    def _gap_likeness(self, old: int, new: int) -> float:
        if not self._fits(old, new):
            return 0.0
        value = likeness(self.old[old], self.new[new])
        if max(self.old[old].count(" "), self.new[new].count(" ")) < _FEW:
            letters = SequenceMatcher(None, self.old[old], self.new[new], autojunk=False).ratio()
            value = max(value, letters if letters > _ALIKE_LETTERS else 0.0)
        same_cell = (
            self.sent[old].cell[0] >= 0 and self.sent[old].cell[1:] == self.back[new].cell[1:]
        )
        return (
            max(value, 0.5) if same_cell and self.sent[old].style == self.back[new].style else value
        )

    def _alike_anywhere(self) -> None:
        free, open_ = self._free()
        free = [old for old in free if len(self.old[old]) > _LONG]
        open_ = [new for new in open_ if len(self.new[new]) > _LONG]
        if len(free) * len(open_) > 4_000:
            return
        found = [
            (likeness(self.old[old], self.new[new]), old, new)
            for old in free
            for new in open_
            if self._fits(old, new)
        ]
        for value, old, new in sorted(found, reverse=True):
            if value >= _ANYWHERE and self.result.sent[old] < 0 and self.result.back[new] < 0:
                self._tie(old, new)

    def _out_of_order(self) -> set[int]:
        """The sent paragraphs to move so that the fewest move (all but a longest rising row)."""
        row = [(old, new) for old, new in enumerate(self.result.sent) if new >= 0]
        kept = longest_rising([new for _, new in row])
        return {old for index, (old, _) in enumerate(row) if index not in kept}

    # --- split and joined -----------------------------------------------------------------------

    def _joins(self) -> None:
        for old, new in enumerate(list(self.result.sent)):
            if new < 0 or old in self.result.moved or self.sent[old].cell[0] >= 0:
                continue
            for step, stop in ((1, len(self.old)), (-1, -1)):
                for other in self._away(range(old + step, stop, step)):
                    if self._joined(other, old, new):
                        self.result.joins.setdefault(old, []).append(other)
                        self.result.sent[other] = new

    def _away(self, others: range) -> Iterator[int]:
        """What is gone between a paragraph and the next that stayed: one that was cut from between two does
        not keep them from being joined."""
        for other in others:
            if self.result.sent[other] < 0:
                yield other
            elif other not in self.result.moved:
                return

    def _joined(self, piece: int, old: int, new: int) -> bool:
        if not self.old[piece] or self.sent[piece].cell[0] >= 0:
            return False
        if _glued(self.new[new], self.old[min(piece, old)], self.old[max(piece, old)]):
            return True
        rest = _left_over(self.new[new], self.old[old])
        return _share(self.old[piece], rest) >= _PART

    def _splits(self) -> None:
        for new, old in enumerate(list(self.result.back)):
            if (
                old < 0
                or old in self.result.moved
                or self.back[new].cell[0] >= 0
                or old in self.result.joins
            ):
                continue
            for step, stop in ((1, len(self.new)), (-1, -1)):
                other = new + step
                while (
                    other != stop and self.result.back[other] < 0 and self._split(other, old, new)
                ):
                    self.result.splits.setdefault(old, []).append(other)
                    self.result.back[other] = old
                    other += step

    def _split(self, piece: int, old: int, new: int) -> bool:
        if not self.new[piece] or self.back[piece].cell[0] >= 0:
            return False
        if _glued(self.old[old], self.new[min(piece, new)], self.new[max(piece, new)]):
            return True
        rest = _left_over(self.old[old], self.new[new])
        return _share(self.new[piece], rest) >= _PART


def longest_rising(row: Sequence[int]) -> set[int]:
    """The places of a longest rising row among some numbers."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int] = {}
    for index, number in enumerate(row):
        at = bisect_left(tails, number)
        if at == len(tails):
            tails.append(number)
            ends.append(index)
        else:
            tails[at], ends[at] = number, index
        before[index] = ends[at - 1] if at else -1
    kept: set[int] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return kept


def _glued(whole: str, first: str, second: str) -> bool:
    """Whether two texts are one, however short a piece is, and be it cut within a word."""
    return whole.replace(" ", "") == (first + second).replace(" ", "")


def _left_over(whole: str, part: str) -> list[str]:
    """The words of a text that are not in a part of it."""
    one, other = whole.split(), part.split()
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    used = {block.a + step for block in blocks for step in range(block.size)}
    return [word for index, word in enumerate(one) if index not in used]


def _share(piece: str, words: list[str]) -> float:
    """How much of a piece is found in a row of words, in order."""
    row = piece.split()
    if len(row) < 3 or not words:
        return float(bool(row) and row == words)
    matcher = SequenceMatcher(None, row, words, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(row)
