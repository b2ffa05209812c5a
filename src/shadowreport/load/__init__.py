"""The files of a project become a Report. Nothing is numbered, chosen or rendered here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from shadowreport.core.charts import wanted
from shadowreport.core.editions import CONFIDENTIAL, PUBLIC
from shadowreport.core.layout import (
    PERSONS,
    REVIEWS,
    SETTINGS,
    SOURCES,
    TERMS,
    proper_name,
    section_name,
    translation_file,
    translation_of,
)
from shadowreport.core.lexicon import Language, Speech
from shadowreport.core.persons import Persons
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import (
    Contact,
    CycleDocument,
    EarlierRecommendation,
    EditionWords,
    Mention,
    Organisation,
    Picture,
    Place,
    Report,
    Section,
    SignOff,
    Tie,
)
from shadowreport.core.style import Style
from shadowreport.load import editorial, schema
from shadowreport.load.body import Body, read_body
from shadowreport.load.charts import load_chart
from shadowreport.load.edition_marks import editions_misspelt
from shadowreport.load.evidence import KEY, evidence_of, evidence_of_sources
from shadowreport.load.images import load_picture, path_of
from shadowreport.load.lexicon import load_lexicon, speech_of
from shadowreport.load.own_templates import broken_templates
from shadowreport.load.persons import persons_of, with_persons
from shadowreport.load.reviews import gone, review_files, sign_offs, with_sign_offs
from shadowreport.load.strays import section_paths, translation_paths, unused_files, wrong_name
from shadowreport.load.style import load_style, template_pictures
from shadowreport.load.value_proof import judged
from shadowreport.load.values import settings_values, source_values
from shadowreport.load.versions import OWN, settings_in, version
from shadowreport.machine.files import MAX_REFERENCES, read_text
from shadowreport.source import front_matter
from shadowreport.source.conflicts import conflicts
from shadowreport.source.front_matter import Parts
from shadowreport.source.read import Parsed, parse, parse_all
from shadowreport.source.typed.confidential import without as public_source
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
        drafts = _drafts(loading.section_files(), pool, known)
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
    if language in languages:
        found = loading.translated(found, language, known)
    found = with_persons(found, editing.get("persons"), speech.language.code)
    style, pictures_of_style, wrong = load_style(project)
    loading.diagnostics += wrong
    images = loading.images(found, speech.language, style)
    pictures_of_templates, wrong = template_pictures(project)
    loading.diagnostics += wrong
    images |= pictures_of_templates | pictures_of_style
    if settings is None:
        return None, loading.diagnostics
    pictures = {path_of(mention) for section in found for mention in section.images}
    loading.diagnostics.extend(unused_files(project, settings.data["cycles"], pictures))
    loading.diagnostics.extend(broken_templates(project))
    return replace(
        _report(settings, cycles, found, sources, images),
        unread=frozenset(loading.unread),
        style=style,
        languages=languages,
        **editing,
    ), loading.diagnostics


def section_of(text: str, file: str) -> tuple[Section, list[Diagnostic]]:
    """The section in a text, before it is a file of the project, and what is wrong with it. Raises
    Failure."""
    parts = front_matter.parts(text, file)
    return _section(Path(file), partial(_draft, Path(file), parts, lambda: parse(parts.body)))


def problems_of(text: str, file: str) -> list[Diagnostic]:
    """What is wrong with the text of a section file, before it is one."""
    try:
        return section_of(text, file)[1]
    except Failure as failure:
        return list(failure.diagnostics)


class _Loading:
    """One load: tries every file, and collects what is wrong with each."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.diagnostics: list[Diagnostic] = []
        self.unread: set[str] = set()

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
        return yaml

    def section_files(self) -> list[Path]:
        """The section files in order; a file whose name tells no order and name is an error."""
        good: dict[str, Path] = {}
        for path in section_paths(self.project):
            place = Place(f"sections/{path.name}")
            name = proper_name(path.name)
            if not name:
                self._error("bad-file-name", place, *wrong_name(path.name))
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

    def translated(self, found: list[Section], language: str, known: Known) -> list[Section]:
        """The sections in the words of their translations; in its own, with a warning, one that has none."""
        files = {item.file: self.project / translation_file(item.file, language) for item in found}
        paths = [path for path in files.values() if path.is_file()]
        with ThreadPoolExecutor(_PARSERS) as pool:
            drafts = dict(zip(paths, _drafts(paths, pool, known), strict=True))
            own = {path: self.attempt(draft) for path, draft in drafts.items()}
        for item in found:
            if not files[item.file].is_file():
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
                found.append(_cycle(stem, yaml))
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
        if settings is None:
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
            if mention.id in result:
                continue
            drawn = partial(load_chart, folder, mention, words, style, self.project)
            loaded = partial(load_picture, folder, mention)
            picture = self.attempt(drawn if wanted(mention.id) else loaded)
            if picture:
                result[mention.id] = picture
        return result

    def _error(self, code: str, place: Place, message: str, hint: str) -> None:
        self.diagnostics.append(Diagnostic(code, place, message, hint))


