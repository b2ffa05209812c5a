"""Cells of a drawn table that reach over several columns or rows: the same in every format."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pypdfium2 as pdfium
import pytest
from conftest import Tiny
from pages import read_pages
from pypdf import PdfReader
from settled import letters
from test_validators import validate

from shadowreport.importing import import_report
from shadowreport.redline.revisions import redline
from shadowreport.source.typed.drawn import cells_of

TABLE = """\
{#one}
Words first, as in table @tbl-merged.[^first]

{#tbl-merged}

+---------+-------------------+---------+
| Group   | Year              | Sum[^h] |
|         +---------+---------+         |
|         | 2022    | 2023    |         |
+=========+=========+=========+=========+
| Women and girls[^a]         | 12.5    |
+---------+---------+---------+---------+
| A part across the table[^b]           |
+---------+---------+---------+---------+
| Roma    | none              | 7       |
|         +---------+---------+---------+
|         | 4[^c]   | 5       | 9       |
|         |         +---------+---------+
|         |         | see below[^d]     |
+---------+---------+-------------------+

: By group

Words after.[^last]

[^first]: Note first.
[^h]: Note h.
[^a]: Note a.
[^b]: Note b.
[^c]: Note c.
[^d]: Note d.
[^last]: Note last.
"""
ORDER = ["first", "h", "a", "b", "c", "d", "last"]


def _built(tiny: Tiny, text: str = TABLE) -> None:
    tiny.section("300-law", text)
    built = tiny.build("docx", "pdf", "html", "md", "json")
    assert built.succeeded, built.diagnostics
    assert not [item for item in built.diagnostics if item.code in ("off-page", "misread")]


def test_word_merges_what_was_drawn_as_one(tiny: Tiny) -> None:
    _built(tiny)
    (table,) = [
        item
        for item in docx.Document(io.BytesIO(tiny.read("docx"))).tables
        if "Group" in item.cell(0, 0).text
    ]
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells == [
        ["Group", "Year", "Year", "Sum"],
        ["Group", "2022", "2023", "Sum"],
        ["Women and girls"] * 3 + ["12.5"],
        ["A part across the table"] * 4,
        ["Roma", "none", "none", "7"],
        ["Roma", "4", "5", "9"],
        ["Roma", "4", "see below", "see below"],
    ]


def test_the_page_says_over_what_each_cell_reaches(tiny: Tiny) -> None:
    _built(tiny)
    page = tiny.read("html").decode()
    assert re.search(r'<th rowspan="2"[^>]*>Group</th>', page)
    assert re.search(r'<th colspan="2"[^>]*scope="colgroup"[^>]*>Year</th>', page)
    assert re.search(r'<td colspan="3"[^>]*>Women and girls', page)
    assert re.search(r'<th colspan="4" scope="rowgroup">A part across', page)
    assert re.search(r'<th rowspan="3"[^>]*scope="row">Roma</th>', page)
    assert re.search(r'<td colspan="2"[^>]*>see below', page)


def test_the_whole_head_has_one_ground_on_paper(tiny: Tiny) -> None:
    _built(tiny)
    file = tiny.project / "build" / "tiny.pdf"
    pages = read_pages(file)
    at = next(i for i, page in enumerate(pages) if "2023" in [word.text for word in page.words])
    drawn = pdfium.PdfDocument(file)[at].render(scale=1).to_pil().convert("RGB")
    found = {
        word.text: drawn.getpixel((int(word.left) - 2, int(word.bottom)))
        for word in pages[at].words
        if word.text in ("Group", "Year", "2022", "2023", "Women", "Roma")
    }
    shade, paper = (0xEE, 0xF3, 0xF8), (255, 255, 255)
    assert found == dict.fromkeys(["Group", "Year", "2022", "2023"], shade) | dict.fromkeys(
        ["Women", "Roma"], paper
    )


def test_word_and_the_tags_of_the_pdf_keep_their_standards_with_merged_cells(tiny: Tiny) -> None:
    _built(tiny)
    assert validate(tiny.project / "build" / "tiny.docx") == []
    with pikepdf.open(tiny.project / "build" / "tiny.pdf") as pdf:
        (rows,) = [list(_tagged_rows(item)) for item in pdf.objects if _is_tag(item, "/Table")]
    taken: Counter[tuple[int, int]] = Counter()
    for at, row in enumerate(rows):
        column = 0
        for high, wide in row:
            while taken[at, column]:
                column += 1
            taken.update((y, x) for y in range(at, at + high) for x in range(column, column + wide))
    assert +taken == Counter((y, x) for y in range(7) for x in range(4))


def _tagged_rows(item: Any) -> Iterator[list[tuple[int, int]]]:
    """The height and the width of each cell of each row of a table, as a screen reader is told."""
    for kid in item.K:
        if _is_tag(kid, "/TR"):
            yield [(_said(cell, "/RowSpan"), _said(cell, "/ColSpan")) for cell in kid.K]
        elif any(_is_tag(kid, part) for part in ("/THead", "/TBody", "/TFoot")):
            yield from _tagged_rows(kid)


def _is_tag(item: Any, kind: str) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/S") == pikepdf.Name(kind)


def _said(cell: Any, name: str) -> int:
    told = cell.get("/A", pikepdf.Dictionary())
    tables = [told] if isinstance(told, pikepdf.Dictionary) else told
    return next((int(item[name]) for item in tables if name in item), 1)


def test_notes_in_merged_cells_have_the_same_numbers_everywhere(tiny: Tiny) -> None:
    _built(tiny)
    page, typed = tiny.read("html").decode(), tiny.read("md").decode()
    html = dict(re.findall(r'<li id="fn-(\d+)">\s*<p>Note (\w+)\.', page))
    markdown = dict(re.findall(r"^\[\^(\d+)\]: Note (\w+)\.", typed, re.MULTILINE))
    pdf = " ".join(item.extract_text() for item in PdfReader(io.BytesIO(tiny.read("pdf"))).pages)
    numbers = {str(at): name for at, name in enumerate(ORDER, 1)}
    assert html == markdown == numbers
    for number, name in numbers.items():
        assert re.search(rf"\b{number}\s+Note {name}\.", pdf), (number, name)
    assert "A part across the table" in json.dumps(json.loads(tiny.read("json")))


@pytest.mark.parametrize(
    "replaced",
    [
        [("see below[^d]     |", "look above[^d]    |"), ("| 4[^c] ", "| 44[^c]")],
        [("| Women and girls[^a]         |", "| Women   | girls[^a]         |")],
        [("| none              | 7  ", "| none    | none    | 7  ")],
        [
            (
                "| A part across the table[^b]           |\n+---------+---------+---------+---------+\n",
                "",
            )
        ],
        [("| Year              | Sum", "| Years of report   | Sum")],
    ],
    ids=["words", "parted", "parted-below", "row", "head"],
)
def test_a_redline_says_that_such_a_table_changed(
    tmp_path: Path, replaced: list[tuple[str, str]]
) -> None:
    text = TABLE
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new)
    files: list[Path] = []
    for name, typed in (("old", TABLE), ("new", text)):
        (tmp_path / name).mkdir()
        one = Tiny(tmp_path / name)
        _built(one, typed)
        files.append(one.project / "build" / "tiny.docx")
    for old, new in (files, files[::-1]):
        output = tmp_path / "redline.docx"
        result = redline(tmp_path, str(old), str(new), output)
        tables = [line.entry.what for line in result.lines if line.entry.kind == "table"]
        assert tables == ["changed"], result.lines
        assert (letters(output, "reject"), letters(output)) == (letters(old), letters(new))
        assert validate(output) == []
        output.unlink()


def test_a_table_across_may_have_merged_cells(tiny: Tiny) -> None:
    _built(tiny, TABLE.replace(": By group", ": By group {.wide}"))
    pages = PdfReader(io.BytesIO(tiny.read("pdf"))).pages
    assert any(page.mediabox.width > page.mediabox.height for page in pages)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "|         | 4[^c]   | 5       | 9       |",
            "|         | 4[^c]  | 5       | 9       |",
        ),
        (
            "|         |         +---------+---------+",
            "|         |         +--------+---------+",
        ),
        ("| Roma    | none", "| ::: confidential    | none"),
    ],
)
def test_what_is_drawn_awry_is_told_with_its_line(tiny: Tiny, old: str, new: str) -> None:
    assert old in TABLE
    tiny.section("300-law", TABLE.replace(old, new))
    told = tiny.build("json").diagnostics
    assert any(item.severity == "error" and item.code == "slip" for item in told), told


def test_a_head_may_have_fewer_cells_than_the_rows_below(tiny: Tiny) -> None:
    rows = ["+---+-------+", "| a | b     |", "+===+===+===+", "| c | d | e |", "+---+---+---+"]
    _built(tiny, "{#one}\nWords.\n\n" + "\n".join(rows) + "\n")
    assert 'colspan="2"' in tiny.read("html").decode()


def test_the_cells_of_a_drawing_are_read_row_by_row() -> None:
    drawn = ["+--+--+", "|ab|世|", "|  +--+", "|  |c |", "+--+--+"]
    cells, stray = cells_of(drawn)
    assert stray == -1
    assert [(cell.top, cell.left, cell.bottom, cell.right) for cell in cells] == [
        (0, 0, 4, 3),
        (0, 3, 2, 6),
        (2, 3, 4, 6),
    ]
    assert cells_of(["+--+--+", "| a b |", "+--+-+", "|  |c |", "+--+--+"])[1] >= 1


def test_an_import_keeps_merged_cells(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Findings", 1)
    document.add_paragraph("There were many cases in the regions.")
    table = document.add_table(rows=4, cols=3)
    for (top, left), (low, right), text in (
        ((0, 0), (1, 0), "Region"),
        ((0, 1), (0, 2), "Cases"),
        ((3, 0), (3, 2), "Figures of the ministry"),
    ):
        table.cell(top, left).merge(table.cell(low, right)).text = text
    for at, text in {(1, 1): "2022", (1, 2): "2023", (2, 0): "North", (2, 1): "1"}.items():
        table.cell(*at).text = text
    document.save(str(tmp_path / "old.docx"))
    import_report(tmp_path / "old.docx", tmp_path / "report")
    (file,) = (tmp_path / "report" / "sections").glob("*.md")
    drawn = [line for line in file.read_text("utf-8").split("\n") if line[:1] in ("+", "|")]
    cells, stray = cells_of(drawn)
    assert stray == -1 and len(cells) == 8
