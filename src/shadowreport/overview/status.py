"""The state of a report: what is written, signed off, noted and unanswered, and how long there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shadowreport.checks.limits import asked, limit_in_words, word_limit
from shadowreport.core.ast import plain, walk
from shadowreport.core.coverage import asked_again, coverage
from shadowreport.core.editions import CONFIDENTIAL, line_told
from shadowreport.core.evidence import in_words
from shadowreport.core.lexicon import Rule
from shadowreport.core.numbering import anchor, is_reference, number
from shadowreport.core.persons import Consent
from shadowreport.core.report import Note, Paragraph, Report, Section
from shadowreport.core.sign_offs import judge
from shadowreport.core.wordcount import section_words

STATUSES = ("draft", "review", "final")


@dataclass(frozen=True, slots=True)
class OpenNote:
    """A note between authors and reviewers that nobody has removed yet."""

    file: str
    line: int
    author: str
    date: str
    text: str
    private: bool = False  # a remark in the text: its words stay in the terminal and in JSON


@dataclass(frozen=True, slots=True)
class Waiting:
    """A paragraph of the last cycle that nobody has looked at in this one: what it found then, and the
    demands of the last document that repeat what it answers."""

    paragraph: str
    line: int
    finding: str
    asked_again: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rests:
    """What a paragraph with a finding, or with evidence, rests on: the keys of its sources, and each piece
    that is on file, in words, with how far consent goes, why it does not count today, and both in words."""

    label: str
    file: str
    line: int
    finding: str
    sources: tuple[str, ...]
    evidence: tuple[tuple[str, str, str, str], ...]
    grade: str  # the finding in words


@dataclass(frozen=True, slots=True)
class SectionStatus:
    """A section. `share` is that of its own budget, else of the report's limit; None without either.

    `fresh` and `stale` count sign-offs; `unanswered` names recommendations of its table.
    """

    name: str
    file: str
    title: str
    level: int
    status: str
    organisations: tuple[str, ...]
    paragraphs: int
    words: int
    budget: int
    share: float | None
    fresh: int
    stale: int
    notes: tuple[OpenNote, ...]
    unanswered: tuple[str, ...]
    look_again: tuple[Waiting, ...] = ()

    @property
    def anchor(self) -> str:
        """Its anchor in the report."""
        return anchor("sec", self.name)


@dataclass(frozen=True, slots=True)
class OrganisationStatus:
    """An organization: the sections it writes (a joint one counts for each), and its sign-offs."""

    id: str
    name: str
    sections: int
    draft: int
    review: int
    final: int
    words: int
    share: float | None
    fresh: int
    stale: int
    notes: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a report on a day. `limit` is in words, 0 where none is known; `days` are those
    until the deadline, None where there is none."""

    name: str
    title: str
    date: str
    words: int
    limit: int
    limit_rule: Rule | None
    share: float | None
    deadline: str
    days: int | None
    sections: tuple[SectionStatus, ...]
    organisations: tuple[OrganisationStatus, ...]
    unanswered: tuple[str, ...]
    body: str = ""
    rules: tuple[Rule, ...] = ()
    rests: tuple[Rests, ...] = ()

    def count(self, status: str) -> int:
        """How many sections with text have this status."""
        return sum(section.status == status for section in self.sections if section.words)

    @property
    def notes(self) -> list[OpenNote]:
        """All open notes."""
        return [note for section in self.sections for note in section.notes]

    @property
    def fresh(self) -> int:
        """How many sign-offs hold."""
        return sum(section.fresh for section in self.sections)

    @property
    def stale(self) -> int:
        """How many sign-offs no longer hold."""
        return sum(section.stale for section in self.sections)


def status(report: Report, today: date, notes: bool = True) -> Status:
    """The state of a report on a day; without private `notes` where others look at it."""
    if not notes:
        report = replace(report, sections=tuple(map(_without_notes, report.sections)))
    typeset = report.speech.language.typeset
    rule = word_limit(report)
    limit = limit_in_words(rule) if rule else 0
    entries = coverage(report)
    open_ones = {identifier for identifier, entry in entries.items() if entry.is_open}
    sections = tuple(_section(report, section, limit, open_ones) for section in report.sections)
    words = sum(section.words for section in sections)
    return Status(
        name=report.name,
        title=typeset(report.title),
        date=today.isoformat(),
        words=words,
        limit=limit,
        limit_rule=rule,
        share=words / limit if limit else None,
        deadline=report.deadline,
        days=_days(report.deadline, today),
        sections=sections,
        organisations=tuple(
            _organisation(report, item.id, typeset(item.name), sections, limit)
            for item in report.organisations
        ),
        unanswered=tuple(identifier for identifier in entries if identifier in open_ones),
        body=report.profile.code if report.profile else "",
        rules=asked(report),
        rests=tuple(_rests(report, today)),
    )


def _without_notes(section: Section) -> Section:
    items = tuple(item for item in section.items if not isinstance(item, Note))
    return replace(section, items=items, remarks=())


