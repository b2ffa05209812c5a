"""Signing off: the lines of `reviewed:` that say who has read which paragraph, at which state of its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from shadowreport.core.layout import section_meant
from shadowreport.core.problems import Diagnostic, Failure, did_you_mean
from shadowreport.core.report import Mention, Place, Report, Section, SignOff
from shadowreport.core.sign_offs import ASPECTS, paragraph_fingerprint, recommendation_fingerprint
from shadowreport.machine.files import read_text
from shadowreport.source import front_matter
from shadowreport.source.yaml_edit import flow_list


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
    written. Only the lines of the new sign-offs differ. Raises Failure for a name that does not exist.
    """
    name, _, paragraph = where.partition("#")
    section = section_meant(report.sections, name)
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
    return {section.file: _with_stamps(text, section, added)}


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


def _with_stamps(text: str, section: Section, added: Sequence[SignOff]) -> str:
    """The text of a section file with these sign-offs under `reviewed:`, which is the last key of
    its front matter where it is new."""
    data = front_matter.read(text, section.file).data
    reviewed: dict[str, list[Any]] = data.get("reviewed", {})
    keys = {key.removeprefix("par-"): key for key in reviewed}
    for item in added:
        key = keys.setdefault(item.paragraph.id, item.paragraph.id)
        reviewed[key] = _stamped(reviewed.get(key, []), _stamp(item))
    order = [keys[item.id] for item in section.paragraphs() if item.id in keys]
    data["reviewed"] = {key: reviewed[key] for key in dict.fromkeys([*order, *reviewed])}
    signed = {item.paragraph.id for item in added}
    if "look_again" in data:
        left = [name for name in data["look_again"] if name not in signed]
        data["look_again"] = flow_list(left)
        if not left:
            del data["look_again"]
    return front_matter.with_data(text, section.file, data)


def _stamped(stamps: list[Any], new: Any) -> list[Any]:
    """The stamps of a paragraph with one more, in the place of the one that it renews."""
    if _rank(new) in map(_rank, stamps):
        return [new if _rank(item) == _rank(new) else item for item in stamps]
    after = sum(_rank(item) < _rank(new) for item in stamps)
    return [*stamps[:after], new, *stamps[after:]]


def _rank(stamp: Mapping[str, Any]) -> tuple[int, str]:
    return ASPECTS.index(stamp["aspect"]), stamp["as"]


def _stamp(item: SignOff) -> CommentedMap:
    stamp = CommentedMap({"as": item.organisation.id, "aspect": item.aspect, "on": item.date})
    stamp["content"] = DoubleQuotedScalarString(item.content)
    if item.answers:
        stamp["answers"] = CommentedMap(
            {key: DoubleQuotedScalarString(value) for key, value in item.answers.items()}
        )
        stamp["answers"].fa.set_flow_style()
    stamp.fa.set_flow_style()
    return stamp


def _unknown(place: Place, message: str, word: str, known: Any) -> Failure:
    return Failure([Diagnostic("bad-value", place, message, did_you_mean(word, known))])
