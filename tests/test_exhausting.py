"""Inputs made to exhaust time or memory, and inputs broken at random: an answer comes all the same."""

from __future__ import annotations

import json
import os
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import REPORT, ROOT, Tiny

from shadowreport.checks import check
from shadowreport.core.ast import plain
from shadowreport.core.problems import Failure
from shadowreport.load import load, schema
from shadowreport.machine import programs
from shadowreport.machine.patience import run
from shadowreport.source import read
from shadowreport.source.yaml import read_yaml

MUTATIONS = int(os.environ.get("SHADOWREPORT_MUTATIONS", "150"))
TOP = "Some words.\n\n"

# each is refused; pandoc or a pattern of ours would need minutes or gigabytes for most of them
SECTIONS = {
    "brackets": "Words " + "[" * 25 + " x\n",
    "more brackets": "Words " + "[" * 1900 + " x\n",
    "brackets between words": "Words " + "[a " * 6000 + "\n",
    "pictures never closed": "Words " + "![a]( " * 3000 + "\n",
    "footnote marks": "Words " + "[^" * 200_000 + "\n",
    "footnote marks between words": "Words " + "[^a " * 4000 + "\n",
    "a fence and spaces": TOP + "::: a" + " " * 400_000 + "b\n",
    "fences never closed": TOP + "::: note\n" * 100_000,
    "quotations": "> " * 400_000 + "x\n",
    "deep quotations": TOP + ">" * 300 + " x\n",
    "very deep quotations": TOP + "> " * 1500 + "x\n",
    "deep lists": TOP + "".join("    " * depth + "- a\n" for depth in range(100)),
    "deep emphasis": "Words " + "*a **b " * 200 + "x" + "** c*" * 200 + "\n",
    "list marks": TOP + "- " * 9000 + "a\n",
    "spans": "Words " + "[" * 300 + "a" + "]{lang=ru}" * 190 + "\n",
    "a long word": "x" * 500_000 + "\n",
    "a long line": "x " * 250_000 + "\n",
    "a long gap": "x" + " " * 500_000 + "x\n",
    "tabs": "x" + "\t" * 500_000 + "x\n",
    "a wide table": TOP + "|" + "a|" * 900 + "\n|" + "-|" * 900 + "\n|" + "b|" * 900 + "\n",
    "a wide grid": TOP + ("+" + "-+" * 300 + "\n|" + "a|" * 300 + "\n") * 10 + "+" + "-+" * 300 + "\n",
    "corners of merged cells": TOP + "+" + "-+" * 200 + "\n" + ("+" * 401 + "\n") * 200 + "|     |\n+" + "-+" * 200 + "\n",
    "a wide simple table": TOP + ("-" * 9 + " ") * 90 + "\n" + "a " * 300 + "\n" + ("-" * 9 + " ") * 90 + "\n",
    "a high number": TOP + "99999999999999999999. a\n",
    "a very high number": TOP + "9" * 1900 + ". a\n",
    "captions": TOP + ": a caption\n" * 60_000,
    "marks of quotations": "Words " + '"a ' * 200_000 + "\n",
    "quotations that links shut": "Words " + '](a "' * 80_000 + "\n",
    "braces": "Words " + "{" * 500_000 + "\n",
    "backslashes": "Words " + "\\" * 500_000 + "\n",
    "backticks": "Words " + "`" * 500_000 + "\n",
    "stars": "Words " + "*" * 500_000 + "\n",
    "underscores": "Words " + "_a" * 250_000 + "\n",
    "colons": "Words " + ":" * 500_000 + "\n",
    "dashes": TOP + "-" * 500_000 + "\n",
    "pipes": TOP + "|" * 500_000 + "\n",
    "signs of equality": TOP + "a\n" + "=" * 500_000 + "\n",
    "angle brackets": "Words " + "<" * 500_000 + "\n",
    "entities": "Words\n" + "&#x202e;\n" * 20_000,
    "bad links": "Words\n" + "".join(f"[a](x{nth})\n" for nth in range(8000)),
    "many citations": "Words\n" + "[@a] \n" * 6000,
    "many pictures": "Words\n" + "".join(f"![a](x{nth}.png)\n" for nth in range(4000)),
    "empty boxes": TOP + "::: recommendations\n:::\n\n" * 200,
    "a box in a box": TOP + "::: recommendations\n\n" * 20 + "a\n\n" + ":::\n\n" * 20,
    "an id without end": "{#" + "a" * 1900 + "}\nWords\n",
    "too many bytes": "x\n" * 600_000,
    "combining marks": "Words x" + "\u0301" * 300_000 + "\n",
    "hidden characters": "Words\n" + "\u202e\n" * 50_000,
}  # fmt: skip

