"""A section file of the present state while changes are put into it.

Every change names the stretch of the present source that it replaces; none sees another. Two that
want the same stretch are refused, for nobody could say what should stand there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from shadowreport.compare.pairing import Row, longest_rising, pair
from shadowreport.source.edit import clean, with_definitions
from shadowreport.source.leaf import Leaf, Outline


class OverlapError(Exception):
    """A change of a stretch that another one changes already; carries its text."""


@dataclass(frozen=True, slots=True)
class _Splice:
    """Characters `start` to `end` become a text; a text may stand between two characters."""

    start: int
    end: int
    text: str

    @property
    def removes(self) -> bool:
        return self.end > self.start and not self.text

    def meets(self, other: _Splice) -> bool:
        """Whether both cannot be done. What goes may go twice, and what is put into a stretch that
        goes stands where it was."""
        calm = (self.removes or self.start == self.end, other.removes or other.start == other.end)
        if all(calm):
            return False
        if self.start == self.end or other.start == other.end:
            point, span = (self, other) if self.start == self.end else (other, self)
            return span.start < point.start < span.end
        return max(self.start, other.start) < min(self.end, other.end)


@dataclass(slots=True)
class Target:
    """`base` is the file as it was sent, `present` as it is; `of` gives for each leaf that was sent
    (by its start) the present one."""

    base: Outline
    present: Outline
    of: Mapping[int, Leaf | None]
    removed: set[int] = field(default_factory=set)  # starts of the leaves that go
    definitions: list[tuple[str, str]] = field(default_factory=list)  # new footnotes
    last: dict[int, str] = field(default_factory=dict)  # kind of what was put last at a place
    heads: list[tuple[int, int]] = field(default_factory=list)  # new headings: behind what, level
    _splices: list[_Splice] = field(default_factory=list)

    def leaf(self, leaf: Leaf) -> Leaf | None:
        """The present leaf of one that was sent."""
        if leaf.kind == "footnote":
            return self.present.footnotes.get(leaf.anchor)
        return self.of.get(leaf.start)

    def moved(self, leaf: Leaf) -> bool:
        """Whether a leaf that was sent stands in another order now."""
        places = {item.start: at for at, item in enumerate(self.present.leaves)}
        found = [(item.start, self.of.get(item.start)) for item in self.base.leaves]
        row = [(start, places[now.start]) for start, now in found if now]
        kept = longest_rising([place for _, place in row])
        return any(start == leaf.start for at, (start, _) in enumerate(row) if at not in kept)

    def near(self, leaf: Leaf) -> Leaf | None:
        """The present leaf of one that was sent, or of the nearest one before it that stays."""
        row = self.base.leaves
        index = next((i for i, item in enumerate(row) if item.start == leaf.start), len(row) - 1)
        for item in reversed(row[: index + 1]):
            found = self.of.get(item.start)
            if found is not None and found.start not in self.removed:
                return found
        return None

    def depth(self, leaf: Leaf) -> int:
        """The level of the heading that a leaf stands under, new ones among them; 1 is the title's."""
        gone = self.removed
        old = [(item.start, item.level) for item in self.present.leaves if item.kind == "heading"]
        rows = sorted(
            [row for row in old if row[0] not in gone] + self.heads, key=lambda row: row[0]
        )
        return next((level for at, level in reversed(rows) if at <= leaf.start), 1)

    def source_of(self, leaf: Leaf) -> str:
        """The present source of a leaf's text."""
        return self.present.source[leaf.start : leaf.end]

    def end_of_top(self, leaf: Leaf) -> int:
        """Where the top-level block ends in which a present leaf stands."""
        tops = self.present.tops
        return tops[leaf.top][1] if 0 <= leaf.top < len(tops) else leaf.block_end

    def put(self, start: int, end: int, text: str) -> None:
        """Replaces a stretch of the present source; several texts at one place stand in the order
        in which they were put. Raises OverlapError, and then does nothing."""
        new = _Splice(start, end, text)
        if any(new.meets(other) for other in self._splices):
            raise OverlapError(text)
        self._splices.append(new)

    def changes(self, leaf: Leaf) -> bool:
        """Whether the text of a present leaf was put anew."""
        return any(item.start < leaf.end and item.end > leaf.start for item in self._splices)

    def count(self) -> int:
        """How many changes were put."""
        return len(self._splices)

    def keep(self, count: int) -> None:
        """Takes back all changes but the first ones."""
        del self._splices[count:]

    def text(self) -> str:
        """The source with all changes."""
        source = self.present.source
        if not self._splices:
            return source
        parts: list[str] = []
        at = 0
        for item in sorted(self._splices, key=lambda item: (item.start, item.end > item.start)):
            parts += [source[at : item.start], item.text]
            at = max(at, item.end)
        text = with_definitions("".join([*parts, source[at:]]), self.definitions, source)
        return clean(text, source)


def target(base: Outline, present: Outline, bases: Iterable[Outline] = ()) -> Target:
    """The present state of a file, with each leaf that was sent found again. What came here from another
    of the files that were sent (`bases`), such as a paragraph that moved, is none of them."""
    if base.source == present.source:
        return Target(base, present, {leaf.start: leaf for leaf in base.leaves})
    own = _names(base)
    others = {name for other in bases for name in _names(other) if name not in own}
    there = [leaf for leaf in present.leaves if not (leaf.named and leaf.anchor in others)]
    pairing = pair([_as_row(leaf) for leaf in base.leaves], [_as_row(leaf) for leaf in there])
    of = {
        leaf.start: there[new] if new >= 0 else None
        for leaf, new in zip(base.leaves, pairing.sent, strict=True)
    }
    return Target(base, present, of)


def _names(outline: Outline) -> set[str]:
    return {leaf.anchor for leaf in outline.leaves if leaf.named}


def _as_row(leaf: Leaf) -> Row:
    named = leaf.named and leaf.anchor
    return Row(leaf.text, leaf.kind, {leaf.anchor: (0, 1)} if named else {}, leaf.cell)
