"""The lines of a front page: title, session, date; they belong in report.yaml, not in sections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from shadowreport.importing.recognise.flow import Flow
from shadowreport.importing.recognise.marks import list_mark, typed_number
from shadowreport.word.content import Paragraph

_MOST_WORDS = 25  # of a line of a front page; longer ones are text
_MOST_WORDS_OF_DATE = 8  # of a line that tells one
_MOST_WORDS_OF_A_DATE = 4  # that is all of its line
_PLACE = re.compile(r"(?P<place>[^,:()]{2,40}?)\s*[,(–—-]")  # Geneva,
_SAYS = re.compile(r"[^\W\d_]{2}")
_MARKS = " ,.()–—-"
_MOST_LINES = 12  # more lines above the first heading are text


@dataclass(slots=True)
class Cover:
    """The lines of a front page by the index of their block, and what was read of them: of the subtitle
    its words."""

    title: int | None = None
    subtitles: dict[int, str] = field(default_factory=dict)
    session: str = ""
    date: str = ""
    lines: set[int] = field(default_factory=set)


def cover_of(
    flow: Flow, title: int | None, subtitles: list[int], levels: Mapping[int, int]
) -> Cover:
    """The front page of a flow, given what its styles and looks say of title and headings."""
    lines = ((at, flow.blocks[at]) for at in subtitles)
    told = {at: line.text.strip() for at, line in lines if isinstance(line, Paragraph)}
    cover = Cover(title, told)
    cover.lines = {*subtitles, *(() if title is None else (title,))}
    if not flow.ours:
        _read_lines(flow, cover, levels)
    return cover


def _read_lines(flow: Flow, cover: Cover, levels: Mapping[int, int]) -> None:
    zone = _zone(flow, cover, levels)
    told = {at: kind for at in zone if (kind := _kind(flow, at))}
    if cover.title is None:
        if not told or min(told) == (zone[0] if zone else -1):
            return
        cover.title = zone[0]
        cover.lines.add(zone[0])
    for index in zone:
        block = flow.blocks[index]
        if index == cover.title or not isinstance(block, Paragraph):
            continue
        text = " ".join(block.text.split())
        _put(flow, cover, index, told.get(index, ""), text)


def _zone(flow: Flow, cover: Cover, levels: Mapping[int, int]) -> list[int]:
    """The lines above the first text: those before the first heading, or, where headings are what
    a front page is made of, those that stand one below the other before the first with text."""
    first = min(levels, default=0)
    start = 0 if cover.title is None else cover.title + 1
    if first <= start and cover.title is None:
        first = _end_of_headings(flow, levels)
    zone = [at for at in range(start, first) if at not in cover.lines]
    if len(zone) > _MOST_LINES or not all(_is_line(flow, at) for at in zone):
        return []
    return zone


def _end_of_headings(flow: Flow, levels: Mapping[int, int]) -> int:
    """Where a row of headings at the very beginning that tells session or date ends."""
    at = told = 0
    while at in levels:
        told = at + 1 if _kind(flow, at) else told
        at += 1
    return told


def _is_line(flow: Flow, index: int) -> bool:
    block = flow.blocks[index]
    if not isinstance(block, Paragraph) or list_mark(block) or typed_number(block.text):
        return False
    text = block.text.strip()
    dated = flow.words.month_and_year.match(text) and len(text.split()) <= _MOST_WORDS_OF_A_DATE
    ends = bool(text) and text[-1] in ".;" and not dated  # 11 апреля 2022 г.
    return bool(text) and len(text.split()) <= _MOST_WORDS and not ends


def _kind(flow: Flow, index: int) -> str:
    """What a line tells: "session", "date", or nothing of the two."""
    block = flow.blocks[index]
    text = block.text if isinstance(block, Paragraph) else ""
    if flow.words.session.search(text):
        return "session"
    dated = flow.words.month_and_year.search(text)
    return "date" if dated and len(text.split()) <= _MOST_WORDS_OF_DATE else ""


def _put(flow: Flow, cover: Cover, index: int, kind: str, text: str) -> None:
    """Puts a line into report.yaml's key, and says so."""
    block = flow.blocks[index]
    day = flow.words.day_of(text) if kind == "date" else ""
    if kind == "session" and not cover.session:
        cover.session, key = text, "session"
    elif day and not cover.date:
        cover.date, key = day, "date"
        beside = _beside(flow, text)
        if beside:
            cover.subtitles[index] = beside
            key += f", and subtitle '{beside[:40]}'"
    else:
        cover.subtitles[index] = text
        key = "subtitle"
    cover.lines.add(index)
    message = f"a line of the front page became {key}: '{text[:60]}'"
    hint = "move it to another key of sections/report.yaml, or into a section"
    flow.warn("import-moved", block.ordinal, message, hint)
    flow.guess("cover", block.ordinal, f"'{text[:60]}'", f"{key} in report.yaml", "report.yaml")


def _beside(flow: Flow, text: str) -> str:
    """What a line says besides its date: the place, of "Geneva, 1 March 2022"; the whole line where it
    says more; nothing where it only calls it the date."""
    day = flow.words.month_and_year.search(text)
    before, behind = (text[: day.start()].split(), text[day.end() :]) if day else ([text], "")
    while before and before[-1].lower() in flow.words.little_words:  # Genève, le
        before.pop()
    head, tail = " ".join(before), behind.strip(_MARKS)
    tail = "" if not _SAYS.search(tail) or (tail.islower() and " " not in tail) else tail  # года
    if not tail and (not _SAYS.search(head) or head.endswith(":")):
        return ""
    place = _PLACE.fullmatch(head or f"{tail},") if not (head and tail) else None
    return place["place"] if place else text
