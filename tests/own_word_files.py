"""Word files of other makers as templates/reference.docx, and what is wrong with the report that is written in one:
read from the finished file alone."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from conftest import Tiny
from documents import W
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

OURS = (Path(__file__).parents[1] / "templates" / "reference.docx").read_bytes()
_STYLES, _LISTS, _SETTINGS = (f"word/{name}.xml" for name in ("styles", "numbering", "settings"))
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_REMOTE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    'Target="file:///C:/Users/jane/House.dotx" TargetMode="External"/></Relationships>'
)
_OWNED = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Jane Designer</dc:creator>'
    "<cp:lastModifiedBy>Jane Designer</cp:lastModifiedBy></cp:coreProperties>"
)
_SPLIT = (
    '<w:r w:rsidR="00AB12CD"><w:t>SHORT</w:t></w:r><w:proofErr w:type="spellStart"/>'
    "<w:r><w:rPr><w:b/></w:rPr><w:t>_TI</w:t></w:r><w:r><w:t>TLE</w:t></w:r>"
)
_SPOILED: dict[
    str, list[tuple[str, str, str]]
] = {  # part, what is there (a pattern), what is put there
    "no numbered paragraph": [(_STYLES, '<w:style [^>]*"NumberedParagraph".*?</w:style>', "")],
    "no box heading": [(_STYLES, '<w:style [^>]*"BoxHeading".*?</w:style>', "")],
    "no footnote styles": [(_STYLES, '<w:style [^>]*"Footnote(Text|Reference)".*?</w:style>', "")],
    "no style at all": [(_STYLES, "<w:style .*</w:style>", "")],
    "no defaults": [(_STYLES, "<w:docDefaults>.*?</w:docDefaults>", "")],
    "named in German": [
        (_STYLES, '"heading 1"', '"Überschrift 1"'),
        (_STYLES, '"Numbered Paragraph"', '"Nummerierter Absatz"'),
        (_STYLES, '"Box Recommendation"', '"Kasten Empfehlung"'),
    ],
    "ids in German": [
        (_STYLES, '"Heading(?=[1-6]")', '"berschrift'),
        (_STYLES, '"FootnoteText"', '"Funotentext"'),
    ],
    "ids changed round": [
        (_STYLES, 'w:styleId="NumberedParagraph"', 'w:styleId="Swap"'),
        (_STYLES, 'w:styleId="BoxRecommendation"', 'w:styleId="NumberedParagraph"'),
        (_STYLES, 'w:styleId="Swap"', 'w:styleId="BoxRecommendation"'),
    ],
    "no list": [(_LISTS, "<w:abstractNum .*</w:num>", "")],
    "list without styles": [(_LISTS, "<w:pStyle [^>]*>", "")],
    "styles without list": [(_STYLES, "<w:numPr>.*?</w:numPr>", "")],
    "list of letters": [(_LISTS, '<w:numFmt w:val="decimal"/>', '<w:numFmt w:val="lowerLetter"/>')],
    "box without frame": [(_STYLES, "<w:pBdr>.*?</w:pBdr>|<w:shd [^>]*>", "")],
    "box with a ground alone": [(_STYLES, "<w:pBdr>.*?</w:pBdr>", "")],
    "hostile settings": [
        (
            _SETTINGS,
            "</w:settings>",
            '<w:trackRevisions/><w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:rsids><w:rsid '
            'w:val="00AB12CD"/></w:rsids><w:docVars><w:docVar w:name="x" w:val="jane"/></w:docVars>'
            f'<w:attachedTemplate {_R} r:id="rId1"/></w:settings>',
        ),
        ("word/_rels/settings.xml.rels", "", _REMOTE),
    ],
    "names in properties": [
        ("docProps/core.xml", "", _OWNED),
        ("docProps/app.xml", "", "<Properties><Company>Jane Designer Ltd</Company></Properties>"),
        ("customXml/item1.xml", "", "<a>Jane Designer</a>"),
    ],
    "placeholder split": [("word/header1.xml", "<w:r><w:t>SHORT_TITLE</w:t></w:r>", _SPLIT)],
    "macros": [
        (
            "[Content_Types].xml",
            "openxmlformats-officedocument.wordprocessingml.document.main",
            "ms-word.document.macroEnabled.main",
        ),
        ("word/vbaProject.bin", "", "Sub AutoOpen()"),
    ],
    "template of Word": [
        ("[Content_Types].xml", "wordprocessingml.document.main", "wordprocessingml.template.main")
    ],
    "no settings": [
        ("word/_rels/document.xml.rels", '<Relationship [^>]*"settings.xml"[^>]*>', "")
    ],
}

TEXT = """\
{#one}
Words stand first.[^note]

- An item.

{#two}
Words stand second.

| Year | Cases |
|------|------:|
| 2019 | 3     |

::: recommendations
{#rec-act}
Parliament should act.

{#rec-pay}
Parliament should pay.
:::

[^note]: A note stands below.
"""
NUMBERS = {
    "Words stand first": "1.",
    "Words stand second": "2.",
    "Parliament should act": "1.",
    "Parliament should pay": "2.",
}
_BOXED = ("Recommendations", "Parliament should act", "Parliament should pay")
_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/core\.xml"
    r"|word/(_rels/\w+\.xml\.rels|media/[\w.-]+\.(png|jpg)|theme/theme1\.xml"
    r"|(document|styles|numbering|settings|fontTable|footnotes|webSettings|(header|footer)\d+)\.xml)"
)
_HIDDEN = re.compile(
    rb"rsid|attachedTemplate|docVar|documentProtection|writeProtection|trackRevisions|w:author|"
    rb"w:mailMerge|vbaProject|w:altChunk|file://|[A-Z]:\\\\|AUTHOR|FILENAME|SHORT_TITLE|\bSESSION\b"
)
_TOLD = 6  # letters of a property that cannot stand in a file by chance


def spoiled() -> dict[str, bytes]:
    """The toolkit's own file, each time with something else wrong in it."""
    return {name: spoilt(changes) for name, changes in _SPOILED.items()} | {
        "cut off": OURS[: len(OURS) // 2],
        "of Word 97": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    }


def spoilt(changes: list[tuple[str, str, str]]) -> bytes:
    """The toolkit's own file with a few parts changed."""
    with zipfile.ZipFile(io.BytesIO(OURS)) as old:
        parts = {name: old.read(name).decode() for name in old.namelist()}
    for name, pattern, by in changes:
        assert not pattern or re.search(pattern, parts[name], re.DOTALL), pattern
        parts[name] = re.sub(pattern, by, parts[name], flags=re.DOTALL) if pattern else by
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name, text in parts.items():
            new.writestr(name, text)
    return made.getvalue()


def wrong_with(tiny: Tiny, template: bytes) -> tuple[list[str], list[str]]:
    """Builds a report in a Word file: why it was refused, if it was, and else what is wrong with the report."""
    tiny.section("300-law", TEXT)
    folder = tiny.project / "templates"
    folder.mkdir(exist_ok=True)
    (folder / "reference.docx").write_bytes(template)
    built = tiny.build("docx")
    if not built.succeeded:
        return [item.message for item in built.diagnostics if item.severity == "error"], []
    data = tiny.read("docx")
    return [], [*_of_look(Word(data)), *_of_parts(data, template)]


class Word:
    """A finished Word file, as a word processor reads it."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        self.document = etree.fromstring(parts["word/document.xml"])
        self.notes = etree.fromstring(parts["word/footnotes.xml"])
        self.styles = {
            item.get(f"{W}styleId"): item
            for item in etree.fromstring(parts["word/styles.xml"]).iter(f"{W}style")
        }
        lists = etree.fromstring(parts["word/numbering.xml"])
        self.definitions = {
            item.get(f"{W}abstractNumId"): item for item in lists.iter(f"{W}abstractNum")
        }
        self.lists = {
            item.get(f"{W}numId"): item.find(f"{W}abstractNumId").get(f"{W}val")
            for item in lists.iter(f"{W}num")
        }

    def looked(self, paragraph: Any, path: str) -> Any:
        """A property of a paragraph: its own, or that of its style or of those which that is based on."""
        own = paragraph.find(f"{W}pPr/{path}")
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        style = self.styles.get(named.get(f"{W}val")) if named is not None else None
        while own is None and style is not None:
            own = style.find(f"{W}pPr/{path}")
            based = style.find(f"{W}basedOn")
            style = self.styles.get(based.get(f"{W}val")) if based is not None else None
        return own

    def numbers(self) -> Iterator[tuple[str, str]]:
        """Each paragraph's words, and the sign or number that its list puts before them."""
        counts: Counter[tuple[str, int]] = Counter()
        for paragraph in self.document.iter(f"{W}p"):
            words = "".join(item.text or "" for item in paragraph.iter(f"{W}t"))
            entry = self.looked(paragraph, f"{W}numPr/{W}numId")
            held = self.lists.get(entry.get(f"{W}val")) if entry is not None else None
            if held is None:
                yield words, ""
                continue
            at = self.looked(paragraph, f"{W}numPr/{W}ilvl")
            level = int(at.get(f"{W}val")) if at is not None else 0
            counts[held, level] += 1
            for below in range(level + 1, 9):
                if self._restarts(held, below):
                    counts[held, below] = 0
            pattern = self._level(held, level).find(f"{W}lvlText").get(f"{W}val")
            yield words, pattern.replace(f"%{level + 1}", str(counts[held, level]))

    def _level(self, held: str, level: int) -> Any:
        return self.definitions[held].find(f"{W}lvl[@{W}ilvl='{level}']")

    def _restarts(self, held: str, level: int) -> bool:
        found = self._level(held, level)
        never = found.find(f"{W}lvlRestart") if found is not None else None
        return never is None or never.get(f"{W}val") != "0"


def _of_look(word: Word) -> Iterator[str]:
    seen = list(word.numbers())
    for words, number in NUMBERS.items():
        found = [sign for text, sign in seen if words in text]
        if found != [number]:
            yield f"'{words}' is numbered {found}, not {number}"
    if [sign for text, sign in seen if "An item" in text] in ([], [""]):
        yield "the list has no bullet"
    for paragraph in word.document.iter(f"{W}p"):
        text = "".join(item.text or "" for item in paragraph.iter(f"{W}t"))
        if text.startswith(_BOXED):
            frame = word.looked(paragraph, f"{W}pBdr")
            sides = {etree.QName(side).localname for side in frame} if frame is not None else set()
            if not {"left", "right"} <= sides and word.looked(paragraph, f"{W}shd") is None:
                yield f"'{text}' stands in no box"
    if not list(word.document.iter(f"{W}tbl")):
        yield "the table is lost"
    if "A note stands below" not in "".join(word.notes.itertext()):
        yield "the footnote is lost"
    for tag in ("pStyle", "rStyle", "tblStyle"):
        for item in word.document.iter(f"{W}{tag}"):
            if item.get(f"{W}val") not in word.styles:
                yield f"the style {item.get(f'{W}val')} does not exist"


def _of_parts(data: bytes, template: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, read in parts.items():
        if not _PARTS.fullmatch(name):
            yield f"the part {name} came over"
        for found in set(_HIDDEN.findall(read)) if name.endswith((".xml", ".rels")) else ():
            yield f"{name} holds {found.decode()}"
    everything = b"\n".join(parts.values()).decode("utf-8", "replace")
    yield from (
        f"the property '{words}' came over"
        for words in _properties(template)
        if words in everything
    )


def _properties(template: bytes) -> set[str]:
    """What the Word file says of its makers, but for words such as "Default", which every file holds."""
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        looks = [name for name in archive.namelist() if re.match("word/(styles|theme)", name)]
        usual = (
            "Office Theme"
            + b"".join(archive.read(name) for name in ("[Content_Types].xml", *looks)).decode()
        )
        named = [archive.read(name) for name in archive.namelist() if name.startswith("docProps/")]
        found = {
            text.strip()
            for data in named
            if data.startswith(b"<")
            for text in etree.fromstring(data).itertext()
        }
    return {text for text in found if len(text) >= _TOLD and text not in usual}


def turned_round(data: bytes) -> bytes:
    """The same Word file with everything that the schema wants in an order the other way round, sides called
    by where a line starts, switches spelt out, and things among them that no program knows."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            root = etree.fromstring(old.read(name))
            for holder in list(root.iter(*(f"{W}{kind}" for kind in _ORDERED))):
                holder[:] = sorted(holder, key=lambda item: item.tag, reverse=True)
                etree.SubElement(holder, f"{W}unheardOf")
            for item in list(
                root.iter(f"{W}jc", f"{W}lvlJc", f"{W}tab", f"{W}ind", f"{W}tblHeader")
            ):
                item.attrib.update({key: _LOCAL.get(text, text) for key, text in item.items()})
                for key, by in (("left", "start"), ("right", "end")):
                    if W + key in item.attrib:
                        item.set(W + by, item.attrib.pop(W + key))
            new.writestr(name, etree.tostring(root))
    return made.getvalue()


_ORDERED = ("pPr", "rPr", "lvl", "style", "sectPr", "tblPr", "tblBorders", "pBdr", "docDefaults")
_LOCAL = {"left": "start", "right": "end"}
