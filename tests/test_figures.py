"""Numbered figures: a picture with an id is counted, referred to and listed alike in every format."""

from __future__ import annotations

import json

import pytest
from conftest import REPORT, Tiny
from documents import bookmarks, fields, page, part, pdf_text, words
from pages import read_pages
from PIL import Image
from readings import READERS
from small_report import commit_all, run_git
from test_redline import shown
from wordedit import WordEdit

from shadowreport.redline.revisions import redline
from shadowreport.roundtrip.merge import merge
from shadowreport.roundtrip.send import send

_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
BODY = """\
{#one}
See figures @fig-map and @fig-second, and figure @fig-box here.

{#map}

![Map of the *districts*[^note]](map.png){width=40%}

A paragraph
![A picture without a blank line](map.png){#fig-second}

- An item

    ![In a list](map.png){#third}

![Without a number](map.png)

::: recommendations
Parliament should act.

{#fig-box}
![In a box](map.png)
:::

[^note]: Of 2019.
"""
FIGURES = [
    (1, "Mapofthedistrict"),
    (2, "Apicturewithouta"),
    (3, "Inalist"),
    (4, "Inabox"),
]


@pytest.fixture
def drawn(tiny: Tiny) -> Tiny:
    """A report with pictures."""
    Image.new("RGB", (60, 40), "navy").save(tiny.write("sections/map.png", ""))
    tiny.section("100-general", BODY)
    return tiny


def test_figures_are_counted_listed_and_referred_to_in_every_format(drawn: Tiny) -> None:
    drawn.write("sections/report.yaml", f"{REPORT}lists: [figures, tables]\n")
    result = drawn.build()
    assert result.succeeded, result.diagnostics
    for path in result.files:
        reading = READERS[path.suffix[1:]](path)
        assert [(n, text.removesuffix("s")) for n, text in reading.figures] == FIGURES, path
        assert "Seefigures1and2andfigure4here" in reading.text, path
    document = part(drawn.project / "build/tiny.docx", "word/document.xml")
    codes = [code for code, _ in fields(document)]
    assert 'TOC \\h \\z \\c "Figure"' in codes and "REF fig_map \\h" in codes
    assert codes.count("SEQ Figure \\* ARABIC") == 4 and "fig_third" in bookmarks(document)
    tree = page(drawn.project / "build/tiny.html")
    links = [item for item in tree.findall(".//nav//a") if item.get("href").startswith("#fig-")]
    assert words(links[0].text_content()) == "Figure 1. Map of the districts" and len(links) == 4
    assert {tree.get_element_by_id(item.get("href")[1:]).tag for item in links} == {"figure"}
    assert "Figures" in pdf_text(drawn.project / "build/tiny.pdf")


@pytest.mark.parametrize(
    ("language", "word"),
    [("fr", "Figure"), ("es", "Figura"), ("ru", "Рисунок"), ("ar", "الشكل"), ("zh", "图")],
)
def test_a_figure_is_called_by_the_word_of_the_language(
    drawn: Tiny, language: str, word: str
) -> None:
    drawn.write("sections/report.yaml", REPORT.replace("language: en", f"language: {language}"))
    assert drawn.build("json").succeeded
    items = json.loads(drawn.read("json"))["sections"][0]["items"]
    assert items[0]["figures"][0]["caption"].startswith(f"{word}\u00a01.")


def test_a_section_alone_keeps_the_numbers_of_its_figures(drawn: Tiny) -> None:
    drawn.section("200-more", "See @fig-last.\n\n![The last](map.png){#last}\n")
    assert drawn.build("docx", "md", sections=("more",)).succeeded
    for kind in ("docx", "md"):
        reading = READERS[kind](drawn.project / f"build/tiny-more.{kind}")
        assert reading.figures == [(5, "Thelast")], kind


def test_a_withheld_figure_keeps_its_number_to_itself(drawn: Tiny) -> None:
    body = "{#a}\nSee @fig-secret and @fig-last here.\n\n::: confidential\n![Hidden](map.png){#secret}\n:::\n\n![Shown](map.png){#last}\n"
    drawn.section("100-general", body)
    result = drawn.build("docx", "md")
    assert result.succeeded, result.diagnostics
    for kind in ("docx", "md"):
        reading = READERS[kind](drawn.project / f"build/tiny.{kind}")
        assert reading.figures == [(2, "Shown")] and "See1and2here" in reading.text, kind