# --- sections -----------------------------------------------------------------------------------


# front matter, text of the body, its first line, its items, what is wrong with the front matter
Draft = tuple[Yaml, str, int, Body, list[Diagnostic]]


Found = tuple[Section, list[Diagnostic]]
Known = dict[str, tuple[Parts, Found]]  # by name of file


def _drafts(paths: list[Path], pool: ThreadPoolExecutor, known: Known) -> list[Callable[[], Found]]:
    """For each section file a way to its section. The bodies are parsed meanwhile."""
    read = {path: _try(partial(_parts, path, f"sections/{path.name}")) for path in paths}
    new = {
        path: parts
        for path, parts in read.items()
        if isinstance(parts, Parts) and (path.name not in known or known[path.name][0] != parts)
    }
    parsing = dict(zip(new, parse_all([parts.body for parts in new.values()], pool), strict=True))

    def found(path: Path) -> Found:
        parts = read[path]
        if path in new and isinstance(parts, Parts):
            section = _section(path, partial(_draft, path, parts, parsing[path]))
            known[path.name] = parts, section
        elif isinstance(parts, Failure):
            raise parts
        return known[path.name][1]

    return [partial(found, path) for path in paths]


def _try(step: Callable[[], Parts]) -> Parts | Failure:
    try:
        return step()
    except Failure as failure:
        return failure


def _parts(path: Path, file: str) -> Parts:
    text = read_text(path, file)
    unsettled = conflicts(text, file)
    if unsettled:
        raise Failure(unsettled)
    return front_matter.parts(text, file)


def _name(path: Path) -> str:
    """The section's name, which its translations share."""
    return section_name(translation_of(path.name)[0] or path.name)


def _draft(path: Path, parts: Parts, parsed: Callable[[], Parsed]) -> Draft:
    file = f"sections/{path.name}"
    front, problems = _front_matter(parts.front, file)
    problems += _not_of_a_translation(front, path.name)
    level = front.data.get("level", 2)
    body = read_body(parts.body, file, parts.line, _name(path), level, parsed())
    return front, parts.body, parts.line, body, problems


def _not_of_a_translation(front: Yaml, file_name: str) -> list[Diagnostic]:
    original, _ = translation_of(file_name)
    hint = "take it out here: it holds for every language"
    return [
        Diagnostic("translation-differs", front.place(key), f"{key}: stands in {original}", hint)
        for key in front.data
        if original and key not in OWN
    ]


def _front_matter(text: str, file: str) -> tuple[Yaml, list[Diagnostic]]:
    """What is right in a front matter, and what is wrong with it."""
    try:
        front = read_yaml(text, file, 2)
    except Failure as failure:
        return Yaml({}, {(): Place(file)}), list(failure.diagnostics)
    found, fits = judged(text, front, "section", 2)
    return (front if fits else schema.sound(front, "section")), found


