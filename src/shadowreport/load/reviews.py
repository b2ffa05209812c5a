"""Reads sign-offs: `sections/reviews/ORG.yaml`, a line for each, so that git can merge them.

Two branches that sign at the same time leave both lines of a paragraph in the file; the younger one counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from shadowreport.core.layout import REVIEWS
from shadowreport.core.report import Mention, Place, Section, SignOff
from shadowreport.source.yaml import Yaml


def review_files(project: Path) -> list[Path]:
    """The files of sign-offs, an organisation each."""
    return sorted((project / REVIEWS).glob("*.yaml"))


def sign_offs(yaml: Yaml, organisation: str) -> Iterator[SignOff]:
    """The sign-offs in an organisation's file."""
    items: Sequence[dict[str, Any]] = yaml.data.get("sign_offs") or ()
    for index, item in enumerate(items):
        place = yaml.place("sign_offs", index, "paragraph")
        yield SignOff(
            Mention(item["paragraph"].removeprefix("par-"), place),
            Mention(organisation, place),
            item["aspect"],
            str(item["on"]),
            str(item["content"]),
            {name: str(value) for name, value in item.get("answers", {}).items()},
        )


def with_sign_offs(
    sections: Sequence[Section], found: Iterable[SignOff]
) -> tuple[list[Section], list[SignOff]]:
    """The sections with the sign-offs of their paragraphs, those of their own front matter as well; and
    the sign-offs of paragraphs that are not there."""
    by_paragraph: dict[str, list[SignOff]] = {}
    for item in found:
        by_paragraph.setdefault(item.paragraph.id, []).append(item)
    signed = [_signed(section, by_paragraph) for section in sections]
    return signed, [item for items in by_paragraph.values() for item in items]


def _signed(section: Section, by_paragraph: dict[str, list[SignOff]]) -> Section:
    own = [item for one in section.paragraphs() for item in by_paragraph.pop(one.id, ())]
    if not own:
        return section
    latest: dict[tuple[str, str, str], SignOff] = {}
    for item in sorted((*section.sign_offs, *own), key=lambda item: item.date):
        latest[item.paragraph.id, item.aspect, item.organisation.id] = item
    return replace(section, sign_offs=tuple(latest[key] for key in sorted(latest)))


def gone(item: SignOff) -> tuple[Place, str, str]:
    """What is said of a sign-off whose paragraph is not there: place, message, hint."""
    message = f"{item.organisation.id} signed off the {item.aspect} of paragraph '{item.paragraph.id}', which is not there"
    hint = "delete this line; the next 'invoke review' does so too"
    return item.paragraph.place, message, hint
