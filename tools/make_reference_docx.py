"""Makes templates/reference.docx, the Word file whose styles every DOCX of a report takes over.

Run `python tools/make_reference_docx.py` after changing the tables below. A project may instead open
the file in Word, change the looks of the styles there and keep it in its own templates/ folder: the
build needs only the names of the styles.

Sizes are in half-points, distances in twentieths of a point (1 cm = 567), as in Word's own files.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from shadowreport.word import ours

ACCENT, SHADE, LINE, QUIET = "1F3A5F", "EEF3F8", "9FB3C8", "5A6470"
FONT = "Times New Roman"
NUMBER = 652  # the column in which paragraph numbers stand
BOX = 425  # the same inside a box

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def run(
    size: int = 0, bold: bool | None = None, italic: bool = False, colour: str = "", more: str = ""
) -> str:
    """Run properties, in the order that the schema wants."""
    parts = []
    if bold is not None:
        parts.append("<w:b/>" if bold else '<w:b w:val="0"/>')
    parts += ["<w:i/>"] if italic else []
    parts += [more] if more.startswith("<w:caps") else []
    parts += [f'<w:color w:val="{colour}"/>'] if colour else []
    parts += [more] if more.startswith("<w:spacing") else []
    parts += [f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'] if size else []
    parts += [more] if more and not more.startswith(("<w:caps", "<w:spacing")) else []
    return f"<w:rPr>{''.join(parts)}</w:rPr>" if parts else ""


def border(*sides: tuple[str, int, int, str]) -> str:
    """Paragraph borders: side, eighths of a point, distance in points, colour."""
    inner = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'
        for side, size, space, colour in sides
    )
    return f"<w:pBdr>{inner}</w:pBdr>"


BOX_BORDER = border(
    ("top", 4, 6, LINE), ("left", 24, 10, ACCENT), ("bottom", 4, 6, LINE), ("right", 4, 8, LINE)
)
BOX_SHADE = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>'
KEEP_NEXT, KEEP_LINES = "<w:keepNext/>", "<w:keepLines/>"


def space(before: int, after: int, line: int = 264) -> str:
    """Distances above, below and (in 240ths of a line) between lines."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def indent(left: int, hanging: int = 0, right: int = 0) -> str:
    """Left and right indents; the first line hangs out by `hanging`."""
    return f'<w:ind w:left="{left}" w:right="{right}" w:hanging="{hanging}"/>'


