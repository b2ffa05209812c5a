"""A Word file comes back, and each change is in the right section file."""

from __future__ import annotations

import json
import os
import shutil
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from libreoffice import edit, needs_libreoffice
from lxml import etree
from small_report import FILES, commit_all, make_report, run_git
from word_files import WordFile
from wordedit import W, WordEdit, text_of

from shadowreport import pipeline
from shadowreport.compare.text import NOTE, normal
from shadowreport.formatting import format_report
from shadowreport.load import load
from shadowreport.roundtrip.merge import Merged, merge
from shadowreport.roundtrip.merged import FileChange
from shadowreport.roundtrip.returned import word_file
from shadowreport.roundtrip.send import send
from shadowreport.roundtrip.summary import summary
from shadowreport.roundtrip.ties import used_elsewhere
from shadowreport.source.rewrite import rewrite
from shadowreport.word.read.reader import read_word

SECTIONS = ("general", "legislation")


def sent(project: Path) -> Path:
    [file] = (project / "build" / "sent").glob("*.docx")
    return file


def word(project: Path) -> WordEdit:
    return WordEdit(sent(project))


def back(project: Path, changed: WordEdit, name: str = "") -> Path:
    return changed.save(project / "returned" / (name or sent(project).name))


def text(project: Path, name: str) -> str:
    return (project / "sections" / name).read_text("utf-8")


def general(project: Path) -> str:
    return text(project, "100-general.md")


def legislation(project: Path) -> str:
    return text(project, "200-legislation.md")


def original(name: str) -> str:
    return FILES[f"sections/{name}"]


def codes(result: Merged) -> list[str]:
    return [item.code for item in result.diagnostics]


def shown(path: Path) -> list[str]:
    """The paragraphs of a file as its author means them, without numbers that are counted."""
    document, _ = read_word(path)
    file = word_file(document)
    found: list[str] = []
    for paragraph in file.texts:
        if paragraph.contents or paragraph.cell[0] >= 0:
            continue
        parts = [
            f"[{file.note_text(char.note)}]" if char.text == NOTE else char.text
            for char in paragraph.chars
            if not char.reference and not (char.text == "," and "superscript" in char.formats)
        ]
        row = "".join("".join(normal("".join(parts))).split())
        if row:
            found.append(row)
    return found


# --- nothing changed ------------------------------------------------------------------------------


def test_a_file_that_comes_back_as_it_went_changes_nothing(project: Path) -> None:
    result = merge(project, sent(project))
    assert (result.succeeded, result.changes, result.diagnostics, result.files) == (
        True,
        [],
        [],
        [],
    )


@needs_libreoffice
def test_a_file_that_libreoffice_saved_changes_nothing(project: Path, tmp_path: Path) -> None:
    file = edit(sent(project), tmp_path / "back" / sent(project).name, [], tmp_path)
    result = merge(project, file)
    assert (result.succeeded, result.changes, result.diagnostics) == (True, [], [])


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("author", ["", "Aliya"])
def test_one_word_changes_one_word_of_the_source(project: Path, author: str) -> None:
    changed = word(project)
    changed.replace(changed.marked("par_no_law"), "defines direct", "describes direct", author)
    result = merge(project, back(project, changed))
    assert result.succeeded and result.authors == [author or "unknown"]
    assert legislation(project) == original("200-legislation.md").replace(
        "defines direct", "describes direct"
    )
    assert general(project) == original("100-general.md")


def test_a_file_that_was_sent_before_the_sections_were_formatted_comes_back(tmp_path: Path) -> None:
    project = make_report(tmp_path / "report")
    path = project / "sections" / "100-general.md"
    wanted = "two organizations.\nIt covers the years"
    path.write_text(path.read_text("utf-8").replace(wanted, wanted.replace("\n", " ")), "utf-8")
    commit_all(project, "Join two sentences")
    assert send(project, (), "").succeeded
    formatted = {change.file: change.after for change in format_report(project).changes}
    rewrite(project, formatted)
    commit_all(project, "Format")
    changed = word(project)
    changed.replace(
        changed.marked("par_purpose"), "covers the years", "describes the years", "Aliya"
    )
    changed.replace(
        changed.marked("par_purpose"), "two organizations", "three organizations", "Aliya"
    )
    result = merge(project, back(project, changed))
    assert (codes(result), result.conflicts) == ([], [])
    assert "three organizations.\nIt describes the years" in general(project)
    assert format_report(project).changes == []


def test_what_was_not_touched_keeps_its_citations_references_and_quotes(project: Path) -> None:
    changed = word(project)
    paragraph = changed.marked("par_remedies")
    changed.replace(paragraph, "Courts rarely", "Judges seldom", "Aliya")
    changed.replace(paragraph, "the victim", "the person concerned")
    merge(project, back(project, changed))
    expected = original("200-legislation.md").replace("Courts rarely", "Judges seldom")
    assert legislation(project) == expected.replace(
        "with the victim[^burden]", "with the person concerned[^burden]"
    )


def test_a_text_may_hold_what_is_markup_in_markdown(project: Path) -> None:
    changed = word(project)
    new = "1. *stars* _lines_ [brackets] @sign #hash $5 ~3 <tag> a|b `x` \\ {#id}"
    changed.new_paragraph(changed.marked("par_purpose"), new)
    changed.insert(
        changed.marked("par_method"), "sources", " @par-x [^1] **b** {.continued}", "Aliya"
    )
    result = merge(project, back(project, changed))
    assert "differs-after-merge" not in codes(result)
    assert not [
        item for item in pipeline.build(project, ("docx",)).diagnostics if item.severity == "error"
    ]
    assert "".join(new.split()) in shown(project / "build" / "small.docx")


def test_bold_italic_and_links_come_back(project: Path) -> None:
    changed = word(project)
    changed.look(changed.marked("par_statistics"), "no statistics", "b")
    changed.replace(changed.marked("par_method"), "several", "many", i=True)
    changed.replace(changed.holding("the site of the Committee"), "the site", "the page")
    merge(project, back(project, changed))
    assert "publishes **no statistics** on" in legislation(project)
    assert "rest on *many* kinds" in general(project)
    assert "[the page of the Committee](https://example.org/committee)" in legislation(project)


