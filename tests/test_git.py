"""A report in git: in a folder of its repository, under any name, in a repository of a stranger."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from small_report import commit_all, make_report, run_git
from wordedit import WordEdit

from shadowreport.core.problems import Failure
from shadowreport.machine import git, git_command, snapshot
from shadowreport.machine.git_tree import state
from shadowreport.redline.revisions import Redlined, redline
from shadowreport.roundtrip.merge import Merged, merge
from shadowreport.roundtrip.returned import word_file
from shadowreport.roundtrip.send import send
from shadowreport.word.read.package import read_package
from shadowreport.word.read.reader import read_document

GENERAL, LEGISLATION = "sections/100-general.md", "sections/200-legislation.md"


def repository(folder: Path, report: str) -> Path:
    """A repository with a report in one of its folders."""
    project = make_report(folder / report, git=False)
    (project / ".gitignore").write_text("build/\n")
    (folder / "minutes.txt").write_text("Of a meeting.\n")
    run_git(folder, "init", "--quiet")
    run_git(folder, "config", "user.name", "Editor")
    run_git(folder, "config", "user.email", "editor@example.org")
    commit_all(folder, "Begin")
    return project


@pytest.fixture(params=["un año/отчёт [1]", "."])
def project(tmp_path: Path, request: Any) -> Path:
    return repository(tmp_path / "repository", request.param)


def change(project: Path, file: str, old: str, new: str) -> None:
    path = project / file
    source = path.read_text("utf-8")
    assert old in source
    path.write_text(source.replace(old, new), "utf-8")


def returned(project: Path) -> Path:
    """A file that was sent and came back with a change in either section."""
    result = send(project)
    assert result.succeeded, result.diagnostics
    word = WordEdit(result.files[0])
    word.replace(word.marked("par_remedies"), "damages", "compensation", "Guest")
    word.replace(word.marked("par_scope"), "Persons", "People", "Bolat")
    return word.save(project / "build" / "back" / result.files[0].name)


def codes(result: Merged | Redlined) -> list[str]:
    return [item.code for item in result.diagnostics]


# --- in a folder of the repository ----------------------------------------------------------------


def test_nobodys_own_text_goes_into_a_commit_of_a_guest(project: Path) -> None:
    file = returned(project)
    before = git.head(project)
    change(project, LEGISLATION, "Courts rarely", "An uncommitted sentence.\nCourts rarely")
    result = merge(project, file, commit=True)
    assert codes(result) == ["uncommitted"]
    assert [item.place.file for item in result.diagnostics] == [LEGISLATION]
    assert git.head(project) == before and "compensation" not in (project / LEGISLATION).read_text()
    commit_all(project, "Mine")
    assert codes(merge(project, file, commit=True)) == []
    assert "+An uncommitted" not in run_git(project, "log", "-2", "-p", "--format=")
    assert run_git(project, "status", "--porcelain") == ""


def test_a_second_authors_file_is_looked_at_before_the_first_ones_commit(project: Path) -> None:
    file = returned(project)
    before = git.head(project)
    change(project, GENERAL, "two organizations", "my two organizations")
    assert codes(merge(project, file, commit=True)) == ["uncommitted"]
    assert git.head(project) == before


def test_what_is_sent_is_what_git_holds_or_is_kept_aside(project: Path) -> None:
    assert send(project).record.revision == git.head(project)  # type: ignore[union-attr]
    hidden = project / "sections" / "300-hidden.md"
    (project / ".gitignore").write_text("build/\nsections/300-*\n")
    commit_all(project, "Ignore")
    hidden.write_text("---\ntitle: Hidden\n---\n\n{#hidden}\nIn no commit.\n")
    assert send(project).record.revision == ""  # type: ignore[union-attr]
    hidden.unlink()
    (project / "sections" / ".~lock.x").write_text("of an editor")
    assert send(project).record.revision == git.head(project)  # type: ignore[union-attr]


def test_a_file_whose_name_is_no_text_stops_nothing(project: Path) -> None:
    (project / "references" / os.fsdecode(b"b\xff\xe9d.yaml")).write_text("cycle: {}\n")
    change(project, LEGISLATION, "rarely", "never")
    assert send(project).succeeded
    assert codes(merge(project, returned(project))) == []


@pytest.mark.parametrize(
    "name", ["статья.png", 'a "b" c.png', "new\nline.png", "-x.png", "[a]*.png"]
)
def test_files_of_any_name_are_told_apart(project: Path, name: str) -> None:
    path = project / "sections" / name
    path.write_bytes(b"1")
    assert git.changed_files(project) == [f"sections/{name}"]
    commit_all(project, "Add")
    assert git.changed_files(project) == []
    with state(project, git.head(project)) as folder:
        assert (folder / "sections" / name).read_bytes() == b"1"
    run_git(project, "mv", "--", f"sections/{name}", "sections/moved.png")
    assert git.changed_files(project) == sorted([f"sections/{name}", "sections/moved.png"])
    commit_all(project, "Move", "Aliya <aliya@example.org>")
    changes = git.last_changes(project, "HEAD~2", "HEAD")
    assert {file: who.name for file, who in changes.items()} == {
        "": "Aliya",
        f"sections/{name}": "Aliya",
        "sections/moved.png": "Aliya",
    }


def test_a_redline_knows_the_author_of_each_line(project: Path) -> None:
    change(project, LEGISLATION, "defines direct", "describes direct")
    commit_all(project, "One", "Aliya <aliya@example.org>")
    run_git(project, "mv", LEGISLATION, "sections/210-legislation.md")
    commit_all(project, "Renumber", "Bolat <bolat@example.org>")
    change(project, "sections/210-legislation.md", "rarely", "never")
    assert authors(redline(project, "HEAD~2", "HEAD")) == {"Aliya"}
    # what is not committed is of whoever works here
    assert authors(redline(project, "HEAD~2")) == {"Aliya", "Editor"}
    (project / "sections" / "300-new.md").write_text("---\ntitle: New\n---\n\n{#new}\nA text.\n")
    assert authors(redline(project, "HEAD")) == {"Editor"}


def authors(result: Redlined) -> set[str]:
    assert result.succeeded and not result.diagnostics, result.diagnostics
    document, _ = read_document(read_package(result.files[0].read_bytes(), "x.docx"))
    return set(word_file(document).authors)


def test_a_report_that_was_moved_since_it_was_sent(tmp_path: Path) -> None:
    folder = tmp_path / "repository"
    file = Path(shutil.copy(returned(repository(folder, "draft")), tmp_path / "back.docx"))
    (folder / "2026").mkdir()
    shutil.rmtree(folder / "draft" / "build")
    run_git(folder, "mv", "draft", "2026/kazakhstan")
    commit_all(folder, "Move")
    project = folder / "2026" / "kazakhstan"
    assert codes(merge(project, file)) == []
    assert "award compensation" in (project / LEGISLATION).read_text()


def test_a_state_without_the_report_is_named(tmp_path: Path) -> None:
    project = repository(tmp_path / "repository", "report")
    make_report(tmp_path / "repository" / "other", git=False)
    commit_all(project.parent, "Two reports")
    first = make_report(tmp_path / "repository" / "third", git=False)
    result = redline(first, "HEAD")
    assert codes(result) == ["unknown-revision"]
    assert "no report in this folder" in result.diagnostics[0].message


@pytest.mark.parametrize("step", ["init", "detached", "tag"])
def test_heads_of_every_kind(tmp_path: Path, step: str) -> None:
    project = make_report(tmp_path / "report", git=step != "init")
    if step == "init":
        run_git(project, "init", "--quiet")
        assert git.head(project) == "" and send(project).succeeded
        assert codes(redline(project, "HEAD")) == ["no-git"]
        return
    run_git(
        project,
        *(
            ["checkout", "--quiet", "--detach"]
            if step == "detached"
            else ["tag", "-a", "v1", "-m", "1"]
        ),
    )
    change(project, LEGISLATION, "rarely", "never")
    assert codes(redline(project, "v1" if step == "tag" else "HEAD")) == []


def test_a_submodule_is_no_state_of_ours(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    project = make_report(tmp_path / "report")
    run_git(project, "rm", "--quiet", "-r", "--cached", "references")
    shutil.move(project / "references", shared)
    run_git(shared, "init", "--quiet")
    run_git(shared, "config", "user.name", "E")
    run_git(shared, "config", "user.email", "e@example.org")
    commit_all(shared, "Begin")
    run_git(
        project,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        str(shared),
        "references",
    )
    commit_all(project, "Share")
    file = returned(project)
    assert codes(merge(project, file)) == []
    (problem,) = redline(project, "HEAD").diagnostics
    assert problem.code == "git-failed" and "submodule" in problem.message


def test_an_answer_that_git_refuses_is_no_silence(project: Path) -> None:
    objects = Path(run_git(project, "rev-parse", "--absolute-git-dir").strip()) / "objects"
    shutil.rmtree(objects)
    objects.mkdir()
    result = send(project)
    assert [item.code for item in result.diagnostics] == ["git-failed"]


def test_a_git_that_never_ends_is_told_with_what_it_was_asked(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nwhile :; do :; done\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", str(slow.parent), prepend=os.pathsep)
    monkeypatch.setattr(git_command, "_SECONDS", 0.2)
    with pytest.raises(Failure, match=r"git rev-parse needed more than 0\.2 seconds"):
        git_command.look(project, "rev-parse", "HEAD")


def test_a_commit_that_a_hook_refuses_leaves_nothing(project: Path) -> None:
    file = returned(project)
    hook = (
        Path(run_git(project, "rev-parse", "--absolute-git-dir").strip()) / "hooks" / "pre-commit"
    )
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'fatal: not today' >&2\nexit 1\n")
    hook.chmod(0o755)
    (problem,) = merge(project, file, commit=True).diagnostics
    assert problem.code == "git-failed" and "not today" in problem.message
    assert run_git(project, "status", "--porcelain") == ""


# --- copies of what is not committed --------------------------------------------------------------


def test_a_copy_that_is_too_large_or_damaged_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_report(tmp_path / "report", git=False)
    file = returned(project)
    (kept,) = (project / "build" / "sent").glob("*.zip")
    change(project, GENERAL, "two organizations", "three organizations")
    whole = kept.read_bytes()
    with zipfile.ZipFile(kept, "a") as archive:
        archive.writestr("sections/huge.png", bytes(snapshot.MAX_SNAPSHOT), zipfile.ZIP_DEFLATED)
    assert codes(merge(project, file)) == ["too-large"]
    kept.write_bytes(whole[: len(whole) // 2])
    assert codes(merge(project, file)) == ["lost-origin"]
    kept.write_bytes(whole)
    assert codes(merge(project, file)) == []
    monkeypatch.setattr(snapshot, "MAX_SNAPSHOT", 1000)
    (problem,) = send(project).diagnostics
    assert problem.code == "too-large" and "commit" in problem.hint


# --- the repository of a stranger -----------------------------------------------------------------

PROGRAMS = """\
[core]
	fsmonitor = {run}
	hooksPath = {hooks}
	pager = {run}
	editor = {run}
	sshCommand = {run}
	askPass = {run}
	alternateRefsCommand = {run}
