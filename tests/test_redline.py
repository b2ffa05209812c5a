"""Accepting all changes of a redline gives the new state, rejecting all gives the old one."""

from __future__ import annotations

import io
import os
import random
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from libreoffice import edit, needs_libreoffice
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from monkey import box_of
from settled import letters, marked
from small_report import FILES, commit_all, make_report, run_git
from wordedit import WordEdit

from shadowreport import pipeline
from shadowreport.compare.text import normal
from shadowreport.core.ast import attr, node, plain, text
from shadowreport.core.ast import document as document_of
from shadowreport.machine.git_tree import state
from shadowreport.machine.programs import pandoc
from shadowreport.redline import revisions
from shadowreport.redline.marking import Stamp
from shadowreport.redline.merge_ast import Comparison
from shadowreport.redline.revisions import Redlined, redline
from shadowreport.redline.summary import counted
from shadowreport.roundtrip.merge import merge
from shadowreport.roundtrip.returned import word_file
from shadowreport.roundtrip.send import send
from shadowreport.word.read.package import read_package
from shadowreport.word.read.reader import read_document
from shadowreport.word.write.tracked import settle_marks

Row = list[tuple[str, str]]
SAMPLE = Path(__file__).parents[1]


def shown(data: bytes, way: str) -> Row:
    """Style and text of every paragraph, footnotes in their places, without numbers of references."""
    document, _ = read_document(read_package(data, "redline.docx"), way)  # type: ignore[arg-type]
    file = word_file(document)
    found: Row = []
    for paragraph in file.texts:
        if not paragraph.contents:
            parts = [
                f"[{file.note_text(char.note)}]"
                if char.note
                else ""
                if char.reference
                else char.text
                for char in paragraph.chars
            ]
            row = normal("".join(parts)).strip()
            if row:
                found.append((paragraph.style, row))
    return found


def replace(project: Path, file: str, *pairs: tuple[str, str]) -> None:
    path = project / "sections" / file
    source = path.read_text("utf-8")
    for old, new in pairs:
        assert old in source
        source = source.replace(old, new)
    path.write_text(source, "utf-8")


def built(project: Path) -> bytes:
    result = pipeline.build(project, ("docx",))
    assert result.succeeded, result.diagnostics
    return result.files[0].read_bytes()


def test_a_state_with_a_broken_reference_is_shown_with_a_question_mark(tmp_path: Path) -> None:
    project = make_report(tmp_path)
    replace(project, "200-legislation.md", ("@par-remedies", "@par-remedy"))
    commit_all(project, "Broken")
    sent = send(project, (), "")
    assert sent.succeeded
    assert [item.code for item in sent.diagnostics] == ["unknown-reference"]
    merged = merge(project, sent.files[0])
    assert merged.succeeded and not merged.diagnostics and not merged.changes
    for old, new in (("HEAD~1", "HEAD"), ("HEAD", "HEAD~1")):
        result = redline(project, old, new)
        (problem,) = result.diagnostics
        assert problem.severity == "warning" and "@par-remedy points to nothing" in problem.message
        data = next(file for file in result.files if file.suffix == ".docx").read_bytes()
        way = "accept" if new == "HEAD" else "reject"
        assert any("in paragraph ?." in text.replace("\u00a0", " ") for _, text in shown(data, way))


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, bytes, Redlined]:
    """A report with a change of every kind: its folder, the old file, the new one, the redline."""
    project = make_report(tmp_path_factory.mktemp("redline"))
    old = built(project)
    replace(
        project,
        "200-legislation.md",
        ("defines direct and", "describes *direct* and"),
        ("shift the burden", "move the burden"),
        ("| 2020 | five  |", "| 2020 | six   |\n| 2021 | eight |"),
        ("article 72", "article 73"),
        ("art. 6]", "art. 7]"),
        (
            "{#statistics}",
            "{#fresh}\nA wholly new paragraph stands here.[^f]\n\n[^f]: A new note.\n\n{#statistics}",
        ),
        ("## Remedies", "## Remedies in law"),
    )
    commit_all(project, "Legislation", "Aliya <aliya@example.org>")
    purpose = FILES["sections/100-general.md"].split("---\n")[2].split("\n\n")[0] + "\n\n"
    replace(
        project,
        "100-general.md",
        ("- court files and administrative files;\n", ""),
        (purpose, ""),
        ("> A quotation of one sentence stands here.\n\n", ""),
        ("[^names]: The", f"{purpose}[^names]: The"),
        ("title: General questions", "title: General matters"),
    )
    commit_all(project, "General", "Bolat <bolat@example.org>")
    new = built(project)
    result = redline(project, "HEAD~2", "HEAD")
    assert result.succeeded, result.diagnostics
    return project, old, new, result


