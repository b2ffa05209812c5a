"""Numbers agree: what each format shows, read back from it, for every case and for random reports.

`python tools/hunt_numbers.py --count 500` makes more of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from random_report import disagreements, of_files
from test_checks import CASES, lay

from shadowreport.pipeline import build
from shadowreport.render import FORMATS

# the text of a PDF that runs from the right is read in the order of its picture: test_scripts.py
# compares it in another way
READABLE = [case for case in CASES if case != "arabic"]


@pytest.mark.parametrize("share", range(5))
def test_all_formats_of_every_case_show_the_same_numbers(share: int, tmp_path: Path) -> None:
    built = 0
    for case in READABLE[share::5]:
        lay(case, tmp_path / case)
        result = build(tmp_path / case, FORMATS)
        # where no font has the letters, the PDF shows codes in their place
        if result.succeeded and "missing-glyph" not in {item.code for item in result.diagnostics}:
            built += 1
            assert not list(of_files(result.files)), case
    assert built > 3


@pytest.mark.parametrize("share", range(3))
def test_all_formats_of_random_reports_show_the_same_numbers(share: int, tmp_path: Path) -> None:
    for seed in range(1000 + share * 3, 1003 + share * 3):
        assert not list(disagreements(tmp_path / str(seed), seed)), seed
