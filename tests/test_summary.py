"""The summary at the head of a section: a box without numbers in every format, and on every way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Tiny
from documents import page, paragraphs, pdf_text, style, text, words
from small_report import commit_all, run_git
from wordedit import W, WordEdit

from shadowreport.formatting import format_report
from shadowreport.importing import import_report
from shadowreport.publishing import publish_copy
from shadowreport.redline.diff import diff
from shadowreport.redline.revisions import redline
from shadowreport.roundtrip.merge import merge
from shadowreport.roundtrip.send import send

POINTS = ("The law says nothing of housing", "Courts heard no case")
SUMMARY = """::: summary
{#point}
The law says nothing of housing.[^a]
See paragraph @par-law.

::: confidential
Zarina told us so.
:::

Courts heard no case.
:::

"""
REST = """{#law}
There is no law; courts wait.

::: recommendations
Parliament should adopt one.
:::

[^a]: State report, paragraph 12.
"""


@pytest.fixture
def report(tiny: Tiny) -> Tiny:
    """A report whose second section begins with a summary."""
    tiny.section("300-housing", SUMMARY + REST)
    return tiny


def labels(tiny: Tiny) -> dict[str, str]:
    """The numbers of the second section's paragraphs by id, from the data that the build wrote."""
    sections = json.loads(tiny.read("json"))["sections"]
    items = next(one["items"] for one in sections if one["id"] == "housing")
    points, *others = items
    assert points["type"] == "summary"
    found = [*points["paragraphs"], *(item for item in others if item["type"] == "paragraph")]
    return {item["id"]: item["label"] for item in found}


def test_a_summary_stands_in_a_box_of_its_own_and_takes_no_number(report: Tiny) -> None:
    result = report.build()
    assert result.succeeded, result.diagnostics
    numbers = labels(report)
    assert numbers == {"point": "", "withheld-1": "", "housing-summary-3": "", "law": "1"}
    box = page(report.project / "build/tiny.html").xpath("//*[@class='summary']")[0]
    assert POINTS[0] in box.text_content() and "withheld" in box.text_content()
    assert "There is no law" not in box.text_content()
    looks = {text(item): style(item) for item in paragraphs(report.project / "build/tiny.docx")}
    assert {looks[line] for line in looks if line.startswith(POINTS)} == {"Summary"}
    assert looks["SUMMARY"] == "SummaryHeading"
    read = words(pdf_text(report.project / "build/tiny.pdf"))
    assert read.index("SUMMARY") < read.index(POINTS[0]) < read.index("There is no law")
    for made in (report.project / "build").glob("tiny.*"):
        assert b"Zarina" not in made.read_bytes()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (SUMMARY.replace("Courts heard no case.", "- Courts"), "a list stands in the summary"),
        (SUMMARY.replace("Courts heard no case.", "## Courts"), "a heading or another box"),
        (REST.replace("::: recom", SUMMARY + "::: recom"), "at the head of its section"),
        (SUMMARY + SUMMARY.replace("{#point}\n", "") + REST, "at the head of its section"),
        ("::: summary\n\n:::\n\n" + REST, "holds no text"),
        (SUMMARY + "::: recommendations\n\nAct.\n\n:::\n", "above every numbered paragraph"),
        (SUMMARY.replace("summary", "summery") + REST, "did you mean"),
        (SUMMARY.replace("summary", "{.summary #x}") + REST, "carries an id"),
        (SUMMARY.replace("summary", "Summary") + REST, "did you mean"),
    ],
)  # fmt: skip
def test_what_is_no_summary_is_refused_at_its_line(tiny: Tiny, body: str, said: str) -> None:
    tiny.section("300-housing", body if "[^a]:" in body else body + "\n[^a]: A note.\n")
    found = [item for item in tiny.build().diagnostics if item.severity == "error"]
    assert any(said in f"{item.message} {item.hint}" for item in found), found
    assert all(item.place.file == "sections/300-housing.md" for item in found)
    assert all(item.place.line > 4 for item in found)


