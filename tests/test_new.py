"""`invoke new`: the project that it makes builds at once, and nothing is ever overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from shadowreport.core.problems import Failure
from shadowreport.new import new
from shadowreport.pipeline import build


def test_a_new_project_builds(tmp_path: Path) -> None:
    new(tmp_path / "report")
    result = build(tmp_path / "report")
    assert result.succeeded, result.diagnostics
    assert sorted(path.name for path in result.files) == [
        f"our-report.{kind}" for kind in ("docx", "html", "json", "md", "pdf")
    ]
    assert (tmp_path / "report" / ".gitignore").exists()
    assert (tmp_path / "report" / "tasks.py").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(Failure) as caught:
        new(tmp_path)
    assert caught.value.diagnostics[0].code == "cannot-write"
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
