"""Images of lines (SVG): what is seen is printed alike in every format, and nothing else comes along."""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from conftest import Tiny
from documents import page
from PIL import Image

from shadowreport.publishing import publish_copy

OPEN = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="80" height="40">'
)
SEEN = (
    '<rect width="40" height="40" fill="#c00000"/>'
    '<rect x="40" width="40" height="40" fill="#0000c0"/>'
)
HIDDEN = (
    "<title>SECRET</title><metadata>SECRET</metadata><!-- SECRET -->"
    '<text display="none">SECRET</text><text x="900" y="900">SECRET</text>'
    '<g id="SECRET" onload="SECRET()"/>'
)
SECTION = "We show it.\n\n![Red beside blue](border.svg)\n"


@pytest.fixture
def drawn(tiny: Tiny) -> Tiny:
    """A report with a drawing, red on the left and blue on the right."""
    tiny.write("sections/border.svg", f"{OPEN}{SEEN}{HIDDEN}</svg>")
    tiny.section("100-general", SECTION)
    return tiny


def _pictures(report: Tiny) -> dict[str, Image.Image]:
    """The one picture of each format."""
    (shown,) = page(report.project / "build/tiny.html").findall(".//img")
    inside = base64.b64decode(shown.get("src").removeprefix("data:image/png;base64,"))
    with zipfile.ZipFile(report.project / "build/tiny.docx") as word:
        (name,) = (name for name in word.namelist() if name.startswith("word/media/"))
        media = word.read(name)
    with pikepdf.open(report.project / "build/tiny.pdf") as pdf:
        images: list[Any] = [image for leaf in pdf.pages for image in leaf.get_images().values()]
        laid_out = pikepdf.PdfImage(images[0]).as_pil_image()
    opened = {
        name: Image.open(io.BytesIO(data)) for name, data in (("html", inside), ("docx", media))
    }
    return {**opened, "pdf": laid_out}


def test_every_format_shows_the_drawing_and_nothing_that_is_hidden_in_it(drawn: Tiny) -> None:
    result = drawn.build()
    assert result.succeeded, result.diagnostics
    for kind, picture in _pictures(drawn).items():
        flat = picture.convert("RGB")
        assert flat.width == pytest.approx(2 * flat.height, abs=2), kind
        seen = [flat.getpixel((flat.width * part // 4, flat.height // 2)) for part in (1, 3)]
        assert seen == [(192, 0, 0), (0, 0, 192)], kind
    for kind in ("html", "json", "md", "docx", "pdf"):
        assert b"SECRET" not in drawn.read(kind), kind


def test_a_copy_for_publication_has_what_is_seen(
    drawn: Tiny, tmp_path_factory: pytest.TempPathFactory
) -> None:
    into: Path = tmp_path_factory.mktemp("copies") / "copy"
    assert not publish_copy(drawn.project, into).diagnostics
    assert not (into / "sections/border.svg").exists()
    assert Image.open(into / "sections/border.png").format == "PNG"
    assert b"SECRET" not in (into / "sections/border.png").read_bytes()
    assert "(border.png)" in (into / "sections/100-general.md").read_text("utf-8")


def test_the_logo_can_be_a_drawing(drawn: Tiny) -> None:
    drawn.write("templates/images/logo.svg", f"{OPEN}{SEEN}</svg>")
    drawn.write("templates/style.yaml", "logo: {file: logo.svg, alternative: Red beside blue}\n")
    result = drawn.build("html")
    assert result.succeeded, result.diagnostics
    assert len(page(drawn.project / "build/tiny.html").findall(".//img")) == 2


NESTED = "".join(
    f'<g id="n{nth}">' + f'<use xlink:href="#n{nth - 1}"/>' * 10 + "</g>" for nth in range(1, 12)
)
BAD = {
    "script": f"{OPEN}<script>alert(1)</script></svg>",
    "with a prefix": '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:SCRIPT/></s:svg>',
    "foreignObject": f"{OPEN}<foreignObject><p>words</p></foreignObject></svg>",
    "animation": f'{OPEN}<rect><animate attributeName="x" to="9"/></rect></svg>',
    "set": f'{OPEN}<rect><set attributeName="x" to="9"/></rect></svg>',
    "file": f'{OPEN}<image href="/etc/passwd"/></svg>',
    "data": f'{OPEN}<image xlink:href="data:image/png;base64,AAAA"/></svg>',
    "filter": f'{OPEN}<filter><feImage href="#a"/></filter></svg>',
    "use": f'{OPEN}<use xlink:href="https://example.org/a.svg#a"/></svg>',
    "fill": f'{OPEN}<rect fill="url(https://example.org/a.svg#a)"/></svg>',
    "import": f"{OPEN}<style>@import 'https://example.org/a.css';</style></svg>",
    "font": f"{OPEN}<style>@font-face {{ src: url('a.woff') }}</style></svg>",
    "entity": f'<!DOCTYPE svg [<!ENTITY a "b">]>{OPEN}<text>&a;</text></svg>',
    "bomb": f'<!DOCTYPE svg [<!ENTITY a "bbbbbbbbbb"><!ENTITY b "{"&a;" * 99}">]>{OPEN}<g id="&b;"/></svg>',
    "outside": f'<!DOCTYPE svg [<!ENTITY a SYSTEM "/etc/passwd">]>{OPEN}<text>&a;</text></svg>',
    "nested": f'{OPEN}<defs><rect id="n0" width="1" height="1"/>{NESTED}</defs><use xlink:href="#n11"/></svg>',
    "no letter": f'{OPEN}<text y="20">&#x0F40;</text></svg>',
    "long": f"{OPEN}{'<g/>' * 600_000}</svg>",
    "deep": f"{OPEN}{'<g>' * 9_000}{'</g>' * 9_000}</svg>",
    "cut": OPEN,
    "another kind": "<html><body>words</body></html>",
    "no size": f"{OPEN.replace('80', '0')}</svg>",
}


def test_what_acts_fetches_or_cannot_be_drawn_is_refused_by_name(tiny: Tiny) -> None:
    for nth, (name, text) in enumerate(BAD.items()):
        tiny.write(f"sections/p{nth}.svg", text)
        tiny.section(f"{100 + nth}-s{nth}", f"{name}: ![a picture](p{nth}.svg) here.\n")
    found = [item for item in tiny.build("json").diagnostics if item.code == "bad-image"]
    told = {item.place.file: item.message for item in found}
    assert [
        name for nth, name in enumerate(BAD) if f"sections/{100 + nth}-s{nth}.md" not in told
    ] == []