def _section(path: Path, draft: Callable[[], Draft]) -> tuple[Section, list[Diagnostic]]:
    front, source, source_line, body, problems = draft()
    data: dict[str, Any] = front.data
    place = front.place("title")
    if not body.items and not body.diagnostics and data.get("level", 2) != 1:
        hint = "write a paragraph, or remove the file"
        body.diagnostics.append(
            Diagnostic("empty-section", place, "this section has no text", hint)
        )
    section = Section(
        name=_name(path),
        file=place.file,
        title=data.get("title", _name(path)),
        level=data.get("level", 2),
        numbered=data.get("numbered", True),
        status=data.get("status", "draft"),
        authors=_mentions(front, "authors"),
        rows=tuple(
            _mentions(front, "recommendations", index)
            for index in range(len(data.get("recommendations", [])))
        ),
        ties=tuple(_tie(front, key) for key in data.get("paragraphs", {})),
        items=tuple(body.items),
        mentions=tuple(body.mentions),
        images=tuple(body.images),
        source=source,
        source_line=source_line,
        place=place,
        set_aside=editorial.set_aside(front),
        sign_offs=editorial.sign_offs(front),
        excuses=editorial.excuses(front, place.file),
        budget=data.get("budget", 0),
        remarks=tuple(body.remarks),
        withheld=data.get("edition") == CONFIDENTIAL,
        public_source=public_source(source),
        rank=data.get("rank", 0),
        core=data.get("core", False),
        made_from=data.get("made_from", {}),
        look_again=_mentions(front, "look_again"),
    )
    return section, [*problems, *body.diagnostics]


def section_in(text: str, file: str) -> Section:
    """A section that is no file of the report, such as one of an older state. Raises Failure where nothing
    can be made of it."""
    path, parts = Path(file), front_matter.parts(text, file)
    return _section(path, partial(_draft, path, parts, partial(parse, parts.body)))[0]


def _mentions(yaml: Yaml, *path: str | int) -> tuple[Mention, ...]:
    value: Any = yaml.data
    for key in path:
        value = value.get(key, []) if isinstance(value, dict) else value[key]
    return tuple(Mention(word, yaml.place(*path, index)) for index, word in enumerate(value))


def _tie(front: Yaml, key: str) -> Tie:
    data = front.data["paragraphs"][key]
    mention = Mention(key.removeprefix("par-"), front.place("paragraphs", key))
    answers = _mentions(front, "paragraphs", key, "answers")
    return Tie(
        mention,
        answers,
        data.get("finding", ""),
        data.get("edition") == PUBLIC,
        rank=data.get("rank", 0),
        core=data.get("core", False),
        short=data.get("short", ""),
        evidence=tuple(
            evidence_of(front, item, "paragraphs", key, KEY, index)
            for index, item in enumerate(data.get(KEY, ()))
        ),
    )


def _as_csl(source: Mapping[str, Any]) -> Mapping[str, Any]:
    """A source as CSL has it; there `edition` tells which edition of a book is meant."""
    own = {KEY, "edition"} if source.get("edition") == CONFIDENTIAL else {KEY}
    return {key: value for key, value in source.items() if key not in own}


# --- references and settings --------------------------------------------------------------------


def _cycle(stem: str, yaml: Yaml) -> CycleDocument:
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
                repeats=_mentions(yaml, "recommendations", key, "repeats"),
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
    elif "TODO" in str(value):
        yield Mention(str(value), yaml.place(*path))


def _report(
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
        sources={source["id"]: _as_csl(source) for source in references},
        withheld_sources=frozenset(
            source["id"] for source in references if source.get("edition") == CONFIDENTIAL
        ),
        evidence=evidence_of_sources(sources),
        editions={name: EditionWords(**words) for name, words in data.get("editions", {}).items()},
        images=images,
        place=settings.place(),
        unfilled=tuple(_unfilled(settings.data, settings)),
        source_places={
            source["id"]: sources.place("references", index)
            for index, source in enumerate(references)
        }
        if sources
        else {},
    )