def test_accepting_gives_the_new_state_and_rejecting_the_old(changed: Any) -> None:
    _, old, new, result = changed
    data = result.files[0].read_bytes()
    assert shown(data, "accept") == shown(new, "accept")
    assert shown(data, "reject") == shown(old, "accept")


def test_changes_carry_the_name_of_whoever_committed_them(changed: Any) -> None:
    document, _ = read_document(read_package(changed[3].files[0].read_bytes(), "x.docx"))
    file = word_file(document)
    assert set(file.authors) == {"Aliya", "Bolat"}
    lines = [item.text for item in file.texts if item.contents]
    assert any("General matters" in line for line in lines)  # the new title alone
    assert not any("questions" in line for line in lines)


def test_one_word_is_one_change(tmp_path: Path) -> None:
    project = make_report(tmp_path / "p")
    replace(project, "200-legislation.md", ("defines direct", "describes direct"))
    result = redline(project, "HEAD", author="Editor", date="2022-03-01T00:00:00Z")
    xml = document(result)
    assert (xml.count("<w:ins "), xml.count("<w:del ")) == (1, 1)
    assert 'w:author="Editor" w:date="2022-03-01T00:00:00Z"' in xml
    assert ">describes<" in xml and ">defines<" in xml


def document(result: Redlined) -> str:
    with zipfile.ZipFile(io.BytesIO(result.files[0].read_bytes())) as archive:
        return archive.read("word/document.xml").decode()


def test_new_numbers_are_no_changes(tmp_path: Path) -> None:
    project = make_report(tmp_path / "p")
    replace(project, "100-general.md", ("{#purpose}", "{#first}\nA first paragraph.\n\n{#purpose}"))
    result = redline(project, "HEAD", author="Editor")
    assert counted(result.lines) == {"added": 1}
    xml = document(result)
    assert xml.count("<w:del ") == 0


def test_one_recommendation_more_is_one_row_more_of_the_annex(tmp_path: Path) -> None:
    project = make_report(tmp_path / "p")
    path = project / "sections" / "report.yaml"
    path.write_text(path.read_text().replace("annexes: []", "annexes: [recommendations]"))
    commit_all(project, "With an annex")
    old = built(project)
    new = "{#rec-fund}\nParliament should pay for it from the budget of next year.\n\n{#rec-special-law}"
    replace(project, "200-legislation.md", ("{#rec-special-law}", new))
    result = redline(project, "HEAD", author="Editor")
    data = result.files[0].read_bytes()
    xml = document(result)
    assert shown(data, "accept") == shown(built(project), "accept")
    assert shown(data, "reject") == shown(old, "accept")
    assert len(re.findall(r"<w:trPr>(?:(?!</w:trPr>).)*<w:ins ", xml)) == 1
    gone = re.findall(r"<w:delText[^>]*>([^<]*)<", xml)
    assert all(re.fullmatch(r"[\d.]*", text) for text in gone)  # numbers that moved on