def numbered(level: int) -> str:
    """A level of the list that numbers paragraphs (0) and recommendations (1)."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'


TABS = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9060"/></w:tabs>'
BOTH, LEFT, CENTRE = ('<w:jc w:val="both"/>', '<w:jc w:val="left"/>', '<w:jc w:val="center"/>')


def heading(
    level: int, size: int, before: int, after: int, more: str = "", italic: bool = False
) -> tuple[str, str, str, str]:
    """A heading style, kept with what follows."""
    properties = f'{KEEP_NEXT}{KEEP_LINES}{more}{space(before, after, 240)}{LEFT}<w:outlineLvl w:val="{level - 1}"/>'
    return f"Heading {level}", "Normal", properties, run(size, not italic, italic, ACCENT)


PAGE_BREAK = "<w:pageBreakBefore/>" + border(("bottom", 12, 4, ACCENT))
# name, based on, paragraph properties in the schema's order, run properties
PARAGRAPHS: list[tuple[str, str, str, str]] = [
    (ours.BODY, "Normal", space(0, 140) + BOTH, ""),
    (ours.FIRST, ours.BODY, "", ""),
    (ours.COMPACT, ours.BODY, space(0, 60), ""),
    (ours.NUMBERED, ours.BODY, numbered(0) + indent(NUMBER, NUMBER), ""),
    (ours.CONTINUED, ours.BODY, indent(NUMBER), ""),
    (
        ours.QUOTATION,
        ours.BODY,
        border(("left", 12, 8, LINE)) + indent(NUMBER + 340, 0, 280),
        run(21),
    ),
    heading(1, 34, 0, 300, PAGE_BREAK),
    heading(2, 26, 400, 180),
    heading(3, 22, 300, 140),
    heading(4, 21, 240, 120, italic=True),
    heading(5, 21, 240, 120, italic=True),
    heading(6, 21, 240, 120, italic=True),
    (
        ours.BOX_HEADING,
        "Normal",
        KEEP_NEXT
        + KEEP_LINES
        + BOX_BORDER
        + BOX_SHADE
        + space(260, 100)
        + indent(BOX + 240, BOX, 200),
        run(19, True, colour=ACCENT, more='<w:spacing w:val="16"/>'),
    ),
    (
        ours.BOX_RECOMMENDATION,
        ours.BODY,
        KEEP_NEXT
        + KEEP_LINES
        + numbered(1)
        + BOX_BORDER
        + BOX_SHADE
        + space(0, 90)
        + indent(BOX + 240, BOX, 200),
        "",
    ),
    (ours.BOX_SINGLE_HEADING, ours.BOX_HEADING, indent(240, 0, 200), ""),
    (
        ours.BOX_SINGLE,
        ours.BODY,
        KEEP_NEXT + KEEP_LINES + BOX_BORDER + BOX_SHADE + space(0, 90) + indent(240, 0, 200),
        "",
    ),
    (ours.BOX_CONTINUED, ours.BOX_SINGLE, indent(BOX + 240, BOX, 200), ""),
    (ours.SUMMARY_HEADING, ours.BOX_SINGLE_HEADING, "", ""),
    (ours.SUMMARY, ours.BOX_SINGLE, "", ""),
    (ours.TABLE_TEXT, "Normal", space(20, 40, 240) + LEFT, run(18)),
    (ours.TABLE_HEADING, ours.TABLE_TEXT, KEEP_NEXT, run(18, True, colour=ACCENT)),
    (
        ours.TABLE_CAPTION,
        "Normal",
        KEEP_NEXT + space(120, 80, 240) + LEFT,
        run(19, True, colour=ACCENT),
    ),
    ("Image Caption", "Normal", space(60, 160, 240) + LEFT, run(19, True, colour=ACCENT)),
    ("Captioned Figure", ours.BODY, KEEP_NEXT + LEFT, run(18)),
    ("Figure", ours.BODY, "", ""),
    ("Footnote Text", "Normal", space(0, 30, 240) + LEFT, run(17)),
    ("Footnote Block Text", "Footnote Text", "", ""),
    (ours.SOURCE, "Normal", space(0, 110, 240) + indent(284, 284) + LEFT, ""),
    (f"{ours.COVER}Line", "Normal", space(0, 240) + LEFT, run(24, colour=QUIET)),
    (
        f"{ours.COVER}Title",
        "Normal",
        border(("top", 18, 14, ACCENT)) + space(500, 200, 240) + LEFT,
        run(50, True, colour=ACCENT),
    ),
    (
        f"{ours.COVER}Subtitle",
        "Normal",
        border(("bottom", 4, 14, LINE)) + space(60, 360) + LEFT,
        run(26, colour=QUIET),
    ),
    (
        f"{ours.COVER}Label",
        "Normal",
        KEEP_NEXT + space(560, 120) + LEFT,
        run(19, True, colour=ACCENT, more="<w:caps/>"),
    ),
    (f"{ours.COVER}Organisation", "Normal", KEEP_LINES + space(0, 120, 250) + LEFT, run(20)),
    (
        f"{ours.COVER}Note",
        "Normal",
        border(("top", 4, 8, LINE)) + space(400, 0) + LEFT,
        run(19, colour=QUIET),
    ),
    (
        ours.CONTENTS_HEADING,
        "Normal",
        KEEP_NEXT + PAGE_BREAK + space(0, 240, 240) + LEFT,
        run(34, True, colour=ACCENT),
    ),
    (
        ours.CONTENTS_COLUMN,
        "Normal",
        KEEP_NEXT + space(0, 60, 240) + '<w:jc w:val="right"/>',
        run(17, colour=QUIET),
    ),
    ("TOC 1", "Normal", KEEP_NEXT + TABS + space(200, 60, 240) + LEFT, run(0, True, colour=ACCENT)),
    ("TOC 2", "Normal", TABS + space(0, 70, 240) + indent(340) + LEFT, ""),
    ("TOC 3", "Normal", TABS + space(0, 50, 240) + indent(680) + LEFT, ""),
    ("TOC 4", "Normal", TABS + space(0, 50, 240) + indent(1020) + LEFT, ""),
    (
        "Header",
        "Normal",
        border(("bottom", 4, 4, LINE))
        + '<w:tabs><w:tab w:val="right" w:pos="9060"/></w:tabs>'
        + space(0, 0, 240),
        run(17, colour=QUIET),
    ),
    ("Footer", "Normal", space(0, 0, 240) + CENTRE, run(18, colour=QUIET)),
]
CHARACTERS = [
    ("Footnote Reference", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'),
    ("Hyperlink", f'<w:rPr><w:color w:val="{ACCENT}"/></w:rPr>'),
    ("Verbatim Char", ""),
    ("Section Number", ""),
]
TABLE = f"""<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>
<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="Table"><w:name w:val="Table"/><w:basedOn w:val="TableNormal"/><w:qFormat/>
<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{LINE}"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/></w:tblBorders>
<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="100" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/></w:tcBorders>
<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr></w:tblStylePr></w:style>"""


def styles() -> str:
    """word/styles.xml."""
    known = {ours.BODY, "Header", "Footer", "Hyperlink"}
    body = "".join(
        f'<w:style w:type="paragraph" w:styleId="{ours.style_id(name)}"{"" if built_in(name, known) else " w:customStyle=" + chr(34) + "1" + chr(34)}>'
        f'<w:name w:val="{name.lower() if built_in(name, known) and name != ours.BODY else name}"/><w:basedOn w:val="{ours.style_id(base)}"/>'
        f"{next_style(name)}<w:qFormat/>{f'<w:pPr>{paragraph}</w:pPr>' if paragraph else ''}{character}</w:style>"
        for name, base, paragraph, character in PARAGRAPHS
    )
    characters = "".join(
        f'<w:style w:type="character" w:styleId="{ours.style_id(name)}"><w:name w:val="{name.lower() if name.startswith("Foot") else name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/>{properties}</w:style>'
        for name, properties in CHARACTERS
    )
    return f"""<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>
