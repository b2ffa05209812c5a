"""A Word file from nothing, which tells only what is put into it: python-docx's own begins with another
program's name, the day on which that was used, and a picture of its page."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from shadowreport.word.write.zip import Parts

_KEPT = ("officeDocument", "core-properties")  # of what belongs to the package


def blank(title: str, language: str) -> Any:
    """A document of python-docx without text."""
    document: Any = Document()
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if not relation.reltype.endswith(_KEPT):
            del package.rels[key]
    properties = document.core_properties
    properties.author = properties.comments = properties.last_modified_by = ""
    properties.title, properties.language = title, language
    times = [properties._element.find(qn(name)) for name in ("dcterms:created", "dcterms:modified")]
    rsids = document.settings.element.find(qn("w:rsids"))
    for element in (*times, rsids):
        element.getparent().remove(element)
    return document


def packed(document: Any) -> bytes:
    """The file: the same document gives the same bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return Parts(stream.getvalue()).packed()  # python-docx stamps its zip with the present time
