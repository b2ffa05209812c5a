"""templates/style.yaml: what it names is what each file shows."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

import docx
import pytest
from conftest import Tiny
from house_styles import build_in, differences, house_styles
from openpyxl import load_workbook
from PIL import Image
from pypdf import PageObject, PdfReader

from shadowreport.core.style import contrast
from shadowreport.machine.toolkit import templates
from shadowreport.new.specimen import specimen
from shadowreport.outcomes.matrix import matrix
from shadowreport.overview.matrix_page import render_html
from shadowreport.overview.matrix_sheets import render_xlsx
from shadowreport.pipeline import examine

STYLE = """\
colours: {accent: "#7a1f2b", shade: "#f9eff0", line: "#c9a3aa", quiet: "#5c5052"}
font: DejaVu Sans Mono
paper: letter
margins: {left: 30, right: 20}
logo: {file: sign.png, alternative: The sign of the coalition, width: 45}
"""
MORE = """\
numbers: (1)
two_sided: true
margins: {left: 35, right: 15}
running_head: {start: "Ours: {short_title}", end: "{state}, {organisations}"}
cover: {file: hills.png, alternative: Hills at dusk}
citations: house.csl
"""
SECTION = "Words.\n\n::: recommendations\n{#one}\nParliament should act.\n:::\n"


def _styled(tiny: Tiny) -> None:
    tiny.write("templates/style.yaml", STYLE)
    (tiny.project / "templates" / "images").mkdir()
    Image.new("RGB", (90, 30), "#7a1f2b").save(tiny.project / "templates" / "images" / "sign.png")
    tiny.section("300-law", SECTION)


def _colours(page: object) -> set[tuple[float, ...]]:
    """The colours with which a page of a PDF is filled and drawn."""
    found = set()
    for operands, operator in page.get_contents().operations:  # type: ignore[attr-defined]
        if operator in (b"rg", b"RG", b"sc", b"scn", b"SC", b"SCN"):
            found.add(
                tuple(round(float(value), 2) for value in operands if not isinstance(value, str))
            )
    return found


def test_word_pdf_and_page_show_the_values_of_the_style(tiny: Tiny) -> None:
    _styled(tiny)
    built = tiny.build("docx", "pdf", "html")
    assert built.succeeded, built.diagnostics
    word = docx.Document(io.BytesIO(tiny.read("docx")))
    section: Any = word.sections[0]
    assert [round(length / 36000, 1) for length in (section.page_width, section.page_height)] == [
        215.9,
        279.4,
    ]
    assert [round(length / 36000) for length in (section.left_margin, section.right_margin)] == [
        30,
        20,
    ]
    assert [round(length / 36000) for length in (section.top_margin, section.bottom_margin)] == [
        26,
        25,
    ]
    with zipfile.ZipFile(io.BytesIO(tiny.read("docx"))) as archive:
        styles = archive.read("word/styles.xml").decode()
        document = archive.read("word/document.xml").decode()
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
    assert "7A1F2B" in styles and "F9EFF0" in styles and "1F3A5F" not in styles + document
    assert 'w:ascii="DejaVu Sans Mono"' in styles
    assert len(pictures) == 1 and "The sign of the coalition" in document
    told = re.findall(r'<(wp:docPr|pic:cNvPr) descr="([^"]*)"', document)
    assert told == [(name, "The sign of the coalition") for name in ("wp:docPr", "pic:cNvPr")]
    pdf = PdfReader(io.BytesIO(tiny.read("pdf")))
    assert [round(float(side) * 25.4 / 72, 1) for side in pdf.pages[0].mediabox[2:]] == [
        215.9,
        279.4,
    ]
    assert (0.48, 0.12, 0.17) in set().union(*map(_colours, pdf.pages))
    fonts = [
        str(font.get_object()["/BaseFont"])
        for page in pdf.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    ]
    assert fonts and all("DejaVu" in font for font in fonts), fonts
    assert len(pdf.pages[0].images) == 1
    page = tiny.read("html").decode()
    assert "--accent: #7A1F2B" in page and 'alt="The sign of the coalition"' in page


def test_a_high_picture_leaves_the_words_of_the_cover_their_page(tiny: Tiny) -> None:
    images = tiny.project / "templates" / "images"
    images.mkdir(parents=True)
    Image.new("RGB", (100, 200), "#88aacc").save(images / "hills.png")
    tiny.write("templates/style.yaml", "cover: {file: hills.png, alternative: Hills, width: 150}\n")
    tiny.section("300-law", SECTION)
    assert tiny.build("pdf").succeeded
    first, second, *_ = PdfReader(io.BytesIO(tiny.read("pdf"))).pages
    assert "First Organization" in first.extract_text() and len(first.images) == 1
    assert "Contents" in second.extract_text()


def _own_citations() -> str:
    """The toolkit's note style with other words before an address."""
    text = (templates() / "un-note.csl").read_text("utf-8")
    assert "<citation " in text
    return text.replace("</layout>", '<text value=" (HOUSE)"/></layout>', 1)


