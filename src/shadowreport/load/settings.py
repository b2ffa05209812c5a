"""report.yaml, what it names in references/, and the sections become a Report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from shadowreport.core.editions import CONFIDENTIAL
from shadowreport.core.report import (
    Contact,
    CycleDocument,
    EarlierRecommendation,
    EditionWords,
    Mention,
    Organisation,
    Picture,
    Report,
    Section,
)
from shadowreport.core.unwritten import TODO
from shadowreport.load.evidence import KEY, evidence_of_sources
from shadowreport.load.sections import mentions_in
from shadowreport.source.yaml import Yaml

_IN_OTHERS = "translations"  # a source's texts in other languages


def _as_csl(source: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """A source as CSL has it, with its texts in a language where it has them; in CSL `edition` tells which
    edition of a book is meant."""
    own = {KEY, _IN_OTHERS, *(["edition"] if source.get("edition") == CONFIDENTIAL else [])}
    said = source | source.get(_IN_OTHERS, {}).get(language, {})
    return {key: value for key, value in said.items() if key not in own}


def cycle(stem: str, yaml: Yaml) -> CycleDocument:
    data = yaml.data
    return CycleDocument(
        stem=stem,
        committee=data["committee"],
        symbol=data["symbol"],
        cycle=str(data["cycle"]),
        heading=_words(data["heading"]),
        recommendations=tuple(
            EarlierRecommendation(
                id=f"{stem}/{key}",
                paragraph=item.get("label", key.partition(".")[0]),
                text=_words(item["text"]),
                place=yaml.place("recommendations", key),
                theme=item.get("theme", ""),
                articles=tuple(map(str, item.get("articles", ()))),
                follow_up=item.get("follow_up", False),
                repeats=mentions_in(yaml, "recommendations", key, "repeats"),
                takes_up=tuple(item.get("takes_up", ())),
                heading=_words(item.get("heading", {})),
                states=tuple(item.get("states", ())),
                response=item.get("response", ""),
            )
            for key, item in data["recommendations"].items()
        ),
        place=yaml.place(),
    )


def _words(value: str | Mapping[str, str]) -> Mapping[str, str]:
    return {"": value} if isinstance(value, str) else value


def _unfilled(value: Any, yaml: Yaml, *path: str | int) -> Iterator[Mention]:
    """The texts in settings that somebody meant to fill in."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _unfilled(inner, yaml, *path, key)
    elif TODO in str(value):
        yield Mention(str(value), yaml.place(*path))


def report(
    settings: Yaml,
    cycles: list[CycleDocument],
    sections: list[Section],
    sources: Yaml | None,
    images: dict[str, Picture],
) -> Report:
    data = settings.data
    references: list[dict[str, Any]] = sources.data["references"] if sources else []
    return Report(
        name=data["name"],
        title=data["title"],
        subtitle=data.get("subtitle", ""),
        short_title=data.get("short_title", data["title"]),
        state=data["state"]["name"],
        state_code=data["state"].get("code", ""),
        committee=data["committee"],
        treaty=data.get("treaty", {}).get("name", ""),
        treaty_short=data.get("treaty", {}).get("short", ""),
        session=data.get("session", ""),
        date=data.get("date", ""),
        language=data["language"],
        publication=data.get("publication", ""),
        organisations=tuple(Organisation(**item) for item in data["organisations"]),
        contacts=tuple(Contact(**item) for item in data.get("contacts", ())),
        abbreviations=data.get("abbreviations", {}),
        contents_depth=data.get("contents_depth", 2),
        lists=tuple(data.get("lists", ())),
        annexes=tuple(data.get("annexes", ())),
        cycles=tuple(cycles),
        sections=tuple(sections),
        sources={source["id"]: _as_csl(source, data["language"]) for source in references},
        withheld_sources=frozenset(
            source["id"] for source in references if source.get("edition") == CONFIDENTIAL
        ),
        evidence=evidence_of_sources(sources),
        editions={name: EditionWords(**words) for name, words in data.get("editions", {}).items()},
        images=images,
        place=settings.place(),
        unfilled=tuple(_unfilled(settings.data, settings)),
        extract=tuple(data.get("extract", ())),
        source_places={
            source["id"]: sources.place("references", index)
            for index, source in enumerate(references)
        }
        if sources
        else {},
    )
