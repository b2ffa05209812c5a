"""The page of slips is true: what it shows is what the toolkit says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from shadowreport import console
from shadowreport.pipeline import examine

_PAGE = (ROOT / "docs" / "slips.md").read_text("utf-8")
_SLIP = re.compile(
    r"^## \d+\. (.*?)\n\n```markdown\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL | re.MULTILINE
)
SLIPS = {title: (typed, said) for title, typed, said in _SLIP.findall(_PAGE)}


def test_there_are_as_many_as_the_page_promises() -> None:
    assert len(SLIPS) == len(re.findall(r"^## ", _PAGE, re.MULTILINE)) == 10


@pytest.mark.parametrize("title", SLIPS)
def test_a_slip_is_told_as_the_page_says(
    title: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed, said = SLIPS[title]
    shutil.copytree(Path(__file__).parent / "base", tmp_path / "report")
    head = "" if typed.startswith("---\n") else "---\ntitle: Remedies\n---\n\n"
    (tmp_path / "report/sections/300-remedies.md").write_text(head + typed, "utf-8")
    console.diagnostics(examine(tmp_path / "report")[1])
    shown, _, _ = capsys.readouterr().out.rpartition("\n\n")
    assert f"{shown}\n" == said
