"""What other programs say of the files: the Open XML SDK, qpdf, and the PDF's own tag tree."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pikepdf
import pytest
from conftest import Sample, Tiny
from documents import W, part, style, tool
from lxml import etree

VALIDATOR = Path(__file__).parent / "node" / "node_modules" / ".bin" / "ooxml-validator"


def validate(docx: Path) -> list[dict[str, str]]:
    """The errors that the Open XML SDK finds in a Word file."""
    if not VALIDATOR.exists() or not shutil.which("node"):
        pytest.skip("npm install was not run in tests/node")
    done = subprocess.run([str(VALIDATOR), str(docx)], capture_output=True, text=True, check=False)
    return json.loads(done.stdout)["errors"]


def test_the_open_xml_sdk_finds_no_error_in_the_sample(sample: Sample) -> None:
    assert validate(sample.files["docx"]) == []


def test_two_sections_alone_are_valid_too(sample: Sample) -> None:
    from shadowreport.pipeline import build

    result = build(sample.project, ("docx", "pdf", "html"), ("220", "225"))
    assert result.succeeded, result.diagnostics
    assert validate(next(path for path in result.files if path.suffix == ".docx")) == []


def test_qpdf_finds_no_error(sample: Sample) -> None:
    command = [tool("qpdf", "qpdf"), "--check", str(sample.files["pdf"])]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_the_pdf_declares_and_keeps_its_standards(sample: Sample) -> None:
    with pikepdf.open(sample.files["pdf"]) as pdf:
        metadata = pdf.Root.Metadata.read_bytes().decode()
        assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
        assert "<pdfaid:part>2</pdfaid:part>" in metadata
        assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
        assert str(pdf.Root.Lang).startswith("en")
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_the_pdf_marks_row_headers_in_every_table(sample: Sample) -> None:
    with pikepdf.open(sample.files["pdf"]) as pdf:
        cells = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == pikepdf.Name.TH
        ]
        rows = [cell for cell in cells if "/Row" in str(cell.get("/A"))]
        assert len(rows) > 100


def test_the_pdf_names_its_places_by_their_ids(sample: Sample) -> None:
    with pikepdf.open(sample.files["pdf"]) as pdf:
        names = set(pikepdf.NameTree(pdf.Root.Names.Dests))
    assert {"par-no-representation-data", "rec-special-law", "sec-legislation"} <= names


def test_the_word_file_names_nobody_and_no_time(sample: Sample) -> None:
    with zipfile.ZipFile(sample.files["docx"]) as archive:
        names = archive.namelist()
        text = b"".join(archive.read(name) for name in names).decode("utf-8", "replace")
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not {"word/comments.xml", "docProps/app.xml", "docProps/custom.xml"} & set(names)
    assert "w:rsid" not in text
    assert str(sample.project) not in text
    core = part(sample.files["docx"], "docProps/core.xml")
    creator = core.find("{http://purl.org/dc/elements/1.1/}creator")
    assert not creator.text
    assert core.find("{http://purl.org/dc/elements/1.1/}title").text.startswith(
        "Alternative report"
    )


def test_pictures_carry_their_description_in_word_and_in_the_pdf(tiny: Tiny) -> None:
    from PIL import Image

    (tiny.project / "sections").mkdir(exist_ok=True)
    Image.new("RGB", (60, 40), "navy").save(tiny.project / "sections" / "map.png")
    tiny.section("100-map", "A map follows.\n\n![Map of three districts](map.png)\n")
    result = tiny.build("docx", "pdf", "html")
    assert result.succeeded, result.diagnostics
    document = part(tiny.project / "build" / "tiny.docx", "word/document.xml")
    drawing = next(item for item in document.iter() if etree.QName(item).localname == "docPr")
    assert drawing.get("descr") == "Map of three districts"
    assert validate(tiny.project / "build" / "tiny.docx") == []
    with pikepdf.open(tiny.project / "build" / "tiny.pdf") as pdf:
        figures = [
            item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]
        assert any(str(item.Alt) == "Map of three districts" for item in figures)


def test_no_heading_level_is_skipped_in_word(sample: Sample) -> None:
    level = 0
    for paragraph in part(sample.files["docx"], "word/document.xml").iter(W + "p"):
        name = style(paragraph)
        if name.startswith("Heading"):
            assert int(name.removeprefix("Heading")) <= level + 1
            level = int(name.removeprefix("Heading"))
    assert level
