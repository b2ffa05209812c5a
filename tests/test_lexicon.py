"""Languages, committees and States are data: complete, well formed, and enough to add one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import REPORT, Tiny

from shadowreport.checks.limits import PARTS
from shadowreport.core.lexicon import Lexicon
from shadowreport.core.phrases import broken, levelled, may_hold, one_of
from shadowreport.load.lexicon import KINDS, load_lexicon, missing, nearest
from shadowreport.pipeline import examine
from shadowreport.source.yaml import read_yaml

ROOT = Path(__file__).parents[1]
BODIES = {"CAT", "CCPR", "CED", "CEDAW", "CERD", "CESCR", "CMW", "CRC", "CRPD", "UPR"}
GROUPS = ("writing", "references", "checks", "import", "observations")  # of lists
WRITTEN = ("ar", "en", "es", "fr", "kk", "pt", "ru", "zh")  # languages that reports are written in


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """The toolkit's own."""
    return load_lexicon()[0]


# --- phrases ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrases", "found", "not_found"),
    [
        ("court[s]", ["court", "Courts"], ["courtier", "a-court-sx"]),
        ("Ombuds*", ["Ombudsman"], ["ombudsman"]),
        ("State part(y|ies)", ["State party", "State  parties"], ["State part"]),
        ("see [also]", ["see", "See also", "see  also"], ["seealso"]),
        ("[grand] total", ["total", "Grand total"], ["subtotal"]),
        ("l'État", ["l’État", "L'État"], ["État"]),
        ("art., №", ["art. ", "№ 5"], ["art"]),
        ("*method*", ["metamethods"], ["metod"]),
    ],
)
def test_a_phrase_finds(phrases: str, found: list[str], not_found: list[str]) -> None:
    pattern = re.compile(one_of(phrases))
    assert all(pattern.match(text) for text in found)
    assert not any(pattern.fullmatch(text) for text in not_found)
    assert all(may_hold(levelled(text), levelled(phrases)) for text in found)


def test_a_text_without_all_that_a_phrase_needs_is_not_searched() -> None:
    phrases = "not for (release|quotation), off [the] record, embargo*"
    assert may_hold("released, but not for long", phrases)
    assert may_hold("our record is off", phrases)
    assert not may_hold("not for long, and off we go", phrases)


def test_an_empty_list_finds_nothing() -> None:
    assert not re.search(one_of("", ""), "anything")


# --- the toolkit's files ------------------------------------------------------------------------


@pytest.mark.parametrize("code", WRITTEN)
def test_a_language_is_complete(lexicon: Lexicon, code: str) -> None:
    assert missing(lexicon.languages[code].data, lexicon.languages["en"].data) == ([], [])


@pytest.mark.parametrize("code", WRITTEN)
def test_a_language_names_every_committee(lexicon: Lexicon, code: str) -> None:
    lacking = [
        item.code
        for item in lexicon.committees.values()
        if code not in item.names
        and item.code not in lexicon.languages[code].data.get("committees", {})
    ]
    assert not lacking


def test_every_grade_of_every_scale_has_words_in_each_language() -> None:
    scales = read_yaml((ROOT / "templates/scales.yaml").read_text(encoding="utf-8"), "").data[
        "scales"
    ]
    texts = [
        *(scale["title"] for scale in scales.values()),
        *(
            grade["words"]
            for scale in scales.values()
            for grades in scale["versions"].values()
            for grade in grades.values()
        ),
    ]
    assert [text["en"] for text in texts if not set(WRITTEN) <= set(text)] == []


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("pt-BR", "pt"),
        ("kk-Cyrl-KZ", "kk"),
        ("zh-Hant", "zh-Hant"),
        ("en", "en"),
        ("xx-YY", "xx-YY"),
    ],
)
def test_a_tag_with_a_region_or_script_falls_back_to_its_language(tag: str, code: str) -> None:
    assert nearest(tag, {"pt": 1, "kk": 1, "en": 1, "zh": 1, "zh-Hant": 1}) == code


