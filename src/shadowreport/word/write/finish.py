"""Finishes the Word file that pandoc wrote: what only the whole package shows, and what must not leave.

A list of small steps, each over the package's parts; then a new zip with fixed dates and order, so
that the same report always gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shadowreport.core.style import COLOURS, Style
from shadowreport.word.names import NAMESPACES, etree
from shadowreport.word.ours import count_of
from shadowreport.word.write.boxes import set_boxes
from shadowreport.word.write.fonts import set_fonts, set_links
from shadowreport.word.write.framed import EMU, fit
from shadowreport.word.write.looks import set_looks
from shadowreport.word.write.numbers import set_numbers
from shadowreport.word.write.order import put
from shadowreport.word.write.right_to_left import turn
from shadowreport.word.write.tables import (
    LIST_HANGING,
    LIST_INDENT,
    SetTable,
    set_tables,
    text_height,
)
from shadowreport.word.write.zip import MissingPart, Parts

_W = f"{{{NAMESPACES['w']}}}"
_DC = {
    **{prefix: NAMESPACES[prefix] for prefix in ("cp", "dc", "dcterms")},
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FOOTER = re.compile(r"word/footer\d*\.xml")
_TWIPS = 1440 / 25.4  # a millimetre, in twentieths of a point
_HIGHEST = 0.85  # a picture, in the height of the text; templates/report.typ has the same
_COLOURED = re.compile(r"word/(?:document|styles|numbering|footnotes|header\d*|footer\d*)\.xml")
_DROPPED = ("word/comments.xml", "docProps/app.xml", "docProps/custom.xml", "word/webSettings.xml")


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself. The `first_` numbers are where its counting begins."""

    title: str
    subject: str
    language: str
    direction: str
    script: str
    font: str  # for letters of that script; empty where the usual one has them
    date: str
    head: Mapping[str, str]  # its start and its end
    picture: str  # the word for one
    numbers: Sequence[str] = ()  # of the paragraphs that Word counts
    first_note: int = 1
    first_captions: Mapping[str, int] = field(default_factory=dict)  # by kind: tbl, fig
    has_cover: bool = True
    across: bool = False  # all pages lie across
    tables: Sequence[SetTable] = ()
    edition: str = ""
    style: Style = field(default_factory=Style)


def finish(data: bytes, reference: bytes, properties: Properties) -> bytes:
    """The finished file: numbered bookmarks, marked tables, whole boxes, a running head, properties
    without an author, no comments part, no revision ids, no clock times."""
    package = Parts(data, made=True)
    package["word/settings.xml"] = Parts(reference)["word/settings.xml"]
    for step in _STEPS:
        step(package, properties)
    return package.packed()


def _bookmarks(package: Parts, _properties: Properties) -> None:
    names: dict[str, str] = {}
    for number, start in enumerate(package.tree("word/document.xml").iter(_W + "bookmarkStart"), 1):
        names[start.get(_W + "name")] = str(number)
        names[start.get(_W + "id")] = names.get(start.get(_W + "id"), str(number))
        start.set(_W + "id", str(number))
    for end in package.tree("word/document.xml").iter(_W + "bookmarkEnd"):
        end.set(_W + "id", names[end.get(_W + "id")])


def _tables(package: Parts, properties: Properties) -> None:
    set_tables(package.tree("word/document.xml"), properties.tables)


def _boxes(package: Parts, _properties: Properties) -> None:
    set_boxes(package)


def _pictures(package: Parts, properties: Properties) -> None:
    """pandoc describes a picture a second time by its address, which is the whole picture: what a
    reader is told of it stands there instead (20.2.2.3). None is higher than a page with its caption."""
    section = list(package.tree("word/document.xml").iter(_W + "sectPr"))[-1]
    most = round(_HIGHEST * text_height(section) * EMU)
    for count, drawing in enumerate(package.tree("word/document.xml").iter(_W + "drawing"), 1):
        for inline in drawing:  # LibreOffice takes 3 mm where the distance to the text is left out
            for side in ("distT", "distB", "distL", "distR"):
                inline.set(side, inline.get(side, "0"))
        outer = next(drawing.iter(f"{{{NAMESPACES['wp']}}}docPr"))
        inner = list(drawing.iter(f"{{{NAMESPACES['pic']}}}cNvPr"))
        for item in (outer, *inner):
            item.set("descr", outer.get("descr", ""))
            item.set("name", f"{properties.picture} {count}")  # Word lists pictures by it
        fit(drawing, "cy", most)