def test_a_change_over_the_edge_of_emphasis_keeps_the_rest_emphasised(project: Path) -> None:
    changed = word(project)
    changed.replace(changed.marked("par_scope"), "protection", "safety", b=True)
    changed.replace(changed.marked("par_purpose"), "Convention", "", "Aliya")
    merge(project, back(project, changed))
    assert "as the **safety** of sources" in general(project)
    assert "order of the ." in general(project).replace("the.", "the .")
    assert "**" not in general(project).replace("**safety**", "") and "*." not in general(project)


# --- lists, boxes, tables, footnotes, titles ------------------------------------------------------


def test_lists_boxes_tables_captions_quotations_and_headings(project: Path) -> None:
    changed = word(project)
    changed.replace(changed.holding("court files"), "court files", "files of courts", "Aliya")
    changed.new_paragraph(changed.holding("files of courts"), "interviews with officials;")
    changed.delete_paragraph(changed.holding("official statistics, as far"), "Aliya")
    changed.replace(changed.marked("rec_burden"), "the respondent", "the employer")
    changed.replace(changed.holding("seven"), "seven", "eight", "Aliya")
    changed.replace(changed.holding("Cases in which"), "were awarded", "were paid")
    changed.replace(changed.holding("A quotation of"), "quotation", "citation")
    changed.replace(changed.holding("Remedies"), "Remedies", "Remedies in law")
    changed.replace(
        changed.marked("sec_legislation"), "Anti-discrimination legislation", "Law: what there is"
    )
    result = merge(project, back(project, changed))
    assert codes(result) == []
    assert (
        "- files of courts and administrative files;\n- interviews with officials;\n\n{#scope}"
        in general(project)
    )
    assert "> A citation of one" in general(project)
    new = legislation(project)
    for words in (
        "to the employer.",
        "| 2019 | eight |",
        ": Cases in which damages were paid",
        "## Remedies in law",
    ):
        assert words in new
    assert 'title: "Law: what there is"\n' in new


@pytest.mark.parametrize("alone", [False, True])
@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_new_heading_has_its_level_wherever_its_section_stands(
    tmp_path: Path, level: int, alone: bool
) -> None:
    """Also in a file of this section alone, in which all headings stand higher."""
    project = make_report(tmp_path / "report")
    path = project / "sections" / "210-courts.md"
    head = f"---\ntitle: Courts\nlevel: {level}\nauthors: [voices]\n---\n\n"
    path.write_text(
        head + "{#first}\nA first paragraph.\n\n## Fees\n\n{#second}\nA second one.\n", "utf-8"
    )
    commit_all(project, "Courts")
    assert send(project, ("courts",) if alone else ()).succeeded
    changed = word(project)
    place = changed.marked("par_second")
    for name, text_ in (("Aid", "Fees"), ("Deep", "Fees"), ("Costs", "Fees")):
        place = changed.new_paragraph(place, f"More on {name.lower()}.")
        place.addprevious(copy := deepcopy(changed.holding(text_)))
        for item in [*copy.iter(W + "bookmarkStart"), *copy.iter(W + "bookmarkEnd")]:
            item.getparent().remove(item)
        changed.replace(copy, "Fees", name)
        style = copy.find(f"{W}pPr/{W}pStyle")
        style.set(W + "val", f"Heading{int(style.get(W + 'val')[-1]) + (name == 'Deep')}")
    result = merge(project, back(project, changed))
    assert codes(result) == []
    new = path.read_text("utf-8")
    assert [row for row in new.split("\n") if row.startswith("##")] == [
        *("## Fees", "## Aid", "### Deep", "## Costs"),
    ]


@pytest.mark.parametrize(
    ("written", "new", "row"),
    [
        ("General questions   # for all", "Questions", "title: Questions   # for all"),
        ("General questions", "2022", 'title: "2022"'),
        ("'General questions'  # 'all'", "Questions", "title: \"Questions\"  # 'all'"),
        ("General\n  questions", "Questions", ""),
    ],
)
def test_a_title_stays_a_text(tmp_path: Path, written: str, new: str, row: str) -> None:
    project = make_report(tmp_path / "report", git=False)
    path = project / "sections" / "100-general.md"
    source = general(project).replace("General questions", written, 1)
    path.write_text(source, "utf-8")
    assert send(project, ["general"], "").succeeded
    changed = word(project)
    changed.replace(changed.marked("sec_general"), "General questions", new)
    result = merge(project, back(project, changed))
    if row:
        assert codes(result) == [] and row in general(project).split("\n")
    else:  # on two lines: it is told, and nothing is changed
        assert codes(result) and general(project) == source


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_lines_keep_the_ends_that_they_have(tmp_path: Path, end: str, mark: str) -> None:
    project = make_report(tmp_path / "report", git=False)
    path = project / "sections" / "200-legislation.md"
    ties = "  no-law: {answers: [cerd-2014/6], finding: not-implemented}\n"
    source = legislation(project).replace(ties, f"{ties}# behind the ties\nstatus:   draft\n")
    path.write_bytes((mark + source.replace("\n", end)).encode())
    assert send(project, (), "").succeeded
    changed = word(project)
    changed.replace(changed.marked("par_remedies"), "rarely award", "never award")
    changed.delete_paragraph(changed.marked("par_no_law"))
    merge(project, back(project, changed))
    new = path.read_bytes().decode()
    assert new.startswith(mark) and "never award" in new
    rows = new.removeprefix(mark).split(end)
    assert not any("\n" in row or "\r" in row for row in rows)
    old = source.split("\n")
    assert [row for row in rows if row not in old] == [
        row.replace("rarely", "never") for row in old if "rarely" in row
    ]
    assert "# behind the ties" in rows and "paragraphs:" not in rows


