"""The outputs agree: the same numbers, ids, cross-references, boxes and footnotes in all of them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from conftest import Sample, Tiny
from documents import (
    W,
    bookmarks,
    fields,
    page,
    paragraphs,
    part,
    pdf_text,
    style,
    text,
    through_libreoffice,
    words,
)


@pytest.fixture(scope="module")
def data(sample: Sample) -> dict[str, Any]:
    return json.loads(sample.files["json"].read_bytes())


@pytest.fixture(scope="module")
def items(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for section in data["sections"] for item in section["items"]]


def numbered(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [item for item in items if item["type"] == "paragraph" and item["label"]]


def recommendations(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [own for item in items if item["type"] == "box" for own in item["recommendations"]]


def test_paragraphs_are_numbered_from_one_without_a_gap(items: list[dict[str, Any]]) -> None:
    labels = [item["label"] for item in numbered(items)]
    assert labels == [str(number) for number in range(1, len(labels) + 1)]
    assert len(labels) >= 110


def test_word_numbers_the_same_paragraphs_by_itself(
    sample: Sample, items: list[dict[str, Any]]
) -> None:
    found = [
        item for item in paragraphs(sample.files["docx"]) if style(item) == "NumberedParagraph"
    ]
    assert [bookmarks(item)[0] for item in found] == [
        item["anchor"].replace("-", "_") for item in numbered(items)
    ]
    for paragraph, item in zip(found, numbered(items), strict=True):
        assert words(item["text"].split("\n")[0]).startswith(
            words(text(paragraph))[:60].split("\n")[0][:40]
        )
        assert not re.match(r"\d+\.", text(paragraph)), "a number was typed into the text"


def test_the_style_of_numbered_paragraphs_carries_words_own_list(sample: Sample) -> None:
    styles = part(sample.files["docx"], "word/styles.xml")
    by_id = {item.get(W + "styleId"): item for item in styles.iter(W + "style")}
    for name, level in (("NumberedParagraph", "0"), ("BoxRecommendation", "1")):
        number = by_id[name].find(f"{W}pPr/{W}numPr")
        assert number.find(W + "ilvl").get(W + "val") == level


def test_html_numbers_the_same_paragraphs(sample: Sample, items: list[dict[str, Any]]) -> None:
    tree = page(sample.files["html"])
    for item in numbered(items):
        element = tree.get_element_by_id(item["anchor"])
        assert words(element.text_content()).startswith(f"{item['label']}.")


def test_pdf_numbers_the_same_paragraphs(sample: Sample, items: list[dict[str, Any]]) -> None:
    lines = pdf_text(sample.files["pdf"]).splitlines()
    for item in numbered(items):
        start = " ".join(words(item["text"]).split()[:3])
        assert any(
            re.match(rf"\s*{item['label']}\.\s+{re.escape(start)}", line) for line in lines
        ), item["anchor"]


def test_every_reference_in_word_is_a_field_with_the_right_text(
    sample: Sample, items: list[dict[str, Any]]
) -> None:
    labels = {
        item["anchor"].replace("-", "_"): item["label"]
        for item in [*numbered(items), *recommendations(items)]
    }
    document = part(sample.files["docx"], "word/document.xml")
    found = [(code, result) for code, result in fields(document) if code.startswith("REF ")]
    assert len(found) > 40
    present = set(bookmarks(document))
    for code, result in found:
        target = code.split()[1]
        assert target in present
        if not target.startswith(("tbl_", "fig_")):
            assert result == labels[target]


def test_references_read_the_same_everywhere(sample: Sample, items: list[dict[str, Any]]) -> None:
    """Every sentence with a reference in it, as the JSON has it, stands in the HTML and in the DOCX."""
    html_text = words(page(sample.files["html"]).text_content())
    docx_text = words(" ".join(text(item) for item in paragraphs(sample.files["docx"])))
    checked = 0
    for item in items:
        for sentence in re.findall(r"[^.;:]*paragraphs?\u00a0\d+[^.;:]*", item.get("text", "")):
            checked += 1
            assert words(sentence) in docx_text
            assert (
                words(re.sub(r".*(paragraphs?\u00a0[\d–]+).*", r"\1", sentence, flags=re.DOTALL))
                in html_text
            )
    assert checked > 30


def test_boxes_agree(sample: Sample, items: list[dict[str, Any]]) -> None:
    boxes = [item for item in items if item["type"] == "box"]
    assert len(boxes) >= 28
    for box in boxes:
        plural = len(box["recommendations"]) > 1
        assert box["heading"] == ("RECOMMENDATIONS" if plural else "RECOMMENDATION")
    document = paragraphs(sample.files["docx"])
    headings = [item for item in document if style(item) in ("BoxHeading", "BoxSingleHeading")]
    assert [text(item) for item in headings] == [box["heading"] for box in boxes]
    own = [item for item in document if style(item) in ("BoxRecommendation", "BoxSingle")]
    assert [bookmarks(item)[0] for item in own] == [
        item["anchor"].replace("-", "_") for item in recommendations(items)
    ]
    tree = page(sample.files["html"])
    for item in recommendations(items):
        assert words(item["text"])[:50] in words(
            tree.get_element_by_id(item["anchor"]).text_content()
        )
    pdf = pdf_text(sample.files["pdf"])
    assert len(re.findall(r"^ *RECOMMENDATIONS? *$", pdf, re.MULTILINE)) == len(boxes)


def test_footnotes_agree(sample: Sample, data: dict[str, Any]) -> None:
    notes = data["footnotes"]
    assert len(notes) >= 60
    assert [note["number"] for note in notes] == list(range(1, len(notes) + 1))
    found = [
        item
        for item in part(sample.files["docx"], "word/footnotes.xml")
        if item.get(W + "type") is None
    ]
    assert [words(text(item)) for item in found] == [words(note["text"]) for note in notes]
    references = part(sample.files["docx"], "word/document.xml").iter(W + "footnoteReference")
    assert len(list(references)) == len(notes)
    tree = page(sample.files["html"])
    pdf = re.sub(r"\s+", "", pdf_text(sample.files["pdf"]))
    for note in notes:
        assert words(note["text"])[:40] in words(
            tree.get_element_by_id(f"fn-{note['number']}").text_content()
        )
        assert re.sub(r"\s+", "", note["text"])[:25] in pdf


def test_the_word_file_reads_the_same_in_libreoffice(
    sample: Sample, items: list[dict[str, Any]], tmp_path: Any
) -> None:
    made = through_libreoffice(sample.files["docx"], "txt:Text", tmp_path)
    lines = [words(line) for line in made.read_text(encoding="utf-8-sig").splitlines()]
    for item in numbered(items):
        start = " ".join(words(item["text"]).split()[:4])
        assert any(line.startswith(f"{item['label']}. {start}") for line in lines), item["anchor"]


def test_tables_mark_their_headers_in_word(sample: Sample, data: dict[str, Any]) -> None:
    tables = list(part(sample.files["docx"], "word/document.xml").iter(W + "tbl"))
    assert len(tables) == sum(bool(section["recommendations"]) for section in data["sections"]) + 5
    for table in tables:
        first = table.find(W + "tr")
        assert first.find(f"{W}trPr/{W}tblHeader") is not None, "the header row does not repeat"
        assert table.find(f"{W}tblPr/{W}tblLook").get(W + "firstColumn") == "1"
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.iter(W + "tr"))


def test_one_section_alone_keeps_its_true_numbers(tiny: Tiny) -> None:
    for number, letter in ((1, "a"), (2, "b")):
        notes = "[^x]: A note.\n\n[^y]: Another note.\n"
        body = f"{{#a{number}}}\nOne text.[^x]\n\nAnother[^y] text.\n\n{notes}"
        tiny.section(f"{number}00-part-{letter}", body)
    tiny.section(
        "300-last",
        "{#last}\nSee paragraph @par-a1 and paragraph @par-last.[^z]\n\n[^z]: The last note.\n",
    )
    result = tiny.build(sections=("300",))
    assert result.succeeded, result.diagnostics
    files = {path.suffix[1:]: path for path in result.files}
    data = json.loads(files["json"].read_bytes())
    (item,) = data["sections"][0]["items"]
    assert (item["label"], item["footnotes"]) == ("5", [5])
    assert "paragraph\u00a01 and paragraph\u00a05" in item["text"]
    numbering = part(files["docx"], "word/numbering.xml")
    level = next(item for item in numbering.iter(W + "lvl") if item.find(W + "pStyle") is not None)
    assert level.find(W + "start").get(W + "val") == "5"
    assert re.search(r"5\.\s+See paragraph 1 and paragraph 5\.\s*5", words(pdf_text(files["pdf"])))
