"""Whether a text that came back can be taken: its original is the present one, no tag was lost or doubled."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace

from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place
from shadowreport.machine.files import hidden
from shadowreport.translating.pairs import Key, Pair
from shadowreport.translating.returned import Returned, Unit, tidy
from shadowreport.translating.segments import Row, Segment, with_roles, wrong_tags

_TYPED = re.compile(r"\{/?\d+\}|</?(?:ph|pc|sc|ec|mrk|bpt|ept|g|x)\b[^<>]*>")
AGAIN = "make a new file: invoke translate"
MEND = "ask the translator to put it right in the same file; everything else of it is kept"


@dataclass(slots=True)
class Verdict:
    """Of one section: what is taken, by text; the pieces that are whole with it; what is refused; and what
    lacks, so that a piece of which something was taken stays stale."""

    rows: dict[Key, Row] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    refused: list[Diagnostic] = field(default_factory=list)
    lacking: list[Diagnostic] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Known:
    """The texts of a section, by what they are called in a file for translators."""

    pair: Pair
    texts: Mapping[str, Segment]


def judge(pair: Pair, back: Returned) -> Verdict:
    """What of a returned file is taken into one section. A piece is taken whole or not at all."""
    verdict = Verdict()
    known = Known(pair, {item.id: item for item in pair.mine.texts.values()})
    units = [_settled(unit, known) for unit in back.units if unit.section == pair.section.name]
    spoiled: set[str] = set()
    seen: set[str] = set()
    for unit in units:
        wrong = "it stands in the file twice" if unit.id in seen else ""
        reason, hint = (wrong, MEND) if wrong else _wrong(unit, known)
        seen.add(unit.id)
        if reason:
            verdict.refused.append(refusal(back.file, unit, reason, hint))
            spoiled.add(unit.id.rpartition(".")[0])
    for piece in pair.state:
        rows = {known.texts[unit.id].key: unit for unit in units if _of(unit, known) == piece}
        if piece not in spoiled and any(_work(pair, key, unit) for key, unit in rows.items()):
            _take(verdict, pair, piece, rows)
            verdict.lacking += _lacking(pair, piece, rows, back)
    return verdict


def refusal(file: str, unit: Unit, reason: str, hint: str = MEND) -> Diagnostic:
    """A text that is not taken, by where it stands in the returned file."""
    message = f"{unit.section}#{unit.id} is not taken: {reason}"
    return Diagnostic("spoiled-translation", Place(file, unit.line), message, hint)


def _settled(unit: Unit, known: Known) -> Unit:
    codes = known.texts[unit.id].codes if unit.id in known.texts else ()
    source, target = with_roles(unit.source, codes), with_roles(unit.target, codes)
    return replace(unit, source=source, target=target)


def _of(unit: Unit, known: Known) -> str:
    return known.texts[unit.id].piece if unit.id in known.texts else ""


def _wrong(unit: Unit, known: Known) -> tuple[str, str]:
    """Why a text is not taken, and what to do; no reason where it is."""
    segment = known.texts.get(unit.id)
    if segment is None:
        return "the original has no such text any more", AGAIN
    return unfit(unit, segment)


def unfit(unit: Unit, segment: Segment) -> tuple[str, str]:
    """Why what came back for a text cannot be taken, and what to do; no reason where it can."""
    if unit.fault:
        return unit.fault, MEND
    if tidy(segment.row) != unit.source:
        return "its original has changed since the file was made, or was changed in it", AGAIN
    if not unit.target:
        return "", ""
    strange = hidden("".join(part for part in unit.target if isinstance(part, str)))
    if strange:
        return f"it holds the character {strange}, which nobody sees", MEND
    return wrong_tags(unit.target, segment.codes) or _typed_tag(unit), MEND


def _typed_tag(unit: Unit) -> str:
    """That a tag was typed as text instead of put in."""
    source, target = (
        "\0".join(part for part in row if isinstance(part, str))
        for row in (unit.source, unit.target)
    )
    typed = next((text for text in _TYPED.findall(target) if text not in source), "")
    return f"'{typed}' is typed in it as text: put the placeholder itself in" if typed else ""


def _new(pair: Pair, key: Key, unit: Unit) -> bool:
    """Whether somebody has translated a text: it differs from what was sent, or is said to be done."""
    former = tidy(pair.former(pair.mine.texts[key]))
    return bool(unit.target) and (unit.done or not (unit.target == former or _copied(unit)))


def _work(pair: Pair, key: Key, unit: Unit) -> bool:
    """Whether there is something to take: figures that came back as they are say nothing."""
    return _new(pair, key, unit) and (unit.done or unit.target != unit.source)


def _copied(unit: Unit) -> bool:
    """Whether a text came back in the words of its original: tools fill in what nobody translated yet."""
    words = "".join(part for part in unit.target if isinstance(part, str))
    return unit.target == unit.source and any(sign.isalpha() for sign in words)


def _take(verdict: Verdict, pair: Pair, piece: str, rows: Mapping[Key, Unit]) -> None:
    verdict.rows |= {key: unit.target for key, unit in rows.items() if unit.target}
    by_hand = {lost.piece for lost in pair.mine.lost}
    if not list(_left(pair, piece, rows)) and piece not in by_hand:
        verdict.whole.add(piece)


def _left(pair: Pair, piece: str, rows: Mapping[Key, Unit]) -> Iterator[Segment]:
    """The texts of a piece that nobody translated: which of them changed in the original, nobody recorded."""
    for key, segment in pair.mine.texts.items():
        if key[0] == piece and not (key in rows and _new(pair, key, rows[key])):
            yield segment


def _lacking(
    pair: Pair, piece: str, rows: Mapping[Key, Unit], back: Returned
) -> Iterator[Diagnostic]:
    name = f"{pair.section.name}#{piece}"
    for segment in _left(pair, piece, rows):
        unit = rows.get(segment.key)
        how = _how(unit)
        message = f"{pair.section.name}#{segment.id} {how}, so '{piece}' stays stale"
        hint = (
            "have the translator look at it and confirm it as translated; or, when the whole piece says the "
            f"same: invoke translated {name} --language {back.language}"
        )
        place = Place(back.file, unit.line if unit else 1)
        yield Diagnostic("stale-translation", place, message, hint)


def _how(unit: Unit | None) -> str:
    if unit is None:
        return "did not come back"
    copied = bool(unit.target) and _copied(unit)
    return f"came back {'in the words of the original' if copied else 'as it was sent'}"


def strangers(back: Returned, names: Container[str]) -> Iterator[Diagnostic]:
    """Texts of sections that the report does not have."""
    for unit in back.units:
        if unit.section not in names:
            yield refusal(back.file, unit, "the report has no such section any more", AGAIN)
