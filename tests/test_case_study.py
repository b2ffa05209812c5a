"""docs/case-study.md: its commands are run in their order, and print what the page says they print."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from conftest import ROOT, Sample

PAGE = (ROOT / "docs" / "case-study.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
GIT = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@a.example"}
GIT |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@a.example"}


def _run(line: str, folder: Path) -> str:
    program, *words = shlex.split(line)
    start = (
        [sys.executable, "-m", "shadowreport.tasks.command"] if program == "invoke" else [program]
    )
    environment = {**os.environ, **GIT, "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"}
    command = [*start, *words]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, (line, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout + done.stderr


def _fill_in(settings: Path, filled: str) -> None:
    text, todos = re.subn(
        r"^organisations:\n(?: .*\n)+", "", settings.read_text("utf-8"), flags=re.MULTILINE
    )
    assert todos == 1
    settings.write_text(text + filled, "utf-8")


def test_the_case_is_what_happens(sample: Sample, tmp_path: Path) -> None:
    toolkit, report = tmp_path / "toolkit", tmp_path / "our-report"
    (toolkit / "build").mkdir(parents=True)
    (toolkit / "build" / sample.files["docx"].name).write_bytes(sample.files["docx"].read_bytes())
    register = tmp_path / "register.yaml"
    register.write_text("persons: {}\n", "utf-8")
    register.chmod(0o600)
    printed = " ".join(f"{number} {what}" for what, number in sample.result.figures.items())
    (first, building), *blocks = _BLOCK.findall(PAGE)
    assert (first, building) == ("sh", "invoke build --formats docx\n")  # the fixture built it
    folder = toolkit
    for kind, text in blocks:
        if kind == "sh":
            printed = "".join(_run(line, folder) for line in text.splitlines())
            folder = report
        elif kind == "yaml":
            _fill_in(report / "sections" / "report.yaml", text)
        else:
            for line in text.splitlines():
                for words in " ".join(line.split()).split(", "):
                    assert words in " ".join(printed.split())
    assert (report / "build" / "package-kazakhstan-cerd-2022" / "SHA256SUMS").is_file()
