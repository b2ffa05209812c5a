"""Fonts by script and the look of links: read back from each file, in its own way."""

from __future__ import annotations

import ctypes
import io
import re
import zipfile
from unicodedata import category, name

import docx
import pypdfium2
import pytest
from conftest import Tiny
from documents import W
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from pypdfium2 import raw

from shadowreport.core.column_widths import SAMPLES, breadths_of
from shadowreport.core.scripts import HAN, SCRIPTS

STYLE = """\
font: DejaVu Sans Mono
heading_font: New Computer Modern
script_fonts: {Cyrl: Libertinus Serif, Arab: Noto Naskh Arabic}
links: {colour: "#0b6623", underline: true}
"""
SECTION = """\
{#one}
A newspaper («Голос народа», 5 May) and صوت الشعب wrote of it, and «Вести дня» and «Эхо» too; see <https://example.org/a>.[^b]

[^b]: In «Народ и власть», p. 5.
"""


def _built(tiny: Tiny, style: str) -> None:
    tiny.write("templates/style.yaml", style)
    tiny.section("300-law", SECTION)
    built = tiny.build("docx", "pdf", "html")
    assert built.succeeded, built.diagnostics


def _fonts_of_letters(pdf: bytes) -> dict[str, set[str]]:
    """The fonts of a PDF by the letters that they show."""
    found: dict[str, set[str]] = {}
    buffer = ctypes.create_string_buffer(200)
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        for at in range(text.count_chars()):
            letter = chr(raw.FPDFText_GetUnicode(text, at))
            raw.FPDFText_GetFontInfo(text, at, buffer, 200, None)
            found.setdefault(letter, set()).add(buffer.value.decode())
    return found


def test_letters_of_a_script_have_its_font_in_the_pdf(tiny: Tiny) -> None:
    _built(tiny, STYLE)
    fonts = _fonts_of_letters(tiny.read("pdf"))
    assert all("Libertinus" in name for name in fonts["Г"] | fonts["и"]), fonts["Г"]
    arabic = {
        name for letter, names in fonts.items() if "\u0600" < letter < "\uffff" for name in names
    }
    assert any("Naskh" in name for name in arabic), arabic
    assert any("DejaVu" in name for name in fonts["w"])
    assert any("NewCM" in name for names in fonts.values() for name in names)


def test_letters_of_a_script_have_its_font_in_word(tiny: Tiny) -> None:
    _built(tiny, STYLE)
    said: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(tiny.read("docx"))) as archive:
        for name in ("word/document.xml", "word/footnotes.xml"):
            for run in etree.fromstring(archive.read(name)).iter(f"{W}r"):
                text = "".join(item.text or "" for item in run.iter(f"{W}t"))
                fonts = run.find(f"{W}rPr/{W}rFonts")
                said[text] = "" if fonts is None else fonts.get(f"{W}hAnsi", "")
    for words in ("Голос народа", "Народ и власть", "Вести дня", "Эхо"):
        assert said[words] == "Libertinus Serif"
    assert not any(fonts and re.search("[a-z]", text) for text, fonts in said.items()), said
    assert said["صوت الشعب"] == "Noto Naskh Arabic"
    word = docx.Document(io.BytesIO(tiny.read("docx")))
    assert word.styles["Heading 1"].font.name == "New Computer Modern"
    assert str(word.styles["Hyperlink"].font.color.rgb) == "0B6623"
    assert word.styles["Hyperlink"].font.underline is True


def test_the_page_names_fonts_by_the_letters_and_loads_none(tiny: Tiny) -> None:
    _built(tiny, STYLE)
    page = tiny.read("html").decode()
    face = re.search(r'@font-face \{ font-family: "Cyrl";[^}]*\}', page)
    assert face and 'local("Libertinus Serif")' in face[0] and "U+400-52F" in face[0]
    assert '--scripts: "Cyrl", "Arab",' in page and "url(" not in page
    assert "--link: #0B6623" in page and "text-decoration-line: underline" in page


def test_a_script_that_nobody_knows_is_told_with_what_to_write(tiny: Tiny) -> None:
    tiny.write("templates/style.yaml", "script_fonts: {Cyrillic letters: Songti}\n")
    tiny.section("300-law", SECTION)
    (told,) = [item for item in tiny.build("json").diagnostics if item.code == "bad-value"]
    assert told.place.line == 1 and "Cyrl" in told.hint


def test_what_cannot_be_shown_or_seen_is_told(tiny: Tiny) -> None:
    tiny.write(
        "templates/style.yaml",
        "script_fonts: {Hans: Songti, Jpan: New Computer Modern}\n"
        'links: {colour: "#222244", underline: false}\nheading_font: Nowhere\n',
    )
    tiny.section("300-law", SECTION)
    told = [(item.code, item.message) for item in tiny.build("json").diagnostics]
    assert ("unknown-font", "there is no font 'Songti'") in told
    assert ("unknown-font", "there is no font 'Nowhere'") in told
    assert any("have the same letters" in message for _, message in told)
    assert any(code == "low-contrast" and "have no line" in message for code, message in told)
    tiny.write("templates/style.yaml", 'links: {colour: "#bbbbbb"}\n')
    assert any(
        item.code == "low-contrast" and "make links darker" in item.hint
        for item in tiny.build("json").diagnostics
    )


NAMES = {  # a word in Unicode's names of a script's letters
    **{"Grek": ("GREEK", "COPTIC"), "Cyrl": ("CYRILLIC",), "Armn": ("ARMENIAN",)},
    **{"Hebr": ("HEBREW",), "Arab": ("ARABIC",), "Deva": ("DEVANAGARI",), "Beng": ("BENGALI",)},
    **{"Guru": ("GURMUKHI",), "Gujr": ("GUJARATI",), "Taml": ("TAMIL",), "Telu": ("TELUGU",)},
    **{"Knda": ("KANNADA",), "Mlym": ("MALAYALAM",), "Sinh": ("SINHALA",), "Thai": ("THAI",)},
    **{"Laoo": ("LAO",), "Tibt": ("TIBETAN",), "Mymr": ("MYANMAR",), "Geor": ("GEORGIAN",)},
    **{"Ethi": ("ETHIOPIC",), "Khmr": ("KHMER",)},
}


def _named(said: str, code: str) -> bool:
    return any(word in said.split() for word in NAMES[code])


@pytest.mark.parametrize("code", sorted(SCRIPTS.keys() - {"Latn", *HAN}))
def test_the_ranges_of_a_script_end_where_its_letters_do(code: str) -> None:
    for first, last in SCRIPTS[code].ranges:
        letters = (chr(at) for at in range(first, last + 1) if category(chr(at))[0] == "L")
        assert [letter for letter in letters if not _named(name(letter), code)] == []
        around = (name(chr(at), "") for at in (first - 1, last + 1))
        assert not any(_named(said, code) for said in around)


def test_letters_that_are_narrower_than_ours_count_as_ours() -> None:
    ours = {letter: em for letters, em in SAMPLES for letter in letters}
    assert breadths_of(ours) == (1, 1, 1, 1)
    assert breadths_of({letter: em / 2 for letter, em in ours.items()}) == (1, 1, 1, 1)
    assert breadths_of({letter: 2 * em for letter, em in ours.items()}) == (2, 2, 2, 2)
