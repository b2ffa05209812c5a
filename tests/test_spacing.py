"""Spaces at which no line may break stand in every format, as the language wants them; English gets none."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import REPORT, Tiny
from pypdf import PdfReader

from shadowreport.pipeline import build

BODY = """{{#first}}
{text}[^why] *{text}* [@law].

## {text}

Text.

| {text} | A |
|---|---|
| {text} | 1 |

::: recommendations
{{#adopt}}
{text}
:::

[^why]: {text}
"""
SOURCES = "references:\n- {id: law, type: legislation, title: A law}\n"
PLACES = 7  # a text, emphasis, a heading, two cells, a box, a note
WANTED = {  # with ~ for a space that is kept whole, and ^ for a narrow one
    "fr": "Le droit^: est-il appliqué^? Oui^; art.~5, 12~% des cas",
    "ru": "Согласно ст.~5 и п.~12 закона №~414, в 2019~г. Иванов И.~И. получил 5~тыс. тенге",
    "kk": "Заңның 5~бап күші бар, №~414, 12~тармақ, А.~Б.~Серік",
    "en": "The law : does it hold ? Rule; art. 5, 12 % of cases",
}


@pytest.mark.parametrize("language", WANTED)
def test_spaces_are_kept_whole_in_every_format(tiny: Tiny, language: str) -> None:
    wanted = WANTED[language]
    typed = re.sub("[~^]", " ", wanted)
    tiny.write("sections/report.yaml", REPORT.replace("language: en", f"language: {language}"))
    tiny.write("references/sources.yaml", SOURCES)
    tiny.section("200-law", BODY.format(text=typed), f'title: "{typed}"\nlevel: 1')
    result = build(tiny.project, ("md", "html", "docx", "pdf"))
    assert result.succeeded, result.diagnostics
    files = {path.suffix: path for path in result.files}
    shown = wanted.replace("~", "\u00a0").replace("^", "\u202f")
    page = re.sub(r"<[^>]+>", "", files[".html"].read_text("utf-8")).replace("&nbsp;", "\u00a0")
    for text in (_word(files[".docx"]), page):
        assert text.count(shown) >= PLACES
        assert typed == shown or typed not in text
    pages = "".join(page.extract_text() for page in PdfReader(files[".pdf"]).pages)
    for sign in "\u202f\u00a0":
        assert pages.count(sign) >= shown.count(sign) * PLACES
    if language == "en":
        assert "\u202f" not in pages


def _word(path: Path) -> str:
    """The texts of a Word file's body and notes."""
    with ZipFile(path) as archive:
        parts = [archive.read(f"word/{name}.xml") for name in ("document", "footnotes")]
    return "".join(re.sub(r"<[^>]+>", "", part.decode("utf-8")) for part in parts)