<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>
{TABLE}{body}{characters}</w:styles>"""


def built_in(name: str, known: set[str]) -> bool:
    """Whether Word itself knows a style of this name."""
    return name in known or (
        name.startswith(("Heading ", "TOC ", "Footnote T")) and name != ours.CONTENTS_COLUMN
    )


def next_style(name: str) -> str:
    """What Word begins after a paragraph of this style."""
    follow = ours.style_id(ours.NUMBERED) if name.startswith("Heading") else ""
    return f'<w:next w:val="{follow}"/>' if follow else ""


def numbering() -> str:
    """word/numbering.xml: one list whose levels are the paragraphs and, inside each, the recommendations."""
    levels = [
        (ours.style_id(ours.NUMBERED), "%1.", NUMBER, NUMBER, ""),
        (
            ours.style_id(ours.BOX_RECOMMENDATION),
            "%2.",
            BOX + 240,
            BOX,
            run(0, True, colour=ACCENT),
        ),
    ]
    inner = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="{style}"/><w:suff w:val="tab"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>{indent(left, hanging)}</w:pPr>{properties}</w:lvl>'
        for index, (style, text, left, hanging, properties) in enumerate(levels)
    )
    return f'<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>{inner}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'


FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
SECTION = """<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId5"/><w:footerReference w:type="default" r:id="rId6"/><w:footerReference w:type="first" r:id="rId7"/>
<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1474" w:right="1418" w:bottom="1361" w:left="1418" w:header="737" w:footer="680" w:gutter="0"/><w:titlePg/></w:sectPr>"""
SETTINGS = f'<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
TYPES = {
    "document": "document.main",
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "header1": "header",
    "header2": "header",
    "footer1": "footer",
    "footer2": "footer",
}
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def parts() -> dict[str, str]:
    """Every part of the package by its name."""
    word = {
        "document": f"<w:document {W} {R}><w:body><w:p/>{SECTION}</w:body></w:document>",
        "styles": styles(),
        "numbering": numbering(),
        "settings": SETTINGS,
        # the build puts the report's short title and session in the place of these two words
        "header1": f'<w:hdr {W}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:t>SHORT_TITLE</w:t></w:r><w:r><w:tab/><w:t>SESSION</w:t></w:r></w:p></w:hdr>',
        "header2": f"<w:hdr {W}><w:p/></w:hdr>",
        "footer1": f'<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{FIELD}</w:p></w:ftr>',
        "footer2": f"<w:ftr {W}><w:p/></w:ftr>",
    }
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{office}.{kind}+xml"/>'
        for name, kind in TYPES.items()
    )
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    names = ["styles", "numbering", "settings", "header1", "header2", "footer1", "footer2"]
    links = "".join(
        f'<Relationship Id="rId{index}" Type="{base}/{TYPES[name]}" Target="{name}.xml"/>'
        for index, name in enumerate(names, 1)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    return {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{base}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
        **{f"word/{name}.xml": text for name, text in word.items()},
    }


def main() -> None:
    """Writes the file, always with the same bytes."""
    target = Path(__file__).parents[1] / "templates" / "reference.docx"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts().items():
            package.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)),
                DECLARATION + text,
                zipfile.ZIP_DEFLATED,
            )


if __name__ == "__main__":
    main()
