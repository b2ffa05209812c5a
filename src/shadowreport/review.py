"""Sign-offs: who has read which paragraph, for which aspect, at which state of its text.

After Doorstop's stamps, but a paragraph at a time and in both directions. A sign-off holds the
fingerprint of the paragraph and of each recommendation that the paragraph answers; when either
changes, it is stale. What a reader cannot see makes no difference: where lines break, which number a
paragraph has got, whether it moved.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shadowreport.diagnostics import Diagnostic, Failure, did_you_mean
from shadowreport.files import read_text
from shadowreport.model import (
    EarlierRecommendation,
    Mention,
    Paragraph,
    Place,
    Report,
    Section,
    SignOff,
    Tie,
)
from shadowreport.pandoc_ast import plain, transform, walk

ASPECTS = ("facts", "law", "language")
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Judged:
    """A sign-off, and why it no longer holds; `stale` is empty where it does."""

    sign_off: SignOff
    stale: str = ""


def paragraph_fingerprint(paragraph: Paragraph, tie: Tie | None = None) -> str:
    """The fingerprint of all that a paragraph says: words, footnotes, addresses, what it refers to
    and its finding."""
    said = transform(paragraph.blocks, {"Cite": _citation})
    words = " ".join(plain(said, notes=True).split())
    return _fingerprint(words, list(_targets(paragraph.blocks)), tie.finding if tie else "")


def recommendation_fingerprint(recommendation: EarlierRecommendation) -> str:
    """The fingerprint of an earlier recommendation's text, in all its languages."""
    return _fingerprint({key: " ".join(text.split()) for key, text in recommendation.text.items()})


def _targets(blocks: Any) -> Iterator[str]:
    return (element["c"][2][0] for element in walk(blocks) if element["t"] in ("Link", "Image"))


def _citation(content: Any) -> Any:
    """A citation or reference by what it names, however pandoc would print it without a source."""
    parts = [
        f"{plain(item['citationPrefix'])} @{item['citationId']} {plain(item['citationSuffix'])}"
        for item in content[0]
    ]
    return {"t": "Str", "c": f"[{';'.join(parts)}]"}


def _fingerprint(*parts: Any) -> str:
    data = json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()
    return hashlib.sha256(data).hexdigest()[:_DIGITS]


def judge(report: Report, section: Section) -> list[Judged]:
    """Every sign-off of a section whose paragraph exists, with what has changed since."""
    earlier = report.earlier()
    paragraphs = {item.id: item for item in section.paragraphs()}
    ties = {tie.paragraph.id: tie for tie in section.ties}
    return [
        Judged(
            item,
            _changed(item, paragraphs[item.paragraph.id], ties.get(item.paragraph.id), earlier),
        )
        for item in section.sign_offs
        if item.paragraph.id in paragraphs
    ]


def _changed(
    sign_off: SignOff,
    paragraph: Paragraph,
    tie: Tie | None,
    earlier: Mapping[str, EarlierRecommendation],
) -> str:
    if sign_off.content != paragraph_fingerprint(paragraph, tie):
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


def stale(report: Report) -> Iterator[Diagnostic]:
    """Sign-offs that no longer hold, and those of paragraphs or organizations that do not exist."""
    known = {organisation.id for organisation in report.organisations}
    for section in report.sections:
        own = {item.id for item in section.paragraphs()}
        for item in section.sign_offs:
            if item.paragraph.id not in own:
                message = f"no paragraph of this section has the id '{item.paragraph.id}'"
                hint = did_you_mean(item.paragraph.id, own)
                yield Diagnostic("unknown-paragraph", item.paragraph.place, message, hint)
            if item.organisation.id not in known:
                message = f"'{item.organisation.id}' is no organisation of sections/report.yaml"
                hint = did_you_mean(item.organisation.id, known)
                yield Diagnostic("unknown-organisation", item.organisation.place, message, hint)
        for judged in judge(report, section):
            if judged.stale:
                item = judged.sign_off
                message = (
                    f"{item.organisation.id} signed off the {item.aspect} of paragraph "
                    f"'{item.paragraph.id}' on {item.date}; since then {judged.stale}"
                )
                hint = (
                    f"read it again: invoke review {section.name}#{item.paragraph.id} "
                    f"--as {item.organisation.id} --aspect {item.aspect}"
                )
                yield Diagnostic("stale-sign-off", item.organisation.place, message, hint)


# --- writing ------------------------------------------------------------------------------------


