"""What is remembered never changes what comes out."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from shadowreport.last_check import problems
from shadowreport.machine import cache
from shadowreport.machine.cache import Cache, open_cache, remembered, using
from shadowreport.pipeline import Built, build
from shadowreport.render import html, pdf
from shadowreport.resolve import resolve

QUICK = ("docx", "html", "json", "md")

SETTINGS = """\
name: tiny
title: A tiny report
state: {name: Kazakhstan}
committee: CERD
date: 2022-03-01
language: en
cycles: [cerd-2014]
organisations: [{id: first, name: First Organization}]
annexes: [recommendations, sources]
"""
CYCLE = """\
committee: CERD
symbol: CERD/C/KAZ/CO/6-7
cycle: "2014"
heading: {en: Recommendations of 2014}
recommendations:
  "6": {text: Adopt a law.}
  "9": {text: Publish data.}
"""
SOURCES = """\
references:
- {id: one, type: report, title: First source, issued: 2020}
- {id: two, type: report, title: Second source, issued: 2021}
"""
SECTION = """\
---
title: Section {name}
level: 1
recommendations: [[cerd-2014/6]]
---

{{#{name}-a}}
It stands here, as paragraph @par-{name}-b says [@one, para. 3].
A note follows.[^n]

{{#{name}-b}}
A "quoted" word; signs such as // and \\<!-- and #, *emphasis* -- and a list:

- first,
- second.

::: recommendations
{{#rec-{name}}}
The Government should adopt a law [@two].
:::

[^n]: The note of {name}.
"""


@pytest.fixture(autouse=True)
def own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's key of these tests is not the one of the person who runs them."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A report of three sections."""
    folder = tmp_path / "project"
    files = {
        "sections/report.yaml": SETTINGS,
        "references/cerd-2014.yaml": CYCLE,
        "references/sources.yaml": SOURCES,
        **{
            f"sections/{100 + 10 * n}-{name}.md": SECTION.format(name=name)
            for n, name in enumerate(("x", "y", "z"))
        },
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def outputs(
    project: Path, formats: tuple[str, ...] = QUICK, *, cached: bool = True
) -> dict[str, bytes]:
    """What a build makes, by format."""
    result = build(project, formats, cached=cached)
    assert result.succeeded, result.diagnostics
    return {path.suffix: path.read_bytes() for path in result.files}


def fresh(project: Path, formats: tuple[str, ...] = QUICK) -> dict[str, bytes]:
    """What a first build of a copy makes, without a cache."""
    copy = project.parent / "fresh"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns("build"))
    made = outputs(copy, formats, cached=False)
    assert not cache.folder_of(copy).exists()
    return made


def change(path: Path, old: str, new: str) -> None:
    """Replaces a text of a file, once."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# --- edits, at random ---------------------------------------------------------------------------


def any_section(project: Path, chance: random.Random) -> Path:
    """One of the section files."""
    return chance.choice(sorted((project / "sections").glob("*.md")))


def reword(project: Path, chance: random.Random) -> None:
    change(any_section(project, chance), "here", f"here and in {chance.randint(1900, 2000)}, here")


def add_paragraph(project: Path, chance: random.Random) -> None:
    number = chance.randint(1, 10**9)
    change(any_section(project, chance), "\n{#", f"\n{{#new-{number}}}\nAnother one [@two].\n\n{{#")


def reorder(project: Path, chance: random.Random) -> None:
    file = any_section(project, chance)
    file.rename(file.with_name(f"{chance.randint(100, 999)}-{file.name.partition('-')[2]}"))


def retitle(project: Path, chance: random.Random) -> None:
    change(any_section(project, chance), "title: ", f"title: New {chance.randint(1, 99)} ")


def annotate(project: Path, chance: random.Random) -> None:
    change(
        any_section(project, chance), "The note", f"See // this {chance.randint(1, 99)}. The note"
    )


def rephrase_recommendation(project: Path, chance: random.Random) -> None:
    change(project / "references/cerd-2014.yaml", "Adopt", f"Adopt in {chance.randint(2000, 2030)}")


def rename_source(project: Path, chance: random.Random) -> None:
    change(project / "references/sources.yaml", "First", f"First ({chance.randint(1, 99)})")


def change_settings(project: Path, chance: random.Random) -> None:
    change(project / "sections/report.yaml", "A tiny", f"A tiny {chance.randint(1, 99)}th")


def change_template(project: Path, chance: random.Random) -> None:
    (project / "templates").mkdir(exist_ok=True)
    source = Path(__file__).parents[1] / "templates" / "box.html.j2"
    shutil.copy(source, project / "templates")
    change(project / "templates/box.html.j2", "{{", f"{chance.randint(1, 99)} {{{{")


def slip(project: Path, chance: random.Random) -> None:
    slips = ("paragraph 119", "Mr. Erlan Sadykov", "+7 701 555 44 33", "\n\nConfidential: no\n\n")
    change(any_section(project, chance), "here", f"here {chance.choice(slips)}")


EDITS: tuple[Callable[[Path, random.Random], None], ...] = (
    reword,
    add_paragraph,
    reorder,
    retitle,
    annotate,
    rephrase_recommendation,
    rename_source,
    change_settings,
    change_template,
    slip,
)


@pytest.mark.parametrize("seed", range(int(os.environ.get("SHADOWREPORT_SEQUENCES", "4"))))
def test_after_any_edits_the_problems_and_outputs_are_those_of_a_fresh_build(
    seed: int, project: Path
) -> None:
    chance = random.Random(seed)
    outputs(project)
    for _ in range(4):
        for edit in chance.sample(EDITS, chance.randint(1, 2)):
            edit(project, chance)
        assert list(map(str, problems(project))) == list(map(str, problems(project, cached=False)))
        assert outputs(project) == fresh(project)


def test_the_pdf_is_that_of_a_fresh_build(project: Path) -> None:
    outputs(project, ("pdf",))
    add_paragraph(project, random.Random(1))
    assert outputs(project, ("pdf",)) == fresh(project, ("pdf",))


def test_going_back_gives_what_was_there_before(project: Path) -> None:
    before = outputs(project)
    text = (project / "sections/110-y.md").read_text(encoding="utf-8")
    reword(project, random.Random(2))
    (project / "sections/110-y.md").write_text(text, encoding="utf-8")
    (project / "sections/100-x.md").write_text(SECTION.format(name="x"), encoding="utf-8")
    (project / "sections/120-z.md").write_text(SECTION.format(name="z"), encoding="utf-8")
    assert outputs(project) == before


def test_problems_are_remembered_until_a_file_changes(project: Path) -> None:
    change(project / "sections/100-x.md", "paragraph @par-x-b", "paragraph 119")
    first = problems(project)
    assert [item.code for item in first] == [item.code for item in problems(project, cached=False)]
    assert problems(project) == first
    change(project / "sections/100-x.md", "119", "@par-x-b")
    assert [item for item in problems(project) if item.code == "typed-number"] == []


def test_an_error_is_not_forgotten(project: Path) -> None:
    outputs(project)
    change(project / "sections/110-y.md", "@par-y-b", "@par-nothing")
    for _ in range(2):
        assert not build(project, ("json",)).succeeded
        assert "unknown-reference" in [item.code for item in problems(project)]


# --- the store ----------------------------------------------------------------------------------


def entries(project: Path) -> list[Path]:
    """The files of a project's cache."""
    return sorted(path for path in (cache.folder_of(project)).rglob("*") if path.is_file())


SPOILERS: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[: len(data) // 2],
    "empty": lambda _: b"",
    "turned": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "foreign": lambda data: bytes(32) + data[32:],
}


@pytest.mark.parametrize("way", SPOILERS)
def test_spoiled_entries_are_not_believed(way: str, project: Path) -> None:
    before = outputs(project)
    assert entries(project)
    for path in entries(project):
        path.write_bytes(SPOILERS[way](path.read_bytes()))
    assert outputs(project) == before


def test_entries_under_each_others_names_are_not_believed(project: Path) -> None:
    before = outputs(project)
    for stage in (cache.folder_of(project)).iterdir():
        files = sorted(stage.iterdir())
        contents = [path.read_bytes() for path in files]
        for path, data in zip(files, contents[1:] + contents[:1], strict=True):
            path.write_bytes(data)
    assert outputs(project) == before


def test_a_cache_that_came_with_somebodys_repository_is_not_believed(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = b"k" * 32
    monkeypatch.setattr(cache, "_toolkit", lambda: b"same")
    theirs = Cache(cache.folder_of(project), secret)
    with using(theirs):
        assert remembered("pieces", ("text",), lambda: b"theirs") == b"theirs"
    with using(open_cache(project)):
        assert remembered("pieces", ("text",), lambda: b"ours") == b"ours"


def test_another_version_of_the_toolkit_asks_for_other_entries(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in (b"1", b"2"):
        monkeypatch.setattr(cache, "_toolkit", lambda version=version: version)
        with using(open_cache(project)):
            assert remembered("stage", ("same",), lambda version=version: version) == version


def test_the_store_stays_below_its_limit_and_keeps_the_newest(tmp_path: Path) -> None:
    store = Cache(tmp_path, b"s" * 32, limit=10_000)
    for number in range(40):
        store.put("stage", f"{number:064}", bytes(1000))
        os.utime(tmp_path / "stage" / f"{number:064}", (number, number))
    store.close()
    kept = sorted(path.name for path in (tmp_path / "stage").iterdir())
    assert kept == [f"{number:064}" for number in range(31, 40)]


def test_what_killed_builds_left_goes_as_well(tmp_path: Path) -> None:
    stale = tmp_path / "stage" / ".new-abc"
    stale.parent.mkdir()
    stale.write_bytes(bytes(9_500))
    os.utime(stale, (1, 1))
    store = Cache(tmp_path, b"s" * 32, limit=10_000)
    store.put("stage", "0" * 64, bytes(1000))
    store.close()
    assert not stale.exists()


def test_without_a_place_for_it_there_is_no_cache(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", os.devnull)
    assert open_cache(project) is None
    assert outputs(project) == fresh(project)


def test_nothing_of_a_text_is_kept_in_the_project(project: Path) -> None:
    """And what an earlier version kept there goes."""
    old = project / "build" / ".cache" / "parse" / "entry"
    old.parent.mkdir(parents=True)
    old.write_text("a text")
    outputs(project)
    assert {path.suffix for path in (project / "build").iterdir()} == {f".{k}" for k in QUICK}
    if os.name != "nt":
        assert cache.folder_of(project).stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name == "nt", reason="making symbolic links needs a right on Windows")
def test_a_link_in_the_old_place_of_the_cache_is_left_alone(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").write_text("kept")
    (project / "build").mkdir()
    (project / "build" / ".cache").symlink_to(elsewhere)
    outputs(project)
    assert [path.name for path in elsewhere.iterdir()] == ["kept"]


def test_builds_at_the_same_time_do_not_disturb_each_other(project: Path) -> None:
    code = "import sys; from pathlib import Path; from shadowreport.pipeline import build\n"
    code += "print(build(Path(sys.argv[1]), ('json', 'html')).succeeded)"
    environment = {**os.environ, "PYTHONPATH": str(Path(cache.__file__).parents[1])}
    command = [sys.executable, "-c", code, str(project)]
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert [process.communicate()[0].strip() for process in running] == ["True"] * 4
    assert outputs(project) == fresh(project)


def test_pieces_are_written_as_in_one_run(project: Path) -> None:
    # a section that pandoc wrote alone, after an edit, equals itself among all others
    from shadowreport.load import load

    report, _ = load(project)
    assert report
    resolved = resolve(report, project)
    whole = pdf.sources(resolved, project)["body.typ"], html.render(resolved, project).data
    with using(open_cache(project)):
        for only in (["x"], ["y", "z"], ["z"]):
            part = resolve(report, project, only)
            pdf.sources(part, project)
            html.render(part, project)
        assert pdf.sources(resolved, project)["body.typ"] == whole[0]
        assert html.render(resolved, project).data == whole[1]


def test_a_build_says_the_same_with_and_without_a_cache(project: Path) -> None:
    def told(result: Built) -> dict[str, int | float]:
        return {name: value for name, value in result.figures.items() if name != "seconds"}

    first, second, bare = (build(project, QUICK, cached=cached) for cached in (True, True, False))
    assert told(first) == told(second) == told(bare)
