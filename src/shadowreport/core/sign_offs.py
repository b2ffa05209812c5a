"""Whether a sign-off still holds: who has read which paragraph, for which aspect, at which state of its text.

After Doorstop's stamps, but a paragraph at a time and in both directions. A sign-off holds the
fingerprint of the paragraph and of each recommendation that the paragraph answers; when either
changes, it is stale. What a reader cannot see makes no difference: where lines break, which number a
paragraph has got, whether it moved.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from shadowreport.core.ast import plain, transform, walk
from shadowreport.core.report import (
    EarlierRecommendation,
    Paragraph,
    Picture,
    Recommendation,
    Report,
    Section,
    SignOff,
    Tie,
)

ASPECTS = ("facts", "law", "language")
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Judged:
    """A sign-off, and why it no longer holds; `stale` is empty where it does."""

    sign_off: SignOff
    stale: str = ""


def paragraph_fingerprint(
    paragraph: Paragraph | Recommendation,
    tie: Tie | None = None,
    images: Mapping[str, Picture] = MappingProxyType({}),
) -> str:
    """The fingerprint of all that a paragraph says: words, footnotes, addresses, what it refers to,
    its finding, what is told of its pictures, and the numbers of the charts among the report's `images` that it shows."""
    targets = list(_targets(paragraph.blocks))
    charts = [str(images[name].chart) for name in targets if name in images and images[name].chart]
    told = pictured(paragraph.blocks)
    return _fingerprint(said(paragraph), targets, tie.finding if tie else "", *charts, *told)


def words_fingerprint(paragraph: Paragraph | Recommendation) -> str:
    """The fingerprint of what a translator translates in a paragraph, or copies: its words, footnotes,
    locators, addresses and what is told of pictures. The names of what it cites and refers to stand in a translation as well."""
    words = (
        said(paragraph, _locators),
        list(_targets(paragraph.blocks)),
        *pictured(paragraph.blocks),
    )
    return _fingerprint(*words)


def said(paragraph: Paragraph | Recommendation, cited: Callable[[Any], Any] | None = None) -> str:
    """The words of a paragraph, those of its footnotes among them, and what it cites and refers to, as
    `cited` writes it."""
    words = plain(transform(paragraph.blocks, {"Cite": cited or _citation}), notes=True)
    return " ".join(words.split())


def recommendation_fingerprint(recommendation: EarlierRecommendation) -> str:
    """The fingerprint of an earlier recommendation's text, in all its languages."""
    return _fingerprint({key: " ".join(text.split()) for key, text in recommendation.text.items()})


def _targets(blocks: Any) -> Iterator[str]:
    return (element["c"][2][0] for element in walk(blocks) if element["t"] in ("Link", "Image"))


def pictured(blocks: Any) -> Iterator[str]:
    """What stands beside the captions of pictures: the line of their source, and what those hear who cannot see
    them."""
    for figure in (element["c"] for element in walk(blocks) if element["t"] == "Figure"):
        for image in (element["c"] for element in walk(figure) if element["t"] == "Image"):
            (_, _, pairs), heard, _ = image
            yield from (text for key, text in pairs if key == "source")
            if plain(heard) not in ("", plain(figure[1])):
                yield plain(heard)


def _citation(content: Any) -> Any:
    """A citation or reference by what it names, however pandoc would print it without a source."""
    parts = [
        f"{plain(item['citationPrefix'])} @{item['citationId']} {plain(item['citationSuffix'])}"
        for item in content[0]
    ]
    return {"t": "Str", "c": f"[{';'.join(parts)}]"}


def _locators(content: Any) -> Any:
    """A citation by what stands in it before and behind each name."""
    parts = [
        f"{plain(item['citationPrefix'])} @ {plain(item['citationSuffix'])}" for item in content[0]
    ]
    return {"t": "Str", "c": f"[{';'.join(parts)}]"}


def _fingerprint(*parts: Any) -> str:
    said = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    data = unicodedata.normalize("NFC", said).encode()  # a Mac may write é as two signs
    return hashlib.sha256(data).hexdigest()[:_DIGITS]


def judge(report: Report, section: Section) -> list[Judged]:
    """Every sign-off of a section whose paragraph exists, with what has changed since."""
    paragraphs = {item.id: item for item in section.paragraphs()}
    ties = {tie.paragraph.id: tie for tie in section.ties}
    return [
        Judged(
            item,
            _changed(item, paragraphs[item.paragraph.id], ties.get(item.paragraph.id), report),
        )
        for item in section.sign_offs
        if item.paragraph.id in paragraphs
    ]


def _changed(
    sign_off: SignOff,
    paragraph: Paragraph,
    tie: Tie | None,
    report: Report,
) -> str:
    earlier = report.earlier()
    if sign_off.content != paragraph_fingerprint(paragraph, tie, report.images):
        return "the paragraph has changed"
    answered = {mention.id for mention in tie.answers} if tie else set()
    added, dropped = answered - sign_off.answers.keys(), sign_off.answers.keys() - answered
    if added or dropped:
        return f"what it answers has changed ({', '.join(sorted(added | dropped))})"
    changed = [
        identifier
        for identifier, stamp in sign_off.answers.items()
        if identifier not in earlier or recommendation_fingerprint(earlier[identifier]) != stamp
    ]
    return f"the recommendation {', '.join(changed)} has changed" if changed else ""