@pytest.mark.parametrize(
    ("code", "day", "month"),
    [
        ("en", "9 August 2016", "August 2016"),
        ("fr", "9 août 2016", "août 2016"),
        ("es", "9 de agosto de 2016", "agosto de 2016"),
        ("pt", "9 de agosto de 2016", "agosto de 2016"),
        ("ru", "9 августа 2016\u202fг.", "август 2016\u202fг."),
        ("ar", "9 آب/أغسطس 2016", "آب/أغسطس 2016"),
        ("zh", "2016年8月9日", "2016年8月"),
        ("kk", "2016 жылғы 9 тамыз", "2016 жылғы тамыз"),
    ],
)
def test_a_date_is_written_as_the_language_does(
    lexicon: Lexicon, code: str, day: str, month: str
) -> None:
    language = lexicon.languages[code]
    assert (language.date("2016-08-09"), language.month("2016-08")) == (day, month)


def test_the_words_in_braces_are_the_same_in_all_languages(lexicon: Lexicon) -> None:
    def braces(code: str) -> dict[str, list[str]]:
        words = lexicon.languages[code].data["words"]
        return {name: sorted(re.findall(r"\{\w+\}", text)) for name, text in words.items()}

    assert [code for code in WRITTEN if braces(code) != braces("en")] == []


def test_the_schema_of_a_language_has_the_keys_of_english(lexicon: Lexicon) -> None:
    text = (ROOT / "docs/schemas/language.schema.json").read_text(encoding="utf-8")
    schema = json.loads(text)["properties"]
    english = lexicon.languages["en"].data
    for group in ("words", *GROUPS):
        assert list(schema[group]["properties"]) == list(english[group])


def test_every_list_of_every_language_can_be_looked_for(lexicon: Lexicon) -> None:
    for language in lexicon.languages.values():
        for group in GROUPS:
            for name, text in language.data.get(group, {}).items():
                assert not broken(text), (language.code, group, name)


def test_all_treaty_bodies_and_the_periodic_review_are_there(lexicon: Lexicon) -> None:
    assert set(lexicon.committees) == BODIES


@pytest.mark.parametrize("code", sorted(BODIES))
def test_a_committee_gives_the_source_of_every_rule(lexicon: Lexicon, code: str) -> None:
    committee = lexicon.committees[code]
    assert committee.rules
    assert all(len(rule.source) > 10 for rule in committee.rules)
    memories = [
        rule for rule in committee.rules if "memory" in rule.source or "second hand" in rule.source
    ]
    assert not any(rule.verified for rule in memories)


@pytest.mark.parametrize("code", sorted(BODIES))
def test_the_parts_that_a_committee_asks_for_can_be_looked_for(lexicon: Lexicon, code: str) -> None:
    rules = lexicon.committees[code].rules
    asked = {part for rule in rules if rule.kind == "contains" for part in rule.value}
    assert asked <= set(PARTS)


@pytest.mark.parametrize("code", sorted(BODIES))
def test_a_committee_is_named_by_its_short_name_and_its_full_names(
    lexicon: Lexicon, code: str
) -> None:
    committee = lexicon.committees[code]
    named = re.compile(one_of(committee.named), re.IGNORECASE)
    assert named.search(f"Recommendations of {code}, 2014")
    assert all(named.search(name) for name in committee.treaty.values())


@pytest.mark.parametrize(
    "symbol",
    [
        *("CERD/C/KAZ/CO/8-10", "E/C.12/KAZ/CO/2", "CCPR/C/KAZ/CO/2", "CEDAW/C/KAZ/CO/5"),
        *("CAT/C/KAZ/CO/3", "CRC/C/KAZ/CO/4", "CRPD/C/KAZ/CO/1", "CMW/C/KAZ/CO/1"),
        *("CED/C/KAZ/CO/1", "A/HRC/28/10", "A/HRC/WG.6/34/KAZ/1", "HRI/GEN/1/Rev.9"),
        *("A/RES/48/134", "S/RES/1325", "E/CN.4/2005/14", "HRI/CORE/KAZ/2019", "CERD/C/GC/35"),
    ],
)
def test_a_symbol_is_known(lexicon: Lexicon, symbol: str) -> None:
    assert lexicon.is_symbol(symbol)
    text = f"As {symbol}. Also ({symbol}), <https://x.org/{symbol}> and X{symbol}."
    assert [found for _, found in lexicon.symbols_in(text)] == [symbol, symbol]


