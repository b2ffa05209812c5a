"""A shorter document from the same source: within a limit, on some sections, or on what was to be followed up.

What stays is decided by the authors: `core:` and `rank:` of sections and paragraphs, and short texts that they
wrote. Nothing is rewritten. A paragraph and the boxes below it stay together, so that each recommendation has
the paragraph that carries it. Numbers are those of the full report.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from shadowreport.checks.limits import limit_in_words, word_limit
from shadowreport.core.ast import para, plain, text
from shadowreport.core.ids import WITHHELD
from shadowreport.core.numbering import RANGE, anchor, number
from shadowreport.core.problems import Diagnostic, Failure, did_you_mean
from shadowreport.core.report import (
    Box,
    Heading,
    Item,
    Label,
    Mention,
    Paragraph,
    Profile,
    Report,
    Section,
    Tie,
)
from shadowreport.core.wordcount import WORDS_PER_PAGE, report_words, section_words, words_in


@dataclass(slots=True)
class _Part:
    """A paragraph with the boxes below it, and what the authors said of it."""

    section: int
    paragraph: Paragraph
    boxes: list[Box]
    tie: Tie | None
    rank: int
    core: bool
    short: str = ""  # as it is printed
    kept: bool = True
    shortened: bool = False

    def items(self) -> list[Item]:
        """What is printed of it."""
        if not self.shortened:
            return [self.paragraph, *self.boxes]
        return [replace(self.paragraph, blocks=[para(*text(self.short))]), *self.boxes]


@dataclass(frozen=True, slots=True)
class Derived:
    """The shorter report, and which paragraphs of the full one were shortened and left out, by number; its
    pages, and how many there may be, where somebody sets a limit to them."""

    report: Report
    words: int
    limit: int
    shortened: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()  # by number, of what the public edition does not hold
    bare: bool = False  # whether recommendations were left out, and none is in it
    unanswered: tuple[str, ...] = ()  # demands to be followed up of which nothing in it speaks
    pages: int = 0
    most_pages: int = 0

    def remarks(self) -> list[str]:
        """The same in words, for a person."""
        edition = f"{self.report.edition} edition: " if self.report.edition else ""
        said = [f"{edition}{self._length()}; paragraphs are those of the full report."]
        said += [f"In their short text: {_runs(self.shortened)}"] if self.shortened else []
        said += [f"Left out by rank: {_runs(self.left_out)}"] if self.left_out else []
        if self.bare:
            said += [
                "None of the recommendations is in it: rank: the paragraphs above their boxes."
            ]
        said += (
            [f"Left out, as they are confidential: {_runs(self.withheld)}"] if self.withheld else []
        )
        said += (
            [f"Asked for, and not answered: {', '.join(self.unanswered)}"]
            if self.unanswered
            else []
        )
        return said

    def _length(self) -> str:
        if self.most_pages:
            return f"{self.words:,} words, {self.pages} pages of {self.most_pages} at most"
        return f"{self.words:,} words" + (f" of {self.limit:,} at most" if self.limit else "")


def _runs(numbers: Iterable[str]) -> str:
    """Numbers in order, as short as a person would say them: 1, 3–12."""
    runs: list[list[int]] = []
    for nth in map(int, numbers):
        if runs and nth == runs[-1][-1] + 1:
            runs[-1][1:] = [nth]
        else:
            runs.append([nth])
    return ", ".join(RANGE.join(map(str, run)) for run in runs)


def profile_meant(report: Report, name: str) -> Profile:
    """A profile of report.yaml by its name. Raises Failure for one that is not there."""
    if name not in report.profiles:
        hint = did_you_mean(name, report.profiles) or "name it under profiles: in report.yaml"
        message = f"there is no profile '{name}' in report.yaml"
        raise Failure([Diagnostic("bad-value", report.place, message, hint)])
    return report.profiles[name]


def derive(full: Report, name: str, aim: int = 0) -> Derived:
    """A profile's document out of an edition of the full report, of `aim` words where its limit is not
    short enough. Raises Failure where what the authors call core is more than the limit."""
    return _derived(full, profile_meant(full, name), name, aim)


def extract(full: Report) -> Derived:
    """The sections alone that a version in another language consists of. Raises Failure where they have no text."""
    made = _derived(full, Profile(sections=full.extract, annexes=full.annexes), "")
    rows = {section.name: section.rows for section in full.sections}
    sections = tuple(replace(item, rows=rows[item.name]) for item in made.report.sections)
    subtitle = f"{full.subtitle} ({full.speech.language['extract_numbers']})".strip()
    return replace(made, report=replace(made.report, sections=sections, subtitle=subtitle))


def _derived(full: Report, profile: Profile, name: str, aim: int = 0) -> Derived:
    addressed = _addressed(full, profile)
    limit = _limit(addressed, profile)
    labels = number(full)
    asked = frozenset(key for key, item in full.earlier().items() if item.follow_up)
    asked = asked if profile.follow_up else frozenset()
    wanted = [part for part in _parts(full) if _wanted(full, part, profile, asked)]
    withheld = [part for part in wanted if _is_withheld(full, part)]
    parts = [part for part in wanted if not _is_withheld(full, part)]
    _shorten(full, parts, aim or limit)
    sections, said = _sections(full, parts, asked), full.speech.language
    report = replace(
        addressed,
        name=f"{full.name}-{name}" if name else full.name,
        title=profile.title or full.title,
        short_title=profile.short_title or profile.title or full.short_title,
        subtitle=f"{said['extract']} {full.title} ({said['extract_numbers']})",
        sections=sections,
        annexes=profile.annexes,
        labels=labels,
    )
    words = report_words(report)
    _refuse(report, name, words, limit, asked)
    return Derived(
        report,
        words,
        limit,
        _named(labels, (part for part in parts if part.kept and part.shortened)),
        _named(labels, (part for part in parts if not part.kept)),
        _named(labels, withheld),
        any(part.boxes for part in parts) and not any(part.boxes for part in parts if part.kept),
        tuple(sorted(asked.difference(*(_answered(part) for part in parts if part.kept)))),
    )


def _named(labels: Mapping[str, Label], parts: Iterable[_Part]) -> tuple[str, ...]:
    """The numbers of those parts that have one."""
    found = (labels[anchor("par", part.paragraph.id)].text for part in parts)
    return tuple(filter(None, found))


def _refuse(report: Report, name: str, words: int, limit: int, asked: frozenset[str]) -> None:
    """Raises Failure for a document without text, and for one that its core makes too long."""
    if report.sections and not (limit and words > limit):
        return
    if report.sections:
        message = f"the profile '{name}' cannot be kept: its core has {words:,} words, the limit is {limit:,}"
        hint = "write short: texts for core paragraphs, or make fewer of them core"
    elif name and report.profiles[name].follow_up:
        message = f"the profile '{name}' holds nothing: no paragraph answers a demand marked follow_up: true"
        hint = (
            f"name it under paragraphs: with answers: one of {', '.join(sorted(asked))}"
            if asked
            else "mark in references/ what was asked for within a year: follow_up: true"
        )
    else:
        what = f"the profile '{name}'" if name else f"the version in '{report.language}'"
        message = f"{what} holds nothing"
        hint = "name sections with text under sections:, or give the limit more words"
    raise Failure([Diagnostic("too-long-core", report.place, message, hint)])


def _addressed(full: Report, profile: Profile) -> Report:
    """The report with the name, the session and the dates of the body that the document goes to: those of
    the full report only where that is its own."""
    committee = profile.body.code if profile.body else full.committee
    # a follow-up belongs to no session, and is due on a day of its own
    same = committee == full.committee and not profile.follow_up
    return replace(
        full,
        profile=profile.body or full.profile,
        committee=committee,
        session=profile.session or (full.session if same else ""),
        date=profile.date or full.date,
        deadline=profile.deadline or (full.deadline if same else ""),
        session_starts=profile.session_starts or (full.session_starts if same else ""),
        thematic=bool(profile.sections) or full.thematic,
        stage=profile.stage or full.stage,
    )


def _limit(report: Report, profile: Profile) -> int:
    if profile.words or profile.pages:
        return profile.words or profile.pages * WORDS_PER_PAGE
    rule = word_limit(report) if profile.body else None
    return limit_in_words(rule) if rule else 0


def _parts(report: Report) -> Iterator[_Part]:
    for index, section in enumerate(report.sections):
        ties = {tie.paragraph.id: tie for tie in section.ties}
        above: _Part | None = None
        for item in section.items:
            if isinstance(item, Paragraph):
                if above:
                    yield above
                tie = ties.get(item.id)
                rank = section.rank_of(tie)
                short = report.speech.language.typeset(tie.short) if tie else ""
                core = section.is_core(tie)
                above = _Part(index, item, [], tie, rank, core, short)
            elif isinstance(item, Box) and above:
                above.boxes.append(item)
        if above:
            yield above


def _wanted(report: Report, part: _Part, profile: Profile, asked: frozenset[str]) -> bool:
    """Whether a part belongs to the profile at all; `asked` are the demands to be followed up."""
    if profile.follow_up and not asked & _answered(part):
        return False
    return not profile.sections or report.sections[part.section].name in profile.sections


def _is_withheld(report: Report, part: _Part) -> bool:
    """Whether this edition of the report holds nothing of a part but its number."""
    return part.paragraph.id.startswith(f"{WITHHELD}-") or report.sections[part.section].withheld


def _answered(part: _Part) -> set[str]:
    return {mention.id for mention in part.tie.answers} if part.tie else set()


def _shorten(report: Report, parts: Sequence[_Part], limit: int) -> None:
    """Takes short texts, then leaves parts out, the least important first, until the rest fits."""
    if not limit:
        return
    places = sorted(range(len(parts)), key=lambda at: (parts[at].core, -parts[at].rank, -at))
    short = [at for at in places if _has_short(parts[at])]
    out = [at for at in places if not parts[at].core]

    def over(steps: int) -> bool:
        """Whether it is too long after so many steps: each makes it shorter."""
        for part in parts:
            part.kept, part.shortened = True, False
        for at in short[:steps]:
            parts[at].shortened = True
        for at in out[: max(0, steps - len(short))]:
            parts[at].kept = False
        return sum(map(section_words, _sections(report, parts))) > limit

    over(bisect_left(range(len(short) + len(out)), True, key=lambda steps: not over(steps)))


def _has_short(part: _Part) -> bool:
    if not part.short:
        return False
    return words_in(part.short) < words_in(plain(part.paragraph.blocks, notes=True))


def _sections(
    report: Report, parts: Sequence[_Part], asked: frozenset[str] = frozenset()
) -> tuple[Section, ...]:
    """The sections of the parts that are kept, and those above them; sub-headings over what is left."""
    kept = {part.paragraph.id: part for part in parts if part.kept}
    made = [_section(section, kept, asked) for section in report.sections]
    result: list[Section] = []
    below = 0  # the level of the section that was taken last, from the end
    for section in reversed(made):
        if any(isinstance(item, Paragraph) for item in section.items) or section.level < below:
            result.append(section)
            below = section.level
    return tuple(reversed(result))


def _section(section: Section, kept: dict[str, _Part], asked: frozenset[str]) -> Section:
    items: list[Item] = []
    for item in section.items:
        if isinstance(item, Heading):
            while items and isinstance(items[-1], Heading) and items[-1].level >= item.level:
                items.pop()
            items.append(item)
        elif isinstance(item, Paragraph) and item.id in kept:
            items += kept[item.id].items()
    while items and isinstance(items[-1], Heading):
        items.pop()
    return replace(section, items=tuple(items), rows=tuple(_rows(section, kept, asked)), remarks=())


def _rows(
    section: Section, kept: Container[str], asked: frozenset[str]
) -> Iterator[tuple[Mention, ...]]:
    """The section's table, with what was to be followed up alone; such a demand that stands in no row has
    one of its own where a paragraph that is kept answers it."""
    seen: set[str] = set()
    for row in section.rows:
        cut = tuple(mention for mention in row if mention.id in asked)
        seen |= {mention.id for mention in cut}
        if cut:
            yield cut
    answered = (tie.answers for tie in section.ties if tie.paragraph.id in kept)
    for mention in (mention for answers in answered for mention in answers):
        if mention.id in asked - seen:
            seen.add(mention.id)
            yield (mention,)
