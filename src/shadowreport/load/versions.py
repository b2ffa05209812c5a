"""A version of the report in another language: its settings, and each section's translation.

Ids, ties, tables and what is confidential are the original's; a translation brings words alone, so that it
cannot tie or publish anything otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from shadowreport.core.problems import Diagnostic, did_you_mean
from shadowreport.core.report import CycleDocument, Place, Report, Section
from shadowreport.core.translations import differences, stale, text_fingerprint
from shadowreport.source.yaml import Yaml

OWN = ("title", "level", "status", "set_aside", "excused", "made_from")  # keys of a translation
_OPTIONAL = ("subtitle", "short_title", "session", "publication", "abbreviations")
_GROUPS = ("state", "treaty", "editions", "organisations")
_SAME = ("code", "url")  # keys in them that no version says otherwise
# in which the United Nations publish: in others nobody can write official words
_OFFICIAL = frozenset(("ar", "en", "es", "fr", "ru", "zh"))
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
    found += [_changed(settings, language, path) for path in changed_texts(data, language)]
    return Yaml(merged, settings.places), found


def changed_texts(data: Mapping[str, Any], language: str) -> Iterator[tuple[str, ...]]:
    """The keys of each text whose original is not the one that is recorded for a version; of what nothing is
    recorded for, none."""
    own = data["translations"][language]
    for path, said in translatable(data):
        made_from = own.get("made_from", {}).get(".".join(path))
        if (
            made_from
            and isinstance(said, str)
            and said_at(own, path)
            and made_from != text_fingerprint(said)
        ):
            yield path


def _changed(settings: Yaml, language: str, path: Sequence[str]) -> Diagnostic:
    name = ".".join(path)
    message = f"'{name}' of report.yaml has changed since it was translated"
    hint = f"when the translation says the same: invoke translated report.yaml#{name} --language {language}"
    return Diagnostic(
        "stale-translation", settings.place("translations", language, *path), message, hint
    )


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


def of_committees(report: Report) -> Iterator[Diagnostic]:
    """What a version prints of its committees' documents in the words of another language: each text that
    there is in its own; where the United Nations do not publish in that, one line for a document."""
    shown = [item for item in report.sections if not report.extract or item.name in report.extract]
    named = {mention.id for section in shown for row in section.rows for mention in row}
    for cycle in report.cycles:
        printed = [item for item in cycle.recommendations if item.id in named or not report.extract]
        if printed and _lacks(report, cycle.heading):
            yield _other_words(report, cycle.place, f"heading: of {cycle.stem}", cycle.heading)
        lacking = [item for item in printed if _lacks(report, item.text)]
        if lacking and report.speech.language.code not in _OFFICIAL:
            yield _no_official_words(report, cycle, len(lacking))
            continue
        for item in lacking:
            yield _other_words(report, item.place, item.id, item.text)


def _lacks(report: Report, texts: Mapping[str, str]) -> bool:
    words = report.speech.language
    return not (texts.get(words.language) or texts.get(words.code))


def _other_words(report: Report, place: Place, what: str, texts: Mapping[str, str]) -> Diagnostic:
    language = report.language
    message = f"{what} has no text in '{language}': that in another language is printed"
    kind = "heading" if what.startswith("heading") else "text"
    hint = f"write {kind}: {{{next(filter(None, texts), '…')}: …, {language}: …}}"
    if kind == "text":
        hint += (
            ", in the document's own words; where it was never published in that language, excuse it "
            "in report.yaml"
        )
    return Diagnostic("untranslated", place, message, hint)


def _no_official_words(report: Report, cycle: CycleDocument, count: int) -> Diagnostic:
    language = report.language
    message = (
        f"{count} recommendations have no text in '{language}', in which the United Nations do not publish: "
        "they are printed in another language"
    )
    hint = f"print them so, or write your own translation: text: {{…, {language}: …}}"
    return Diagnostic("incomplete-language", cycle.place, message, hint)
