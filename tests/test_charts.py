"""Charts from files of numbers: the same picture and the same numbers in every format."""

from __future__ import annotations

import base64
import html
import io
import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import REPORT, Tiny
from documents import page, pdf_text, words
from pages import read_pages
from PIL import Image
from small_report import commit_all, run_git

from shadowreport.core.charts import Chart, Series, shown
from shadowreport.core.style import COLOURS
from shadowreport.load import load
from shadowreport.machine.drawing import Look, draw
from shadowreport.pipeline import build
from shadowreport.publishing import publish_copy
from shadowreport.redline.diff import diff

NUMBERS = "Year;Applications;Recognized\n2019;1540;2\n2020;;5\n2021;2300,5;3\n"
CHART = """\
Figure @fig-asylum shows it.

{#asylum}

![Applications for asylum[^n]](data/asylum.csv){.line columns="Year, Applications: Asked" source="Ministry of Justice" alt="They rise to 2,300"}

[^n]: Of adults.
"""
LOOK = Look(COLOURS, ("Libertinus Serif",), False, lambda value, _: str(value))


@pytest.fixture
def charted(tiny: Tiny) -> Tiny:
    """A report with a chart."""
    tiny.write("sections/data/asylum.csv", NUMBERS)
    tiny.section("100-general", CHART)
    return tiny


def test_every_format_shows_the_picture_its_source_and_its_numbers(charted: Tiny) -> None:
    result = charted.build()
    assert result.succeeded, result.diagnostics
    tree = page(charted.project / "build/tiny.html")
    (image,) = tree.findall(".//figure/img")
    shown = base64.b64decode(image.get("src").removeprefix("data:image/png;base64,"))
    assert image.get("alt") == "They rise to 2,300"
    # as dots: a browser would set the words of an SVG in whatever fonts the reader has
    with Image.open(io.BytesIO(shown)) as dots:
        assert dots.format == "PNG" and dots.width > 1500
    (folded,) = tree.findall(".//details")
    cells = [words(cell.text_content()) for cell in folded.iter("th", "td")]
    assert cells == ["Year", "2019", "2020", "2021", "Asked", "1,540.0", "–", "2,300.5"]
    told = {
        "html": words(tree.text_content()),
        "pdf": words(pdf_text(charted.project / "build/tiny.pdf")),
        "md": words(charted.read("md").decode()),
    }
    for kind, text in told.items():
        assert "1,540.0" in text and "Data: Applications for asylum" in text, kind
        assert "Source: Ministry of Justice" in text or kind == "md"
    assert re.search(r"\b1,[0-9]00 ", told["pdf"]), "the words of the axis are no words"
    with zipfile.ZipFile(io.BytesIO(charted.read("docx"))) as archive:
        (name,) = [name for name in archive.namelist() if name.startswith("word/media/")]
        document = archive.read("word/document.xml").decode()
        assert Image.open(io.BytesIO(archive.read(name))).width > 1500
    assert document.count('descr="They rise to 2,300"') == 2 and "2,300.5" in document
    (item,) = json.loads(charted.read("json"))["sections"][0]["items"]
    assert item["figures"][0]["caption"].startswith("Figure\u00a01. Applications for asylum")


def test_the_source_of_a_chart_is_small_and_stands_where_tables_begin(tiny: Tiny) -> None:
    tiny.write("sections/data/asylum.csv", NUMBERS)
    table = "Here.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n: Tabled so\n\n"
    tiny.section("100-general", table + CHART)
    assert tiny.build("pdf").succeeded
    found = [word for read in read_pages(tiny.project / "build/tiny.pdf") for word in read.words]
    first = {word.text: word for word in reversed(found)}
    ink = {name: first[name].bottom - first[name].top for name in ("Source:", "Here.")}
    assert ink["Source:"] < ink["Here."]
    starts = {round(first[name].left) for name in ("Source:", "Tabled", "Data:")}
    assert len(starts) == 1 and first["Here."].left > first["Tabled"].left


@pytest.mark.parametrize(
    ("paper", "sides", "wide"), [("letter", 15, 215.9 - 30), ("A4", 40, 210 - 80)]
)
def test_a_chart_is_as_wide_as_the_text_on_pages_of_another_look(
    charted: Tiny, paper: str, sides: int, wide: float
) -> None:
    margins = f"{{top: 20, bottom: 20, left: {sides}, right: {sides}}}"
    charted.write("templates/style.yaml", f"paper: {paper}\nmargins: {margins}\n")
    assert charted.build("docx").succeeded
    with zipfile.ZipFile(io.BytesIO(charted.read("docx"))) as archive:
        document = archive.read("word/document.xml").decode()
    (size,) = re.findall(r'wp:extent cx="(\d+)"', document)
    assert int(size) / 36_000 == pytest.approx(wide, abs=0.5)  # a millimetre in Word's units


