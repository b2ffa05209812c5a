"""A coalition's own Word file as templates/reference.docx: what it lacks is added, what it hides stays."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from conftest import Tiny
from docx import Document
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from own_word_files import Word, spoiled, spoilt, turned_round, wrong_with
from PIL import Image
from test_validators import validate

ROOT = Path(__file__).parents[1]
OURS = (ROOT / "templates" / "reference.docx").read_bytes()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TEMPLATE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{REL}/attachedTemplate" '
    'Target="file:///C:/Users/jane.designer/House.dotx" TargetMode="External"/></Relationships>'
)
REPORT = "{#a}\nOne.\n\n::: recommendations\n{#rec-b}\nDo it.\n\n{#rec-c}\nDo more.\n:::\n"


def changed(part: str, pattern: str, by: str, **more: str) -> bytes:
    """The toolkit's own file with a part that reads otherwise."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(OURS)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name).decode()
            if name == part:
                assert re.search(pattern, data, re.DOTALL)
                data = re.sub(pattern, by, data, flags=re.DOTALL)
            new.writestr(name, data)
        for name, data in more.items():
            new.writestr(name.replace("_", "/", 1), data)
    return made.getvalue()


def letterhead() -> bytes:
    """A file without our styles, with a photograph in its header and words in its text."""
    photo = Image.new("RGB", (40, 30), "red")
    noted = photo.getexif()
    noted[0x013B] = "Jane Designer"
    stored, made = io.BytesIO(), io.BytesIO()
    photo.save(stored, "JPEG", exif=noted)
    letter = Document()
    letter.core_properties.author = "Jane Designer"
    letter.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(stored.getvalue()))
    letter.sections[0].footer.paragraphs[0].text = "SHORT_TITLE, SESSION, [Company]"
    letter.add_paragraph("Dear reader")
    letter.save(made)
    return made.getvalue()


