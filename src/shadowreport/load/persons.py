"""Reads references/persons.yaml: who may be named, and how those are called who may not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from shadowreport.core.persons import MENTION, Named, Persons, Protected
from shadowreport.core.report import Mention, Section
from shadowreport.load.evidence import consent_of
from shadowreport.source.yaml import Yaml


def persons_of(yaml: Yaml) -> Persons:
    """The decisions in a file that fits its schema."""
    named = yaml.data.get("named") or []
    protected = yaml.data.get("persons") or {}
    return Persons(
        tuple(
            Named(
                (item["name"],) if isinstance(item["name"], str) else tuple(item["name"]),
                item["public"],
                yaml.place("named", index).line,
                consent_of(item),
            )
            for index, item in enumerate(named)
        ),
        {
            key: Protected(
                key,
                {"": item["public"]} if isinstance(item["public"], str) else item["public"],
                yaml.place("persons", key).line,
                consent_of(item),
                item.get("forms", {}),
            )
            for key, item in protected.items()
        },
    )


def with_persons(sections: Sequence[Section], persons: Persons | None, code: str) -> list[Section]:
    """Sections whose titles print persons as the public edition does: a title stands in contents,
    bookmarks and properties, in every edition alike."""
    printed = dict(persons.printed(code)) if persons else {}
    return [_titled(section, printed) for section in sections]


def _titled(section: Section, printed: Mapping[str, str]) -> Section:
    found = MENTION.findall(section.title)
    if not found:
        return section
    title = MENTION.sub(lambda match: printed.get(match[1], match[0]), section.title)
    mentions = (*section.mentions, *(Mention(key, section.place) for key in found))
    return replace(section, title=title, mentions=mentions)
