"""The real report, and our own: what comes in is what went out."""

from __future__ import annotations

import csv
import difflib
import json
import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import ROOT, Sample
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from word_files import WordFile

from shadowreport.core.ast import plain
from shadowreport.core.report import (
    Block,
    Box,
    Heading,
    Inline,
    Item,
    Note,
    Paragraph,
    Report,
    Section,
)
from shadowreport.formatting import format_report
from shadowreport.importing import ImportOptions, ImportResult, import_report
from shadowreport.importing.recognise.flow import flow_of
from shadowreport.importing.recognise.vocabulary import Vocabulary
from shadowreport.load import load
from shadowreport.load.lexicon import load_lexicon
from shadowreport.pipeline import build
from shadowreport.word.content import Block as WordBlock
from shadowreport.word.content import NoteMark, Run, paragraphs_of
from shadowreport.word.read.reader import read_word

DATA = Path(__file__).parents[2] / "shared" / "data"
MODEL = DATA / "kazakhstan-2022.docx"
WORDS = Vocabulary(load_lexicon()[0])
needs_model = pytest.mark.skipif(
    not MODEL.exists(), reason="the real report of shared/data is not here"
)


# --- the real report ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def facts() -> dict:
    """What a faithful import must find, counted by others."""
    return json.loads((DATA / "kazakhstan-2022.facts.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> ImportResult:
    """The real report, imported."""
    return import_report(MODEL, tmp_path_factory.mktemp("model") / "report")


@pytest.fixture(scope="module")
def rebuilt(imported: ImportResult) -> Path:
    """The imported report, built as DOCX again."""
    result = build(imported.into, ("docx",))
    assert result.succeeded, result.diagnostics
    return next((imported.into / "build").glob("*.docx"))


@needs_model
def test_what_the_import_writes_needs_no_formatting(imported: ImportResult) -> None:
    found = format_report(imported.into)
    assert ([change.file for change in found.changes], found.left) == ([], [])


@needs_model
def test_the_counts_are_those_of_the_facts(imported: ImportResult, facts: dict) -> None:
    counts = imported.counts
    assert counts["numbered paragraphs"] == facts["numbered_paragraphs"]
    assert counts["parts"] == facts["headings"]["level_1"]
    below = counts["sections below parts"] + counts["sub-headings"]
    assert below == facts["headings"]["below"]
    assert counts["tables of earlier recommendations"] == facts["recommendation_tables"]
    assert counts["rows in them"] == facts["recommendation_table_body_rows"]
    assert counts["demands in them"] == facts["paragraph_citations_in_tables"]
    assert counts["other tables"] == facts["other_tables"]
    assert counts["boxes"] == facts["boxes"]
    assert counts["recommendations in boxes"] == facts["recommendations_in_boxes"]
    assert counts["footnotes"] == facts["footnotes"]


@needs_model
def test_numbers_come_back_by_themselves(imported: ImportResult, facts: dict) -> None:
    with (imported.into / "import-map.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["old number"] for row in rows] == [row["new number"] for row in rows]
    assert len({row["id"] for row in rows}) == len(rows) == facts["numbered_paragraphs"]
    words = {row["new number"]: row["first words"] for row in rows}
    for number, expected in facts["first_words"].items():
        assert words[number].replace("'", "’").startswith(expected.replace("'", "’")[:30])


@needs_model
def test_the_project_loads_without_a_problem(imported: ImportResult, facts: dict) -> None:
    report, problems = load(imported.into)
    # two parentheses of the document have no partner
    assert [item.code for item in problems] == ["stray-sign", "stray-sign"]
    assert report is not None
    cells = {
        (section.name, index, mention.id.partition("/")[0])
        for section in report.sections
        for index, row in enumerate(section.rows)
        for mention in row
    }
    assert len(cells) == facts["recommendation_table_filled_cells"]


@needs_model
def test_the_known_defects_are_reported_and_kept(imported: ImportResult, facts: dict) -> None:
    def found(code: str) -> list[str]:
        return [item.message for item in imported.diagnostics if item.code == code]

    links = found("import-link")
    differing = [text for text in links if "prints another address" in text]
    assert len(differing) == facts["hyperlinks_whose_text_differs_from_target"]
    assert sum("no valid URL" in text for text in links) == 3
    assert len(found("import-box-heading")) == 2
    assert any("in paragraph 202:" in text for text in found("import-scripts"))
    assert any("CERD/C/KAZ/8-11" in text for text in found("import-symbol"))
    references = found("import-reference")
    assert len(references) == 2
    assert any("119-135" in text and "(127-143, @sec-" in text for text in references)
    assert any("136-151" in text and "(144-174, @sec-" in text for text in references)
    assert "import-unfaithful" not in {item.code for item in imported.diagnostics}


@needs_model
def test_every_word_comes_back_in_order(imported: ImportResult, rebuilt: Path) -> None:
    """Original and rebuilt DOCX differ only where the import says so, or the toolkit adds."""
    first, second = (read_word(path)[0] for path in (MODEL, rebuilt))
    moved = [item for item in imported.diagnostics if "footnote of a title" in item.message]
    assert len(moved) == 2
    old = paragraphs_words(list(first.blocks))
    new = paragraphs_words(flow_of(second, WORDS).blocks)
    changes = [change for change in differences(old, new) if not _is_row_number(*change)]
    assert changes == [
        (list(old[0]), []),  # the title stands on the cover
        (["RECOMMENDATIONS"], ["RECOMMENDATION"]),
        (["RECOMMENDATIONS"], ["RECOMMENDATION"]),
    ]


def _is_row_number(old: list[str], new: list[str]) -> bool:
    """The toolkit's tables have a first column that counts the rows."""
    return not old and (new == ["No"] or (len(new) == 1 and new[0].isdigit()))


@needs_model
def test_footnotes_stand_at_their_places(rebuilt: Path) -> None:
    def marks(path: Path) -> list[tuple[str, str]]:
        document = read_word(path)[0]
        found: list[tuple[str, str]] = []
        for paragraph in paragraphs_of(flow_of(document, WORDS).blocks):
            before = ""
            for item in paragraph.inlines:
                if isinstance(item, Run):
                    before += item.text
                elif isinstance(item, NoteMark):
                    note = document.note(item)
                    text = " ".join(p.text for p in paragraphs_of(note.blocks)) if note else ""
                    found.append((" ".join(_words(before)[-3:]), " ".join(_words(text))))
        return found

    old, new = marks(MODEL), marks(rebuilt)
    assert [text for _, text in old] == [text for _, text in new]
    assert sum(a != b for a, b in zip(old, new, strict=True)) == 2  # those of two titles


def paragraphs_words(blocks: list[WordBlock]) -> list[tuple[str, ...]]:
    """The words of every paragraph in order, with automatic numbers; footnotes are left out."""
    found: list[tuple[str, ...]] = []
    for paragraph in paragraphs_of(blocks):
        number = paragraph.number
        label = f"{number.label} " if number and number.format != "bullet" else ""
        words = tuple(_words(label + paragraph.text))
        if words:
            found.append(words)
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def differences(
    old: list[tuple[str, ...]], new: list[tuple[str, ...]]
) -> Iterator[tuple[list[str], list[str]]]:
    """The words that differ: first whole paragraphs are compared, then the words of the others."""
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        if kind == "equal":
            continue
        one = [word for paragraph in old[a:b] for word in paragraph]
        other = [word for paragraph in new[c:d] for word in paragraph]
        for inner, e, f, g, h in difflib.SequenceMatcher(None, one, other, False).get_opcodes():
            if inner != "equal":
                yield one[e:f], other[g:h]


# --- round trip -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def returned(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Report]:
    """The sample report, and what the import makes of its DOCX."""
    into = tmp_path_factory.mktemp("returned") / "report"
    cycles = {year: str(ROOT / f"references/cerd-{year}.yaml") for year in ("2004", "2010", "2014")}
    imported = import_report(sample.files["docx"], into, ImportOptions(cycles=cycles))
    assert "import-unfaithful" not in [item.code for item in imported.diagnostics]
    first, second = load(sample.project)[0], load(into)
    assert second[1] == []
    assert first is not None and second[0] is not None
    return first, second[0]


def test_our_own_docx_gives_back_the_same_sections(returned: tuple[Report, Report]) -> None:
    first, second = returned
    assert _heads(first) == _heads(second)
    assert (first.title, first.subtitle) == (second.title, second.subtitle)
    assert [cycle.stem for cycle in first.cycles] == [cycle.stem for cycle in second.cycles]


def test_our_own_docx_gives_back_the_same_text(returned: tuple[Report, Report]) -> None:
    first, second = returned
    for one, other in zip(first.sections, second.sections, strict=True):
        assert _without_charts(one) == _without_charts(other), one.name


def _without_charts(section: Section) -> list[tuple]:
    """The items, each without what a chart became and what stands behind it: Word holds a picture, and
    its numbers as a table; so its number in the text is typed."""
    return [
        (
            *item[:2],
            [
                (kind, re.sub(r"Figure (?:@fig-[\w-]+|\d+)", "Figure", text))
                for kind, text in takewhile(lambda block: block[0] != "Figure", item[2])
            ],
        )
        if item[0] == "paragraph"
        else item
        for item in _items(section)
    ]


def _heads(report: Report) -> list[tuple[str, str, int, bool, list[list[str]]]]:
    return [
        (
            section.name,
            section.title.replace("'", "’"),
            section.level,
            section.numbered,
            [[mention.id for mention in row] for row in section.rows],
        )
        for section in report.sections
    ]


def _items(section: Section) -> list[tuple]:
    return [_item(item) for item in section.items if not isinstance(item, Note)]


def _item(item: Item) -> tuple:
    if isinstance(item, Paragraph):
        return ("paragraph", item.id, [_block(block) for block in item.blocks])
    if isinstance(item, Box):
        inside = [(one.id, [_block(block) for block in one.blocks]) for one in item.recommendations]
        return ("box", inside)
    assert isinstance(item, Heading)
    return ("heading", item.level, _text(item.inlines))


def _block(block: Block) -> tuple[str, str]:
    return block["t"], _text(block)


def _text(value: Block | list[Inline]) -> str:
    """The words without citations (they are footnotes in Word) and with one kind of quotes."""
    text = re.sub(r"\s*\[@(?!par-|sec-|rec-|tbl-)[^\]]*\]", "", plain(value))
    for kind, usual in (("“", '"'), ("”", '"'), ("‘", "'"), ("’", "'"), ("\u00a0", " ")):
        text = text.replace(kind, usual)
    return " ".join(text.split())


# --- the same report as others would have typed it ------------------------------------------------


def _plain_variant(target: Path) -> Path:
    """The real report with Word's automatic numbers, and with headings that only look so."""
    word = WordFile()
    word.document = docx.Document(str(MODEL))
    number = word.numbering(("decimal", "%1."))
    looks = {"Title": (20, True), "Heading 1": (16, False), "Heading 2": (12, False)}
    expected = 1
    for paragraph in word.document.paragraphs:
        look = looks.get(paragraph.style.name)
        typed = re.match(rf"\s*{expected}\.\s*", paragraph.text)
        if look:
            paragraph.style = word.document.styles["Body Text"]
            for run in paragraph.runs:
                run.font.size, run.bold = Pt(look[0]), True
            if look[1]:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif typed:
            _cut(paragraph, typed.end())
            word.number(paragraph, number)
            expected += 1
    assert expected == 263
    return word.save(target)


def _cut(paragraph: Any, length: int) -> None:
    """Takes the first characters of a paragraph away."""
    for run in paragraph.runs:
        taken = min(length, len(run.text))
        if taken:
            run.text = run.text[taken:]
        length -= taken


@needs_model
def test_automatic_numbers_and_headings_without_styles_make_the_same_report(
    imported: ImportResult, facts: dict, tmp_path: Path
) -> None:
    result = import_report(_plain_variant(tmp_path / "variant.docx"), tmp_path / "variant")
    assert result.counts["numbered paragraphs"] == facts["numbered_paragraphs"] == 262
    assert result.counts["footnotes"] == facts["footnotes"] == 77
    report, problems = load(tmp_path / "variant")
    assert report is not None, problems
    assert sum(bool(section.rows) for section in report.sections) == 21
    assert result.counts == imported.counts
    first = load(imported.into)[0]
    assert first is not None
    assert [section.title for section in report.sections] == [
        section.title for section in first.sections
    ]