# Looks at a report with a shorter patience than usual, so that the test is quick.
LOOK = """
import json, sys
from pathlib import Path
from shadowreport.machine import programs
from shadowreport.machine.patience import run
from shadowreport.source import read
programs.READ_SECONDS, read._BATCH_SECONDS = 0.5, 0.5
from shadowreport.checks import check
from shadowreport.load import load
report, found = load(Path(sys.argv[1]))
found += check(report) if report else []
print(json.dumps([[item.place.file, item.code] for item in found if item.severity == "error"]))
"""


def test_each_exhausting_section_is_named_and_the_others_are_still_checked(tiny: Tiny) -> None:
    assert len(SECTIONS) >= 40
    names = {}
    for nth, (name, body) in enumerate(SECTIONS.items()):
        tiny.section(f"{200 + nth}-s{nth}", body)
        names[f"sections/{200 + nth}-s{nth}.md"] = name
    tiny.section("100-good", "Some words.\n")
    tiny.section("900-bad", "A [link](javascript:x).\n")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = run([sys.executable, "-c", LOOK, str(tiny.project)], 170, env=environment)
    assert done.returncode == 0, done.stderr[-2000:]
    found = dict(json.loads(done.stdout))
    assert {name for file, name in names.items() if file not in found} == set()
    assert found["sections/900-bad.md"] == "bad-link"
    assert "sections/100-good.md" not in found


SETTINGS = {
    "keys": "".join(f"k{nth}: v\n" for nth in range(120_000)),
    "a flow of values": "[" + "a," * 120_000 + "]",
    "brackets": "[" * 5000,
    "braces": "{a: " * 5000,
    "dashes": "- " * 5000 + "a",
    "question marks": "? " * 3000,
    "indents": "".join(" " * depth + "a:\n" for depth in range(500)),
    "an alias bomb": "a: &a [x]\n"
    + "".join(
        f"{key}: &{key} [*{before}, *{before}]\n"
        for before, key in zip("abcdefgh", "bcdefghi", strict=True)
    ),
    "an endless quotation": 'a: "' + "x\n" * 50_000,
    "a long tag": "a: !<" + "x" * 100_000 + "> b",
    "a merge of itself": "a: &a {<<: *a}",
    "a number": "a: " + "9" * 5000 + "\na: 1",
}


@pytest.mark.parametrize("text", SETTINGS.values(), ids=SETTINGS.keys())
def test_exhausting_yaml_is_refused(text: str) -> None:
    with pytest.raises(Failure) as caught:
        read_yaml(text, "references/x.yaml")
    assert caught.value.diagnostics[0].place.file == "references/x.yaml"


@pytest.mark.parametrize("gap", [" ", "\\t", "\\n"])
def test_long_gaps_in_yaml_take_no_time(gap: str) -> None:
    yaml = read_yaml(f'a: "x{gap * 200_000}y"', "x.yaml")
    assert yaml.data["a"].split() == ["x", "y"]


def test_a_batch_holds_so_many_texts_as_can_be_read_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sizes: list[int] = []

    def pandoc(arguments: list[str], data: bytes, **bounds: Any) -> bytes:
        sizes.append(data.count(read._SEPARATOR.encode()) - 1)
        return programs.pandoc(arguments, data, **bounds)

    monkeypatch.setattr(read, "pandoc", pandoc)
    texts = [f"Some words, for the {nth}th time.\n" for nth in range(300)]
    with ThreadPoolExecutor(2) as pool:
        found = [get() for get in read.parse_all(texts, pool)]
    assert [plain(blocks) for blocks in found if isinstance(blocks, list)] == [
        text.strip() for text in texts
    ]
    assert sum(sizes) == 300  # none of them twice
    assert 50 <= max(sizes) <= 70


# --- broken at random ---------------------------------------------------------------------------

