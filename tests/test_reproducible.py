"""The same report gives the same bytes, wherever, whenever and by whomever it is built."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Tiny
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from outputs import everything

from shadowreport.load import load
from shadowreport.pipeline import build

TEXT = """\
{#first}
No law defines it [@known, para. 9].[^n] See paragraph @par-second and table @tbl-figures.

![a red square](a.png)

{#second}
Words in [қазақша]{lang="kk"}, and "quoted" ones -- with a list:

- one;
- two.

{#figures}

|Year|Cases|
|-|-|
|2020|12|
|2021|14|

: Cases by year

::: recommendations
{#rec-one}
Parliament should adopt a law.

{#rec-two}
The Government should publish data.
:::

[^n]: A note.
"""
SOURCES = "references:\n- {id: known, type: report, author: [{literal: Somebody}], title: A known report, issued: 2016-08-09, accessed: 2022-01-15, URL: https://example.org/a}\n"
COMMAND = "import sys; from pathlib import Path; from shadowreport.pipeline import build; r = build(Path(sys.argv[1])); sys.exit(0 if r.succeeded else str(r.diagnostics))"


BUILDS = int(os.environ.get("SHADOWREPORT_BUILDS", "3"))


def _lay(tiny: Tiny) -> None:
    from PIL import Image

    tiny.write("references/sources.yaml", SOURCES)
    Image.new("RGB", (30, 30), "red").save(tiny.project / "sections" / "a.png")
    tiny.section(
        "100-a",
        TEXT,
        "title: A section\nlevel: 1\nrecommendations: [[cerd-2014/6], [cerd-2014/9.1, cerd-2014/9.2]]",
    )
    tiny.section("200-b", "More words, as paragraph @par-first says.\n")


def _sums(project: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((project / "build").glob("tiny.*"))
    }


def _built_elsewhere(
    project: Path, target: Path, umask: int = 0o022, **variables: str
) -> dict[str, str]:
    """The sums of a build in another folder, in a process with other settings."""
    # written in the opposite order, so that the folder lists its files in another one
    for path in sorted(
        (path for path in project.rglob("*") if path.is_file() and "build" not in path.parts),
        reverse=True,
    ):
        place = target / path.relative_to(project)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **variables}
    command = [sys.executable, "-c", COMMAND, str(target)]
    subprocess.run(command, env=environment, umask=umask, check=True, cwd=target, timeout=120)
    return _sums(target)


@pytest.mark.skipif(os.name == "nt", reason="time zones and umasks are set in another way there")
def test_place_time_zone_language_umask_and_hash_seed_change_nothing(
    tiny: Tiny, tmp_path_factory: pytest.TempPathFactory
) -> None:
    _lay(tiny)
    result = tiny.build()
    assert result.succeeded, result.diagnostics
    wanted = _sums(tiny.project)
    assert len(wanted) >= 5
    base = tmp_path_factory.mktemp("elsewhere")
    settings = [
        {"TZ": "Asia/Almaty", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {
            "TZ": "America/St_Johns",
            "LC_ALL": "ru_RU.UTF-8",
            "LANG": "ru_RU.UTF-8",
            "PYTHONHASHSEED": "2",
            "SOURCE_DATE_EPOCH": "1234567890",
        },
        {
            "TZ": "UTC",
            "LC_ALL": "C.UTF-8",
            "HOME": str(base),
            "PYTHONHASHSEED": "3",
            "PYTHONUTF8": "0",
            "TMPDIR": str(base),
        },
    ]
    umasks = (0o077, 0o000, 0o027)
    for nth in range(BUILDS):
        variables = {**settings[nth % 3], "PYTHONHASHSEED": str(nth + 1)}
        folder = base / f"a folder {nth} ü" / ("deep" * (nth % 5))
        found = _built_elsewhere(tiny.project, folder, umasks[(nth + nth // 3) % 3], **variables)
        assert found == wanted, variables


def test_a_second_build_gives_the_same_bytes(tiny: Tiny) -> None:
    _lay(tiny)
    assert tiny.build().succeeded
    first = _sums(tiny.project)
    os.utime(tiny.project / "sections" / "100-a.md", (0, 0))
    assert build(tiny.project).succeeded
    assert _sums(tiny.project) == first


@pytest.mark.parametrize("ends", [b"\r\n", b"\r"], ids=["CRLF", "CR"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "BOM"])
def test_line_ends_and_byte_order_marks_change_nothing(
    tiny: Tiny, ends: bytes, mark: bytes
) -> None:
    _lay(tiny)
    assert tiny.build("docx", "html", "json", "md").succeeded
    wanted = _sums(tiny.project)
    for path in [*tiny.project.glob("sections/*.md"), *tiny.project.glob("*/*.yaml")]:
        path.write_bytes(mark + path.read_bytes().replace(b"\n", ends))
    result = tiny.build("docx", "html", "json", "md")
    assert result.succeeded, result.diagnostics
    assert _sums(tiny.project) == wanted


def test_a_problem_has_the_same_line_whatever_the_line_ends(tiny: Tiny) -> None:
    tiny.section("100-a", "Words.\n\nMore [words](javascript:x) here.\n")
    places = set()
    for ends in (b"\n", b"\r\n", b"\r"):
        path = tiny.project / "sections" / "100-a.md"
        path.write_bytes(
            path.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", ends)
        )
        places |= {
            (item.code, item.place) for item in load(tiny.project)[1] if item.severity == "error"
        }
    assert len(places) == 1


def test_the_outputs_do_not_tell_who_made_them_and_where(tiny: Tiny) -> None:
    _lay(tiny)
    assert tiny.build().succeeded
    parts = dict(everything(tiny.project / "build"))
    told = [
        str(tiny.project),
        str(Path.home()) + "/",
        "shadowreport-",
        "python-docx",
    ]
    assert [
        (name, word) for name, data in parts.items() for word in told if word.encode() in data
    ] == []
    word = {
        name.removeprefix("tiny.docx/"): data
        for name, data in parts.items()
        if name.startswith("tiny.docx/")
    }
    assert (
        not {
            "word/comments.xml",
            "docProps/app.xml",
            "docProps/custom.xml",
            "docProps/thumbnail.jpeg",
        }
        & word.keys()
    )
    core = etree.fromstring(word["docProps/core.xml"])
    made = {etree.QName(item).localname: item.text or "" for item in core}
    assert not any(made.get(name) for name in ("creator", "lastModifiedBy"))
    assert not re.search(
        rb"w:rsid\w*=|<w:rsid", word["word/document.xml"] + word["word/settings.xml"]
    )