def sign(
    report: Report,
    project: Path,
    where: str,
    organisation: str,
    aspects: Sequence[str],
    today: date,
) -> dict[str, str]:
    """Signs off a section (`legislation`) or a paragraph (`legislation#no-special-law`).

    Returns the new text of each file that changes, by its name relative to the project; nothing is
    written. Only the lines of `reviewed:` differ. Raises Failure for a name that does not exist.
    """
    name, _, paragraph = where.partition("#")
    section = _section(report, name)
    ids = [item.id for item in section.paragraphs()]
    paragraph = paragraph.removeprefix("par-")
    if paragraph and paragraph not in ids:
        raise _unknown(
            section.place, f"there is no paragraph '{paragraph}' in {section.file}", paragraph, ids
        )
    organisations = [item.id for item in report.organisations]
    if organisation not in organisations:
        message = f"'{organisation}' is no organisation of sections/report.yaml"
        raise _unknown(report.place, message, organisation, organisations)
    for aspect in aspects:
        if aspect not in ASPECTS:
            raise _unknown(section.place, f"'{aspect}' is no aspect of a review", aspect, ASPECTS)
    added = _stamps(
        report, section, [paragraph] if paragraph else ids, organisation, aspects, today
    )
    text = read_text(project / section.file, section.file)
    return {section.file: _with_reviewed(text, section, [*_kept(section, added), *added])}


def _stamps(
    report: Report,
    section: Section,
    ids: Sequence[str],
    organisation: str,
    aspects: Sequence[str],
    today: date,
) -> list[SignOff]:
    earlier = report.earlier()
    paragraphs = {item.id: item for item in section.paragraphs()}
    ties = {tie.paragraph.id: tie for tie in section.ties}
    result: list[SignOff] = []
    for identifier in ids:
        tie = ties.get(identifier)
        answers = {
            mention.id: recommendation_fingerprint(earlier[mention.id])
            for mention in (tie.answers if tie else ())
            if mention.id in earlier
        }
        content = paragraph_fingerprint(paragraphs[identifier], tie)
        result += [
            SignOff(
                Mention(identifier, section.place),
                Mention(organisation, section.place),
                aspect,
                today.isoformat(),
                content,
                answers,
            )
            for aspect in aspects
        ]
    return result


def _kept(section: Section, added: Sequence[SignOff]) -> list[SignOff]:
    """The section's sign-offs that are not renewed."""
    new = {(item.paragraph.id, item.organisation.id, item.aspect) for item in added}
    return [
        item
        for item in section.sign_offs
        if (item.paragraph.id, item.organisation.id, item.aspect) not in new
    ]


def _with_reviewed(text: str, section: Section, sign_offs: Sequence[SignOff]) -> str:
    """The text of a section file with these sign-offs under `reviewed:`, the last key of its front
    matter where it is new."""
    order = {item.id: index for index, item in enumerate(section.paragraphs())}
    by_paragraph: dict[str, list[SignOff]] = {}
    for item in sorted(sign_offs, key=lambda item: order.get(item.paragraph.id, len(order))):
        by_paragraph.setdefault(item.paragraph.id, []).append(item)
    block = ["reviewed:"]
    for identifier, items in by_paragraph.items():
        block.append(f"  {identifier}:")
        block += [f"    - {_flow(item)}" for item in sorted(items, key=_rank)]
    lines = text.split("\n")
    end = next(
        index for index, line in enumerate(lines) if index and line.rstrip() in ("---", "...")
    )
    start = next((index for index in range(1, end) if lines[index].startswith("reviewed:")), end)
    after = next(
        (index for index in range(start + 1, end) if lines[index][:1] not in (" ", "\t", "")), end
    )
    return "\n".join([*lines[:start], *block, *lines[after if start < end else end :]])


def _rank(item: SignOff) -> tuple[int, str]:
    return ASPECTS.index(item.aspect), item.organisation.id


def _flow(item: SignOff) -> str:
    pairs = [
        f"as: {item.organisation.id}",
        f"aspect: {item.aspect}",
        f"on: {item.date}",
        f'content: "{item.content}"',
    ]
    if item.answers:
        stamps = ", ".join(f'{key}: "{value}"' for key, value in item.answers.items())
        pairs.append(f"answers: {{{stamps}}}")
    return "{" + ", ".join(pairs) + "}"


def _section(report: Report, word: str) -> Section:
    names: dict[str, Section] = {section.name: section for section in report.sections}
    for section in report.sections:
        file = Path(section.file)
        names |= {file.name: section, section.file: section, file.stem: section}
        names.setdefault(file.name.partition("-")[0], section)
    if word not in names:
        known = [section.name for section in report.sections]
        raise _unknown(Place("sections"), f"there is no section '{word}'", word, known)
    return names[word]


def _unknown(place: Place, message: str, word: str, known: Any) -> Failure:
    return Failure([Diagnostic("bad-value", place, message, did_you_mean(word, known))])
