"""What docs/situations.md quotes is what the toolkit says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from small_report import make_report

from shadowreport.tasks import namespace

PAGE = (ROOT / "docs" / "situations.md").read_text(encoding="utf-8")
QUOTED = re.findall(r"^```\n(.*?\n)```$", PAGE, re.DOTALL | re.MULTILINE)
LAW = "sections/200-legislation.md"
BOTH = "<<<<<<< HEAD\ndefines direct\n=======\ndescribes direct\n>>>>>>> other\n"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("references/sources.yaml", "id: labour-code", "id: labour-code-2015"),
        (LAW, "{#no-law}", "{#no-special-law}"),
        (LAW, "defines direct", BOTH),
    ],
    ids=["source", "paragraph", "conflict"],
)
def test_the_messages_are_quoted_as_they_come(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    project = make_report(tmp_path / "report", git=False)
    path = project / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    command = [sys.executable, "-m", "shadowreport", "check"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    told = [text for text in QUOTED if text in done.stdout]
    assert done.returncode == 1 and len(told) == 1, done.stdout


def test_every_task_that_is_named_is_there() -> None:
    known = {context.name for context in namespace.to_contexts()}
    assert set(re.findall(r"`invoke\s+([a-z-]+)", PAGE)) <= known
