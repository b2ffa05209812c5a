"""A version in another language: built of translations, refused where one is missing, stale or unlike."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from conftest import CYCLE_IN_TWO, Tiny
from small_report import commit_all, run_git

from shadowreport.checks.release import strict
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.register import Person, Register
from shadowreport.core.translations import fingerprints
from shadowreport.last_check import look, problems
from shadowreport.load import load
from shadowreport.load.lexicon import load_lexicon
from shadowreport.load.register import load_register
from shadowreport.overview.status import status
from shadowreport.overview.status_views import render_json
from shadowreport.overview.translated import Behind, accept, behind
from shadowreport.pipeline import Built, build, examine
from shadowreport.translating.changed import as_text, changed

RU = """
translations:
  ru:
    title: Доклад
    state: {name: Казахстан}
    organisations: {ngo: {name: Центр}}
"""
BODY = """{#first}
Courts rarely award damages, as paragraph @par-second says.[^why]

::: confidential
Zarina saw it in the old house.
:::

## Remedies

{#second}
Nothing is published.

[^why]: The files say so.
"""
WORDS = """{#first}
Суды редко присуждают возмещение, как сказано в пункте @par-second.[^why]

::: confidential
Зарина видела это в старом доме.
:::

## Средства защиты

{#second}
Ничего не публикуется.

[^why]: Так сказано в делах.
"""


@pytest.fixture
def pair(tiny: Tiny) -> Tiny:
    """A report with one section, and its translation up to date."""
    settings = tiny.project / "sections" / "report.yaml"
    names = [item.id for item in _report(tiny).organisations] if _report(tiny) else ["ngo"]
    said = "".join(f"{name}: {{name: Центр}}, " for name in names)
    tiny.write(
        "sections/report.yaml", settings.read_text("utf-8") + RU.replace("ngo: {name: Центр}", said)
    )
    tiny.write("references/cerd-2014.yaml", CYCLE_IN_TWO)
    tiny.section("200-law", BODY)
    _translate(tiny, WORDS)
    return tiny


def _report(tiny: Tiny):
    report, _ = load(tiny.project)
    assert report
    return report


def _translate(tiny: Tiny, body: str) -> None:
    made = fingerprints(_report(tiny).sections[0])
    stamps = "".join(f"\n  {name}: {value!r}" for name, value in made.items())
    tiny.section("200-law.ru", body, f"title: Законы\nlevel: 1\nmade_from:{stamps}")


def _build(tiny: Tiny, *formats: str, name: str = "") -> Built:
    return build(tiny.project, formats or ("md",), name=name, language="ru")


def _codes(tiny: Tiny) -> list[tuple[str, int, str]]:
    found = problems(tiny.project)
    return [
        (item.place.file, item.place.line, item.code)
        for item in found
        if "translation" in item.code
    ]


def _text(path: Path) -> str:
    return path.read_text("utf-8")


def test_a_version_is_built_of_the_translations(pair: Tiny) -> None:
    assert _codes(pair) == []
    result = _build(pair)
    assert result.succeeded, result.diagnostics
    names = sorted(path.name for path in result.files)
    assert names == ["tiny-ru-confidential.md", "tiny-ru.md"]
    public = _text(pair.project / "build" / "tiny-ru.md")
    assert "Ничего не публикуется" in public and "Доклад" in public and "Courts" not in public
    assert "Зарина" not in public
    assert "Зарина" in _text(pair.project / "build" / "tiny-ru-confidential.md")
    own = build(pair.project, ("md",), name="public")
    assert own.succeeded
    assert "Суды" not in _text(pair.project / "build" / "tiny.md")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("::: confidential\n", ""),
        ("Ничего не публикуется", "Zarina saw it in the old house"),
        ("Зарина видела это в старом доме.\n:::", "Речь идёт о другом.\n:::\n\nЗарина видела это."),
        ("## Средства", "Зарина видела это.\n\n## Средства"),
    ],
)
def test_no_translation_publishes_what_the_original_withholds(
    pair: Tiny, old: str, new: str
) -> None:
    assert old in WORDS
    body = WORDS.replace(old, new)
    _translate(pair, body if new else body.replace(":::\n", "", 1))
    result = _build(pair, name="")
    assert not result.succeeded
    assert result.files == ()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("{#second}", "{#other}", 24),
        ("## Средства защиты\n\n", "", 23),
        ("пункте @par-second", "другом месте", 12),
        ("[^why]\n", "\n", 12),
    ],
)
def test_another_structure_is_told_by_line(pair: Tiny, old: str, new: str, line: int) -> None:
    body = WORDS.replace(old, new, 1)
    if old.startswith("[^why]"):
        body = body.partition("[^why]:")[0]
    _translate(pair, body)
    found = [item for item in _codes(pair) if item[2] == "translation-differs"]
    assert [item[0] for item in found] == ["sections/200-law.ru.md"]
    assert abs(found[0][1] - line) <= 4


def test_what_changed_in_the_original_is_stale(pair: Tiny) -> None:
    pair.section("200-law", BODY.replace("is published", "was published"))
    assert [(file, code) for file, _, code in _codes(pair)] == [
        ("sections/200-law.ru.md", "stale-translation")
    ]
    pair.section("200-law", BODY.replace("rarely award", "rarely\naward"))
    assert _codes(pair) == []


def test_a_draft_may_be_half_translated_and_a_release_not(pair: Tiny) -> None:
    pair.section("210-more", "{#third}\nMore is here.\n", "title: More")
    settings = pair.project / "sections" / "report.yaml"
    settings.write_text(settings.read_text("utf-8") + "    subtitle: Ещё\n", "utf-8")
    settings.write_text(
        settings.read_text("utf-8").replace("name: tiny\n", "name: tiny\nsession: 5th\n"), "utf-8"
    )
    result = _build(pair, name="public")
    told = [item for item in result.diagnostics if item.code == "untranslated"]
    versions = list(behind(pair.project, ["ru"]))
    report = _report(pair)
    state = render_json(status(report, date(2022, 3, 1)), report.speech.language, versions)
    assert json.loads(state)["languages"] == [
        {"language": "ru", "untranslated": 2, "stale": 0, "sections": 0}
    ]
    assert [item.place.file for item in told] == ["sections/210-more.md", "sections/report.yaml"]
    assert "More is here" in _text(pair.project / "build" / "tiny-ru.md")
    assert {item.severity for item in told} == {"warning"}
    assert {item.severity for item in strict(told)} == {"error"}
    stale = Diagnostic("stale-translation", told[0].place, "")
    assert strict([stale])[0].severity == "error"


def test_a_new_paragraph_names_the_way_to_the_translation(pair: Tiny) -> None:
    new = BODY.replace("## Remedies", "{#third}\nThis is new.\n\n## Remedies")
    for body in (new, BODY.replace("[^why]: ", "{#last}\nIt ends.\n\n[^why]: ")):
        pair.section("200-law", body)
        told = [item for item in _build(pair).diagnostics if item.code == "translation-differs"]
        assert len(told) == 1 and "'invoke translate --to ru'" in told[0].hint
    swapped = WORDS.replace("{#first}", "{#x}").replace("{#second}", "{#first}")
    pair.section("200-law", BODY)
    _translate(pair, swapped.replace("{#x}", "{#second}"))
    told = [item for item in _build(pair).diagnostics if item.code == "translation-differs"]
    assert "invoke translate" not in told[0].hint


def test_words_of_committees_in_another_language_are_told(pair: Tiny) -> None:
    cycle = CYCLE_IN_TWO.replace(", ru: Рекомендации", "")
    cycle = cycle.replace("{en: Publish data., ru: Сделать.}", "Publish data.")
    pair.write("references/cerd-2014.yaml", cycle)
    told = [item for item in _build(pair).diagnostics if item.code == "untranslated"]
    where = "references/cerd-2014.yaml"
    assert [(item.place.file, item.place.line) for item in told] == [(where, 1), (where, 7)]
    assert {item.severity for item in strict(told)} == {"error"}
    assert [item.untranslated for item in behind(pair.project, ["ru"])] == [2]
    assert "untranslated" not in [item.code for item in examine(pair.project)[1]]
    settings = pair.project / "sections/report.yaml"
    excused = (
        f"excused: [{{code: untranslated, file: {where}, text: 9.1, reason: In English alone}}]\n"
    )
    settings.write_text(excused + settings.read_text("utf-8"), "utf-8")
    left = [item for item in _build(pair).diagnostics if item.code == "untranslated"]
    assert left == told[:1]
    assert "unused-excuse" not in [item.code for item in examine(pair.project)[1]]
    pair.write("sections/report.yaml", settings.read_text("utf-8").replace("\n  ru:", "\n  kk:"))
    (pair.project / "sections/200-law.ru.md").rename(pair.project / "sections/200-law.kk.md")
    found = build(pair.project, ("md",), language="kk").diagnostics
    once = [item for item in found if "in which the United Nations" in item.message]
    assert [(item.code, item.place.line) for item in once] == [("incomplete-language", 1)]
    excused = excused.replace("untranslated", "incomplete-language").replace("text: 9.1, ", "")
    settings.write_text(excused + settings.read_text("utf-8").partition("\n")[2], "utf-8")
    found = build(pair.project, ("md",), language="kk").diagnostics
    assert not {"incomplete-language", "unused-excuse"} & {item.code for item in found}
    assert "unused-excuse" not in [item.code for item in examine(pair.project)[1]]


def test_a_version_of_some_sections_has_their_numbers_and_misses_no_others(pair: Tiny) -> None:
    pair.section("100-before", "{#zero}\nFoe -- it is - said, p. 5.\n", "title: Before\nlevel: 1")
    pair.section("210-more", "{#third}\nMore is here.\n", "title: More")
    settings = pair.project / "sections" / "report.yaml"
    settings.write_text(settings.read_text("utf-8") + "    sections: [law]\n", "utf-8")
    told = [item for item in problems(pair.project) if item.place.file != "sections/210-more.md"]
    assert [item.code for item in told if "200-law" in item.place.file] == []
    assert "untranslated" not in [item.code for item in told]
    result = _build(pair, "md", "docx", "pdf", "html")
    assert result.succeeded, result.diagnostics
    public = _text(pair.project / "build" / "tiny-ru.md")
    assert "Ничего не публикуется" in public and "2. Суды" in public.replace("**", "")
    assert "в пункте\N{NO-BREAK SPACE}4." in public and "**4.** Ничего" in public
    assert "Foe" not in public and "More" not in public
    assert "(Пункты имеют номера этого доклада" in _text(pair.project / "build" / "tiny-ru.html")
    settings.write_text(settings.read_text("utf-8").replace("[law]", "[laws]"), "utf-8")
    (found,) = [item for item in _build(pair).diagnostics if item.severity == "error"]
    assert (found.message, found.hint) == ("there is no section 'laws'", "did you mean 'law'?")
    assert found.place.line == len(settings.read_text("utf-8").splitlines())


def test_a_source_is_named_in_the_words_of_the_version(pair: Tiny) -> None:
    pair.write(
        "references/sources.yaml",
        "references:\n- id: law\n  type: legislation\n  title: A law\n  number: 5-I\n"
        "  translations: {ru: {title: Закон, number: № 5-I, author: [{literal: Страна}]}}\n",
    )
    pair.section("200-law", BODY.replace("is published", "is published [@law, art. 5]"))
    _translate(pair, WORDS.replace("публикуется", "публикуется [@law, ст. 5]"))
    assert build(pair.project, ("md",), language="all", name="public").succeeded
    printed = _text(pair.project / "build" / "tiny-ru.md").replace("\N{NO-BREAK SPACE}", " ")
    assert "Страна, Закон, № 5-I, ст. 5." in printed
    own = _text(pair.project / "build" / "tiny.md")
    assert "A law, 5-I, art. 5." in own and "Закон" not in own
    sources = pair.project / "references" / "sources.yaml"
    sources.write_text(
        sources.read_text("utf-8").replace("title: Закон", "edition: public"), "utf-8"
    )
    found = _build(
        pair
    ).diagnostics  # others are told no line of a file that may withhold something
    assert ("references/sources.yaml", 6) in [(item.place.file, item.place.line) for item in found]
    assert not _build(pair, name="public").succeeded


def test_all_languages_are_built_at_once_or_none(pair: Tiny) -> None:
    result = build(pair.project, ("md",), language="all")
    assert sorted(path.name for path in result.files) == [
        *("tiny-confidential.md", "tiny-ru-confidential.md", "tiny-ru.md", "tiny.md"),
    ]
    alone = [_text(path) for path in _build(pair).files]
    assert [_text(path) for path in result.files if "-ru" in path.name] == alone
    (nothing,) = behind(pair.project, ["ru"])
    assert nothing == Behind("ru", 0, 0, 0)
    russian = load_lexicon()[0].languages["ru"]
    assert nothing.told(russian).endswith("устарело фрагментов: 0 (в разделах: 0)")
    for path in result.files:
        path.unlink()
    _translate(pair, WORDS.replace("::: confidential\n", "").replace(":::\n", "", 1))
    assert build(pair.project, ("md",), language="all").files == ()
    assert not list((pair.project / "build").iterdir())


def test_a_language_that_the_report_does_not_have_is_refused(pair: Tiny) -> None:
    _, found = examine(pair.project, language="fr")
    assert "missing-translation" in [item.code for item in found]


def test_a_translation_ties_nothing(pair: Tiny) -> None:
    pair.section("200-law.ru", WORDS, "title: Законы\nlevel: 1\nedition: confidential")
    assert "translation-differs" in [code for _, _, code in _codes(pair)]


def test_an_accepted_translation_is_up_to_date(pair: Tiny) -> None:
    pair.section(
        "200-law", BODY.replace("is published", "was published").replace("rarely", "never")
    )
    assert [code for _, _, code in _codes(pair)] == ["stale-translation"] * 2
    report, _ = load(pair.project)
    assert report
    file = pair.project / "sections/200-law.ru.md"
    for where, left in (("law#second", 1), ("", 0)):
        changed = accept(report, pair.project, "ru", where)
        texts = [] if where else ["sections/report.yaml"]
        assert list(changed) == ["sections/200-law.ru.md", *texts]
        for name, text in changed.items():
            pair.write(name, text)
        assert [code for _, _, code in _codes(pair)] == ["stale-translation"] * left
    assert accept(report, pair.project, "ru") == {}
    assert file.read_text("utf-8").endswith(WORDS)
    for language, where in (("fr", "law"), ("ru", "law#third"), ("ru", "laws-of-others")):
        with pytest.raises(Failure):
            accept(report, pair.project, language, where)


def test_what_changed_since_is_shown_by_words(pair: Tiny) -> None:
    run_git(pair.project, "init", "--quiet")
    commit_all(pair.project, "Write it")
    later = BODY.replace("is published", "was published").replace("in the old house", "in a house")
    pair.section("200-law", later)
    commit_all(pair.project, "Change it")
    pair.section("200-law", later.replace("rarely", "never").replace("## Remedies", "## Redress"))
    report = _report(pair)

    def shown(where: str = "law", edition: str = "confidential") -> str:
        return as_text(*changed(report, pair.project, "ru", where, edition), "ru")

    whole = shown()
    assert "Nothing [-is-]{+was+} published." in whole
    assert (
        "Courts [-rarely-]{+never+} award" in whole and "saw it in [-the old-]{+a+} house" in whole
    )
    assert "above-second (since 20" in whole and "[-Remedies-]{+Redress+}" in whole
    assert "title" not in whole
    public = shown(edition="public")
    assert "Zarina" not in public and "[-is-]" in public
    assert shown("law#second").count("\n") == 1
    assert "is stale" in shown("law#title")
    stamps = pair.project / "sections/200-law.ru.md"
    stamps.write_text(stamps.read_text("utf-8").replace("second: '", "second: 'f"), "utf-8")
    assert "git has no state" in shown("law#second")
    with pytest.raises(Failure, match="no section"):
        shown("laws")
    stamps.unlink()
    with pytest.raises(Failure, match="missing-file"):
        shown()


def test_a_withheld_section_and_person_stay_withheld_in_every_language(pair: Tiny) -> None:
    pair.section(
        "210-secret",
        "{#third}\nA guard told us.\n",
        "title: Of guards\nedition: confidential",
    )
    pair.section("210-secret.ru", "{#third}\nНам рассказал охранник.\n", "title: Об охранниках")
    register = pair.project.parent / "register.yaml"
    register.write_text("persons: {z: {name: {ru: Айгерим Сапарова}}}\n", "utf-8")
    register.chmod(0o600)
    persons = load_register(str(register), pair.project)
    assert build(pair.project, ("md",), persons=persons, language="ru").succeeded
    public = _text(pair.project / "build" / "tiny-ru.md")
    assert "охранник" not in public and "Об охранниках" not in public
    assert "охранник" in _text(pair.project / "build" / "tiny-ru-confidential.md")
    for words in ("Айгерим Сапарову", "Сапарова А."):
        _translate(pair, WORDS.replace("Ничего не публикуется.", words))
        for language in ("ru", ""):
            assert not build(pair.project, ("md",), persons=persons, language=language).succeeded, (
                words
            )


def test_a_public_check_tells_nothing_of_what_a_translation_withholds(pair: Tiny) -> None:
    typed = "Зарина видела это, см. пункт 5."
    _translate(pair, WORDS.replace("Зарина видела это в старом доме.", typed))
    whole, public = (look(pair.project, name=name).problems for name in ("", "public"))
    assert "typed-number" in [item.code for item in whole]
    said = str([*map(str, public)])
    assert "Зарина" not in said and "пункт 5" not in said


def test_persons_are_called_in_each_language_as_they_agreed(pair: Tiny) -> None:
    persons = Register(
        {"doctor": Person("doctor", {"en": "Oswin Tetterby", "ru": "Освин Теттерби"})}
    )
    kept = "persons:\n  doctor: {public: {en: a doctor, ru: врач}, consent: {level: anonymous}}\n"
    pair.write("references/persons.yaml", kept)
    pair.section("200-law", BODY.replace("Nothing", "@person-doctor:start says that nothing"))
    _translate(pair, WORDS.replace("Ничего", "@person-doctor:start говорит, что ничего"))
    assert build(pair.project, ("md",), persons=persons, language="all").succeeded
    public = _text(pair.project / "build" / "tiny-ru.md")
    assert "Врач говорит" in public and "doctor" not in public and "Теттерби" not in public
    assert "A doctor says" in _text(pair.project / "build" / "tiny.md")
    _translate(pair, WORDS.replace("Ничего", "Освин Теттерби, @person-doctor, говорит, что ничего"))
    assert not build(pair.project, ("md",), persons=persons, language="ru").succeeded