def test_splits_are_ends_of_paragraphs_and_sections_move(tmp_path: Path) -> None:
    project = make_report(tmp_path / "p")
    for name in ("languages", "schools"):
        third = f"---\ntitle: On {name}\nauthors: [law-centre]\n---\n\n{{#{name}}}\nA text about {name}.\n"
        (project / f"sections/3{name[0] > 'm':d}0-{name}.md").write_text(third)
    commit_all(project, "Third")
    old = built(project)
    replace(project, "100-general.md", ("\nIt covers", "\n\n{#years}\nIt covers"))
    first = redline(project, "HEAD", author="Editor")
    assert counted(first.lines) == {"changed": 1, "split off": 1}
    commit_all(project, "Split")
    second = redline(project, "HEAD", "HEAD~1", author="Editor")  # as if it had been joined
    assert counted(second.lines) == {"changed": 1, "joined": 1}
    for result, side, ways in (
        (first, "ins", ("accept", "reject")),
        (second, "del", ("reject", "accept")),
    ):
        xml = document(result)
        assert len(re.findall(rf"<w:rPr><w:{side} ", xml)) == 1
        assert marked(result.files[0]) == 0
        data = result.files[0].read_bytes()
        assert shown(data, ways[0]) == shown(built(project), "accept")
        assert shown(data, ways[1]) == shown(old, "accept")

    folder = project / "sections"
    (folder / "200-legislation.md").rename(folder / "400-legislation.md")
    replace(project, "400-legislation.md", ("shift the burden", "move the burden"))
    moved = redline(project, "HEAD", author="Editor")
    assert counted(moved.lines) == {"moved": 1, "changed": 1} and not moved.diagnostics
    assert moved.lines[0].entry.kind == "section"
    commit_all(project, "Move")
    data = moved.files[0].read_bytes()
    assert shown(data, "accept") == shown(built(project), "accept")
    run_git(project, "checkout", "-q", "HEAD~1", "--", "sections")
    (folder / "400-legislation.md").unlink()
    assert shown(data, "reject") == shown(built(project), "accept")


def test_the_summary_gives_old_and_new_numbers_by_section_and_author(changed: Any) -> None:
    markdown = changed[3].files[1].read_text("utf-8")
    assert "## Anti-discrimination legislation" in markdown and "## General matters" in markdown
    assert re.search(r"\| moved paragraph \| 1 → [2-9] \| Bolat \| This report was", markdown)
    assert markdown.count("| moved paragraph |") == 1
    assert "| added paragraph | – → 6 | Aliya | A wholly new paragraph" in markdown
    assert "| changed heading | 1–6 → 1–7 | Bolat | General matters |" in markdown
    page = changed[3].files[2].read_text("utf-8")
    assert (
        page.startswith("<!doctype html>")
        and "<td>moved paragraph<td>" in page
        and "<script" not in page
    )


def test_who_writes_a_note_or_another_paragraph_did_not_change_the_words(tmp_path: Path) -> None:
    project = make_report(tmp_path)
    name = "200-legislation.md"
    replace(project, name, ("defines direct and", "describes direct and"))
    commit_all(project, "Words", "Aliya <aliya@example.org>")
    gone = "{#statistics}\nThe Government publishes no statistics on complaints.\nWithout them nobody can say how often the law is applied.\n\n"
    replace(project, name, (gone, ""))
    commit_all(project, "One paragraph less", "Carol <carol@example.org>")
    note = '::: {.note author="Bolat"}\nSure?\n:::\n\n'
    replace(project, name, ("{#remedies}", note + "{#remedies}"), ("rarely", "seldom"))
    commit_all(project, "A note", "Bolat <bolat@example.org>")
    markdown = redline(project, "HEAD~3", "HEAD").files[1].read_text("utf-8")
    said = [row for row in markdown.splitlines() if row.startswith("| ")]
    assert any(" | Aliya | " in row and "describes direct" in row for row in said)
    assert any(row.startswith("| removed paragraph") and " | Carol | " in row for row in said)
    assert any(" | Bolat | " in row and "seldom" in row for row in said)


def test_rows_of_tables_are_inserted_and_deleted_as_rows(changed: Any) -> None:
    xml = document(changed[3])
    rows = [
        row
        for row in xml.split("<w:tr>")[1:]
        if "<w:trPr>" in row and "<w:ins " in row.split("</w:trPr>")[0]
    ]
    assert len(rows) == 1 and "eight" in rows[0]


