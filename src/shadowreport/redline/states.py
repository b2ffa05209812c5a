"""Two resolved reports as one with marked changes, section by section."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from shadowreport.compare.pairing import longest_rising
from shadowreport.core.ast import node, plain, raw_inline, walk
from shadowreport.core.report import Inline
from shadowreport.redline.marking import Entry, Stamp
from shadowreport.redline.merge_ast import Comparison
from shadowreport.redline.stamps import Stamps
from shadowreport.redline.summary import Line
from shadowreport.redline.tokens import Side
from shadowreport.resolve.resolved import Resolved, ResolvedSection
from shadowreport.word.write.tracked import change_mark


def compared(
    old: Resolved, new: Resolved, stamps: Stamps
) -> tuple[Resolved, list[Entry], list[tuple[str, str]]]:
    """Both as one; the summary's entries; and the authors and dates for word/write/tracked.py."""
    marks: list[tuple[str, str]] = []
    comparison = Comparison(stamps.of, _marker(marks))
    comparison.taken = {*_anchored(new), *(section.anchor for section in new.sections)}
    sections: list[ResolvedSection] = []
    names = {section.name for section in new.sections}
    known = {section.name: section for section in old.sections if section.name in names}
    for before, after in _paired(old.sections, new.sections):
        section = after or before
        if section:
            comparison.stamp = stamps.section(section.name)
            moved = not (before and after) and section.name in known
            found = _section(comparison, section, before, after, moved)
            if moved:
                found = _moved(comparison, known[section.name], found, after)
            sections.append(found)
    comparison.stamp = stamps.section("")
    kept = len(comparison.entries)
    cover = comparison.blocks(old.cover, new.cover)
    del comparison.entries[kept:]
    images = {**old.report.images, **new.report.images}
    merged = replace(
        new,
        report=replace(new.report, images=images),
        labels={**old.labels, **new.labels},
        cover=cover,
        sections=tuple(sections),
        listed=new,
    )
    return merged, _moved_once(comparison.entries), marks


def _moved_once(entries: Sequence[Entry]) -> list[Entry]:
    """The entries with each move once, in its new place: the file shows what moved in both."""
    gone = {(item.kind, item.old): item for item in entries if item.what == "moved" and item.old}
    found: list[Entry] = []
    here = {(item.kind, item.new) for item in entries if item.what == "moved" and not item.old}
    for item in entries:
        if item.what != "moved" or (item.old and item.new):
            found.append(item)
        elif item.new:
            before = gone.get((item.kind, item.new))
            found.append(replace(item, old=item.new, before=before.text) if before else item)
        elif (item.kind, item.old) not in here:
            found.append(item)
    return found


def _anchored(state: Resolved) -> dict[str, str]:
    """The anchors of a state's paragraphs, recommendations and tables, with their sections."""
    return {
        item["c"][0][0]: section.name
        for section in state.sections
        for item in walk(section.blocks)
        if item["t"] in ("Div", "Table") and item["c"][0][0]
    }


def _marker(marks: list[tuple[str, str]]) -> Callable[[str, Side, Stamp], Inline]:
    def mark(what: str, side: Side, stamp: Stamp) -> Inline:
        entry = (stamp.author, stamp.date)
        if entry not in marks:
            marks.append(entry)
        return raw_inline("openxml", change_mark(what, side, marks.index(entry)))

    return mark


def _paired(
    old: Sequence[ResolvedSection], new: Sequence[ResolvedSection]
) -> Iterator[tuple[ResolvedSection | None, ResolvedSection | None]]:
    """Sections by their names, in the new order; one that is gone, or moved among the others, stands
    where it stood."""
    order = {section.name: index for index, section in enumerate(old)}
    both = [section.name for section in new if section.name in order]
    kept = {both[index] for index in longest_rising([order[name] for name in both])}
    waiting = list(old)
    for section in new:
        if section.name not in kept:
            yield None, section
            continue
        while waiting[0].name != section.name:
            yield waiting.pop(0), None
        yield waiting.pop(0), section
    for section in waiting:
        yield section, None


def _section(
    comparison: Comparison,
    shown: ResolvedSection,
    old: ResolvedSection | None,
    new: ResolvedSection | None,
    moved: bool,
) -> ResolvedSection:
    count = len(comparison.entries)
    if old and new:
        title = new.title
        if old.title != new.title:
            outer = comparison.stamp
            comparison.stamp = comparison.stamp_of(new.anchor)
            title = comparison.title(old.title, new.title, old.anchor, new.anchor)
            comparison.stamp = outer
        blocks = comparison.blocks(old.blocks, new.blocks)
    else:
        side: Side = "insertion" if new else "deletion"
        heading = node("Header", shown.level, [shown.anchor, [], []], shown.title)
        title = comparison.whole([heading], side)[0]["c"][2]
        blocks = comparison.whole(shown.blocks, side)
    if shown.is_annex or moved:  # an annex repeats what the sections say
        del comparison.entries[count:]
    return replace(shown, title=title, blocks=blocks)


def _moved(
    comparison: Comparison,
    before: ResolvedSection,
    shown: ResolvedSection,
    after: ResolvedSection | None,
) -> ResolvedSection:
    """A section that moved, as it is shown in one of its two places; it is entered once, in the new
    one, with what changed in it."""
    if not after:
        free = comparison.free(before.anchor, "deletion")
        return replace(shown, name=free.removeprefix("sec-"))
    if not after.is_annex:
        comparison.enter("moved", "section", before.anchor, after.anchor, plain(after.title))
        comparison.title(before.title, after.title, before.anchor, after.anchor)
        comparison.blocks(before.blocks, after.blocks)
    return shown


def lines_of(entries: Sequence[Entry], old: Resolved, new: Resolved) -> list[Line]:
    """The entries with the titles of their sections and their numbers before and after."""
    homes = {**_anchored(old), **_anchored(new)}
    titles = {
        section.name: section.title for section in (*old.report.sections, *new.report.sections)
    }
    found: list[Line] = []
    for entry in entries:
        name = homes.get(entry.new or entry.old, (entry.new or entry.old).removeprefix("sec-"))
        before = old.labels[entry.old].text if entry.old in old.labels else ""
        after = new.labels[entry.new].text if entry.new in new.labels else ""
        found.append(Line(entry, titles.get(name, name), before, after))
    return found
