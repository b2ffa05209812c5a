"""The reports that the benchmarks build have exactly the model document's counts."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest

from shadowreport.core.ast import plain, transform, walk
from shadowreport.core.report import Box, Heading, Paragraph, Report, Section
from shadowreport.load import load
from shadowreport.pipeline import examine

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.report import MODEL, edited, generate


def words_of(report: Report) -> int:
    """The words that are written: titles, text, boxes, footnotes; neither citations nor numbers of
    references, which are generated."""
    return sum(_words(section) for section in report.sections)


def _words(section: Section) -> int:
    texts = [section.title]
    for item in section.items:
        content: Any = item.inlines if isinstance(item, Heading) else None
        content = item.blocks if isinstance(item, Paragraph) else content
        content = [own.blocks for own in item.recommendations] if isinstance(item, Box) else content
        bare = transform(content, {"Cite": lambda _: []})
        texts.append(plain(bare, notes=True))
    return sum(len(re.findall(r"\w+", text)) for text in texts)


def counts(report: Report) -> dict[str, int]:
    """What a report has of everything, counted in the report as it was loaded."""
    sections = report.sections
    items = [item for section in sections for item in section.items]
    boxes = [item for item in items if isinstance(item, Box)]
    blocks = [item.blocks for item in items if isinstance(item, Paragraph)]
    elements = list(walk(blocks))
    keys = [cite["citationId"] for item in elements if item["t"] == "Cite" for cite in item["c"][0]]
    rows = [row for section in sections for row in section.rows]
    cells = {
        (index, mention.id.partition("/")[0]) for index, row in enumerate(rows) for mention in row
    }
    return {
        "paragraphs": sum(isinstance(item, Paragraph) for item in items),
        "words": words_of(report),
        "tables": sum(bool(section.rows) for section in sections),
        "rows": len(rows),
        "cells": len(cells),
        "earlier": sum(map(len, rows)),
        "boxes": len(boxes),
        "recommendations": sum(len(box.recommendations) for box in boxes),
        "boxes of one": sum(len(box.recommendations) == 1 for box in boxes),
        "footnotes": sum(item["t"] == "Note" for item in elements),
        "citations": sum(key.startswith("source-") for key in keys),
        "level 1": sum(section.level == 1 for section in sections),
        "headings": len(sections) + sum(isinstance(item, Heading) for item in items),
        "other tables": sum(item["t"] == "Table" for item in elements),
    }


@pytest.mark.parametrize("times", [1, 3])
def test_a_generated_report_has_the_counts_of_the_model(times: int, tmp_path: Path) -> None:
    generate(tmp_path, times)
    report, problems = load(tmp_path)
    assert problems == []
    assert report
    expected = {
        "paragraphs": 262,
        "words": 41_000,
        "tables": 21,
        "rows": 41,
        "cells": 75,
        "earlier": 106,
        "boxes": 30,
        "recommendations": 59,
        "boxes of one": 19,
        "footnotes": 37,  # and 40 citations, which become footnotes: 77
        "citations": 40,
        "level 1": 2,
        "headings": 44,
        "other tables": 1,
    }
    assert counts(report) == {name: count * times for name, count in expected.items()}


def test_the_model_has_77_footnotes() -> None:
    assert MODEL.footnotes + MODEL.citations == 77


def test_a_generated_report_has_no_problems(tmp_path: Path) -> None:
    generate(tmp_path)
    assert examine(tmp_path)[1] == []


def test_the_same_report_comes_out_again(tmp_path: Path) -> None:
    for name in ("first", "second"):
        generate(tmp_path / name, 2)
    files = sorted(
        path.relative_to(tmp_path / "first") for path in (tmp_path / "first").rglob("*.*")
    )
    assert len(files) == 2 * 26 + 5
    assert all(
        (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()
        for name in files
    )


def test_an_edit_changes_one_paragraph(tmp_path: Path) -> None:
    generate(tmp_path)
    before, _ = load(tmp_path)
    edited(tmp_path)
    edited(tmp_path)
    after, _ = load(tmp_path)
    assert before and after
    old = [plain(item.blocks) for section in before.sections for item in section.paragraphs()]
    new = [plain(item.blocks) for section in after.sections for item in section.paragraphs()]
    (changed,) = [(one, two) for one, two in zip(old, new, strict=True) if one != two]
    assert re.fullmatch(rf"Draft \d+\. {re.escape(changed[0])}", changed[1])