def test_rows_that_keep_half_of_their_cells_are_changed_in_their_words(tmp_path: Path) -> None:
    project = make_report(tmp_path / "p")
    before = ["north | villages have no wells", "south | herders lost their pasture"]
    after = ["north | every school closed", "south | buses came late", "west | none was asked"]
    old, new = ("\n".join(f"| {row} |" for row in rows) for rows in (before, after))
    replace(project, "200-legislation.md", ("| 2019 | seven |\n| 2020 | five  |", old))
    commit_all(project, "Regions")
    replace(project, "200-legislation.md", (old, new))
    xml = document(redline(project, "HEAD"))
    rows = [row for row in xml.split("<w:tr>")[1:] if "<w:trPr>" in row]
    (added,) = (row for row in rows if "<w:ins " in row.split("</w:trPr>")[0])
    assert "none was asked" in added
    assert not [row for row in rows if "<w:del " in row.split("</w:trPr>")[0]]


def test_how_columns_are_aligned_is_told_since_no_mark_can_show_it(tmp_path: Path) -> None:
    project = make_report(tmp_path / "p")
    replace(project, "200-legislation.md", ("|------|-------|", "|------|------:|"))
    result = redline(project, "HEAD")
    assert "<w:ins " not in document(result)
    markdown = result.files[1].read_text("utf-8")
    assert "| changed table | 1 |" in markdown
    assert "\\[columns: left, left → left, right\\]" in markdown


def test_nothing_differs(tmp_path: Path) -> None:
    project = make_report(tmp_path / "p")
    result = redline(project, "HEAD", "HEAD")
    assert [item.code for item in result.diagnostics] == ["empty-redline"] and result.succeeded
    assert "<w:ins " not in document(result)


def test_a_part_that_holds_nothing_but_its_title(tmp_path: Path) -> None:
    project = make_report(tmp_path / "p")
    (project / "sections" / "900-last.md").write_text("---\ntitle: Last part\nlevel: 1\n---\n")
    assert redline(project, "HEAD").succeeded


def test_tags_files_of_now_and_unknown_revisions(tmp_path: Path) -> None:
    project = make_report(tmp_path / "p")
    run_git(project, "tag", "submitted")
    replace(project, "100-general.md", ("two organizations", "three organizations"))
    assert counted(redline(project, "submitted").lines) == {"changed": 1}
    result = redline(project, "sumbitted")
    assert [item.code for item in result.diagnostics] == [
        "unknown-revision"
    ] and not result.succeeded
    bare = make_report(tmp_path / "bare", git=False)
    assert [item.code for item in redline(bare, "HEAD").diagnostics] == ["no-git"]
    assert [item.code for item in redline(project, "--output=x").diagnostics] == [
        "unknown-revision"
    ]


def test_two_word_files(changed: Any, tmp_path: Path) -> None:
    _, old, new, _ = changed
    (tmp_path / "old.docx").write_bytes(old)
    (tmp_path / "new.docx").write_bytes(new)
    result = redline(
        tmp_path, str(tmp_path / "old.docx"), str(tmp_path / "new.docx"), tmp_path / "out.docx"
    )
    assert result.succeeded, result.diagnostics
    data = result.files[0].read_bytes()
    words = [
        [row for _, row in shown(item, way)]
        for item, way in ((data, "accept"), (new, "accept"), (data, "reject"), (old, "accept"))
    ]
    squeezed = [["".join(row.split()) for row in rows] for rows in words]
    assert _texts(squeezed[0]) == _texts(squeezed[1])
    assert _texts(squeezed[2]) == _texts(squeezed[3])
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK nonsense")
    assert [
        item.code for item in redline(tmp_path, str(broken), str(tmp_path / "new.docx")).diagnostics
    ] == ["word-damaged"]


