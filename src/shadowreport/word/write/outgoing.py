"""Readies a finished Word file for authors: changes are tracked, generated tables are locked, and a
property records what it was made from. Reads that record again."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from shadowreport.word.names import Element, child, etree, name, short, value
from shadowreport.word.read.package import Package

RECORD = "shadowreport"
GENERATED = "Generated from references/: changes in this table are not brought back"

_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the one for a user's own properties
_PART = "docProps/custom.xml"
# what the schema wants before w:trackRevisions (CT_Settings, ECMA-376 part 1, 17.15.1.78)
_BEFORE_TRACKING = {
    "w:writeProtection",
    "w:view",
    "w:zoom",
    "w:removePersonalInformation",
    "w:removeDateAndTime",
}


def ready_for_authors(data: bytes, record: str) -> bytes:
    """The file with tracking switched on, generated tables locked, and the record in it."""
    parts = parts_of(data)
    settings = parsed(parts["word/settings.xml"])
    _track(settings)
    parts["word/settings.xml"] = as_bytes(settings)
    document = parsed(parts["word/document.xml"])
    for table in _generated_tables(document):
        _lock(table)
    parts["word/document.xml"] = as_bytes(document)
    _put_record(parts, record)
    return packed(parts)


def record_of(package: Package) -> str:
    """The record in a file; empty where there is none. Raises Failure for a damaged part."""
    for item in package.related("").values():
        if item.kind == "custom-properties" and not item.external and item.target in package:
            for entry in package.tree(item.target):
                if entry.get("name") == RECORD and len(entry):
                    return entry[0].text or ""
    return ""


def _track(settings: Element) -> None:
    if child(settings, "w:trackRevisions") is None:
        at = sum(short(item) in _BEFORE_TRACKING for item in settings)
        settings.insert(at, etree.Element(name("w:trackRevisions")))


def _generated_tables(document: Element) -> list[Element]:
    """The tables that stand directly below the heading of a section."""
    found: list[Element] = []
    for table in document.iter(name("w:tbl")):
        before = table.getprevious()
        starts = before.iter(name("w:bookmarkStart")) if before is not None else ()
        if any((value(item, "w:name") or "").startswith("sec_") for item in starts):
            found.append(table)
    return found


def _lock(table: Element) -> None:
    control = etree.Element(name("w:sdt"))
    properties = etree.SubElement(control, name("w:sdtPr"))
    for tag, text in (
        ("w:alias", GENERATED),
        ("w:tag", "generated"),
        ("w:lock", "sdtContentLocked"),
    ):
        etree.SubElement(properties, name(tag)).set(name("w:val"), text)
    table.addprevious(control)
    etree.SubElement(control, name("w:sdtContent")).append(table)


def _put_record(parts: dict[str, bytes], record: str) -> None:
    root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={None: _PROPERTIES, "vt": _VALUES})
    entry = etree.SubElement(
        root, f"{{{_PROPERTIES}}}property", fmtid=_FORMAT_ID, pid="2", name=RECORD
    )
    etree.SubElement(entry, f"{{{_VALUES}}}lpwstr").text = record
    parts[_PART] = as_bytes(root)
    kinds = parsed(parts["[Content_Types].xml"])
    etree.SubElement(kinds, name("ct:Override"), PartName=f"/{_PART}", ContentType=_TYPE)
    parts["[Content_Types].xml"] = as_bytes(kinds)
    related = parsed(parts["_rels/.rels"])
    etree.SubElement(related, name("rel:Relationship"), Id="rIdRecord", Type=_KIND, Target=_PART)
    parts["_rels/.rels"] = as_bytes(related)


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a package of our own making."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {item: archive.read(item) for item in archive.namelist()}


def parsed(data: bytes) -> Any:
    """The root of a part."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(data, parser)


def as_bytes(root: Any) -> bytes:
    """A part from its root."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip that depends on its content alone."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for item in sorted(parts, key=lambda item: (item != "[Content_Types].xml", item)):
            info = zipfile.ZipInfo(item, (1980, 1, 1, 0, 0, 0))
            archive.writestr(info, parts[item], zipfile.ZIP_DEFLATED, 6)
    return output.getvalue()
