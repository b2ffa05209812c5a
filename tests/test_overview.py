"""The matrix, the status page and the page of changes in a browser: accessible, filtered, followed, printed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from shadowreport.load import load
from shadowreport.outcomes.matrix import matrix
from shadowreport.overview import matrix_page, status, status_views
from shadowreport.redline.diff import FORMATS, Telling
from shadowreport.redline.difference import between
from shadowreport.redline.facts import facts

NODE = Path(__file__).parent / "node"


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a browser says of the pages of the sample report."""
    if not (NODE / "node_modules").is_dir() or not shutil.which("node"):
        pytest.skip("npm install was not run in tests/node")
    if not Path(os.environ.get("CHROMIUM", "/usr/bin/chromium")).exists():
        pytest.skip("there is no Chromium")
    report, _ = load(ROOT)
    assert report
    words = report.speech.language
    folder = tmp_path_factory.mktemp("pages")
    first, second, third = (folder / f"{name}.html" for name in ("matrix", "status", "diff"))
    first.write_text(matrix_page.render_html(matrix(report, words), words, ROOT), "utf-8")
    state = status.status(report, date(2022, 3, 1))
    second.write_text(status_views.render_html(state, words, ROOT), "utf-8")
    fewer = replace(report, sections=report.sections[1:], cycles=())
    changes = between(facts(report), facts(fewer))
    third.write_text(FORMATS["html"](changes, Telling(words, "old", "new"), ROOT), "utf-8")
    command = ["node", str(NODE / "overview.mjs"), str(first), str(second), str(third)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("page", ["matrix", "status", "diff"])
@pytest.mark.parametrize("setting", ["desktop", "dark", "phone"])
def test_axe_finds_nothing(seen: dict[str, Any], page: str, setting: str) -> None:
    assert seen["pages"][page][setting] == {"violations": [], "overflow": 0}


def test_the_filters_show_what_is_asked_for_and_can_be_sent_to_somebody(
    seen: dict[str, Any],
) -> None:
    tried = seen["filters"]
    assert set(tried["states"]) <= {"unanswered"}
    assert tried["unanswered"] == tried["reloaded"] < tried["all"] == tried["reset"]
    assert tried["address"].endswith("#?state=unanswered")
    assert tried["said"].startswith(f"{tried['unanswered']} of {tried['all']}")
    assert tried["none"] == 0 < tried["repeated"] < tried["all"]
    assert tried["messages"] == []


def test_pictures_and_rows_are_linked(seen: dict[str, Any]) -> None:
    assert seen["filters"]["followed"].startswith("#theme-")
    assert ".html#par-" in seen["filters"]["link"]


def test_a_finding_in_a_picture_leads_to_its_recommendations(seen: dict[str, Any]) -> None:
    led = seen["filters"]["led"]
    rows = [tuple(row) for row in led["rows"]]
    assert set(rows) == {(led["view"]["theme"], led["view"]["finding"])}
    assert led["told"].endswith(f": {len(rows)}")
    assert f"finding={led['view']['finding']}" in led["address"]


def test_print_leaves_out_the_filters_and_keeps_the_rows(seen: dict[str, Any]) -> None:
    printed = seen["filters"]["printed"]
    assert printed == {"filters": False, "rows": seen["filters"]["all"]}
    assert seen["filters"]["pdf"] > 20_000
