"""The documentation is true: its examples build, and what it names exists."""

from __future__ import annotations

import json
import re
import runpy
import shlex
import sys
import textwrap
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import ROOT, Sample, Tiny
from invoke.exceptions import ParseError
from invoke.parser import Parser
from jsonschema import Draft202012Validator
from PIL import Image

from shadowreport import checks
from shadowreport.core.ast import plain
from shadowreport.core.problems import CODES, Code, Diagnostic
from shadowreport.render import FORMATS, Format
from shadowreport.render.output import Output
from shadowreport.tasks import namespace

DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), ROOT / "README.md"])
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def test_every_example_of_the_authoring_guide_builds(tiny: Tiny) -> None:
    sections = 0
    for kind, text in _BLOCK.findall((DOCS / "authoring.md").read_text(encoding="utf-8")):
        if kind == "markdown":
            sections += 1
            title = re.search(r"^title: (.*)$", text, re.MULTILINE)
            assert title
            name = "remedies" if title[1] == "Remedies" else f"example-{chr(96 + sections)}"
            tiny.write(f"sections/{100 + sections}-{name}.md", text)
        elif kind == "csv":
            tiny.write(*text.split("\n", 1))
        elif kind == "yaml":
            tiny.write(text.splitlines()[0].removeprefix("# "), text)
    (tiny.project / "sections" / "images").mkdir()
    Image.new("RGB", (40, 30), "white").save(tiny.project / "sections" / "images" / "map.png")
    result = tiny.build()
    assert sections == 14
    assert result.succeeded, result.diagnostics
    paragraphs = [
        item
        for section in json.loads(tiny.read("json"))["sections"]
        for item in section["items"]
        if item["type"] == "paragraph"
    ]
    reference = next(item for item in paragraphs if "shows, few complaints" in item["text"])
    assert "As paragraph\u00a03 shows" in reference["text"]
    assert "paragraphs\u00a03–4" in reference["text"]
    assert "Recommendation\u00a07.1" in reference["text"]
    assert "table\u00a01" in reference["text"]


@pytest.mark.parametrize("file", PAGES, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(file: Path) -> None:
    prose = re.sub(r"`[^`\n]*`", "", re.sub(_BLOCK, "", file.read_text(encoding="utf-8")))
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", prose):
        if "://" not in target and not target.startswith("mailto:"):
            assert (file.parent / target).exists(), target


_COMMAND = re.compile(r"(?<![\w./-])(?:invoke|shadowreport) ([a-z][^`|#>&;…]*)")


@pytest.mark.parametrize("file", PAGES, ids=lambda path: path.name)
def test_every_command_that_a_page_shows_can_be_typed(file: Path) -> None:
    shown = re.findall(
        r"`([^`\n]+)`|^(?: {4})?((?:\S*/)?(?:invoke|shadowreport) .*)",
        file.read_text("utf-8"),
        re.M,
    )
    for text in (one or other for one, other in shown):
        for line in _COMMAND.findall(text.rstrip("\\")):
            if (
                not line.startswith("chunspell") and "--help" not in line
            ):  # of pipx inject; of every task
                try:
                    Parser(namespace.to_contexts()).parse_argv(
                        shlex.split(line.replace("[", "").replace("]", ""))
                    )
                except ParseError as error:
                    assert "wants to know more" in str(error) or "needs a value" in str(error), line


def test_ci_runs_the_two_commands_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [
        line
        for _, text in _BLOCK.findall(readme)
        for line in text.splitlines()
        if line.startswith("python3 -m venv")
    ]
    assert len(commands) == 2
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in script if line.startswith("python3 -m venv")] == commands


def test_the_json_output_fits_its_published_schema(sample: Sample) -> None:
    schema = json.loads((DOCS / "schemas" / "output.schema.json").read_text(encoding="utf-8"))
    errors = list(
        Draft202012Validator(schema).iter_errors(json.loads(sample.files["json"].read_bytes()))
    )
    assert errors == []


def test_the_formats_are_described_as_their_table_says() -> None:
    text = (DOCS / "formats.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| `NAME\.(\w+)` \| (.*?)(?: \(\[.*)? \|$", text, re.MULTILINE)
    assert found == [(key, f"{made.name}: {made.help}") for key, made in FORMATS.items()]
    *names, last = (made.name for made in FORMATS.values())
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"| `invoke build` | {', '.join(names)} and {last} in `build/`;" in readme


# --- the page on the architecture ---------------------------------------------------------------

SOURCE = ROOT / "src" / "shadowreport"
ARCHITECTURE = (DOCS / "architecture.md").read_text(encoding="utf-8")


def test_the_picture_of_the_floors_is_that_of_the_code() -> None:
    drawn = runpy.run_path(str(ROOT / "tools" / "draw_floors.py"))
    anew = "not that of the code any more: run `python tools/draw_floors.py`"
    assert (DOCS / "images" / "floors.svg").read_text("utf-8") == drawn["picture"](), anew
    assert drawn["page"](ARCHITECTURE) == ARCHITECTURE, anew


def test_the_page_on_the_architecture_fits_on_two_screens() -> None:
    assert len(ARCHITECTURE.splitlines()) <= 90


