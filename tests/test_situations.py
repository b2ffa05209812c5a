"""What docs/situations.md quotes is what the toolkit says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT
from small_report import make_report

from shadowreport.pipeline import examine
from shadowreport.tasks import namespace

PAGE = (ROOT / "docs" / "situations.md").read_text(encoding="utf-8")
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
    errors = [str(item) for item in examine(project)[1] if item.severity == "error"]
    assert errors and errors[0] in PAGE


def test_every_task_that_is_named_is_there() -> None:
    known = {context.name for context in namespace.to_contexts()}
    assert set(re.findall(r"`invoke\s+([a-z-]+)", PAGE)) <= known