def test_a_list_in_a_cell_stays_and_all_else_comes_back(tmp_path: Path) -> None:
    project = make_report(tmp_path / "report")
    grid = """\
+------+--------------+-------+
| Year | Powers       | Cases |
+======+==============+=======+
| 2019 | - to hear    | seven |
|      | - to advise  |       |
+------+--------------+-------+
| 2020 | none at all  | five  |
+------+--------------+-------+
"""
    pipe = original("200-legislation.md").split("{#tbl-cases}\n\n")[1].split("\n\n")[0] + "\n"
    path = project / "sections" / "200-legislation.md"
    path.write_text(original(path.name).replace(pipe, grid))
    commit_all(project, "Grid")
    assert send(project).succeeded
    again = merge(project, sent(project))
    assert (again.diagnostics, again.changes) == ([], [])
    changed = word(project)
    changed.replace(changed.holding("to advise"), "advise", "decide")
    changed.replace(
        changed.holding("none at all"), "none at all", "some powers, written in 国会 only"
    )
    changed.replace(changed.holding("five"), "five", "5")
    changed.replace(changed.marked("par_no_law"), "defines direct", "describes direct")
    result = merge(project, back(project, changed))
    (problem,) = result.diagnostics
    assert problem.code == "not-brought-back" and problem.message.startswith("to advise: ")
    new = path.read_text()
    assert "describes direct" in new
    assert (
        new[new.index("+--") : new.index(": Cases in")]
        == """\
+------+-----------------------------------+-------+
| Year | Powers                            | Cases |
+======+===================================+=======+
| 2019 | - to hear                         | seven |
|      | - to advise                       |       |
+------+-----------------------------------+-------+
| 2020 | some powers, written in 国会 only | 5     |
+------+-----------------------------------+-------+

"""
    )


def test_what_no_part_foresaw_is_named_and_nothing_is_written(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object) -> None:
        raise TypeError("list indices must be integers")

    changed = word(project)
    changed.replace(changed.marked("par_no_law"), "defines direct", "describes direct")
    file = back(project, changed)
    monkeypatch.setattr("shadowreport.roundtrip.merge.script", fault)
    result = merge(project, file)
    assert codes(result) == ["fault"] and not result.succeeded
    assert "TypeError" in result.diagnostics[0].message
    assert result.diagnostics[0].place.file == "shadowreport/roundtrip/merge.py"
    assert legislation(project) == original("200-legislation.md")


@pytest.mark.parametrize(
    ("old", "new", "row", "left"),
    [
        ("", "", "Under @labour-code, art. 6 (a), the State acts.", ""),
        (
            "State acts",
            "State never acts",
            "Under @labour-code, art. 6 (a), the State never acts.",
            "",
        ),
        ("(a)", "(b)", "Under @labour-code, art. 6 (b), the State acts.", ""),
        ("Labour Code", "Code", "Under @labour-code, art. 6 (a), the State acts.", "typed over"),
        ("Under Labour Code, art. 6 (a),", "Now", "Now the State acts.", ""),
        (NOTE, "", "Under @labour-code, art. 6 (a), the State acts.", "the mark of @labour-code"),
    ],
)
def test_a_source_that_the_text_names_stays(
    tmp_path: Path, old: str, new: str, row: str, left: str
) -> None:
    project = make_report(tmp_path / "report", git=False)
    path = project / "sections" / "200-legislation.md"
    named = "Under @labour-code, art. 6 (a), the State acts.\nThe Government publishes no"
    source = legislation(project).replace("The Government publishes no", named)
    path.write_text(source, "utf-8")
    assert send(project, (), "").succeeded
    changed = word(project)
    paragraph = changed.marked("par_statistics")
    if old == NOTE or new == "Now":
        for mark in [item for item in paragraph.iter() if item.tag.endswith("footnoteReference")]:
            mark.getparent().getparent().remove(mark.getparent())
    if old and old != NOTE:
        changed.replace(paragraph, old, new)
    result = merge(project, back(project, changed))
    rows = legislation(project).split("\n")
    assert row in rows and [item for item in rows if item != row] == [
        item for item in source.split("\n") if "Under" not in item
    ]
    assert [item for item in result.diagnostics if left not in item.message or not left] == []
    assert bool(result.diagnostics) == bool(left)


def test_footnotes_are_changed_added_and_removed(project: Path) -> None:
    changed = word(project)
    changed.replace(changed.holding("The names are known"), "authors", "editors", i=True)
    changed.footnote(changed.marked("par_statistics"), "on complaints", "Letter of 5 May 2021.")
    paragraph = changed.marked("par_remedies")
    for mark in [item for item in paragraph.iter() if item.tag.endswith("footnoteReference")]:
        mark.getparent().getparent().remove(mark.getparent())
    result = merge(project, back(project, changed))
    assert codes(result) == []
    assert "[^names]: The names are known to the *editors* of the report." in general(project)
    assert "on complaints[^letter-5].\n" in legislation(project)
    assert "[^letter-5]: Letter of 5 May 2021.\n" in legislation(project)
    assert "[^burden]" not in legislation(project)


def test_an_edited_citation_is_reported_and_kept(project: Path) -> None:
    changed = word(project)
    changed.replace(changed.holding("Labour Code,"), "Labour", "Labor")
    result = merge(project, back(project, changed))
    assert codes(result) == ["not-brought-back"]
    assert "[@labour-code, art. 6]" in result.diagnostics[0].message
    assert legislation(project) == original("200-legislation.md")


def test_ibid_in_the_reports_language_is_no_source_where_an_author_types_it(
    tmp_path: Path,
) -> None:
    project = make_report(tmp_path / "report")
    file = "sections/report.yaml"
    said = (project / file).read_text("utf-8")
    rewrite(project, {file: said.replace("language: en", "language: kk")})
    cited = "[@labour-code, art. 6]"
    text = legislation(project)
    again = text.replace(cited, f"{cited}, and again [@labour-code, art. 6]", 1)
    rewrite(project, {"sections/200-legislation.md": again})
    commit_all(project, "Cite it twice")
    assert send(project, (), "").succeeded
    changed = word(project)
    assert changed.holding("Сонда") is not None
    changed.footnote(changed.marked("par_statistics"), "on complaints", "Сонда.")
    merge(project, back(project, changed))
    assert legislation(project).count("labour-code") == again.count("labour-code")
    assert "on complaints[^" in legislation(project)


def test_a_blank_at_the_edge_of_emphasis_or_a_link_stands_outside(project: Path) -> None:
    changed = word(project)
    paragraph = changed.holding("the Convention")
    changed.insert(paragraph, "Convention", " on rights ", "Aliya")
    changed.replace(changed.holding("the site of"), "the Committee", " ")
    assert codes(merge(project, back(project, changed))) == []
    assert "*Convention on rights* ." in general(project)
    assert "[the site of](https://example.org/committee)" in legislation(project)


def test_a_recommendation_that_moved_into_a_list_stands_behind_it(project: Path) -> None:
    changed = word(project)
    changed.holding("complaints of persons").addnext(changed.marked("rec_special_law"))
    assert set(codes(merge(project, back(project, changed)))) == {"differs-after-merge"}
    assert "published.\n\n::: recommendations\n{#rec-special-law}" in general(project)
    assert load(project)[1] == []


