"""The ready-made configuration of GitHub Actions and pre-commit is well formed and harmless."""

from __future__ import annotations

import importlib.metadata
import io
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from ruamel.yaml import YAML

from shadowreport.machine.doctor import examine


def _text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _yaml(name: str) -> Any:
    return YAML(typ="safe", pure=True).load(_text(name))


def test_the_workflow_may_only_read_and_has_no_secrets() -> None:
    workflow = _yaml(".github/workflows/report.yml")
    text = (ROOT / ".github/workflows/report.yml").read_text("utf-8")
    assert workflow["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in text and "secrets." not in text
    assert "github.event" not in text  # what others wrote never becomes a command


def test_the_workflow_checks_and_keeps_what_it_builds() -> None:
    steps = _yaml(".github/workflows/report.yml")["jobs"]["report"]["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    assert "invoke check --format github" in commands and "invoke build" in commands
    assert steps[-1]["with"]["path"] == "build/*"


def test_all_hooks_look_at_the_whole_report() -> None:
    wanted = [("invoke check", False), ("invoke format --check", False)]
    offered = _yaml(".pre-commit-hooks.yaml")
    local = _yaml(".pre-commit-config.yaml")["repos"][0]["hooks"][:2]
    (example,) = re.findall(r"```yaml\n(repos:.*?)```", _text("docs/setting-up.md"), re.DOTALL)
    shown = YAML(typ="safe", pure=True).load(example)["repos"][0]["hooks"]
    for hooks in (offered, local, shown):
        assert [(item["entry"], item["pass_filenames"]) for item in hooks] == wanted


def test_what_is_missing_is_told_with_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_name: str) -> str:
        raise importlib.metadata.PackageNotFoundError

    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(importlib.metadata, "version", missing)
    found = {item.name: item for item in examine(tmp_path)}
    lacking = {name for name, item in found.items() if not item.found}
    assert {"typst", "git", "spelling", "report"} <= lacking
    assert all(found[name].remedy for name in lacking)
    assert found["typst"].vital and not found["git"].vital and found["pandoc"].found


@pytest.mark.parametrize(
    ("mark", "command"),
    [
        ("uv-receipt.toml", "uv tool install --with chunspell shadowreport"),
        ("pipx_metadata.json", "pipx inject shadowreport chunspell"),
        ("pyvenv.cfg", "pip install chunspell"),
    ],
)
def test_a_library_is_added_with_what_made_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: str, command: str
) -> None:
    (tmp_path / mark).touch()
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    (spelling,) = (item for item in examine(tmp_path) if item.name == "spelling")
    assert spelling.remedy.startswith(f"{command},")


@pytest.mark.parametrize(("encoding", "fits"), [("utf-8", True), ("cp1251", False)])
def test_a_terminal_that_lacks_letters_is_told(
    encoding: str, fits: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    (letters,) = (item for item in examine(tmp_path) if item.name == "letters of the terminal")
    assert bool(letters.found) is fits and "PYTHONUTF8" in letters.remedy
