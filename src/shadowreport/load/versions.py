"""A version of the report in another language: its settings, and each section's translation.

Ids, ties, tables and what is confidential are the original's; a translation brings words alone, so that it
cannot tie or publish anything otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from shadowreport.core.problems import Diagnostic, did_you_mean
from shadowreport.core.report import Section
from shadowreport.core.translations import differences, stale
from shadowreport.source.yaml import Yaml

OWN = ("title", "level", "status", "set_aside", "excused", "made_from")  # keys of a translation
_OPTIONAL = ("subtitle", "short_title", "session", "publication", "abbreviations")
_GROUPS = ("state", "treaty", "editions", "organisations")
_SAME = ("code", "url")  # keys in them that no version says otherwise
_OF_ONE_LANGUAGE = ("spelling", "addressees", "profiles")


def settings_in(settings: Yaml, language: str) -> tuple[Yaml, list[Diagnostic]]:
    """The settings of a version, and the texts that it lacks."""
    data: dict[str, Any] = settings.data
    known: dict[str, Any] = data.get("translations", {})
    if language not in known:
        hint = did_you_mean(language, list(known)) or "name it under translations: in report.yaml"
        message = f"the report has no version in '{language}'"
        return settings, [Diagnostic("missing-translation", settings.place(), message, hint)]
    own, place = known[language], settings.place("translations", language)
    lacking = [f"{': '.join(path)}:" for path, _ in translatable(data) if not said_at(own, path)]
    merged = {key: value for key, value in data.items() if key not in _OF_ONE_LANGUAGE}
    unknown: list[str] = []
    for key in (key for key in _GROUPS if key in data or key in own):
        mine, said = _by_id(data.get(key, {})), own.get(key, {})
        unknown += [f"{key}: {path}" for path in _beyond(said, mine)]
        merged[key] = _as_typed(_merged(mine, said), data.get(key))
    merged |= {key: own[key] for key in ("title", *_OPTIONAL) if key in own}
    merged |= {"language": language, "name": f"{data['name']}-{language}"}
    merged["extract"] = own.get("sections", ())
    found = [
        Diagnostic("untranslated", place, f"{text} is not translated", "add it here")
        for text in lacking
    ]
    found += [
        Diagnostic("translation-differs", place, f"there is no {text} to translate", "take it out")
        for text in unknown
    ]
    return Yaml(merged, settings.places), found


def translatable(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The texts of report.yaml, each with the keys under which a version says it; abbreviations, which are
    others in another language, as one."""
    for key in ("title", *_OPTIONAL):
        if key in data:
            yield (key,), data[key]
    for key in _GROUPS:
        yield from _leaves((key,), _by_id(data.get(key, {})))


def _leaves(path: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    if not isinstance(value, dict):
        yield path, value
        return
    for key, inner in value.items():
        if key not in _SAME:
            yield from _leaves((*path, key), inner)


def said_at(own: Any, path: Sequence[str]) -> Any:
    """What a version says under some keys; nothing where it has none of them."""
    for key in path:
        own = own.get(key) if isinstance(own, dict) else None
    return own


def not_there(settings: Yaml, language: str, sections: Iterable[Section]) -> Iterator[Diagnostic]:
    """Sections of which a version is to consist, and which the report does not have."""
    names = [section.name for section in sections]
    for index, name in enumerate(settings.data.get("extract", ())):
        if name not in names:
            place = settings.place("translations", language, "sections", index)
            hint = did_you_mean(name, names) or "name a section as references do: legislation"
            yield Diagnostic("bad-value", place, f"there is no section '{name}'", hint)


def _by_id(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    return {item["id"]: {key: text for key, text in item.items() if key != "id"} for item in value}


def _merged(mine: Any, own: Any) -> Any:
    if not isinstance(mine, dict) or not isinstance(own, dict):
        return own
    return {key: _merged(value, own[key]) if key in own else value for key, value in mine.items()}


def _as_typed(items: dict[str, Any], like: Any) -> Any:
    """A list where report.yaml has one."""
    return (
        [{"id": name, **item} for name, item in items.items()] if isinstance(like, list) else items
    )


def _beyond(these: dict[str, Any], those: dict[str, Any]) -> Iterator[str]:
    """The texts of one group that another one has not."""
    for key, value in these.items():
        if isinstance(value, dict):
            yield from (f"{key}: {inner}" for inner in _beyond(value, those.get(key, {})))
        elif key not in _SAME and key not in those:
            yield f"{key}:"


def version(original: Section, own: Section) -> tuple[Section, list[Diagnostic]]:
    """A section in the words of its translation, and where the two do not agree."""
    found = [*differences(original, own), *stale(original, own), *_reasons(original, own)]
    # who signed the original off has not read the translation
    return replace(
        original,
        title=own.title,
        file=own.file,
        items=own.items,
        mentions=own.mentions,
        images=own.images,
        source=own.source,
        source_line=own.source_line,
        place=own.place,
        status=own.status,
        set_aside=own.set_aside,
        sign_offs=(),
        excuses=own.excuses,
        remarks=own.remarks,
        public_source=own.public_source,
        made_from=own.made_from,
    ), found


def _reasons(original: Section, own: Section) -> Iterator[Diagnostic]:
    """The reasons under set_aside: are printed, so each needs its translation."""
    wanted = {item.recommendation.id for item in original.set_aside}
    if wanted != {item.recommendation.id for item in own.set_aside}:
        hint = "name the same recommendations, each with its reason in this language"
        message = f"set_aside: is not that of {original.file}"
        yield Diagnostic("translation-differs", own.place, message, hint)
