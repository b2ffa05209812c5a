"""Numbers agree: what each format shows, read back from it, for random reports; for every case
test_check_and_build.py looks.

`python tools/hunt_numbers.py --count 500` makes more of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from random_report import disagreements


@pytest.mark.parametrize("seed", range(1000, 1009))
def test_all_formats_of_random_reports_show_the_same_numbers(seed: int, tmp_path: Path) -> None:
    assert list(disagreements(tmp_path / "report", seed)) == []
