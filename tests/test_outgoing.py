"""What others may see: whatever task makes it, it tells nothing that is withheld, or it is not made."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import Tiny
from invoke.program import Program
from small_report import commit_all, run_git
from test_editions import PASSAGE, PUBLIC_PART, REPORT, REST, SOURCES, TIES, everything

from shadowreport.core.register import Person, Register
from shadowreport.pipeline import build
from shadowreport.preview.session import Session
from shadowreport.submission import package
from shadowreport.tasks import namespace

NAME = "Winifred Hathersage"
SECRETS = ("zarina", "hathersage", "winifred")
PERSONS = """\
persons:
  teacher: {public: {en: a teacher}, consent: {level: named, date: 2026-03-01, by: first}}
"""
# every task that makes files or prints text of the report for others, and what is typed behind it
OUTGOING = {
    "build": "--formats json,md,html --edition public",
    "check": "--edition public",
    "matrix": "--formats json,csv,html --edition public",
    "status": "--format html --edition public",
    "links": "--edition public",
    "send": "--edition public",
    "redline": "HEAD --edition public",
    "diff": "HEAD --edition public",
    "session": "--edition public",
    "package": "--edition public --formats docx --anyway",
}
# those that speak to the editors alone, of the whole report, and make nothing for others
EDITORS = {
    "suggest",
    "verify",
    "person",
    "next-cycle",
    "review",
    "merge",
    "format",
    "translated",
    "scan",
}
# those that make no text of a report, or make a report out of somebody's file
OTHERS = {"new", "upgrade", "style", "doctor", "bench", "import-report", "import-observations"}
OTHERS |= {"open", "setup-git", "text"}
SHOWN = {"preview", "translate", "translate-diff", "publish-copy"}  # by tests of their own


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A report with confidential text of every kind and a person, in a repository; its register beside it."""
    folder = tmp_path_factory.mktemp("outgoing") / "tiny"
    tiny = Tiny(folder)
    tiny.write("sections/report.yaml", f"{REPORT}profile: cerd\nsession: '118'\n")
    tiny.write("references/sources.yaml", SOURCES)
    tiny.write("references/persons.yaml", PERSONS)
    told = "@person-teacher:start told us.\n\n"
    tiny.section("100-general", PUBLIC_PART + told + PASSAGE + REST, TIES)
    tiny.section("200-zarina", "Zarina speaks.\n", "title: Zarina\nedition: confidential")
    tiny.section("300-end", "The end.\n", "title: The end\nlevel: 1")
    tiny.write(".gitignore", "build/\n")
    run_git(folder, "init", "--quiet")
    run_git(folder, "config", "user.name", "Editor")
    run_git(folder, "config", "user.email", "editor@example.org")
    commit_all(folder, "Begin")
    tiny.section("300-end", "The end, in other words.\n", "title: The end\nlevel: 1")
    register = folder.parent / "register.yaml"
    register.write_text(f"persons: {{teacher: {{name: {{en: {NAME}}}}}}}\n", "utf-8")
    register.chmod(0o600)
    before = Path.cwd()
    os.chdir(folder)
    yield folder
    os.chdir(before)


def typed(line: str, register: bool = True) -> int:
    """The exit code of a line behind `invoke`, with the register or without it."""
    named = ["--register", str(Path.cwd().parent / "register.yaml")] if register else []
    words = [*shlex.split(line), *named]
    try:
        Program(namespace=namespace).run(["invoke", *words])
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def made(folder: Path) -> list[Path]:
    """All that tasks wrote."""
    tops = ("build", "submissions", "references/links.yaml")
    found = [path for top in tops for path in [folder / top, *(folder / top).rglob("*")]]
    return [path for path in found if path.is_file()]


def held(path: Path) -> str:
    """All that can be read in a file; of a picture its bytes."""
    return path.read_bytes().decode("latin-1") if path.suffix == ".png" else everything(path)


