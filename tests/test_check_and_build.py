"""What `invoke check` lets pass, `invoke build` builds: both say the same of every broken project."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import ROOT
from documents import pdf_text
from PIL import Image
from random_report import of_files
from test_checks import CASES, lay

from shadowreport.core.problems import Diagnostic
from shadowreport.last_check import problems
from shadowreport.machine import programs
from shadowreport.pipeline import Built, build

HERE = ROOT / "tests"


def agree(project: Path) -> list[Diagnostic]:
    """The errors of a project, which both find; each names a line of its own file."""
    return _agree(project)[0]


def _agree(project: Path) -> tuple[list[Diagnostic], Built]:
    checked = [item for item in problems(project, cached=False) if item.severity == "error"]
    result = build(project)
    built = [item for item in result.diagnostics if item.severity == "error"]
    assert sorted(map(str, checked)) == sorted(map(str, built))
    return checked, result


@pytest.mark.parametrize("case", CASES)
def test_they_agree_on_every_case_and_all_formats_show_the_same_numbers(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "READ_SECONDS", 2)  # instead of waiting for ten
    project = tmp_path / "report"
    lay(case, project)
    _, result = _agree(project)
    # the text of a PDF that runs from the right is read in the order of its picture: test_scripts.py
    # compares it in another way; where no font has the letters, the PDF shows codes in their place
    unlike = case == "arabic" or "missing-glyph" in {item.code for item in result.diagnostics}
    if result.succeeded and not unlike:
        assert list(of_files(result.files)) == []


SETTINGS = "sections/report.yaml"
TEXT = "sections/200-legislation.md"

# what is wrong: the file, the words that become others, the code that both give
BROKEN = {
    "an unknown author": (TEXT, "[forum]", "[nobody]", "unknown-organisation"),
    "an unknown committee": (SETTINGS, "committee: CERD", "committee: CRED", "bad-value"),
    "an unknown language": (SETTINGS, "language: en", "language: tlh", "bad-value"),
    "an unknown profile": (SETTINGS, "language: en", "language: en\nprofile: cred", "bad-value"),
    "an unknown scale": (SETTINGS, "language: en", "language: en\nscale: {name: x}", "bad-value"),
    "a website that is none": (
        SETTINGS,
        "name: Rights Forum}",
        'name: Rights Forum, url: "javascript:x"}',
        "bad-link",
    ),
    "a mail that is none": (
        SETTINGS,
        "language: en",
        "language: en\ncontacts: [{name: A, email: not a mail}]",
        "bad-value",
    ),
    "a contact's website": (
        SETTINGS,
        "language: en",
        "language: en\ncontacts: [{name: A, url: ftp://x}]",
        "bad-link",
    ),
    "a day that is none": (SETTINGS, "language: en", "language: en\ndate: 2022-02-30", "bad-value"),
    "a deadline that is none": (
        SETTINGS,
        "language: en",
        "language: en\ndeadline: soon",
        "bad-value",
    ),
    "a cycle without a file": (SETTINGS, "cerd-2010, ", "cerd-2011, ", "unknown-cycle"),
    "an annex that is none": (SETTINGS, "language: en", "language: en\nannexes: [all]", "bad-value"),
    "a picture that is missing": (
        TEXT,
        "{#body}",
        "![A map](images/none.png)\n\n{#body}",
        "missing-image",
    ),
    "a source that citeproc refuses": (
        "references/sources.yaml",
        "title:",
        "volume: {a: b}\n  title:",
        "bad-value",
    ),
    "a day of a source that is none": (
        "references/sources.yaml",
        "title:",
        "accessed: 2021-02-30\n  title:",
        "bad-value",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_they_agree_on_what_only_a_build_needs(name: str, tmp_path: Path) -> None:
    file, words, others, code = BROKEN[name]
    project = tmp_path / "report"
    shutil.copytree(HERE / "base", project)
    text = (project / file).read_text("utf-8")
    assert words in text
    (project / file).write_text(text.replace(words, others, 1), "utf-8")
    found = [item for item in agree(project) if item.place.file == file]
    assert [item.code for item in found] == [code]
    assert found[0].place.line > 1


def test_they_agree_on_a_letter_without_a_font(tmp_path: Path) -> None:
    project = tmp_path / "report"
    shutil.copytree(HERE / "base", project)
    text = (project / TEXT).read_text("utf-8")
    (project / TEXT).write_text(
        text.replace("{#body}", "A sign \U000131f0\ue037 here.\n\n{#body}", 1)
    )
    built = build(project, cached=False)
    assert built.succeeded
    for found in (problems(project, cached=False), built.diagnostics):
        missing = [item for item in found if item.code == "missing-glyph"]
        assert len(missing) == 2  # one is private, which PDF/A forbids
        assert all(item.place.file == TEXT and item.place.line > 1 for item in missing)
    (pdf,) = (file for file in built.files if file.suffix == ".pdf")
    assert "A sign [U+131F0][U+E037] here." in pdf_text(pdf)


TEMPLATES = {
    "report.typ": "#let broken = (\n",
    "un-note.csl": "<style xmlns='http://purl.org/net/xbiblio/csl' class='in-text' version='1.0'/>",
    "cover.html.j2": "{{ report.nothing }}",
    "box.html.j2": "{% for x in %}",
    "report.html.j2": "{{ unknown_name }}",
    "reference.docx": "no zip",
    "languages/en.yaml": "unheard_of: x\n",
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_they_agree_on_broken_templates(name: str, tmp_path: Path) -> None:
    project = tmp_path / "report"
    shutil.copytree(HERE / "base", project)
    path = project / "templates" / name
    path.parent.mkdir(parents=True)
    path.write_text(TEMPLATES[name], "utf-8")
    assert [item.place.file for item in agree(project)] == [f"templates/{name}"]


def test_they_agree_on_a_picture_that_is_none(tmp_path: Path) -> None:
    project = tmp_path / "report"
    shutil.copytree(HERE / "base", project)
    (project / "sections" / "images").mkdir()
    Image.new("RGB", (40, 30), "white").save(project / "sections" / "images" / "map.png")
    (project / "sections" / "images" / "map.png").write_bytes(b"\x89PNG\r\n\x1a\nno more")
    section = project / TEXT
    section.write_text(f"{section.read_text('utf-8')}\nWords.\n\n![A map](images/map.png)\n")
    (problem,) = agree(project)
    assert problem.code == "bad-image"