def test_a_changed_number_changes_every_file_and_the_same_ones_give_the_same_bytes(
    charted: Tiny,
) -> None:
    kinds = ("docx", "pdf", "html", "md")
    assert charted.build(*kinds).succeeded
    before = {kind: charted.read(kind) for kind in kinds}
    assert build(charted.project, kinds, cached=False).succeeded
    assert {kind: charted.read(kind) for kind in kinds} == before
    charted.write("sections/data/asylum.csv", NUMBERS.replace("1540", "1541"))
    assert charted.build(*kinds).succeeded
    assert not any(charted.read(kind) == data for kind, data in before.items())


@pytest.mark.parametrize(
    ("language", "number"), [("fr", "1\u202f540,0"), ("es", "1.540,0"), ("ru", "1\u00a0540,0")]
)
def test_numbers_are_those_of_the_language(charted: Tiny, language: str, number: str) -> None:
    charted.write("sections/report.yaml", REPORT.replace("language: en", f"language: {language}"))
    assert charted.build("md").succeeded
    assert number in charted.read("md").decode()


def test_of_a_confidential_chart_the_public_edition_knows_nothing(charted: Tiny) -> None:
    chart = CHART.partition("\n\n")[2].partition("\n\n[^n]")[0].replace("[^n]", "")
    charted.section("100-general", f"It is known.\n\n::: confidential\n{chart}\n:::\n")
    result = charted.build("html", "md")
    assert result.succeeded, result.diagnostics
    for kind in ("html", "md"):
        assert not re.search(r"540|Asked|data:image|Justice|rise", charted.read(kind).decode()), (
            kind
        )
        assert b"540" in (charted.project / f"build/tiny-confidential.{kind}").read_bytes()


def _chart(kind: str, series: int, labels: int = 3) -> Chart:
    values = tuple(Decimal(value * value) for value in range(labels))
    names = tuple(f"{nth}00" for nth in range(labels))
    return Chart(kind, "Year", names, tuple(Series(f"S{n}", values) for n in range(series)))


@pytest.mark.parametrize("kind", ["bar", "line"])
def test_six_series_can_be_told_apart_in_black_and_white(kind: str) -> None:
    svg, png = draw(_chart(kind, 6), LOOK, [Path()])
    keys = re.findall(rb'<g id="legend_1">.*', svg, re.DOTALL)[0]
    assert re.findall(rb">(S\d)</text>", keys) == [b"S%d" % n for n in range(6)]
    image = Image.open(io.BytesIO(png)).convert("L")
    grey = image.histogram()
    assert sum(grey[:80]) and grey[255]
    drawn = set(re.findall(rb'style="(fill: [^"]*|fill: none; stroke[^"]*)"', keys))
    assert len(drawn) >= 6


def test_a_table_of_many_labels_goes_down_and_of_few_across() -> None:
    rows = shown(_chart("bar", 1), lambda value, _: str(value))
    assert rows == [["Year", "000", "100", "200"], ["S0", "0", "1", "4"]]
    assert len(shown(_chart("bar", 1, 20), lambda value, _: str(value))) == 21


