"""The HTML page, from a small report that has one of everything."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import Tiny
from lxml import html
from PIL import Image

from shadowreport.core.problems import has_errors
from shadowreport.load import load
from shadowreport.render.html import render
from shadowreport.resolve import resolve

AXE = Path(__file__).parent / "node"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""

FILES = {
    "sections/report.yaml": """
name: small
title: Report on <Freedonia> & its neighbours
subtitle: A small report
short_title: Freedonia & CERD
state: {name: Freedonia}
committee: CERD
date: 2022-03-01
language: en
cycles: [cerd-2004, cerd-2010]
organisations:
- {id: forum, name: Forum <b>, url: "https://forum.example.org"}
contacts:
- {name: Secretariat, email: office@forum.example.org}
abbreviations: {CERD: Committee on the Elimination of Racial Discrimination}
annexes: [recommendations, abbreviations]
contents_depth: 3
""",
    "references/cerd-2004.yaml": """
committee: CERD
symbol: CERD/C/65/CO/3
cycle: "2004"
heading: {en: Recommendations of 2004}
recommendations:
  "8": {text: Enact a law.}
""",
    "references/cerd-2010.yaml": """
committee: CERD
symbol: CERD/C/KAZ/CO/4-5
cycle: "2010"
heading: {en: Recommendations of 2010}
recommendations:
  "10": {text: Define discrimination.}
""",
    "sections/100-general.md": """---
title: General information
level: 1
---

