"""Tools beside: git that knows a report's files, and what was built last."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from small_report import commit_all, make_report, run_git

from shadowreport.core.problems import Failure
from shadowreport.machine.differences import teach
from shadowreport.machine.viewer import last_built, view
from shadowreport.new.tooling import tooling
from shadowreport.pipeline import build


def test_git_names_the_paragraph_and_compares_words_of_word_files(tmp_path: Path) -> None:
    project = make_report(tmp_path)
    (project / ".gitattributes").write_bytes(tooling()[".gitattributes"])
    word = Path(build(project, ("docx",)).files[0])
    (project / "kept.docx").write_bytes(word.read_bytes())
    commit_all(project, "Word")
    assert teach(project) == []
    path = project / "sections" / "200-legislation.md"
    lines = path.read_text("utf-8").split("\n")
    at = next(n for n, line in enumerate(lines) if "how often the law" in line)
    lines[at] += "\nA new sentence."
    path.write_text("\n".join(lines), "utf-8")
    (project / "kept.docx").write_bytes(build(project, ("docx",)).files[0].read_bytes())
    said = run_git(project, "diff", "-U1")
    assert "@@ {#statistics}" in said
    assert "\n+++ b/kept.docx" in said and "Binary files" not in said
    (line,) = [
        row for row in said.split("\n") if row.startswith("+") and "law is applied. A new" in row
    ]
    assert line[1].isdigit()  # the paragraph's number comes along


def test_lines_that_the_attributes_lack_are_told(tmp_path: Path) -> None:
    project = make_report(tmp_path / "known")
    assert teach(project) == ["sections/*.md diff=section", "*.docx binary diff=word"]
    with pytest.raises(Failure):
        teach(make_report(tmp_path / "bare", git=False))


def test_of_one_build_the_pdf_is_opened_and_of_several_the_last(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="no PDF or DOCX in build"):
        last_built(tmp_path, ("pdf", "docx"))
    (tmp_path / "build").mkdir()
    for name, age in (("a.docx", 0), ("a.pdf", 5), ("old.pdf", 9000)):
        path = tmp_path / "build" / name
        path.write_text("x")
        os.utime(path, (1e9 - age, 1e9 - age))
    assert last_built(tmp_path, ("pdf", "docx")).name == "a.pdf"
    os.utime(tmp_path / "build" / "a.docx", (1e9 + 900, 1e9 + 900))
    assert last_built(tmp_path, ("pdf", "docx")).name == "a.docx"


@pytest.mark.skipif(os.name == "nt", reason="Windows opens files by itself")
def test_without_a_screen_or_a_program_nothing_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not view(tmp_path)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not view(tmp_path)
    opener = tmp_path / "xdg-open"
    opener.write_text("#!/bin/sh\nexit 0\n")
    opener.chmod(0o755)
    assert view(tmp_path)
