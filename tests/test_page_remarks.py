"""Readers write remarks on a page, and the report takes them in, whatever happened to it meanwhile."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import Tiny
from remark_judge import CHROMIUM, NODE, Files, Wish, misplaced, write_remarks
from small_report import make_report, run_git

from shadowreport.core.problems import Diagnostic
from shadowreport.overview.status import status
from shadowreport.overview.status_views import note_lines
from shadowreport.pipeline import build, examine
from shadowreport.roundtrip.merge import merge
from shadowreport.roundtrip.send import send

HOSTILE = Path(__file__).parent / "hostile" / "payloads.txt"


def codes(result: Any) -> list[str]:
    """The codes of a result's problems."""
    found: list[Diagnostic] = result.diagnostics
    return [item.code for item in found]


class Read(NamedTuple):
    """A report whose page was read in Chromium: the remarks, the file of them, what was seen."""

    project: Path
    wishes: list[Wish]
    saved: Path
    seen: dict[str, Any]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """A small report, and a remark on all words that stand once in it."""
    if not (NODE / "node_modules").is_dir() or not shutil.which("node") or not CHROMIUM:
        pytest.skip("npm install was not run in tests/node, or there is no Chromium")
    folder = tmp_path_factory.mktemp("read")
    project = make_report(folder / "project")
    (page,) = send(project, to="voices", sections=("general", "legislation"), kind="html").files
    wishes = Files(project).wishes(random.Random(1), 40, ["Why?", "**Who** says so?"])
    return Read(
        project,
        wishes,
        folder / "saved.json",
        write_remarks(page, wishes, folder / "saved.json"),
    )


def test_a_reader_writes_and_saves_remarks_and_nothing_is_sent(read: Read) -> None:
    seen = read.seen
    count = len(read.wishes)
    assert count > 15
    assert (seen["lost"], seen["messages"], seen["requests"]) == ([], [], [])
    assert sorted(seen["highlighted"]) == sorted(wish.words for wish in read.wishes)
    assert seen["violations"] == []
    # one more was written by the keyboard on a whole paragraph, and one was given up
    assert seen["focus"] == "num" and seen["counted"] == f"Remarks ({count + 1})"
    assert seen["reloaded"] == seen["counted"]
    assert (seen["opened"], seen["left"]) == (count + 1, count)
    assert "Send the file back" in seen["said"] and "no remarks" in seen["refused"]
    data = json.loads(read.saved.read_text("utf-8"))
    head = run_git(read.project, "rev-parse", "HEAD").strip()
    assert (data["report"], data["revision"], data["sent_to"]) == ("small", head, "Minority Voices")
    assert seen["name"] == "small-remarks-Aliya.json"
    last = data["remarks"][-1]
    assert (last["paragraph"], last["words"]) == ("par-purpose", "")
    assert last["remark"] == ["From the keyboard, changed."]


@pytest.mark.parametrize("seed", range(4))
def test_remarks_stand_at_their_paragraphs_also_after_edits(
    seed: int, read: Read, tmp_path: Path
) -> None:
    project = Path(shutil.copytree(read.project, tmp_path / "project"))
    files = Files(project)
    old = Files(read.project)
    chance = random.Random(seed)
    same = {
        id(before): now
        for name, blocks in old.blocks.items()
        for before, now in zip(blocks, files.blocks[name], strict=True)
    }
    at = {block.text: id(block) for blocks in old.blocks.values() for block in blocks}
    wishes = [Wish(same[at[wish.block.text]], wish.words, wish.remark) for wish in read.wishes]
    for _ in range(12 * seed):
        files.edit(chance)
    files.write()
    result = merge(project, read.saved)
    told = "\n".join(map(str, result.diagnostics))
    assert [item for item in result.diagnostics if item.severity == "error"] == []
    assert misplaced(files, wishes, told) == []
    again = {path: path.read_bytes() for path in files.folder.glob("*.md")}
    assert merge(project, read.saved).changes == []
    assert again == {path: path.read_bytes() for path in files.folder.glob("*.md")}


