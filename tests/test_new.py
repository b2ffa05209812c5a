"""`invoke new`: the project that it makes builds at once, and nothing is ever overwritten."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from shadowreport import __version__
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


def _shadowreport(folder: Path, *words: str) -> tuple[int, str]:
    """What the command `shadowreport` says in a folder, and its exit code."""
    code = "from shadowreport.tasks.command import main; main()"
    command = [sys.executable, "-c", code, *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_the_command_makes_and_builds_a_report_where_no_tasks_lie(tmp_path: Path) -> None:
    assert _shadowreport(tmp_path, "--version") == (0, f"shadowreport {__version__}\n")
    code, said = _shadowreport(tmp_path, "build")
    assert code == 1 and "no report here or in a folder above" in said
    assert _shadowreport(tmp_path, "new", "report")[0] == 0
    (tmp_path / "report" / "tasks.py").unlink()
    assert _shadowreport(tmp_path / "report", "build", "--formats", "html")[0] == 0
    assert (tmp_path / "report" / "build" / "our-report.html").exists()
    code, said = _shadowreport(tmp_path / "report", "biuld")
    assert code == 2 and "did you mean 'build'" in said
