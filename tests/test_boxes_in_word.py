"""A box in Word keeps its frame whatever stands in it, and comes back as the box that it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from conftest import Tiny
from documents import W, part, style, text
from small_report import FILES, commit_all, make_report
from test_validators import validate
from wordedit import WordEdit

from shadowreport.roundtrip.merge import merge
from shadowreport.roundtrip.send import send

INSIDE = {
    "a list": "- in the towns;\n- in villages:\n\n    1. near ones;\n    2. far ones.",
    "a continuation": "{.continued}\nIt should begin at once.",
    "a quotation": "> A class for each child.",
    "a table": "| Year | Cases |\n|---|---|\n| 2019 | 5 |\n\n: Classes that were closed",
    "a list with a table": "- one:\n\n    | A | B |\n    |---|---|\n    | 1 | 2 |",
}
BOX = "A paragraph.\n\n::: recommendations\nDo this%s\n\n%s\n\nDo that.\n:::\n\nAnother one.\n"


def _frames(docx: Path) -> list[Any]:
    tables = part(docx, "word/document.xml").iter(W + "tbl")
    return [table for table in tables if style(next(table.iter(W + "p"))).startswith("BoxHeading")]


def test_whatever_stands_in_a_box_stands_in_its_frame(tiny: Tiny) -> None:
    boxes = "".join(BOX % (":", inside) for inside in INSIDE.values())
    tiny.section("100-a", boxes)
    result = tiny.build("docx")
    assert result.succeeded, result.diagnostics
    docx = tiny.project / "build" / "tiny.docx"
    frames = _frames(docx)
    for frame, inside in zip(frames, INSIDE.values(), strict=True):
        within = text(frame)
        words = [word for word in inside.replace("|", " ").split() if word[:1].isalpha()]
        assert [word for word in ("Do", *words, "that.") if word not in within] == []
        assert "paragraph" not in within and "Another" not in within
        lines = {line.tag[len(W) :] for line in next(frame.iter(W + "tblBorders"))}
        assert lines == {"top", "left", "bottom", "right"}
        assert _drawn_within(frame) == {"nil"}, "a frame within the frame"
        _keeps_within(frame)
    assert validate(docx) == []


def _drawn_within(frame: Any) -> set[str]:
    return {
        line.get(W + "val")
        for paragraph in frame.iter(W + "p")
        if style(paragraph).startswith("Box")
        for line in paragraph.find(f"{W}pPr/{W}pBdr")
    }


def _keeps_within(frame: Any) -> None:
    """No table in the box is wider than the room beside its indent."""
    room = (
        int(frame.find(f"{W}tblPr/{W}tblW").get(W + "w")) - 360
    )  # what the frame leaves at its sides
    for table in frame.iter(W + "tbl"):
        if table is not frame:
            start = int(table.find(f"{W}tblPr/{W}tblInd").get(W + "w"))
            columns = sum(int(column.get(W + "w")) for column in table.find(W + "tblGrid"))
            assert start > 0 and room - 10 < start + columns <= room


def test_a_box_of_plain_paragraphs_is_made_of_their_frames(tiny: Tiny) -> None:
    tiny.section("100-a", BOX % (".", "Do more."))
    assert tiny.build("docx").succeeded
    assert _frames(tiny.project / "build" / "tiny.docx") == []


def test_a_box_with_a_high_table_may_be_torn(tiny: Tiny) -> None:
    rows = "| A | B |\n|---|---|\n" + "| one | two |\n" * 20
    tiny.section("100-a", BOX % (".", rows) + BOX % (":", INSIDE["a list"]))
    assert tiny.build("docx").succeeded
    whole = [
        [row.find(f"{W}trPr/{W}cantSplit") is not None for row in frame.findall(W + "tr")]
        for frame in _frames(tiny.project / "build" / "tiny.docx")
    ]
    assert whole == [[False, False], [True, True]]


def test_two_boxes_in_a_row_stay_two(tiny: Tiny) -> None:
    box = "::: recommendations\nDo this:\n\n- in towns;\n- in villages.\n:::\n\n"
    tiny.section("100-a", "A paragraph.\n\n" + box * 2)
    assert tiny.build("docx").succeeded
    one, other = _frames(tiny.project / "build" / "tiny.docx")
    assert one.getnext() is not other and one.getnext().tag == W + "p"


def test_a_list_in_a_box_is_edited_in_word(tmp_path: Path) -> None:
    project = make_report(tmp_path / "report")
    path = project / "sections/200-legislation.md"
    source = FILES["sections/200-legislation.md"].replace(
        "burden of proof to the respondent.",
        "burden of proof:\n\n- in courts;\n- before the Ombudsman.\n\n{.continued}\nIt is late.",
    )
    path.write_text(source, "utf-8")
    commit_all(project, "A list")
    assert send(project, (), "").succeeded
    changed = WordEdit(next((project / "build" / "sent").glob("*.docx")))
    changed.replace(changed.holding("in courts"), "courts", "every court", "Aliya")
    changed.new_paragraph(changed.holding("in every court"), "in tribunals;")
    changed.replace(changed.holding("It is late"), "late", "urgent")
    returned = changed.save(project / "returned" / "small.docx")
    result = merge(project, returned)
    assert result.diagnostics == []
    new = path.read_text("utf-8")
    assert "- in every court;\n- in tribunals;\n- before the Ombudsman.\n" in new
    assert "It is urgent.\n:::" in new
