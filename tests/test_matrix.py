"""The matrix: every earlier recommendation once, what became of it, in page, workbook and CSV."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Tiny
from docx import Document
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from shadowreport.core.lexicon import Language
from shadowreport.core.report import Report
from shadowreport.core.style import Style
from shadowreport.load import load
from shadowreport.load.lexicon import load_lexicon
from shadowreport.outcomes.matrix import Matrix, matrix
from shadowreport.outcomes.matrix_annex import annex
from shadowreport.overview.matrix_json import render_json
from shadowreport.overview.matrix_page import render_html
from shadowreport.overview.matrix_sheets import render_csv, render_xlsx
from shadowreport.overview.matrix_word import render_docx

CYCLES = {
    "cerd-2010": ("2010", '  "5": {text: "=HYPERLINK(1) and a law", theme: law}\n'),
    "cerd-2014": (
        "2014",
        '  "6": {text: Adopt a law., theme: law, follow_up: true, articles: [1, 2]}\n'
        '  "7": {text: "-Train judges & \\"others\\" <b>", theme: law}\n'
        '  "8": {text: Publish data., theme: elsewhere}\n'
        '  "9": {text: Translate., theme: law}\n',
    ),
}
LAW = """\
---
title: The <law> & its friends
level: 1
authors: [first]
recommendations:
  - [cerd-2010/5, cerd-2014/6]
  - [cerd-2014/7]
paragraphs:
  no-law: {answers: [cerd-2010/5, cerd-2014/6], finding: not-implemented}
  courses: {answers: [cerd-2014/6], finding: partially-implemented}
set_aside:
  cerd-2014/9: It concerns another body.
---