def test_a_reference_of_which_a_program_knows_no_number_is_kept(project: Path) -> None:
    changed = word(project)
    paragraph = changed.holding("The same gap was described")
    result = next(item for item in paragraph.iter(W + "t") if (item.text or "").isdigit())
    result.getparent().remove(result)  # as LibreOffice does where the paragraph is in a list now
    before = (general(project), legislation(project))
    merged = merge(project, back(project, changed))
    assert (general(project), legislation(project)) == before
    assert set(codes(merged)) <= {"differs-after-merge"}


def test_characters_that_nobody_sees_do_not_come_into_the_files(project: Path) -> None:
    changed = word(project)
    changed.replace(
        changed.marked("par_no_law"), "The same gap", "The\u202a same\u202c gap, +7\u2028727,"
    )
    title = next(item for item in changed.paragraphs() if text_of(item).startswith("Anti-"))
    changed.replace(title, "Anti-", "Ant\ufeffi-")
    result = merge(project, back(project, changed))
    assert codes(result) == ["word-changed"] * 4
    assert "The same gap, +7 727, was described" in legislation(project)
    assert load(project)[1] == []


def test_a_number_typed_over_a_reference_stays_automatic(project: Path) -> None:
    changed = word(project)
    changed.replace(changed.marked("par_no_law"), "The same gap", "This gap")
    paragraph = changed.marked("par_no_law")
    for run in [item for item in paragraph.iter() if item.tag.endswith(("}fldChar", "}instrText"))]:
        run.getparent().getparent().remove(run.getparent())
    number = text_of(paragraph).split("described in paragraph\xa0")[1].split(",")[0]
    changed.replace(paragraph, f"paragraph\xa0{number}, and", "paragraph\xa099, and")
    result = merge(project, back(project, changed))
    assert codes(result) == ["not-brought-back"]
    assert "This gap was described in paragraph @par-scope, and" in legislation(project)


# --- paragraphs -----------------------------------------------------------------------------------


@pytest.mark.parametrize("author", ["", "Aliya"])
def test_new_deleted_and_moved_paragraphs(project: Path, author: str) -> None:
    changed = word(project)
    changed.new_paragraph(
        changed.marked("par_no_law"), "Courts keep no records. That must change.", author
    )
    changed.delete_paragraph(changed.marked("par_statistics"), author)
    moved = changed.marked("par_scope")
    changed.marked("par_purpose").addprevious(moved)
    result = merge(project, back(project, changed))
    assert result.new_ids == ["courts-keep-no-records"]
    assert (
        "\n\n{#courts-keep-no-records}\nCourts keep no records.\nThat must change.\n\n## Remedies"
        in legislation(project)
    )
    assert "statistics" not in legislation(project)
    assert general(project).index("{#scope}") < general(project).index("{#purpose}")
    assert general(project).count("{#scope}") == 1
    assert "[^names]: " in general(project)


def test_a_split_paragraph_gets_an_id_and_a_joined_one_loses_it(project: Path) -> None:
    changed = word(project)
    changed.split(changed.marked("par_purpose"), "It covers")
    changed.join(
        changed.marked("par_remedies"), changed.holding("Parliament should shift")
    ) if False else None
    result = merge(project, back(project, changed))
    assert [str(item) for item in result.diagnostics] == []
    assert "organizations.\n\n{#covers-years-2014-2022}\nIt covers the years" in general(project)
    again = word(project)
    again.join(again.marked("par_purpose"), again.marked("par_method"))
    run_git(project, "checkout", "--quiet", ".")
    result = merge(project, back(project, again))
    assert (
        "the *Convention*.\nThe findings rest on several kinds of sources:\n\n- complaints"
        in general(project)
    )
    assert "{#method}" not in general(project)


def test_what_referred_to_a_deleted_paragraph_is_reported(project: Path) -> None:
    changed = word(project)
    changed.delete_paragraph(changed.marked("par_no_law"))
    changed.delete_paragraph(changed.marked("par_remedies"), "Aliya")
    result = merge(project, back(project, changed))
    messages = [item.message for item in result.diagnostics if item.code == "deleted-but-used"]
    assert any(
        "its tie went with it" in message and "cerd-2014/6" in message for message in messages
    )
    assert "no-law:" not in legislation(project)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("@par-no-law", 1),
        ("@par-no-law--@par-remedies", 1),
        ("@{par-no-law}-@par-no-law.", 2),
        ("@par-no-law-at-all and @par-no-lawyer", 0),
    ],
)
def test_a_reference_is_known_whatever_stands_behind_it(
    project: Path, typed: str, told: int
) -> None:
    file = "sections/100-general.md"
    found = used_elsewhere(
        project, {file: f"See {typed}\n", "sections/200-legislation.md": "Words.\n"}, ["par-no-law"]
    )
    assert [item.place.line for item in found] == [1] * told


def test_bookmarks_may_be_lost(project: Path) -> None:
    changed = word(project)
    changed.replace(changed.marked("par_no_law"), "defines direct", "describes direct")
    changed.new_paragraph(changed.marked("par_purpose"), "Nobody wrote this paragraph before us.")
    changed.delete_paragraph(changed.marked("par_statistics"))
    changed.drop_bookmarks()
    result = merge(project, back(project, changed))
    assert codes(result) == []
    assert "describes direct" in legislation(project) and "{#statistics}" not in legislation(
        project
    )
    assert "Nobody wrote this paragraph before us.\n\n{#method}" in general(project)


def test_a_paragraph_that_moved_to_another_section_leaves_no_tie_behind(project: Path) -> None:
    changed = word(project)
    changed.marked("par_scope").addnext(changed.marked("par_no_law"))
    result = merge(project, back(project, changed))
    messages = [item.message for item in result.diagnostics if item.code == "deleted-but-used"]
    assert any("moved to another section" in one and "cerd-2014/6" in one for one in messages)
    assert "{#no-law}" in general(project) and "[@labour-code, art. 6]" in general(project)
    assert "no-law" not in legislation(project)
    assert not [item for item in load(project)[1] if item.severity == "error"]