@pytest.mark.parametrize(
    "typed", ["sep=;\nYear;A\n2019;1\n2020;2\n", "Year;A;;\n2019;1;;\n;;;\n2020;2;;\n;;;\n"]
)
def test_what_spreadsheets_leave_around_the_numbers_is_no_column(tiny: Tiny, typed: str) -> None:
    tiny.write("sections/data/asylum.csv", typed)
    tiny.section("100-general", "Here.\n\n![Asked](data/asylum.csv)\n")
    result = tiny.build("json")
    assert result.succeeded, result.diagnostics
    told = json.loads(tiny.read("json"))
    assert "2019" in str(told) and "2020" in str(told)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", "Año,A\n2019,1\n".encode("cp1252"), "save the file as UTF-8 (Excel: CSV UTF-8)"),
        ("a.xlsx", b"PK", "for a chart save its sheet as CSV UTF-8"),
        ("a.csv", b"Year,A\n2019,n/a\n", "write the number alone, nothing where nobody knows it"),
    ],
)
def test_a_spreadsheet_is_told_how_it_is_saved(
    tiny: Tiny, name: str, data: bytes, said: str
) -> None:
    tiny.write(f"sections/data/{name}", "").write_bytes(data)
    tiny.section("100-general", f"Here.\n\n![Asked](data/{name})\n")
    assert any(said in item.hint for item in tiny.build("json").diagnostics)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ("Year,A\n2019,0." + "1" * 200, "2:1: '0.1111111111111111111111111111...' has 202 char"),
        ("Year,A\n" + "w" * 70 + ",1", "2:1: 'wwwwwwwwwwwwwwwwwwwwwwwwwwwwww...' has 70 char"),
        ("Year,A,A\n2019,1,2", "1:1: two columns are called 'A'"),
        ("Year,,B\n2019,1,2", "1:1: a column has no heading"),
        ('Year,A\n"2019,1', "1:1: this file cannot be read as a table"),
        ("Year,A\n" + "".join(f"{n},1\n" for n in range(41)), "1:1: 41 rows are too many"),
        ("Year,日,B\n2019,1,2\n", "no font has the sign '日' of this chart"),
    ],
)
def test_what_no_chart_can_show_is_told(tiny: Tiny, numbers: str, said: str) -> None:
    tiny.write("sections/a.csv", numbers)
    tiny.section("100-general", "Text.\n\n![C](a.csv)\n")
    (problem, *_) = [item for item in load(tiny.project)[1] if item.severity == "error"]
    place = f"{problem.place.line}:{problem.place.column}: "
    assert problem.code == "bad-chart" and said in place + problem.message


@pytest.mark.parametrize("cell", ["::: confidential 2021", "confidential: 2021", "#confidental"])
def test_a_row_of_numbers_is_not_kept_back_by_a_mark(tiny: Tiny, cell: str) -> None:
    tiny.write("sections/a.csv", f"Year,A\n2019,1\n{cell},2\n")
    tiny.section("100-general", "Text.\n\n![C](a.csv)\n")
    (problem, *_) = [item for item in load(tiny.project)[1] if item.severity == "error"]
    assert (problem.code, problem.place.line) == ("bad-confidential", 3)
    assert "2021" not in problem.message


def test_a_chart_waits_for_settings_that_can_be_read(charted: Tiny) -> None:
    charted.write("sections/report.yaml", f"{REPORT}colour: blue\n")
    report, found = load(charted.project)
    assert report is None and [item.code for item in found] == ["unknown-key"]


@pytest.mark.parametrize("kind", ["bar", "line"])
def test_odd_words_and_numbers_are_drawn_as_they_are(tiny: Tiny, kind: str) -> None:
    tiny.write("sections/a.csv", "Year,$x^2$ <b>&amp;,_b\n$\\frac{1}$,,-1\n_c,,3\n")
    tiny.section("100-general", f"Text.\n\n![C](a.csv){{.{kind}}}\n")
    report, found = load(tiny.project)
    assert report and not found
    svg = next(iter(report.images.values())).data.decode()
    shown = [html.unescape(text).strip() for text in re.findall(r"<text[^>]*>([^<]*)<", svg)]
    assert {"$x^2$ <b>&amp;", "_b", "$\\frac{1}$", "_c"} <= set(shown)


def test_a_comparison_tells_the_number_that_changed(charted: Tiny) -> None:
    run_git(charted.project, "init", "-q")
    commit_all(charted.project, "First")
    charted.write("sections/data/asylum.csv", NUMBERS.replace("1540", "1541"))
    said = diff(charted.project, "HEAD", "", "text")
    assert "changed chart (data/asylum.csv)" in said and "[-540-]{+541+}" in said


def test_a_copy_for_publication_has_the_columns_that_are_drawn(
    charted: Tiny, tmp_path_factory: pytest.TempPathFactory
) -> None:
    into = tmp_path_factory.mktemp("copies") / "copy"
    assert not publish_copy(charted.project, into).diagnostics
    kept = (into / "sections/data/asylum.csv").read_text("utf-8")
    assert kept == "Year,Applications\n2019,1540\n2020,\n2021,2300.5\n"
    for project in (charted.project, into):
        assert build(project, ("html",)).succeeded
    assert (into / "build/tiny.html").read_bytes() == charted.read("html")
