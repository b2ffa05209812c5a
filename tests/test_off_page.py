"""What does not fit a page or is not shown is told, with the place that it comes from."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from conftest import Tiny
from PIL import Image
from pypdf import PdfReader

from shadowreport.machine.toolkit import templates
from shadowreport.pipeline import Built

TALL = f"""\
{{#fits}}
Words that fit, and long addresses: <https://example.org/{"a-" * 60}b>, <https://example.org/{"abc" * 40}>.[^far]

[^far]: <https://example.org/{"f" * 150}>.

{{#word}}
A word without an end: {"x" * 200}.

{{#tall}}
A picture.

![Tall](images/tall.png){{height=40cm}}

{{#fine}}
The last words.
"""
TITLE = '<div class="cover-title">'


def _picture(tiny: Tiny, name: str, size: tuple[int, int] = (90, 30)) -> None:
    path = tiny.project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, "#7a1f2b").save(path)


def _told(built: Built) -> list[tuple[str, str, int]]:
    return [
        (item.code, item.place.file, item.place.line)
        for item in built.diagnostics
        if item.code != "unanswered-recommendation"
    ]


def _template(tiny: Tiny, name: str, old: str, new: str) -> int:
    """A template of the project's own: the toolkit's with other words; gives their line."""
    text = (templates() / name).read_text("utf-8")
    assert old in text
    tiny.write(f"templates/{name}", text.replace(old, new, 1))
    return text.partition(old)[0].count("\n") + 1


@pytest.mark.parametrize("size", ["width=40cm", "width=999%", "height=40cm", "width=17cm"])
@pytest.mark.parametrize("shape", [(100, 300), (300, 100)])
def test_no_picture_runs_off_a_page_however_it_was_sized(
    tiny: Tiny, size: str, shape: tuple[int, int]
) -> None:
    _picture(tiny, "sections/images/map.png", shape)
    picture = f"![A map](images/map.png){{{size}}}"
    tiny.section("300-law", f"Words.\n\n{picture}\n\nWords.\n\n- In a list\n\n  {picture}\n")
    assert _told(tiny.build("pdf")) == []


def test_what_runs_off_a_page_is_told_with_its_paragraph(tiny: Tiny) -> None:
    _picture(tiny, "sections/images/tall.png", (100, 300))
    path = tiny.section("300-law", TALL)
    line = path.read_text("utf-8").split("\n").index
    built = tiny.build("pdf")
    assert built.succeeded
    found = _told(built)
    assert found == [("off-page", "sections/300-law.md", line("{#word}") + 1)]
    said = [item.message for item in built.diagnostics if item.code == "off-page"]
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(tiny.read("pdf"))).pages]
    page = next(number for number, text in enumerate(pages, 1) if "without an end" in text)
    assert "'A word" in said[0] or "xxx" in said[0]
    assert said[0].endswith(f"edge of page {page}")
    assert _told(tiny.build("pdf")) == found  # from the cache too


def test_what_stands_in_a_margin_is_told(tiny: Tiny) -> None:
    tiny.section("300-law", f"{{#one}}\nWords {'y' * 78}.\n")
    (found,) = [item for item in tiny.build("pdf").diagnostics if item.code == "off-page"]
    assert "outside the margins of page 3" in found.message and found.place.line == 6


def test_what_stands_over_the_running_head_is_told(tiny: Tiny) -> None:
    tiny.section("300-law", "Words.\n")
    low = 'header: place(dy: 2cm, text(size: 40pt, "HEAD OF PAGES")),'
    _template(tiny, "report.typ", "header: running-head(data),", low)
    found = [item for item in tiny.build("pdf").diagnostics if item.code == "off-page"]
    assert [item.place.file for item in found] == ["sections/report.yaml", "sections/300-law.md"]
    assert all("over the head or foot" in item.message for item in found)


def test_a_font_that_a_template_names_and_nobody_has_is_an_error(tiny: Tiny) -> None:
    tiny.section("300-law", "Words.\n")
    line = _template(tiny, "report.typ", "set text(font: fonts,", 'set text(font: "Gill Sans MT",')
    built = tiny.build("pdf")
    assert not built.succeeded and _told(built) == [("unknown-font", "templates/report.typ", line)]
    (found,) = [item for item in built.diagnostics if item.code == "unknown-font"]
    assert "Libertinus Serif" in found.hint


def test_a_picture_of_templates_is_in_every_format(tiny: Tiny) -> None:
    tiny.section("300-law", "Words.\n")
    _picture(tiny, "templates/images/sign.png")
    _template(tiny, "cover.html.j2", TITLE, f'<p><img src="images/sign.png" alt="Sign"></p>{TITLE}')
    shown = 'v(1.2cm)\n  image("images/sign.png", alt: "Sign")'
    _template(tiny, "report.typ", "v(1.2cm)", shown)
    built = tiny.build("docx", "pdf", "html")
    assert _told(built) == []
    assert len(PdfReader(io.BytesIO(tiny.read("pdf"))).pages[0].images) == 1
    with zipfile.ZipFile(io.BytesIO(tiny.read("docx"))) as archive:
        assert any(name.startswith("word/media/") for name in archive.namelist())
    assert re.search(r'<img src="data:image/png[^>]*alt="Sign"', tiny.read("html").decode())


BLOCKED = {
    "cover.html.j2": (TITLE, f'<p><img src="images/nowhere.png" alt="Sign"></p>{TITLE}'),
    "box.html.j2": ("<div", f'<p><img src="data:image/png;base64,{"A" * 900}" alt="x"></p><div'),
    "report.css": ("{", '{ background: url("photo.png");'),
    "report.typ": ("v(1.2cm)", 'image("logo.png", alt: "Sign")'),
}


@pytest.mark.parametrize("name", BLOCKED)
def test_a_picture_that_would_not_be_shown_is_an_error(tiny: Tiny, name: str) -> None:
    tiny.section("300-law", "Words.\n\n::: recommendations\nParliament should act.\n:::\n")
    line = _template(tiny, name, *BLOCKED[name])
    built = tiny.build("docx", "pdf", "html")
    assert not built.succeeded
    (found,) = [item for item in built.diagnostics if item.severity == "error"]
    assert (found.place.file, found.place.line) == (f"templates/{name}", line)
    assert "AAAA" not in str(found) and "/tmp" not in str(found) and "sources/" not in str(found)


def test_a_picture_in_the_frame_of_a_page_is_an_error(tiny: Tiny) -> None:
    tiny.section("300-law", "Words.\n")
    _template(tiny, "report.html.j2", "</main>", '<img src="logo.png" alt="Sign"></main>')
    built = tiny.build("html")
    assert [item.code for item in built.diagnostics if item.severity == "error"] == ["bad-template"]
