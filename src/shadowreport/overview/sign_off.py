"""Signing off: the lines of `reviewed:` that say who has read which paragraph, at which state of its text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from shadowreport.core.problems import Diagnostic, Failure, did_you_mean
from shadowreport.core.report import Mention, Place, Report, Section, SignOff
from shadowreport.core.sign_offs import ASPECTS, paragraph_fingerprint, recommendation_fingerprint
from shadowreport.machine.files import read_text


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