@pytest.mark.parametrize("text", ["and/or", "A/B", "CERD", "24/7", "N/A", "E/F"])
def test_what_is_no_symbol(lexicon: Lexicon, text: str) -> None:
    assert not list(lexicon.symbols_in(f"This is {text} here."))


def test_no_state_is_named_in_the_code() -> None:
    words = re.compile("kazakh|mazhilis|akimat|astana|almaty", re.IGNORECASE)
    files = [path for path in (ROOT / "src").rglob("*") if path.suffix in (".py", ".md", ".yaml")]
    found = [str(path) for path in files if words.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_each_kind_has_a_folder_and_a_schema() -> None:
    for folder, schema in KINDS.items():
        assert list((ROOT / "templates" / folder).glob("*.yaml"))
        assert (ROOT / "docs" / "schemas" / f"{schema}.schema.json").is_file()


def test_the_documentation_names_every_list_of_a_language(lexicon: Lexicon) -> None:
    text = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
    data = lexicon.languages["en"].data
    lists = [f"{group}.{name}" for group in GROUPS for name in data[group]]
    assert [name for name in lists if f"| `{name}` |" not in text] == []


# references that were typed, each a paragraph of its own, and numbers that are none of this report
TYPED = {
    "en": (
        "see paragraphs 3 to 5|see paragraphs 3 to 5 for more|see table 1.|the figure 2 below|(see sections 2 and 3)",
        "see paragraph 7 of the Covenant.|above, section 3 of the Act|see paragraph 7, General Comment 3.",
    ),
    "fr": (
        "le tableau 1 ci-dessus|voir tableau 1 ci-dessous|la figure 2 ci-dessous|voir les paragraphes 3 à 5|voir section 3.|ci-dessous (tableau 2)",
        "voir le paragraphe 7 de l’observation|le tableau 1 de la loi",
    ),
    "ru": (
        "в таблице 1 ниже|см. рис. 2.|раздел 3 выше|см. пункты 3-5|приведённой выше таблице 1",
        "см. пункт 7 доклада государства|раздел 3 закона",
    ),
    "kk": (
        "жоғарыдағы 1-кесте|1-кестені қараңыз.|осы баяндаманың 12-тармағы|2-сурет төменде|төмендегі 3-бөлім",
        "баптың 3-тармағы|2020 жылғы кесте",
    ),
    "ar": (
        "في الجدول 1 أعلاه|انظر الجدول 1.|بالشكل 2 أدناه|الفقرة 7 من هذا التقرير",
        "انظر الفقرة 7 من تقرير الدولة|الجدول 1",
    ),
    "zh": (
        "上文第12段|见第3至5段。|（见表1）|见上文第3节|本报告图2",
        "公约第5条|结论性意见第12段|见公约第3段",
    ),
    "es": (
        "cuadro 1 supra|véase el cuadro 1.|véanse los párrafos 3 a 5.|la figura 2 más abajo|sección 3 infra",
        "véase el párrafo 7 del informe del Estado|el cuadro 1",
    ),
    "pt": (
        "quadro 1 acima|ver o quadro 1.|figura 2 abaixo|secção 3 abaixo|parágrafo 7 do presente relatório",
        "ver o parágrafo 7 do relatório do Estado|o quadro 1",
    ),
}


@pytest.mark.parametrize("language", TYPED)
def test_typed_references_are_told_in_each_language(tiny: Tiny, language: str) -> None:
    tiny.write("sections/report.yaml", REPORT.replace("language: en", f"language: {language}"))
    told, left = (texts.split("|") for texts in TYPED[language])
    tiny.section("100-a", "\n\n".join((*told, *left)))
    found = [item for item in examine(tiny.project)[1] if item.code == "typed-number"]
    assert [item.place.line for item in found] == [6 + 2 * nth for nth in range(len(told))]


CAPTIONS = {
    "en": "Table 1. Schools",
    "fr": "Tableau 1. Dispensaires",
    "ru": "Таблица 1. Школы",
    "kk": "1-кесте. Мектептер",
    "ar": "الجدول 1: المدارس",
    "zh": "表1：学校",
    "es": "Cuadro 1. Escuelas",
    "pt": "Quadro 1. Escolas",
}


@pytest.mark.parametrize("language", CAPTIONS)
def test_a_caption_without_its_colon_is_told(tiny: Tiny, language: str) -> None:
    table, caption = "| A | B |\n|---|---|\n| a | b |", CAPTIONS[language]
    tiny.write("sections/report.yaml", REPORT.replace("language: en", f"language: {language}"))
    tiny.section(
        "100-a", f"First words.\n\n{table}\n\n{caption}\n\nMore words.\n\n{caption}\n\n{table}"
    )
    right = f"First words.\n\n{table}\n\n: {caption}\n\n{caption}\n\nMore words.\n\n{table}"
    tiny.section("200-b", f"{right}\n\nLast words.\n\n{{#tbl-x}}\n\n{table}")
    found = [item.place for item in examine(tiny.project)[1] if item.code == "lost-caption"]
    assert [(place.file[-7:-3], place.line) for place in found] == [
        ("00-a", 12),
        ("00-a", 16),
        ("00-b", 22),
    ]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("es", "La Policía debería llevar un registro."),
        ("es", "Los ayuntamientos deberían abrir casas."),
        ("es", "Los jueces deben citar la Convención."),
        ("fr", "Le Sénat devrait adopter la loi."),
        ("fr", "Les communes devraient ouvrir des foyers."),
        ("pt", "As prefeituras devem abrir casas."),
        ("pt", "O Poder Judiciário deve formar juízes."),
        ("ru", "Акиматам следует открыть центры."),
        ("ru", "Суду следует рассмотреть жалобу."),
    ],
)
def test_bodies_beside_government_and_parliament_can_be_asked_to_act(code: str, text: str) -> None:
    languages = load_lexicon()[0].languages
    assert re.search(one_of(languages[code].check("addressees")), text)


