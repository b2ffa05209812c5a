"""report.yaml and the files of references/ of a copy: what public text uses, and no remark of an editor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from shadowreport.checks.addresses import addresses
from shadowreport.core.called import person_key
from shadowreport.core.layout import PERSONS, SETTINGS, SOURCES, TERMS
from shadowreport.core.numbering import is_person
from shadowreport.core.report import Report
from shadowreport.load.evidence import KEY
from shadowreport.machine.files import MAX_REFERENCES, read_text
from shadowreport.publishing.names import SOURCE, WORD, Names, bare_evidence
from shadowreport.source.yaml import read_yaml
from shadowreport.source.yaml_edit import dumped

_LINKS = "references/links.yaml"


def reference_files(
    editions: Sequence[Report], project: Path, names: Names, text: str
) -> dict[str, bytes]:
    """The files by name. `editions`: the public ones, the report's own first, then its versions in other
    languages; `text`: that of all sections of the copy, and of their translations."""
    made = dict(_files(editions, project, names, text))
    return {file: dumped(data).encode() for file, data in made.items()}


def _files(
    editions: Sequence[Report], project: Path, names: Names, text: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    public = editions[0]
    settings = _data(project, SETTINGS)
    yield SETTINGS, _settings(settings, editions, names, text)
    for stem in settings.get("cycles", ()):
        file = f"references/{stem}.yaml"
        yield file, _cycle(_data(project, file), names)
    if (project / SOURCES).exists():
        yield SOURCES, {"references": list(_sources(_data(project, SOURCES), public, names))}
    if (project / PERSONS).exists():
        yield PERSONS, _persons(_data(project, PERSONS), public, text)
    if (project / TERMS).exists():
        yield TERMS, _terms(_data(project, TERMS), text)
    if (project / _LINKS).exists():
        yield _LINKS, _links(_data(project, _LINKS), editions)


def _data(project: Path, file: str) -> dict[str, Any]:
    return read_yaml(read_text(project / file, file, MAX_REFERENCES), file).data or {}


def _settings(
    data: dict[str, Any], editions: Sequence[Report], names: Names, text: str
) -> dict[str, Any]:
    data.pop("excused", None)
    if "addressees" in data:
        words = " ".join(text.split())
        data["addressees"] = [name for name in data["addressees"] if name in words]
    for texts, public in zip([data, *data.get("translations", {}).values()], editions, strict=True):
        texts.pop("made_from", None)  # of what is withheld, too
        if "abbreviations" in texts:
            known = texts["abbreviations"].items()
            texts["abbreviations"] = {k: v for k, v in known if k in public.abbreviations}
    for profile in data.get("profiles", {}).values():
        if "sections" in profile:
            profile["sections"] = [names.id_of("sec", name) for name in profile["sections"]]
    return data


def _cycle(data: dict[str, Any], names: Names) -> dict[str, Any]:
    for demand in data.get("recommendations", {}).values():
        if demand.get("theme") in names.sections:
            del demand["theme"]
        if "takes_up" in demand:
            demand["takes_up"] = [names.anchors.get(name, name) for name in demand["takes_up"]]
    return data


def _sources(data: dict[str, Any], public: Report, names: Names) -> Iterator[dict[str, Any]]:
    for source in data.get("references", ()):
        if source["id"] in public.sources and source["id"] not in names.sources:
            kept = {key: value for key, value in source.items() if key not in ("note", "annote")}
            yield kept | ({KEY: bare_evidence(kept[KEY])} if KEY in kept else {})
    if names.sources:
        yield {"id": SOURCE, "type": "document", "title": WORD, "edition": "confidential"}


def _persons(data: dict[str, Any], public: Report, text: str) -> dict[str, Any]:
    """Who stands in public text; of what they agreed to, how far it goes."""
    mentions = (item.id for section in public.sections for item in section.mentions)
    keys = {person_key(name) for name in mentions if is_person(name)}
    found = {key: _bare(item) for key, item in data.get("persons", {}).items() if key in keys}
    named = [_bare(item) for item in data.get("named", ()) if _stands(item["name"], text)]
    return {key: value for key, value in (("named", named), ("persons", found)) if value}


def _bare(item: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in item.items() if key != "note"}
    return kept | ({"consent": {"level": item["consent"]["level"]}} if "consent" in item else {})


def _stands(name: str | list[str], text: str) -> bool:
    return any(one in text for one in ([name] if isinstance(name, str) else name))


def _terms(data: dict[str, Any], text: str) -> dict[str, Any]:
    """The words and spellings that public text has."""
    terms = [item for item in data.get("terms", ()) if item.get("prefer", "") in text]
    words = [word for word in data.get("words", ()) if word in text]
    return {key: kept for key, kept in (("words", words), ("terms", terms)) if key in data}


def _links(data: dict[str, Any], editions: Sequence[Report]) -> dict[str, Any]:
    known = {url for public in editions for url, _ in addresses(public)}
    return {"links": [item for item in data.get("links", ()) if item.get("url") in known]}