def test_slips_around_figures(drawn: Tiny) -> None:
    cases = {
        "See @fig-mapp.\n\n![Map](map.png){#map}\n": "unknown-reference",
        "One.\n\n![Map](map.png){#map}\n\n![Map](map.png){#fig-map}\n": "duplicate-id",
        "One.\n\n![Map](map.png){#The_map}\n": "bad-id",
        "One.\n\n+------------------------+\n| ![Map](map.png){#map}  |\n+------------------------+\n": "not-allowed",
    }
    for body, code in cases.items():
        drawn.section("100-general", body)
        assert code in drawn.codes(), body


def test_a_changed_caption_is_tracked_and_a_figure_that_went_is_marked(drawn: Tiny) -> None:
    run_git(drawn.project, "init", "-q")
    commit_all(drawn.project, "First")
    changed = BODY.replace("Map of the", "A map of the").replace(
        "![In a list](map.png){#third}", "![In a row](map.png){#third}"
    )
    drawn.section("100-general", changed.replace("{#fig-box}\n![In a box](map.png)\n", ""))
    commit_all(drawn.project, "Second")
    result = redline(drawn.project, "HEAD~1", "HEAD")
    assert result.succeeded, result.diagnostics
    data = next(file for file in result.files if file.suffix == ".docx").read_bytes()
    for way, state in (("accept", "HEAD"), ("reject", "HEAD~1")):
        texts = [text for _, text in shown(data, way)]
        wanted = "A map of" if way == "accept" else "Map of"
        assert any(text.startswith(f"Figure 1. {wanted}") for text in texts), (state, texts)
        assert any(text.endswith("In a row" if way == "accept" else "In a list") for text in texts)
        assert any("In a box" in text for text in texts) == (way == "reject")


def test_a_figure_goes_to_word_and_back(drawn: Tiny) -> None:
    run_git(drawn.project, "init", "-q")
    commit_all(drawn.project, "First")
    sent = send(drawn.project, (), "")
    assert sent.succeeded, sent.diagnostics
    merged = merge(drawn.project, sent.files[0])
    assert merged.succeeded and not merged.changes and not merged.diagnostics
    changed = WordEdit(sent.files[0])
    changed.replace(changed.holding("A paragraph"), "A paragraph", "A sentence", "Aliya")
    merged = merge(drawn.project, changed.save(drawn.project / "returned" / sent.files[0].name))
    assert merged.succeeded, merged.diagnostics
    text = (drawn.project / "sections/100-general.md").read_text("utf-8")
    assert text.endswith(BODY.replace("A paragraph", "A sentence"))


@pytest.mark.parametrize("size", [(900, 1600), (300, 4000), (40, 41)])
def test_no_picture_is_higher_than_a_page_with_its_caption(
    tiny: Tiny, size: tuple[int, int]
) -> None:
    Image.new("RGB", size, "navy").save(tiny.write("sections/high.png", ""))
    tiny.section("100-general", "Here.\n\n{#high}\n\n![A high one](high.png){width=100%}\n")
    result = tiny.build("docx", "pdf")
    assert result.succeeded and "off-page" not in {item.code for item in result.diagnostics}
    (extent,) = part(tiny.project / "build/tiny.docx", "word/document.xml").iter(_EXTENT)
    wide, high = int(extent.get("cx")), int(extent.get("cy"))
    assert high / wide == pytest.approx(size[1] / size[0], rel=0.01)
    assert high / 36_000 < 220  # millimetres
    pages = [page for page in read_pages(tiny.project / "build/tiny.pdf") if page.words]
    (captioned,) = (item for item in pages for word in item.words if word.text == "Figure")
    assert max(word.bottom for word in captioned.words) < captioned.height - 20


@pytest.mark.parametrize(
    ("size", "typed", "millimetres"),
    [
        ((600, 900), "", 99),
        ((1200, 3000), "", 99),
        ((600, 900), "{width=50%}", 120),
        ((60, 90), "", 31.75),
    ],
)
def test_a_high_picture_leaves_most_of_the_page_to_the_text_unless_its_author_gave_it_a_size(
    tiny: Tiny, size: tuple[int, int], typed: str, millimetres: float
) -> None:
    Image.new("RGB", size, "navy").save(tiny.write("sections/high.png", ""))
    tiny.section("100-general", f"Here.\n\n![A high one](high.png){typed}\n")
    assert tiny.build("docx", "html").succeeded
    (extent,) = part(tiny.project / "build/tiny.docx", "word/document.xml").iter(_EXTENT)
    wide, high = int(extent.get("cx")), int(extent.get("cy"))
    assert high / 36_000 == pytest.approx(millimetres, rel=0.03)
    assert high / wide == pytest.approx(size[1] / size[0], rel=0.02)
    assert ("width-" in tiny.read("html").decode()) == (millimetres != 31.75)
