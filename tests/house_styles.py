"""Looks that a coalition might ask for, and what a Word file and a PDF show of them, each read in its own way."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pypdfium2
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
        "cover": margins.get("left", 25),
        "accent": colours.get("accent", "#1f3a5f"),
        "number": str(style.get("numbers", "1.")),
        "bullet": style.get("bullets", "•"),
        "box": _BOXES[style.get("boxes", "bar")](
            colours.get("accent", "#1f3a5f"), colours.get("line", "#9fb3c8")
        ),
        "ground": colours.get("shade", "#eef3f8"),
        "grid": style.get("tables") == "grid",
    }


Lines = set[tuple[str, float, str]]  # the side of a box, the points and the colour of its line
_SIDES = ("top", "left", "bottom", "right")
_BOXES: dict[str, Callable[[str, str], Lines]] = {
    "bar": lambda accent, line: (
        {("left", 3.0, accent)} | {(side, 0.5, line) for side in ("top", "bottom", "right")}
    ),
    "frame": lambda _, line: {(side, 0.5, line) for side in _SIDES},
    "rules": lambda accent, _: {(side, 1.0, accent) for side in ("top", "bottom")},
    "plain": lambda *_: set(),
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
        "cover": round(page.left_margin / 36000),
        "accent": f"#{word.styles['Heading 1'].font.color.rgb}".lower(),
        "number": sign("Words stand first"),
        "bullet": sign("An item"),
        **_looks_in_word(word),
    }


def _looks_in_word(word: Any) -> Seen:
    box, table = word.styles["Box Single"].element, word.styles["Table"].element
    (ground,) = (f"#{item.get(f'{W}fill')}".lower() for item in box.iter(f"{W}shd"))
    lines = {
        (
            etree.QName(item).localname,
            int(item.get(f"{W}sz")) / 8,
            f"#{item.get(f'{W}color')}".lower(),
        )
        for item in next(box.iter(f"{W}pBdr"))
    }
    inner = next(table.iter(f"{W}tblBorders")).find(f"{W}insideV")
    seen = {line for line in lines if line[2] != ground}  # others are not seen on it
    return {"box": seen, "ground": ground, "grid": inner is not None}


def in_pdf(data: bytes) -> Seen:
    """What a PDF shows; the colour is that of most of its headings' letters."""
    pdf = PdfReader(io.BytesIO(data))
    text = "\n".join(page.extract_text() for page in pdf.pages)
    page = next(page for page in pdf.pages if "Words stand first" in page.extract_text())
    left: list[float] = []
    cover: list[float] = []
    accents: list[str] = []
    now = [""]

    def take(operator: bytes, operands: Any, *_: Any) -> None:
        if operator in (b"rg", b"sc", b"scn") and len(operands) >= 3:
            now[0] = "#" + "".join(f"{round(float(value) * 255):02x}" for value in operands[:3])

    def say(words: str, at: list[float], place: list[float], *_: Any) -> None:
        _left(left, words, at, place)
        if "A section" in words:
            accents.append(now[0])

    page.extract_text(visitor_operand_before=take, visitor_text=say)
    on_cover = partial(_left, cover)
    pdf.pages[0].extract_text(visitor_text=on_cover)
    return {
        "paper": tuple(round(float(side) * 25.4 / 72, 1) for side in page.mediabox[2:]),
        "left": round(min(left) * 25.4 / 72),
        "cover": round(min(cover) * 25.4 / 72),
        "accent": accents[0] if accents else "",
        "number": _before("Words stand first", text),
        "bullet": _before("An item", text),
        **_looks_in_pdf(data, page),
    }


def _left(found: list[float], words: str, at: list[float], place: list[float], *_: Any) -> None:
    """Where words begin, in points from the left."""
    if words.strip():
        found.append(place[4] * at[0] + place[5] * at[2] + at[4])


_DOTS = 20  # for a point


def _looks_in_pdf(data: bytes, page: Any) -> Seen:
    """What is seen around the recommendation, and between the cells of the row of 2019."""
    heights: dict[str, float] = {}

    def say(words: str, at: list[float], place: list[float], *_: Any) -> None:
        for known in ("Parliament should act", "2019"):
            if known in words:
                heights[known] = place[4] * at[1] + place[5] * at[3] + at[5]

    page.extract_text(visitor_text=say)
    drawn = pypdfium2.PdfDocument(data)[page.page_number]
    width, _ = drawn.get_size()
    act, row = heights["Parliament should act"] - 3, heights["2019"] - 3  # below the letters
    across, beside = _strip(drawn, 0, act, width, act + 0.1), width - 0.34 * width
    upright = _strip(drawn, beside, act - 40, beside + 0.1, act + 60)[::-1]  # from below
    middle = round(40 * _DOTS)
    found = {
        "left": _line(across[: round(beside * _DOTS)][::-1]),
        "right": _line(across[round(beside * _DOTS) :]),
        "top": _line(upright[middle:]),
        "bottom": _line(upright[:middle][::-1]),
    }
    cells = _strip(drawn, 0, row, width, row + 0.1)
    return {
        "box": {(side, *line) for side, line in found.items() if line},
        "ground": across[round(beside * _DOTS)],
        "grid": sum(one != other for one, other in pairwise(cells)) > 4,
    }


def _strip(page: Any, left: float, low: float, right: float, high: float) -> list[str]:
    """The colours of the dots of a strip of a page."""
    width, height = page.get_size()
    around = (left, low, width - right, height - high)
    drawn = page.render(scale=_DOTS, crop=around).to_pil().convert("RGB")
    size = (drawn.width, 1) if drawn.width > drawn.height else (1, drawn.height)
    dots = drawn.crop((0, 0, *size)).tobytes()
    return [f"#{dots[at : at + 3].hex()}" for at in range(0, len(dots), 3)]


def _line(outwards: list[str]) -> tuple[float, str] | None:
    """The line in which a ground ends, above white paper: its points and its colour."""
    beyond = next((at for at, dot in enumerate(outwards) if dot != outwards[0]), len(outwards))
    dots = Counter(dot for dot in outwards[beyond : beyond + 4 * _DOTS] if dot != "#ffffff")
    colour, count = max(dots.items(), key=lambda item: item[1], default=("", 0))
    return (round(2 * count / _DOTS) / 2, colour) if count > 2 else None


def _before(words: str, text: str) -> str:
    found = re.search(rf"(\S+)\s+{words}", text)
    return found[1] if found else ""
