"""The documentation as a site: it builds, all of it is found, nothing of it comes from elsewhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from lxml import html

pytest.importorskip("furo", reason="pip install -e '.[docs]'")
pytest.importorskip("myst_parser", reason="pip install -e '.[docs]'")
NODE = Path(__file__).parent / "node"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""


def _build(root: Path, out: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-c", "docs/site"]
    done = [*command, "-d", f"{out}.trees", ".", str(out)]
    return subprocess.run(done, cwd=root, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "html"
    done = _build(ROOT, out)
    assert done.returncode == 0, done.stderr
    return out


def test_every_page_is_in_the_contents(site: Path) -> None:
    (contents,) = html.parse(site / "index.html").getroot().find_class("sidebar-tree")
    linked = {item.get("href") for item in contents.iter("a")}
    pages = {f"docs/{path.stem}.html" for path in (ROOT / "docs").glob("*.md")}
    assert {*pages, "CHANGELOG.html"} <= linked


def test_links_lead_to_what_is_there(site: Path) -> None:
    """By no means of the generator: every link and picture of every page, with its place on the page."""
    pages = {path: html.parse(path).getroot() for path in site.rglob("*.html")}
    ids = {
        path: {item.get("id") for item in page.xpath("//*[@id]")} for path, page in pages.items()
    }
    lost: list[str] = []
    for path, page in pages.items():
        for target in page.xpath("//main//@href | //article//@href | //img/@src"):
            name, _, place = target.partition("#")
            if ":" not in name:
                file = (path.parent / name).resolve() if name else path
                right = file.is_file() and (not place or place in ids.get(file, ()))
                lost += [] if right else [f"{path.name}: {target}"]
    assert lost == []


def test_a_link_that_leads_nowhere_ends_the_build(tmp_path: Path) -> None:
    for name in ("README.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    page = tmp_path / "docs" / "slips.md"
    page.write_text(page.read_text("utf-8") + "\n[more](checks.md#no-such-check)\n", "utf-8")
    done = _build(tmp_path, tmp_path / "out")
    assert done.returncode != 0
    assert "slips.md" in done.stderr and "no-such-check" in done.stderr


def test_everybody_can_read_it_and_nothing_comes_from_elsewhere(site: Path) -> None:
    if not (NODE / "node_modules").is_dir() or not shutil.which("node"):
        pytest.skip("npm install was not run in tests/node")
    if not CHROMIUM:
        pytest.skip("there is no Chromium")
    pages = [str(site / name) for name in ("index.html", "docs/submitting.html")]
    command = ["node", str(NODE / "axe.mjs"), *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=180)
    seen = json.loads(done.stdout)
    assert len(seen) == 2 * 3
    for where, found in seen.items():
        grave = [item for item in found["violations"] if item["impact"] in ("serious", "critical")]
        assert (grave, found["wider"], found["asked"]) == ([], 0, []), where