def cleared(folder: Path) -> None:
    """Takes away what tasks wrote."""
    for path in made(folder):
        path.unlink()


def test_every_task_is_known_to_tell_something_or_nothing() -> None:
    known = {*OUTGOING, *EDITORS, *OTHERS, *SHOWN}
    assert {context.name for context in namespace.to_contexts()} == known


@pytest.mark.parametrize("task", OUTGOING)
def test_nothing_withheld_is_made_or_said(
    task: str, guarded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cleared(guarded)
    code = typed(f"{task} {OUTGOING[task]}")
    said = "".join(capsys.readouterr())
    assert code == 0, said
    files = [path for path in made(guarded) if "sources-" not in path.name]  # kept for the merge
    assert files or task in ("check", "diff"), said
    for what in (said, *(f"{path.name} {held(path)}" for path in files)):
        assert not [word for word in SECRETS if word in what.lower()], what[:300]


@pytest.mark.parametrize("task", OUTGOING)
def test_a_name_that_is_typed_in_public_stops_every_task(
    task: str, guarded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cleared(guarded)
    places = {
        "sections/100-general.md": (
            "adopted no law",
            f"heard {NAME}, [here](http://127.0.0.1/w.hathersage)",
        ),
        "references/cerd-2014.yaml": ("Adopt a law.", f"Adopt a law for {NAME}."),
        "sections/300-end.md": ("title: The end", f"title: For {NAME}"),
    }
    texts = {guarded / name: (guarded / name).read_text("utf-8") for name in places}
    for path, text in texts.items():
        path.write_text(text.replace(*places[path.relative_to(guarded).as_posix()]), "utf-8")
    try:
        code = typed(f"{task} {OUTGOING[task]}")
    finally:
        for path, text in texts.items():
            path.write_text(text, "utf-8")
    said = "".join(capsys.readouterr())
    assert code == 1 and "withheld-found" in said and "@person-teacher" in said, said
    assert "hathersage" not in said.lower()
    assert not made(guarded)


UNSEARCHED = "Not searched for withheld names: no register was named."


@pytest.mark.parametrize("task", OUTGOING)
def test_whoever_names_no_register_is_told_that_nobody_looked_for_names(
    task: str, guarded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cleared(guarded)
    edition = "confidential" if task == "package" else "public"  # that of a public one is refused
    line = f"{task} {OUTGOING[task]}".replace("--edition public", f"--edition {edition}")
    code = typed(line, register=False)
    said = capsys.readouterr()
    assert (code, UNSEARCHED in said.err) == (0, True), said
    assert typed(f"{task} {OUTGOING[task]}") == 0
    assert UNSEARCHED not in "".join(capsys.readouterr())


def test_a_report_with_confidential_text_and_no_persons_is_told_the_same(
    tiny: Tiny, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tiny.project)
    tiny.section("100-general", "The State adopted no law.\n")
    lines = ("check", "matrix --formats json", "build --formats json")
    for held in (False, True):
        for line in lines:
            assert typed(line, register=False) == 0
            assert (UNSEARCHED in "".join(capsys.readouterr())) == held
        tiny.section("100-general", PUBLIC_PART + PASSAGE, TIES)
        tiny.write("references/sources.yaml", SOURCES)


def test_what_may_be_a_name_is_told_beside_what_a_program_reads(
    guarded: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.copy(guarded.parent / "register.yaml", tmp_path)
    folder = Path(shutil.copytree(guarded, tmp_path / "tiny"))
    section = folder / "sections" / "300-end.md"
    section.write_text(section.read_text("utf-8").replace("The end", "Winifred"), "utf-8")
    monkeypatch.chdir(folder)
    for line in (
        "status --format json --edition public",
        "diff HEAD --format json --edition public",
    ):
        assert typed(line) == 0
        said = capsys.readouterr()
        assert json.loads(said.out)
        assert "withheld-perhaps" in said.err


def test_a_preview_for_others_shows_nothing_withheld(guarded: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    shutil.copytree(guarded, folder)
    register = Register({"teacher": Person("teacher", {"en": NAME})})
    session = Session(folder, None, "public", register)
    session.rebuild()
    for page in (session.view.page, session.matrix(), session.status()):
        assert page and not [word for word in SECRETS if word in page.decode().lower()]
    assert not [word for word in SECRETS if word in str(session.view.problems).lower()]
    section = folder / "sections" / "300-end.md"
    section.write_text(section.read_text("utf-8").replace("The end,", f"{NAME},"), "utf-8")
    session.rebuild()
    assert not session.view.good
    assert {item.code for item in session.view.problems} == {"withheld-found"}
    assert NAME not in str(session.view)


def test_what_a_build_refuses_no_other_task_makes(tiny: Tiny) -> None:
    tiny.section("100-general", "As was said [@law].\n")
    source = "{id: law, type: book, title: A law, author: {family: Somebody}}"
    tiny.write("references/sources.yaml", f"references:\n- {source}\n")
    (problem,) = build(tiny.project, ("json",)).diagnostics
    assert (problem.code, problem.place.line) == ("bad-value", 2)
    before = Path.cwd()
    os.chdir(tiny.project)
    try:
        assert typed("matrix") == 1  # which does not print a source
    finally:
        os.chdir(before)


def test_a_check_tells_a_given_name_alone_and_one_of_the_public_edition_does_not(
    guarded: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.copy(guarded.parent / "register.yaml", tmp_path)
    folder = Path(shutil.copytree(guarded, tmp_path / "tiny"))
    section = folder / "sections" / "300-end.md"
    section.write_text(section.read_text("utf-8").replace("The end,", "Winifred,"), "utf-8")
    monkeypatch.chdir(folder)
    for line, told in (("check --no-cache", True), ("check --no-cache --edition public", False)):
        typed(line)
        said = "".join(capsys.readouterr())
        assert ("withheld-perhaps" in said) == told, said
        assert "Winifred" not in said


def test_a_confidential_edition_says_that_it_names_nobody(guarded: Path) -> None:
    (guarded.parent / "copy").mkdir()
    folder = Path(shutil.copytree(guarded, guarded.parent / "copy" / "tiny"))
    assert "calls protected persons as the public one" in " ".join(build(folder, ("md",)).remarks)
    assert not build(folder, ("md",), name="public").remarks
    register = Register({"teacher": Person("teacher", {"en": NAME})})
    assert not build(folder, ("md",), persons=register).remarks
    now = datetime(2026, 2, 1, tzinfo=UTC)
    packed = package(folder, now, "confidential", ("docx",), anyway=True)
    assert "calls protected persons as the public one" in " ".join(packed.remarks)


def test_no_place_tells_a_name_that_a_file_is_called_by(
    guarded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor is anybody told to commit such a file."""
    cleared(guarded)
    doubled = "---\ntitle: Again\n---\n{#a}\nOne.\n\n{#a}\nTwo.\n"
    texts = {
        "sections/winifred-hathersage.png": "",
        "sections/Hathersage Map.PNG": "",
        "sections/250-hathersage.md": doubled,
        "references/hathersage.txt": "x",
    }
    for name, text in texts.items():
        (guarded / name).write_text(text, "utf-8")
    place = "sections/(a file whose name is withheld, no. "
    shown = ("check", "check --format json", "check --format github")
    try:
        for line in (*shown, "check --edition public", "build --release"):
            assert typed(line) == 1
            said = "".join(capsys.readouterr())
            assert not [word for word in SECRETS[1:] if word in said.lower()], said
            said = said.replace("%2C", ",")
            assert {said[at.end()] for at in re.finditer(re.escape(place), said)} <= set("123")
            assert place in said
            assert "rename it before it is committed" in said and "@person-teacher" in said
    finally:
        for name in texts:
            (guarded / name).unlink()