[log]
	showSignature = true
[gpg]
	program = {run}
[diff]
	external = {run}
[diff "odd"]
	command = {run}
	textconv = {run}
[filter "odd"]
	clean = {run}
	smudge = {run}
	required = true
[filter "slow.er"]
	process = {run}
	required = true
[pager]
	log = {run}
	diff = {run}
[credential]
	helper = "!{run}"
[alias]
	log = "!{run}"
[extensions]
	partialClone = origin
[remote "origin"]
	url = ext::{run}
	promisor = true
[protocol]
	allow = always
[protocol "ext"]
	allow = always
"""
HOOKS = (
    "pre-commit",
    "post-index-change",
    "reference-transaction",
    "post-checkout",
    "fsmonitor-watchman",
)


def hostile(project: Path, folder: Path) -> Path:
    """Lets all that git may start leave a mark; gives the folder where the marks would be."""
    marks = folder / "marks"
    hooks = folder / "hooks"
    marks.mkdir(parents=True)
    hooks.mkdir()
    run = folder / "run"
    for path in (run, *(hooks / name for name in HOOKS)):
        path.write_text(f'#!/bin/sh\ntouch "{marks}/{path.name}"\ncat\n')
        path.chmod(0o755)
    repository = Path(run_git(project, "rev-parse", "--absolute-git-dir").strip())
    with (repository / "config").open("a") as stream:
        stream.write(PROGRAMS.format(run=run, hooks=hooks))
    (repository / "info" / "attributes").write_text(
        "*.md filter=odd diff=odd\n*.yaml filter=slow.er\n"
    )
    return marks


def test_looking_starts_nothing_that_the_repository_names(project: Path, tmp_path: Path) -> None:
    change(project, LEGISLATION, "defines direct", "describes direct")
    signed = run_git(project, "commit-tree", "-p", "HEAD", "-m", "Signed", "HEAD^{tree}").strip()
    raw = run_git(project, "cat-file", "commit", signed)
    raw = raw.replace(
        "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----\n\n", 1
    )
    (tmp_path / "commit").write_text(raw)
    signed = run_git(project, "hash-object", "-t", "commit", "-w", str(tmp_path / "commit")).strip()
    run_git(project, "update-ref", "HEAD", signed)
    commit_all(project, "One", "Aliya <aliya@example.org>")
    marks = hostile(project, tmp_path / "theirs")
    file = returned(project)
    change(project, LEGISLATION, "rarely", "never")
    assert authors(redline(project, "HEAD~2", "HEAD")) == {"Aliya"}
    assert authors(redline(project, "HEAD")) == {"Editor"}
    assert send(project).succeeded
    assert codes(merge(project, file)) == []
    assert [path.name for path in marks.iterdir()] == []


def test_a_commit_runs_hooks_and_no_other_program(project: Path, tmp_path: Path) -> None:
    file = returned(project)
    marks = hostile(project, tmp_path / "theirs")
    before = git.head(project)
    (problem,) = merge(project, file, commit=True).diagnostics
    assert problem.code == "git-failed" and "filter.odd.clean" in problem.message
    assert git.head(project) == before and not list(marks.iterdir())
    (
        Path(run_git(project, "rev-parse", "--absolute-git-dir").strip()) / "info" / "attributes"
    ).unlink()
    (problem,) = merge(project, file, commit=True).diagnostics
    assert "gpg.program" in problem.message and not list(marks.iterdir())
    run_git(project, "config", "--unset", "gpg.program")
    assert codes(merge(project, file, commit=True)) == []
    assert "pre-commit" in {path.name for path in marks.iterdir()}
    assert "run" not in {path.name for path in marks.iterdir()}


def test_a_filter_whose_name_cannot_be_given_is_refused(project: Path, tmp_path: Path) -> None:
    run_git(project, "config", "filter.a=b.clean", f"touch {tmp_path}/mark; cat")
    change(project, LEGISLATION, "rarely", "never")
    (problem,) = send(project).diagnostics
    assert problem.code == "git-failed" and "filter.a=b" in problem.message
    assert not (tmp_path / "mark").exists()


def test_attributes_leave_nothing_out_of_a_state(project: Path) -> None:
    (project / ".gitattributes").write_text("*.md export-ignore\n*.yaml export-subst\n")
    commit_all(project, "Attributes")
    with state(project, "HEAD") as folder:
        assert (folder / LEGISLATION).read_bytes() == (project / LEGISLATION).read_bytes()


def test_a_folder_of_the_report_is_not_taken_for_a_repository(tmp_path: Path) -> None:
    """A bare repository whose parts lie among the files, as a stranger may send it."""
    project = make_report(tmp_path / "report", git=False)
    run_git(tmp_path, "init", "--quiet", "--bare", str(project))
    assert [item.code for item in send(project).diagnostics] == ["git-failed"]


def test_nothing_leads_out_of_a_state(project: Path, tmp_path: Path) -> None:
    blob = run_git(project, "rev-parse", f"HEAD:./{LEGISLATION}").strip()
    (tmp_path / "tree").write_bytes(b"100644 ..\0" + bytes.fromhex(blob))
    tree = run_git(
        project, "hash-object", "-t", "tree", "-w", "--literally", str(tmp_path / "tree")
    ).strip()
    settings = run_git(project, "rev-parse", "HEAD:./sections/report.yaml").strip()
    entries = f"100644 blob {settings}\treport.yaml\n040000 tree {tree}\tx\n"
    (tmp_path / "entries").write_text(entries)
    with pytest.raises(Failure, match="leads out"):
        raise_state(project, tmp_path / "entries")


def raise_state(project: Path, entries: Path) -> None:
    """Opens the state of a commit whose sections are a tree of these entries."""
    import subprocess

    def tree(text: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(project), "mktree"],
            input=text,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    whole = f"040000 tree {tree(entries.read_text())}\tsections\n"
    for part in reversed(
        [part for part in run_git(project, "rev-parse", "--show-prefix").strip().split("/") if part]
    ):
        whole = f"040000 tree {tree(whole)}\t{part}\n"
    commit = run_git(project, "commit-tree", "-m", "Odd", tree(whole)).strip()
    with state(project, commit):
        pass
