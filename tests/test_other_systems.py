"""What other systems do otherwise: their code pages, their line ends, files that somebody else has open, names
that they keep for themselves."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPORT, Tiny
from invoke.program import Program
from small_report import make_report, run_git

from shadowreport.pipeline import build, examine
from shadowreport.redline.diff import diff
from shadowreport.roundtrip.merge import merge
from shadowreport.roundtrip.send import send
from shadowreport.tasks import namespace
from shadowreport.tasks.program import speak

FOREIGN = "Қазақстан, отчёт, عربي, 国"


def typed(line: str, encoding: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """The exit code of a line behind `invoke` whose output goes into a file of a code page, and that output."""
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    code = 0
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "excepthook", sys.excepthook)
        speak()
        try:
            Program(namespace=namespace).run(["invoke", *line.split()])
        except SystemExit as ended:
            code = int(ended.code or 0)
        out.flush()
    return code, out.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_code_page_that_lacks_a_letter_stops_nothing(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_report(tmp_path / "project")
    law = project / "sections" / "200-legislation.md"
    law.write_text(law.read_text("utf-8").replace("publishes no", f"publishes {FOREIGN}"), "utf-8")
    settings = project / "sections" / "report.yaml"
    settings.write_text(settings.read_text("utf-8").replace("A small report", FOREIGN), "utf-8")
    monkeypatch.chdir(project)
    for line in ("status", "diff HEAD"):
        code, said = typed(line, encoding, monkeypatch)
        assert code == 0 and "\\u" in said and "fault" not in said, (line, said)


@pytest.mark.skipif(os.name == "nt", reason="a shell of Unix closes them so")
@pytest.mark.parametrize("task", ["check", "status", "new ../other"])
def test_streams_that_are_closed_stop_nothing(task: str, tmp_path: Path) -> None:
    project = make_report(tmp_path / "report", git=False)
    line = f'"{sys.executable}" -m shadowreport {task}'
    for closed in ("<&-", ">&-", "<&- >&-", "<&- >&- 2>&-"):
        done = subprocess.run(f"{line} {closed}", shell=True, cwd=project, capture_output=True)
        assert (done.returncode, done.stderr) == (0, b""), (closed, done)
        shutil.rmtree(tmp_path / "other", ignore_errors=True)


@pytest.mark.parametrize("name", ["con", "nul", "aux", "com1", "lpt9"])
def test_a_name_that_windows_keeps_for_a_device_is_refused(name: str, tiny: Tiny) -> None:
    tiny.section("100-a", "Words.\n")
    tiny.write("sections/report.yaml", REPORT.replace("name: tiny", f"name: {name}"))
    (told,) = tiny.build("json").diagnostics
    assert (told.code, told.place.file) == ("bad-value", "sections/report.yaml")
    assert "device" in told.hint
    tiny.write("sections/report.yaml", REPORT.replace("id: first", f"id: {name}"))
    assert "device" in tiny.build("json").diagnostics[0].hint


def test_a_picture_whose_name_has_other_capitals_is_named(tiny: Tiny) -> None:
    tiny.write("sections/images/Map.png", "")
    tiny.section("100-a", "Words.\n\n![A map](images/map.png)\n")
    told = tiny.build("json").diagnostics[0]
    assert told.code == "missing-image" and "images/Map.png" in told.hint


def test_a_checkout_with_windows_lines_is_the_same_report(tmp_path: Path) -> None:
    project = make_report(tmp_path / "project")
    run_git(project, "tag", "before")
    (word,) = send(project, to="voices").files
    for path in [*project.glob("sections/*"), *project.glob("references/*")]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert [item.severity for item in examine(project)[1]] == []
    assert "Nothing differs" in diff(project, "before", "", "text")
    assert merge(project, word).diagnostics == []


# --- files that another program has open --------------------------------------------------------------


class Held:
    """Stands for Path.replace where a program keeps files open, as Windows lets it: as many times as told."""

    def __init__(self, name: str, times: int) -> None:
        self.name, self.times = name, times

    def __call__(self, path: Path, target: Path) -> Path:
        if Path(target).name == self.name and self.times:
            self.times -= 1
            raise PermissionError(13, "Permission denied", str(target))
        return path.rename(target)


def test_a_file_that_is_kept_for_a_moment_is_replaced(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.section("100-a", "Words.\n")
    assert tiny.build("json").succeeded
    tiny.section("100-a", "Other words.\n")
    held = Held("tiny.json", 2)
    monkeypatch.setattr(Path, "replace", lambda path, target: held(path, target))
    assert tiny.build("json").succeeded
    assert held.times == 0 and b"Other words" in tiny.read("json")


def test_a_file_that_is_open_in_word_is_told(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.section("100-a", "Words.\n")
    held = Held("tiny.md", 99)
    monkeypatch.setattr(Path, "replace", lambda path, target: held(path, target))
    monkeypatch.setattr("shadowreport.machine.write._WAITS", (0.001,))
    (told,) = (
        item for item in build(tiny.project, ("json", "md")).diagnostics if item.severity == "error"
    )
    assert told.code == "cannot-write"
    assert "tiny.md was not replaced" in told.hint and "close the file" in told.hint
    assert not list((tiny.project / "build").glob(".shadowreport-*"))


def test_a_long_path_builds(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a-folder-with-a-long-name-as-people-have-them"] * 6)
    report = Tiny(deep)
    report.section("100-" + "a" * 30, "Words.\n")
    assert len(str(deep)) > 260
    assert report.build("json", "docx").succeeded


def test_a_path_as_windows_types_it_names_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_report(tmp_path / "project")
    monkeypatch.chdir(project)
    code, said = typed("send --section sections\\200-legislation.md", "utf-8", monkeypatch)
    assert code == 0 and "small-legislation" in said, said
