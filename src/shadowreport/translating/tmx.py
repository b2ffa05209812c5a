"""TMX 1.4, the memory of former translations that translators' tools load beside the file to translate.

Elements and attributes after TMX 1.4b (LISA, 26 April 2005): a `<tu>` for each text, `<ph>` for a tag that stands
alone, `<bpt>` and `<ept>` for a pair. Only what is up to date stands in it: a former translation of a text that has
changed since belongs to words that nobody prints any more, and goes beside its text, in the file to translate.
"""

from __future__ import annotations

from typing import Any

from shadowreport import __version__
from shadowreport.translating.segments import Row, Tag, shown
from shadowreport.translating.wanted import Work
from shadowreport.word.names import etree

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def written(work: Work) -> bytes:
    """All that a version says already, beside the original's words."""
    root = etree.Element("tmx", {"version": "1.4"})
    header = {
        "creationtool": "shadowreport",
        "creationtoolversion": __version__,
        "segtype": "paragraph",
        "o-tmf": "shadowreport",
        "adminlang": "en",
        "srclang": work.source,
        "datatype": "xml",
    }
    etree.SubElement(root, "header", header)
    body = etree.SubElement(root, "body")
    segments: list[tuple[Any, Row]] = []
    for known in work.memory:
        unit = etree.SubElement(body, "tu", {"tuid": known.name})
        for language, row in ((work.source, known.original), (work.target, known.translation)):
            side = etree.SubElement(unit, "tuv", {_LANGUAGE: language})
            segments.append((etree.SubElement(side, "seg"), row))
    etree.indent(root)  # before there is text: white space inside of it would be text
    for segment, row in segments:
        _content(segment, row)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _content(segment: Any, row: Row) -> None:
    segment.text = ""
    for part in row:
        if isinstance(part, Tag):
            _tag(segment, part).text = shown(part)
        elif len(segment):
            segment[-1].tail = (segment[-1].tail or "") + part
        else:
            segment.text += part


def _tag(segment: Any, tag: Tag) -> Any:
    number = str(tag.number)
    if tag.role == "alone":
        return etree.SubElement(segment, "ph", {"x": number})
    if tag.role == "open":
        return etree.SubElement(segment, "bpt", {"i": number, "x": number})
    return etree.SubElement(segment, "ept", {"i": number})