def test_numbers_heads_cover_and_citations_are_those_of_the_style(tiny: Tiny) -> None:
    tiny.write("templates/style.yaml", MORE)
    (tiny.project / "templates" / "images").mkdir()
    Image.new("RGB", (90, 30), "#7a1f2b").save(tiny.project / "templates" / "images" / "hills.png")
    tiny.write("templates/house.csl", _own_citations())
    tiny.write(
        "references/sources.yaml", "references:\n- {id: law, type: legislation, title: The law}\n"
    )
    tiny.section("300-law", "{#one}\nWords [@law].\n\nMore, as in paragraph @par-one.\n")
    built = tiny.build("docx", "pdf", "html", "json")
    assert built.succeeded, built.diagnostics
    with zipfile.ZipFile(io.BytesIO(tiny.read("docx"))) as archive:
        numbering = archive.read("word/numbering.xml").decode()
        settings = archive.read("word/settings.xml").decode()
        heads = "".join(
            re.sub("<[^>]+>", " ", archive.read(name).decode())
            for name in archive.namelist()
            if name.startswith("word/header")
        )
        notes = archive.read("word/footnotes.xml").decode()
        document = archive.read("word/document.xml").decode()
    short = "Ours: A tiny report"
    assert 'w:val="(%1)"' in numbering and "mirrorMargins" in settings
    assert short in heads and "Kazakhstan, First Organization" in heads
    assert "(HOUSE)" in notes and "Hills at dusk" in document
    pdf = PdfReader(io.BytesIO(tiny.read("pdf")))
    text = [page.extract_text() for page in pdf.pages]
    said = " ".join(text)
    assert (
        "(1)" in said
        and "(2)" in said
        and "paragraph\u00a01" in said.replace("paragraph 1", "paragraph\u00a01")
    )
    assert all(short in page and "Kazakhstan, First" in page for page in text[1:])
    assert "(HOUSE)" in said and len(pdf.pages[0].images) == 1
    left = [_left_edge(page) for page in pdf.pages[1:3]]
    assert left == [15, 35]  # an even page, then an odd one
    page = tiny.read("html").decode()
    assert ">(1)</a>" in page and "Hills at dusk" in page and "(HOUSE)" in page


SHORT = """\
<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
<info><title>Titles alone</title><id>titles</id><updated>2026-01-01T00:00:00+00:00</updated></info>
<citation><layout suffix="." delimiter="; "><choose>
<if type="book"><group delimiter=", "><text variable="title"/><text variable="locator"/></group></if>
<else><text variable="title"/></else>
</choose></layout></citation>
<bibliography><layout><text variable="title"/></layout></bibliography>
</style>
"""


def test_a_style_that_knows_no_locator_of_laws_loses_none(tiny: Tiny) -> None:
    """As Bluebook's, which prints no article of a law; what was typed stands behind the title then."""
    tiny.write("templates/style.yaml", "citations: short.csl\n")
    tiny.write("templates/short.csl", SHORT)
    sources = "".join(
        f"- {{id: {name}, type: {kind}, title: {title}}}\n"
        for name, kind, title in (("law", "legislation", "Code"), ("tome", "book", "Tome"))
    )
    tiny.write("references/sources.yaml", f"references:\n{sources}")
    tiny.section(
        "300-law",
        "One [@law, art. 4 (b)].\n\nTwo [@tome, p. 7; @law, art. 9; @law].\n\nThree.[^n]\n\n"
        "Four, as @law, art. 5, says.\n\n[^n]: See [@law, annex].\n",
    )
    assert tiny.build("json").succeeded
    said = json.loads(tiny.read("json"))
    assert [note["text"].replace("\u00a0", " ") for note in said["footnotes"]] == [
        "Code, art. 4 (b).",
        "Tome, p. 7; Code, art. 9; Code.",
        "See Code, annex.",
        "Code, art. 5.",
    ]


