"""Signing off: the lines that say who has read which paragraph, at which state of its text. They lie in a file of
the organisation's own, out of the authors' way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from shadowreport.core.layout import REVIEWS, section_meant
from shadowreport.core.problems import Diagnostic, Failure, did_you_mean
from shadowreport.core.report import Mention, Place, Report, Section, SignOff
from shadowreport.core.sign_offs import ASPECTS, paragraph_fingerprint, recommendation_fingerprint
from shadowreport.load.reviews import review_files
from shadowreport.machine.files import read_text
from shadowreport.machine.write import write
from shadowreport.source import front_matter
from shadowreport.source.rewrite import rewrite
from shadowreport.source.yaml_edit import flow_list

HEAD = """\
# What this organisation has signed off: `invoke review` writes it, a line each, so that git can merge it.
sign_offs:
"""


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
    written. Raises Failure for a name that does not exist.
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
    wanted = [paragraph] if paragraph else ids
    added = _stamps(report, section, wanted, organisation, aspects, today)
    files = moved(report, project, added)
    text = files.get(section.file) or read_text(project / section.file, section.file)
    seen = _seen(text, section.file, wanted)
    return files | ({section.file: seen} if seen != text else {})


def moved(report: Report, project: Path, added: Sequence[SignOff] = ()) -> dict[str, str]:
    """The files of sign-offs, an organisation's each, with some `added`, and the section files whose
    front matter held some, as it once was done: those that change, by their names. Raises Failure."""
    latest: dict[str, dict[tuple[str, int], SignOff]] = {}
    for item in (*(one for section in report.sections for one in section.sign_offs), *added):
        key = item.paragraph.id, ASPECTS.index(item.aspect)
        latest.setdefault(item.organisation.id, {})[key] = item
    files = {f"{REVIEWS}/{name}.yaml": _page(items) for name, items in latest.items()}
    for path in review_files(project):  # those whose last paragraph is gone
        files.setdefault(f"{REVIEWS}/{path.name}", _page({}))
    for section in report.sections:
        text = read_text(project / section.file, section.file)
        data = dict(front_matter.read(text, section.file).data)
        if data.pop("reviewed", None) is not None:
            files[section.file] = front_matter.with_data(text, section.file, data)
    return {name: text for name, text in files.items() if _text(project / name, name) != text}


def write_signed(project: Path, files: Mapping[str, str]) -> None:
    """Writes what `sign` or `moved` gave; sign-offs first, so that none is lost. Raises Failure."""
    sections = {name: text for name, text in files.items() if not name.startswith(REVIEWS)}
    write(
        project / REVIEWS,
        {Path(name).name: text.encode() for name, text in files.items() if name not in sections},
    )
    rewrite(project, sections)


def _text(path: Path, name: str) -> str:
    return read_text(path, name) if path.is_file() else ""


def _page(items: Mapping[tuple[str, int], SignOff]) -> str:
    """A file of sign-offs. What git merges line by line must not wrap."""
    return HEAD + "".join(_line(items[key]) for key in sorted(items))


def _line(item: SignOff) -> str:
    answers = ", ".join(f'{name}: "{value}"' for name, value in item.answers.items())
    last = f", answers: {{{answers}}}" if answers else ""
    told = f'aspect: {item.aspect}, on: {item.date}, content: "{item.content}"'
    return f"- {{paragraph: {item.paragraph.id}, {told}{last}}}\n"


def _seen(text: str, file: str, ids: Sequence[str]) -> str:
    """A section file in which nobody has to look again at these paragraphs."""
    data = dict(front_matter.read(text, file).data)
    if "look_again" not in data:
        return text
    left = [name for name in data["look_again"] if name not in ids]
    data["look_again"] = flow_list(left)
    if not left:
        del data["look_again"]
    return front_matter.with_data(text, file, data)


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
        content = paragraph_fingerprint(paragraphs[identifier], tie, report.images)
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


def _unknown(place: Place, message: str, word: str, known: Any) -> Failure:
    return Failure([Diagnostic("bad-value", place, message, did_you_mean(word, known))])
