"""From last cycle's Word file to the next report, with the commands that the documentation names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import pytest
from invoke.program import Program
from observation_files import pdf
from small_report import commit_all, run_git
from test_import_model import MODEL, needs_model
from test_next_cycle import OBSERVATIONS

from shadowreport.core.coverage import coverage
from shadowreport.core.problems import has_errors
from shadowreport.core.report import Report, Section
from shadowreport.pipeline import examine
from shadowreport.tasks import namespace

KEPT = (0, *range(53, 101))  # blocks of the model: its title, three tables and what answers them
OLD, NEW = "kazakhstan-2022", "kazakhstan-2027"


class Coalition:
    """Somebody who types commands in the folder of a report."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def says(self, *words: str) -> str:
        """What a command prints; it must not fail."""
        code: Any = 0
        try:
            Program(namespace=namespace).run(["invoke", *words])
        except SystemExit as ended:
            code = ended.code or 0
        said = self.capsys.readouterr()
        assert code == 0, (words, said.err[-2000:], said.out[-2000:])
        return said.out

    def reads(self) -> Report:
        """The report as it is."""
        report, found = examine(self.folder)
        assert report
        assert not has_errors(found), found
        return report


@pytest.fixture
def coalition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Coalition:
    """Before the beginning: a Word file and the committee's PDF, and no report."""
    document: Any = docx.Document(str(MODEL))
    body = document.element.body
    for at, element in enumerate(list(body)[:-1]):  # the whole of it takes a minute
        if at not in KEPT:
            body.remove(element)
    document.save(str(tmp_path / f"{OLD}.docx"))
    pdf(tmp_path / "observations.pdf", OBSERVATIONS)
    monkeypatch.chdir(tmp_path)
    return Coalition(tmp_path / "report", capsys)


def _ids(report: Report) -> dict[str, list[str]]:
    return {one.name: [item.id for item in one.paragraphs()] for one in report.sections}


def _shown(report: Report) -> dict[str, list[list[str]]]:
    return {one.name: [[item.id for item in row] for row in one.rows] for one in report.sections}


def _ties(section: Section) -> list[tuple[str, list[str]]]:
    return [(tie.paragraph.id, [one.id for one in tie.answers]) for tie in section.ties]


def _open(report: Report) -> set[str]:
    return {name for name, item in coverage(report).items() if item.is_open}


@needs_model
def test_from_the_imported_report_to_the_next_cycle(
    coalition: Coalition, monkeypatch: pytest.MonkeyPatch
) -> None:
    coalition.says("import-report", f"{OLD}.docx", "--into", "report")
    monkeypatch.chdir(coalition.folder)
    for words in (
        ["init", "--quiet"],
        ["config", "user.name", "E"],
        ["config", "user.email", "e@x.org"],
    ):
        run_git(coalition.folder, *words)
    assert not any(section.ties for section in coalition.reads().sections)

    proposed = json.loads(coalition.says("suggest", "--format", "json"))
    best = {item["demand"]: item["candidates"][0] for item in proposed[:4]}
    chosen = {name: f"{one['section']}#{one['paragraph']}" for name, one in best.items()}
    coalition.says("suggest", *(f"--take={name}={where}" for name, where in chosen.items()))
    commit_all(coalition.folder, "Tie what answers")
    signed = next(iter(chosen.values()))
    coalition.says("review", signed, "--as", "coalition", "--aspect", "facts")
    commit_all(coalition.folder, "Sign off")
    old = coalition.reads()
    assert any(section.sign_offs for section in old.sections)
    assert _open(old) == set(old.earlier()) - set(chosen)

    coalition.says("next-cycle", "../observations.pdf", "--name", NEW)
    new = coalition.reads()
    assert {name: _ids(new)[name] for name in _ids(old)} == _ids(
        old
    )  # ids are kept, to the last one
    for section in old.sections:  # all of them are to be looked at, and nobody stands for them yet
        after = next(one for one in new.sections if one.name == section.name)
        assert [item.id for item in after.look_again] == _ids(old)[section.name]
        assert after.status == "draft" and not after.sign_offs
        assert _ties(after) == _ties(section)
    assert [cycle.stem for cycle in new.cycles] == [
        *(cycle.stem for cycle in old.cycles),
        "cerd-2022",
    ]
    assert _shown(new)["wolves-steppe"] == [["cerd-2022/6.1"], ["cerd-2022/6.2"]]
    told = [one for rows in _shown(new).values() for row in rows for one in row]
    assert sorted(told) == sorted(new.earlier())
    assert _open(old) < _open(new)
    kept = coalition.folder / "archive" / OLD
    assert {path.suffix for path in kept.glob(f"{OLD}.*")} >= {".docx", ".pdf", ".html", ".json"}

    coalition.says("build", "--formats", "html")
    coalition.says("matrix", "--formats", "json")
    made = next((coalition.folder / "build").glob("*matrix*.json"))
    rows = json.loads(made.read_text("utf-8"))["recommendations"]
    answered = {row["id"] for row in rows if row["answers"]}
    assert answered == set(chosen)
