"""Whether a translation of a section still stands beside its original: the same structure, and made of the
text that the original has now.

A translation records, by the name of each piece, the fingerprint of the original that it was made from.
As with sign-offs, what a reader cannot see makes no difference (see core/sign_offs.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shadowreport.core.ast import text, walk
from shadowreport.core.editions import holds_some
from shadowreport.core.layout import translation_of
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import (
    Box,
    Heading,
    Item,
    Note,
    Paragraph,
    Place,
    Recommendation,
    Section,
)
from shadowreport.core.rows import held_rows
from shadowreport.core.sign_offs import paragraph_fingerprint

_Piece = Heading | Paragraph | Recommendation


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece that is translated: what it is called, where it stands, its words, as a paragraph of its own;
    `withheld`: some of it, or all."""

    name: str
    place: Place
    words: Paragraph | Recommendation
    withheld: bool = False

    @property
    def fingerprint(self) -> str:
        """The fingerprint of its text."""
        return paragraph_fingerprint(self.words)


def units(section: Section) -> Iterator[Unit]:
    """All that a translator translates in a section: its title, headings, paragraphs, recommendations."""
    yield Unit("title", section.place, _alone(text(section.title)), section.withheld)
    headings = 0
    for piece in _pieces(section):
        own = piece.withheld if isinstance(piece, Heading) else holds_some(piece)
        withheld = section.withheld or own
        if isinstance(piece, Heading):
            headings += 1
            yield Unit(f"heading-{headings}", piece.place, _alone(piece.inlines), withheld)
        else:
            yield Unit(_name(piece), piece.place, piece, withheld)


def fingerprints(section: Section) -> dict[str, str]:
    """What a translation that says what the section says now was made from."""
    return {unit.name: unit.fingerprint for unit in units(section)}


def stale(original: Section, translation: Section) -> Iterator[Diagnostic]:
    """Each piece whose original has changed since it was translated, or was never recorded."""
    now = fingerprints(original)
    language = translation_of(translation.file.rpartition("/")[2])[1]
    for unit in units(translation):
        name, made_from = unit.name, translation.made_from.get(unit.name)
        if name in now and made_from != now[name]:
            what = "has changed since it was translated" if made_from else "is not recorded"
            accepted = f"translated {original.name}#{name} --language {language}"
            hint = f"when the translation says the same: invoke {accepted}"
            message = f"'{name}' of {original.file} {what}"
            yield Diagnostic("stale-translation", unit.place, message, hint)


def differences(original: Section, translation: Section) -> Iterator[Diagnostic]:
    """Where a translation is built otherwise than its original: the first piece that is another one, and
    each piece with other references, notes or confidential blocks."""
    if original.level != translation.level:
        hint = f"write level: {original.level}, as {original.file} has it"
        message = "the translation stands on another level than its original"
        yield Diagnostic("translation-differs", translation.place, message, hint)
    for mine, own in zip(_items(original), _items(translation), strict=False):
        if _kind(mine) != _kind(own):
            yield _other(own.place, f"here the original has {_kind(mine)}, not {_kind(own)}", mine)
            return
    rest = len(_items(original)) - len(_items(translation))
    if rest:
        message = f"the original has {abs(rest)} pieces {'more' if rest > 0 else 'less'}"
        yield _other(translation.place, message, original)
        return
    for mine, own in zip(_pieces(original), _pieces(translation), strict=True):
        if _withheld(mine) != _withheld(own):
            yield _other(
                own.place, "other blocks than in the original, or others confidential", mine
            )
        elif _signs(mine) != _signs(own):
            wrong = (_signs(mine) - _signs(own)) + (_signs(own) - _signs(mine))
            yield _other(own.place, f"not as often as in the original: {', '.join(wrong)}", mine)


def _other(place: Place, message: str, original: Item | _Piece | Section) -> Diagnostic:
    hint = f"compare {original.place.file}:{original.place.line}"
    return Diagnostic("translation-differs", place, message, hint)


def _items(section: Section) -> list[Item]:
    """Without notes: translators have their own."""
    return [item for item in section.items if not isinstance(item, Note)]


def _pieces(section: Section) -> Iterator[_Piece]:
    for item in section.items:
        if isinstance(item, Box):
            yield from item.recommendations
        elif not isinstance(item, Note):
            yield item


def _kind(item: Item) -> str:
    if isinstance(item, Box):
        return f"a box of {', '.join(own.id for own in item.recommendations)}"
    return f"the paragraph '{item.id}'" if isinstance(item, Paragraph) else "a heading"


def _withheld(piece: _Piece) -> Any:
    """Which blocks a piece has, and which of them the public edition leaves out."""
    if isinstance(piece, Heading):
        return piece.level, piece.withheld
    return [block["t"] for block in piece.blocks], piece.withheld, held_rows(piece.blocks)


def _signs(piece: _Piece) -> Counter[str]:
    """What a translation keeps: what is cited or referred to, persons among it, and notes."""
    found: Counter[str] = Counter()
    for element in walk(piece.inlines if isinstance(piece, Heading) else piece.blocks):
        if element["t"] == "Cite":
            found.update(f"@{item['citationId']}" for item in element["c"][0])
        elif element["t"] == "Note":
            found["a footnote"] += 1
    return found


def _name(piece: Paragraph | Recommendation) -> str:
    return piece.id if isinstance(piece, Paragraph) else f"rec-{piece.id}"


def _alone(inlines: Any) -> Paragraph:
    """A title or heading as a paragraph."""
    return Paragraph("", [{"t": "Plain", "c": inlines}], Place(""))
