"""The documentation is true: its examples build, and what it names exists."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import ROOT, Sample, Tiny
from jsonschema import Draft202012Validator
from PIL import Image

DOCS = ROOT / "docs"
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
        elif kind == "yaml":
            tiny.write(text.splitlines()[0].removeprefix("# "), text)
    (tiny.project / "sections" / "images").mkdir()
    Image.new("RGB", (40, 30), "white").save(tiny.project / "sections" / "images" / "map.png")
    result = tiny.build()
    assert sections == 10
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


@pytest.mark.parametrize(
    "file", sorted([*DOCS.glob("*.md"), ROOT / "README.md"]), ids=lambda path: path.name
)
def test_links_between_documents_lead_somewhere(file: Path) -> None:
    prose = re.sub(r"`[^`\n]*`", "", re.sub(_BLOCK, "", file.read_text(encoding="utf-8")))
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", prose):
        if "://" not in target and not target.startswith("mailto:"):
            assert (file.parent / target).exists(), target


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