# --- files that somebody made -----------------------------------------------------------------------


def remark(said: str = "Why?", **more: Any) -> dict[str, Any]:
    return {
        "section": "sec-a",
        "paragraph": "par-first",
        "text": "The first paragraph speaks of schools.",
        "words": "speaks of",
        "remark": said.split("\n"),
        "day": "2026-05-31",
        **more,
    }


def remarks(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    head = {"version": 1, "report": "tiny", "edition": "", "revision": "", "sent_to": ""}
    return {**head, "reviewer": "Aliya", "remarks": list(items or [remark()]), **more}


@pytest.fixture
def written(tiny: Tiny) -> Callable[[Any], Path]:
    """A tiny report, and a file of remarks on it."""
    tiny.section("100-a", "{#first}\nThe first paragraph speaks of schools.\n\nAnother one.\n")

    def write(data: Any) -> Path:
        return tiny.write("saved.json", data if isinstance(data, str) else json.dumps(data))

    return write


def test_markup_in_a_remark_is_text(tiny: Tiny, written: Callable[[Any], Path]) -> None:
    lines = [line for line in HOSTILE.read_text("utf-8").split("\n") if line]
    lines += ["---", "===", "=", "- item", "    code", "{#id}", "a {>>b<<} --> c", "::: x", "+---+"]
    lines += ["https://example.org/a_b", "[^1]: x", "% a", "@par-no", "1. one", "|a|b|", "***"]
    lines = [line for line in lines if "\\n" not in line and line.isprintable()]
    items = [remark(f"canary{at} {line}\n{line}") for at, line in enumerate(lines)]
    result = merge(tiny.project, written(remarks(*items, reviewer='Ali"ya}\\ --> <b>')))
    assert result.diagnostics == [] and len(items) > 80
    done = build(tiny.project, ("json", "md"))
    assert done.succeeded, done.diagnostics
    assert "canary" not in tiny.read("json").decode() + tiny.read("md").decode()
    report, _ = examine(tiny.project)
    assert report
    (section,) = report.sections
    assert len(list(section.paragraphs())) == 2
    lines = note_lines(status(report, date(2026, 6, 1)))
    assert [line for line in lines if "canary" not in line] == [] and len(lines) == len(items)


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        ("", "not-ours", "holds no remarks"),
        ("[1, 2]", "not-ours", "holds no remarks"),
        ("{", "bad-yaml", ""),
        ('{"a": &x [1], "remarks": *x}', "bad-yaml", "aliases"),
        ('{"remarks": !!python/name:os.system x}', "bad-yaml", "tags"),
        ("[" * 500 + "]" * 500, "bad-yaml", "nested"),
        ("x" * 2_000_001, "too-large", "2,000,001 bytes"),
        (remarks(report="other"), "not-ours", "this one is 'tiny'"),
        (remarks(reviewer=""), "bad-value", "reviewer"),
        (remarks(reviewer="x" * 201), "bad-value", "more than 200"),
        (remarks(remarks=[]), "bad-value", "empty"),
        (remarks(remark("a\n" * 100)), "bad-value", "more than 100 entries"),
        (remarks(remark(remark="Why?")), "bad-value", "is not a list"),
        (remarks(remark(day="today")), "bad-value", "right form"),
        (remarks(remark(more=1)), "unknown-key", "more"),
        (remarks(revision="--upload-pack=x"), "bad-value", "right form"),
        (remarks(edition="secret"), "bad-value", "not known"),
        (remarks(remark("a\u202eb")), "control-character", "U+202E"),
        (remarks(remark("a\x00b")), "control-character", "U+0000"),
        (remarks(reviewer="A\u200fb"), "control-character", "U+200F"),
    ],
)
def test_a_file_that_is_none_is_refused(
    data: Any, code: str, says: str, tiny: Tiny, written: Callable[[Any], Path]
) -> None:
    before = {path: path.read_bytes() for path in tiny.project.rglob("*.md")}
    file = written(data)
    result = merge(tiny.project, file)
    assert set(codes(result)) == {code} and not result.succeeded
    assert says in result.diagnostics[0].message
    assert result.diagnostics[0].place.file == "saved.json"
    assert before == {path: path.read_bytes() for path in tiny.project.rglob("*.md")}


