"""A Word file goes out to an organisation."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from small_report import commit_all, make_report, run_git

from shadowreport.core.problems import codes
from shadowreport.roundtrip.record import read_record
from shadowreport.roundtrip.returned import word_file
from shadowreport.roundtrip.send import send
from shadowreport.word.read.package import open_package
from shadowreport.word.read.reader import read_word
from shadowreport.word.write.outgoing import record_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_report(tmp_path / "project")


def part(file: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
        return etree.fromstring(archive.read(name))


def test_an_organisation_gets_its_own_sections_with_their_true_numbers(project: Path) -> None:
    result = send(project, (), "voices")
    assert result.succeeded and result.sections == ("legislation",)
    document, problems = read_word(result.files[0])
    assert problems == []
    numbered = [
        item for item in document.blocks if getattr(item, "style", "") == "Numbered Paragraph"
    ]
    assert numbered[0].number and numbered[0].number.label.startswith("4")  # type: ignore[union-attr]


def test_sections_can_be_named_and_nobody_gets_all_of_it(project: Path) -> None:
    assert send(project, ("100",), "voices").sections == ("general",)
    whole = send(project)
    assert whole.succeeded and whole.sections == ()


def test_sections_that_do_not_follow_one_another_go_into_files_of_their_own(project: Path) -> None:
    middle = "---\ntitle: Between\nauthors: [law-centre]\n---\n\n{#between}\nA paragraph between.\n"
    (project / "sections" / "150-between.md").write_text(middle)
    commit_all(project, "Between")
    result = send(project, ("legislation", "general"))
    assert result.succeeded and len(result.files) == 2, result.diagnostics
    assert set(result.sections) == {"general", "legislation"}


def test_a_part_of_the_report_keeps_what_stands_below_what(project: Path) -> None:
    """Its first section begins at the first level, as every document must, wherever it stood."""
    for name, level in (("210-low", 3), ("220-next", 2), ("230-below", 3)):
        head = f"---\ntitle: {name}\nlevel: {level}\nauthors: [law-centre]\n---\n\nA paragraph.\n"
        more = f"\n## Inside {name}\n\nOne more.\n\n### Deep inside {name}\n\nOne more.\n"
        (project / f"sections/{name}.md").write_text(head + more)
    commit_all(project, "More")

    def headings(*sections: str) -> list[tuple[int, str]]:
        document, _ = read_word(send(project, sections).files[0])
        texts = word_file(document).texts
        return [(item.outline, item.text.split()[-1]) for item in texts if item.outline]

    assert headings("low", "next", "below") == [
        *((1, "210-low"), (2, "210-low"), (3, "210-low")),
        *((1, "220-next"), (2, "220-next"), (3, "220-next")),
        *((2, "230-below"), (3, "230-below"), (4, "230-below")),
    ]
    assert headings("next", "below")[3:] == [(2, "230-below"), (3, "230-below"), (4, "230-below")]
    assert headings()[-6:] == [
        *((2, "220-next"), (3, "220-next"), (4, "220-next")),
        *((3, "230-below"), (4, "230-below"), (5, "230-below")),
    ]


def test_changes_are_tracked_and_generated_tables_are_locked(project: Path) -> None:
    file = send(project, (), "voices").files[0]
    assert part(file, "word/settings.xml").find(f"{W}trackRevisions") is not None
    (control,) = list(part(file, "word/document.xml").iter(f"{W}sdt"))
    assert control.find(f"{W}sdtPr/{W}lock").get(f"{W}val") == "sdtContentLocked"
    assert control.find(f"{W}sdtPr/{W}alias").get(f"{W}val") == (
        "Generated from references/: changes in this table are not brought back"
    )
    assert "Adopt a special law" in "".join(control.itertext())


def test_every_paragraph_carries_its_id_as_a_bookmark(project: Path) -> None:
    file = send(project).files[0]
    names = {
        item.get(f"{W}name") for item in part(file, "word/document.xml").iter(f"{W}bookmarkStart")
    }
    assert {"sec_general", "par_purpose", "par_no_law", "rec_special_law", "tbl_cases"} <= names


def test_the_file_records_what_it_was_made_from(project: Path) -> None:
    result = send(project, ("legislation",), "voices")
    record = read_record(record_of(open_package(result.files[0])))
    assert record == result.record and record is not None
    head = run_git(project, "rev-parse", "HEAD").strip()
    assert (record.report, record.revision, record.sections) == ("small", head, ("legislation",))
    assert (record.organisation, record.name) == ("voices", "Minority Voices")
    assert head[:12] in result.files[0].name


def test_changes_that_are_not_committed_are_kept_aside(project: Path) -> None:
    path = project / "sections" / "100-general.md"
    path.write_text(path.read_text().replace("two organizations", "four organizations"))
    result = send(project)
    assert result.record and result.record.revision == ""
    (kept,) = (project / "build" / "sent").glob("sources-*.zip")
    with zipfile.ZipFile(kept) as archive:
        assert b"four organizations" in archive.read("sections/100-general.md")
    commit_all(project, "Four")
    assert send(project).record.revision  # type: ignore[union-attr]


def test_the_same_state_gives_the_same_bytes(project: Path) -> None:
    first = send(project, (), "voices").files[0].read_bytes()
    assert send(project, (), "voices").files[0].read_bytes() == first


def test_an_unknown_organisation_or_section_is_an_error(project: Path) -> None:
    for result in (send(project, (), "voicse"), send(project, ("legislaton",), "voices")):
        assert not result.succeeded and result.files == ()
        (problem,) = result.diagnostics
        assert "did you mean" in problem.hint


def test_a_record_that_is_none_of_ours_is_ignored() -> None:
    for text in (
        "",
        "{",
        "[]",
        '{"report": 1}',
        "[" * 5000,
        json.dumps({"report": "x", "revision": "y"}),
    ):
        assert read_record(text) is None


def test_every_code_is_documented() -> None:
    page = (Path(__file__).parents[1] / "docs" / "word.md").read_text("utf-8")
    for code, severity in codes("word").items():
        assert f"| `{code}` | {severity} |" in page


def test_a_table_that_is_locked_says_so_in_the_language_of_the_report(project: Path) -> None:
    settings = project / "sections" / "report.yaml"
    settings.write_text(
        settings.read_text("utf-8").replace("language: en", "language: ru"), "utf-8"
    )
    for cycle in (project / "references").glob("cerd-*.yaml"):
        cycle.write_text(cycle.read_text("utf-8").replace("{en:", "{ru:"), "utf-8")
    commit_all(project, "Russian")
    sent = send(project, (), "voices")
    assert sent.files, sent.diagnostics
    (control,) = list(part(sent.files[0], "word/document.xml").iter(f"{W}sdt"))
    said = control.find(f"{W}sdtPr/{W}alias").get(f"{W}val")
    assert said.startswith("Создано из references/")
