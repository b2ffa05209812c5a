"""Slips of people who type: each is refused on its line, or printed as it was meant, everywhere.

tests/slips.yaml holds them by kind: what is typed, which problems it has (the line in it), and the
paragraphs that Word shows, footnotes in ⟦ ⟧, written and looked at by hand. `REFRESH=1` writes
down what comes out now: read every line of the difference.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import Tiny
from documents import W
from lxml import etree
from PIL import Image
from ruamel.yaml import YAML
from test_same_characters import read

from shadowreport.core.problems import CODES, Diagnostic
from shadowreport.pipeline import examine

DATA = Path(__file__).parent / "slips.yaml"
SLIPS: list[dict[str, Any]] = YAML(typ="safe").load(DATA.read_text("utf-8"))
FIRST = 8  # lines of a file above the slip
FORMATS = ("docx", "pdf", "html")
SOURCES = """\
references:
- {id: icerd, type: treaty, title: International Convention, title-short: ICERD}
- {id: udhr, type: treaty, title: Universal Declaration, title-short: UDHR}
"""


def _name(index: int) -> str:
    return f"{1000 + index}-slip-{index}"


def _typed(index: int) -> str:
    """A slip with ids of its own: all of them stand in one report."""
    text = SLIPS[index]["typed"]
    return re.sub(r"(par-|\{#|tbl-)(one|two)\b", rf"\g<1>\g<2>{index}", text)


def _said(diagnostics: Sequence[Diagnostic], found: dict[int, dict[str, int]]) -> set[int]:
    """Notes what is said of each slip; those that are refused."""
    refused: set[int] = set()
    for item in diagnostics:
        match = re.search(r"slip-(\d+)\.md", str(item.place.file))
        assert match or item.severity != "error", item
        if not match:
            continue
        index = int(match[1])
        found.setdefault(index, {}).setdefault(item.code, item.place.line - FIRST)
        if item.severity == "error":
            refused.add(index)
    return refused


def _without(tiny: Tiny, refused: set[int]) -> None:
    assert refused
    for index in refused:
        (tiny.project / "sections" / f"{_name(index)}.md").unlink()


def _paragraphs(path: Path) -> Iterator[tuple[str, str]]:
    """The paragraphs of a Word file, each with its style: the footnotes where their marks stand."""
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("word/footnotes.xml"))
    notes = {note.get(W + "id"): "".join(t.text or "" for t in note.iter(W + "t")) for note in root}
    for paragraph in docx.Document(str(path)).element.body.iter(W + "p"):
        text = ""
        for node in paragraph.iter(W + "t", W + "footnoteReference", W + "drawing", W + "br"):
            text += {
                W + "t": node.text or "",
                W + "footnoteReference": f"⟦{notes.get(node.get(W + 'id'), '').strip()}⟧",
                W + "drawing": "▣",
                W + "br": "↵",
            }[node.tag]
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = style.get(W + "val") if style is not None else ""
        listed = paragraph.find(f"{W}pPr/{W}numPr") is not None and name in ("Compact", "")
        yield name, "- " + text if listed else text


def _shown(style: str, text: str) -> str:
    return {"BlockText": "> ", "Heading2": "## "}.get(style, "") + text


def _printed(path: Path) -> dict[int, list[str]]:
    """What a Word file shows of each slip, between its opening and its last words."""
    found: dict[int, list[str]] = {}
    index = -1
    for style, text in _paragraphs(path):
        match = re.fullmatch(r"Slip (\d+)", text)
        if match and style.startswith("Heading"):
            index = int(match[1])
            found[index] = []
        elif index in found and style != "BoxSingleHeading":
            found[index].append(_shown(style, text))
    return {index: texts[1:-1] for index, texts in found.items()}


class Outcome:
    """What became of all slips."""

    def __init__(self, tiny: Tiny) -> None:
        self.tiny = tiny
        self.said: dict[int, dict[str, int]] = {}
        self.printed: dict[int, list[str]] = {}


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    tiny = Tiny(tmp_path_factory.mktemp("slips") / "project")
    tiny.write("references/sources.yaml", SOURCES)
    Image.new("RGB", (40, 40)).save(tiny.project / "sections" / "dot.png")
    result = Outcome(tiny)
    for index in range(len(SLIPS)):
        text = f"Opening words.\n\n{_typed(index)}\n\nLast words.\n"
        tiny.section(_name(index), text, f"title: Slip {index}\nlevel: 1\nnumbered: false")
    while refused := _said(examine(tiny.project)[1], result.said):
        _without(tiny, refused)
    # letters without a font are looked for by what makes the PDF
    built = tiny.build(*FORMATS)
    assert built.succeeded
    _said([item for item in built.diagnostics if item.code == "missing-glyph"], result.said)
    result.printed = _printed(tiny.project / "build" / "tiny.docx")
    if os.environ.get("REFRESH"):
        _refresh(result)
    return result


def _refresh(outcome: Outcome) -> None:
    rows = []
    for index, slip in enumerate(SLIPS):
        row = {"kind": slip["kind"], "typed": slip["typed"]}
        row |= {"says": outcome.said[index]} if index in outcome.said else {}
        row |= {"prints": outcome.printed[index]} if index in outcome.printed else {}
        rows.append(row)
    yaml = YAML()
    yaml.width = 10_000
    yaml.indent(mapping=2, sequence=2, offset=0)
    yaml.dump(rows, DATA.open("w", encoding="utf-8"))


def test_each_slip_is_told_or_printed_as_expected(outcome: Outcome) -> None:
    wrong = []
    for index, slip in enumerate(SLIPS):
        said, printed = outcome.said.get(index, {}), outcome.printed.get(index)
        if said != slip.get("says", {}) or printed != slip.get("prints"):
            wrong.append((slip["typed"], said, printed))
    assert wrong == []


def test_what_is_refused_is_not_printed_and_nothing_is_printed_in_silence_that_is_private() -> None:
    assert len(SLIPS) >= 300
    for slip in SLIPS:
        severities = {CODES[code].severity for code in slip.get("says", {})}
        assert ("error" in severities) != ("prints" in slip), slip["typed"]
        if "secret" in slip["typed"] and not severities:
            assert "secret" not in "".join(slip["prints"]), slip["typed"]


def _bare(text: str) -> str:
    text = re.sub(r"⟦[^⟧]*⟧,?|[▣↵]|^(?:- |> |## )", "", text)
    return re.sub(r"[\s\d\u200b\u00ad\u2011-]", "", text)


@pytest.mark.parametrize("kind", ["pdf", "html"])
def test_the_other_formats_show_the_same(outcome: Outcome, kind: str) -> None:
    text = _bare(read(kind, outcome.tiny.project / "build" / f"tiny.{kind}"))
    wrong = []
    place = 0
    for index, paragraphs in outcome.printed.items():
        if kind == "pdf" and "missing-glyph" in outcome.said.get(index, {}):
            continue  # the codes of its letters stand there
        for paragraph in paragraphs:
            shown = _bare(re.sub(r"^Table \d+\. ", "", paragraph))
            found = text.find(shown, place)
            if found < 0:
                wrong.append((index, paragraph))
            place = max(place, found)
    assert wrong == []
