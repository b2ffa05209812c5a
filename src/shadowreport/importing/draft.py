"""The report as it takes shape: what was recognised in a Word file, before it is written.

The text is still Word's (content.py), so that nothing is lost on the way; only what stands where
has been decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from shadowreport.word.content import Embedded, Picture, Run
from shadowreport.word.content import Inline as WordInline

DEEPEST = 6  # heading of Markdown; Word has nine
EMPTY = "[…]"  # stands where nothing could be kept, and for words that are not there


@dataclass(frozen=True, slots=True)
class Reference:
    """A live reference: `target` such as par-no-special-law; `shown` is what the source printed."""

    target: str
    shown: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation as a section file writes it between brackets; the first source that it names; what
    the file showed."""

    written: str
    key: str
    shown: str


Inline = WordInline | Reference | Citation


@dataclass(slots=True)
class Text:
    """A piece of running text. `ordinal` names its place in the Word file."""

    inlines: list[Inline]
    ordinal: int

    @property
    def plain(self) -> str:
        """What a reader sees, without footnotes."""
        return "".join(shown(item) for item in self.inlines)


@dataclass(slots=True)
class Continuation:
    """A paragraph without a number that goes on with the one above."""

    text: Text


@dataclass(slots=True)
class Listing:
    """A list; `kind` is "bullet", "1", "a", "A", "i" or "I", `delimiter` ".", ")" or "()"."""

    items: list[list[Text | Listing]]
    kind: str = "bullet"
    delimiter: str = "."
    start: int = 1


@dataclass(slots=True)
class Quotation:
    """A quotation set off from the text."""

    texts: list[Text | Listing]


@dataclass(slots=True)
class Grid:
    """A table that is no table of earlier recommendations. Its first row is the head."""

    id: str
    caption: str
    rows: list[list[Text]]
    ordinal: int
    old: str = ""  # the number that its caption was typed with
    spans: dict[tuple[int, int], tuple[int, int]] = field(
        default_factory=dict
    )  # rows and columns of merged cells


@dataclass(slots=True)
class Figure:
    """Pictures that stand alone in a paragraph; one with a caption is numbered, and has an id."""

    text: Text
    id: str = ""
    caption: str = ""
    old: str = ""  # the number that its caption was typed with

    def is_kept(self, address: Callable[[Picture], str]) -> bool:
        """Whether its pictures can be shown, so that it has a number."""
        return all(address(item) for item in self.text.inlines if isinstance(item, Picture))


Belonging = Continuation | Listing | Quotation | Grid | Figure


@dataclass(slots=True)
class Numbered:
    """A numbered paragraph with all that belongs to it; `old` is its number in the source. One of
    the section's `summary` carries none."""

    text: Text
    old: str = ""
    id: str = ""
    belongings: list[Belonging] = field(default_factory=list)
    summary: bool = False


@dataclass(slots=True)
class Recommendation:
    """A recommendation of the report's own."""

    text: Text
    id: str = ""
    belongings: list[Belonging] = field(default_factory=list)


@dataclass(slots=True)
class Box:
    """A box of the report's own recommendations, with its heading as it was printed."""

    heading: str
    recommendations: list[Recommendation]
    ordinal: int


@dataclass(slots=True)
class Subheading:
    """A heading inside a section; `depth` is 2 for the first level below the section's title."""

    text: Text
    depth: int


@dataclass(slots=True)
class Note:
    """A review note: a comment, or something that the import could not place."""

    author: str
    date: str
    lines: list[str]
    ordinal: int


Item = Numbered | Box | Subheading | Note


@dataclass(slots=True)
class Demand:
    """An earlier recommendation in a cell: the cycle's column, its paragraph, its words, what the cell calls
    the paragraph where that is more than its number, and which sub-paragraph it is (0: none is told)."""

    cycle: str
    paragraph: str
    words: str
    ordinal: int
    label: str = ""
    sub: int = 0
    id: str = ""


@dataclass(slots=True)
class Section:
    """A section file in the making."""

    title: Text
    level: int
    name: str = ""
    file: str = ""
    numbered: bool = True
    held: bool = False  # kept out of the public edition
    rows: list[list[Demand]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    def paragraphs(self) -> Iterator[Numbered]:
        """Its paragraphs in order."""
        return (item for item in self.items if isinstance(item, Numbered))

    def boxes(self) -> Iterator[Box]:
        """Its boxes in order."""
        return (item for item in self.items if isinstance(item, Box))


@dataclass(slots=True)
class Cycle:
    """A column of the tables: a reporting cycle and the document of the committee behind it."""

    key: str
    committee: str
    year: str
    heading: str
    stem: str = ""
    symbol: str = ""


@dataclass(slots=True)
class Draft:
    """A whole report in the making."""

    title: Text | None = None
    subtitle: str = ""
    session: str = ""
    date: str = ""  # YYYY-MM-DD
    state: str = ""  # the State's code of three letters
    state_name: str = ""
    language: str = "en"
    unsure_language: bool = False
    sections: list[Section] = field(default_factory=list)
    cycles: list[Cycle] = field(default_factory=list)
    demand_tables: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    sources: list[dict[str, Any]] = field(default_factory=list)  # for references/sources.yaml

    def numbered(self) -> Iterator[tuple[Section, Numbered]]:
        """Every paragraph with its section, in order."""
        for section in self.sections:
            for paragraph in section.paragraphs():
                yield section, paragraph


def shown(item: Inline) -> str:
    """The text that an inline shows."""
    if isinstance(item, Reference | Citation):
        return item.shown
    return item.text if isinstance(item, Run | Embedded) else ""


def texts_of(belongings: Sequence[Belonging]) -> Iterator[Text]:
    """Every text inside what belongs to a paragraph, in order."""
    for item in belongings:
        if isinstance(item, Continuation | Figure):
            yield item.text
        elif isinstance(item, Listing):
            yield from _list_texts(item)
        elif isinstance(item, Quotation):
            for inner in item.texts:
                if isinstance(inner, Listing):
                    yield from _list_texts(inner)
                else:
                    yield inner
        else:
            for row in item.rows:
                yield from row


def _list_texts(listing: Listing) -> Iterator[Text]:
    for item in listing.items:
        for inner in item:
            if isinstance(inner, Listing):
                yield from _list_texts(inner)
            else:
                yield inner


def all_texts(section: Section) -> Iterator[Text]:
    """Every text of a section's body in the order of reading."""
    for item in section.items:
        if isinstance(item, Numbered):
            yield item.text
            yield from texts_of(item.belongings)
        elif isinstance(item, Box):
            for recommendation in item.recommendations:
                yield recommendation.text
                yield from texts_of(recommendation.belongings)
        elif isinstance(item, Subheading):
            yield item.text


def texts_to_fill(section: Section) -> Iterator[Text]:
    """The texts that have to show something: all but pictures by themselves and cells of tables."""
    for item in section.items:
        if isinstance(item, Subheading):
            yield item.text
        elif isinstance(item, Numbered | Box):
            for one in item.recommendations if isinstance(item, Box) else [item]:
                kept = [part for part in one.belongings if not isinstance(part, Figure | Grid)]
                yield from (one.text, *texts_of(kept))
