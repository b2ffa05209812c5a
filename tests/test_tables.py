"""Tables of every shape: no word over another one or beyond the margins, in PDF and in Word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Tiny
from documents import W, page, part, pdf_text, through_libreoffice
from libreoffice import needs_libreoffice
from pages import footnotes, misplaced, read_pages
from tables import tables

from shadowreport.pipeline import build as build_project

ROWS = "\n".join(f"| row {number} | text |" for number in range(90))


def build(tiny: Tiny, text: str, *formats: str) -> Path:
    """Builds a report of one section; its PDF's or Word file's place without the ending."""
    tiny.section("100-part", text)
    result = tiny.build(*formats)
    assert result.succeeded, result.diagnostics
    return tiny.project / "build" / "tiny"


def report(count: int) -> str:
    """A section of so many tables."""
    return "\n\n".join(f"Paragraph.\n\n{table}" for table in tables(count))


def test_no_word_of_a_table_in_lists_quotations_and_boxes_stands_over_another(tiny: Tiny) -> None:
    words = ["x" * 30, "Antidiskriminierungsgesetzgebung", "неприкосновенности", "law"]
    row = "| " + " | ".join(words) + " |"
    rows = [row, "|---|---|---|---|", row, row]
    parts = ["Text.\n\n- item\n\n  - inner\n\n" + "\n".join(f"    {line}" for line in rows)]
    parts.append("Text.\n\n> quotation\n>\n" + "\n".join(f"> {line}" for line in rows))
    box = "\n".join(rows)
    parts.append(f"Text.\n\n::: recommendations\nParliament should act.\n\n{box}\n:::")
    tiny.section("100-part", "\n\n".join(parts) + "\n")
    assert tiny.build("pdf").succeeded
    assert misplaced(read_pages(tiny.project / "build" / "tiny.pdf")) == []


def test_no_word_of_a_table_stands_over_another_in_the_pdf(tiny: Tiny) -> None:
    pdf = build(tiny, report(18), "pdf").with_suffix(".pdf")
    assert misplaced(read_pages(pdf)) == []


@needs_libreoffice
def test_no_word_of_a_table_stands_over_another_in_word(tiny: Tiny, tmp_path: Path) -> None:
    docx = build(tiny, report(18), "docx").with_suffix(".docx")
    pages = read_pages(through_libreoffice(docx, "pdf", tmp_path))
    assert misplaced(pages) == []
    assert sum(len(page.words) for page in pages) > 1000


def test_a_wide_table_has_a_page_across(tiny: Tiny) -> None:
    text = "One.\n\n| A | B |\n|---|---|\n| c | 1 |\n\n: A caption {.wide}\n\nTwo.\n"
    built = build(tiny, text, "pdf", "docx", "html")
    sizes = [
        (page.width > page.height, len(page.words)) for page in read_pages(Path(f"{built}.pdf"))
    ]
    assert [across for across, _ in sizes] == [False, False, False, True, False]
    sections = list(part(Path(f"{built}.docx"), "word/document.xml").iter(W + "sectPr"))
    across = [section.find(W + "pgSz").get(W + "orient") for section in sections]
    assert across == [None, "landscape", None]
    (table,) = page(Path(f"{built}.html")).iter("table")
    assert "min-width" in table.get("class")


def test_numbers_stand_to_the_right_unless_the_colons_say_otherwise(tiny: Tiny) -> None:
    text = "One.\n\n| A | B | C |\n|---|---|:--|\n| c | 1,5 | 2 |\n| d | – | 2 % |\n"
    built = build(tiny, text, "docx", "html")
    cells = [cell.get("class") for cell in page(Path(f"{built}.html")).iter("td")]
    assert cells == ["right", None, "right", None]
    paragraphs = part(Path(f"{built}.docx"), "word/document.xml").iterfind(f".//{W}tbl//{W}p")
    sides = [paragraph.find(f"{W}pPr/{W}jc") for paragraph in paragraphs]
    assert [side is not None and side.get(W + "val") == "right" for side in sides][3:6] == [
        False,
        True,
        False,
    ]


DECIMALS = """One.