def _left_edge(page: PageObject) -> int:
    """Where the text of a page begins, in millimetres."""
    found: list[float] = []

    def take(text: str, at: list[float], place: list[float], *_: object) -> None:
        if text.strip():
            found.append(place[4] * at[0] + place[5] * at[2] + at[4])

    page.extract_text(visitor_text=take)
    return round(min(found) * 25.4 / 72)


WRONG = {
    "running_head: {start: '{sesion}'}": "knows no {sesion}",
    "citations: nowhere.csl": "there is no templates/nowhere.csl",
    "cover: {file: none.png, alternative: Nothing}": "none.png",
    "numbers: '1)'": "1)",
}
SLIPS = {  # the line and what to do
    "paper: A4\ncolours: {accent: navy}": (2, "write accent: '#000080'"),
    "colours:\n  accent: #7a1f2b": (2, "what begins with # stands in quotation marks"),
    "colours:\n  accent: '#f5c518'": (2, "make accent darker"),
    "font: Gill Sans MT": (1, "put its files (.ttf, .otf) into templates/fonts/"),
    "logo: {file: ../sign.png, alternative: Sign}": (1, "write its name alone"),
    "margins:\n  left: 120": (2, "Whole millimetres, without a unit"),
    "margins: {left: 2.5cm}": (1, "Whole millimetres, without a unit"),
    "margins: {left: 1in, right: 20}": (1, "write left: 25"),
    "colours: {accent: navy}": (1, "write accent: '#000080'"),
    "colours: {accent: '#137'}": (1, "write accent: '#113377'"),
    "colours: {accent: #113377}": (1, "write colours: {accent: '#113377'}"),
    "papper: A4": (1, "did you mean 'paper'?"),
    "colours:\n- accent: '#7a1f2b'": (1, "without hyphens before them"),
    "paper: A4\ntwo_sided: true": (2, "for left:, the inner one"),
    "citations: dependent.csl": (1, "take the file of that style instead"),
}


@pytest.mark.parametrize("text", SLIPS)
def test_a_slip_is_told_with_its_line_and_what_to_do(tiny: Tiny, text: str) -> None:
    if "dependent" in text:
        tiny.write("templates/dependent.csl", _DEPENDENT)
    tiny.write("templates/style.yaml", text + "\n")
    tiny.section("300-law", SECTION)
    told = [item for item in tiny.build("md").diagnostics if item.place.file.startswith("templ")]
    line, hint = SLIPS[text]
    assert (told[0].place.line, hint in told[0].hint) == (line, True), told


_DEPENDENT = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note"><info><title>Ours</title>'
    '<link rel="independent-parent" href="http://example.org/styles/oscola"/></info></style>'
)


def test_a_paragraph_number_may_be_one_without_quotation_marks(tiny: Tiny) -> None:
    tiny.write("templates/style.yaml", "numbers: 1\n")
    tiny.section("300-law", SECTION)
    assert tiny.build("md").succeeded


@pytest.mark.parametrize("text", WRONG)
def test_what_a_style_cannot_mean_is_an_error(tiny: Tiny, text: str) -> None:
    tiny.write("templates/style.yaml", text + "\n")
    tiny.section("300-law", SECTION)
    built = tiny.build("md")
    told = [item for item in built.diagnostics if item.severity == "error"]
    assert [item.place.file for item in told][:1] in (
        ["templates/style.yaml"],
        ["templates/images/none.png"],
    )
    assert WRONG[text] in told[0].message


def test_a_specimen_shows_every_kind_of_text(tiny: Tiny) -> None:
    tiny.write("templates/style.yaml", "colours: {accent: '#7a1f2b'}\n")
    built, files = specimen(tiny.project)
    assert [str(item) for item in built.diagnostics] == []
    assert {path.suffix for path in files} == {".docx", ".pdf", ".html", ".md", ".json"}
    page = (tiny.project / "build" / "specimen.html").read_text("utf-8")
    for kind in ("<blockquote", "<ul", "<ol", "<caption", 'class="box', "<h4", "<em>", "<strong>"):
        assert kind in page, kind
    assert "--accent: #7A1F2B" in page


def test_a_specimen_goes_to_the_report_s_own_body(tiny: Tiny) -> None:
    settings = tiny.project / "sections" / "report.yaml"
    settings.write_text(settings.read_text("utf-8").replace("CERD", "CESCR"), "utf-8")
    built, _ = specimen(tiny.project)
    assert [str(item) for item in built.diagnostics] == []
    text = (tiny.project / "build" / "specimen.md").read_text("utf-8")
    assert "Committee on Economic, Social and Cultural Rights" in text
    data = (tiny.project / "build" / "specimen.json").read_text("utf-8")
    assert not re.search("CERD|Racial", text + data, re.IGNORECASE)


