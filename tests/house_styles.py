"""Looks that a coalition might ask for, and what a Word file and a PDF show of them, each read in its own way."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
from conftest import Tiny
from documents import W
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from pypdf import PdfReader
from ruamel.yaml import YAML

TEXT = """\
{#one}
Words stand first.

- An item.

| Year | Cases |
|------|------:|
| 2019 | 3     |

::: recommendations
Parliament should act.
:::
"""
PAPERS = {"A4": (210.0, 297.0), "letter": (215.9, 279.4)}
_SYMBOL = "\uf0b7"  # how a font of Word's calls the sign
FORMATS = ("docx", "pdf", "html")
Seen = dict[str, Any]


def house_styles() -> list[Seen]:
    """All of them, as data of templates/style.yaml."""
    return YAML(typ="safe").load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))


def build_in(tiny: Tiny, style: Seen) -> list[str]:
    """Builds a report in a style, and gives what was told of it besides what its words deserve."""
    stream = io.StringIO()
    YAML().dump(style, stream)
    tiny.write("templates/style.yaml", stream.getvalue())
    tiny.section("300-law", TEXT)
    built = tiny.build(*FORMATS)
    told = [item for item in built.diagnostics if item.severity == "error"]
    return [str(item) for item in (*told, *_of_looks(built.diagnostics))]


def _of_looks(diagnostics: Any) -> list[Any]:
    return [
        item for item in diagnostics if item.code in ("off-page", "low-contrast", "mended-template")
    ]


def differences(tiny: Tiny, style: Seen) -> list[str]:
    """Where a Word file or a PDF of `tiny` shows another value than its style asks for."""
    wanted, word, pdf = asked(style), in_word(tiny.read("docx")), in_pdf(tiny.read("pdf"))
    return [
        f"{key}: {wanted[key]} is asked for, Word has {word[key]}, PDF {pdf[key]}"
        for key in wanted
        if not wanted[key] == word[key] == pdf[key]
    ]


def asked(style: Seen) -> Seen:
    """What each file is to show: the style's own values, and the toolkit's as docs/templates.md has them."""
    colours, margins = style.get("colours", {}), style.get("margins", {})
    return {
        "paper": PAPERS[style.get("paper", "A4")],
        "left": margins.get("left", 25),
        "accent": colours.get("accent", "#1f3a5f"),
        "number": str(style.get("numbers", "1.")),
        "bullet": style.get("bullets", "•"),
    }


def in_word(data: bytes) -> Seen:
    """What a Word file shows."""
    word: Any = docx.Document(io.BytesIO(data))
    page = word.sections[0]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        lists = etree.fromstring(archive.read("word/numbering.xml"))

    def sign(text: str) -> str:
        paragraph = next(item for item in word.paragraphs if text in item.text)
        numbered = paragraph._p.pPr.numPr
        numbered = numbered if numbered is not None else paragraph.style.element.pPr.numPr
        level = numbered.ilvl.val if numbered.ilvl is not None else 0
        (held,) = lists.xpath(
            f"//w:num[@w:numId={numbered.numId.val}]/w:abstractNumId/@w:val",
            namespaces={"w": W[1:-1]},
        )
        where = f"//w:abstractNum[@w:abstractNumId={held}]/w:lvl[@w:ilvl={level}]/w:lvlText/@w:val"
        return (
            str(lists.xpath(where, namespaces={"w": W[1:-1]})[0])
            .replace("%1", "1")
            .replace(_SYMBOL, "•")
        )

    return {
        "paper": tuple(round(length / 36000, 1) for length in (page.page_width, page.page_height)),
        "left": round(page.left_margin / 36000),
        "accent": f"#{word.styles['Heading 1'].font.color.rgb}".lower(),
        "number": sign("Words stand first"),
        "bullet": sign("An item"),
    }


def in_pdf(data: bytes) -> Seen:
    """What a PDF shows; the colour is that of most of its headings' letters."""
    pdf = PdfReader(io.BytesIO(data))
    text = "\n".join(page.extract_text() for page in pdf.pages)
    page = next(page for page in pdf.pages if "Words stand first" in page.extract_text())
    left: list[float] = []
    accents: list[str] = []
    now = [""]

    def take(operator: bytes, operands: Any, *_: Any) -> None:
        if operator in (b"rg", b"sc", b"scn") and len(operands) >= 3:
            now[0] = "#" + "".join(f"{round(float(value) * 255):02x}" for value in operands[:3])

    def say(words: str, at: list[float], place: list[float], *_: Any) -> None:
        if words.strip():
            left.append(place[4] * at[0] + place[5] * at[2] + at[4])
        if "A section" in words:
            accents.append(now[0])

    page.extract_text(visitor_operand_before=take, visitor_text=say)
    return {
        "paper": tuple(round(float(side) * 25.4 / 72, 1) for side in page.mediabox[2:]),
        "left": round(min(left) * 25.4 / 72),
        "accent": accents[0] if accents else "",
        "number": _before("Words stand first", text),
        "bullet": _before("An item", text),
    }


def _before(words: str, text: str) -> str:
    found = re.search(rf"(\S+)\s+{words}", text)
    return found[1] if found else ""
