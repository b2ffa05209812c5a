"""What changed between two states of a report, in its own terms, each change once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from shadowreport.compare.pairing import Pairing, longest_rising, pair
from shadowreport.compare.words import Span, differences, tokens
from shadowreport.redline.facts import Facts, Said

What = Literal["added", "removed", "changed", "moved", "split off", "joined"]
Side = Literal["kept", "removed", "added"]
Part = tuple[Side, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """What happened to one thing. `before` and `after` are its numbers, or where it has none, empty;
    `parts` its words, each kept, removed or added."""

    what: What
    kind: str
    name: str
    section: str
    before: str = ""
    after: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(slots=True)
class Differences:
    """All changes in the order of the report, and which number became which."""

    found: list[Difference] = field(default_factory=list)
    numbers: list[tuple[str, str]] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)


def between(old: Facts, new: Facts) -> Differences:
    """What became of one state in the other."""
    pairing = pair(old.said, new.said)
    pairs = [
        (old.said[before], new.said[after])
        for before, after in enumerate(pairing.sent)
        if after >= 0 and pairing.back[after] == before and _alike(old, new, before, after)
    ]
    found = [*_sections(old, new), *_texts(old, new, pairing), *_known(old, new)]
    titles = {**old.titles, **new.titles}
    order = {name: index for index, name in enumerate(["", *titles])}
    found.sort(key=lambda item: order.get(item.section, 0))
    return Differences(found, list(_renumbered(pairs)), titles)


def _alike(old: Facts, new: Facts, before: int, after: int) -> bool:
    return old.said[before].style == new.said[after].style


def _moved(old: Facts, new: Facts, pairing: Pairing) -> set[int]:
    """The texts that changed their place in their section: of each section as few as can be. What went to
    another section, or with its own, does not push the others out of their places."""
    stayed: dict[str, list[tuple[int, int]]] = {}
    for before, after in enumerate(pairing.sent):
        if after >= 0 and old.said[before].section == new.said[after].section:
            stayed.setdefault(old.said[before].section, []).append((before, after))
    kept = {
        pairs[index][0]
        for pairs in stayed.values()
        for index in longest_rising([after for _, after in pairs])
    }
    return {before for pairs in stayed.values() for before, _ in pairs} - kept


def _texts(old: Facts, new: Facts, pairing: Pairing) -> Iterator[Difference]:
    moved = _moved(old, new, pairing)
    for before, after in enumerate(pairing.sent):
        item = old.said[before]
        if after < 0:
            yield _one("removed", item)
        elif pairing.back[after] != before:
            if before in {piece for row in pairing.joins.values() for piece in row}:
                yield _one("joined", item)
        elif not _alike(old, new, before, after):
            yield _one("removed", item)
            yield _one("added", new.said[after])
        else:
            yield from _pair(item, new.said[after], before in moved)
    pieces = {piece for row in pairing.splits.values() for piece in row}
    for after, before in enumerate(pairing.back):
        if before < 0 or after in pieces:
            yield _one("split off" if after in pieces else "added", new.said[after])


def _one(what: Literal["added", "removed", "split off", "joined"], item: Said) -> Difference:
    if what in ("added", "split off"):
        parts: tuple[Part, ...] = (("added", item.text),)
        return Difference(what, item.style, item.name, item.section, "", item.number, parts)
    parts = (("removed", item.text),)
    return Difference(what, item.style, item.name, item.section, item.number, "", parts)


def _pair(old: Said, new: Said, moved: bool) -> Iterator[Difference]:
    def of(what: What, kind: str, parts: tuple[Part, ...]) -> Difference:
        return Difference(what, kind, new.name, new.section, old.number, new.number, parts)

    parts = words(old.text, new.text)
    if moved or old.section != new.section:
        yield of("moved", new.style, parts)
    elif old.text != new.text:
        yield of("changed", new.style, parts)
    if old.id != new.id:  # others may refer to it
        yield of("changed", "id", _swapped(old.id, new.id))
    for kind in ("answers", "finding"):
        before, after = _tied(old, kind), _tied(new, kind)
        if before != after:
            yield of("changed", kind, _swapped(before, after))


def _tied(item: Said, kind: str) -> str:
    if kind == "finding" or not item.tie:
        return item.finding
    return ", ".join(sorted(mention.id for mention in item.tie.answers))


def _sections(old: Facts, new: Facts) -> Iterator[Difference]:
    both = [name for name in old.titles if name in new.titles]
    kept = longest_rising([list(new.titles).index(name) for name in both])
    for name, title in old.titles.items():
        if name not in new.titles:
            yield Difference("removed", "section", name, name, parts=(("removed", title),))
        elif title != new.titles[name]:
            parts = words(title, new.titles[name])
            yield Difference("changed", "section", name, name, parts=parts)
        if name in new.titles and both.index(name) not in kept:
            stays: tuple[Part, ...] = (("kept", new.titles[name]),)
            yield Difference("moved", "section", name, name, parts=stays)
    for name, title in new.titles.items():
        if name not in old.titles:
            yield Difference("added", "section", name, name, parts=(("added", title),))


def _known(old: Facts, new: Facts) -> Iterator[Difference]:
    gone = (set(old.titles) | set(new.titles)) - (set(old.titles) & set(new.titles))
    for kind, name in {**old.known, **new.known}:
        before, after = old.known.get((kind, name), ""), new.known.get((kind, name), "")
        of_section = kind.endswith("of the section")
        if before != after and not (of_section and name in gone):
            what: What = "changed" if before and after else "added" if after else "removed"
            parts = words(before, after) if _is_text(kind) else _swapped(before, after)
            yield Difference(what, kind, name, name if of_section else "", parts=parts)


def _is_text(kind: str) -> bool:
    return kind in (
        "earlier recommendation",
        "document",
        "source",
        "chart",
        "set aside",
        "setting",
        "organisation",
    )


def _swapped(before: str, after: str) -> tuple[Part, ...]:
    both: tuple[Part, ...] = (("removed", before), ("added", after))
    return tuple(part for part in both if part[1])


def words(old: str, new: str) -> tuple[Part, ...]:
    """Two texts as one, word by word; a space between two changes belongs to them."""
    found: list[Part] = []
    at = 0
    for span in _readable(old, differences(tokens(old), tokens(new))):
        found.append(("kept", old[at : span.old_start]))
        found.append(("removed", old[span.old_start : span.old_end]))
        found.append(("added", new[span.new_start : span.new_end]))
        at = span.old_end
    found.append(("kept", old[at:]))
    return tuple(part for part in found if part[1])


def _readable(old: str, spans: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for span in spans:
        if found and not old[found[-1].old_end : span.old_start].strip():
            span = Span(found[-1].old_start, span.old_end, found.pop().new_start, span.new_end)
        found.append(span)
    return found


def _renumbered(pairs: Sequence[tuple[Said, Said]]) -> Iterator[tuple[str, str]]:
    """Which number became which, for those who quoted the older state; what goes on by one is a range."""
    texts = sorted(pairs, key=lambda item: item[0].style)  # paragraphs first, in order
    rows = list(  # a recommendation that stands alone has its paragraph's number
        dict.fromkeys(
            (old.number, new.number)
            for old, new in texts
            if old.number and old.number != new.number
        )
    )
    first = 0
    for index, (one, other) in enumerate(pairwise([*rows, ("", "")])):
        if not (_follows(one[0], other[0]) and _follows(one[1], other[1])):
            before, after = rows[first], rows[index]
            ranges = zip(before, after, strict=True)
            old, new = (a if a == b else f"{a}–{b}" for a, b in ranges)
            yield old, new
            first = index + 1


def _follows(one: str, other: str) -> bool:
    return one.isdecimal() and other.isdecimal() and int(other) == int(one) + 1