def test_the_public_edition_has_the_logo_too(tiny: Tiny) -> None:
    _styled(tiny)
    tiny.section("310-more", "Open.\n\n::: confidential\nHidden.\n:::\n")
    built = tiny.build("docx", "pdf", "html")
    assert built.succeeded, built.diagnostics
    assert "The sign of the coalition" in tiny.read("html").decode()


def test_matrix_and_workbook_have_the_same_colours(tiny: Tiny) -> None:
    _styled(tiny)
    report, _ = examine(tiny.project)
    assert report
    found, words = matrix(report, report.speech.language), report.speech.language
    assert "--accent: #7A1F2B" in render_html(found, words, tiny.project)
    book = load_workbook(io.BytesIO(render_xlsx(found, words, report.style)))
    assert book.worksheets[0]["A1"].fill.fgColor.rgb == "FF7A1F2B"


def test_without_a_style_nothing_differs(tiny: Tiny) -> None:
    tiny.section("300-law", SECTION)
    assert tiny.build("docx", "html").succeeded
    plain = tiny.read("docx"), tiny.read("html")
    tiny.write("templates/style.yaml", "paper: A4\n")
    assert tiny.build("docx", "html").succeeded
    assert (tiny.read("docx"), tiny.read("html")) == plain


@pytest.mark.parametrize("nth", [1, 19])
def test_word_and_pdf_agree_on_a_house_style(tiny: Tiny, nth: int) -> None:
    """Two of those that tools/try_styles.py builds: bound like a book, with all that can be asked for."""
    style = house_styles()[nth]
    assert build_in(tiny, style) == []
    assert differences(tiny, style) == []


def test_columns_are_as_wide_as_the_letters_of_the_style_s_font_want_it(tiny: Tiny) -> None:
    """DejaVu Sans Mono: 0.602 em each, two thirds more than a serif font has for a full stop or an i."""
    tiny.write("templates/style.yaml", "font: DejaVu Sans Mono\n")
    rows = "".join(f"| 1.{at} | {'Many words stand in this column. ' * 4}|\n" for at in range(1, 4))
    tiny.section("300-law", "{#one}\nWords.\n\n| No.ii | What |\n|---|---|\n" + rows)
    assert tiny.build("docx", "html").succeeded
    table = docx.Document(io.BytesIO(tiny.read("docx"))).tables[0]
    width = table._tbl.tblGrid.gridCol_lst[0].w.pt
    assert width - 13 >= 5 * 0.602 * 9
    page = tiny.read("html").decode()
    assert page.count('"DejaVu Sans Mono"') == 2, "headings and tables have other letters"


def test_a_running_head_without_words_has_no_rule(tiny: Tiny) -> None:
    tiny.section("300-law", "Words.\n")
    lines: list[int] = []
    for words in ("Ours", ""):
        tiny.write("templates/style.yaml", f"running_head: {{start: '{words}', end: ''}}\n")
        assert tiny.build("docx", "pdf").succeeded
        with zipfile.ZipFile(io.BytesIO(tiny.read("docx"))) as archive:
            head = archive.read("word/header1.xml").decode()
        assert ('<w:bottom w:val="nil"' in head) == (not words)
        page = PdfReader(io.BytesIO(tiny.read("pdf"))).pages[2]
        drawn = page.get_contents().operations  # type: ignore[union-attr]
        lines.append(sum(operator == b"S" for _, operator in drawn))
    assert lines[0] == lines[1] + 1


@pytest.mark.parametrize("name", ["report.css", "overview.css"])
def test_pages_have_the_toolkit_s_colours_as_word_and_pdf_have_them(name: str) -> None:
    css = (templates() / name).read_text("utf-8")
    asked = {"accent": "#1f3a5f", "shade": "#eef3f8", "line": "#9fb3c8", "soft": "#5a6470"}
    found = {word: re.findall(rf"--{word}: (#\w+)", css)[0] for word in asked}
    assert found == asked


def test_contrast_is_that_of_the_guidelines() -> None:
    assert round(contrast("000000", "FFFFFF"), 1) == 21.0
    assert round(contrast("777777", "FFFFFF"), 2) == 4.48  # the known case that just fails