def test_text_boxes_and_rows_of_strangers_word_files(tmp_path: Path) -> None:
    """A box and the paragraph that it hangs on keep their words; a first row that goes is one row."""

    def file(name: str, number: str, boxed: str, rows: list[str]) -> Path:
        rows_ = [node("Plain", text(row)) for row in rows]
        cells = [[attr(), {"t": "AlignDefault"}, 1, 1, [row]] for row in rows_]
        made = [[attr(), [cell]] for cell in cells]
        specs = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]]
        body = [[attr(), 0, [], made[1:]]]
        grid = node("Table", attr(), [None, []], specs, [attr(), made[:1]], body, [attr(), []])
        blocks = [node("Para", text(f"The State names {number} cases.")), grid]
        path = tmp_path / name
        path.write_bytes(pandoc(["-f", "json", "-t", "docx"], document_of(blocks)))
        word = WordEdit(path)
        host = word.holding("names")
        host.append(box_of(boxed))
        host.append(box_of("A second box."))
        return word.save(path)

    years = [f"In {year} there were {year % 7} cases of it" for year in range(2012, 2018)]
    old = file("old.docx", "twelve", "Pull this quote.", years)
    new = file("new.docx", "thirty", "Pull that quote.", [*years[1:], "In 2018 there was none"])
    result = redline(tmp_path, str(old), str(new), tmp_path / "out.docx")
    assert [item.code for item in result.diagnostics] == ["not-brought-back"] * 2
    assert letters(result.files[0], "accept") == letters(new)
    assert letters(result.files[0], "reject") == letters(old)
    assert "thirtycasesPullthatquoteAsecondbox" in letters(result.files[0])
    assert document(result).count("<w:trPr>") <= 2 + len(years) and marked(result.files[0]) < 20


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PIECES = (
    '<w:p {w}><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>A title of {n} words</w:t></w:r></w:p>',
    '<w:p {w}><w:r><w:t>Printed in </w:t></w:r><w:fldSimple w:instr=" DATE "><w:r><w:t>20{n}</w:t></w:r></w:fldSimple></w:p>',
    '<w:p {w}><w:r><w:sym w:font="Symbol" w:char="F061"/></w:r><w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt>'
    "<w:rubyBase><w:r><w:t>base{n}</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
    '<w:p {w}><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:d><m:e><m:r><m:t>x+{n}</m:t></m:r>'
    "</m:e></m:d><m:r><m:t>-y</m:t></m:r></m:oMath></w:p>",
    '<w:tbl {w}><w:tblPr><w:tblCaption w:val="Never printed"/></w:tblPr><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>'
    '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:p><w:r><w:t>alone{n}</w:t></w:r></w:p></w:tc></w:tr>'
    "<w:tr><w:tc><w:p><w:r><w:t>left</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>right</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    '<w:p {w}><w:pPr><w:pStyle w:val="Caption"/></w:pPr><w:r><w:t>Table </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText> SEQ Table </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> Below, of {n}</w:t></w:r></w:p>',
)


def test_no_word_of_a_strangers_file_is_lost_where_pandoc_would_lose_it(tmp_path: Path) -> None:
    """Titles, small fields, drawn signs, text above text, uneven rows, captions below their table."""

    def file(name: str, number: str) -> Path:
        path = tmp_path / name
        blocks = [node("Para", text(f"Number {number} it is."))]
        path.write_bytes(pandoc(["-f", "json", "-t", "docx"], document_of(blocks)))
        word = WordEdit(path)
        for at, piece in enumerate(_PIECES):
            word.body.insert(at, etree.fromstring(piece.format(w=_W, n=number)))
        return word.save(path)

    old, new = file("old.docx", "12"), file("new.docx", "30")
    result = redline(tmp_path, str(old), str(new), tmp_path / "out.docx")
    assert not result.diagnostics, result.diagnostics
    wanted = "Atitleof{0}wordsPrintedin20{0}base{0}kanx{0}yalone{0}leftrightTable7Belowof{0}Number{0}itis"
    for way, number in (("accept", "30"), ("reject", "12")):
        read = letters(result.files[0], way).replace("α", "")  # type: ignore[arg-type]
        assert read == wanted.format(number)


def test_a_redline_that_would_lose_a_word_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proof reads the file itself: a deletion that the writer forgets to mark is found."""
    project = make_report(tmp_path / "p")
    replace(project, "200-legislation.md", ("defines direct", "describes direct"))

    def forgetful(data: bytes, stamps: Any) -> bytes:
        path = tmp_path / "marked.docx"
        path.write_bytes(settle_marks(data, stamps))
        word = WordEdit(path)
        deletion = next(word.body.iter(f"{{{_W[9:-1]}}}del"))
        deletion.getparent().remove(deletion)
        return word.save(path).read_bytes()

    monkeypatch.setattr(revisions, "settle_marks", forgetful)
    result = redline(project, "HEAD", author="Editor")
    assert [item.code for item in result.diagnostics] == ["redline-unproved"]
    assert "defines" in result.diagnostics[0].message and not result.files
    assert not list(project.glob("build/redline*"))


def _texts(rows: list[str]) -> str:
    """All letters: pandoc's reader turns fields into text and drops the contents."""
    joined = "".join(rows)
    return "".join(mark for mark in joined if mark.isalpha())


