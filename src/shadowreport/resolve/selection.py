"""Some sections of a report alone, with their true numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from shadowreport.core.ast import captioned, node, transform, walk
from shadowreport.core.layout import section_meant
from shadowreport.core.numbering import CAPTIONED
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Block, Place, Report
from shadowreport.resolve.citations import notes
from shadowreport.resolve.resolved import Resolved, ResolvedSection


def chosen(report: Report, only: Sequence[str]) -> list[int]:
    """The places of some sections, by name or by the number of their file; of all where `only` is
    empty. Raises Failure for a section that is not there, and where they do not follow one another.
    """
    if not only:
        return list(range(len(report.sections)))
    wanted = {section_meant(report.sections, word).name for word in only}
    places = [index for index, section in enumerate(report.sections) if section.name in wanted]
    if places != list(range(places[0], places[-1] + 1)):
        message = (
            "sections that do not follow one another cannot keep their true numbers in one file"
        )
        hint = "take one section at a time, or all from the first to the last"
        raise Failure([Diagnostic("bad-value", Place("sections"), message, hint)])
    return places


def select(resolved: Resolved, places: Sequence[int]) -> Resolved:
    """The sections at these places alone, with their true numbers."""
    first = places[0]
    before = resolved.sections[:first]
    kept = [resolved.sections[index] for index in places]
    present = {
        element["c"][0][0]
        for section in kept
        for element in walk(section.blocks)
        if element["t"] in ("Div", *CAPTIONED)
    }
    present |= {section.anchor for section in kept}
    return replace(
        resolved,
        partial=True,
        sections=tuple(
            _lift(section, section.level - level, present)
            for section, level in zip(kept, _levels(kept), strict=True)
        ),
        first_note=1 + sum(1 for section in before for _ in notes(section.blocks)),
        first_captions={
            kind: 1 + _count_captions(before, name) for name, kind in CAPTIONED.items()
        },
    )


def _levels(sections: Sequence[ResolvedSection]) -> Iterator[int]:
    """The level of each section below those that are shown: the first begins at level 1, as PDF/UA wants
    of every document, and none rises to the level of one that it stands below."""
    above: list[int] = []
    for section in sections:
        while above and above[-1] >= section.level:
            above.pop()
        above.append(section.level)
        yield len(above)


def _lift(section: ResolvedSection, levels: int, present: set[str]) -> ResolvedSection:
    """A section whose headings stand some levels higher, and whose references lead to what is shown."""

    def header(content: Any) -> Any:
        level, *rest = content
        return node("Header", level - levels, *rest)

    blocks = transform(_unlink(section.blocks, present), {"Header": header})
    return replace(section, level=section.level - levels, blocks=blocks)


def _count_captions(sections: Sequence[ResolvedSection], name: str) -> int:
    blocks = [block for section in sections for block in section.blocks]
    return sum(block["t"] == name and bool(block["c"][0][0]) for block in captioned(blocks))


def _unlink(blocks: list[Block], present: set[str]) -> list[Block]:
    """References to what is not shown keep their text and lose their link."""

    def link(content: Any) -> Any:
        (_, classes, pairs), inlines, (url, _) = content
        targets = {url.removeprefix("#"), *(value for _, value in pairs)}
        return inlines if classes == ["ref"] and not targets <= present else None

    return transform(blocks, {"Link": link})
