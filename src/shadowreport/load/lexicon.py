"""Reads what is data: templates/languages, templates/committees and templates/countries.

A project's own file is laid over the toolkit's of the same name, key by key, or adds a new one. The
toolkit's files are parsed once a machine, not once a project: together they are long.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from shadowreport.core.lexicon import Committee, Country, Language, Lexicon, Rule, Speech, Theme
from shadowreport.core.phrases import broken
from shadowreport.core.problems import Diagnostic, Failure, did_you_mean
from shadowreport.core.report import Place
from shadowreport.core.unwritten import TODO
from shadowreport.load import schema
from shadowreport.load.value_proof import prove_values
from shadowreport.machine.cache import pack, shared, unpack
from shadowreport.machine.files import read_text
from shadowreport.machine.toolkit import templates
from shadowreport.source.yaml import Yaml, read_yaml

# the folders, and the schema of a file in each
KINDS = {"languages": "language", "committees": "committee", "countries": "country"}
BASE = "en"  # from which a language takes the words that it lacks
_PRINTED = ("words", "notes")
_LISTS = ("writing", "references", "checks", "import", "observations")

Files = dict[str, dict[str, Any]]  # data by kind and name


def load_lexicon(project: Path | None = None) -> tuple[Lexicon, list[Diagnostic]]:
    """All languages, committees and States, those of a project among them, and what is wrong with
    the project's files. Raises Failure where the toolkit's own files are broken."""
    data = shared("lexicon", _marks(), lambda: pack(_toolkit()))
    folder = project / "templates" if project else None
    # os.path: a folder that is named by a user may have too long a name to be asked for
    there = folder is not None and os.path.isdir(folder)  # noqa: PTH112
    is_own = folder and there and folder.resolve() != templates().resolve()
    own = list(_own_files(folder)) if folder and is_own else []
    if not own:
        lexicon, lacking = _usual(data)
        return lexicon, [*lacking]
    usual = unpack(data)
    files, found = usual["files"], _lacking(usual)
    for file in own:
        found += _lay_over(files, file)
    return _made(files), found


@lru_cache(maxsize=1)
def _usual(data: bytes) -> tuple[Lexicon, list[Diagnostic]]:
    """What the toolkit's files alone make; the same for every report of a process."""
    usual = unpack(data)
    return _made(usual["files"]), _lacking(usual)


def _lacking(usual: Mapping[str, Any]) -> list[Diagnostic]:
    """What languages lack that somebody added to the toolkit."""
    told = usual["lacking"]
    return [Diagnostic("incomplete-language", Place(file), *said) for file, *said in told]


def _made(files: Files) -> Lexicon:
    languages = {code: _language(code, files) for code in files["languages"]}
    committees = [_committee(data) for data in files["committees"].values()]
    countries = {stem: _country(data) for stem, data in files["countries"].items()}
    return Lexicon(languages, {item.code: item for item in committees}, countries)


def speech_of(lexicon: Lexicon, settings: Yaml) -> tuple[Speech, list[Diagnostic]]:
    """What a report's texts may hold, by its settings; an unknown language or committee is an
    error, beside which the rest is judged as in English."""
    found: list[Diagnostic] = []
    code, committee = settings.data["language"], settings.data["committee"]
    spoken = lexicon.spoken()
    tag, code = code, nearest(code, spoken)
    if script := _other_script(tag, code):
        message = f"the words of '{code}' are printed, which are not written in {script}"
        hint = f"copy templates/languages/{code}.yaml to {tag}.yaml and write them so"
        where = settings.place("language")
        found.append(Diagnostic("incomplete-language", where, message, hint))
    if code not in spoken:
        message = f"there are no words for the language '{code}'"
        hint = f"{_known(code, spoken)}; to add one, copy templates/languages/en.yaml"
        found.append(Diagnostic("bad-value", settings.place("language"), message, hint))
    if committee not in lexicon.committees and TODO not in committee:
        message = f"there is no committee '{committee}'"
        hint = f"{_known(committee, lexicon.committees)}; to add one, copy a file of templates/committees/"
        found.append(Diagnostic("bad-value", settings.place("committee"), message, hint))
    state: Mapping[str, str] = settings.data["state"]
    country = lexicon.country(state.get("code", ""), state["name"])
    others = [item for item in country.languages if item != code]
    return Speech(
        spoken.get(code, spoken[BASE]).spoken_in(tag if code in spoken else BASE),
        tuple(lexicon.languages[name] for name in others if name in lexicon.languages),
        country,
        lexicon,
    ), found