{#no-law}
There is no law.[^a]

::: recommendations
{#rec-law}
Parliament should adopt a law.
:::

## Courses

{#courses}
There are courses.

[^a]: A source.
"""


def _project(tiny: Tiny) -> tuple[Report, Matrix, Language]:
    for stem, (cycle, entries) in CYCLES.items():
        head = f"committee: CERD\nsymbol: CERD/C/{cycle}\ncycle: '{cycle}'\nheading: {{en: Of {cycle}}}\n"
        tiny.write(f"references/{stem}.yaml", f"{head}recommendations:\n{entries}")
    settings = (tiny.project / "sections" / "report.yaml").read_text("utf-8")
    tiny.write("sections/report.yaml", settings.replace("[cerd-2014]", "[cerd-2010, cerd-2014]"))
    tiny.write("sections/100-law.md", LAW)
    report, found = load(tiny.project)
    assert report, found
    words = load_lexicon(tiny.project)[0].languages["en"]
    return report, matrix(report, words), words


def test_a_row_knows_its_line_its_answers_and_what_follows(tiny: Tiny) -> None:
    _, made, _ = _project(tiny)
    rows = {row.id: row for row in made.rows()}
    old = rows["cerd-2010/5"]
    assert (old.since, old.times, old.finding) == ("2010", 2, "not-implemented")
    assert [(item.anchor, item.label) for item in old.answers] == [("par-no-law", "1")]
    assert [(item.anchor, item.label) for item in old.ours] == [("rec-law", "1")]
    assert (rows["cerd-2014/6"].follow_up, rows["cerd-2014/6"].articles) == (True, ("1", "2"))
    assert (rows["cerd-2014/7"].state, rows["cerd-2014/7"].times) == ("unanswered", 1)
    assert rows["cerd-2014/9"].reason == "It concerns another body."


def test_findings_on_parts_that_differ_make_it_partly_carried_out(tiny: Tiny) -> None:
    _, made, _ = _project(tiny)
    assert {row.id: row.finding for row in made.rows()}["cerd-2014/6"] == "partially-implemented"


def test_demands_of_a_line_stand_together_and_every_theme_has_its_rows(tiny: Tiny) -> None:
    _, made, _ = _project(tiny)
    assert [[row.id for row in theme.rows] for theme in made.themes] == [
        ["cerd-2010/5", "cerd-2014/6", "cerd-2014/7", "cerd-2014/9"],
        ["cerd-2014/8"],
    ]
    assert [theme.title for theme in made.themes] == ["The <law> & its friends", "elsewhere"]


def test_titles_and_names_have_the_apostrophes_that_the_report_prints(tiny: Tiny) -> None:
    report, _, words = _project(tiny)
    law = replace(report.sections[0], title="Women's law")
    report = replace(report, title="The children's report", sections=(law,))
    made = matrix(report, words)
    assert (made.title, made.themes[0].title) == ("The children’s report", "Women’s law")
    assert made.rows()[0].answers[0].text == "Women’s law"


def test_no_cell_of_the_csv_is_a_formula(tiny: Tiny) -> None:
    _, made, words = _project(tiny)
    data = render_csv(made, words)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == 6
    assert "'=HYPERLINK(1) and a law" in rows[1]
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell]


def test_no_cell_of_the_workbook_is_a_formula(tiny: Tiny) -> None:
    _, made, words = _project(tiny)
    book: Any = load_workbook(io.BytesIO(render_xlsx(made, words, Style())))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert any(cell.value == "=HYPERLINK(1) and a law" for cell in cells)
    sheet = book.worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:O6")


def test_the_same_matrix_gives_the_same_workbook(tiny: Tiny) -> None:
    _, made, words = _project(tiny)
    assert render_xlsx(made, words, Style()) == render_xlsx(made, words, Style())


def test_the_page_escapes_and_loads_nothing(tiny: Tiny) -> None:
    _, made, words = _project(tiny)
    page = render_html(made, words, tiny.project)
    assert "&lt;law&gt; &amp; its friends" in page and "<law>" not in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert not re.search(r'(?:src|href)="https?:', page)
    assert " style=" not in page


def test_every_link_of_the_page_leads_to_a_place_of_the_report() -> None:
    report, _ = load(ROOT)
    assert report
    words = report.speech.language
    page = render_html(matrix(report, words), words, ROOT)
    known = {f"par-{item.id}" for section in report.sections for item in section.paragraphs()}
    known |= {
        f"rec-{own.id}"
        for section in report.sections
        for box in section.boxes()
        for own in box.recommendations
    }
    targets = set(re.findall(rf'href="{report.name}\.html#([^"]+)"', page))
    assert targets and targets <= known
    inside = set(re.findall(r'href="#([^"?]+)"', page))
    assert inside <= set(re.findall(r'id="([^"]+)"', page))


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru"])
def test_the_page_speaks_the_languages_of_the_toolkit(tiny: Tiny, language: str) -> None:
    report, _, _ = _project(tiny)
    words = load_lexicon(tiny.project)[0].languages[language]
    page = render_html(matrix(report, words), words, tiny.project)
    assert f'<html lang="{language}">' in page and words["matrix_title"] in page


def test_the_annex_names_each_recommendation_once(tiny: Tiny) -> None:
    report, made, words = _project(tiny)
    data = annex(report, words)
    assert sum(len(theme["rows"]) for theme in data["themes"]) == len(made.rows()) == 5
    row = data["themes"][0]["rows"][0]
    assert row["answers"] == [{"anchor": "par-no-law", "label": "1"}]


def test_the_sample_shows_every_recommendation_of_its_tables() -> None:
    report, _ = load(ROOT)
    assert report
    words = report.speech.language
    rows = {row.id for row in matrix(report, words).rows()}
    shown = {mention.id for section in report.sections for row in section.rows for mention in row}
    assert rows == set(report.earlier()) >= shown


def test_the_matrix_can_be_an_annex_of_the_report(tiny: Tiny) -> None:
    _project(tiny)
    settings = (tiny.project / "sections" / "report.yaml").read_text("utf-8")
    tiny.write("sections/report.yaml", f"{settings}annexes: [matrix]\n")
    result = tiny.build("html", "docx", "pdf")
    assert result.succeeded, result.diagnostics
    page = tiny.read("html").decode()
    assert "What became of earlier recommendations" in page
    assert page.count("It concerns another body.") == 1


def test_the_json_fits_its_schema_and_says_what_the_matrix_says() -> None:
    report, _ = load(ROOT)
    assert report
    made = matrix(report, report.speech.language)
    said = json.loads(render_json(made, report.speech.language))
    schema = json.loads((ROOT / "docs" / "schemas" / "matrix.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(said)
    assert [item["id"] for item in said["recommendations"]] == [row.id for row in made.rows()]
    named = {own["addressee"] for item in said["recommendations"] for own in item["ours"]}
    assert "Parliament" in named and named - {""} == set(made.addressees())


def test_the_word_file_has_each_recommendation_and_its_addressee(tmp_path: Path) -> None:
    report, _ = load(ROOT)
    assert report
    made = matrix(report, report.speech.language)
    document = Document(io.BytesIO(render_docx(made, report.speech.language, report, tmp_path)))
    section = document.sections[0]
    assert section.page_width and section.page_height and section.page_width > section.page_height
    head = " ".join(item.text for item in section.header.paragraphs)
    assert report.short_title in head and report.session in head
    rows = [row.cells for table in document.tables for row in table.rows[1:]]
    assert len(rows) == len(made.rows()) and len(document.tables) == len(made.themes)
    for cells, row in zip(rows, made.rows(), strict=True):
        assert cells[0].text == row.text and cells[4].text.split("\n") == (
            list(row.addressees) or [""]
        )
        assert cells[1].text.startswith(row.symbol) and row.paragraph in cells[1].text
        assert [cell.text for cell in cells[5:]] == [""] * 4  # the State's


def test_the_form_of_the_review_says_what_the_state_answered_and_what_was_found(tiny: Tiny) -> None:
    tiny.write(
        "references/upr-2020.yaml",
        'committee: UPR\nsymbol: A/HRC/1/1\ncycle: "2020"\nheading: {en: Recommendations}\nrecommendations:\n'
        '  "132.45": {text: Adopt a law., label: "132.45", states: [Utopia], response: supported, theme: law}\n',
    )
    settings = (tiny.project / "sections" / "report.yaml").read_text("utf-8")
    settings = settings.replace("[cerd-2014]", "[upr-2020]").replace(
        "committee: CERD", "committee: UPR"
    )
    tiny.write("sections/report.yaml", settings)
    front = (
        "title: Law\nlevel: 1\nrecommendations:\n- [upr-2020/132.45]\nparagraphs:\n"
        "  none: {answers: [upr-2020/132.45], finding: not-implemented, short: There is none.}"
    )
    tiny.section("100-law", "{#none}\nThere is no law whatever.\n", front)
    report, found = load(tiny.project)
    assert report, found
    words = load_lexicon(tiny.project)[0].languages["en"]
    made = matrix(report, words)
    heads = [
        *("Earlier recommendation", "Position of the State", "Theme"),
        "Assessment of implementation",
    ]
    found = "Not implemented (paragraph 1)\nThere is none."
    cells = ["132.45 Adopt a law. (Utopia)", "supported", "Law", found]
    document = Document(io.BytesIO(render_docx(made, words, report, tiny.project)))
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [heads, cells]
    book: Any = load_workbook(io.BytesIO(render_xlsx(made, words, Style())))
    rows = list(book[words["plan_title"]].iter_rows(values_only=True))
    assert rows == [tuple(heads), tuple(cells)]


def test_a_demand_is_called_by_its_own_number(tiny: Tiny) -> None:
    tiny.write(
        "references/cerd-2014.yaml",
        'committee: UPR\nsymbol: A/HRC/1/1\ncycle: "2014"\nheading: {en: Recommendations}\nrecommendations:\n'
        '  "132.45": {text: Adopt a law., label: "132.45"}\n'
        '  "33.1": {text: Publish data., label: 33 (a)}\n'
        '  "34.1": {text: Train judges.}\n',
    )
    front = "title: Law\nlevel: 1\nrecommendations:\n- [cerd-2014/132.45]\n- [cerd-2014/33.1, cerd-2014/34.1]"
    tiny.section("200-law", "A paragraph.\n", front)
    assert tiny.build("html", "docx", "md").succeeded
    numbers = ["132.45", "33 (a)", "34"]
    in_word = Document(io.BytesIO(tiny.read("docx"))).tables[0]
    cells = " ".join(cell.text for row in in_word.rows for cell in row.cells)
    for text in (tiny.read("html").decode(), tiny.read("md").decode(), cells):
        printed = re.findall(r"\(Para\.\W+(\d[\d.]*(?: \(a\))?)", text.replace("\xa0", " "))
        assert printed == numbers, text
    words = load_lexicon(tiny.project)[0].languages["en"]
    report, _ = load(tiny.project)
    assert report is not None
    rows = [row for theme in matrix(report, words).themes for row in theme.rows]
    assert [row.paragraph for row in rows] == numbers


def test_the_picture_by_cycle_names_each_cycle_above_its_column(tiny: Tiny) -> None:
    settings = (tiny.project / "sections/report.yaml").read_text("utf-8")
    older = (tiny.project / "references/cerd-2014.yaml").read_text("utf-8")
    tiny.write("references/cerd-2018.yaml", older.replace("2014", "2018"))
    tiny.write("sections/report.yaml", settings.replace("[cerd-2014]", "[cerd-2014, cerd-2018]"))
    tiny.section("100-law", "A paragraph.\n", "title: Law\nlevel: 1")
    report, found = load(tiny.project)
    assert report, found
    words = report.speech.language
    page = render_html(matrix(report, words), words, tiny.project)
    heat = page[page.index('class="picture"') :].partition("</svg>")[0]
    heads = re.findall(r'<text x="([\d.]+)" y="[\d.]+" class="head middle"[^>]*>(\d+)<', heat)
    assert [year for _, year in heads] == ["2014", "2018"]
    assert float(heads[0][0]) < float(heads[1][0])


def test_labels_have_the_colon_of_the_language(tiny: Tiny) -> None:
    settings = (tiny.project / "sections/report.yaml").read_text("utf-8")
    tiny.write("sections/report.yaml", settings.replace("language: en", "language: fr"))
    front = "title: Loi\nlevel: 1\nset_aside: {cerd-2014/6: Ailleurs.}"
    tiny.section("100-law", "Un paragraphe.\n", front)
    report, found = load(tiny.project)
    assert report, found
    words = report.speech.language
    page = render_html(matrix(report, words), words, tiny.project)
    bare = re.sub(r"(?s)<(style|script)\b.*?</\1>|<[^>]+>", "\n", page)
    said = re.sub(r"[^\S\n]", " ", html.unescape(bare))
    assert "Raison : Ailleurs." in said and "Écartée : 1" in said
    assert re.findall(r"[^\s\d]+[:;] .*", said) == []


def test_pictures_run_to_the_left_where_text_does(tiny: Tiny) -> None:
    settings = (tiny.project / "sections/report.yaml").read_text("utf-8")
    tiny.section("100-law", "A paragraph.\n", "title: Law\nlevel: 1")
    for code in ("en", "ar"):
        tiny.write("sections/report.yaml", settings.replace("language: en", f"language: {code}"))
        report, found = load(tiny.project)
        assert report, found
        words = report.speech.language
        page = render_html(matrix(report, words), words, tiny.project)
        for picture in re.findall(r'<svg[^>]*class="picture".*?</svg>', page, re.DOTALL):
            width = float(re.search(r'width="([\d.]+)"', picture)[1])  # type: ignore[index]
            titles = re.findall(r'<text x="([\d.]+)" y="[\d.]+" class="label"', picture)
            assert titles and {float(at) for at in titles} == {width if code == "ar" else 0.0}
            boxes = re.findall(r'<rect x="([\d.]+)"[^>]*? width="([\d.]+)"', picture)
            ends = [float(left) + float(size) for left, size in boxes]
            assert boxes and (max(ends) < width - 300 if code == "ar" else max(ends) <= width)
