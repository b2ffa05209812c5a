"""Reads references/persons.yaml: who may be named, and how those are called who may not."""

from __future__ import annotations

from typing import Any

from shadowreport.core.persons import Consent, Named, Persons, Protected
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
                _consent(item),
            )
            for index, item in enumerate(named)
        ),
        {
            key: Protected(
                key,
                {"": item["public"]} if isinstance(item["public"], str) else item["public"],
                yaml.place("persons", key).line,
                _consent(item),
            )
            for key, item in protected.items()
        },
    )


def _consent(item: dict[str, Any]) -> Consent | None:
    given = item.get("consent")
    return Consent(**given | {"purposes": tuple(given.get("purposes", ()))}) if given else None