def _lists(package: Parts, _properties: Properties) -> None:
    """Lists stand below the text of their paragraph, not below its number."""
    root = package.tree("word/numbering.xml")
    for definition in root.iter(_W + "abstractNum"):
        levels = list(definition.iter(_W + "lvl"))
        if levels and levels[0].find(_W + "pStyle") is not None:
            continue
        for index, level in enumerate(levels):
            indent = level.find(f"{_W}pPr/{_W}ind")
            if indent is not None:
                indent.set(_W + "left", str(LIST_INDENT + LIST_HANGING * (index + 1)))
                indent.set(_W + "hanging", str(LIST_HANGING))


def _numbers(package: Parts, properties: Properties) -> None:
    set_numbers(package, properties.style, properties.numbers)


def _running_head(package: Parts, properties: Properties) -> None:
    words = {"SHORT_TITLE": properties.head["start"], "SESSION": properties.head["end"]}
    heads = [name for name in package.names() if re.fullmatch(r"word/header\d*\.xml", name)]
    if properties.edition and not heads:
        raise MissingPart("has no header in which the edition could be named on each page")
    for name in heads + [name for name in package.names() if _FOOTER.fullmatch(name)]:
        for paragraph in package.tree(name).iter(_W + "p"):
            _fill(paragraph, words)
            if not any(words.values()) and not "".join(paragraph.itertext()).strip():
                _unruled(paragraph)
    for name in heads:
        if properties.edition:
            package.tree(name).append(_edition(properties.edition))
    if not properties.has_cover:
        for element in list(package.tree("word/document.xml").iter(_W + "titlePg")):
            element.getparent().remove(element)


def _unruled(paragraph: Any) -> None:
    """Takes the rule of its style from a running head without words."""
    properties = paragraph.find(_W + "pPr")
    if properties is None or properties.find(_W + "pBdr") is not None:
        return
    put(put(properties, "w:pBdr"), "w:bottom").set(_W + "val", "nil")


def _fill(paragraph: Any, words: Mapping[str, str]) -> None:
    """Puts words in the place of their names; Word tears a name where it sees a slip of spelling."""
    texts = list(paragraph.iter(_W + "t", _W + "tab"))
    joined = "".join(text.text or " " for text in texts)
    # from the end, so that places before stay where they are
    for place in reversed(
        list(re.finditer(rf"(?<![A-Za-z_])(?:{'|'.join(words)})(?![A-Za-z_])", joined))
    ):
        at, left = 0, words[place[0]]
        for text in texts:
            start, at = at, at + len(text.text or " ")
            inside = range(max(start, place.start()), min(at, place.end()))
            if not inside:
                continue
            old = text.text
            text.text = old[: inside.start - start] + left + old[inside.stop - start :]
            left = ""
            if text.text != text.text.strip():
                text.set(_SPACE, "preserve")


def _edition(name: str) -> Any:
    """A line that says on each page which edition it is of."""
    paragraph = etree.Element(_W + "p")
    look = etree.SubElement(paragraph, _W + "pPr")
    etree.SubElement(look, _W + "jc").set(_W + "val", "center")
    run = etree.SubElement(paragraph, _W + "r")
    letters = etree.SubElement(run, _W + "rPr")
    etree.SubElement(letters, _W + "b")
    etree.SubElement(letters, _W + "color").set(_W + "val", "9B1C1C")
    etree.SubElement(letters, _W + "sz").set(_W + "val", "19")
    etree.SubElement(run, _W + "t").text = name
    return paragraph


def _colours(package: Parts, properties: Properties) -> None:
    """The toolkit's colours become those of the report, wherever they stand."""
    changed = {
        COLOURS[name]: value
        for name, value in properties.style.colours.items()
        if value != COLOURS[name]
    }
    for name in package.names() if changed else ():
        if not _COLOURED.fullmatch(name):
            continue
        for element in package.tree(name).iter():
            for key, value in element.attrib.items():
                if str(value).upper() in changed:
                    element.set(key, changed[str(value).upper()])


def _looks(package: Parts, properties: Properties) -> None:
    set_looks(package, properties.style)


def _fonts(package: Parts, properties: Properties) -> None:
    set_fonts(package, properties.style)
    set_links(package, properties.style)


def _page(package: Parts, properties: Properties) -> None:
    """Paper and margins."""
    style, across = properties.style, properties.across
    if style == Style() and not across:
        return
    _set_pages(package, style, across=across)
    settings = package.tree("word/settings.xml")
    if style.two_sided:
        put(settings, "w:mirrorMargins")
    _move_tabs(package, style.measure(across=across) - Style().measure())


