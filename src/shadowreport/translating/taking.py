"""What came back from a translator becomes a translation beside its section."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from shadowreport.core.layout import SETTINGS
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place, Report
from shadowreport.core.translations import reason, with_accepted
from shadowreport.load.lexicon import nearest
from shadowreport.overview.translated import NAME, of_language
from shadowreport.source import front_matter
from shadowreport.source.leaf import BY_SENTENCES
from shadowreport.source.section_map import Text
from shadowreport.source.sentences import by_sentences
from shadowreport.source.yaml_edit import dumped
from shadowreport.translating.judging import Verdict, judge, refusal, strangers
from shadowreport.translating.pairs import SET_ASIDE, Key, Pair, Side, pairs, sides
from shadowreport.translating.returned import Returned, tidy
from shadowreport.translating.segments import Code, Row, Segment, Tag, as_markdown, filled, reading
from shadowreport.translating.settings import take_settings


@dataclass(frozen=True, slots=True)
class Taken:
    """The new texts of translations by their files, how many pieces are up to date by it, what of the
    returned file was refused, what the translator remarked, which texts a piece still
    lacks, and how many pieces of its sections wait for a translation still."""

    files: Mapping[str, str]
    pieces: int
    refused: tuple[Diagnostic, ...]
    remarks: tuple[Diagnostic, ...] = ()
    lacking: tuple[Diagnostic, ...] = ()
    waiting: int = 0


def take(report: Report, project: Path, back: Returned) -> Taken:
    """Brings the texts of a returned file into the translations; nothing is written.

    Raises Failure where the file is of another language or nothing can be put together, ProgramError where
    pandoc fails.
    """
    back = replace(back, language=_version(report, back.language))
    of_language(report, back.language)
    settings, own, refused = take_settings(project, back)
    meant = {unit.section for unit in back.units}
    found = {
        pair.section.name: pair
        for pair in pairs(
            [item for item in report.sections if item.name in meant], project, back.language
        )
    }
    refused += strangers(back, {*found, NAME})
    files = {SETTINGS: settings} if settings else dict[str, str]()
    pieces, waiting, lacking = own, 0, list[Diagnostic]()
    abbreviations = report.speech.lexicon.abbreviations
    for pair in found.values():
        verdict = judge(pair, back)
        text = _proved(pair, verdict, back, abbreviations)
        refused += verdict.refused
        lacking += verdict.lacking
        pieces += len(verdict.whole)
        waiting += len(pair.state.keys() - verdict.whole)
        old = pair.other.outline.source if pair.other else ""
        if verdict.rows and text != old:
            files[pair.file] = text
    return Taken(files, pieces, tuple(refused), tuple(_remarks(back)), tuple(lacking), waiting)


def _version(report: Report, language: str) -> str:
    """The version that a file's language means: tools write ru-RU for ru, and capitals as they like."""
    known = {name.lower(): name for name in report.languages}
    return known.get(nearest(language.lower(), known), language)


def _remarks(back: Returned) -> Iterator[Diagnostic]:
    """What the translator wrote to the authors, which stays in no file of theirs."""
    hint = "answer it; it stays in the returned file alone"
    for text in back.remarks:
        yield Diagnostic("translators-remark", Place(back.file), text, hint)
    for unit in back.units:
        for text in unit.remarks:
            message = f"{unit.section}#{unit.id}: {text}"
            yield Diagnostic("translators-remark", Place(back.file, unit.line), message, hint)


def _proved(pair: Pair, verdict: Verdict, back: Returned, abbreviations: Collection[str]) -> str:
    """The new text of a translation, in which each text is read as what was written. What would be read
    otherwise is refused, and the file is put together without it."""
    while True:
        text = _text(pair, verdict, abbreviations)
        new = sides([Text(text, pair.file, pair.section.name)])[pair.section.name]
        wrong: dict[str, int] = {}
        for key, row in verdict.rows.items():
            if not _reads(pair, pair.mine.texts[key], row, new.texts.get(key)):
                wrong.setdefault(*key)
        if not wrong:
            return text
        for piece, nth in wrong.items():
            _refuse(verdict, piece, nth, pair.section.name, back)


def _refuse(verdict: Verdict, piece: str, nth: int, section: str, back: Returned) -> None:
    reason = (
        "in a section it would not be read as it is written: look at marks such as * or [ in it, and at blanks "
        "just inside of a pair such as {1}…{/1}"
    )
    name = section, f"{piece}.{nth}"
    unit = next(item for item in back.units if (item.section, item.id) == name)
    verdict.refused.append(refusal(back.file, unit, reason))
    verdict.rows = {key: row for key, row in verdict.rows.items() if key[0] != piece}
    verdict.whole.discard(piece)