@needs_libreoffice
@pytest.mark.parametrize(("way", "wanted"), [("accept", 2), ("reject", 1)])
def test_libreoffice_accepts_and_rejects_to_the_same(
    changed: Any, tmp_path: Path, way: str, wanted: int
) -> None:
    file = edit(changed[3].files[0], tmp_path / f"{way}.docx", [["settle", way]], tmp_path)
    # it joins a change at a paragraph's end with one at the next one's start: compare without ends
    ours = "".join(row for _, row in shown(file.read_bytes(), "accept"))
    theirs = "".join(row for _, row in shown(changed[wanted], "accept"))
    assert ours.split() == theirs.split()


# --- any edits ------------------------------------------------------------------------------------

WORDS = [
    "law",
    "court",
    "rights",
    "the",
    "a",
    "of",
    "in",
    "2014",
    "“quoted”",
    "5%",
    "equality,",
    "minority.",
    "Kazakhstan",
    "(art.",
]
STAMP = Stamp("A", "2022-01-01T00:00:00Z")


def mark(what: str, side: str, _stamp: Stamp) -> Any:
    return node("RawInline", "mark", f"{what} {side}")


@st.composite
def inlines(draw: st.DrawFn) -> list[Any]:
    row: list[Any] = []
    for words in draw(
        st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7), min_size=1, max_size=4)
    ):
        piece = text(" ".join(words))
        shape = draw(st.integers(0, 9))
        if shape == 0:
            piece = [node("Emph", piece)]
        elif shape == 1:
            piece = [node("Link", attr(), piece, ["https://example.org", ""])]
        elif shape == 2:
            piece.append(node("Note", [node("Para", text(" ".join(reversed(words))))]))
        elif shape == 3:
            piece = [node("Link", attr("", "ref"), text("12"), [f"#par-{words[0]}", ""])]
        row += [*piece, {"t": "Space"}]
    return row[:-1]


@st.composite
def block(draw: st.DrawFn) -> Any:
    shape = draw(st.integers(0, 8))
    if shape == 0:
        return node(
            "BulletList",
            [[node("Plain", item)] for item in draw(st.lists(inlines(), min_size=1, max_size=4))],
        )
    if shape == 1:
        return node("BlockQuote", [node("Para", draw(inlines()))])
    if shape == 2:
        cells = draw(st.lists(st.lists(inlines(), min_size=2, max_size=2), min_size=1, max_size=3))
        return table(cells)
    name = draw(
        st.sampled_from(["", *(f"par-{word}" for word in ("one", "two", "three", "four", "five"))])
    )
    paragraphs = [node("Para", item) for item in draw(st.lists(inlines(), min_size=1, max_size=2))]
    return node("Div", attr(name, "paragraph", number="1"), paragraphs)


def table(rows: list[list[Any]]) -> Any:
    made = [
        [attr(), [[attr(), {"t": "AlignDefault"}, 1, 1, [node("Plain", cell)]] for cell in row]]
        for row in rows
    ]
    specs = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]] * 2
    return node(
        "Table",
        attr(),
        [None, []],
        specs,
        [attr(), made[:1]],
        [[attr(), 0, [], made[1:]]],
        [attr(), []],
    )


@st.composite
def states(draw: st.DrawFn) -> tuple[list[Any], list[Any]]:
    """Blocks before and after some edits: blocks deleted, added, moved, exchanged, words changed."""
    old = draw(st.lists(block(), min_size=1, max_size=7))
    new = list(old)
    seed = draw(st.integers(0, 1 << 30))
    chance = random.Random(seed)
    for _ in range(draw(st.integers(1, 8))):
        at = chance.randrange(len(new) + 1)
        kind = chance.randrange(8)
        if kind == 0 and new:
            del new[at % len(new)]
        elif kind == 6 and new:
            new[at % len(new) : at % len(new) + 1] = split(new[at % len(new)], chance)
        elif kind == 7 and len(new) > 1:
            start = at % (len(new) - 1)
            new[start : start + 2] = joined(*new[start : start + 2])
        elif kind == 1:
            new.insert(at, draw(block()))
        elif kind == 2 and len(new) > 1:
            new.insert(at % len(new), new.pop(chance.randrange(len(new))))
        elif new:
            new[at % len(new)] = reworded(new[at % len(new)], chance)
    return old, new


