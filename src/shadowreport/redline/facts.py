"""What a state of a report says, as rows to compare: its texts in order, and all else by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from shadowreport.core.ast import plain, transform
from shadowreport.core.charts import file_of, shown
from shadowreport.core.layout import translation_of
from shadowreport.core.lexicon import Language
from shadowreport.core.numbering import anchor, is_reference, number
from shadowreport.core.report import (
    Box,
    EarlierRecommendation,
    Heading,
    Paragraph,
    Report,
    Section,
    Tie,
)
from shadowreport.core.sign_offs import Judged, judge


@dataclass(frozen=True, slots=True)
class Said:
    """A text of the report: a paragraph, a recommendation or a heading, with what ties it."""

    style: str  # what it is; pairing asks for it by this name
    name: str  # its anchor; empty for a heading
    number: str
    section: str
    text: str
    tie: Tie | None = None
    finding: str = ""
    cell: tuple[int, int, int] = (-1, 0, 0)

    @property
    def anchors(self) -> Mapping[str, tuple[int, int]]:
        return {self.id: (0, 1)} if self.id else {}

    @property
    def id(self) -> str:
        """What it is known by: one that a person gave, not the count of its section."""
        return "" if self.name.rpartition("-")[2].isdigit() else self.name


@dataclass(slots=True)
class Facts:
    """A state. `known`: what there is besides texts, by its kind and name: what it says, or what
    each of its sections or organisations is called."""

    said: list[Said] = field(default_factory=list)
    known: dict[tuple[str, str], str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)  # of sections, in order


def facts(report: Report, folder: Path | None = None, words: Language | None = None) -> Facts:
    """What an edition of a report says, and which other files of its folder are printed with it: states and
    grades in the words of a language, or as the files have them."""
    known = (*_known(report, words), *(_files(report, folder) if folder else ()))
    return Facts(
        list(_said(report, words)),
        {(kind, name): text for kind, name, text in known if text},
        {section.name: section.title for section in report.sections},
    )


def _said(report: Report, words: Language | None) -> Iterator[Said]:
    labels = number(report)
    grades = _grades(report, words) if words else {}

    def of(kind: str, name: str, section: Section, content: Any, tie: Tie | None = None) -> Said:
        printed = labels[name].text if name in labels else ""
        finding = grades.get(tie.finding, tie.finding) if tie else ""
        return Said(kind, name, printed, section.name, _text(content), tie, finding)

    for section in report.sections:
        ties = {tie.paragraph.id: tie for tie in section.ties}
        for item in section.items:
            if isinstance(item, Heading):
                yield of(
                    "heading",
                    "",
                    section,
                    [_word("#" * (item.level - section.level + 1) + " "), *item.inlines],
                )
            elif isinstance(item, Box):
                for own in item.recommendations:
                    yield of("recommendation", anchor("rec", own.id), section, own.blocks)
            elif isinstance(item, Paragraph):
                tie = ties.get(item.id)
                yield of("paragraph", anchor("par", item.id), section, item.blocks, tie)


def _grades(report: Report, words: Language) -> Mapping[str, str]:
    known = report.scale.grades if report.scale else ()
    return {grade.id: words.of(grade.words) for grade in known}


def _text(content: Any) -> str:
    """A text as its source has it: footnotes in their places, references and citations by name, so
    that a number which is counted is no difference."""
    return " ".join(plain(transform(content, _WRITTEN), quotes="\"\"''").split())


def _cited(content: Any) -> Any:
    parts = [
        f"{plain(item['citationPrefix'])} @{item['citationId']}{plain(item['citationSuffix'])}"
        for item in content[0]
    ]
    text = "; ".join(part.strip() for part in parts)
    single = len(parts) == 1 and is_reference(content[0][0]["citationId"])
    return {"t": "Str", "c": text if single else f"[{text}]"}


def _led(content: Any) -> Any:
    """A link with the address that it leads to, where it is not the address itself."""
    _, inlines, (address, _) = content
    return inlines if plain(inlines) == address else [*inlines, _word(f" <{address}>")]


def _word(text: str) -> Any:
    return {"t": "Str", "c": text}


def _mark(text: str) -> Any:
    return {"t": "Para", "c": [_word(text)]}


def _ordered(content: Any) -> Any:
    (first, kind, _), items = content
    letters = "Alpha" in kind["t"]
    numbers = range(first, first + len(items))
    marks = (f"{chr(96 + at) if letters and at <= _LETTERS else at}." for at in numbers)
    items = [[_mark(mark), *item] for mark, item in zip(marks, items, strict=True)]
    return {"t": "OrderedList", "c": [content[0], items]}


def _named(kind: str, short: str) -> Callable[[Any], Any]:
    """A table or a figure behind the id by which others refer to it."""

    def written(content: Any) -> Any:
        name = content[0][0]
        return [_mark(f"{{#{anchor(short, name)}}}"), {"t": kind, "c": content}] if name else None

    return written


_LETTERS = 26


_WRITTEN = {
    "Cite": _cited,
    "Link": _led,
    "Note": lambda content: _word(f"^[{plain(content)}]"),
    "Emph": lambda content: [_word("*"), *content, _word("*")],
    "Strong": lambda content: [_word("**"), *content, _word("**")],
    "BulletList": lambda items: {"t": "BulletList", "c": [[_mark("-"), *item] for item in items]},
    "OrderedList": _ordered,
    "BlockQuote": lambda content: [_mark(">"), *content],
    "Table": _named("Table", "tbl"),
    "Figure": _named("Figure", "fig"),
    "Image": lambda content: [_word(f"![{plain(content[1])}]({content[2][0]})")],
}


def _known(report: Report, words: Language | None) -> Iterator[tuple[str, str, str]]:
    """Kind, name and text of each thing that is known by a name."""
    yield from (("setting", name, text) for name, text in _settings(report))
    for item in report.organisations:
        yield "organisation", item.id, " ".join((item.name, item.description, item.url)).strip()
    for short, long in report.abbreviations.items():
        yield "abbreviation", short, long
    for cycle in report.cycles:
        heading = _in_language(report, cycle.heading)
        yield (
            "document",
            cycle.stem,
            "; ".join((cycle.committee, cycle.symbol, cycle.cycle, heading)),
        )
    for identifier, demand in report.earlier().items():
        yield "earlier recommendation", identifier, _demand(report, demand)
    for key, entry in report.sources.items():
        yield (
            "source",
            key,
            "; ".join(f"{name}: {_in_words(value)}" for name, value in entry.items()),
        )
    for name, picture in report.images.items():
        if picture.chart:
            rows = shown(picture.chart, report.speech.language.number)
            yield "chart", file_of(name), "; ".join(map(", ".join, rows))
        else:
            size = f"{picture.width} × {picture.height} px"
            yield "picture", file_of(name), f"{size}, {_sum(picture.data)}"
    for section in report.sections:
        yield from _of_section(report, section, words)


def _settings(report: Report) -> Iterator[tuple[str, str]]:
    """What report.yaml says, by its keys; not how the report is checked."""
    for name in _SETTINGS:
        yield name, str(getattr(report, name))
    for name in _LISTS:
        yield name, ", ".join(getattr(report, name))
    yield "cycles", ", ".join(cycle.stem for cycle in report.cycles)
    yield "contacts", "; ".join(f"{item.name} {item.email} {item.url}" for item in report.contacts)
    yield "profile", report.profile.code if report.profile else ""
    yield "scale", ", ".join(grade.id for grade in report.scale.grades) if report.scale else ""
    yield "scope", "thematic" if report.thematic else ""


_SETTINGS = (
    *("name", "title", "subtitle", "short_title", "state", "state_code", "committee", "treaty"),
    *("treaty_short", "session", "date", "language", "publication", "deadline", "session_starts"),
    *("stage", "contents_depth"),
)
_LISTS = ("annexes", "lists", "addressees", "languages")


def _demand(report: Report, demand: EarlierRecommendation) -> str:
    """What is printed of a demand, and what the matrix knows of it."""
    repeated = ", ".join(mention.id for mention in demand.repeats)
    number = demand.id.partition("/")[2]
    facts = {
        "paragraph": demand.paragraph
        if not f"{number}.".startswith(f"{demand.paragraph}.")
        else "",
        "articles": ", ".join(map(str, demand.articles)),
        "theme": demand.theme,
        "states": ", ".join(demand.states),
        "response": demand.response,
        "repeats": repeated,
        "heading": _in_language(report, demand.heading) if demand.heading else "",
        "follow_up": "true" if demand.follow_up else "",
    }
    told = "; ".join(f"{name}: {value}" for name, value in facts.items() if value)
    return _in_language(report, demand.text) + (f" ({told})" if told else "")


def _in_language(report: Report, texts: Mapping[str, str]) -> str:
    return texts.get(report.language) or texts.get("") or next(iter(texts.values()), "")


def _files(report: Report, folder: Path) -> Iterator[tuple[str, str, str]]:
    """Templates and translations: that they changed, not how. Of a report with editions a translation may
    have changed where it is confidential alone, which nobody is to know."""
    for path in sorted((folder / "templates").rglob("*")):
        yield from _file("template", path, folder)
    for path in sorted((folder / "sections").glob("*.md")) if not report.edition else ():
        if translation_of(path.name)[0]:
            yield from _file("translation", path, folder)


def _file(kind: str, path: Path, folder: Path) -> Iterator[tuple[str, str, str]]:
    if path.is_file() and not path.is_symlink():  # which might lead anywhere
        yield kind, path.relative_to(folder).as_posix(), _sum(path.read_bytes())


def _sum(data: bytes) -> str:
    return f"SHA-256 {sha256(data).hexdigest()[:12]}"


def _in_words(value: Any) -> str:
    """What a key of a source says, as a person would write it: names, dates, lists."""
    if isinstance(value, list):
        return ", ".join(map(_in_words, value))
    if not isinstance(value, dict):
        return str(value)
    if parts := value.get("date-parts"):
        return "/".join("-".join(f"{part:0>2}" for part in day) for day in parts)
    named = [value[key] for key in _NAMES if key in value]
    others = [f"{key} {_in_words(item)}" for key, item in value.items() if key not in _NAMES]
    return ", ".join(filter(None, (" ".join(map(str, named)), *others)))


_NAMES = ("literal", "given", "family")


def _of_section(
    report: Report, section: Section, words: Language | None
) -> Iterator[tuple[str, str, str]]:
    name = section.name
    yield (
        "status of the section",
        name,
        words[f"status_{section.status}"] if words else section.status,
    )
    yield "level of the section", name, str(section.level)
    yield "numbers of the section", name, _numbers(section, words)
    yield "authors of the section", name, ", ".join(mention.id for mention in section.authors)
    rows = (" = ".join(mention.id for mention in row) for row in section.rows)
    yield "table of the section", name, ", ".join(rows)
    for item in section.set_aside:
        yield "set aside", item.recommendation.id, item.reason
    for judged in judge(report, section):
        sign = judged.sign_off
        key = f"{anchor('par', sign.paragraph.id)} {sign.organisation.id} {sign.aspect}"
        yield "sign-off", key, f"{sign.date}, {_state(judged, words)}"


def _numbers(section: Section, words: Language | None) -> str:
    if words:
        return words["changes_numbered" if section.numbered else "changes_unnumbered"]
    return "paragraphs are numbered" if section.numbered else "none"


def _state(judged: Judged, words: Language | None) -> str:
    if words:
        return words["changes_fallen" if judged.stale else "changes_holds"]
    return f"no longer holds: {judged.stale}" if judged.stale else "holds"
