"""Generated annexes: what they list, in the order and with the numbers of the report."""

from __future__ import annotations

import pytest
from conftest import REPORT, Tiny
from docx import Document
from lxml import html

from shadowreport.core.problems import Diagnostic
from shadowreport.pipeline import Built

SECTION = """
{#law}
Nothing was done.

::: recommendations
{#one}
The Ministry of Justice should publish the law.

{#two}
Parliament should adopt a law.[^note]

{#three}
The Ministry of Justice should train judges.

{#four}
It is time to act.
:::

[^note]: By 2030.
"""


def test_recommendations_are_listed_by_whom_they_ask_to_act(tiny: Tiny) -> None:
    settings = (tiny.project / "sections" / "report.yaml").read_text("utf-8")
    tiny.write("sections/report.yaml", f"{settings}annexes: [addressees]\n")
    tiny.section("300-law", SECTION, "title: Law\nlevel: 1")
    assert tiny.build("html", "docx").succeeded
    page = html.fromstring(tiny.read("html"))
    (annex,) = page.xpath("//*[@id='sec-annex-addressees']/ancestor-or-self::section[1]")
    rows = [[cell.text_content().strip() for cell in row] for row in annex.iter("tr")]
    number = rows[2][0].split(".")[0]
    assert rows[1:] == [
        ["Ministry of Justice"],
        [f"{number}.1", "The Ministry of Justice should publish the law."],
        [f"{number}.3", "The Ministry of Justice should train judges."],
        ["Parliament"],
        [f"{number}.2", "Parliament should adopt a law."],
        ["Not addressed to anyone"],
        [f"{number}.4", "It is time to act."],
    ]
    assert annex.xpath(".//a/@href") == ["#rec-one", "#rec-three", "#rec-two", "#rec-four"]


OWN = """\
<table><thead><tr><th>Where</th><th>When</th></tr></thead><tbody>
{% for talk in data.talks %}<tr><td>{{ talk.where }}</td><td>{{ talk.when }}</td></tr>{% endfor %}
</tbody></table>
<p>See <a href="#par-law">the law</a>.</p>
"""
OWN_DATA = """\
title: {fr: Entretiens, en: Interviews held}
talks:
  - {where: <b>Astana</b>, when: 3 May}
  - {where: Almaty, when: 4 May}
"""


def _asked(tiny: Tiny, names: str) -> None:
    settings = (tiny.project / "sections" / "report.yaml").read_text("utf-8")
    tiny.write(
        "sections/report.yaml",
        f"{settings}abbreviations: {{UN: United Nations}}\nannexes: [{names}]\n",
    )
    tiny.section("300-law", SECTION, "title: Law\nlevel: 1")


def _of_templates(result: Built) -> list[Diagnostic]:
    return [item for item in result.diagnostics if item.place.file.startswith("templates/")]


def test_an_annex_of_ones_own_prints_its_data_behind_the_others(tiny: Tiny) -> None:
    _asked(tiny, "recommendations, addressees, abbreviations, interviews, places, times")
    for name in ("interviews", "places", "times"):
        tiny.write(f"templates/annex-{name}.html.j2", OWN)
        tiny.write(f"templates/annex-{name}.yaml", OWN_DATA)
    result = tiny.build("html", "docx")
    assert result.succeeded and not _of_templates(result)
    (annex,) = html.fromstring(tiny.read("html")).xpath(
        "//*[@id='sec-annex-interviews']/ancestor-or-self::section[1]"
    )
    rows = [[cell.text_content().strip() for cell in row] for row in annex.iter("tr")]
    assert rows == [["Where", "When"], ["<b>Astana</b>", "3 May"], ["Almaty", "4 May"]]
    assert annex.xpath(".//a/@href") == ["#par-law"]
    titles = [
        line.text
        for line in Document(str(tiny.project / "build/tiny.docx")).paragraphs
        if line.text.startswith("Annex ")
    ]
    assert titles[3:] == [
        "Annex IV. Interviews held",
        "Annex V. Interviews held",
        "Annex VI. Interviews held",
    ]


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("sorces", "bad-value", "did you mean 'sources'"),
        ("visits", "bad-value", "templates/annex-visits.html.j2"),
        ("interviews", "missing-file", ""),
        ("bad", "bad-template", ""),
        ("untitled", "missing-key", ""),
        ("unsaid", "bad-image", 'alt="..."'),
    ],
)
def test_an_annex_that_cannot_be_made_is_named(tiny: Tiny, name: str, code: str, said: str) -> None:
    _asked(tiny, name)
    for own in ("interviews", "bad", "untitled"):
        if own == name:
            tiny.write(f"templates/annex-{own}.html.j2", "{{ data.nothing }}")
    if name == "unsaid":
        tiny.write("templates/annex-unsaid.html.j2", '<p><img src="images/sign.png"></p>')
    if name != "interviews" and name not in ("sorces", "visits"):
        tiny.write(
            f"templates/annex-{name}.yaml", "talks: []" if name == "untitled" else "title: Bad"
        )
    (told,) = [item for item in tiny.build("html").diagnostics if item.severity == "error"]
    assert told.code == code and said in f"{told.message} {told.hint}"


@pytest.mark.parametrize(("language", "word"), [("en", "Place"), ("fr", "Lieu"), ("ru", "")])
def test_a_template_has_words_of_its_own_in_each_language(
    tiny: Tiny, language: str, word: str
) -> None:
    report = REPORT.replace("language: en", f"language: {language}")
    tiny.write("sections/report.yaml", f"{report}annexes: [visits]\n")
    tiny.write("templates/annex-visits.yaml", "title: Our visits\n")
    tiny.write("templates/annex-visits.html.j2", "<p>\n{{ words.own_words.place }}: Almaty</p>\n")
    for code, text in (("en", "Place"), ("fr", "Lieu")):
        tiny.write(f"templates/languages/{code}.yaml", f"own_words: {{place: {text}}}\n")
    tiny.section("300-law", "Words.\n")
    built = tiny.build("md")
    if word:
        assert built.succeeded, built.diagnostics
        assert f"{word}: Almaty" in tiny.read("md").decode()
    else:
        (told,) = [item for item in built.diagnostics if item.severity == "error"]
        assert (told.place.file, told.place.line) == ("templates/annex-visits.html.j2", 2)
        assert "place" in told.message


def test_an_annex_that_nobody_asks_for_is_named(tiny: Tiny) -> None:
    _asked(tiny, "recommendations")
    tiny.write("templates/annex-interviews.html.j2", OWN)
    (told,) = _of_templates(tiny.build("html"))
    assert (told.code, told.place.file) == ("unused-file", "templates/annex-interviews.html.j2")
    assert "annexes:" in told.hint