def test_what_cannot_come_back_is_said(project: Path) -> None:
    """A picture, the level of a heading, brackets in an address, a comment on a footnote."""
    changed = word(project)
    new = changed.new_paragraph(changed.marked("par_statistics"), "")
    blip = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
    etree.SubElement(etree.SubElement(new[-1], f"{W}drawing"), blip)
    style = changed.holding("Remedies").find(f"{W}pPr/{W}pStyle")
    style.set(f"{W}val", "Heading4")
    changed.comment(changed.holding("names are known"), "known", "Known by whom?", "Rosa")
    result = merge(project, back(project, changed))
    said = [item.message for item in result.diagnostics if item.code == "not-brought-back"]
    assert any("a picture was inserted" in one for one in said)
    assert any("'Remedies' was made a heading of level 4" in one for one in said)
    assert "{#paragraph" not in legislation(project)
    assert "Known by whom?" in general(project)


def test_a_file_without_a_trace_merges_where_its_revision_is_told(project: Path) -> None:
    changed = word(project)
    changed.replace(changed.marked("par_no_law"), "defines direct", "describes direct")
    changed.drop_bookmarks()
    for part in [name for name in changed.parts if "custom" in name.lower()]:
        changed.parts[part] = b"<nothing/>"
    file = back(project, changed, "Report (1).docx")
    refused = merge(project, file)
    assert codes(refused) == ["not-ours"] and "--revision" in refused.diagnostics[0].hint
    assert merge(project, file, revision="present").succeeded
    assert "describes direct" in legislation(project)


@pytest.mark.parametrize("bookmarks", [True, False])
def test_a_part_of_the_report_without_a_record_empties_no_section_that_was_not_sent(
    project: Path, bookmarks: bool
) -> None:
    [file] = send(project, ("general",), "law-centre").files
    changed = WordEdit(file)
    changed.replace(changed.holding("two organizations"), "two organizations", "six organizations")
    if not bookmarks:
        changed.drop_bookmarks()
    for part in [name for name in changed.parts if "custom" in name.lower()]:
        changed.parts[part] = b"<nothing/>"
    before = legislation(project)
    result = merge(project, back(project, changed, "part.docx"), revision="present")
    assert legislation(project) == before and "six organizations" in general(project)
    assert not result.steps.removals
    said = [item.message for item in result.diagnostics]
    assert len(said) == 1 and said[0].startswith("legislation: nothing of it is in the returned")


def test_another_word_file_is_refused_whatever_revision_is_told(project: Path) -> None:
    other = WordFile()
    for count in range(6):
        other.text(f"Paragraph {count} of a text that nobody here has written or sent to anyone.")
    file = other.save(project / "other.docx")
    before = legislation(project), general(project)
    assert codes(merge(project, file, revision="present")) == ["not-ours"]
    assert (legislation(project), general(project)) == before


def test_generated_text_is_reported(project: Path) -> None:
    changed = word(project)
    changed.replace(changed.holding("Adopt a special law against"), "special", "general")
    result = merge(project, back(project, changed))
    assert codes(result) == ["not-brought-back"] and result.changes == []


# --- people ---------------------------------------------------------------------------------------


def test_comments_become_notes_with_author_and_date(project: Path) -> None:
    changed = word(project)
    changed.comment(changed.marked("par_remedies"), "5 cases", "Which ones?", "Bolat")
    changed.comment(changed.marked("rec_burden"), "burden", 'Say "onus"', "Bolat")
    result = merge(project, back(project, changed))
    assert codes(result) == []
    assert (
        '[^burden].\n\n::: {.note author="Bolat" date="2022-02-03"}\nOn "5 cases": Which ones?\n:::\n'
        in legislation(project)
    )
    assert ":::\n\n::: {.note author=" in legislation(project)
    assert not [
        item for item in pipeline.build(project, ("json",)).diagnostics if item.severity == "error"
    ]
    assert merge(project, back(project, changed)).changes == []


def test_a_comment_comes_once_though_the_words_that_it_is_on_change(project: Path) -> None:
    """And of two equal ones on one paragraph both come."""
    changed = word(project)
    changed.comment(changed.marked("par_remedies"), "5 cases", "Which ones?", "Bolat")
    changed.comment(changed.marked("par_no_law"), "defines direct", "Source?", "Bolat")
    changed.comment(changed.marked("par_no_law"), "indirect", "Source?", "Bolat")
    assert codes(merge(project, back(project, changed, "first.docx"))) == []
    once = legislation(project)
    assert (once.count("Which ones?"), once.count("Source?")) == (1, 2)
    changed.replace(changed.marked("par_remedies"), "5 cases", "6 cases")
    changed.replace(changed.marked("par_no_law"), "indirect", "hidden")
    assert codes(merge(project, back(project, changed, "second.docx"))) == []
    again = legislation(project)
    assert "6 cases" in again and "hidden" in again
    assert (again.count("Which ones?"), again.count("Source?")) == (1, 2)


def test_each_author_gets_a_commit(project: Path) -> None:
    changed = word(project)
    changed.replace(changed.marked("par_no_law"), "defines direct", "describes direct", "Aliya")
    changed.replace(changed.marked("par_no_law"), "indirect", "hidden", "Bolat")
    changed.replace(changed.marked("par_scope"), "Persons", "People")
    result = merge(project, back(project, changed), commit=True, author="Law Centre")
    assert {name for name, _ in result.commits} == {"Aliya", "Bolat", "Law Centre"}
    log = run_git(project, "log", "-3", "--format=%an")
    assert set(log.split("\n")) - {""} == {"Aliya", "Bolat", "Law Centre"}
    patch = run_git(project, "log", "-1", "--author=Aliya", "-p", "--format=")
    assert (
        "+No law of Kazakhstan describes direct and indirect" in patch
        or "+No law of Kazakhstan describes direct and hidden" in patch
    )
    assert run_git(project, "status", "--porcelain", "--", "sections") == ""