def _only_text(value: Any) -> list[Any] | None:
    single = value["t"] == "Div" and [item["t"] for item in value["c"][1]] == ["Para"]
    return value["c"][1][0]["c"] if single else None


def split(value: Any, chance: random.Random) -> list[Any]:
    """A paragraph as two, the second without an id."""
    row = _only_text(value) or []
    at = chance.randrange(len(row)) if row else 0
    if not 0 < at < len(row) - 1:
        return [value]
    halves = row[:at], row[at + 1 :] if row[at]["t"] == "Space" else row[at:]
    names = value["c"][0], attr("", "paragraph", number="1")
    return [
        node("Div", name, [node("Para", half)]) for name, half in zip(names, halves, strict=True)
    ]


def joined(one: Any, other: Any) -> list[Any]:
    """Two paragraphs as one."""
    rows = _only_text(one), _only_text(other)
    if rows[0] is None or rows[1] is None:
        return [one, other]
    return [node("Div", one["c"][0], [node("Para", [*rows[0], {"t": "Space"}, *rows[1]])])]


def reworded(value: Any, chance: random.Random) -> Any:
    if isinstance(value, list):
        return [reworded(item, chance) for item in value]
    if isinstance(value, dict) and value.get("t") == "Str" and chance.random() < 0.25:
        return {"t": "Str", "c": chance.choice(WORDS)}
    return (
        {key: reworded(item, chance) for key, item in value.items()}
        if isinstance(value, dict)
        else value
    )


def settled(blocks: list[Any], gone: str) -> list[str]:
    """The paragraphs that are left when one side's changes have gone, references without numbers; one
    whose end has gone runs on into the next."""
    rows, lead = list[str](), list[Any]()
    for item in _paragraphs(blocks, gone):
        lead += _inlines(item, gone)
        if node("RawInline", "mark", f"paragraph {gone}") not in item:
            rows.append(plain(lead).strip())
            lead = []
    return [row for row in rows if row]


