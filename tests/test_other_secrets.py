"""Two reports that differ in nothing but what they withhold: whatever task makes or says something for others, it
makes and says the same of both, byte for byte."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from kept_back import FIRST, SECOND, cleared, made, read, run, words_of, write_report
from observation_files import CERD, typed
from test_outgoing import OUTGOING, SHOWN

from shadowreport.preview.session import Session

# what is typed behind `invoke`; a report that differs in its lines alone may be told of by other lines
LINES = (
    "check --edition public --format json",
    "matrix --edition public --formats json,csv",
    "status --edition public --format json",
    "links --edition public --archive",
    "send --edition public",
    "redline HEAD~2 --edition public",
    "diff HEAD~2 --edition public --format json",
    "translate --to ru --edition public --format docx",
    "translate-diff general --to ru --edition public",
)
# which take longer, or change the report
SLOW = (
    "build --edition public --language all",
    "build --edition public --formats json,docx --profile brief",
    "matrix --edition public --formats html,docx,xlsx",
    "status --edition public --format html",
    "session --edition public",
    "package --edition public --formats docx --anyway",
    "translate --to ru --edition public",
    "matrix --edition public --language ru",
    "build --edition public --formats md,json --section general",
    "diff HEAD~2 --edition public --format html",
    "session --edition public --pages 2 --minutes 10",
    "package --edition public --profile brief --anyway",
    "style --specimen",
    "publish-copy ../copy",
    "next-cycle ../observations.txt --name tiny-2027",
)
WORDS = ("zarina", "hathersage", "witness")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """The two reports."""
    folders = []
    with pytest.MonkeyPatch.context() as patch:
        for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
            patch.setenv(name, "2026-03-01T00:00:00Z")
        for secret in (FIRST, SECOND):
            folder = tmp_path_factory.mktemp("pair") / "tiny"
            write_report(folder, secret)
            (folder.parent / "observations.txt").write_text(typed(CERD), "utf-8")
            folders.append(folder)
        yield folders[0], folders[1]


def test_every_task_that_makes_something_for_others_is_compared() -> None:
    compared = {line.split()[0] for line in (*LINES, *SLOW)}
    assert compared >= {*OUTGOING, *SHOWN} - {"preview"}


@pytest.mark.parametrize(
    "line", (*LINES, *SLOW) if "SHADOWREPORT_EVERY_FORMAT" in os.environ else LINES
)
def test_what_is_made_and_said_is_the_same(
    line: str, pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    done = []
    for folder in pair:
        cleared(folder)
        done.append((run(folder, line, capsys), read(folder)))
    ((code, said), files), (others, other_files) = done
    assert code == 0, said
    assert (code, said) == others
    assert [name for name in files if files[name] != other_files.get(name)] == []
    assert files.keys() == other_files.keys()
    for text in (said, *(f"{name} {words_of(path)}" for name, path in made(pair[0]).items())):
        assert not [word for word in WORDS if word in text.lower()], text[:300]


@contextmanager
def _added(folder: Path, words: str) -> Iterator[None]:
    """A paragraph more in the first section, for a while."""
    path = next((folder / "sections").glob("*-general.md"))
    text = path.read_text("utf-8")
    path.write_text(f"{text}\n{words}\n", "utf-8")
    try:
        yield
    finally:
        path.write_text(text, "utf-8")


def test_a_file_that_is_sent_without_a_commit_holds_no_sum_of_the_sources(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    done = []
    for folder in pair:
        with _added(folder, "More is said here."):
            cleared(folder)
            assert run(folder, "send --edition public", capsys)[0] == 0
            done.append(read(folder))
    assert done[0] == done[1] and any(name.endswith(".docx") for name in done[0])


def test_lines_of_a_file_that_holds_something_confidential_are_not_told(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for folder in pair:
        with _added(folder, "One &foo; and [x](ftp://x.example) here."):
            said.append(run(folder, "check --edition public", capsys))
    assert said[0] == said[1] and "[bad-link]" in said[0][1] and said[0][0] == 1


def test_no_version_in_another_language_quotes_what_is_wrong_in_confidence(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for folder, secret in zip(pair, ("zarina", "somebody"), strict=True):
        held = f"::: confidential\nSee [x](ftp://{secret}.example).\n:::"
        with _added(folder, held):
            said.append(run(folder, "check --edition public", capsys))
    assert said[0] == said[1] and "bad-link" in said[0][1]
    assert not [word for word in WORDS if word in said[0][1]]


def test_a_receipt_names_no_file_of_what_is_withheld(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, path = pair[0], pair[0] / f"sections/200-{FIRST.id}.md"
    text = path.read_text("utf-8")
    path.write_text(f"{text}\nMore.\n", "utf-8")
    cleared(folder)
    try:
        code, said = run(folder, "package --edition public --formats docx --anyway", capsys)
    finally:
        path.write_text(text, "utf-8")
    (receipt,) = (folder / "submissions").iterdir()
    assert code == 0 and "- sections/\n" in receipt.read_text("utf-8"), said
    assert FIRST.id not in receipt.read_text("utf-8")


def test_nothing_is_said_of_what_is_withheld_itself(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither a warning about a text that is not there, nor the name of a file that tells what it is about."""
    assert "withheld-1" not in run(pair[0], "check --edition public", capsys)[1]
    path = pair[0] / f"sections/200-{FIRST.id}.md"
    text = path.read_text("utf-8")
    path.write_text(f"{text}\n[x](ftp://x.example)\n", "utf-8")
    try:
        code, said = run(pair[0], "check --edition public", capsys)
    finally:
        path.write_text(text, "utf-8")
    assert code == 1 and "[bad-link]" in said
    assert FIRST.id not in said


def test_a_preview_for_others_is_the_same(pair: tuple[Path, Path]) -> None:
    seen = []
    for folder in pair:
        session = Session(folder, None, "public", None)
        session.rebuild()
        view = session.view
        seen.append((view.page, view.good, view.problems, session.matrix(), session.status()))
    assert seen[0] == seen[1] and seen[0][1]
