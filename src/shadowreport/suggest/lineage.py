"""Which demands repeat older ones, which of our recommendations the committee took up, and where the
report says a thing twice: proposals, which a person confirms."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from shadowreport.core.ast import plain
from shadowreport.core.numbering import anchor
from shadowreport.core.report import EarlierRecommendation, Report
from shadowreport.suggest.alike import Alike, Pair
from shadowreport.suggest.words import Stems

_BEST = 3
_REPEATS, _TAKEN_UP, _TWICE = 0.2, 0.25, 0.6  # how alike two texts are at least
_OF_THEME = 0.1  # more, where both are of one theme


def repeats(report: Report) -> list[Pair]:
    """Demands and the older ones that they may repeat, but for those of which a person has said so."""
    texts = _demands(report)
    alike = Alike(texts, Stems(report.speech.language, bare=True))
    known = {(item.id, older.id) for item in report.earlier().values() for older in item.repeats}
    themes = {item.id: item.theme for item in report.earlier().values()}
    found: list[Pair] = []
    older: list[str] = []
    for cycle in report.cycles:
        ids = [item.id for item in cycle.recommendations]
        for pair in alike.pairs(ids, older, _REPEATS - _OF_THEME):
            same = themes[pair.name] and themes[pair.name] == themes[pair.other]
            score = min(1.0, round(pair.score + _OF_THEME * bool(same), 2))
            reason = (
                f"{pair.reason}; both of the theme {themes[pair.name]}" if same else pair.reason
            )
            if score >= _REPEATS and (pair.name, pair.other) not in known:
                found.append(Pair(pair.name, pair.other, score, reason))
        older += ids
    rows = [{mention.id for mention in row} for item in report.sections for row in item.rows]
    return _best(pair for pair in found if not any({pair.name, pair.other} <= row for row in rows))


def taken_up(report: Report) -> list[Pair]:
    """The report's own recommendations and the demands of the last document that may follow them,
    without those that a person has confirmed."""
    if not report.cycles:
        return []
    own = _own(report)
    last = report.cycles[-1].recommendations
    texts = own | _texts(report, last)
    alike = Alike(texts, Stems(report.speech.language, bare=True))
    done = {(name, item.id) for item in last for name in item.takes_up}
    found = alike.pairs(own, [item.id for item in last], _TAKEN_UP)
    return _best(pair for pair in found if (pair.name, pair.other) not in done)


@dataclass(frozen=True, slots=True)
class Success:
    """What became of one of the report's own recommendations: the demands of committees that took it up,
    as a person has confirmed, or those of the last document that may have."""

    recommendation: str
    text: str
    taken_up: tuple[str, ...]
    perhaps: tuple[Pair, ...]


def success(report: Report) -> list[Success]:
    """Each of the report's own recommendations, in their order."""
    confirmed: dict[str, list[str]] = {}
    for item in report.earlier().values():
        for name in item.takes_up:
            confirmed.setdefault(name, []).append(item.id)
    proposed: dict[str, list[Pair]] = {}
    for pair in taken_up(report):
        proposed.setdefault(pair.name, []).append(pair)
    return [
        Success(name, text, tuple(confirmed.get(name, ())), tuple(proposed.get(name, ())))
        for name, text in _own(report).items()
    ]


def said_twice(report: Report) -> list[Pair]:
    """Paragraphs, and recommendations of the report's own, that say nearly the same."""
    paragraphs = {
        anchor("par", item.id): plain(item.blocks, notes=False)
        for section in report.sections
        for item in section.paragraphs()
    }
    found: list[Pair] = []
    for texts in (paragraphs, _own(report)):
        order = {name: at for at, name in enumerate(texts)}
        pairs = Alike(texts, Stems(report.speech.language)).pairs(texts, texts, _TWICE)
        found += (pair for pair in pairs if order[pair.name] < order[pair.other])
    return sorted(found, key=lambda pair: -pair.score)


def _demands(report: Report) -> dict[str, str]:
    return _texts(report, report.earlier().values())


def _texts(report: Report, demands: Iterable[EarlierRecommendation]) -> dict[str, str]:
    return {item.id: report.speech.language.of(item.text) for item in demands}


def _own(report: Report) -> dict[str, str]:
    return {
        anchor("rec", item.id): plain(item.blocks, notes=False)
        for section in report.sections
        for box in section.boxes()
        for item in box.recommendations
    }


def _best(pairs: Iterable[Pair]) -> list[Pair]:
    """The best few of each name, in the order of the names."""
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(pair.name, []).append(pair)
    ranked = (sorted(group, key=lambda pair: -pair.score)[:_BEST] for group in groups.values())
    return [pair for group in ranked for pair in group]


# --- shown --------------------------------------------------------------------------------------

ABOUT = {"repeats": repeats, "taken-up": taken_up, "twice": said_twice}


def texts(report: Report) -> dict[str, str]:
    """What demands, and recommendations of the report's own, say, by their names."""
    return _demands(report) | _own(report)


def lines(report: Report, pairs: Iterable[Pair]) -> Iterator[str]:
    """Proposals for people: each text with those that are like it."""
    said = texts(report)
    before = ""
    for pair in pairs:
        if pair.name != before:
            yield f"{pair.name}  {said.get(pair.name, '')}".rstrip()
        yield f"  {pair.score:.2f}  {pair.other}  ({pair.reason})"
        before = pair.name


def success_lines(found: Sequence[Success]) -> Iterator[str]:
    """What became of the report's own recommendations, for people: those that were taken up first."""
    done = [item for item in found if item.taken_up]
    perhaps = [item for item in found if item.perhaps and not item.taken_up]
    left = [item for item in found if not item.taken_up and not item.perhaps]
    for head, group in (
        ("Taken up", done),
        ("Perhaps taken up; to confirm: --take DEMAND=rec-ID", perhaps),
        ("Not taken up", left),
    ):
        if group:
            yield f"{head}: {len(group)} of {len(found)}"
        for item in group:
            yield f"  {item.recommendation}  {item.text}"
            yield from (f"    by {name}" for name in item.taken_up)
            yield from (f"    {p.score:.2f}  {p.other}  ({p.reason})" for p in item.perhaps)


def render_json(pairs: Sequence[Pair] | Sequence[Success]) -> str:
    """Proposals for programs."""
    return json.dumps([asdict(pair) for pair in pairs], ensure_ascii=False, indent=2)