def _paragraphs(value: Any, gone: str) -> Iterator[list[Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _paragraphs(item, gone)
    elif isinstance(value, dict) and value.get("t") in ("Para", "Plain"):
        yield value["c"]
    elif isinstance(value, dict):
        yield from _paragraphs(value.get("c"), gone)


def _inlines(row: list[Any], gone: str) -> list[Any]:
    found: list[Any] = []
    for item in row:
        name, content = item["t"], item.get("c")
        if name == "Span" and content[0][1] in (["insertion"], ["deletion"]):
            found += [] if content[0][1] == [gone] else _inlines(content[1], gone)
        elif name == "RawInline":
            continue
        elif name == "Link" and content[0][1] == ["ref"]:
            found.append({"t": "Str", "c": content[2][0]})
        elif name == "Link":
            found += _inlines(content[1], gone)
        elif name == "Emph":
            found += [{"t": "Str", "c": "*"}, *_inlines(content, gone), {"t": "Str", "c": "*"}]
        elif name == "Note":
            found += [
                {"t": "Str", "c": "["},
                *_inlines(content[0]["c"], gone),
                {"t": "Str", "c": "]"},
            ]
        else:
            found.append(item)
    return found


@settings(
    max_examples=int(os.environ.get("SHADOWREPORT_REDLINES", "300")),
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),  # pyright: ignore[reportArgumentType]
)
@given(states())
def test_any_edits_can_be_accepted_and_rejected(pair: tuple[list[Any], list[Any]]) -> None:
    old, new = pair
    comparison = Comparison(lambda *_: STAMP, mark, stamp=STAMP)
    both = comparison.blocks(old, new)
    for gone, whole in (("deletion", new), ("insertion", old)):
        assert _squeezed(settled(both, gone)) == _squeezed(settled(whole, gone))


def _squeezed(rows: list[str]) -> list[str]:
    """Without the marks of emphasis, which a deletion can leave empty."""
    return [row for row in (" ".join(row.replace("*", "").split()) for row in rows) if row]


@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),  # pyright: ignore[reportArgumentType]
)
@given(st.integers(0, 1 << 30))
def test_any_edits_of_a_report_in_word(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("any")
    project = make_report(folder / "p")
    old = built(project)
    chance = random.Random(seed)
    for name in ("100-general.md", "200-legislation.md"):
        path = project / "sections" / name
        path.write_text(_edited(path.read_text("utf-8"), chance, 8), "utf-8")
    commit_all(project, "Edit", "Aliya <aliya@example.org>")
    new = built(project)
    data = redline(project, "HEAD~1", "HEAD").files[0].read_bytes()
    assert shown(data, "accept") == shown(new, "accept")
    assert shown(data, "reject") == shown(old, "accept")


def _edited(source: str, chance: random.Random, count: int) -> str:
    """Paragraphs of a section reworded, exchanged and added, so that it still builds."""
    front, body = source.split("\n---\n", 1)
    blocks = body.split("\n\n")
    for _ in range(count):
        at = chance.randrange(len(blocks))
        piece = blocks[at]
        if (
            piece.startswith((":::", "|", "[^", ">", "##", "- ", ": "))
            or ":::" in piece
            or "\n" not in piece.strip()
        ):
            continue
        kind = chance.randrange(3)
        following = blocks[at + 1] if at + 1 < len(blocks) else ""
        if kind == 0:
            words = chance.choice([" every ", " *many* ", " "])
            blocks[at] = piece.replace(" the ", words, chance.randint(1, 2))
        elif kind == 1:
            blocks.insert(
                at, f"A new paragraph of {chance.randint(2, 99)} words.\nNobody saw it before."
            )
        elif (
            following.startswith("{#")
            and ":::" not in following
            and "\n" in following
            and "rec-" not in piece
        ):
            blocks[at], blocks[at + 1] = following, piece
    return front + "\n---\n" + "\n\n".join(blocks)


@pytest.mark.skipif(
    not (SAMPLE / "sections" / "report.yaml").is_file(), reason="the worked report is not here"
)
def test_the_worked_report(tmp_path: Path) -> None:
    project = tmp_path / "sample"
    for name in ("sections", "references", "templates"):
        shutil.copytree(SAMPLE / name, project / name)
    (project / ".gitignore").write_text("build/\n")
    for command in (
        ("init", "--quiet"),
        ("config", "user.name", "E"),
        ("config", "user.email", "e@example.org"),
    ):
        run_git(project, *command)
    commit_all(project, "Begin")
    old = built(project)
    chance = random.Random(7)
    for path in sorted((project / "sections").glob("*.md")):
        path.write_text(_edited(path.read_text("utf-8"), chance, 5), "utf-8")
    commit_all(project, "Edit", "Aliya <aliya@example.org>")
    new = built(project)
    result = redline(project, "HEAD~1", "HEAD")
    assert result.succeeded and len(result.lines) > 30, result.diagnostics
    data = result.files[0].read_bytes()
    assert shown(data, "accept") == shown(new, "accept")
    assert shown(data, "reject") == shown(old, "accept")
    with state(project, "HEAD~1") as folder:
        assert built(folder) == old


def test_the_summary_quotes_what_changed(tmp_path: Path) -> None:
    project = make_report(tmp_path)
    long = "The Government publishes no statistics on complaints. " + "It was asked to. " * 12
    replace(
        project,
        "200-legislation.md",
        ("The Government publishes no statistics on complaints.", long + "Nobody knows why."),
    )
    commit_all(project, "Long")
    replace(project, "200-legislation.md", ("Nobody knows why", "Nobody ever knew why"))
    result = redline(project, "HEAD")
    summary = next(file for file in result.files if file.suffix == ".md").read_text("utf-8")
    (row,) = [line for line in summary.split("\n") if line.startswith("| changed paragraph")]
    assert "... " not in row[:20] and "Nobody ever knew why" in row and "publishes no" not in row