def _reads(pair: Pair, segment: Segment, row: Row, new: Segment | None) -> bool:
    return new is not None and reading(row, pair.codes(segment)) == reading(new.row, new.codes)


def _text(pair: Pair, verdict: Verdict, abbreviations: Collection[str]) -> str:
    """The translation with what is taken in the places of the texts: in the file as it is, where it has the
    same texts as the original; otherwise in the original, with what is translated already."""
    rows = verdict.rows
    other = pair.other
    made = {
        key: _markdown(pair, pair.mine.texts[key], row, abbreviations) for key, row in rows.items()
    }
    if other and _shape(other) == _shape(pair.mine):
        body = filled(other.outline, _placed(other, made))
    else:
        kept = _kept(pair, verdict) if other else {}
        body = filled(pair.mine.outline, _placed(pair.mine, kept | made), notes=False)
    front = f"---\n{dumped(_front(pair, verdict))}---\n"
    if other:
        front = front_matter.with_data(
            other.outline.source[: other.outline.body], pair.file, _front(pair, verdict)
        )
    return front + body


def _shape(side: Side) -> list[tuple[Key, str]]:
    return [(key, item.kind) for key, item in side.texts.items() if item.start >= 0]


def _placed(side: Side, made: Mapping[Key, str]) -> dict[tuple[int, int], str]:
    texts = ((side.texts[key], text) for key, text in made.items() if key in side.texts)
    return {(item.start, item.end): text for item, text in texts if item.start >= 0}


def _kept(pair: Pair, verdict: Verdict) -> dict[Key, str]:
    """What the translation says already, as it is written there. Raises Failure where a text of it has no
    place in the original: a person's work is not thrown away in silence."""
    assert pair.other
    source = pair.other.outline.source
    kept: dict[Key, str] = {}
    lost: list[str] = []
    for key, old in pair.other.texts.items():
        mine = pair.mine.texts.get(key)
        if key in verdict.rows or key[0] not in pair.now or pair.state.get(key[0]) == "missing":
            continue
        if mine is None or mine.kind != old.kind or not pair.former(mine):
            lost.append(old.id)
        elif old.start >= 0:
            kept[key] = source[old.start : old.end]
    if lost:
        message = (
            f"these texts have no place in {pair.section.file} as it is now: {', '.join(lost)}"
        )
        hint = "make the paragraphs, footnotes and citations of the two alike by hand first"
        raise Failure([Diagnostic("translation-differs", Place(pair.file), message, hint)])
    return kept


def _markdown(pair: Pair, segment: Segment, row: Row, abbreviations: Collection[str]) -> str:
    """A text as it is written: each sentence on a line of its own, where the original has several lines."""
    text = as_markdown(row, pair.codes(segment))
    lines = "\n" in pair.mine.outline.source[segment.start : segment.end]
    if segment.kind not in BY_SENTENCES or not lines:
        return text
    return by_sentences(text, abbreviations)


def _front(pair: Pair, verdict: Verdict) -> dict[str, Any]:
    """The front matter of a translation."""
    mine, data = pair.mine.front, dict(pair.other.front) if pair.other else {}
    data = {"title": mine["title"], **({"level": mine["level"]} if "level" in mine else {}), **data}
    for (piece, _), row in verdict.rows.items():
        if piece == "title":
            data["title"] = _plain(row, pair.mine.texts[piece, 1].codes)
    if SET_ASIDE in mine:
        data[SET_ASIDE] = _reasons(pair, verdict)
    made = with_accepted(pair.section, data.pop("made_from", {}), verdict.whole)
    data["made_from"] = {key: DoubleQuotedScalarString(value) for key, value in made.items()}
    return data


def _reasons(pair: Pair, verdict: Verdict) -> dict[str, str]:
    reasons: dict[str, str] = dict(pair.mine.front[SET_ASIDE])
    known = pair.other.front.get(SET_ASIDE, {}) if pair.other else {}
    for key in reasons:
        row = verdict.rows.get((reason(key), 1))
        reasons[key] = _plain(row, ()) if row else known.get(key, reasons[key])
    return reasons


def _plain(row: Row, codes: tuple[Code, ...]) -> str:
    return "".join(
        codes[part.number - 1].opened if isinstance(part, Tag) else part for part in tidy(row)
    )
