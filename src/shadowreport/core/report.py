"""What a report is: frozen data, free of files, formats and programs.

Nothing here imports modules of ours but those of core/ on which a report is built: charts, lexicon, persons, style. Identity is an id that a person wrote; numbers are
computed later, once (see core/numbering.py). Text that came through pandoc is kept as pandoc's own JSON
AST: a `Block` or `Inline` is `{"t": name, "c": content}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from shadowreport.core.charts import Chart
from shadowreport.core.lexicon import Committee, Speech
from shadowreport.core.persons import Consent, Persons
from shadowreport.core.style import Style

Block = dict[str, Any]
Inline = dict[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file relative to the project, a line and a column from 1; line 0 where the
    line is not told."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Mention:
    """An id that somebody wrote somewhere, so that a wrong one can be shown in its place."""

    id: str
    place: Place


# --- earlier recommendations -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EarlierRecommendation:
    """One demand that a committee made: `id` is `<document>/<paragraph>[.<nth>]`; `paragraph` is where it
    stands, as it is printed: 9, or what the document itself calls it, such as 132.45.

    `repeats` are the older demands that it makes again, `takes_up` the report's own recommendations
    that the committee followed with it: a person has confirmed both.
    """

    id: str
    paragraph: str
    text: Mapping[str, str]
    place: Place
    theme: str = ""
    articles: tuple[str, ...] = ()
    follow_up: bool = False
    repeats: tuple[Mention, ...] = ()
    takes_up: tuple[str, ...] = ()
    heading: Mapping[str, str] = field(default_factory=dict)
    states: tuple[str, ...] = ()  # of the Universal Periodic Review: who made it,
    response: str = ""  # and whether the State under review supported or noted it


@dataclass(frozen=True, slots=True)
class CycleDocument:
    """A committee's document of one reporting cycle: a file of `references/`, a column of tables."""

    stem: str
    committee: str
    symbol: str
    cycle: str
    heading: Mapping[str, str]
    recommendations: tuple[EarlierRecommendation, ...]
    place: Place


# --- the report's text --------------------------------------------------------------------------

# `withheld` says of a text that the public edition does not print it (see core/editions.py); of a
# paragraph or a recommendation, which of its blocks those are.


