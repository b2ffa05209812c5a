"""The files of a project become a Report. Nothing is numbered, chosen or rendered here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from shadowreport.core.charts import wanted
from shadowreport.core.layout import (
    PERSONS,
    REVIEWS,
    SETTINGS,
    SOURCES,
    TERMS,
    beside,
    number_in,
    proper_name,
    translation_file,
    translation_of,
)
from shadowreport.core.lexicon import Language, Speech
from shadowreport.core.persons import Persons
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import (
    CycleDocument,
    OwnAnnex,
    Picture,
    Place,
    Report,
    Section,
    SignOff,
)
from shadowreport.core.style import Style
from shadowreport.load import editorial
from shadowreport.load.charts import load_chart
from shadowreport.load.edition_marks import editions_misspelt
from shadowreport.load.images import load_picture, path_of
from shadowreport.load.lexicon import load_lexicon, speech_of
from shadowreport.load.own_annexes import annexes_asked, own_annex
from shadowreport.load.own_templates import broken_templates
from shadowreport.load.persons import persons_of, with_persons
from shadowreport.load.reviews import gone, review_files, sign_offs, with_sign_offs
from shadowreport.load.sections import Known, read_sections
from shadowreport.load.settings import cycle, report
from shadowreport.load.strays import section_paths, translation_paths, unused_files, wrong_name
from shadowreport.load.style import load_style, template_pictures
from shadowreport.load.value_proof import judged
from shadowreport.load.values import PRINTED, persons_in_values, settings_values, source_values
from shadowreport.load.versions import not_there, of_committees, settings_in, version
from shadowreport.machine.files import MAX_REFERENCES, read_text
from shadowreport.source.yaml import Yaml, read_yaml

_PARSERS = 4  # pandoc processes at once: a section takes one about 20 ms, part of it waiting

T = TypeVar("T")


def load(
    project: Path, known: Known | None = None, language: str = ""
) -> tuple[Report | None, list[Diagnostic]]:
    """The report in a project's folder, and every problem found on the way.

    `language` names the version to load; the report's own where it is empty.
    `known` keeps sections from one load to the next in a process that loads again and again.

    Where a file is wrong, the report holds what could be read of it, so that the checks find what
    else is wrong in the same run; `unread` names the files that are missing whole. There is no
    report only where sections/report.yaml itself is wrong.
    """
    loading = _Loading(project)
    with ThreadPoolExecutor(_PARSERS) as pool:
        known = known if known is not None else {}
        drafts = read_sections(loading.section_files(), pool, known)
        settings = loading.attempt(partial(loading.yaml, SETTINGS, "report"))
        cycles = loading.cycles(settings.data["cycles"] if settings else [], settings)
        loading.diagnostics += settings_values(settings) if settings else ()
        languages = tuple(settings.data.get("translations", ())) if settings else ()
        if settings and language:
            settings, lacking = settings_in(settings, language)
            loading.diagnostics += lacking
        sources = loading.sources()
        speech = loading.speech(settings)
        editing = loading.editing(settings, speech)
        sections = [loading.attempt(draft) for draft in drafts]
    found = [loading.keep(*section) for section in sections if section]
    found = loading.signed(found)
    loading.lost_translations(languages)
    if settings and language in languages:
        loading.diagnostics += not_there(settings, language, found)
        found = loading.translated(found, language, known, settings.data["extract"])
    found = with_persons(found, editing.get("persons"), speech.language.code)
    style, pictures_of_style, wrong = load_style(project)
    loading.diagnostics += wrong
    images = loading.images(found, speech.language, style)
    pictures_of_templates, wrong = template_pictures(project)
    loading.diagnostics += wrong
    images |= pictures_of_templates | pictures_of_style
    if settings is None or not speech.lexicon.languages:  # nothing can be judged without words
        return None, loading.diagnostics
    pictures = {path_of(mention) for section in found for mention in section.images}
    own_annexes = loading.own_annexes(settings, speech.language.code)
    named, asked = settings.data["cycles"], annexes_asked(settings)
    if not language:  # a version's pictures may be those of the original
        shown = {*pictures, *(beside(name, code) for name in pictures for code in languages)}
        loading.diagnostics.extend(unused_files(project, named, shown, asked))
    loading.diagnostics.extend(broken_templates(project))
    protected = editing["persons"].protected if editing.get("persons") else {}
    for yaml in loading.printed:
        loading.diagnostics += persons_in_values(yaml, protected)
    whole = replace(
        report(settings, cycles, found, sources, images),
        unread=frozenset(loading.unread),
        style=style,
        languages=languages,
        own_annexes=own_annexes,
        **editing,
    )
    loading.diagnostics += of_committees(whole) if language in languages else ()
    return whole, loading.diagnostics


def _same_numbers(paths: Iterable[Path]) -> Iterator[Diagnostic]:
    """Section files whose order their names decide, as two authors have taken the same number."""
    taken: dict[int, Path] = {}
    for path in paths:
        first = taken.setdefault(number_in(path.name), path)
        if first is not path:
            message = f"{first.name} has the same number: their names decide which comes first"
            hint = "give one of them a number of its own"
            yield Diagnostic("same-number", Place(f"sections/{path.name}"), message, hint)


class _Loading:
    """One load: tries every file, and collects what is wrong with each."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.diagnostics: list[Diagnostic] = []
        self.unread: set[str] = set()
        self.printed: list[Yaml] = []  # whose texts stand in what is built

    def attempt(self, step: Callable[[], T]) -> T | None:
        """The value of a step, or None where it failed; then the load goes on with the next one."""
        try:
            return step()
        except Failure as failure:
            self.diagnostics.extend(failure.diagnostics)
            self.unread |= {diagnostic.place.file for diagnostic in failure.diagnostics}
            return None

    def keep(self, section: Section, diagnostics: list[Diagnostic]) -> Section:
        """A section whose diagnostics join the others."""
        self.diagnostics.extend(diagnostics)
        return section

    def yaml(self, name: str, kind: str) -> Yaml:
        """A YAML file of the project that fits its schema. Raises Failure."""
        text = read_text(self.project / name, name, MAX_REFERENCES)
        yaml = read_yaml(text, name)
        found, fits = judged(text, yaml, kind)
        if not fits:
            raise Failure(found)
        self.diagnostics.extend(found)
        if kind in PRINTED:
            self.printed.append(yaml)
        return yaml

    def section_files(self) -> list[Path]:
        """The section files in order; a file whose name tells no order and name is an error."""
        good: dict[str, Path] = {}
        for path in section_paths(self.project):
            place = Place(f"sections/{path.name}")
            name = proper_name(path.name)
            if not name:
                self._error("bad-file-name", place, *wrong_name(path))
            elif name in good:
                hint = "give one of them another name"
                self._error(
                    "duplicate-section",
                    place,
                    f"'{name}' is also the name of {good[name].name}",
                    hint,
                )
            else:
                good[name] = path
        self.diagnostics += _same_numbers(good.values())
        if not good:
            self._error(
                "missing-file",
                Place("sections"),
                "there is no section here",
                "add sections/100-general.md",
            )
        return list(good.values())

    def signed(self, sections: list[Section]) -> list[Section]:
        """The sections with what organisations have signed off."""
        found: list[SignOff] = []
        for path in review_files(self.project):
            yaml = self.attempt(partial(self.yaml, f"{REVIEWS}/{path.name}", "reviews"))
            found += sign_offs(yaml, path.stem) if yaml else ()
        sections, lost = with_sign_offs(sections, found)
        if not any(name.endswith(".md") for name in self.unread):
            self.diagnostics += [Diagnostic("stale-sign-off", *gone(item)) for item in lost]
        return sections

    def lost_translations(self, languages: tuple[str, ...]) -> None:
        """Tells of translations that no version reads."""
        for path in translation_paths(self.project):
            original, language = translation_of(path.name)
            place, whole = Place(f"sections/{path.name}"), path.with_name(original).is_file()
            if not whole:
                message, hint = f"there is no {original} that it translates", "rename it"
                self._error("translation-differs", place, message, hint)
            elif language not in languages:
                message = f"the report has no version in '{language}'"
                hint = "name it under translations: in report.yaml"
                self._error("missing-translation", place, message, hint)

    def translated(
        self, found: list[Section], language: str, known: Known, extract: Sequence[str]
    ) -> list[Section]:
        """The sections in the words of their translations; in its own, with a warning, one that has none
        and belongs to the version."""
        files = {item.file: self.project / translation_file(item.file, language) for item in found}
        paths = [path for path in files.values() if path.is_file()]
        with ThreadPoolExecutor(_PARSERS) as pool:
            drafts = dict(zip(paths, read_sections(paths, pool, known), strict=True))
            own = {path: self.attempt(draft) for path, draft in drafts.items()}
        for item in found:
            if (not extract or item.name in extract) and not files[item.file].is_file():
                hint = f"write {translation_file(item.file, language)}"
                message = (
                    f"this section is not translated into '{language}': its own words are printed"
                )
                self._error("untranslated", item.place, message, hint)
        pairs = [(item, own.get(files[item.file])) for item in found]
        return [
            self.keep(*version(item, self.keep(*translation))) if translation else item
            for item, translation in pairs
        ]

    def cycles(self, stems: list[str], settings: Yaml | None) -> list[CycleDocument]:
        """The documents of references/ that report.yaml names, in its order."""
        found: list[CycleDocument] = []
        for index, stem in enumerate(stems):
            name = f"references/{stem}.yaml"
            if "/" in stem or "\\" in stem or not (self.project / name).is_file():
                place = settings.place("cycles", index) if settings else Place(SETTINGS)
                self._error(
                    "unknown-cycle",
                    place,
                    f"there is no {name}",
                    "add the file, or correct the name under cycles:",
                )
                continue
            yaml = self.attempt(partial(self.yaml, name, "references"))
            if yaml:
                found.append(cycle(stem, yaml))
        return found

    def sources(self) -> Yaml | None:
        """references/sources.yaml, where there is one."""
        if not (self.project / SOURCES).exists():
            return None
        yaml = self.attempt(partial(self.yaml, SOURCES, "sources"))
        seen: set[str] = set()
        for index, source in enumerate(yaml.data["references"] if yaml else []):
            if source["id"] in seen and yaml:
                self._error(
                    "duplicate-id",
                    yaml.place("references", index, "id"),
                    f"source '{source['id']}' stands here twice",
                    "keep one of them",
                )
            seen.add(source["id"])
            if yaml:
                self.diagnostics += editions_misspelt(source, yaml, "references", index)
        self.diagnostics += source_values(yaml) if yaml else ()
        return yaml

    def own_annexes(self, settings: Yaml, language: str) -> dict[str, OwnAnnex]:
        """The annexes that the project makes itself; an unknown name is an error."""
        result: dict[str, OwnAnnex] = {}
        for name, place in annexes_asked(settings).items():
            made = self.attempt(partial(own_annex, self.project, name, place, language, self.yaml))
            annex, found = made or (None, [])
            self.diagnostics += found
            result |= {name: annex} if annex else {}
        return result

    def speech(self, settings: Yaml | None) -> Speech:
        """What the texts may hold: the report's language and the words of its State."""
        lexicon, found = self.attempt(partial(load_lexicon, self.project)) or (None, [])
        self.diagnostics += found
        if settings is None or lexicon is None:
            return Speech()
        speech, found = speech_of(lexicon, settings)
        self.diagnostics += found
        return speech

    def editing(self, settings: Yaml | None, speech: Speech) -> dict[str, Any]:
        """What the report's checks measure against: terms, scale, profile, settings of checks."""
        terms = None
        if (self.project / TERMS).exists():
            terms = self.attempt(partial(self.yaml, TERMS, "terms"))
        persons = None
        if (self.project / PERSONS).exists():
            decisions = self.attempt(partial(self.yaml, PERSONS, "persons"))
            persons = persons_of(decisions) if decisions else Persons()
        if settings is None or not speech.lexicon.languages:
            return {}
        data = settings.data
        return {
            "persons": persons,
            "terms": editorial.terms(terms),
            "accepted_words": tuple(terms.data.get("words", ())) if terms else (),
            "scale": self.attempt(partial(editorial.load_scale, self.project, settings)),
            "profile": self.attempt(partial(editorial.profile_of, speech.lexicon, settings)),
            "profiles": self.attempt(partial(editorial.profiles_of, speech.lexicon, settings))
            or {},
            "speech": speech,
            "deadline": data.get("deadline", ""),
            "session_starts": data.get("session_starts", ""),
            "stage": data.get("stage", ""),
            "thematic": data.get("scope") == "thematic",
            "addressees": tuple(data.get("addressees", ())),
            "spelling": data.get("spelling", ""),
            "severity": data.get("severity", {}),
            "excuses": editorial.excuses(settings),
        }

    def images(self, sections: list[Section], words: Language, style: Style) -> dict[str, Picture]:
        """Every image that the sections name, those too that are drawn from numbers."""
        folder = self.project / "sections"
        result: dict[str, Picture] = {}
        for mention in (mention for section in sections for mention in section.images):
            chart = wanted(mention.id)
            if mention.id in result or (
                chart and not words.data
            ):  # settings tell a chart's language
                continue
            drawn = partial(load_chart, folder, mention, words, style, self.project)
            loaded = partial(load_picture, folder, mention)
            picture = self.attempt(drawn if chart else loaded)
            if picture:
                result[mention.id] = picture
        return result

    def _error(self, code: str, place: Place, message: str, hint: str) -> None:
        self.diagnostics.append(Diagnostic(code, place, message, hint))
