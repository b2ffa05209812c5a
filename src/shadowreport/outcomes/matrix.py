"""The matrix as data: a row for each earlier recommendation, by theme and cycle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shadowreport.core.addressees import addressee_of
from shadowreport.core.ast import plain
from shadowreport.core.coverage import Coverage, coverage, overall
from shadowreport.core.demands import asked, printed, response
from shadowreport.core.lexicon import Language
from shadowreport.core.numbering import anchor, number
from shadowreport.core.report import Box, Grade, Heading, Label, Paragraph, Report, Section

ANSWERED, SET_ASIDE, UNANSWERED = "answered", "set-aside", "unanswered"


@dataclass(frozen=True, slots=True)
class Target:
    """A place of the report: its anchor, its label there (empty where it has no number), a text; of a
    recommendation, whom it asks to act; of a paragraph, what its authors say of it in short."""

    anchor: str
    label: str
    text: str = ""
    addressee: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One earlier recommendation.

    `since` and `times` are those of its line of demands: the first cycle in which the demand was
    made, and in how many it was. `finding` is a grade's id, empty where nobody has found anything.
    `position` is what the State answered to it in a review, and `asked` the text without that.
    """

    id: str
    document: str
    cycle: str
    symbol: str
    paragraph: str
    text: str
    theme: str
    articles: tuple[str, ...]
    follow_up: bool
    since: str
    times: int
    line: tuple[str, ...]
    state: str
    finding: str
    reason: str
    answers: tuple[Target, ...]
    ours: tuple[Target, ...]
    organisations: tuple[str, ...]
    asked: str
    position: str

    @property
    def addressees(self) -> tuple[str, ...]:
        """Whom the report asks to act, each once."""
        return tuple(dict.fromkeys(item.addressee for item in self.ours if item.addressee))

    @property
    def outcome(self) -> str:
        """The finding where there is one, else the state."""
        return self.finding or (self.state if self.state != ANSWERED else "no-finding")


@dataclass(frozen=True, slots=True)
class Theme:
    """The rows that belong together, under the title of the section that treats them."""

    name: str
    title: str
    rows: tuple[Row, ...]

    def outcomes(self, document: str = "") -> Counter[str]:
        """How often each outcome comes, in one document or in all."""
        return Counter(row.outcome for row in self.rows if document in ("", row.document))


@dataclass(frozen=True, slots=True)
class Document:
    """A column of the heat map: a document of one cycle."""

    stem: str
    cycle: str
    symbol: str
    heading: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """What became of every earlier recommendation; `form` are the columns in which the body asks for it."""

    name: str
    title: str
    documents: tuple[Document, ...]
    themes: tuple[Theme, ...]
    grades: tuple[Grade, ...]
    organisations: tuple[tuple[str, str], ...]
    form: tuple[str, ...] = ()

    def addressees(self) -> list[str]:
        """Whom the report asks to act, by name."""
        return sorted({name for row in self.rows() for name in row.addressees})

    def rows(self) -> list[Row]:
        """All rows, in the order of themes."""
        return [row for theme in self.themes for row in theme.rows]


def matrix(report: Report, words: Language) -> Matrix:
    """The matrix of a report."""
    labels = number(report)
    sections = {section.name: section for section in report.sections}
    entries = coverage(report)
    told = addressee_of(report)
    body = report.speech.lexicon.committees.get(report.committee)
    made = [_row(report, words, labels, sections, entry, told) for entry in entries.values()]
    return Matrix(
        name=report.name,
        title=words.typeset(report.title),
        documents=tuple(
            Document(cycle.stem, cycle.cycle, cycle.symbol, words.of(cycle.heading))
            for cycle in report.cycles
        ),
        themes=_themes(made, sections, words),
        grades=report.scale.grades if report.scale else (),
        organisations=tuple((item.id, words.typeset(item.name)) for item in report.organisations),
        form=body.form if body else (),
    )


def _row(
    report: Report,
    words: Language,
    labels: Mapping[str, Label],
    sections: Mapping[str, Section],
    entry: Coverage,
    told: Callable[[str], str],
) -> Row:
    item = entry.recommendation
    cycles = {cycle.stem: cycle for cycle in report.cycles}
    document = cycles[item.id.partition("/")[0]]
    answering = [(sections[answer.section], answer.paragraph) for answer in entry.answers]
    first = cycles[entry.line.documents[0]] if entry.line.documents else document
    state = ANSWERED if entry.answers else SET_ASIDE if entry.set_aside else UNANSWERED
    theme = item.theme if item.theme in sections else next(iter(entry.sections), item.theme)
    return Row(
        id=item.id,
        document=document.stem,
        cycle=document.cycle,
        symbol=document.symbol,
        paragraph=item.paragraph,
        text=printed(item, words),
        theme=theme,
        articles=item.articles,
        follow_up=item.follow_up,
        since=first.cycle,
        times=len(entry.line.documents),
        line=entry.line.recommendations,
        state=state,
        finding=overall(entry.findings, report.scale),
        reason=words.typeset(entry.set_aside),
        answers=tuple(_answer(section, name, labels, words) for section, name in answering),
        ours=_ours(answering, labels, told),
        organisations=_authors(theme, answering, sections),
        asked=asked(item, words),
        position=response(item, words),
    )


def _answer(
    section: Section, paragraph: str, labels: Mapping[str, Label], words: Language
) -> Target:
    name = anchor("par", paragraph)
    short = next((tie.short for tie in section.ties if tie.paragraph.id == paragraph), "")
    return Target(name, labels[name].text, words.typeset(section.title), short=words.typeset(short))


def _ours(
    answering: list[tuple[Section, str]], labels: Mapping[str, Label], told: Callable[[str], str]
) -> tuple[Target, ...]:
    """The report's own recommendations in the first box below an answering paragraph, before the
    next heading."""
    found: dict[str, Target] = {}
    for section, paragraph in answering:
        below = False
        for item in section.items:
            if isinstance(item, Heading):
                below = False
            elif isinstance(item, Paragraph):
                below = below or item.id == paragraph
            elif below and isinstance(item, Box):
                for own in item.recommendations:
                    name = anchor("rec", own.id)
                    text = " ".join(plain(own.blocks).split())
                    label = labels[name].text if name in labels else ""
                    found[name] = Target(name, label, text, told(text))
                break
    return tuple(found.values())


def _authors(
    theme: str, answering: list[tuple[Section, str]], sections: Mapping[str, Section]
) -> tuple[str, ...]:
    """Who writes on it: the authors of the answering sections, else of the theme's."""
    answerers = [section for section, _ in answering]
    responsible = answerers or [section for name, section in sections.items() if name == theme]
    return tuple(
        dict.fromkeys(mention.id for section in responsible for mention in section.authors)
    )


def _themes(rows: list[Row], sections: Mapping[str, Section], words: Language) -> tuple[Theme, ...]:
    """Rows by theme, in the order of the sections; in a theme, demands of one line together."""
    order = {name: index for index, name in enumerate(sections)}
    names = sorted(
        {row.theme for row in rows}, key=lambda name: (order.get(name, len(order)), name)
    )
    position = {row.id: index for index, row in enumerate(rows)}

    def place(row: Row) -> tuple[int, int]:
        return min(position.get(name, 0) for name in row.line or (row.id,)), position[row.id]

    return tuple(
        Theme(
            name,
            words.typeset(sections[name].title)
            if name in sections
            else name or words["matrix_other_theme"],
            tuple(sorted((row for row in rows if row.theme == name), key=place)),
        )
        for name in names
    )
