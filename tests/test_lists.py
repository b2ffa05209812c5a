"""What is listed before the text: tables behind the contents, and the outline of the PDF."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from conftest import REPORT, Tiny
from documents import W, bookmarks, fields, page, part, pdf_text, words

BODY = """\
{#one}
See table @tbl-awards.

| Year | Cases |
|------|-------|
| 2019 | seven |

: Cases in which damages were awarded[^note] {#tbl-awards}

| Year | Cases |
|------|-------|
| 2019 | seven |

: A caption without a number

::: recommendations
Parliament should publish this table.

| Year | Cases |
|------|-------|
| 2020 | five  |

: Complaints {#tbl-complaints}
:::

[^note]: By courts of first instance.
"""
TITLES = [
    "A part",
    "Who wrote this",
    "How",
    "A section",
    "In it",
    (ANNEX := "Annex. Recommendations of this report"),
]
BOX = "\n::: recommendations\nParliament should act.\n:::\n"
LISTED = ["Table 1. Cases in which damages were awarded", "Table 2. Complaints"]


@pytest.fixture
def listed(tiny: Tiny) -> Tiny:
    """A report with a list of tables, built."""
    tiny.write("sections/report.yaml", f"{REPORT}lists: [tables]\n")
    tiny.section("100-general", BODY)
    tiny.section("200-last", "The last paragraph.\n", "title: The last section")
    assert tiny.build("docx", "pdf", "html").succeeded
    return tiny


def test_word_lists_the_tables_in_a_field_of_its_own(listed: Tiny) -> None:
    document = part(listed.project / "build/tiny.docx", "word/document.xml")
    assert [code for code, _ in fields(document) if code.startswith("TOC")] == [
        'TOC \\o "1-2" \\h \\z \\u',
        'TOC \\h \\z \\c "Table"',
    ]
    links = [
        (link.get(W + "anchor"), words("".join(link.itertext())))
        for link in document.iter(W + "hyperlink")
        if link.get(W + "anchor").startswith("tbl_")
    ]
    assert links == [("tbl_awards", LISTED[0]), ("tbl_complaints", LISTED[1])]
    assert {name for name, _ in links} <= set(bookmarks(document))


def test_the_page_lists_the_tables(listed: Tiny) -> None:
    tree = page(listed.project / "build/tiny.html")
    links = [item for item in tree.findall(".//nav//a") if item.get("href").startswith("#tbl-")]
    assert [words(item.text_content()) for item in links] == LISTED
    for item in links:
        assert tree.get_element_by_id(item.get("href")[1:]).tag == "table"


def test_the_pdf_lists_the_tables_with_their_pages(listed: Tiny) -> None:
    pages = pdf_text(listed.project / "build/tiny.pdf").split("\f")
    for caption in LISTED:
        listed_on, at = [n for n, text in enumerate(pages, 1) if caption[:12] in text]
        line = next(line for line in pages[listed_on - 1].splitlines() if caption[:12] in line)
        assert line.split()[-1] == str(at)


def test_the_outline_of_the_pdf_tells_the_paragraphs(listed: Tiny) -> None:
    with pikepdf.open(listed.project / "build/tiny.pdf") as pdf, pdf.open_outline() as outline:
        (first,) = outline.root
        assert first.title == "A section (1–2)"
        assert [item.title for item in first.children] == ["The last section (2)"]


def test_no_list_without_a_wish_or_without_tables(tiny: Tiny) -> None:
    tiny.section("100-general", BODY)
    assert tiny.build("docx").succeeded
    assert len(_lists(tiny.project)) == 1
    tiny.write("sections/report.yaml", f"{REPORT}lists: [tables]\n")
    tiny.section("100-general", "A paragraph.\n")
    assert tiny.build("docx").succeeded
    assert len(_lists(tiny.project)) == 1


def _lists(project: Path) -> list[str]:
    document = part(project / "build/tiny.docx", "word/document.xml")
    return [code for code, _ in fields(document) if code.startswith("TOC")]


DEEP = """\
The first paragraph.

## Who wrote *this*[^note]

The second paragraph.

### How

The third paragraph.

[^note]: A note.
"""


@pytest.mark.parametrize(
    ("depth", "listed"),
    [
        (1, ["A part", ANNEX]),
        (2, ["A part", "Who wrote this", "A section", ANNEX]),
        (3, ["A part", "Who wrote this", "How", "A section", "In it", ANNEX]),
    ],
)
def test_the_contents_go_as_deep_as_wanted(tiny: Tiny, depth: int, listed: list[str]) -> None:
    tiny.write(
        "sections/report.yaml",
        f"{REPORT}annexes: [recommendations]\ncontents_depth: {depth}\n",
    )
    tiny.section("100-general", DEEP, "title: A part\nlevel: 1")
    tiny.section("200-last", "One.\n\n## In it\n\nTwo.\n" + BOX, "title: A section\nlevel: 2")
    assert tiny.build("docx", "pdf", "html").succeeded
    tree = page(tiny.project / "build/tiny.html")
    links = tree.xpath("//nav//a[not(@href='#notes')]")
    assert [words(link.find("span").text_content()) for link in links] == listed
    assert all(tree.xpath(f"//*[@id='{link.get('href')[1:]}']") for link in links)
    document = part(tiny.project / "build/tiny.docx", "word/document.xml")
    assert f'TOC \\o "1-{depth}" \\h \\z \\u' in [code for code, _ in fields(document)]
    in_word = [
        link
        for entry in document.iter(W + "p")
        for link in entry.findall(W + "hyperlink")
        if (entry.find(f"{W}pPr/{W}pStyle").get(W + "val")).startswith("TOC")
    ]
    titles = [
        words("".join(run.itertext())) for link in in_word for run in link.findall(W + "r")[:1]
    ]
    assert titles == listed
    assert {link.get(W + "anchor") for link in in_word} <= set(bookmarks(document))
    pages = pdf_text(tiny.project / "build/tiny.pdf").split("\f")
    contents = next(words(text) for text in pages if "Contents" in text)
    assert [title for title in TITLES if f"{title} " in contents] == listed
