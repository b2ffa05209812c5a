"""Reads `evidence:` of a paragraph or a source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shadowreport.core.persons import Consent
from shadowreport.core.report import Evidence, Mention
from shadowreport.source.yaml import Yaml

KEY = "evidence"


def evidence_of(yaml: Yaml, data: Mapping[str, Any], *path: str | int) -> Evidence:
    """One piece of evidence, in a file that fits its schema."""
    texts = {key: str(data.get(key, "")) for key in ("what", "date", "file", "sha256", "archived")}
    on_file = Mention(data["on_file"], yaml.place(*path, "on_file"))
    return Evidence(on_file, consent=consent_of(data), **texts)


def evidence_of_sources(yaml: Yaml | None) -> dict[str, Evidence]:
    """The evidence of the sources that have some, by their keys."""
    return {
        source["id"]: evidence_of(yaml, source[KEY], "references", index, KEY)
        for index, source in enumerate(yaml.data["references"] if yaml else [])
        if yaml and KEY in source
    }


def consent_of(item: Mapping[str, Any]) -> Consent | None:
    """What somebody agreed to; None where nobody has said."""
    given = item.get("consent")
    return Consent(**given | {"purposes": tuple(given.get("purposes", ()))}) if given else None