def test_two_organisations_one_after_the_other_with_one_conflict(project: Path) -> None:
    one, other = word(project), word(project)
    one.replace(one.marked("par_no_law"), "defines direct", "describes direct", "Aliya")
    one.replace(one.marked("par_remedies"), "rarely", "seldom", "Aliya")
    one.comment(one.marked("par_no_law"), "describes direct", "Sure?", "Zarina")
    other.replace(other.marked("par_no_law"), "defines direct", "names direct", "Bolat")
    other.replace(other.marked("par_remedies"), "the victim", "the plaintiff", "Bolat")
    assert codes(merge(project, back(project, one, "one.docx"), commit=True)) == []
    result = merge(project, back(project, other, "other.docx"), commit=True)
    assert codes(result) == ["conflict"]
    new = legislation(project)
    assert "Courts seldom award" in new and "with the plaintiff[^burden]" in new
    assert "No law of Kazakhstan describes direct" in new
    assert (
        '::: {.note author="Bolat"}\nConflict: this paragraph (par-no-law) was changed meanwhile.'
        in new
    )
    assert "last changed by Aliya" in new and "No law of Kazakhstan names direct" in new
    built = pipeline.build(project, ("json",))
    assert built.succeeded
    (told,) = (item for item in built.diagnostics if item.code == "leftover")
    words = new.split("\n")[told.place.line - 1]
    assert (
        words.startswith("Conflict: this paragraph (par-no-law)")
        and "nobody has settled" in told.message
    )


def test_a_paragraph_deleted_here_and_changed_there_is_not_lost(project: Path) -> None:
    changed = word(project)
    changed.replace(changed.marked("par_statistics"), "no statistics", "few figures", "Aliya")
    path = project / "sections" / "200-legislation.md"
    path.write_text(
        legislation(project).replace(
            "{#statistics}\nThe Government publishes no statistics on complaints.\nWithout them nobody can say how often the law is applied.\n\n",
            "",
        )
    )
    commit_all(project, "Remove statistics")
    result = merge(project, back(project, changed))
    assert codes(result) == ["conflict"]
    assert "The Government publishes few figures on complaints." in legislation(project)


def test_a_paragraph_that_both_sides_moved_stays_and_is_reported(project: Path) -> None:
    changed = word(project)
    changed.holding("goes on after the quotation").addnext(changed.marked("par_purpose"))
    path = project / "sections" / "100-general.md"
    block = original("100-general.md").partition("---\n{#")[2].partition("\n\n")[0]
    here = general(project).replace("{#" + block + "\n\n", "")
    here = here.replace("{#scope}", "{#" + block + "\n\n{#scope}")
    path.write_text(here, "utf-8")
    result = merge(project, back(project, changed))
    assert codes(result) == ["not-brought-back"]
    assert "par-purpose: was moved in the returned file" in result.diagnostics[0].message
    assert general(project) == here


def test_a_difference_is_shown_with_its_paragraph_and_its_first_words(project: Path) -> None:
    changed = word(project)
    changed.insert(changed.marked("par_purpose"), "organizations", " and others...", "Aliya")
    changed.holding("court files and").addnext(changed.marked("rec_burden"))
    found = merge(project, back(project, changed)).diagnostics
    assert {item.code for item in found} == {"differs-after-merge"}
    rows = general(project).split("\n")
    assert rows[found[1].place.line - 1].startswith("Parliament should shift")
    shown = "'Parliament should shift the burden of proof to the…'"
    assert [item.message for item in found] == [
        f"reads '' now, but the returned file has {shown}",
        f"paragraph rec-burden reads {shown} now, but the returned file has ''",
    ]


def test_sections_may_be_renumbered_and_edited_meanwhile(project: Path) -> None:
    changed = word(project)
    changed.replace(changed.marked("par_no_law"), "defines direct", "describes direct", "Aliya")
    run_git(project, "mv", "sections/200-legislation.md", "sections/300-legislation.md")
    path = project / "sections" / "300-legislation.md"
    path.write_text(
        path.read_text().replace("{#no-law}", "{#opening}\nA first paragraph.\n\n{#no-law}")
    )
    commit_all(project, "Renumber")
    assert codes(merge(project, back(project, changed))) == []
    assert (
        "A first paragraph.\n\n{#no-law}\nNo law of Kazakhstan describes direct" in path.read_text()
    )


def test_merging_the_same_file_twice_changes_nothing_more(project: Path) -> None:
    changed = word(project)
    changed.new_paragraph(changed.marked("par_no_law"), "Courts keep no records.", "Aliya")
    changed.replace(changed.marked("par_scope"), "Persons", "People")
    changed.split(changed.marked("par_purpose"), "It covers")
    file = back(project, changed)
    merge(project, file)
    before = (general(project), legislation(project))
    again = merge(project, file)
    assert (general(project), legislation(project)) == before and again.changes == []


def test_a_dry_run_writes_nothing(project: Path) -> None:
    changed = word(project)
    changed.replace(changed.marked("par_scope"), "Persons", "People")
    result = merge(project, back(project, changed), dry_run=True, commit=True)
    assert [change.file for change in result.changes] == ["sections/100-general.md"]
    assert run_git(project, "status", "--porcelain", "--", "sections") == "" and result.files == []


# --- where it came from ---------------------------------------------------------------------------


def test_a_report_without_git(tmp_path: Path) -> None:
    project = make_report(tmp_path / "plain", git=False)
    assert send(project, ("general",), "law-centre").succeeded
    changed = word(project)
    changed.replace(changed.marked("par_scope"), "Persons", "People")
    path = project / "sections" / "100-general.md"
    path.write_text(general(project).replace("two organizations", "three organizations"))
    assert codes(merge(project, back(project, changed))) == []
    assert "People are not named" in general(project) and "three organizations" in general(project)
    for kept in (project / "build" / "sent").glob("*.zip"):
        kept.unlink()
    result = merge(project, back(project, changed))
    assert codes(result) == ["lost-origin"] and not result.succeeded
    assert codes(merge(project, back(project, changed), revision="present")) == []


def test_a_file_of_another_report_is_refused(project: Path, tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("Something else")
    document.save(str(tmp_path / "other.docx"))
    result = merge(project, tmp_path / "other.docx")
    assert codes(result) == ["not-ours"] and not result.succeeded


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "word-not-docx"),
        (b"PK\x03\x04 cut", "word-damaged"),
        (b"%PDF-1.7", "word-not-docx"),
        (None, "missing-file"),
    ],
)
def test_broken_files_get_a_clear_error(project: Path, content: bytes | None, code: str) -> None:
    path = project / "returned.docx"
    if content is not None:
        path.write_bytes(content)
    assert codes(merge(project, path)) == [code]


def test_a_damaged_record_is_no_traceback(project: Path) -> None:
    changed = word(project)
    changed.parts["docProps/custom.xml"] = changed.parts["docProps/custom.xml"].replace(
        b'"revision"', b'"revisio"'
    )
    changed.replace(changed.marked("par_scope"), "Persons", "People")
    assert codes(merge(project, back(project, changed))) == []  # the name of the file says it too
    assert "People are not named" in general(project)
    assert codes(merge(project, back(project, changed, "renamed.docx"))) == ["lost-origin"]