def on_pages(reference: bytes, style: Style, *, across: bool) -> bytes:
    """The file whose styles a report takes, with the report's paper and margins: by its own pandoc would
    measure how wide a picture is."""
    if style == Style() and not across:
        return reference
    package = Parts(reference)
    _set_pages(package, style, across=across)
    return package.packed()


def _set_pages(package: Parts, style: Style, *, across: bool) -> None:
    lengths = [str(round(length * _TWIPS)) for length in style.size]
    for section in package.tree("word/document.xml").iter(_W + "sectPr"):
        size, margins = section.find(_W + "pgSz"), section.find(_W + "pgMar")
        if size is not None:
            for key, value in zip("wh", reversed(lengths) if across else lengths, strict=True):
                size.set(_W + key, value)
            if across:
                size.set(_W + "orient", "landscape")
        if margins is not None:
            for side, width in style.margins.items():
                margins.set(_W + side, str(round(width * _TWIPS)))
            for head, side in (("header", "top"), ("footer", "bottom")):  # within a narrow margin
                most = round(style.margins[side] * _TWIPS / 2)
                margins.set(_W + head, str(min(int(margins.get(_W + head, most)), most)))


def _move_tabs(package: Parts, distance: float) -> None:
    """What stands at the right edge of the text goes along with it: sessions, numbers of contents."""
    shift = round(distance * _TWIPS)
    for name in package.names():
        for tab in package.tree(name).iter(_W + "tab") if _COLOURED.fullmatch(name) else ():
            if tab.get(_W + "val") == "right":
                tab.set(_W + "pos", str(int(tab.get(_W + "pos")) + shift))


def _first_numbers(package: Parts, properties: Properties) -> None:
    document = package.tree("word/document.xml")
    if properties.first_note != 1:
        for section in document.iter(_W + "sectPr"):
            notes = put(section, "w:footnotePr")
            etree.SubElement(notes, _W + "numStart").set(_W + "val", str(properties.first_note))
    for kind, number in properties.first_captions.items():
        codes = document.iter(_W + "instrText") if number != 1 else ()
        first = next((item for item in codes if count_of(kind) in (item.text or "")), None)
        if first is not None:
            first.text = f" {count_of(kind)} \\r {number} "


def _language(package: Parts, properties: Properties) -> None:
    """The language, also under the name that Word keeps for its script, with the script's font."""
    language, font = _SCRIPTS.get(properties.script, ("val", ""))
    styles = package.tree("word/styles.xml")
    for element in styles.iter(_W + "lang"):
        element.set(_W + "val", properties.language)
        element.set(_W + language, properties.language)
    for element in styles.iter(_W + "rFonts") if font and properties.font else ():
        element.set(_W + font, properties.font)


_SCRIPTS = {"arabic": ("bidi", "cs"), "han": ("eastAsia", "eastAsia")}  # 17.3.2.20, 17.3.2.26


def _direction(package: Parts, properties: Properties) -> None:
    if properties.direction == "rtl":
        turn(package)


def _metadata(package: Parts, properties: Properties) -> None:
    """Title, subject and language of the report; no author, no program, no clock time."""
    root = etree.Element(f"{{{_DC['cp']}}}coreProperties", nsmap=_DC)
    for name, value in (
        ("title", properties.title),
        ("subject", properties.subject),
        ("creator", ""),
        ("language", properties.language),
    ):
        etree.SubElement(root, f"{{{_DC['dc']}}}{name}").text = value
    for name in ("created", "modified"):
        element = etree.SubElement(root, f"{{{_DC['dcterms']}}}{name}")
        element.set(f"{{{_DC['xsi']}}}type", "dcterms:W3CDTF")
        element.text = f"{_day(properties.date)}T00:00:00Z"
    package.put_tree("docProps/core.xml", root)


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return "1980-01-01"


def _drop_parts(package: Parts, _properties: Properties) -> None:
    """An empty comments part, a made-up application name and empty properties leave with no reader."""
    for name in _DROPPED:
        package.drop(name)
    for element in package.tree("[Content_Types].xml"):
        if (element.get("PartName") or "").removeprefix("/") in _DROPPED:
            element.getparent().remove(element)
    for relationships in ("_rels/.rels", "word/_rels/document.xml.rels"):
        folder = "word/" if relationships.startswith("word") else ""
        for element in package.tree(relationships):
            if folder + element.get("Target", "") in _DROPPED:
                element.getparent().remove(element)


_STEPS: tuple[Callable[[Parts, Properties], None], ...] = (
    _bookmarks,
    _page,
    _tables,
    _boxes,
    _pictures,
    _lists,
    _numbers,
    _running_head,
    _looks,
    _colours,
    _first_numbers,
    _language,
    _fonts,
    _direction,
    _metadata,
    _drop_parts,
)