def test_a_summary_comes_back_from_word(report: Tiny) -> None:
    versioned(report.project)
    assert send(report.project, name="confidential").succeeded
    file = WordEdit(next((report.project / "build/sent").glob("*.docx")))
    file.replace(file.marked("par_point"), "nothing", "little")
    file.new_paragraph(file.holding("Courts heard"), "Nobody was punished.")
    file.save(report.project / "returned.docx")
    result = merge(report.project, report.project / "returned.docx")
    assert result.succeeded, result.diagnostics
    expected = SUMMARY.replace("nothing", "little")
    expected = expected.replace("no case.\n", "no case.\n\nNobody was punished.\n")
    body = (report.project / "sections/300-housing.md").read_text("utf-8").split("---\n\n")[-1]
    assert without_ids(body) == without_ids(expected + REST)
    assert report.build().succeeded
    assert labels(report)["law"] == "1"


def versioned(project: Path) -> None:
    """The report in git."""
    for line in ("init -q", "config user.name Editor", "config user.email editor@example.org"):
        run_git(project, *line.split())
    commit_all(project, "A report")


def without_ids(source: str) -> list[str]:
    """The lines less the ids that a merge gives to new paragraphs."""
    return [line for line in source.split("\n") if line and not line.startswith("{#nobody")]


def test_a_summary_keeps_its_form_in_format_and_in_a_public_copy(report: Tiny) -> None:
    file = report.project / "sections/300-housing.md"
    before = file.read_text("utf-8")
    assert not format_report(report.project).changes
    assert file.read_text("utf-8") == before
    report.section(
        "400-secret",
        SUMMARY.replace("point", "other")
        + REST.replace("law}", "more}").replace("par-law", "par-more"),
        "title: Secret\nedition: confidential",
    )
    publish_copy(report.project, report.project.parent / "copy")  # proves that it builds the same
    copied = (report.project.parent / "copy/sections/300-housing.md").read_text("utf-8")
    assert "::: summary" in copied and "Zarina" not in copied


def test_a_summary_is_compared_and_comes_back_in_an_import(report: Tiny, tmp_path: Path) -> None:
    versioned(report.project)
    file = report.project / "sections/300-housing.md"
    file.write_text(file.read_text("utf-8").replace("Courts heard no", "Courts heard one"), "utf-8")
    told = diff(report.project, "HEAD", "", "text", "confidential")
    assert "{+one+}" in told and "1 × paragraph changed" in told
    made = redline(report.project, "HEAD", "", name="confidential")
    assert any(b"Courts heard" in path.read_bytes() for path in made.files if path.suffix == ".md")
    assert report.build("docx").succeeded
    imported = tmp_path / "imported"
    import_report(report.project / "build/tiny-confidential.docx", imported)
    (section,) = (imported / "sections").glob("*housing.md")
    points = section.read_text("utf-8").partition("::: summary")[2].partition("\n:::")[0]
    assert "The law says nothing of housing.[^1]" in points
    assert "Courts heard one case." in points
    assert "There is no law" not in points


def test_a_paragraph_typed_below_the_summary_stands_below_it(report: Tiny) -> None:
    versioned(report.project)
    assert send(report.project, name="confidential").succeeded
    file = WordEdit(next((report.project / "build/sent").glob("*.docx")))
    typed = file.new_paragraph(file.holding("Courts heard"), "Nobody was punished.")
    typed.find(W + "pPr").find(W + "pStyle").set(W + "val", "NumberedParagraph")
    file.save(report.project / "returned.docx")
    assert merge(report.project, report.project / "returned.docx").succeeded
    body = (report.project / "sections/300-housing.md").read_text("utf-8").split("---\n\n")[-1]
    expected = SUMMARY + "Nobody was punished.\n\n" + REST
    assert without_ids(body) == without_ids(expected)
