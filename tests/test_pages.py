"""Where things stand on the pages of the PDF: each footnote begins on the page of its mark."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from conftest import Sample, Tiny
from documents import paragraphs, pdf_text, style, text, through_libreoffice
from libreoffice import edit, needs_libreoffice
from pages import alone, footnotes, half_empty, read_pages, titles

WORDS = re.findall(
    r"\w+", "the law of every State gives no remedy to persons refused work for their origin"
)


def test_each_footnote_of_the_sample_stands_on_the_page_of_its_mark(sample: Sample) -> None:
    pages = footnotes(sample.files["pdf"])
    assert len(pages) == 169
    assert [pair for pair in pages if pair[0] != pair[1]] == []


def test_footnotes_of_every_length_stand_on_the_page_of_their_mark_wherever_it_is(
    tiny: Tiny,
) -> None:
    text = Notes(seed=12)
    for number in range(1, 11):
        front = f"title: Part {number}\nlevel: 1"
        tiny.section(f"{number:02}0-part-{number}", text.section(100), front)
    result = tiny.build("pdf")
    assert result.succeeded, result.diagnostics
    pages = footnotes(tiny.project / "build" / "tiny.pdf")
    assert len(pages) == 1000
    assert [(note, *pair) for note, pair in enumerate(pages, 1) if pair[0] != pair[1]] == []


def test_a_footnote_of_a_heading_leaves_no_mark_in_contents_and_bookmarks(tiny: Tiny) -> None:
    body = "One.\n\n## Inner *heading*[^a]\n\nTwo.\n\n[^a]: The note.\n"
    tiny.section("100-part", body, "title: A part\nlevel: 1")
    assert tiny.build("pdf").succeeded
    pdf = tiny.project / "build" / "tiny.pdf"
    contents, page = pdf_text(pdf).split("\f")[1:3]
    assert "Inner heading ." in contents
    assert "The note" not in contents
    assert "1 The note." in page
    with pikepdf.open(pdf) as document, document.open_outline() as outline:
        assert outline.root[0].children[0].title == "Inner heading"


def test_bookmarks_and_the_contents_of_word_tell_paragraphs_and_headings_are_titles_alone(
    sample: Sample,
) -> None:
    sections = json.loads(sample.files["json"].read_text("utf-8"))["sections"]
    told = [(item["title"], item["paragraphs"]) for item in sections if item["paragraphs"]]
    assert len(told) > 20
    assert {f"{title} ({numbers})" for title, numbers in told} <= set(
        titles(sample.files["pdf"], 4)
    )
    lines = [(style(item), text(item)) for item in paragraphs(sample.files["docx"])]
    contents = {line for name, line in lines if name.startswith("TOC")}
    assert {title + numbers for title, numbers in told} <= contents  # a tab stands between
    headings = {line for name, line in lines if name.startswith("Heading")}
    assert {title for title, _ in told} <= headings


BOX = "RECOMMENDATION"


def test_no_page_of_the_sample_is_half_empty_but_before_a_part(sample: Sample) -> None:
    pdf = sample.files["pdf"]
    assert half_empty(read_pages(pdf)[1:], titles(pdf, 1)) == []


def test_no_heading_of_the_sample_stands_alone_at_the_end_of_a_page(sample: Sample) -> None:
    pdf = sample.files["pdf"]
    headings = [*titles(pdf, 4), BOX, BOX + "S"]
    assert len(headings) > 60
    assert alone(read_pages(pdf), headings, 10.5) == []


@needs_libreoffice
def test_the_pages_of_the_word_file_are_as_full(sample: Sample, tmp_path: Path) -> None:
    pages = read_pages(through_libreoffice(sample.files["docx"], "pdf", tmp_path))
    assert half_empty(pages[1:], titles(sample.files["pdf"], 1)) == []
    assert alone(pages[3:], titles(sample.files["pdf"], 4), 11) == []


@needs_libreoffice
def test_contents_that_libreoffice_makes_anew_keep_their_page_and_tell_the_pages(
    tiny: Tiny, tmp_path: Path
) -> None:
    text = Notes(seed=5)
    for number in range(1, 4):
        front = f"title: Part {number}\nlevel: 1"
        tiny.section(f"{number}00-part-{number}", text.section(25), front)
    assert tiny.build("docx").succeeded
    made = tiny.project / "build" / "tiny.docx"
    updated = edit(made, tmp_path / "new" / "tiny.docx", [["update"]], tmp_path)
    pages = pdf_text(through_libreoffice(updated, "pdf", tmp_path)).split("\f")
    (contents,) = (page for page in pages if re.search(r"Part 3\b.*\d$", page, re.MULTILINE))
    assert "Contents" in contents and pages.index(contents) == 1
    for title, told in re.findall(r"(Part \d)\W+(\d+)", contents):
        assert re.search(rf"^\W*{title}$", pages[int(told) - 1], re.MULTILINE), (title, told)


def headings_without_text(tiny: Tiny, kind: str, folder: Path, *, table: bool = True) -> list[int]:
    """Headings, mostly with a low table, whose text begins on the next page; a line more in each part
    brings them to every place at the end of a page."""
    for nth in range(9):
        tiny.section(f"{nth + 10}0-s{nth}", "Line.\\\n" * (34 + 5 * (not table) + nth) + "Last.\n")
        front = f"title: HEADING{nth}\nlevel: 2"
        front += "\nrecommendations:\n- [cerd-2014/6]" if table else ""
        tiny.section(f"{nth + 10}1-t{nth}", f"TEXT{nth} begins.[^a]\n\n[^a]: Note.\n", front)
    assert tiny.build(kind).succeeded
    made = tiny.project / "build" / f"tiny.{kind}"
    pdf = made if kind == "pdf" else through_libreoffice(made, "pdf", folder)
    pages = pdf_text(pdf).split("\f")[2:]  # behind the contents
    words = [(f"HEADING{nth}", f"TEXT{nth}") for nth in range(9)]
    places = [[[word in page for page in pages].index(True) for word in pair] for pair in words]
    return [nth for nth, (heading, text) in enumerate(places) if heading != text]


def test_a_heading_and_its_low_table_stand_with_the_text_that_follows(
    tiny: Tiny, tmp_path: Path
) -> None:
    assert headings_without_text(tiny, "pdf", tmp_path) == []


def test_a_heading_stands_with_a_line_whose_footnote_has_no_room(
    tiny: Tiny, tmp_path: Path
) -> None:
    assert headings_without_text(tiny, "pdf", tmp_path, table=False) == []


@needs_libreoffice
def test_so_they_do_in_the_word_file(tiny: Tiny, tmp_path: Path) -> None:
    assert headings_without_text(tiny, "docx", tmp_path) == []


def test_no_caption_stands_alone_wherever_its_table_begins(tiny: Tiny) -> None:
    """A line more in each part brings its table to every place at the end of a page."""
    table = "| FIRST{0}. | Two |\n|---|---|\n| a | b |\n\n: CAPTION{0}.\n"
    for nth in range(7):
        lines = "Line.\\\n" * (41 + nth) + "Last.\n\n"
        tiny.section(f"{nth + 10}0-s{nth}", lines + table.format(nth))
    assert tiny.build("pdf").succeeded
    pages = pdf_text(tiny.project / "build" / "tiny.pdf").split("\f")
    words = [(f"CAPTION{nth}.", f"FIRST{nth}.") for nth in range(7)]
    places = [[[word in page for page in pages].index(True) for word in pair] for pair in words]
    assert [nth for nth, (caption, row) in enumerate(places) if caption != row] == []


def test_a_long_box_is_torn_before_it_leaves_half_a_page_empty(tiny: Tiny) -> None:
    items = "\n\n".join("The State should adopt a law. " * 14 for _ in range(5))
    texts = "\n\n".join("This is a text. " * 20 for _ in range(9))
    tiny.section("100-part", f"{texts}\n\n::: recommendations\n{items}\n:::\n\nThe end.\n")
    assert tiny.build("pdf").succeeded
    pdf = tiny.project / "build" / "tiny.pdf"
    assert half_empty(read_pages(pdf)[2:], titles(pdf, 1)) == []


class Notes:
    """Generates sections with footnotes in paragraphs, lists, quotations, boxes and tables."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.left = 0
        self.called: list[str] = []

    def section(self, notes: int) -> str:
        """A text that calls so many footnotes."""
        self.left, self.called = notes, []
        kinds = [
            self.text,
            self.text,
            self.bullets,
            self.numbers,
            self.quotation,
            self.box,
            self.table,
        ]
        blocks: list[str] = [self.text()]
        while self.left:
            blocks += [self.random.choice(kinds)(), self.text(30)]
        return "\n\n".join([*blocks, *self.called]) + "\n"

    def words(self, most: int) -> str:
        """Some words."""
        return " ".join(self.random.choices(WORDS, k=self.random.randint(1, most)))

    def text(self, most: int = 120) -> str:
        """Words with footnotes between them, of one word to half a page each."""
        return " ".join(self.pieces(most))

    def pieces(self, most: int) -> Iterator[str]:
        for _ in range(self.random.randint(1, 3)):
            calls = min(self.left, self.random.choice([0, 1, 1, 1, 2]))
            marks = ""
            for _ in range(calls):
                self.left -= 1
                name = f"n{self.left}"
                length = self.random.choice([3, 10, 30, 60, 200])
                self.called.append(f"[^{name}]: {self.words(length).capitalize()}.")
                marks += f"[^{name}]"
            yield f"{self.words(most).capitalize()}.{marks}"

    def bullets(self) -> str:
        return "\n".join(f"- {self.text(40)}" for _ in range(self.random.randint(2, 6)))

    def numbers(self) -> str:
        items = [
            f"1. {self.text(30)}\n\n   - {self.text(20)}\n   - {self.text(20)}\n" for _ in range(3)
        ]
        return "\n".join(items)

    def quotation(self) -> str:
        return "\n>\n".join(f"> {self.text(80)}" for _ in range(self.random.randint(1, 3)))

    def box(self) -> str:
        items = "\n\n".join(self.text(25) for _ in range(self.random.randint(1, 6)))
        return f"::: recommendations\n{items}\n:::"

    def table(self) -> str:
        rows = [f"| {self.text(10)} | {self.text(20)} |" for _ in range(self.random.randint(2, 8))]
        return "\n".join(["| Place | What was found |", "|:--|:-----|", *rows])