{#first}
The first paragraph.[^a] See paragraphs @sec-law and @par-law and the page
<https://www.example.org/a/very/long/address/that/would/never/fit/a/narrow/screen/at-all/index.html>.

[^a]: The first note, with *emphasis*.
""",
    "sections/200-law.md": """---
title: Law
level: 3
recommendations:
  - [cerd-2004/8]
  - [cerd-2010/10]
---

{#law}
The second paragraph, "quoted" & \\<plain>.

::: recommendations
{#alone}
Adopt one law.
:::

## Figures

{#figures}
As table @tbl-share shows, a share fell.[^b]

{#share}

|      | 2009 | 2014 |
|:-----|-----:|:----:|
| Here |  1.5 |  2.5 |

: Shares, per cent

{.continued}
![A grey square](square.png){width=50%}

[^b]: The second note.

::: recommendations
{#one}
Publish data.[^c]

{#two}
Train officials.
:::

[^c]: The third note.
""",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    square = io.BytesIO()
    Image.new("RGB", (40, 30), "grey").save(square, "PNG")
    (folder / "sections/square.png").write_bytes(square.getvalue())
    return folder


def build(project: Path, *only: str) -> str:
    report, diagnostics = load(project)
    assert report and not has_errors(diagnostics), [str(item) for item in diagnostics]
    output = render(resolve(report, project, only), project)
    assert not output.diagnostics
    return output.data.decode()


@pytest.fixture(scope="module")
def page(project: Path) -> str:
    return build(project)


@pytest.fixture(scope="module")
def tree(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)


def test_the_policy_names_the_only_style_and_script_by_their_hashes(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy and policy[1].startswith("default-src 'none'") and "unsafe" not in policy[1]
    for tag, source in (("style", "style-src"), ("script", "script-src")):
        codes = re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", page, re.DOTALL)
        assert len(codes) == 1
        digest = base64.b64encode(hashlib.sha256(codes[0].encode()).digest()).decode()
        assert f"{source} 'sha256-{digest}'" in policy[1]


def test_nothing_is_loaded_from_elsewhere_and_no_attribute_carries_style(
    tree: html.HtmlElement,
) -> None:
    assert not tree.xpath("//*[@style] | //link | //iframe | //*[@onclick]")
    assert all(value.startswith("data:") for value in tree.xpath("//@src"))


def test_the_same_report_gives_the_same_bytes(project: Path, page: str) -> None:
    assert build(project) == page


def test_texts_of_the_settings_are_escaped(tree: html.HtmlElement) -> None:
    assert tree.findtext(".//title") == "Freedonia & CERD"
    heading = tree.xpath("string(//h1)")
    assert heading == "Report on <Freedonia> & its neighbours"
    assert "Forum <b>" in tree.text_content()


def test_numbers_are_links_to_themselves(tree: html.HtmlElement) -> None:
    numbers = [
        (link.get("href"), link.text, link.get("aria-label"))
        for link in tree.xpath("//a[@class='num']")
    ]
    assert numbers == [
        ("#par-first", "1.", "Paragraph 1"),
        ("#par-law", "2.", "Paragraph 2"),
        ("#par-figures", "3.", "Paragraph 3"),
        ("#rec-one", "1.", "Recommendation 3.1"),
        ("#rec-two", "2.", "Recommendation 3.2"),
    ]


def test_every_link_inside_the_page_has_a_target_and_every_id_is_there_once(
    tree: html.HtmlElement,
) -> None:
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {"par-first", "rec-alone", "sec-law", "tbl-share"} <= set(ids)
    assert {link[1:] for link in tree.xpath("//a/@href[starts-with(., '#')]")} <= set(ids)


def test_references_print_the_numbers_of_what_they_lead_to(tree: html.HtmlElement) -> None:
    found = [(link.text, link.get("href")) for link in tree.xpath("//a[@class='ref']")]
    assert found == [("2–3", "#sec-law"), ("2", "#par-law"), ("1", "#tbl-share")]


def test_footnotes_are_end_notes_with_a_way_back(tree: html.HtmlElement) -> None:
    marks = tree.xpath("//main//sup/a[@role='doc-noteref']")
    assert [(mark.text, mark.get("aria-label")) for mark in marks] == [
        ("1", "Footnote 1"),
        ("2", "Footnote 2"),
        ("3", "Footnote 3"),
    ]
    for mark in marks:
        note = tree.get_element_by_id(mark.get("href")[1:])
        back = note.xpath(".//a[@role='doc-backlink']")[0]
        assert back.get("href") == f"#{mark.get('id')}"
        assert back.get("aria-label") == f"Back to the text ({mark.get('aria-label')})"
    assert tree.xpath("string(//li[@id='fn-1']//em)") == "emphasis"


def test_headings_never_skip_a_level(tree: html.HtmlElement) -> None:
    levels = [int(item.tag[1]) for item in tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert tree.xpath("string(//section[@id='sec-law']/h3)") == "Law"


def test_boxes_are_groups_named_by_their_headings(tree: html.HtmlElement) -> None:
    boxes = tree.xpath("//div[@class='box']")
    names = [tree.get_element_by_id(box.get("aria-labelledby")).text_content() for box in boxes]
    assert [name.strip() for name in names] == ["RECOMMENDATION", "RECOMMENDATIONS"]
    assert {box.get("role") for box in boxes} == {"group"}


def test_tables_have_captions_scopes_and_regions_of_different_names(
    tree: html.HtmlElement,
) -> None:
    regions = tree.xpath("//div[@role='region']")
    names = [region.get("aria-label") for region in regions]
    assert len(names) == len(set(names)) == 4
    assert names[:2] == ["Earlier recommendations: Law", "Table\xa01. Shares, per cent"]
    assert all(region.get("tabindex") == "0" for region in regions)
    earlier = regions[0]
    assert earlier.xpath("string(.//caption)") == "Earlier recommendations: Law"
    assert earlier.xpath(".//thead//th/@scope") == ["col"] * 3
    assert earlier.xpath(".//tbody//th/@scope") == ["row"] * 2
    assert not tree.xpath("//th[not(@scope)] | //th[not(normalize-space())]")


def test_alignments_and_widths_become_classes_with_rules(page: str, tree: html.HtmlElement) -> None:
    table = tree.get_element_by_id("tbl-share")
    assert table.xpath(".//tbody//td/@class") == ["right", "center"]
    assert ".width-50pc { width: 50%; }" in page
    picture = tree.xpath("//img")[0]
    assert picture.get("class") == "width-50pc" and picture.get("alt") == "A grey square"
    data = base64.b64decode(picture.get("src").removeprefix("data:image/png;base64,"))
    assert Image.open(io.BytesIO(data)).size == (40, 30)


def test_contents_name_every_section_with_its_paragraphs(tree: html.HtmlElement) -> None:
    links = tree.xpath("//nav//li/a")
    assert [link.get("href") for link in links] == [
        "#sec-general",
        "#sec-law",
        "#sec-annex-recommendations",
        "#sec-annex-abbreviations",
        "#notes",
    ]
    assert [" ".join(link.text_content().split()) for link in links[:2]] == [
        "General information Paragraphs 1–3",
        "Law Paragraphs 2–3",
    ]


def test_contents_say_paragraph_of_one_alone(tiny: Tiny) -> None:
    tiny.section("100-one", "A paragraph.\n")
    tiny.section("200-two", "One.\n\nTwo.\n")
    assert tiny.build("html").succeeded
    links = html.document_fromstring(tiny.read("html")).xpath("//nav//li/a")
    assert [" ".join(link.text_content().split()) for link in links[:2]] == [
        "A section Paragraph 1",
        "A section Paragraphs 2–3",
    ]


def test_a_section_alone_keeps_its_numbers_and_names_the_report(project: Path) -> None:
    alone = html.document_fromstring(build(project, "law"))
    assert not alone.xpath("//nav | //header[@class='masthead']")
    assert alone.xpath("string(//h1)") == "Extract from: Report on <Freedonia> & its neighbours"
    assert alone.xpath("//a[@class='num']/text()")[:2] == ["2.", "3."]
    assert alone.xpath("//section[@id='notes']/ol/@start") == ["2"]
    assert alone.xpath("//a[@role='doc-noteref']/text()") == ["2", "3"]
    assert [item.tag for item in alone.xpath("//h2 | //h3")] == ["h2", "h3", "h2"]


def test_the_page_speaks_the_language_of_the_report(project: Path, tmp_path: Path) -> None:
    shutil.copytree(project, tmp_path / "russian")
    settings = tmp_path / "russian/sections/report.yaml"
    content = settings.read_text(encoding="utf-8").replace("language: en", "language: ru")
    settings.write_text(content, encoding="utf-8")
    russian = html.document_fromstring(build(tmp_path / "russian"))
    assert russian.get("lang") == "ru"
    assert russian.xpath("//a[@class='num']/@aria-label")[0] == "Пункт 1"
    english = ("Contents", "Notes", "Skip", "Earlier", "Footnote", "Paragraph")
    shown = " ".join([*russian.xpath("//@aria-label"), russian.body.text_content()])
    assert [word for word in english if word in shown] == []


@pytest.mark.skipif(
    not (AXE / "node_modules").is_dir(), reason="npm install was not run in tests/node"
)
@pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium")
@pytest.mark.skipif(not shutil.which("node"), reason="there is no Node.js")
def test_a_browser_finds_nothing_wrong(project: Path, page: str, tmp_path: Path) -> None:
    files = {"whole": page, "alone": build(project, "law")}
    for name, content in files.items():
        (tmp_path / f"{name}.html").write_text(content, encoding="utf-8")
    done = subprocess.run(
        ["node", "check.mjs", *(str(tmp_path / f"{name}.html") for name in files)],
        cwd=AXE,
        env={**os.environ, "CHROMIUM": CHROMIUM},
        capture_output=True,
        timeout=240,
        check=True,
    )
    for settings in json.loads(done.stdout).values():
        assert set(settings) == {"desktop", "dark", "phone"}
        for name, found in settings.items():
            assert found["violations"] == [], name
            assert found["requests"] == [] and found["messages"] == [], name
            assert found["overflow"] <= 0, name
            assert "note" in found["preview"]["text"] and found["preview"]["closed"], name