# --- any edits ------------------------------------------------------------------------------------

WORDS = [
    "court",
    "law",
    "the “law”",
    "in 2014",
    "5%",
    "* star",
    "[draft]",
    "a@b.c",
    "_x_",
    "# 1",
    "don’t",
    "–",
    "1. one",
]
NUMBERED = ("NumberedParagraph", "Compact", "BoxRecommendation", "BlockText", "ContinuedParagraph")


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[str, int, int, int, str, str]]:
    """What to do, in which paragraph, from where, how far, with which words, by whom."""
    kind = st.sampled_from(["insert", "replace", "delete", "split", "new", "remove", "join"])
    place = st.integers(0, 1000)
    new = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
    who = st.sampled_from(["", "Aliya", "Bolat"])
    return draw(
        st.lists(
            st.tuples(kind, place, place, st.integers(1, 30), new, who), min_size=1, max_size=6
        )
    )


def change(
    file: WordEdit, kind: str, which: int, at: int, size: int, new: str, author: str
) -> None:
    rows = [
        item for item in file.paragraphs() if _style(item) in NUMBERED and len(text_of(item)) > 20
    ]
    paragraph = rows[which % len(rows)]
    shown_text = text_of(paragraph)
    start = at % (len(shown_text) - 2) + 1
    piece = shown_text[start : start + size]
    if shown_text.index(piece) != start:
        return
    if kind == "insert":
        file.insert(paragraph, shown_text[:start], f" {new} ", author)
    elif kind == "replace":
        file.replace(paragraph, piece, new, author)
    elif kind == "delete":
        file.replace(paragraph, piece, "", author)
    elif kind == "split":
        file.split(paragraph, shown_text[start:])
    elif kind == "new":
        file.new_paragraph(paragraph, f"A new text about {new}, written by {which}.", author)
    elif kind == "remove":
        file.delete_paragraph(paragraph, author)
    elif kind == "join":
        following = paragraph.getnext()
        if following is not None and _style(following) == _style(paragraph):
            file.join(paragraph, following)


def _style(paragraph: object) -> str:
    found = [item for item in paragraph.iter() if item.tag.endswith("}pStyle")]  # type: ignore[attr-defined]
    return next((value for item in found for value in item.attrib.values()), "")