@dataclass(frozen=True, slots=True)
class Heading:
    """A sub-heading in a section's body; `level` counts from the top of the report."""

    level: int
    inlines: list[Inline]
    place: Place
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph with all that belongs to it: continuations, lists, quotations, tables.
    One of the `summary` of its section stands in a box at its head and carries no number."""

    id: str
    blocks: list[Block]
    place: Place
    withheld: set[int] = field(default_factory=set)
    summary: bool = False


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation of the report's own, inside a box."""

    id: str
    blocks: list[Block]
    place: Place
    withheld: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the report's own recommendations."""

    recommendations: tuple[Recommendation, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Note:
    """A note between authors and reviewers; it is never printed unless somebody asks for it."""

    blocks: list[Block]
    attributes: Mapping[str, str]
    place: Place
    withheld: bool = False


Item = Heading | Paragraph | Box | Note


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a paragraph or a source rests on, kept by an organisation. `what`, `date` (ISO) and the
    address of an `archived` copy are empty where nobody has said; of a paragraph the confidential edition alone
    prints them.
    `file` is the name of a copy in archive/, `sha256` its sum."""

    on_file: Mention
    what: str = ""
    date: str = ""
    consent: Consent | None = None
    file: str = ""
    sha256: str = ""
    archived: str = ""

    @property
    def is_detailed(self) -> bool:
        """Whether there is more to print than with whom it is on file."""
        return bool(self.what or self.date or self.archived)


@dataclass(frozen=True, slots=True)
class Tie:
    """What a paragraph answers, and what it finds: a word of the report's scale. `public`: that a
    withheld paragraph answers it may be said in the public edition."""

    paragraph: Mention
    answers: tuple[Mention, ...] = ()
    finding: str = ""
    public: bool = False
    rank: int = (
        0  # how soon a shorter document leaves the paragraph out: 1 last; 0 where nobody has said
    )
    core: bool = False  # never
    short: str = ""  # the authors' text for a shorter document
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """An earlier recommendation that the report deliberately does not answer, and why."""

    recommendation: Mention
    reason: str


@dataclass(frozen=True, slots=True)
class SignOff:
    """An organisation's word that a paragraph is right in one aspect, at one state of its text.

    `content` is the paragraph's fingerprint at that time, `answers` those of the recommendations
    that it answered (see core/sign_offs.py).
    """

    paragraph: Mention
    organisation: Mention
    aspect: str
    date: str
    content: str
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Excuse:
    """A finding of `invoke check` that is accepted for a reason.

    It covers one code in one file: everywhere in it, in one paragraph, or on the lines that hold
    `text`.
    """

    code: str
    reason: str
    file: str
    place: Place
    paragraph: str = ""
    text: str = ""


LAST_RANK = 10  # of what nobody has ranked


@dataclass(frozen=True, slots=True)
class Section:
    """A section file: a heading, perhaps a table of earlier recommendations, and a body.

    `public_source` is the source with confidential passages blank, line for line.
    """

    name: str
    file: str
    title: str
    level: int
    numbered: bool
    status: str
    authors: tuple[Mention, ...]
    rows: tuple[tuple[Mention, ...], ...]
    ties: tuple[Tie, ...]
    items: tuple[Item, ...]
    mentions: tuple[Mention, ...]
    images: tuple[Mention, ...]
    source: str
    source_line: int
    place: Place
    set_aside: tuple[SetAside, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()
    excuses: tuple[Excuse, ...] = ()
    budget: int = 0  # words planned for the section; 0 where nobody has said
    remarks: tuple[Mention, ...] = ()  # private ones in the text: their words; none is printed
    withheld: bool = False  # the whole section
    rank: int = 0  # of its paragraphs; see Tie
    core: bool = False
    public_source: str = ""
    made_from: Mapping[str, str] = field(default_factory=dict)  # see core/translations.py
    look_again: tuple[Mention, ...] = ()  # paragraphs that nobody has looked at in this cycle

    def paragraphs(self) -> Iterator[Paragraph]:
        """The section's numbered paragraphs in order."""
        return (item for item in self.items if isinstance(item, Paragraph))

    def counted(self) -> list[Paragraph]:
        """Those of its paragraphs that carry a number."""
        return [item for item in self.paragraphs() if self.numbered and not item.summary]

    def rank_of(self, tie: Tie | None) -> int:
        """The rank of a paragraph of the section, by its tie where it has one."""
        return (tie.rank if tie else 0) or self.rank or LAST_RANK

    def is_core(self, tie: Tie | None) -> bool:
        """Whether a paragraph of the section stands in every document that is made of the report."""
        return self.core or bool(tie and tie.core)

    def boxes(self) -> Iterator[Box]:
        """The section's boxes in order."""
        return (item for item in self.items if isinstance(item, Box))


# --- the report ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Organisation:
    """A member of the coalition."""

    id: str
    name: str
    description: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the committee's secretariat can write to."""

    name: str
    email: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image without its metadata; `name` is unique in the report; width and height in pixels.
    A `chart` has its picture as `dots` (PNG) too, for programs that lack the report's fonts or know no SVG."""

    name: str
    data: bytes
    width: int
    height: int
    chart: Chart | None = None
    dots: bytes = b""


@dataclass(frozen=True, slots=True)
class Term:
    """A preferred spelling."""

    prefer: str
    instead_of: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """One step of a scale. `degree`: 3 carried out, 2 partly, 1 not, 0 contrary to it, -1 unknown."""

    id: str
    words: Mapping[str, str]
    degree: int


@dataclass(frozen=True, slots=True)
class Scale:
    """The grades by which findings are given: a scale's name and version, from best to worst."""

    name: str
    version: str
    title: Mapping[str, str]
    grades: tuple[Grade, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """What a reference to an anchor prints.

    `text` is empty where the thing carries no number. `first` and `last` are the anchors of the
    paragraphs of a range, or of the paragraph below which a recommendation stands.
    """

    text: str
    first: str = ""
    last: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class EditionWords:
    """What report.yaml says of an edition: what it is called, and whether it may be published."""

    name: str = ""
    publication: str = ""


@dataclass(frozen=True, slots=True)
class OwnAnnex:
    """An annex of the project's own: what it is headed with, and what its template is given."""

    title: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Profile:
    """A document that is derived from the report: for another body, within a limit, on some sections.

    `words` and `pages` are 0 where the body's own limit holds. `follow_up`: only what answers a demand
    that the committee wanted to be followed up. What the document says of its own session and dates is
    empty where it says nothing.
    """

    body: Committee | None = None
    words: int = 0
    pages: int = 0
    title: str = ""
    short_title: str = ""
    session: str = ""
    date: str = ""
    deadline: str = ""
    session_starts: str = ""
    stage: str = ""
    sections: tuple[str, ...] = ()
    follow_up: bool = False
    annexes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report as loaded: settings, sections in order, cycle documents, sources, images.

    `edition` is empty for a report that has one edition only. `labels` are the numbers of an edition,
    taken over from the whole report; a report without them is numbered by core/numbering.py, which keeps
    the numbers in `counted`.
    """

    name: str
    title: str
    subtitle: str
    short_title: str
    state: str
    state_code: str
    committee: str
    treaty: str
    treaty_short: str
    session: str
    date: str
    language: str
    publication: str
    organisations: tuple[Organisation, ...]
    contacts: tuple[Contact, ...]
    abbreviations: Mapping[str, str]
    annexes: tuple[str, ...]
    cycles: tuple[CycleDocument, ...]
    sections: tuple[Section, ...]
    sources: Mapping[str, Mapping[str, Any]]
    images: Mapping[str, Picture]
    place: Place
    source_places: Mapping[str, Place] = field(default_factory=dict)
    unfilled: tuple[Mention, ...] = ()  # texts of report.yaml that were to be replaced
    terms: tuple[Term, ...] = ()
    accepted_words: tuple[str, ...] = ()
    scale: Scale | None = None
    profile: Committee | None = None  # whose rules the report is checked against
    speech: Speech = field(default_factory=Speech)
    deadline: str = ""  # YYYY-MM-DD, or with HH:MM in Geneva time
    session_starts: str = ""
    stage: str = ""  # one of the profile's
    thematic: bool = False  # on one theme, not on the whole treaty
    addressees: tuple[str, ...] = ()
    style: Style = field(default_factory=Style)
    spelling: str = ""
    severity: Mapping[str, str] = field(default_factory=dict)
    excuses: tuple[Excuse, ...] = ()
    persons: Persons | None = None  # who may be named; None where nobody has decided anything
    contents_depth: int = 2  # the lowest level of headings in the contents
    lists: tuple[str, ...] = ()  # what is listed behind the contents
    unread: frozenset[str] = frozenset()
    editions: Mapping[str, EditionWords] = field(default_factory=dict)
    withheld_sources: frozenset[str] = frozenset()
    evidence: Mapping[str, Evidence] = field(default_factory=dict)  # of sources, by their keys
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    own_annexes: Mapping[str, OwnAnnex] = field(default_factory=dict)  # by their names
    edition: str = ""
    labels: Mapping[str, Label] | None = None
    languages: tuple[str, ...] = ()  # that the report is translated into
    extract: tuple[str, ...] = ()  # the sections of this version; all where it is empty
    counted: dict[str, Label] = field(default_factory=dict, init=False, compare=False, repr=False)

    def contents_of(self, kind: str) -> int:
        """The lowest level of headings in the contents of a format, 0 where it has none."""
        return self.style.contents.get(kind, self.contents_depth)

    def earlier(self) -> dict[str, EarlierRecommendation]:
        """Every earlier recommendation by its id."""
        return {item.id: item for cycle in self.cycles for item in cycle.recommendations}
