"""Two branches that cannot be put together: whatever git leaves in a file is found, by file and line."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from small_report import commit_all, make_report, run_git

from shadowreport.last_check import problems
from shadowreport.pipeline import examine

GENERAL, LAW = "sections/100-general.md", "sections/200-legislation.md"
SETTINGS, SOURCES, DEMANDS = (
    "sections/report.yaml",
    "references/sources.yaml",
    "references/cerd-2014.yaml",
)


@dataclass(frozen=True)
class Both:
    """One text that two branches replace, each in its own way."""

    name: str
    file: str
    text: str
    ours: str
    theirs: str
    keep: str = "one"  # what docs/situations.md says to do


CONFLICTS = [
    Both("one paragraph", LAW, "often the law", "rarely the law", "seldom the law"),
    Both("a name", LAW, "{#statistics}", "{#numbers}", "{#counts}"),
    Both("a paragraph after one", LAW, "{#remedies}", "{#a}\nA.\n\n{#remedies}", "{#b}\nB.\n\n{#remedies}", "both"),
    Both("a box", LAW, "adopt a special", "adopt a new", "pass a special"),
    Both("a cell", LAW, "| 2020 | five  |", "| 2020 | six   |", "| 2020 | four  |"),
    Both("a footnote", LAW, "article 72", "article 73", "article 74"),
    Both("a tie", LAW, "not-implemented", "partially-implemented", "implemented"),
    Both("authors", GENERAL, "[law-centre]", "[voices]", "[law-centre, voices]"),
    Both("a source", SOURCES, "Labour Code", "The Labour Code", "Code of Labour"),
    Both("a demand", DEMANDS, "Adopt a special law", "Adopt a law", "Pass a special law"),
    Both("settings", SETTINGS, "A small report", "A report", "A short report"),
]  # fmt: skip


def _branches(project: Path, both: Both) -> str:
    """Makes the two branches and merges one into the other; gives git's words."""
    path = project / both.file
    source = path.read_text("utf-8")
    assert both.text in source
    first = run_git(project, "branch", "--show-current").strip()
    for branch, text in (("theirs", both.theirs), ("ours", both.ours)):
        run_git(project, "checkout", "--quiet", "-b", branch, first)
        path.write_text(source.replace(both.text, text), "utf-8")
        commit_all(project, branch)
    done = subprocess.run(
        ["git", "-C", str(project), "merge", "theirs"], capture_output=True, text=True
    )
    return done.stdout


@pytest.mark.parametrize("both", CONFLICTS, ids=lambda both: both.name)
def test_a_conflict_that_nobody_settled_is_an_error_where_it_stands(
    both: Both, tmp_path: Path
) -> None:
    project = make_report(tmp_path)
    assert "CONFLICT" in _branches(project, both)
    lines = (project / both.file).read_text("utf-8").splitlines()
    marks = [
        number for number, line in enumerate(lines, 1) if line.startswith(("<<<<<<<", ">>>>>>>"))
    ]
    _, found = examine(project)
    told = [item for item in found if item.place.file == both.file and item.severity == "error"]
    assert told, found
    assert any(min(marks) <= item.place.line <= max(marks) for item in told), told
    assert any("git" in item.message or "<<<<<<<" in item.hint for item in told), told


@pytest.mark.parametrize("who", ["ours", "theirs"])
def test_a_file_that_one_side_deleted_and_the_other_changed_is_told(
    who: str, tmp_path: Path
) -> None:
    project = make_report(tmp_path)
    path = project / LAW
    source, first = path.read_text("utf-8"), run_git(project, "branch", "--show-current").strip()
    for branch in ("theirs", "ours"):
        run_git(project, "checkout", "--quiet", "-b", branch, first)
        if branch == who:
            path.write_text(source.replace("rarely", "seldom"), "utf-8")
        else:
            path.unlink()
        commit_all(project, branch)
    assert problems(project) is not None  # remembered, and told nevertheless
    subprocess.run(["git", "-C", str(project), "merge", "theirs"], capture_output=True)
    (told,) = [item for item in problems(project) if item.code == "unsettled-merge"]
    assert told.place.file == LAW and ("this side changed" in told.message) == (who == "ours")
    run_git(project, "add", LAW)
    assert "unsettled-merge" not in {item.code for item in problems(project)}


def test_what_the_docs_say_settles_each_of_them(tmp_path: Path) -> None:
    project = make_report(tmp_path)
    first = run_git(project, "branch", "--show-current").strip()
    for both in CONFLICTS:
        assert "CONFLICT" in _branches(project, both), both.name
        path = project / both.file
        text = path.read_text("utf-8")
        path.write_text(_settled(text, both.keep), "utf-8")
        _, found = examine(project)
        assert [item for item in found if item.severity == "error"] == [], (both.name, found)
        run_git(project, "reset", "--quiet", "--hard")
        run_git(project, "checkout", "--quiet", first)
        run_git(project, "branch", "--quiet", "-D", "ours", "theirs")


def _settled(text: str, keep: str) -> str:
    """A text as somebody leaves it who follows docs/situations.md: one of two versions, or both with a blank
    line between them."""
    kept: list[str] = []
    side = "both"
    for line in text.split("\n"):
        if line.startswith("<<<<<<< "):
            side = "one"
        elif line == "=======" and side == "one":
            side = "other"
        elif line.startswith(">>>>>>> "):
            side = "both"
        elif side != "other" or keep == "both":
            kept.append(line)
    return "\n".join(kept)