PIECES = [
    "[", "]", "(", ")", "{", "}", "*", "_", "`", "~", "^", "|", ">", "<", "#", "@", "!", ":", ";", "&", "$", "\\", '"', "'", "-", "\n", "\n\n", "    ", "\t",
    "---\n", "...\n", "::: ", ":::\n", "[^", "[@", "]{", "](", "![", "](http://", "<!--", "-->", "{#", "{.continued}\n", "|-|-|\n", "1. ", "- ", "> ", "## ", "##### ",
    "&#", "&#x202e;", "&amp;", "\u202e", "\u0000", "\ufeff", "é", "\U0001f600", "\u0301", "%", "= ", "/ x: ", "//", "{{", "%}", "null", "~: ", "!!", "*a", "&a ", "[[", "? ", "'", "99999999999999999999",
]  # fmt: skip
BODY = """\
{#first}
No law defines it [@known, para. 9].[^n] See paragraph @par-second and table @tbl-figures.

{#second}
Words in [қазақша]{lang="kk"}, and "quoted" ones -- with *emphasis* and **more**:

- one;
- two [link](https://example.org/a_b).

> A quotation.

{.continued}
It goes on.

{#figures}

|Year|Cases|
|-|-|
|2020|12|

: Cases by year

## A heading

{#third}
Words.

::: recommendations
{#rec-one}
Parliament should adopt a law.

{#rec-two}
The Government should publish data.
:::

::: {.note author="x"}
A note.
:::

[^n]: A note.
"""
FRONT = "title: A section\nlevel: 1\nstatus: draft\nauthors: [first]\nrecommendations: [[cerd-2014/6], [cerd-2014/9.1, cerd-2014/9.2]]\nparagraphs:\n  first: {answers: [cerd-2014/6], finding: implemented}\n"
SOURCES = "references:\n- {id: known, type: report, author: [{family: A, given: B}, {literal: C}], title: A known report, issued: 2016-08-09, number: X/1, URL: https://example.org/a}\n"


def _broken(text: str, chance: random.Random) -> str:
    for _ in range(chance.choice((1, 1, 2, 3, 5, 12))):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((0, 0, 1, 3, 20)))
        piece = chance.choice(PIECES) * chance.choice((1, 1, 1, 2, 7))
        other = chance.randrange(len(text) + 1)
        text = text[:start] + chance.choice((piece, text[other : other + 30], "")) + text[end:]
    return text


def test_sections_broken_at_random_never_break_the_toolkit(tiny: Tiny) -> None:
    chance = random.Random(20220301)
    for first in range(0, MUTATIONS, 75):
        _clear(tiny)
        tiny.write("references/sources.yaml", SOURCES)
        for nth in range(first, min(first + 75, MUTATIONS)):
            own = BODY
            for name in ("first", "second", "third", "figures", "rec-one", "rec-two"):
                own = (
                    own.replace(f"#{name}", f"#{name}-{nth}")
                    .replace(f"-{name} ", f"-{name}-{nth} ")
                    .replace("@tbl-figures", f"@tbl-figures-{nth}")
                )
            text = f"---\n{FRONT.replace('first:', f'first-{nth}:')}---\n\n{own}"
            tiny.write(
                f"sections/{1000 + nth}-s{nth}.md",
                _broken(text, chance).encode("utf-8", "replace").decode(),
            )
        for _ in range(4):  # what is wrong goes, the rest is built
            report, found = load(tiny.project)
            found = [*found, *(check(report) if report else [])]
            files = {item.place.file for item in found if item.severity == "error"} - {"sections"}
            for file in files:
                (tiny.project / file).unlink(missing_ok=True)
            if not files:
                break
        if list(tiny.project.glob("sections/*.md")):
            result = tiny.build()
            assert result.succeeded or {
                item.code for item in result.diagnostics if item.severity == "error"
            } <= {"missing-glyph"}, [
                str(item) for item in result.diagnostics if item.severity == "error"
            ][:5]


def _clear(tiny: Tiny) -> None:
    for path in tiny.project.glob("sections/*.md"):
        path.unlink()


def test_yaml_broken_at_random_never_breaks_the_toolkit(tiny: Tiny) -> None:
    chance = random.Random(20220301)
    kinds = {
        "report": REPORT,
        "section": FRONT,
        "sources": SOURCES,
        "references": (tiny.project / "references/cerd-2014.yaml").read_text("utf-8"),
    }
    for nth in range(MUTATIONS):
        kind = list(kinds)[nth % len(kinds)]
        text = _broken(kinds[kind], chance)
        try:
            for problem in schema.problems(read_yaml(text, "x.yaml"), kind):
                assert problem.message
        except Failure as failure:
            assert failure.diagnostics


def test_settings_and_sources_broken_at_random_never_break_a_build(tiny: Tiny) -> None:
    chance = random.Random(20220301)
    tiny.section("100-a", "Some words [@known].\n")
    files = {"sections/report.yaml": REPORT, "references/sources.yaml": SOURCES}
    for name, text in files.items():
        tiny.write(name, text)
    for nth in range(max(20, MUTATIONS // 5)):
        name = list(files)[nth % 2]
        Path(tiny.project / name).write_text(
            _broken(files[name], chance), "utf-8", errors="replace"
        )
        result = tiny.build("json", "md", "docx")
        assert result.succeeded or any(item.severity == "error" for item in result.diagnostics)
        tiny.write(name, files[name])
