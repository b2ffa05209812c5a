"""Numbers: computed once, from the order of the whole report, before anything is rendered.

An anchor is what a reference is written as, without its @: `par-labour-code`, `rec-bodies`,
`sec-legislation`, `tbl-ethnic-composition`, `fig-map`. It names the same thing in every output.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from shadowreport.core.ast import captioned, plain
from shadowreport.core.persons import PERSON
from shadowreport.core.report import Box, Label, Paragraph, Recommendation, Report, Section

CAPTIONED = {"Table": "tbl", "Figure": "fig"}  # what a caption and an id make a numbered one
KINDS = ("par", "sec", "rec", *CAPTIONED.values())
RANGE = "–"
NOWHERE = "?"  # the number of what a reference does not find

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def is_reference(key: str) -> bool:
    """Whether a key after @ names a place of the report, or a person, rather than a source."""
    return key.partition("-")[0] in (*KINDS, PERSON) and "-" in key


def is_person(key: str) -> bool:
    """Whether a key after @ names a person."""
    return key.startswith(f"{PERSON}-")


def anchor(kind: str, identifier: str) -> str:
    """The anchor of a thing by its kind (one of `KINDS`) and id."""
    return f"{kind}-{identifier}"


def number(report: Report) -> Mapping[str, Label]:
    """The label of every anchor of the report; an edition has those of the whole report."""
    if report.labels is not None:
        return report.labels
    if not report.counted:
        report.counted.update(_counted(report))
    return report.counted


def _counted(report: Report) -> dict[str, Label]:
    labels: dict[str, Label] = {}
    paragraphs = dict(_paragraphs(report))
    counts = dict.fromkeys(CAPTIONED.values(), 0)
    for section in report.sections:
        for item in section.items:
            if isinstance(item, Paragraph):
                name = anchor("par", item.id)
                labels[name] = paragraphs.get(name, Label(""))
            for kind, identifier in captioned_ids(item):
                counts[kind] += 1
                labels[anchor(kind, identifier)] = Label(str(counts[kind]), number=counts[kind])
        labels.update(_recommendations(section, labels))
    labels.update(ranges(report.sections, labels))
    labels.update(_persons(report))
    return labels


def _paragraphs(report: Report) -> Iterator[tuple[str, Label]]:
    """The labels of the paragraphs that are counted: through the whole report, or by part. A part is a
    section of the first level with all that is below it, if there is a counted paragraph in it."""
    part = count = 0
    begins = True
    for section in report.sections:
        begins = begins or section.level == 1
        for item in section.counted():
            if begins and report.style.by_part:
                part, count = part + 1, 0
            begins, count = False, count + 1
            text = f"{part}.{count}" if report.style.by_part else str(count)
            yield anchor("par", item.id), Label(text, number=count)


def _persons(report: Report) -> Iterator[tuple[str, Label]]:
    """What references to persons print: the public form, in every edition of which nobody says more."""
    words = report.speech.language
    for name, text in report.persons.printed(words.code) if report.persons else ():
        yield name, Label(words.typeset(text))


def captioned_ids(item: object) -> Iterator[tuple[str, str]]:
    """The kinds and ids of the numbered tables and figures in an item: those with an id and a caption."""
    if isinstance(item, Box):
        for own in item.recommendations:
            yield from captioned_ids(own)
    blocks = item.blocks if isinstance(item, Paragraph | Recommendation) else []
    for block in captioned(blocks):
        (identifier, _, _), caption, *_ = block["c"]
        if identifier and plain(caption):
            yield CAPTIONED[block["t"]], identifier


def boxes_by_paragraph(section: Section) -> Iterator[tuple[Paragraph, list[Box]]]:
    """Each paragraph that boxes follow, with its boxes."""
    above: Paragraph | None = None
    boxes: list[Box] = []
    for item in section.items:
        if isinstance(item, Paragraph):
            if above and boxes:
                yield above, boxes
            above, boxes = item, []
        elif isinstance(item, Box):
            boxes.append(item)
    if above and boxes:
        yield above, boxes


def _recommendations(section: Section, labels: Mapping[str, Label]) -> Iterator[tuple[str, Label]]:
    """Labels like 56.2: the paragraph above the box, and the place in its boxes; a recommendation
    that is alone below its paragraph is called by the paragraph's number."""
    for paragraph, boxes in boxes_by_paragraph(section):
        base = labels[anchor("par", paragraph.id)].text
        found = [item for box in boxes for item in box.recommendations]
        for nth, item in enumerate(found, 1):
            alone = len(found) == 1
            text = base if alone or not base else f"{base}.{nth}"
            yield (
                anchor("rec", item.id),
                Label(text, first=anchor("par", paragraph.id), number=0 if alone else nth),
            )


def ranges(sections: Sequence[Section], labels: Mapping[str, Label]) -> Iterator[tuple[str, Label]]:
    """The anchors of sections with labels like 33–56: their paragraphs, and those of the sections below them."""
    for index, section in enumerate(sections):
        anchors = [anchor("par", item.id) for item in section.counted()]
        for below in sections[index + 1 :]:
            if below.level <= section.level:
                break
            anchors += [anchor("par", item.id) for item in below.counted()]
        if not anchors:
            yield anchor("sec", section.name), Label("")
            continue
        first, last = labels[anchors[0]], labels[anchors[-1]]
        text = first.text if len(anchors) == 1 else f"{first.text}{RANGE}{last.text}"
        yield anchor("sec", section.name), Label(text, anchors[0], anchors[-1], first.number)


def roman(count: int) -> str:
    """A number in small Roman numerals: 6 is vi. Empty for 0 and below."""
    text, count = "", max(count, 0)
    for worth, letters in _ROMAN:
        text += letters * (count // worth)
        count %= worth
    return text