def test_what_is_added_somewhere_has_its_table_there() -> None:
    _, _, rows = ARCHITECTURE.partition("## Where do I add")
    tables = re.findall(r"\[`(\w+)`\]\(([^)]+)\)", rows)
    assert len(tables) == 19
    for name, file in tables:
        text = (DOCS / file).read_text("utf-8")
        assert re.search(rf"^{name}\b[^=\n]* = [\[({{A-Z]", text, re.MULTILINE), (name, file)


@pytest.mark.parametrize("name", ["architecture.md", "extending.md"])
def test_modules_that_a_page_names_exist(name: str) -> None:
    text = (DOCS / name).read_text("utf-8")
    named = set(re.findall(r"`([\w/.]+(?:\.py|/))`", text))
    assert len(named) > 5
    homes = (ROOT, SOURCE)
    assert [
        item for item in sorted(named) if not any((home / item).exists() for home in homes)
    ] == []


def test_modules_that_the_source_names_exist() -> None:
    known = {path.name for path in SOURCE.rglob("*.py")}
    for path in SOURCE.rglob("*.py"):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            for named in re.findall(r"[\w/]*\w\.py\b", line):
                homes = (ROOT, SOURCE, path.parent, path.parents[1], SOURCE / "importing")
                right = any((home / named).exists() for home in homes) or named in known
                assert right, f"{path.relative_to(ROOT)}:{number} names {named}"


def test_programs_are_started_in_one_place() -> None:
    starting = re.compile(r"^\s*(import|from) (subprocess|multiprocessing|pexpect)\b", re.MULTILINE)
    found = {
        path.relative_to(SOURCE).parts[0]
        for path in SOURCE.rglob("*.py")
        if starting.search(path.read_text("utf-8"))
    }
    assert found == {"machine"}


# --- the page on extending ----------------------------------------------------------------------


def _example(heading: str) -> dict[str, Any]:
    """What the first Python example below a heading of the page defines."""
    _, _, below = (DOCS / "extending.md").read_text("utf-8").partition(f"## {heading}\n")
    found = re.search(r"```python\n(.*?)```", below, re.DOTALL)
    assert found
    names: dict[str, Any] = {}
    line = "from __future__ import annotations\n"
    exec(compile(line + textwrap.dedent(found[1]), heading, "exec"), names)
    return names


def test_the_example_of_a_check_finds_something(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_titles = _example("Add a check")["long_titles"]
    long_titles.__globals__["Diagnostic"] = Diagnostic
    monkeypatch.setitem(CODES, "long-title", Code("check", "warning"))
    monkeypatch.setattr(checks, "CONTENT", (*checks.CONTENT, long_titles))
    tiny.section("100-one", "Text.\n", f"title: {'Long ' * 40}\nlevel: 1")
    (found,) = (item for item in tiny.build("json").diagnostics if item.code == "long-title")
    assert str(found).startswith("sections/100-one.md:2:1: warning [long-title] this title is very")


def test_the_example_of_an_output_is_built(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    render = _example("Add an output")["render"]
    render.__globals__.update(plain=plain, Output=Output)
    module = ModuleType("titles")
    module.render = render  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "titles", module)
    monkeypatch.setitem(FORMATS, "txt", Format("Text", "the titles", "titles"))
    tiny.section("100-one", "{#a}\nText.\n\n{#b}\nMore.\n")
    assert tiny.build("txt").succeeded
    assert tiny.read("txt").decode() == "A section 1\u20132"


def test_every_template_is_described() -> None:
    text = (DOCS / "templates.md").read_text(encoding="utf-8")
    names = {path.name for path in (ROOT / "templates").glob("*.*")}
    assert [name for name in sorted(names) if f"`{name}`" not in text] == []


def test_the_examples_of_every_key_build(tiny: Tiny) -> None:
    settings, section = (text for _, text in _BLOCK.findall((DOCS / "keys.md").read_text("utf-8")))
    tiny.write("sections/report.yaml", settings)
    tiny.write("sections/100-legislation.md", section)
    result = tiny.build("json")
    assert result.succeeded, result.diagnostics
    assert (tiny.project / "build" / "utopia-cerd-2026.json").is_file()


@pytest.mark.parametrize(
    ("schema", "head"), [("report", "## report.yaml"), ("section", "## Front matter")]
)
def test_every_key_is_explained(schema: str, head: str) -> None:
    text = (DOCS / "keys.md").read_text("utf-8").partition(head)[2].partition("\n## ")[0]
    known = json.loads((DOCS / "schemas" / f"{schema}.schema.json").read_text("utf-8"))
    explained = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert sorted(explained) == sorted(known["properties"])


@pytest.mark.parametrize("name", ["tasks.md", "fields.md"])
def test_the_reference_is_that_of_the_code(name: str) -> None:
    made = runpy.run_path(str(ROOT / "tools" / "write_reference.py"))["PAGES"][name]()
    anew = "not that of the code any more: run `python tools/write_reference.py`"
    assert (ROOT / "docs" / name).read_text("utf-8") == made, anew
