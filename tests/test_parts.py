"""Paragraphs counted by part, as 2.3: what is read from each format, and what comes back from Word."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Tiny
from documents import W
from lxml import html
from own_word_files import Word
from pypdf import PdfReader
from small_report import FILES, commit_all, make_report
from wordedit import WordEdit

from shadowreport.importing import import_report
from shadowreport.pipeline import build
from shadowreport.redline.revisions import redline
from shadowreport.roundtrip.merge import merge
from shadowreport.roundtrip.send import send

NUMBERS = {  # what each paragraph begins with, and its number
    "Words stand first": "1.1",
    "Words stand second": "1.2",
    "Words stand third": "2.1",
    "More of it": "2.2",
    "Words stand fourth": "2.3",
    "Words stand fifth": "3.1",
}
REFERRING = "paragraphs 1.1–1.2 and 2.1–2.3, paragraph 3.1, recommendations 2.2.2 and 3.1"
FOLDER = {
    "100-intro": ("Introduction", 1, "{#one}\nWords stand first.\n\nWords stand second.\n"),
    "200-law": ("The law", 1, ""),
    "210-courts": (
        "Courts",
        2,
        "Words stand third.\n\nMore of it.\n\n::: recommendations\nParliament should act.\n\n"
        "{#rec-pay}\nParliament should pay.\n:::\n\nWords stand fourth.\n",
    ),
    "300-end": (
        "The end",
        1,
        "{#five}\nWords stand fifth; see paragraphs @sec-intro and @sec-law, paragraph @par-five, "
        "recommendations @rec-pay and @rec-end.\n\n::: recommendations\n{#rec-end}\nParliament should end.\n:::\n",
    ),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    tiny = Tiny(tmp_path_factory.mktemp("parts"))
    tiny.write("templates/style.yaml", "numbers: 1.1\n")
    for name, (title, level, body) in FOLDER.items():
        tiny.section(name, body, f"title: {title}\nlevel: {level}")
    done = tiny.build()
    assert done.succeeded, done.diagnostics
    return tiny


def test_json_pdf_and_page_count_anew_in_each_part(built: Tiny) -> None:
    data = json.loads(built.read("json"))
    items = [item for section in data["sections"] for item in section["items"]]
    said = {item["text"]: item["label"] for item in items if item["type"] == "paragraph"}
    boxes = [own["label"] for item in items for own in item.get("recommendations", [])]
    pages = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(built.read("pdf"))).pages)
    page = html.fromstring(built.read("html"))
    marks = {item.getparent().text_content(): item.text for item in page.find_class("num")}
    for words, number in NUMBERS.items():
        assert [label for text, label in said.items() if text.startswith(words)] == [number]
        assert re.search(rf"(?<![\d.]){re.escape(number)} *{words}", " ".join(pages.split()))
        assert [n for text, n in marks.items() if words in text] == [number]
    assert boxes == ["2.2.1", "2.2.2", "3.1"]
    for text in (*said, pages, page.text_content()):
        if "see paragraphs" in text:
            assert REFERRING in " ".join(text.split())


def test_word_counts_so_and_each_field_shows_what_it_leads_to(built: Tiny) -> None:
    data = built.read("docx")
    word = Word(data)
    counted = dict(word.numbers())
    for words, number in NUMBERS.items():
        assert [sign for text, sign in counted.items() if text.startswith(words)] == [number]
    found = list(_fields(word, counted))
    assert len(found) == 8 and all(shown == meant for shown, meant in found), found


def _fields(word: Word, counted: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What each reference shows, and the number of the paragraph that it leads to."""
    names = {}
    for paragraph in word.document.iter(f"{W}p"):
        words = "".join(item.text or "" for item in paragraph.iter(f"{W}t"))
        for mark in paragraph.iter(f"{W}bookmarkStart"):
            names[mark.get(f"{W}name")] = counted[words].removesuffix(".")
    for code in word.document.iter(f"{W}instrText"):
        if found := re.match(r" REF (\w+) \\", code.text):
            result = code.getparent().getnext().getnext()
            yield "".join(result.itertext()), names[found[1]]


def test_a_part_alone_keeps_its_numbers(built: Tiny) -> None:
    done = build(built.project, ("docx",), ("300",))
    assert done.succeeded, done.diagnostics
    counted = dict(Word(done.files[0].read_bytes()).numbers())
    assert [sign for text, sign in counted.items() if "fifth" in text] == ["3.1"]


def test_an_author_s_changes_come_back(tmp_path: Path) -> None:
    project = make_report(tmp_path / "report")
    for name, pattern, by in (
        ("200-legislation.md", "title: Anti", "level: 1\ntitle: Anti"),
        ("200-legislation.md", "The same gap", "As @rec-burden says, the same gap"),
    ):
        path = project / "sections" / name
        path.write_text(FILES[f"sections/{name}"].replace(pattern, by), "utf-8")
    (project / "templates").mkdir()
    (project / "templates" / "style.yaml").write_text("numbers: '1.1'\n")
    commit_all(project, "By part")
    done = send(project)
    assert done.succeeded, done.diagnostics
    word = WordEdit(done.files[0])
    word.replace(word.holding("No law of Kazakhstan"), "direct and", "direct or")
    before = path.read_text("utf-8")
    result = merge(project, word.save(tmp_path / done.files[0].name))
    assert result.succeeded and result.diagnostics == []
    assert path.read_text("utf-8") == before.replace("direct and", "direct or")
    shown = redline(project, "HEAD")  # which is proved: it says what both states say
    assert [item for item in shown.diagnostics if item.severity == "error"] == []


def test_our_own_file_is_imported_with_its_references(built: Tiny, tmp_path: Path) -> None:
    file = tmp_path / "tiny.docx"
    file.write_bytes(built.read("docx"))
    import_report(file, tmp_path / "new")
    told = (next((tmp_path / "new" / "sections").glob("*end*"))).read_text("utf-8")
    assert "recommendations @rec-pay and" in " ".join(told.split())