@settings(
    max_examples=int(os.environ.get("SHADOWREPORT_MERGES", "20")),
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(edits())
def test_random_edits_come_back_equal(
    origin: Path,
    tmp_path_factory: pytest.TempPathFactory,
    row: list[tuple[str, int, int, int, str, str]],
) -> None:
    folder = tmp_path_factory.mktemp("random")
    project = Path(shutil.copytree(origin, folder / "project"))
    file = word(project)
    for step in row:
        change(file, *step)
    path = back(project, file)
    result = merge(project, path)
    failed = {"differs-after-merge", "conflict", "fault", "program-failed"} & set(codes(result))
    assert not failed, result.diagnostics
    for name in SECTIONS:  # what deleted paragraphs left behind is a person's business
        source = project / "sections" / f"{'100' if name == 'general' else '200'}-{name}.md"
        for item in result.diagnostics:
            if item.code == "deleted-but-used" and "@" in item.message:
                anchor = item.message.split("@")[1].split(",")[0]
                source.write_text(source.read_text().replace(f"@{anchor}", "1"))
    built = pipeline.build(project, ("docx",))
    assert result.succeeded or not built.succeeded, result.diagnostics  # a list that lost its head
    if built.succeeded:
        ours = [item for item in shown(project / "build" / "small.docx") if item != "Contents"]
        theirs = shown(path)
        assert [_letters(item) for item in ours if _letters(item)][2:] == [
            _letters(item) for item in theirs if _letters(item)
        ][2:]


def _letters(row: str) -> str:
    if row in ("RECOMMENDATION", "RECOMMENDATIONS"):
        return ""  # a box is headed by its content
    return "".join(mark for mark in row if not mark.isdigit() and mark != "–")


# --- LibreOffice ----------------------------------------------------------------------------------


@needs_libreoffice
def test_edits_made_in_libreoffice(project: Path, tmp_path: Path) -> None:
    steps: list[list[object]] = [
        ["track", True],
        ["replace", "defines direct", "describes direct"],
        ["delete", "The Government publishes no statistics"],
        ["paragraph", "See also", "Courts keep no records. That must change."],
        ["track", False],
        ["replace", "rarely award", "seldom award"],
        ["split", "It covers the years"],
        ["paragraph", "complaints of persons", "interviews with officials;"],
        ["delete", "official statistics, as far"],
        ["note", "Code of Civil", "Law of Civil"],
        ["footnote", "several kinds of sources", "As in 2014."],
        ["comment", "5 cases", "Which ones?", "Bolat"],
        ["bold", "burden of proof lies"],
        ["replace", "shift the burden", "move the burden"],
        ["replace", "seven", "eight"],
        ["move", "We describe", "This report was prepared"],
    ]
    file = edit(sent(project), tmp_path / "back" / sent(project).name, steps, tmp_path)
    result = merge(project, file)
    assert [str(item) for item in result.diagnostics] == []
    new, other = legislation(project), general(project)
    for words in (
        "No law of Kazakhstan describes direct",
        "{#courts-keep-no-records}\nCourts keep no records.\nThat must change.\n",
        "Courts seldom award",
        "the **burden of proof lies** with",
        "Parliament should move the burden",
        "| 2019 | eight |",
        "[^burden]: Law of Civil Procedure, article 72.",
        '{.note author="Bolat"',
    ):
        assert words in new
    assert "{#statistics}" not in new
    assert (
        "organizations.\n\n{#covers-years-2014-2022}\nIt covers the years from 2014 to 2022 and follows the order of the *Convention*."
        in other
    )
    assert (
        "- complaints of persons who turned to us;\n- interviews with officials;\n- court files and administrative files;\n\n"
        in other
    )
    assert "several kinds of sources[^2014]:" in other or "sources[^note-2014]:" in other
    assert other.index("{#scope}") < other.index("{#purpose}")
    assert pipeline.build(project, ("docx",)).succeeded


def test_a_record_says_what_the_file_was_made_from(project: Path) -> None:
    file = word(project)
    record = file.parts["docProps/custom.xml"].decode()
    head = run_git(project, "rev-parse", "HEAD").strip()
    assert head in record and json.dumps("small")[1:-1] in record


SAMPLE = Path(__file__).parents[1]


@needs_libreoffice
@pytest.mark.skipif(
    not (SAMPLE / "sections" / "report.yaml").is_file(), reason="the worked report is not here"
)
def test_forty_changes_in_the_worked_report(tmp_path: Path) -> None:
    project = tmp_path / "sample"
    for name in ("sections", "references", "templates"):
        shutil.copytree(SAMPLE / name, project / name)
    (project / ".gitignore").write_text("build/\n")
    run_git(tmp_path, "init", "--quiet", str(project))
    run_git(project, "config", "user.name", "Editor")
    run_git(project, "config", "user.email", "editor@example.org")
    commit_all(project, "Begin")
    assert send(project, (), "").succeeded
    rows = _anchored(word(project))
    chosen = rows[0::2][:40]
    assert len(chosen) == 40
    office, other = chosen[:14], chosen[14:]
    steps: list[list[object]] = [["track", False]]
    for number, (_, words) in enumerate(office):
        steps.append(["track", number % 2 == 0])
        steps.append(
            [
                ["insert", words, f" [office {number}]"],
                ["paragraph", words, f"A paragraph of office {number}."],
                ["comment", words, f"Comment of office {number}", "Bolat"],
                ["footnote", words, f"Footnote of office {number}."],
            ][number % 4]
        )
    file = edit(sent(project), tmp_path / "office" / sent(project).name, steps, tmp_path)
    changed = WordEdit(file)
    gone: list[str] = []
    for number, (anchor, words) in enumerate(other):
        paragraph = changed.marked(anchor)
        author = "Aliya" if number % 2 else ""
        kind = number % 6
        if kind == 0:
            changed.replace(paragraph, words, f"Put in its place {number}", author)
        elif kind == 1:
            changed.insert(paragraph, words, f" (inserted {number})", author)
        elif kind == 2:
            changed.new_paragraph(paragraph, f"A new text of number {number}.", author)
        elif kind == 3:
            changed.comment(paragraph, words, f"Remark {number}", "Aliya")
        elif kind == 4:
            changed.look(paragraph, words, "b")
        else:
            changed.delete_paragraph(paragraph, author)
            gone.append(anchor)
    result = merge(project, back(project, changed))
    allowed = {"deleted-but-used"}
    assert {item.code for item in result.diagnostics} <= allowed, result.diagnostics
    own = [path for path in sorted((project / "sections").glob("*.md")) if "." not in path.stem]
    now = "\n".join(path.read_text("utf-8") for path in own)  # translations are not merged
    for number in range(14):
        assert f"office {number}" in now
    for number, (anchor, words) in enumerate(other):
        wanted = {
            0: f"Put in its place {number}",
            1: f"(inserted {number})",
            2: f"A new text of number {number}.",
            3: f"Remark {number}",
            4: f"**{words.split()[0]}",
        }.get(number % 6)
        if wanted:
            assert wanted in now, wanted
        else:
            assert f"{{#{anchor.partition('_')[2].replace('_', '-')}}}" not in now
    added = run_git(project, "diff", "--numstat", "--", "sections")
    lines = sum(int(row.split("\t")[0]) for row in added.strip().split("\n"))
    assert lines < 40 * 5


def _anchored(file: WordEdit) -> list[tuple[str, str]]:
    """Named paragraphs that begin with four words which stand nowhere else."""
    texts = [text_of(item) for item in file.paragraphs()]
    found: list[tuple[str, str]] = []
    for item in file.body.iter():
        name = next((value for key, value in item.attrib.items() if key.endswith("}name")), "")
        if not item.tag.endswith("}bookmarkStart") or not name.startswith(("par_", "rec_")):
            continue
        words = " ".join(text_of(file.marked(name)).split(" ")[:4])
        plain = all(mark.isalnum() or mark == " " for mark in words)
        if plain and not name[-1].isdigit() and sum(words in row for row in texts) == 1:
            found.append((name, words))
    return found


def test_the_summary_of_a_merge_counts_lines_and_names_authors_and_new_ids() -> None:
    assert summary(Merged()) == "Nothing changed."
    change = FileChange("sections/100-a.md", "one\ntwo\nthree\n", "one\n2\nthree\nfour\n")
    merged = Merged(changes=[change], authors=["Ann", "Bo", "Ann"], new_ids=["par-a", "par-b"])
    assert summary(merged).splitlines() == [
        "Nothing changed.",
        "By Ann, Bo.",
        "  sections/100-a.md: 2 lines in, 1 line out",
        "New ids: par-a, par-b",
    ]
    merged.commits = [("Ann", "0123456789abcdef")]
    assert summary(merged, patch=True).splitlines()[4:7] == [
        "Commit 0123456789 in the name of Ann",
        "--- a/sections/100-a.md",
        "+++ b/sections/100-a.md",
    ]


def test_a_cell_that_both_sides_changed_is_a_conflict(project: Path) -> None:
    changed = word(project)
    changed.replace(changed.holding("seven"), "seven", "six")
    path = project / "sections" / "200-legislation.md"
    new = legislation(project).replace("| 2019 | seven |", "| 2019 | eleven of them |")
    path.write_text(new, "utf-8")
    commit_all(project, "Count anew")
    result = merge(project, back(project, changed))
    assert codes(result) == ["conflict"]
    assert "removed meanwhile" not in legislation(project)


def test_a_range_of_numbers_is_told_as_a_whole_where_one_is_typed_over(project: Path) -> None:
    changed = word(project)
    paragraph = changed.marked("par_scope")
    shown = text_of(paragraph).split("the law in paragraphs\xa0")[1].split(".")[0]
    for run in [item for item in paragraph.iter() if item.tag.endswith(("}fldChar", "}instrText"))]:
        run.getparent().getparent().remove(run.getparent())
    changed.replace(paragraph, shown[-1], "9")
    result = merge(project, back(project, changed))
    (told,) = (item.message for item in result.diagnostics)
    assert f"'{shown[:-1]}9' was typed over '{shown}', which stands for @sec-legislation" in told
    assert general(project) == original("100-general.md")