def nearest(tag: str, known: Container[str]) -> str:
    """The known language that a tag stands for: of zh-Hant-HK zh-Hant, else zh; else the tag."""
    parts = tag.split("-")
    shorter = ("-".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((code for code in shorter if code in known), tag)


def _other_script(tag: str, code: str) -> str:
    """The script that a tag names beyond its language: Latn of kk-Latn."""
    more = tag.removeprefix(code).split("-")
    return next((part for part in more if len(part) == 4 and part.isalpha()), "")


def _known(word: str, known: Mapping[str, Any]) -> str:
    return did_you_mean(word, known) or f"known: {', '.join(sorted(known))}"


# --- files --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _File:
    """A file of one of the folders."""

    kind: str
    path: Path

    @property
    def name(self) -> str:
        return f"templates/{self.kind}/{self.path.name}"

    @property
    def text(self) -> str:
        """Its text. Raises Failure."""
        return read_text(self.path, self.name)

    def read(self) -> Yaml:
        """What it holds. Raises Failure."""
        yaml = read_yaml(self.text, self.name)
        if not isinstance(yaml.data, dict):
            raise Failure(schema.problems(yaml, KINDS[self.kind]))
        return yaml


def _own_files(folder: Path) -> Iterator[_File]:
    for kind in KINDS:
        for path in sorted((folder / kind).glob("*.yaml")):
            yield _File(kind, path)


def _marks() -> tuple[str, ...]:
    """What tells one state of the toolkit's files from another."""
    infos = ((file.path, file.path.stat()) for file in _own_files(templates()))
    return tuple(f"{path} {info.st_size} {info.st_mtime_ns}" for path, info in infos)


def _toolkit() -> dict[str, Any]:
    """The toolkit's files, and what its languages lack. Raises Failure."""
    files: Files = {kind: {} for kind in KINDS}
    own = list(_own_files(templates()))
    for file in own:
        yaml = file.read()
        found = schema.problems(yaml, KINDS[file.kind]) or list(_wrong(yaml, file))
        if found:
            raise Failure(found)
        files[file.kind][file.path.stem] = yaml.data
    languages = (file for file in own if file.kind == "languages")
    lacking = [item for file in languages for item in _completed(files, file)]
    told = [(item.place.file, item.message, item.hint) for item in lacking]
    return {"files": files, "lacking": told}


def _lay_over(files: Files, file: _File) -> list[Diagnostic]:
    """Lays a project's file over the toolkit's, where nothing is wrong with it."""
    try:
        yaml = file.read()
    except Failure as failure:
        return list(failure.diagnostics)
    known, name = files[file.kind], file.path.stem
    whole = Yaml(merged(known.get(name, {}), yaml.data), yaml.places)
    found = [_explained(item, files) for item in schema.problems(whole, KINDS[file.kind])]
    found = found or list(_wrong(yaml, file))
    proof = prove_values(file.text, yaml, KINDS[file.kind])
    if found:
        return [*proof, *found]
    known[name] = whole.data
    return [*proof, *(_completed(files, file) if file.kind == "languages" else ())]


def _wrong(yaml: Yaml, file: _File) -> Iterator[Diagnostic]:
    """What no schema sees."""
    yield from _broken_lists(yaml)
    yield from _bad_locale(yaml)
    yield from _misnamed(yaml, file)


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Data laid over other data: maps key by key, all else as a whole."""
    result = dict(below)
    for key, value in above.items():
        under = result.get(key)
        if isinstance(under, dict) and isinstance(value, dict):
            value = merged(under, value)
        result[key] = value
    return result


def _explained(problem: Diagnostic, files: Files) -> Diagnostic:
    """A word beside words: instead of under it, as files had it once."""
    if problem.code == "unknown-key":
        key = problem.message.split("'")[1]
        if key in files["languages"][BASE]["words"]:
            return replace(problem, hint="put it under words:")
    return problem


# --- what a language lacks ----------------------------------------------------------------------


def _completed(files: Files, file: _File) -> Iterator[Diagnostic]:
    """Completes a language in which reports are written, and says of what."""
    data, base = files["languages"][file.path.stem], files["languages"][BASE]
    if "words" not in data:
        return
    words, lists = missing(data, base)
    files["languages"][file.path.stem] = {
        **{key: base[key] for key in ("locale", "quotes")},
        **data,
        **{group: base[group] | data.get(group, {}) for group in _PRINTED},
    }
    for names, what in (
        (words, "English is printed for what this language lacks"),
        (lists, "nothing is looked for by the lists that this language lacks"),
    ):
        if names:
            hint = "take them over from templates/languages/en.yaml and translate them"
            message = f"{what}: {', '.join(names)}"
            yield Diagnostic("incomplete-language", Place(file.name), message, hint)


def missing(data: Mapping[str, Any], base: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """The words and the lists that a language lacks beside another."""
    words = [key for key in ("locale", "quotes") if key not in data]
    words += [key for group in _PRINTED for key in base[group] if key not in data.get(group, {})]
    lists: list[str] = []
    for group in _LISTS:
        lacking = [name for name in base[group] if name not in data.get(group, {})]
        whole = len(lacking) == len(base[group])
        lists += [f"{group}.*"] if whole else [f"{group}.{name}" for name in lacking]
    return words, lists


def _broken_lists(yaml: Yaml) -> Iterator[Diagnostic]:
    groups = [(key, value) for key, value in yaml.data.items() if key in (*_LISTS, "addressees")]
    lists = [((key, name), text) for key, group in groups for name, text in group.items()]
    lists += [((key,), text) for key, text in yaml.data.items() if key in ("named", "no_place")]
    for path, text in lists:
        phrase = broken(text)
        if phrase:
            message = f"the brackets of '{phrase}' do not fit"
            hint = "write (one|other) for one of several, [some|thing] for what may be missing"
            yield Diagnostic("bad-value", yaml.place(*path), message, hint)


def _misnamed(yaml: Yaml, file: _File) -> Iterator[Diagnostic]:
    """Two committees of one name would be one too many."""
    code = yaml.data.get("code", "").lower()
    if file.kind == "committees" and code and code != file.path.stem:
        message = f"this file of the committee {code.upper()} has the name of another"
        yield Diagnostic("bad-value", yaml.place("code"), message, f"call it {code}.yaml")


def _bad_locale(yaml: Yaml) -> Iterator[Diagnostic]:
    if "locale" not in yaml.data:
        return
    from babel import Locale, UnknownLocaleError
    from babel.localedata import locale_identifiers

    try:
        Locale.parse(yaml.data["locale"])
    except (UnknownLocaleError, ValueError):
        message = f"there is no locale '{yaml.data['locale']}'"
        like = did_you_mean(yaml.data["locale"], locale_identifiers())
        hint = like or "a language and a State, such as en_GB; dates are written by it"
        yield Diagnostic("bad-value", yaml.place("locale"), message, hint)


# --- from data to what the stages use -----------------------------------------------------------


def _language(code: str, files: Files) -> Language:
    data = files["languages"][code]
    named = [(item["code"], item["names"]) for item in files["committees"].values()]
    names = {short: known.get(code, known[BASE]) for short, known in named}
    return Language(code, data, names | data.get("committees", {}))


def _committee(data: Mapping[str, Any]) -> Committee:
    return Committee(
        code=data["code"],
        names=data["names"],
        treaty=data["treaty"]["names"],
        treaty_short=data["treaty"]["short"],
        treaty_shorts=data["treaty"].get("shorts", {}),
        symbol=data["symbol"],
        named=data["named"],
        rules=tuple(map(_rule, data.get("rules", ()))),
        resolution=data["treaty"].get("resolution", ""),
        adopted=data["treaty"].get("adopted", ""),
        themes=tuple(
            Theme(item["id"], item["titles"], tuple(item.get("articles", ())))
            for item in data.get("themes", ())
        ),
        stages=tuple(data.get("stages", ())),
        documents=data.get("documents", {}),
        form=tuple(data.get("form", ())),
    )


def _rule(item: Mapping[str, Any]) -> Rule:
    said = {key: item[key] for key in ("source", "note") if key in item}
    english = {key: text if isinstance(text, str) else text["en"] for key, text in said.items()}
    return Rule(
        kind=item["rule"],
        value=item.get("value", ""),
        source=english["source"],
        checked=item.get("checked", ""),
        verified=item["verified"],
        note=english.get("note", ""),
        translations={key: text for key, text in said.items() if not isinstance(text, str)},
        dated=item.get("dated", ""),
        stage=item.get("stage", ""),
    )


def _country(data: Mapping[str, Any]) -> Country:
    return Country(
        code=data["code"],
        names=data["names"],
        languages=tuple(data.get("languages", ())),
        addressees=data.get("addressees", {}),
        common_abbreviations=data.get("common_abbreviations", ""),
        no_person=data.get("no_person", ""),
        no_place=data.get("no_place", ""),
    )