def test_what_is_pasted_beside_words_refuses_no_file(
    tiny: Tiny, written: Callable[[Any], Path]
) -> None:
    typed = ("\ufeffWhy so?", "Since\u2028when?", "By\x0bwhom?", "It says \\ufeff here.")
    for escaped in (True, False):
        saved = json.dumps(remarks(*map(remark, typed)), ensure_ascii=escaped)
        result = merge(tiny.project, written(f"\ufeff\ufeff{saved}"))
        assert result.diagnostics == []
    said = (tiny.project / "sections" / "100-a.md").read_text("utf-8")
    for text in ("Why so?", "Since when?", "By whom?", "ufeff here"):
        assert said.count(text) == 1 and "\ufeff" not in said, said


def test_names_of_places_lead_nowhere(tiny: Tiny, written: Callable[[Any], Path]) -> None:
    strange = ("../../report", "sec-../../x", "/etc/passwd", "par-<b>", "sec-nothing")
    items = [
        remark(section=name, paragraph=name, text="Of nothing at all.", words="")
        for name in strange
    ]
    everything = sorted(tiny.project.rglob("*"))
    file = written(remarks(*items))
    result = merge(tiny.project, file)
    assert codes(result) == ["not-brought-back"] * len(strange)
    assert all("Why?" in item.message for item in result.diagnostics)
    assert sorted(tiny.project.rglob("*")) == sorted([*everything, file])


def test_what_is_not_found_stands_below_the_title_of_its_section_and_is_told(
    tiny: Tiny, written: Callable[[Any], Path]
) -> None:
    gone = remark(paragraph="par-gone", text="Something about courts only.", words="courts")
    result = merge(tiny.project, written(remarks(gone)))
    assert codes(result) == ["not-brought-back"] and "Why?" in result.diagnostics[0].message
    text = (tiny.project / "sections" / "100-a.md").read_text("utf-8")
    assert text.index("Why?") < text.index("{#first}")


def test_a_commit_in_the_name_of_the_reader(tmp_path: Path) -> None:
    project = make_report(tmp_path / "project")
    item = remark(section="sec-general", paragraph="par-scope", text="We describe", words="")
    (tmp_path / "saved.json").write_text(json.dumps(remarks(item, report="small")))
    result = merge(project, tmp_path / "saved.json", commit=True)
    assert [author for author, _ in result.commits] == ["Aliya"]
    assert run_git(project, "log", "-1", "--format=%an").strip() == "Aliya"
    assert run_git(project, "status", "--short") == ""


# --- who may read what ------------------------------------------------------------------------------


def test_a_public_page_holds_nothing_withheld_and_a_build_takes_no_remarks(tiny: Tiny) -> None:
    body = "{#open}\nAn open paragraph.\n\n::: confidential\n{#held}\nThe canary sang.\n:::\n"
    tiny.section("100-a", body)
    refused = send(tiny.project, kind="html")
    assert codes(refused) == ["bad-value"] and "confidential" in refused.diagnostics[0].message
    (page,) = send(tiny.project, name="public", kind="html").files
    text = page.read_text("utf-8")
    assert "canary" not in text and "par-held" not in text and '"edition": "public"' in text
    on_it = remark(paragraph="par-open", text="An open paragraph.", words="open")
    saved = tiny.write("saved.json", json.dumps(remarks(on_it, edition="public")))
    assert merge(tiny.project, saved).diagnostics == []
    source = (tiny.project / "sections" / "100-a.md").read_text("utf-8")
    assert source.index("An open") < source.index("Why?") < source.index("::: confidential")
    assert tiny.build("html").succeeded
    assert b"remarksOn" not in tiny.read("html")
