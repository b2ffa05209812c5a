"""A report typed in a language of other letters prints no English: notes, annexes, tables, boxes, charts, labels."""

from __future__ import annotations

import html
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import Tiny
from documents import pdf_text

from shadowreport.pipeline import build

TYPED = {  # State, a sentence, an article, a paragraph, a page, a demand
    "ru": (
        "Казахстан",
        "Закон гласит",
        "ст. 5",
        "п. 9",
        "с. 12",
        "Парламенту следует его принять.",
    ),
    "kk": ("Қазақстан", "Заң айтады", "5-бап", "9-тармақ", "12-бет", "Парламент қабылдауы қажет."),
    "ar": ("كازاخستان", "ينص القانون", "المادة 5", "الفقرة 9", "ص 12", "ينبغي للحكومة أن تعتمده."),
    "zh": ("哈萨克斯坦", "法律规定", "第5条", "第9段", "第12页", "政府应当通过。"),
}
SETTINGS = """name: r
title: {s}
state: {{name: {state}}}
committee: CERD
date: 2022-03-01
language: {code}
cycles: [cerd-2014]
lists: [tables, figures]
annexes: [recommendations, addressees, sources, abbreviations, matrix]
organisations: [{{id: first, name: {s}}}]
"""
CYCLE = """committee: CERD
symbol: CERD/C/KAZ/CO/6-7
cycle: "2014"
heading: {{{code}: {s}}}
recommendations:
  "6": {{text: {{{code}: {s}.}}, articles: [2]}}
  "9": {{text: {{{code}: {s}.}}}}
"""
SOURCES = """references:
- {{id: law, type: legislation, title: {s}, number: "414", issued: 2015-11-23}}
- {{id: web, type: webpage, title: {s}, URL: "https://1.2", issued: 2020-02-01, accessed: 2022-02-15}}
- {{id: gone, type: webpage, title: {s}, URL: "https://1.3", archive_location: "https://1.4"}}
- {{id: treaty, type: treaty, title: {s}, issued: 1965-12-21}}
- {{id: jour, type: article-journal, title: {s}, container-title: {s}, volume: 14, issue: 2, issued: 2003-05, page: 1-9}}
- id: chap
  type: chapter
  title: {s}
  container-title: {s}
  author: [{{family: {state}}}, {{family: {state}}}, {{family: {state}}}, {{family: {state}}}]
  editor: [{{family: {state}}}]
  issued: 2010
  page: 5-9
- {{id: kept, type: manuscript, title: {s}, archive: {state}, issued: 2019}}
"""
SECTION = """---
title: {s}
level: 1
authors: [first]
recommendations:
  - [cerd-2014/6]
paragraphs:
  one: {{answers: [cerd-2014/6], finding: not-implemented}}
---
{{#one}}
{s} [@law, {article}]. {s} [@law, {article}]. {s} [@web]. {s} [@treaty, {article}]. {s} [@chap, {page}].
{s} [@jour, {page}]. {s} [@gone, {paragraph}]. {s} [@kept]. {s} [@web]. {s} [@chap, {page}; @law, {article}].

{{#two}}
{s} (@par-one--@par-three).
{s}.[^n]

{{#tbl-c}}

| {s} | {state} |
|---|---|
| 2019 | 3 |

: {s}

{{#three}}
{s} (@sec-law).

![{s}](data/a.csv){{#fig-a .line}}

::: recommendations
{{#rec-a}}
{demand}

{{#rec-b}}
{demand}
:::

[^n]: {s}.
"""


@pytest.mark.parametrize("code", TYPED)
def test_no_word_of_english_is_printed(tiny: Tiny, code: str) -> None:
    names = ("state", "s", "article", "paragraph", "page", "demand")
    said = dict(zip(names, TYPED[code], strict=True)) | {"code": code}
    tiny.write("sections/report.yaml", SETTINGS.format(**said))
    tiny.write("references/cerd-2014.yaml", CYCLE.format(**said))
    tiny.write("references/sources.yaml", SOURCES.format(**said))
    tiny.write("sections/200-law.md", SECTION.format(**said))
    tiny.write("sections/data/a.csv", "{s},{state}\n2019,3\n2020,5\n".format(**said))
    formats = (
        ("html", "docx") if code == "zh" else ("html", "docx", "pdf")
    )  # a font of its own for that
    result = build(tiny.project, formats)
    assert result.succeeded, result.diagnostics
    files = {path.suffix: path for path in result.files}
    assert len(files) == len(formats)
    for suffix, path in files.items():
        text = READ[suffix](path)
        assert text.count(said["s"]) > 20
        assert re.findall(r"(?<![IVX])(?![IVX]+\b)[A-Za-z]{2,}", text.replace("https", "")) == []


def _page(path: Path) -> str:
    """What a reader sees or hears of a page."""
    page = re.sub(r"<(style|script|head)\b.*?</\1>", " ", path.read_text("utf-8"), flags=re.DOTALL)
    heard = re.findall(r'(?:alt|title|aria-label)="([^"]*)"', page)
    return html.unescape(" ".join(heard) + re.sub(r"<[^>]+>", " ", page))


def _word(path: Path) -> str:
    """The words of a Word file, and what its pictures are called."""
    with ZipFile(path) as archive:
        names = [name for name in archive.namelist() if re.match(r"word/[a-z]+\d*\.xml", name)]
        text = " ".join(archive.read(name).decode("utf-8") for name in names)
    shown = re.findall(r'<w:t(?: [^>]*)?>([^<]*)|descr="([^"]*)"', text)
    return " ".join(one or other for one, other in shown)


def _sheets(path: Path) -> str:
    """What the sheets of a PDF show, over the ends of lines."""
    return " ".join(pdf_text(path).split())


READ = {".html": _page, ".docx": _word, ".pdf": _sheets}
