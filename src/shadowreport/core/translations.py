"""Whether a translation of a section still stands beside its original: the same structure, and made of the
text that the original has now.

A translation records, by the name of each piece, the fingerprint of the original that it was made from.
As with sign-offs, what a reader cannot see makes no difference (see core/sign_offs.py), nor does what
both versions say alike: the ids of pieces, and of what is cited.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from shadowreport.core.ast import text, walk
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
    Report,
    Section,
)
from shadowreport.core.rows import held_rows
from shadowreport.core.sign_offs import words_fingerprint
from shadowreport.core.withheld import holds_own, holds_some

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
        return words_fingerprint(self.words)


def translated(report: Report) -> Report:
    """The report with those sections alone that are in its language: all, but in a version of which some
    are not translated."""
    if report.language not in report.languages:
        return report
    return replace(report, sections=tuple(filter(_is_translated, report.sections)))


def _is_translated(section: Section) -> bool:
    return bool(translation_of(section.file.rpartition("/")[2])[1])


def units(section: Section) -> Iterator[Unit]:
    """All that a translator translates in a section: its title, headings, paragraphs, recommendations,
    and the reasons under `set_aside:`."""
    yield Unit("title", section.place, _alone(text(section.title)), section.withheld)
    pieces = list(_pieces(section))
    own = [_own(piece) for piece in pieces]
    for name, piece in zip(names(own), pieces, strict=True):
        heading = isinstance(piece, Heading)
        withheld = piece.withheld if heading else holds_some(piece)
        words = _alone(piece.inlines) if heading else piece
        yield Unit(name, piece.place, words, section.withheld or withheld)
    for item in section.set_aside:
        words = _alone(text(item.reason))
        yield Unit(reason(item.recommendation.id), section.place, words, section.withheld)


def names(own: Sequence[tuple[str | None, bool]]) -> list[str]:
    """What pieces are called, in their order: None, a heading, is called by what stands below it. With each
    stands whether it is withheld: what is public is not called by it, for names go to translators."""
    result: list[str] = []
    below = public = ""
    for name, withheld in reversed(own):
        called = name or f"above-{public}"
        if withheld and name is None:
            called = f"held-above-{below}"
        below, public = called, public if withheld else called
        result.insert(0, called)
    return result


def reason(recommendation: str) -> str:
    """What the reason for setting a recommendation aside is called."""
    return f"set_aside-{recommendation.replace('/', '-')}"


def fingerprints(section: Section) -> dict[str, str]:
    """What a translation that says what the section says now was made from."""
    return {unit.name: unit.fingerprint for unit in units(section)}


def text_fingerprint(said: str) -> str:
    """What the translation of a text of report.yaml was made from."""
    return words_fingerprint(_alone(text(said)))


def recorded(section: Section, made_from: Mapping[str, str]) -> dict[str, str]:
    """Which of the fingerprints that a translation records belongs to which piece of its original: where
    that one differs, the translation is stale; a piece without one was never translated.

    A fingerprint follows its piece to another name: an id was changed, a piece was added above one that is
    called by its number, or a heading stands above something else.
    """
    now = fingerprints(section)
    numbered = re.compile(rf"(held-)?above-.*|(rec-)?{re.escape(section.name)}-\d+")
    result = {name: value for name, value in now.items() if made_from.get(name) == value}
    left = {
        name: value
        for name, value in made_from.items()
        if name not in result and (name not in now or numbered.fullmatch(name))
    }
    for name, value in now.items():
        former = next((old for old in left if left[old] == value), "")
        if former and name not in result and (name not in made_from or numbered.fullmatch(name)):
            result[name] = left.pop(former)
    for name in (now.keys() - result.keys()) & made_from.keys():
        if name in left or not numbered.fullmatch(name):
            result[name] = made_from[name]
    return {name: result[name] for name in now if name in result}


def with_accepted(
    section: Section, made_from: Mapping[str, str], accepted: Iterable[str]
) -> dict[str, str]:
    """What a translation records once these pieces, by their names, are that of what the original says now.

    As long as a piece is stale, what no piece is known to be of is kept: a stale one that got another name
    is known again when somebody takes back what was changed in it.
    """
    now = fingerprints(section)
    known = recorded(section, made_from) | {name: now[name] for name in accepted}
    result = {name: known[name] for name in now if name in known}
    if result != now:
        former = [value for value in made_from.values() if value not in known.values()]
        result |= {f"former-{number}": value for number, value in enumerate(former, start=1)}
    return result


def stale(original: Section, translation: Section) -> Iterator[Diagnostic]:
    """Each piece whose original has changed since it was translated, or was never recorded."""
    now, made = fingerprints(original), recorded(original, translation.made_from)
    language = translation_of(translation.file.rpartition("/")[2])[1]
    for unit in units(translation):
        name, made_from = unit.name, made.get(unit.name)
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
            new = _kind(mine) not in map(_kind, _items(translation))
            message = f"here the original has {_kind(mine)}, not {_kind(own)}"
            yield _other(own.place, message, mine, translation.file if new else "")
            return
    rest = len(_items(original)) - len(_items(translation))
    if rest:
        message = f"the original has {abs(rest)} pieces {'more' if rest > 0 else 'less'}"
        yield _other(translation.place, message, original, translation.file if rest > 0 else "")
        return
    for mine, own in zip(_pieces(original), _pieces(translation), strict=True):
        if _withheld(mine) != _withheld(own):
            yield _other(
                own.place, "other blocks than in the original, or others confidential", mine
            )
        elif _signs(mine) != _signs(own):
            wrong = (_signs(mine) - _signs(own)) + (_signs(own) - _signs(mine))
            yield _other(own.place, f"not as often as in the original: {', '.join(wrong)}", mine)


def _other(
    place: Place, message: str, original: Item | _Piece | Section, lacking: str = ""
) -> Diagnostic:
    """`lacking`: the file of a translation that has not got a piece yet."""
    hint = f"compare {original.place.file}:{original.place.line}"
    if lacking:
        language = translation_of(lacking.rpartition("/")[2])[1]
        hint += (
            f"; what is new there goes to the translator with 'invoke translate --to {language}', and "
            "'invoke translated FILE' puts it in here"
        )
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


def _own(piece: _Piece) -> tuple[str | None, bool]:
    """The name that a piece has of its own, and whether that is withheld."""
    if isinstance(piece, Heading):
        return None, piece.withheld
    return piece.id if isinstance(piece, Paragraph) else f"rec-{piece.id}", holds_own(piece, 0)


def _alone(inlines: Any) -> Paragraph:
    """A title or heading as a paragraph."""
    return Paragraph("", [{"t": "Plain", "c": inlines}], Place(""))
