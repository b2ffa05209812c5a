"""Quotation marks and apostrophes: set once, and read alike in Word, PDF and HTML."""

from __future__ import annotations

import re

import pytest
from conftest import REPORT, Tiny
from test_same_characters import read

from shadowreport.pipeline import examine

# typed; what an English and what a French reader sees
CASES = (
    ("the 1990's and article 5's", "the 1990’s and article 5’s", "the 1990’s and article 5’s"),
    ("CERD/C/UZB/CO/10-12's end", "CERD/C/UZB/CO/10-12’s end", "CERD/C/UZB/CO/10-12’s end"),
    ("in '95 and the '90s", "in ’95 and the ’90s", "in ’95 and the ’90s"),
    ("rock 'n' roll", "rock ’n’ roll", "rock ’n’ roll"),
    ("the 'ulama' met", "the ‘ulama’ met", "the “ulama” met"),
    ("the State['s] duty", "the State[’s] duty", "the State[’s] duty"),
    ("['s] and the States' duty", "[’s] and the States’ duty", "[’s] and the States’ duty"),
    ("*Convention*'s and **it**'s", "Convention’s and it’s", "Convention’s and it’s"),
    ('"the term "aliens" without"', "“the term ‘aliens’ without”", "«the term “aliens” without»"),
    ('"a "b", c."', "“a ‘b’, c.”", "«a “b”, c.»"),
    ("\"he said 'no' twice\"", "“he said ‘no’ twice”", "«he said “no” twice»"),
    (
        "\"'a' begins\" and \"ends 'b'\"",
        "“‘a’ begins” and “ends ‘b’”",
        "«“a” begins» and «ends “b”»",
    ),
    ('*"a"* and "*b*"', "“a” and “b”", "«a» and «b»"),
    ('"one *that" crosses*', "“one that” crosses", "“one that” crosses"),
    ('("a")—"b"-["c"]', "(“a”)—“b”-[“c”]", "(«a»)—«b»-[«c»]"),
    ("“typed” and ‘so’, it’s", "“typed” and ‘so’, it’s", "“typed” and ‘so’, it’s"),
    ("„low“ and «angled»", "„low“ and «angled»", "„low“ and «angled»"),
    (r"5\" and \'so\' and 6' 2", "5\" and 'so' and 6’ 2", "5\" and 'so' and 6’ 2"),
    ('a board of 6" and more', 'a board of 6" and more', 'a board of 6" and more'),
    ('"a quotation that goes on', "“a quotation that goes on", "“a quotation that goes on"),
    ('[a "b"](https://example.org/it\'s "t")', "a “b”", "a «b»"),
    ("don't and l'homme d'État", "don’t and l’homme d’État", "don’t and l’homme d’État"),
)


# the lines on which a mark is told: one without a partner, and in French two beyond emphasis
TOLD = {"en": [44], "fr": [32, 32, 44]}


@pytest.mark.parametrize(("language", "column"), [("en", 1), ("fr", 2)])
def test_each_mark_is_set_as_the_language_has_it(tiny: Tiny, language: str, column: int) -> None:
    tiny.write("sections/report.yaml", REPORT.replace("language: en", f"language: {language}"))
    tiny.section("100-a", "\n\n".join(f"{case[0]} END{nth}." for nth, case in enumerate(CASES)))
    title = 'title: The "term "aliens"" of \'95\nlevel: 1'
    tiny.section("200-b", "Words.\n", title)
    result = tiny.build("pdf", "docx", "html")
    assert result.succeeded
    told = [
        item.place.line for item in result.diagnostics if item.code == "unpaired-quotation-mark"
    ]
    assert told == TOLD[language]
    expected = [_bare(f"{case[column]} END{nth}.") for nth, case in enumerate(CASES)]
    expected.append(_bare(("The “term ‘aliens’” of ’95", "The «term “aliens”» of ’95")[column - 1]))
    for kind in ("pdf", "docx", "html"):
        text = _bare(read(kind, tiny.project / "build" / f"tiny.{kind}"))
        assert [wanted for wanted in expected if wanted not in text] == [], kind


# paragraphs whose nth line has a mark without a partner, in the language that writes so; then none has
LONE = {
    "fr": ("« toute personne a", "fin », dit-il", "un « a » et\n« b", "„a"),
    "ru": ("«слово", "„слово", "слово» тут", "Сказал: «да. И «нет» тоже", "слово «а» и «б"),
    "kk": ("«сөз", "„сөз"),
    "zh": ("「全文", "“法律", "这是法律」。", "法律《权利", "『a』「b"),
    "ar": ("«نص هنا", "نص «كلمة» وكلمة» هنا", "”نص هنا", "“كلمة هنا"),
    "en": ("«word", "see „this", "a ”word"),
    "es": ("«palabra", "palabra» x"),
    "pt": ("«palavra", "“palavra"),
}
PAIRED = {
    "fr": ("« a », «\u00a0b\u00a0» et “c”", "un »Wort« et «\nlà »", "« a :\n\n- b ;\n- c »"),
    "ru": ("ООО «Торговый дом «Восток» и", "«так „внутри“ тоже»", "„так“, “так”"),
    "kk": ("«Жас «Алаш» газеті", "«сөз»"),
    "zh": ("他说：“法律”与「权利『二』」和《宪法》",),
    "ar": ("«كلمة»", "قال ”كلمة“ هنا", "قال “كلمة” هنا", 'قال "كلمة" هنا'),
    "en": ('„low“, „low”, „low" and «angled»', "»Wort«"),
    "es": ("«a “b” c»",),
    "pt": ("«a “b” c»",),
}


@pytest.mark.parametrize("language", LONE)
def test_a_mark_of_any_kind_without_its_partner_is_told(tiny: Tiny, language: str) -> None:
    tiny.write("sections/report.yaml", REPORT.replace("language: en", f"language: {language}"))
    tiny.section("100-a", "\n\n".join((*LONE[language], *PAIRED[language])))
    wanted, line = list[int](), 6
    for text in LONE[language]:
        wanted.append(line + text.count("\n"))
        line = wanted[-1] + 2
    found = examine(tiny.project)[1]
    told = [item.place.line for item in found if item.code == "unpaired-quotation-mark"]
    assert told == wanted


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("language", "marks"),
    [
        ("es", "«a “b”»"),
        ("es-419", "“a ‘b’”"),
        ("es-MX", "“a ‘b’”"),
        ("pt-BR", "“a ‘b’”"),
        ("pt", "«a “b”»"),
    ],
)
def test_a_region_has_quotation_marks_and_names_of_its_own(
    tiny: Tiny, language: str, marks: str
) -> None:
    tiny.write("sections/report.yaml", REPORT.replace("language: en", f"language: {language}"))
    tiny.section("100-one", 'Dijo: "a "b"".\n')
    assert tiny.build("html").succeeded
    page = tiny.read("html").decode()
    assert marks in page and f'lang="{language}"' in page
    assert ("Comitê para a" in page) == (language == "pt-BR")