def built(tiny: Tiny, reference: bytes) -> tuple[dict[str, bytes], list[str]]:
    """The parts of the report's Word file, and what was said of the reference."""
    tiny.section("100-one", REPORT)
    (tiny.project / "templates").mkdir()
    (tiny.project / "templates" / "reference.docx").write_bytes(reference)
    result = tiny.build("docx")
    assert result.succeeded, result.diagnostics
    with zipfile.ZipFile(io.BytesIO(tiny.read("docx"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return parts, [d.message for d in result.diagnostics if d.code == "mended-template"]


def numbered(parts: dict[str, bytes]) -> bool:
    """Whether paragraphs and recommendations are levels 1 and 2 of one list that counts them."""
    styles = etree.fromstring(parts["word/styles.xml"])
    numbering = etree.fromstring(parts["word/numbering.xml"])
    found = []
    for style in ("NumberedParagraph", "BoxRecommendation"):
        numbers = styles.find(f"{W}style[@{W}styleId='{style}']/{W}pPr/{W}numPr")
        entry = numbers.find(f"{W}numId").get(f"{W}val")
        target = numbering.find(f"{W}num[@{W}numId='{entry}']/{W}abstractNumId").get(f"{W}val")
        level = numbers.find(f"{W}ilvl").get(f"{W}val")
        definition = f"{W}abstractNum[@{W}abstractNumId='{target}']/{W}lvl[@{W}ilvl='{level}']"
        linked = numbering.find(f"{definition}/{W}pStyle").get(f"{W}val")
        found.append((linked == style, target))
    return all(right for right, _ in found) and len({target for _, target in found}) == 1


def test_a_letterhead_without_our_styles_works_and_names_nobody(tiny: Tiny) -> None:
    parts, told = built(tiny, letterhead())
    assert numbered(parts)
    assert b"Jane" not in b"".join(parts.values())
    (picture,) = (name for name in parts if name.startswith("word/media/"))
    links = [data for name, data in parts.items() if re.search(r"header\d+\.xml\.rels$", name)]
    target = f'Target="{picture.removeprefix("word/")}"'.encode()
    (link,) = (link for data in links for link in re.findall(rb"<Relationship [^>]*>", data))
    assert target in link and b"External" not in link
    footer = next(data for name, data in parts.items() if b"[Company]" in data)
    assert b"SHORT_TITLE" not in footer
    assert b"SESSION" not in footer
    styles = etree.fromstring(parts["word/styles.xml"])
    assert styles.find(f"{W}style[@{W}styleId='BoxRecommendation']/{W}pPr/{W}pBdr") is not None
    said = "\n".join(told)
    assert "lacks styles of reports" in said
    assert "'[Company]' on each page" in said
    assert "'Dear reader'" in said


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        (changed("word/numbering.xml", "<w:pStyle [^>]*>", ""), "by one list"),
        (changed("word/styles.xml", "<w:numPr>.*?</w:numPr>", ""), "by one list"),
        (changed("word/styles.xml", '"Box Recommendation"', '"House"'), "'House' is taken as"),
        (
            changed("word/styles.xml", '<w:style [^>]*"BoxRecommendation".*?</w:style>', ""),
            "lacks styles of reports: Box Recommendation",
        ),
    ],
)
def test_numbers_and_boxes_are_never_lost(tiny: Tiny, reference: bytes, told: str) -> None:
    parts, said = built(tiny, reference)
    assert numbered(parts)
    assert told in "\n".join(said)
    ids = re.findall(rb'w:styleId="([^"]+)"', parts["word/styles.xml"])
    assert len(ids) == len(set(ids))


def test_boxes_without_a_frame_and_a_list_of_letters_take_ours(tiny: Tiny) -> None:
    for name, told in (
        ("box without frame", "boxes without lines or ground: Box Heading"),
        ("list of letters", "by one list of 1, 2, 3"),
    ):
        assert wrong_with(tiny, spoiled()[name]) == ([], [])
        assert told in str(tiny.build("docx").diagnostics)


def test_a_file_of_the_strict_kind_without_settings_written_from_the_right_works(
    tiny: Tiny,
) -> None:
    """Lengths have units there; a report in English runs from the left all the same."""
    strict = [
        ("word/document.xml", r'w:w="(\d+)" w:h="(\d+)"', 'w:w="612pt" w:h="279.4mm"'),
        ("word/document.xml", r'w:left="\d+"', 'w:left="72pt"'),
        ("word/document.xml", "</w:sectPr>", "<w:bidi/></w:sectPr>"),
        ("word/_rels/document.xml.rels", '<Relationship [^>]*"settings.xml"[^>]*>', ""),
    ]
    assert wrong_with(tiny, spoilt(strict)) == ([], [])
    page = Word(tiny.read("docx")).document.findall(f".//{W}sectPr")[-1]
    assert page.find(f"{W}pgSz").get(f"{W}w") == "12240"
    assert page.find(f"{W}pgSz").get(f"{W}h") == "15840"
    assert page.find(f"{W}pgMar").get(f"{W}left") == "1440"
    assert page.find(f"{W}bidi") is None


def field(kind: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    words = f"<w:r><w:instrText> {kind} </w:instrText></w:r>"
    return (
        mark.format("begin")
        + words
        + mark.format("separate")
        + "<w:r><w:t>C:/Users/jane</w:t></w:r>"
        + mark.format("end")
    )


@pytest.mark.parametrize(
    ("part", "pattern", "by", "added"),
    [
        (
            "word/settings.xml",
            "</w:settings>",
            '<w:trackRevisions/><w:documentProtection w:edit="readOnly"/><w:rsids>'
            '<w:rsid w:val="00AB12CD"/></w:rsids><w:docVars><w:docVar w:name="x" w:val="jane"/>'
            f'</w:docVars><w:attachedTemplate xmlns:r="{REL}" r:id="rId1"/></w:settings>',
            {"word__rels/settings.xml.rels": TEMPLATE},
        ),
        (
            "word/header1.xml",
            "<w:r><w:t>SHORT_TITLE</w:t></w:r>",
            '<w:ins w:id="1" w:author="jane"><w:r w:rsidR="00AB12CD"><w:t>SHORT</w:t></w:r><w:r>'
            '<w:t>_TITLE</w:t></w:r></w:ins><w:del w:id="2" w:author="jane"/>',
            {"customXml_item1.xml": "<a>jane</a>", "docProps_custom.xml": "<a>jane</a>"},
        ),
        ("word/header1.xml", "</w:p>", field("FILENAME \\\\p") + "</w:p>", {}),
        ("word/header1.xml", "</w:p>", field('STYLEREF "Chapter of Jane"') + "</w:p>", {}),
    ],
)
def test_nothing_of_its_maker_reaches_a_report(
    tiny: Tiny, part: str, pattern: str, by: str, added: dict[str, str]
) -> None:
    parts, _ = built(tiny, changed(part, pattern, by, **added))
    everything = b"".join(parts.values())
    for word in (b"jane", b"rsid", b"trackRevisions", b"documentProtection", b"attachedTemplate"):
        assert word not in everything
    assert not re.search(rb"SHORT|_TITLE", everything)


BOUND = (  # Word's own field for the author
    '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/ns0:coreProperties[1]/ns1:creator[1]" w:storeItemID="{6C}"/>'
    "</w:sdtPr><w:sdtContent><w:r><w:t>jane</w:t></w:r></w:sdtContent></w:sdt>"
)
HIDDEN = (
    f'<w:hyperlink xmlns:r="{REL}" r:id="rId7" w:tooltip="jane"><w:r><w:t>our page</w:t></w:r></w:hyperlink>'
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>jane</w:t></w:r><w:r><w:tab/><w:t>C:\\\\Users\\\\j\\\\House.dotx</w:t></w:r>"
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="WaterMark_jane" style="width:9pt"/></w:pict></w:r>'
    f'<w:r><w:object><w:control xmlns:r="{REL}" r:id="rId8" w:name="jane"/></w:object></w:r>'
)
LINKED = TEMPLATE.replace("attachedTemplate", "hyperlink").replace(
    "file:///C:/Users/jane.designer/House.dotx", "https://example.org/"
)


def test_what_a_header_hides_stays_behind_and_is_told(tiny: Tiny) -> None:
    header = changed(
        "word/header1.xml",
        "</w:p>",
        HIDDEN + BOUND + "</w:p>",
        **{
            "word__rels/header1.xml.rels": LINKED.replace("rId1", "rId7"),
            "word_activeX/activeX1.bin": "jane",
        },
    )
    parts, told = built(tiny, header)
    assert b"jane" not in b"".join(parts.values())
    assert any(b"our page" in data for name, data in parts.items() if "header" in name)
    said = "\n".join(told)
    for words in (
        "loses hidden text",
        "loses the field 'jane'",
        "what another program made",
        "says 'C:\\Users\\j\\House.dotx'",
    ):
        assert words in said, told
    assert validate(tiny.project / "build" / "tiny.docx") == []


def said(words: str, look: str = "", paragraph: str = "") -> str:
    return (
        f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{look}</w:rPr><w:t>{words}</w:t></w:r></w:p>"
    )


WHITE = '<w:color w:val="FFFFFF"/>'
DARK = '<w:shd w:val="clear" w:color="auto" w:fill="1F3A5F"/>'
STYLE = (
    '<w:style w:type="{}" w:customStyle="1" w:styleId="{}"><w:name w:val="{} Ivan Petrov"/>'
    '<w:aliases w:val="ivan"/>{}</w:style>'
)
OF_A_PERSON = (
    STYLE.format("paragraph", "PetrovBase", "Base", f"<w:rPr>{WHITE}</w:rPr>")
    + STYLE.format("paragraph", "PetrovHead", "Head", '<w:basedOn w:val="PetrovBase"/>')
    + STYLE.format("character", "PetrovDot", "Dot", '<w:rPr><w:sz w:val="2"/></w:rPr>')
    + STYLE.format("character", "PetrovGone", "Gone", "<w:rPr><w:vanish/></w:rPr>")
    + STYLE.format("paragraph", "PetrovUnused", "Unused", '<w:next w:val="PetrovHead"/>')
)
UNSEEN = {  # words, and how they are hidden
    "in white": (WHITE, ""),
    "in the light of a theme": ('<w:color w:val="auto" w:themeColor="background1"/>', ""),
    "nearly white": ('<w:color w:val="FAFAFA"/>', ""),
    "white by a style's base": ("", '<w:pStyle w:val="PetrovHead"/>'),
    "dots": ('<w:rStyle w:val="PetrovDot"/>', ""),
    "gone by a style": ('<w:rStyle w:val="PetrovGone"/>', ""),
    "dark on dark": (f'<w:color w:val="1F3A5F"/>{DARK}', ""),
}
SEEN = {
    "plain": ("", ""),
    "white on dark": (WHITE, DARK),
    "white on a dark run": (WHITE + DARK, ""),
    "black by itself": ('<w:color w:val="000000"/>', '<w:pStyle w:val="PetrovHead"/>'),
}


def test_what_nobody_sees_in_a_header_and_the_names_of_styles_stay_behind(tiny: Tiny) -> None:
    letter = changed(
        "word/header1.xml",
        "</w:hdr>",
        "".join(said(words, *look) for words, look in (UNSEEN | SEEN).items()) + "</w:hdr>",
    )
    styled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(letter)) as old, zipfile.ZipFile(styled, "w") as new:
        for name in old.namelist():
            data = old.read(name).decode()
            if name == "word/styles.xml":
                data = data.replace("</w:styles>", OF_A_PERSON + "</w:styles>")
            new.writestr(name, data)
    parts, told = built(tiny, styled.getvalue())
    heads = "".join(data.decode() for name, data in parts.items() if "header" in name)
    assert [words for words in UNSEEN if f">{words}<" in heads] == []
    assert [words for words in SEEN if f">{words}<" not in heads] == []
    assert [words for words in UNSEEN if f"'{words}'" not in "\n".join(told)] == []
    everything = b"".join(parts.values())
    assert not re.search(rb"petrov|ivan", everything, re.IGNORECASE)
    styles = etree.fromstring(parts["word/styles.xml"])
    known = {item.get(f"{W}styleId") for item in styles.iter(f"{W}style")}
    pointers = re.findall(rb'<w:(?:pStyle|rStyle|basedOn|next|link) w:val="([^"]+)"', everything)
    assert {item.decode() for item in pointers} <= known
    assert validate(tiny.project / "build" / "tiny.docx") == []


def test_a_style_of_another_kind_that_has_the_name_of_ours_stands_in_no_way(tiny: Tiny) -> None:
    other = (
        '<w:style w:type="paragraph" w:styleId="Table"><w:name w:val="Table"/></w:style>'
        '<w:style w:type="character" w:styleId="Kasten"><w:name w:val="Box Heading"/></w:style></w:styles>'
    )
    assert wrong_with(tiny, changed("word/styles.xml", "</w:styles>", other)) == ([], [])
    styles = [
        (item.get(f"{W}styleId"), item.get(f"{W}type"))
        for item in Word(tiny.read("docx")).styles.values()
    ]
    assert ("Table", "table") in styles
    assert ("BoxHeading", "paragraph") in styles
    assert validate(tiny.project / "build" / "tiny.docx") == []


def test_what_stands_in_another_order_or_by_other_names_comes_out_as_the_schema_wants_it(
    tiny: Tiny,
) -> None:
    assert wrong_with(tiny, OURS) == ([], [])
    usual = looks_of(tiny.read("docx"))
    assert wrong_with(tiny, turned_round(OURS)) == ([], [])
    assert looks_of(tiny.read("docx")) == usual
    assert validate(tiny.project / "build" / "tiny.docx") == []


def looks_of(data: bytes) -> list[bytes]:
    """The parts of a Word file that hold no text of the report, each written in one way."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [n for n in archive.namelist() if re.match(r"word/(sty|num|set|head|foot\w+\d)", n)]
        roots = [etree.fromstring(archive.read(name)) for name in names]
    return sorted(etree.tostring(root, method="c14n2") for root in roots)
