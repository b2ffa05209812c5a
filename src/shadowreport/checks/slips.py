"""What was mistyped, as far as only the whole report can tell (load/proof.py tells the rest)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shadowreport.checks.prose import bodies, without_notes
from shadowreport.core.ast import plain
from shadowreport.core.layout import picture_file
from shadowreport.core.numbering import number
from shadowreport.core.phrases import one_of
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Note, Place, Report, Section
from shadowreport.core.typed_persons import printed_key, typed_keys
from shadowreport.core.unwritten import TODO
from shadowreport.source.conflicts import TWO_TEXTS
from shadowreport.source.places import places
from shadowreport.source.typed.strays import SOURCE

_BARE = re.compile(r"\[([A-Za-z][\w-]{1,60})(?=[,\]])(?![^\]\n]{0,200}\]\()")


def keys_without_at(report: Report) -> Iterator[Diagnostic]:
    """A citation whose key has lost its @ is printed in brackets."""
    for passage in bodies(report):
        for match in _BARE.finditer(passage.source):
            if match[1] in report.sources:
                message = f"'[{match[1]}' is printed as it is, though a source has this key"
                yield passage.problem("slip", match.start(), message, f"write [@{match[1]}, ...]")


_BRACKETED = re.compile(rf"\[[-{{]*{SOURCE}[\w:.-]*\}}?\](?=,?[ \u00a0]\(?(.{{0,100}}))")


def places_behind(report: Report) -> Iterator[Diagnostic]:
    """The place in a source that stands behind its brackets: the note's mark would be before it."""
    found = places(report.speech.lexicon)
    for passage in bodies(report):
        for match in _BRACKETED.finditer(without_notes(passage.source)):
            if place := found.match(f", {match[1]}"):
                hint = f"write it into the brackets: [@key, {place[1]}]"
                message = f"is '{place[1]}' a place in the source? It would be printed behind the note's mark"
                yield passage.problem("stray-sign", match.start(1), message, hint)


def brackets_around(report: Report) -> Iterator[Diagnostic]:
    """A citation in brackets of its own, with nothing but "see" before it."""
    see = one_of(report.speech.lexicon.all("references", "see"))
    around = re.compile(
        rf"(?<!\\)[\[(]\s*(?:(?i:{see})\s*)?\[[^\[\]\n]{{0,200}}{SOURCE}[^\[\]]{{0,200}}\]\s*[\])]"
    )
    for passage in bodies(report):
        for match in around.finditer(without_notes(passage.source)):
            message = (
                "a citation becomes a footnote: what is around it would be printed around nothing"
            )
            hint = "write [see @key, art. 4], without more brackets; or put a backslash before it, if it is to be printed"
            yield passage.problem("slip", match.start(), message, hint)


# what may not stand before it is looked for behind it, which is quicker: the search knows how it begins
_REFERENCE = re.compile(r"(?:par|sec|rec|tbl|fig)-(?<![\w@/#{.-]....)[a-z0-9][a-z0-9-]*\b")


def references_without_at(report: Report) -> Iterator[Diagnostic]:
    """A reference that has lost its @ is printed as it is."""
    known = number(report)
    for passage in bodies(report):
        for match in _REFERENCE.finditer(passage.text):
            if match[0] in known:
                message = f"'{match[0]}' is printed as it is, though something has this id"
                yield passage.problem("slip", match.start(), message, f"write @{match[0]}")


_UNPRINTED = re.compile(r"<!--(?:(?!-->)[\s\S])*-->")


def persons_without_at(report: Report) -> Iterator[Diagnostic]:
    """The key of a protected person that is no reference: it has lost its @, has another one, stands
    behind a backslash or in an address, and is printed as it is."""
    known = report.persons.protected if report.persons else {}
    for section in report.sections:
        text = _UNPRINTED.sub(_blank, without_notes(section.source))
        for typed in typed_keys(text, known):
            yield printed_key(typed, Place(section.file, section.source_line + typed.line))
        for typed in typed_keys(section.title, known):
            yield printed_key(typed, section.place)
        for value, place in (*_front(section), *_of_charts(section, report)):
            for typed in typed_keys(value, known, references=False):
                yield printed_key(typed, place)


def _front(section: Section) -> Iterator[tuple[str, Place]]:
    """What is printed of a section's front matter, and refers to nobody."""
    yield from ((tie.short, tie.paragraph.place) for tie in section.ties)
    yield from ((item.reason, item.recommendation.place) for item in section.set_aside)


def _of_charts(section: Section, report: Report) -> Iterator[tuple[str, Place]]:
    """What the charts of a section say."""
    for mention in section.images:
        picture = report.images.get(mention.id)
        chart = picture.chart if picture else None
        if chart:
            said = (chart.heading, *chart.labels, *(series.name for series in chart.series))
            yield " | ".join(said), Place(picture_file(mention.id))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def placeholders(report: Report) -> Iterator[Diagnostic]:
    """What was to be filled in, outside the sections."""
    hint = "fill it in"
    for mention in report.unfilled:
        message = f"'{mention.id[:60]}' was left in the settings"
        yield Diagnostic("leftover", mention.place, message, hint)
    for cycle in report.cycles:
        if TODO in cycle.symbol:
            message = "the symbol of this document was never filled in"
            yield Diagnostic("leftover", cycle.place, message, hint)


def unsettled(report: Report) -> Iterator[Diagnostic]:
    """Notes in which `invoke merge` kept the text of somebody who changed what was changed here too."""
    for section in report.sections:
        for item in section.items:
            if isinstance(item, Note) and plain(item.blocks).startswith(TWO_TEXTS):
                message = (
                    "two authors changed this paragraph, and nobody has settled which text stands"
                )
                hint = "keep one of the two, or a third, then delete the note"
                yield Diagnostic("leftover", item.place, message, hint)
