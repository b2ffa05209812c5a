"""Sources that are kept as XML: EndNote's in its fields, Word's in a part beside the text; in CSL's terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from shadowreport.core.problems import Failure
from shadowreport.word.names import Element, etree
from shadowreport.word.read.package import Package

_B = "{http://schemas.openxmlformats.org/officeDocument/2006/bibliography}"
# Office's kinds of sources (ECMA-376 part 1, 22.6.2.60) and EndNote's, as CSL calls them
_TYPES = {
    **{"book": "book", "booksection": "chapter", "journalarticle": "article-journal"},
    **{"articleinaperiodical": "article-magazine", "conferenceproceedings": "paper-conference"},
    **{"report": "report", "internetsite": "webpage", "documentfrominternetsite": "webpage"},
    **{"electronicsource": "webpage", "film": "motion_picture", "interview": "interview"},
    **{"case": "legal_case", "patent": "patent", "soundrecording": "song", "art": "graphic"},
    **{"edited book": "book", "book section": "chapter", "journal article": "article-journal"},
    **{"newspaper article": "article-newspaper", "web page": "webpage", "thesis": "thesis"},
    **{"government document": "report", "statute": "legislation", "bill": "bill"},
}
_FIELDS = {
    **{"Title": "title", "ShortTitle": "title-short", "City": "publisher-place"},
    **{"Publisher": "publisher", "Institution": "publisher", "JournalName": "container-title"},
    **{"BookTitle": "container-title", "InternetSiteTitle": "container-title", "URL": "URL"},
    **{"PeriodicalTitle": "container-title", "Volume": "volume", "Issue": "issue"},
    **{"Pages": "page", "Edition": "edition", "Court": "authority", "CaseNumber": "number"},
    **{"StandardNumber": "ISBN", "DOI": "DOI", "ThesisType": "genre"},
}
_RECORD = {
    **{"titles/title": "title", "titles/secondary-title": "container-title", "pages": "page"},
    **{"volume": "volume", "number": "issue", "pub-location": "publisher-place"},
    **{"publisher": "publisher", "isbn": "ISBN", "edition": "edition"},
    **{"urls/related-urls/url": "URL", "electronic-resource-num": "DOI"},
}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def word_sources(package: Package) -> dict[str, Mapping[str, Any]]:
    """The sources that Word keeps in a file for its own citations, by their tags in small letters."""
    found: dict[str, Mapping[str, Any]] = {}
    for part in package.names():
        if re.fullmatch(r"customXml/item\d+\.xml", part):
            try:
                root = package.tree(part)
            except Failure:
                continue  # it is no text of the file
            for item in root.iter(f"{_B}Source"):
                found[_said(item, "Tag").lower()] = _office(item)
    return found


def _said(item: Element, name: str) -> str:
    return " ".join((item.findtext(_B + name) or "").split())


def _office(item: Element) -> dict[str, Any]:
    kind = _TYPES.get(_said(item, "SourceType").lower(), "document")
    found: dict[str, Any] = {"type": kind}
    for name, key in _FIELDS.items():
        if _said(item, name):
            found.setdefault(key, _said(item, name))
    for role in ("Author", "Editor"):
        people = item.find(f"{_B}Author/{_B}{role}")
        if people is not None and (names := list(_people(people))):
            found[role.lower()] = names
    for key, end in (("issued", ""), ("accessed", "Accessed")):
        parts = [_said(item, name + end) for name in ("Year", "Month", "Day")]
        if parts[0].isdigit():
            found[key] = {"date-parts": [_day(parts)]}
    return found


def _people(role: Element) -> Iterator[dict[str, str]]:
    if corporate := _said(role, "Corporate"):
        yield {"literal": corporate}
    for person in role.iter(f"{_B}Person"):
        given = " ".join(filter(None, (_said(person, "First"), _said(person, "Middle"))))
        yield {"family": _said(person, "Last"), **({"given": given} if given else {})}


def _day(parts: list[str]) -> list[int]:
    year, month, day = parts
    number = int(month) if month.isdigit() else 0
    if month[:3].lower() in _MONTHS:
        number = _MONTHS.index(month[:3].lower()) + 1
    row = [int(year), number, int(day) if day.isdigit() else 0]
    return row[: row.index(0)] if 0 in row else row


def endnote_citations(instruction: str) -> Iterator[tuple[dict[str, Any], str]]:
    """The sources of an EndNote field, with the pages that it cites."""
    start = instruction.find("<EndNote>")
    if start < 0:
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(instruction[start:].strip(), parser)
    except etree.XMLSyntaxError:
        return
    for cite in root.iter("Cite"):
        record = cite.find("record")
        if record is not None:
            yield _record(record), (cite.findtext("Pages") or "").strip()


def _record(record: Element) -> dict[str, Any]:
    """A record of EndNote; its texts stand in elements that tell the font."""
    kind = record.find("ref-type")
    name = kind.get("name") or "" if kind is not None else ""
    found: dict[str, Any] = {"type": _TYPES.get(name.lower(), "document")}
    for path, key in _RECORD.items():
        if (item := record.find(path)) is not None and (text := _inside(item)):
            found[key] = text
    for role, path in (("author", "authors"), ("editor", "secondary-authors")):
        people = record.find(f"contributors/{path}")
        names = [_inside(person) for person in people] if people is not None else []
        if names:
            found[role] = [_person(name) for name in names]
    year = record.find("dates/year")
    if year is not None and _inside(year):
        found["issued"] = {"literal": _inside(year)}
    return found


def _inside(item: Element) -> str:
    return " ".join("".join(item.itertext()).split())


def _person(name: str) -> dict[str, str]:
    family, comma, given = name.partition(",")
    if not comma or not given.strip():
        return {"literal": family.strip()}
    return {"family": family.strip(), "given": given.strip()}
