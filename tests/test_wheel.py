"""What pyproject.toml packs is all that the toolkit needs, far from its repository.

tools/try_wheel.py tries the wheel itself, which takes minutes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMMAND = "import sys; from shadowreport.__main__ import main; sys.exit(main())"


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """A folder with what the wheel holds, laid as the wheel lays it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    site = tmp_path / "site"
    for package in wheel["packages"]:
        shutil.copytree(
            ROOT / package,
            site / Path(package).name,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    for source, target in wheel["force-include"].items():
        shutil.copytree(ROOT / source, site / target)
    return site


def test_what_is_packed_makes_and_builds_a_report_alone(packed: Path, tmp_path: Path) -> None:
    def run(folder: Path, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, *words],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(packed)},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert done.returncode == 0, done.stdout
        assert str(ROOT / "src") not in done.stdout
        return done.stdout

    where = "import shadowreport; print(shadowreport.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", where],
        env={**os.environ, "PYTHONPATH": str(packed)},
        text=True,
        capture_output=True,
    )
    assert found.stdout.startswith(str(packed))
    run(tmp_path, "new", "report", "--committee", "cedaw", "--language", "fr")
    run(tmp_path / "report", "check")
    assert "our-report.html" in run(tmp_path / "report", "build", "--formats", "html,json")
