"""Boxes, tables, bullets and contents as templates/style.yaml names them, read back from each file."""

from __future__ import annotations

import io
import re
import zipfile

import pypdfium2
import pytest
from conftest import Tiny
from pypdf import PdfReader

SECTION = """\
{#one}
Words.

- an item

| A | B |
|---|---|
| 1 | 2 |

## A heading below

::: recommendations
Parliament should act.
:::
"""
ACCENT, LINE, SHADE = "1F3A5F", "9FB3C8", "EEF3F8"
# by form: the left side of a box in Word, then what a page says of it
BOXES = {
    "bar": (("24", ACCENT), ""),
    "frame": (("4", LINE), "border: 1px solid var(--line)"),
    "rules": (("4", SHADE), "border-width: 2px 0"),
    "plain": (("4", SHADE), "border: 0"),
}
TABLES = {
    "rules": {"top", "bottom", "insideH"},
    "grid": {"top", "bottom", "insideH", "left", "right", "insideV"},
    "plain": {"top", "bottom"},
}


def _built(tiny: Tiny, style: str) -> tuple[dict[str, str], str, str]:
    """The parts of the Word file, the text of the PDF, the page."""
    tiny.write("templates/style.yaml", style)
    tiny.section("300-law", SECTION)
    built = tiny.build("docx", "pdf", "html")
    assert built.succeeded, built.diagnostics
    with zipfile.ZipFile(io.BytesIO(tiny.read("docx"))) as archive:
        parts = {
            name: archive.read(name).decode() for name in archive.namelist() if "word/" in name[:5]
        }
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(tiny.read("pdf"))).pages)
    return parts, text, tiny.read("html").decode()


def _style(parts: dict[str, str], name: str) -> str:
    found = re.search(
        rf'<w:style [^>]*w:styleId="{name}".*?</w:style>', parts["word/styles.xml"], re.S
    )
    assert found
    return found[0]


def _lines(pdf: bytes, page: int) -> list[tuple[int, int]]:
    """Width and height of what is drawn on a page: thin ones are lines."""
    drawn = pypdfium2.PdfDocument(pdf)[page].get_objects(filter=[2], max_depth=1)
    boxes = [item.get_bounds() for item in drawn]
    return [(round(right - left), round(top - bottom)) for left, bottom, right, top in boxes]


@pytest.mark.parametrize(
    ("boxes", "tables", "bullet"),
    [
        ("bar", "rules", "•"),
        ("frame", "grid", "–"),
        ("rules", "plain", "▪"),
        ("plain", "rules", "*"),
    ],
)
def test_boxes_tables_and_bullets_are_those_of_the_style(
    tiny: Tiny, boxes: str, tables: str, bullet: str
) -> None:
    style = f"boxes: {boxes}\ntables: {tables}\nbullets: '{bullet}'\n"
    parts, text, page = _built(tiny, style)
    found = re.search(r'<w:left w:color="(\w+)"[^>]*w:sz="(\d+)"', _style(parts, "BoxSingle"))
    side, rule = BOXES[boxes]
    assert found and found.groups() == (side[1], side[0])
    assert rule in page
    borders = re.search(r"<w:tblBorders>(.*?)</w:tblBorders>", _style(parts, "Table"), re.S)
    assert borders and set(re.findall(r"<w:(\w+) ", borders[1])) == TABLES[tables]
    signs = re.findall(r'"bullet"/>.*?<w:lvlText w:val="(.)"', parts["word/numbering.xml"], re.S)
    assert signs and (set(signs) == {bullet} or bullet == "•")
    assert re.search(rf"{re.escape(bullet)}\s*an item", text), text
    shapes = _lines(tiny.read("pdf"), 2)
    upright = [height for width, height in shapes if width <= 1 and height > 8]
    assert bool(upright) == (tables == "grid"), shapes  # the sides of cells stand upright


def test_contents_differ_by_format(tiny: Tiny) -> None:
    parts, text, page = _built(tiny, "contents: {docx: 0, pdf: 3, html: 1}\n")
    document, contents = parts["word/document.xml"], text.partition("1.")[0]
    assert "TOC" not in document and "Contents" not in document
    assert contents.count("A heading below") == 1 and "Contents" in contents
    menu = page.partition('<nav class="contents"')[2].partition("</nav>")[0]
    assert "A section" in menu and "A heading below" not in menu


def test_there_need_be_no_contents_at_all(tiny: Tiny) -> None:
    parts, text, page = _built(tiny, "contents: {docx: 3, pdf: 0, html: 0}\npaper: letter\n")
    assert parts["word/document.xml"].count("A heading below") == 2
    assert "Contents" not in text and "<nav" not in page
    assert "@page { size: letter; margin: 26mm 25mm 25mm 25mm; }" in page
