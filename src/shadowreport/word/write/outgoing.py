"""Readies a finished Word file for authors: changes are tracked, generated tables are locked, and a
property records what it was made from. Reads that record again."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from shadowreport.word.names import Element, etree, name, value
from shadowreport.word.ours import id_of
from shadowreport.word.read.package import Package
from shadowreport.word.write.order import put
from shadowreport.word.write.zip import Parts

RECORD = "shadowreport"

_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the one for a user's own properties
_PART = PackURI("/docProps/custom.xml")


def ready_for_authors(data: bytes, record: str, generated: str) -> bytes:
    """The file with tracking switched on, generated tables locked, which say so in the words `generated`,
    and the record in it."""
    document: Any = Document(io.BytesIO(data))
    put(document.settings.element, "w:trackRevisions")
    for table in _generated_tables(document.element):
        _lock(table, generated)
    _put_record(document.part.package, record)
    saved = io.BytesIO()
    document.save(saved)
    return Parts(saved.getvalue()).packed()  # python-docx stamps its zip with the present time


def record_of(package: Package) -> str:
    """The record in a file; empty where there is none. Raises Failure for a damaged part."""
    for item in package.related("").values():
        if item.kind == "custom-properties" and not item.external and item.target in package:
            for entry in package.tree(item.target):
                if entry.get("name") == RECORD and len(entry):
                    return entry[0].text or ""
    return ""


def _generated_tables(document: Element) -> list[Element]:
    """The tables that stand directly below the heading of a section."""
    found: list[Element] = []
    for table in document.iter(name("w:tbl")):
        before = table.getprevious()
        starts = before.iter(name("w:bookmarkStart")) if before is not None else ()
        if any(id_of(value(item, "w:name") or "", "sec") for item in starts):
            found.append(table)
    return found


def _lock(table: Element, said: str) -> None:
    control = etree.Element(name("w:sdt"))
    properties = etree.SubElement(control, name("w:sdtPr"))
    for tag, text in (
        ("w:alias", said),
        ("w:tag", "generated"),
        ("w:lock", "sdtContentLocked"),
    ):
        etree.SubElement(properties, name(tag)).set(name("w:val"), text)
    table.addprevious(control)
    etree.SubElement(control, name("w:sdtContent")).append(table)


def _put_record(package: Any, record: str) -> None:
    root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={None: _PROPERTIES, "vt": _VALUES})
    entry = etree.SubElement(
        root, f"{{{_PROPERTIES}}}property", fmtid=_FORMAT_ID, pid="2", name=RECORD
    )
    etree.SubElement(entry, f"{{{_VALUES}}}lpwstr").text = record
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    kind = CONTENT_TYPE.OFC_CUSTOM_PROPERTIES
    package.relate_to(Part(_PART, kind, data, package), RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