CONFUSED = {
    "ru": "Страна присоединилась к CERD. ICERD рекомендовал принять закон. Рекомендации ICERD известны.",
    "pt": "O Estado ratificou a CERD. A ICERD recomendou uma lei. As observações finais da ICERD existem.",
    "ar": "انضمت الدولة إلى CERD في 1998. أوصت ICERD بذلك. المادة 4 من CERD واضحة.",
}
APART = {
    "ru": "Страна присоединилась к ICERD. CERD рекомендовал принять закон. Участником ICERD она остается.",
    "pt": "O Estado ratificou a ICERD. O CERD recomendou uma lei. O artigo 4 da ICERD existe.",
    "ar": "انضمت الدولة إلى ICERD في 1998. أوصت CERD بذلك. المادة 4 من ICERD واضحة.",
}


@pytest.mark.parametrize("code", CONFUSED)
def test_a_treaty_is_told_from_its_committee(tiny: Tiny, code: str) -> None:
    settings = (tiny.project / "sections/report.yaml").read_text("utf-8")
    tiny.write("sections/report.yaml", settings.replace("language: en", f"language: {code}"))
    for text, count in ((CONFUSED[code], 3), (APART[code], 0)):
        tiny.section("100-case", f"{text}\n")
        told = [item for item in examine(tiny.project)[1] if item.code == "confused-names"]
        assert len(told) == count, (text, told)