def _rests(report: Report, today: date) -> Iterator[Rests]:
    labels, whole = number(report), replace(report, edition=CONFIDENTIAL)
    words = report.speech.language
    known = report.scale.grades if report.scale else ()
    grades = {grade.id: words.of(grade.words) for grade in known}
    for section in report.sections:
        paragraphs = {item.id: item for item in section.paragraphs()}
        for tie in section.ties:
            item = paragraphs.get(tie.paragraph.id)
            if item and (tie.finding or tie.evidence):
                kept = (
                    (in_words(one, whole, words), *_consent(one.consent, report, today))
                    for one in tie.evidence
                )
                grade = grades.get(tie.finding, tie.finding)
                label = labels[anchor("par", item.id)].text
                file, line = item.place.file, line_told(report, item.place)
                cited = tuple(dict.fromkeys(_sources(item)))
                yield Rests(label, file, line, tie.finding, cited, tuple(kept), grade)


def _consent(given: Consent | None, report: Report, today: date) -> tuple[str, str, str]:
    """How far it goes, why it does not count today, and both in the words of the report's language."""
    if not given:
        return "", "", ""
    language, day = report.speech.language, today.isoformat()
    kind, about = given.lapse(report.committee, day)
    told = [language[f"consent_{given.level}"]]
    if kind:
        said = about if kind == "elsewhere" else language.date(about)
        told.append(language[f"consent_{kind}"].replace("{about}", said))
    return given.level, given.fault(report.committee, day), ", ".join(told)


def _sources(item: Paragraph) -> Iterator[str]:
    for element in walk(item.blocks):
        keys = [one["citationId"] for one in element["c"][0]] if element["t"] == "Cite" else []
        yield from (key for key in keys if not is_reference(key))


def _section(report: Report, section: Section, limit: int, open_ones: set[str]) -> SectionStatus:
    words = section_words(section)
    base = section.budget or limit
    judged = judge(report, section)
    return SectionStatus(
        name=section.name,
        file=section.file,
        title=report.speech.language.typeset(section.title),
        level=section.level,
        status=section.status,
        organisations=tuple(mention.id for mention in section.authors),
        paragraphs=sum(1 for _ in section.paragraphs()),
        words=words,
        budget=section.budget,
        share=words / base if base else None,
        fresh=sum(not item.stale for item in judged),
        stale=sum(bool(item.stale) for item in judged),
        notes=_notes(section),
        unanswered=tuple(
            mention.id for row in section.rows for mention in row if mention.id in open_ones
        ),
        look_again=_waiting(report, section),
    )


def _waiting(report: Report, section: Section) -> tuple[Waiting, ...]:
    if not section.look_again:
        return ()
    paragraphs = {item.id: item for item in section.paragraphs()}
    ties = {tie.paragraph.id: tie for tie in section.ties}
    newer = asked_again(report)
    found: list[Waiting] = []
    for name in (item.id for item in section.look_again if item.id in paragraphs):
        tie = ties.get(name)
        answered = [mention.id for mention in tie.answers] if tie else []
        demands = dict.fromkeys(new for old in answered for new in newer.get(old, ()))
        line = line_told(report, paragraphs[name].place)
        found.append(Waiting(name, line, tie.finding if tie else "", tuple(demands)))
    return tuple(found)


def _notes(section: Section) -> tuple[OpenNote, ...]:
    """The section's notes and the remarks in its text, in their order."""
    found = [_note(item) for item in section.items if isinstance(item, Note)]
    found += [
        OpenNote(remark.place.file, remark.place.line, "", "", remark.id, True)
        for remark in section.remarks
    ]
    return tuple(sorted(found, key=lambda note: note.line))


def _note(note: Note) -> OpenNote:
    text = " ".join(plain(note.blocks).split())
    place = note.place
    author, day = note.attributes.get("author", ""), note.attributes.get("date", "")
    return OpenNote(place.file, place.line, author, day, text)


def _organisation(
    report: Report, identifier: str, name: str, sections: Sequence[SectionStatus], limit: int
) -> OrganisationStatus:
    own = [section for section in sections if identifier in section.organisations and section.words]
    judged = [
        item
        for section in report.sections
        for item in judge(report, section)
        if item.sign_off.organisation.id == identifier
    ]
    words = sum(section.words for section in own)
    return OrganisationStatus(
        id=identifier,
        name=name,
        sections=len(own),
        draft=sum(section.status == "draft" for section in own),
        review=sum(section.status == "review" for section in own),
        final=sum(section.status == "final" for section in own),
        words=words,
        share=words / limit if limit else None,
        fresh=sum(not item.stale for item in judged),
        stale=sum(bool(item.stale) for item in judged),
        notes=sum(len(section.notes) for section in own),
        unanswered=len({name for section in own for name in section.unanswered}),
    )


def _days(deadline: str, today: date) -> int | None:
    try:
        return (date.fromisoformat(deadline[:10]) - today).days
    except ValueError:
        return None
