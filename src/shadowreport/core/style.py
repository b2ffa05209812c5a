"""How a report looks: what templates/style.yaml says, and the toolkit's own values for the rest.

All formats read it from here. Colours are RRGGBB, lengths are millimetres.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import starmap

# accent: headings, frames, heads of tables; shade: the ground of boxes; line: rules; quiet: what stands back
COLOURS = {"accent": "1F3A5F", "shade": "EEF3F8", "line": "9FB3C8", "quiet": "5A6470"}
PAPERS = {"A4": (210.0, 297.0), "letter": (215.9, 279.4)}  # width and height
MARGINS = {"top": 26.0, "bottom": 25.0, "left": 25.0, "right": 25.0}
_BY_PART = "1.1"
NUMBERS = ("1.", "1", "(1)", "[1]", _BY_PART)  # forms of the number of a paragraph
BOXES = ("bar", "frame", "rules", "plain")  # what stands around a box
TABLES = ("rules", "grid", "plain")  # the lines of a table
BULLETS = ("•", "–", "◦", "▪", "*")
HEAD = {"start": "{short_title}", "end": "{session}"}  # of each page
HEAD_WORDS = ("title", "short_title", "session", "state", "date", "organisations")
FONT = "Libertinus Serif"  # in the PDF; Word and browsers have their own
Breadths = tuple[float, float, float, float]  # of narrow, small, capital and wide letters
USUAL: Breadths = (1.0, 1.0, 1.0, 1.0)  # those of the toolkit's own font
LEAST = 4.5  # contrast of a text and its ground (WCAG 2.2, 1.4.3, level AA)
_TEXT, _PAPER = "000000", "FFFFFF"
APART = 3.0  # contrast of a link without a line and the text around it (WCAG 2.2, technique G183)
_UNDERLINED = {None: "on pages", True: "yes", False: "no"}


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture on the cover, a sign above or one below the title: its key among the report's images, what it shows, its width."""

    key: str
    alternative: str
    width: float


@dataclass(frozen=True, slots=True)
class Links:
    """The look of addresses and other links: a colour, empty for that of headings, and whether a line
    stands below them; None for what is usual in a format: on pages in a browser it does."""

    colour: str = ""
    underline: bool | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a report. `font` and `citations` (a file of templates/) are empty where the project
    names none; `numbers` is one of `NUMBERS`; `head` is what stands at both ends of a running head, with
    names of `HEAD_WORDS` in braces. Where it is `two_sided`, the left margin is the inner one. `contents` is, by format, the lowest level
    of headings in its contents, 0 for none; for the others report.yaml says it. `script_fonts` are families by the code of the script
    whose letters they show. `breadths` are those of the letters of these fonts."""

    colours: Mapping[str, str] = field(default_factory=lambda: COLOURS)
    font: str = ""
    paper: str = "A4"
    margins: Mapping[str, float] = field(default_factory=lambda: MARGINS)
    logo: Logo | None = None
    cover: Logo | None = None
    numbers: str = NUMBERS[0]
    head: Mapping[str, str] = field(default_factory=lambda: HEAD)
    two_sided: bool = False
    citations: str = ""
    boxes: str = BOXES[0]
    tables: str = TABLES[0]
    bullets: str = BULLETS[0]
    contents: Mapping[str, int] = field(default_factory=dict)
    heading_font: str = ""
    script_fonts: Mapping[str, str] = field(default_factory=dict)
    links: Links = field(default_factory=Links)
    breadths: Breadths = USUAL

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the paper."""
        return PAPERS[self.paper]

    def measure(self, *, across: bool = False) -> float:
        """The width of the text of a page, also of one that lies across."""
        return self.size[1 if across else 0] - self.margins["left"] - self.margins["right"]

    def rows(self) -> Iterator[tuple[str, str]]:
        """Each value by its name in style.yaml, as it is written there."""
        for name, colour in self.colours.items():
            yield f"colours.{name}", f"#{colour.lower()}"
        yield "font", self.font or FONT
        yield "heading_font", self.heading_font or self.font or FONT
        for script, family in self.script_fonts.items():
            yield f"script_fonts.{script}", family
        yield "links.colour", f"#{self.link_colour.lower()}"
        yield "links.underline", _UNDERLINED[self.links.underline]
        yield "paper", self.paper
        for side, width in self.margins.items():
            yield f"margins.{side}", f"{width:g}"
        for name, picture in (("logo", self.logo), ("cover", self.cover)):
            yield name, picture.key.rpartition("/")[2] if picture else "none"
        yield "numbers", self.numbers
        for end, words in self.head.items():
            yield f"running_head.{end}", words
        yield "two_sided", "yes" if self.two_sided else "no"
        yield "citations", self.citations or "un-note.csl"
        yield from (("boxes", self.boxes), ("tables", self.tables), ("bullets", self.bullets))
        for kind, depth in self.contents.items():
            yield f"contents.{kind}", str(depth or "none")

    @property
    def link_colour(self) -> str:
        """The colour of links."""
        return self.links.colour or self.colours["accent"]

    @property
    def fonts(self) -> tuple[str, ...]:
        """All families that the style names, each once."""
        named = (self.font, self.heading_font, *self.script_fonts.values())
        return tuple(dict.fromkeys(filter(None, named)))

    @property
    def by_part(self) -> bool:
        """Whether paragraphs are counted anew in each part, behind the number of the part."""
        return self.numbers == _BY_PART

    def numbered(self, number: str) -> str:
        """The number of a paragraph, as it stands before its text."""
        return self.numbers.replace(_BY_PART, "1").replace("1", number)

    def faint(self) -> Iterator[tuple[str, str, str, float]]:
        """What could not be read: a text and its ground, the name of the colour that is at fault, and
        the contrast of the two."""
        colour = self.colours
        pairs = (
            (colour["accent"], _PAPER, "accent"),
            (colour["accent"], colour["shade"], "accent"),
            (colour["quiet"], _PAPER, "quiet"),
            (_TEXT, colour["shade"], "shade"),
            *((self.links.colour, ground, "links") for ground in self._link_grounds),
        )
        for text, ground, name in pairs:
            ratio = contrast(text, ground)
            if ratio < LEAST:
                yield text, ground, name, ratio

    @property
    def _link_grounds(self) -> tuple[str, ...]:
        return (_PAPER, self.colours["shade"]) if self.links.colour else ()

    def unmarked_links(self) -> float:
        """The contrast of links and the text around them, where nothing else shows that they are links and
        it is too low; else 0."""
        ratio = contrast(self.link_colour, _TEXT)
        return ratio if self.links.underline is False and ratio < APART else 0.0


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """WCAG 2.2, "relative luminance"."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return sum(starmap(float.__mul__, zip((0.2126, 0.7152, 0.0722), linear, strict=True)))
