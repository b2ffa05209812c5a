"""A cycle is closed and the next one opened, as a coalition does it; or nothing has changed."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from observation_files import typed
from small_report import commit_all, make_report, run_git

from shadowreport.core.problems import Failure, has_errors
from shadowreport.core.register import Register
from shadowreport.load import load
from shadowreport.next_cycle import NextCycle, next_cycle
from shadowreport.next_cycle.sections import opened
from shadowreport.observations import import_observations
from shadowreport.overview.sign_off import sign, write_signed
from shadowreport.overview.status import status
from shadowreport.overview.status_views import waiting_lines
from shadowreport.pipeline import build, examine
from shadowreport.suggest.lineage import success
from shadowreport.suggest.take import take

DAY = date(2027, 1, 2)
OBSERVATIONS = [
    ("front", "CERD/C/KAZ/CO/8-10"),
    ("front", "3 June 2022"),
    ("front", "Concluding observations on the combined eighth to tenth periodic reports of Kazakhstan"),
    ("part", "A. Introduction"),
    ("n", "The Committee considered the report at its 2877th meeting, held on 13 April 2022."),
    ("part", "C. Concerns and recommendations"),
    ("head", "Anti-discrimination legislation"),
    ("n", "The Committee is concerned that no law protects the victims."),
    ("n", "The Committee recommends that the State party have Parliament adopt a comprehensive law against discrimination."),
    ("head", "Definitions"),
    ("n", "The Committee recommends that the State party adopt a special law against indirect discrimination."),
    ("head", "Remedies"),
    ("n", "The Committee recommends that the State party pay those whom the law failed by discrimination."),
    ("head", "Wolves and the Steppe"),
    ("n", "The Committee recommends that the State party:"),
    ("a", "Count the persons who herd among wolves;"),
    ("a", "Ask them what they need."),
]  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_report(tmp_path / "small")


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "observations.txt"
    path.write_text(typed(OBSERVATIONS), "utf-8")
    return path


def _turned(project: Path, document: Path) -> NextCycle:
    return next_cycle(project, [document], "small-2027", Register())


def _files(project: Path) -> dict[str, bytes]:
    paths = (path for path in project.rglob("*") if path.is_file())
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in paths
        if ".git" not in path.parts and "build" not in path.parts
    }


def test_the_next_cycle_begins_with_everything_to_be_looked_at(
    project: Path, document: Path
) -> None:
    report, _ = examine(project)
    assert report
    signed = sign(report, project, "legislation", "voices", ["facts"], DAY)
    write_signed(project, signed)
    commit_all(project, "Sign off")
    built = {path.name: path.read_bytes() for path in build(project).files}
    done = _turned(project, document)

    kept = project / "archive" / "small"
    assert {path.name: path.read_bytes() for path in kept.glob("small.*")} == built
    lines = [line.split("  ") for line in (kept / "SHA256SUMS").read_text().splitlines()]
    sums = {name: value for value, name in lines}
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in built.items()}
    assert run_git(project, "rev-parse", "small^{commit}") == run_git(project, "rev-parse", "HEAD")
    assert done.tag == "small"

    new, found = examine(project)
    assert new
    assert not has_errors(found)
    assert new.name == "small-2027"
    assert [cycle.stem for cycle in new.cycles] == ["cerd-2014", "cerd-2022"]
    by_name = {section.name: section for section in new.sections}
    for section in report.sections:
        after = by_name[section.name]
        assert [item.id for item in after.look_again] == [item.id for item in section.paragraphs()]
        assert [item.id for item in after.paragraphs()] == [
            item.id for item in section.paragraphs()
        ]
        assert after.status == "draft"
        assert not after.sign_offs
        assert [(tie.paragraph.id, tie.finding) for tie in after.ties] == [
            (tie.paragraph.id, tie.finding) for tie in section.ties
        ]
    rows = {name: [[one.id for one in row] for row in item.rows] for name, item in by_name.items()}
    assert ["cerd-2022/3"] in rows["legislation"]  # by its title
    assert ["cerd-2022/4"] in rows["legislation"]  # by what it resembles
    assert done.opened.proposed == {"Definitions": "legislation"}
    assert rows["remedies"] == [["cerd-2022/5"]]  # a little like an older one, which is told
    assert done.opened.perhaps == {"Remedies": "legislation"}
    assert rows["wolves-steppe"] == [["cerd-2022/6.1"], ["cerd-2022/6.2"]]
    shown = [one for of in rows.values() for row in of for one in row]
    assert sorted(shown) == sorted(new.earlier())
    again = [item for item in found if item.code == "look-again"]
    assert {item.place.file for item in again} == {section.file for section in report.sections}
    assert new.title == "TODO A small report"


def test_what_was_looked_at_leaves_the_list(project: Path, document: Path) -> None:
    _turned(project, document)
    report, _ = examine(project)
    assert report
    for file, text in take(report, project, {"cerd-2022/3": "cerd-2014/6"}).items():
        (project / file).write_text(text, "utf-8")
    report, _ = examine(project)
    assert report
    lines = waiting_lines(status(report, DAY))
    assert any(
        line.endswith("#no-law  found not-implemented  asked again: cerd-2022/3") for line in lines
    )
    write_signed(project, sign(report, project, "legislation#no-law", "voices", ["facts"], DAY))
    report, _ = examine(project)
    assert report
    left = waiting_lines(status(report, DAY))
    assert [line.split()[1] for line in left] == [
        line.split()[1] for line in lines if "#no-law" not in line
    ]
    assert not any("#no-law" in line for line in left)
    commit_all(project, "Look at one")
    refused = build(project, persons=Register(), release=True)
    assert "look-again" in {item.code for item in refused.diagnostics if item.severity == "error"}


def test_the_success_table_knows_what_was_taken_up(project: Path, document: Path) -> None:
    """Of two recommendations of the coalition the made-up committee took one up."""
    _turned(project, document)
    report, _ = examine(project)
    assert report
    first = {item.recommendation: item for item in success(report)}
    assert first["rec-special-law"].perhaps[0].other in ("cerd-2022/3", "cerd-2022/4")
    assert not any(item.taken_up for item in first.values())
    for file, text in take(report, project, {"cerd-2022/3": "rec-special-law"}).items():
        (project / file).write_text(text, "utf-8")
    report, _ = examine(project)
    assert report
    told = {item.recommendation: (item.taken_up, bool(item.perhaps)) for item in success(report)}
    others = [name for name in told if name != "rec-special-law"]
    assert told["rec-special-law"][0] == ("cerd-2022/3",)
    assert all(told[name][0] == () for name in others)
    commit_all(project, "The next cycle")
    with pytest.raises(Failure, match="a cycle of this report already"):
        next_cycle(project, [document], "small-2031")


def _change(file: str, old: str, new: str) -> Callable[[Path], None]:
    def spoil(project: Path) -> None:
        path = project / file
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    return spoil


def _archived(project: Path) -> None:
    (project / "archive" / "small").mkdir(parents=True)
    (project / "archive" / "small" / "x").write_text("x")


def _tagged(project: Path) -> None:
    run_git(project, "tag", "small", "HEAD")
    (project / "README").write_text("x")
    commit_all(project, "Write more")


def _broken(project: Path) -> None:
    _change("sections/100-general.md", "@sec-legislation", "@sec-nowhere")(project)
    commit_all(project, "Break it")


SPOILED = {
    "uncommitted": (_change("sections/100-general.md", "two org", "three org"), "is not committed"),
    "archived": (_archived, "archived already"),
    "another tag": (_tagged, "has a tag 'small' already"),
    "broken": (_broken, "nowhere"),
}


@pytest.mark.parametrize("kind", SPOILED)
def test_where_it_cannot_be_done_nothing_is(project: Path, document: Path, kind: str) -> None:
    spoil, told = SPOILED[kind]
    spoil(project)
    before = _files(project)
    with pytest.raises(Failure, match=told):
        _turned(project, document)
    assert _files(project) == before


def test_the_same_name_again_is_refused(project: Path, document: Path) -> None:
    before = _files(project)
    with pytest.raises(Failure, match="needs another name"):
        next_cycle(project, [document], "small")
    with pytest.raises(Failure, match="needs another name"):
        next_cycle(project, [document])
    assert _files(project) == before


def test_without_git_and_with_windows_lines(project: Path, document: Path) -> None:
    shutil.rmtree(project / ".git")
    path = project / "sections" / "100-general.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    done = _turned(project, document)
    assert done.tag == ""
    after = path.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf---\r\n")
    assert after.count(b"\n") == after.count(b"\r\n")


def test_nothing_confidential_is_archived(project: Path, document: Path) -> None:
    path = project / "sections" / "100-general.md"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("{#scope}", "::: confidential\nA zebrafish told us so.\n:::\n\n{#scope}"),
        "utf-8",
    )
    commit_all(project, "Withhold something")
    done = _turned(project, document)
    kept = [name for name in done.files if name.startswith("archive/")]
    assert "archive/small/small.json" in kept
    assert not [name for name in kept if "confidential" in name]
    said = json.loads((project / "archive/small/small.json").read_text("utf-8"))
    assert "zebrafish" not in json.dumps(said)


def test_new_sections_stand_behind_the_last_table_and_before_the_next_part(
    project: Path, document: Path
) -> None:
    text = "---\ntitle: {}\nlevel: {}\n---\n\n{{#{}}}\nText.\n"
    for number, level in ((203, 2), (220, 1)):
        path = project / f"sections/{number}-more.md"
        path.write_text(text.format(f"More {number}", level, f"more-{number}"), "utf-8")
    import_observations(project, [document])
    report, _ = load(project)
    assert report
    made = opened(report, project, ["cerd-2022"]).made.values()
    assert sorted(made) == ["sections/205-remedies.md", "sections/210-wolves-steppe.md"]


def test_a_new_theme_is_no_part_of_the_last_one(project: Path, document: Path) -> None:
    """Where each theme is a part, as in many imported reports, a new one is a part too."""
    themes = [
        path
        for path in (project / "sections").glob("*.md")
        if "\nrecommendations:" in path.read_text("utf-8")
    ]
    for path in themes:
        path.write_text(path.read_text("utf-8").replace("title:", "level: 1\ntitle:", 1), "utf-8")
    import_observations(project, [document])
    report, found = load(project)
    assert report, found
    made = opened(report, project, ["cerd-2022"])
    texts = [made.files[file] for file in made.made.values()]
    assert themes and texts
    assert all(text.count("level: 1\n") == 1 for text in texts)
