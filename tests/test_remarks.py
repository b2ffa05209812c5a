"""What authors write for each other is in no output, wherever and however they write it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest
from conftest import REPORT, Tiny
from pypdf import PdfReader

from shadowreport.last_check import look
from shadowreport.outcomes import matrix as outcomes
from shadowreport.overview.matrix_page import render_html
from shadowreport.overview.matrix_sheets import render_csv, render_xlsx
from shadowreport.overview.status import status
from shadowreport.overview.status_views import note_lines
from shadowreport.overview.status_views import render_html as render_page
from shadowreport.pipeline import examine

BODY = """\
<!-- canary01 on a line of its own -->

Some words <!-- canary02 -->, more {>>canary03<<} of them.[^f]
And <!-- canary04
over two lines --> on.

- an item <!-- canary05 -->
- {>> canary06 <<} another

> A quotation <!-- canary07 --> goes on.

| one <!-- canary08 --> | two |
|---|---|
| cell {>>canary09<<} | x |

: A caption <!-- canary10 --> of it

## A heading <!-- canary11 --> here

More words *with <!-- canary12 --> emphasis* and [a <!-- canary13 --> link](https://example.org).

::: note
canary14 in a note

- canary15 in its list
:::

::: {.note author=anna}
canary16
:::

::: recommendations
{#rec-a}
Parliament should adopt <!-- canary17 --> a law.
:::

<!-- canary18: {#id} ::: note **x** [@nobody] -->

[^f]: A footnote <!-- canary19 --> with {>>canary20<<} words.
"""
COUNT = 20


def words_of_zip(data: bytes) -> str:
    """All that the parts of a zip file hold."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def words_of_pdf(data: bytes) -> str:
    """The text of a PDF, with what it says of itself."""
    reader = PdfReader(io.BytesIO(data))
    text = " ".join(page.extract_text() for page in reader.pages)
    return f"{text} {reader.metadata} {reader.outline}"


def test_no_word_of_a_remark_is_in_any_output(tiny: Tiny) -> None:
    tiny.write("sections/report.yaml", REPORT + "annexes: [matrix, recommendations]\n")
    tiny.section("100-case", BODY)
    result = tiny.build()
    assert result.succeeded, [str(item) for item in result.diagnostics]
    report, _ = examine(tiny.project)
    assert report
    found_status, words = status(report, date(2022, 3, 1)), report.speech.language
    found = outcomes.matrix(report, report.speech.language)
    texts = {
        "docx": words_of_zip(tiny.read("docx")),
        "pdf": words_of_pdf(tiny.read("pdf")),
        **{kind: tiny.read(kind).decode() for kind in ("html", "json", "md")},
        "matrix": render_html(found, report.speech.language, tiny.project),
        "xlsx": words_of_zip(render_xlsx(found, report.speech.language, report.style)),
        "status": re.sub("canary1[456]", "", render_page(found_status, words, tiny.project)),
        "csv": str(render_csv(found, report.speech.language)),
    }
    assert {kind: re.findall("canary..", text) for kind, text in texts.items()} == {
        kind: [] for kind in texts
    }
    assert "goes on" in texts["docx"] and "goes on" in texts["pdf"]


def test_every_remark_is_listed_with_its_line(tiny: Tiny) -> None:
    tiny.section("100-case", BODY)
    report, _ = examine(tiny.project)
    assert report
    lines = note_lines(status(report, date(2022, 3, 1)))
    text = (tiny.project / "sections" / "100-case.md").read_text("utf-8").split("\n")
    assert sorted(re.findall("canary..", "\n".join(lines))) == [
        f"canary{number:02}" for number in range(1, COUNT + 1)
    ]
    for line in lines:
        number = int(line.split(":")[1].split()[0])
        canary = re.findall("canary..", line)[0]
        assert canary in "\n".join(text[number - 1 : number + 1]), line
    assert look(tiny.project).remarks == len(lines)


@pytest.mark.parametrize(
    "body",
    [
        "Words <!-- canary and more.\n",
        "Words {>> canary and more.\n",
        "Words canary --> and more.\n",
        "Words canary <<} and more.\n",
        "::: note\ncanary\n\nMore.\n",
        "Words.\n\n---\nask: canary\n---\n\nMore.\n",
        "- item <!-- canary\n\nMore.\n",
        "Words.[^f]\n\n[^f]: Text <!-- canary\n",
        "|a|b|\n|-|-|\n|x|<!-- canary|\n",
        "> said <!-- canary\n\nMore.\n",
        "## Head <!-- canary\n\nMore.\n",
    ],
)
def test_a_remark_that_is_not_closed_is_refused(tiny: Tiny, body: str) -> None:
    tiny.section("100-case", "First.\n\n" + body)
    assert not tiny.build("json").succeeded


@pytest.mark.parametrize("value", ["Courts <!-- canary -->", "Courts {>>canary<<}"])
def test_a_remark_in_a_value_is_refused(tiny: Tiny, value: str) -> None:
    tiny.section("100-case", "Words.\n", f"title: {value}\nlevel: 1")
    assert not tiny.build("json").succeeded
    tiny.section("100-case", "Words.\n")
    cycle = tiny.project / "references" / "cerd-2014.yaml"
    cycle.write_text(cycle.read_text("utf-8").replace("Adopt a law.", value), "utf-8")
    assert not tiny.build("json").succeeded