| A | B | Share |
|---|---|---|
| c | 1.5 | 2 |
| d | – | 2.25 % |
| e | 1,234 | 17 % |
| f | 12.375 | 3.5 % |
"""


def test_decimal_marks_stand_below_one_another(tiny: Tiny) -> None:
    built = build(tiny, DECIMALS, "pdf", "docx", "html")
    tails = [cell.get("data-tail") for cell in page(Path(f"{built}.html")).iter("td")]
    wanted = ["75", ".375", ".375", None], [".25 %", None, ".25", "5"]
    assert tails == [tail for row in zip(*wanted, strict=True) for tail in row]
    marks = _marks(Path(f"{built}.pdf"))
    assert max(marks) - min(marks) < 0.3
    rows = part(Path(f"{built}.docx"), "word/document.xml").iterfind(f".//{W}tbl/{W}tr")
    indents = [[cell.find(f".//{W}ind") for cell in row.iter(W + "tc")] for row in rows]
    kept = [indent is not None for _, *row in indents[1:] for indent in row]
    assert kept == [tail is not None for tail in tails]


@needs_libreoffice
def test_decimal_marks_stand_below_one_another_in_word(tiny: Tiny, tmp_path: Path) -> None:
    marks = _marks(
        through_libreoffice(build(tiny, DECIMALS, "docx").with_suffix(".docx"), "pdf", tmp_path)
    )
    assert max(marks) - min(marks) < 1.5


def _marks(pdf: Path) -> list[float]:
    """Where the ones end of each number in the second column, from the right side of its words."""
    words = {word.text: word for sheet in read_pages(pdf) for word in sheet.words}
    digit = words["17"].right - words["17"].left
    digits = {"1.5": 1, "12.375": 3}
    mark = words["1.5"].right - words["1.5"].left - digit
    behind = {text: mark + count * digit / 2 for text, count in digits.items()}
    return [words[text].right - behind.get(text, 0.0) for text in ("1.5", "1,234", "12.375")]


@pytest.mark.parametrize(
    "head", ["Place[^a]", "Place [@icerd]", "[Place](https://example.org)", "Place @par-one"]
)
def test_a_link_in_a_head_that_goes_over_a_page_does_not_end_the_pdf(head: str, tiny: Tiny) -> None:
    tiny.write(
        "references/sources.yaml", "references:\n- {id: icerd, type: treaty, title: ICERD}\n"
    )
    text = f"{{#one}}\nOne.\n\n| {head} | B |\n|---|---|\n{ROWS}\n\n[^a]: The note.\n"
    if "[^a]" not in head:
        text = text.replace("\n[^a]: The note.\n", "")
    pdf = build(tiny, text, "pdf").with_suffix(".pdf")
    assert "row 89" in pdf_text(pdf)
    assert all(mark == note for mark, note in footnotes(pdf))


def test_a_table_of_many_cycles_at_the_end_of_a_page_can_be_tagged(tmp_path: Path) -> None:
    """typst tags some tables wrongly that a page's end tears, and refuses its own tags: such a one stays
    whole. That of seven cycles in nordania/ was one."""
    project = tmp_path / "nordania"
    shutil.copytree(ROOT / "tests" / "nordania", project)
    result = build_project(project, ("pdf",))
    assert result.succeeded, [str(item) for item in result.diagnostics if item.severity == "error"]


@pytest.mark.parametrize("caption", ["", "\n: Cases {#tbl-cases}\n"])
def test_a_cell_of_many_pages_with_notes_below_a_head_with_notes_can_be_tagged(
    caption: str, tiny: Tiny
) -> None:
    lines = [line for nth in range(60) for line in (f"-   case {nth}.^[Note {nth}.]", "")]
    cells = [f"| {line:<40} | {'' if nth else 'court':<8} |" for nth, line in enumerate(lines)]
    rule = f"+{'-' * 42}+{'-' * 10}+"
    head = [rule, f"| {'Cases^[Of the head.]':<40} | {'Court':<8} |", rule.replace("-", "=")]
    built = build(tiny, "\n".join(["Words.\n", *head, *cells, rule, caption]), "pdf")
    text = pdf_text(built.with_suffix(".pdf"))
    assert all(f"case {nth}." in text and f"Note {nth}." in text for nth in range(60))
    assert text.count("Of the head.") == 1
