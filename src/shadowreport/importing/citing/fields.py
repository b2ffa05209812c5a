"""The fields in which Zotero, Mendeley, EndNote and Word itself keep citations, with their data."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shadowreport.importing.citing.xml_sources import endnote_citations

Source = Mapping[str, Any]  # what is known of a source, in CSL's terms

_LIST = re.compile(
    r"\s*(?:ADDIN\s+(?:ZOTERO_BIBL|Mendeley Bibliography|EN\.REFLIST)|BIBLIOGRAPHY)\b"
)
_CSL = re.compile(r"\s*ADDIN\s+(?:ZOTERO_ITEM\s+)?CSL_CITATION\b")
_MENDELEY = "MENDELEY_CITATION_v3_"
_WORD = re.compile(r"\s*CITATION\s+\S")
_SWITCH = re.compile(r"\\([a-z])\s*(\"[^\"]*\"|[^\s\\]*)")


@dataclass(frozen=True, slots=True)
class Cited:
    """A source that a citation names, and what the citation says beside."""

    source: Source
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""


def is_list_of_sources(instruction: str) -> bool:
    """Whether a field is the list of all sources that were cited."""
    return bool(_LIST.match(instruction))


def is_citation(instruction: str) -> bool:
    """Whether a field is a citation."""
    endnote = re.match(r"\s*ADDIN\s+EN\.CITE\b", instruction)
    return bool(
        _CSL.match(instruction)
        or instruction.startswith(_MENDELEY)
        or endnote
        or _WORD.match(instruction)
    )


def cited_in(instruction: str, known: Mapping[str, Source]) -> list[Cited]:
    """What a field cites; `known` are Word's own sources by their tags. Empty where it holds no data of
    a source, or none that could be read."""
    if _CSL.match(instruction):
        return list(_csl(instruction[instruction.find("{") :]))
    if instruction.startswith(_MENDELEY):
        packed = instruction.removeprefix(_MENDELEY)
        try:
            return list(_csl(base64.b64decode(packed + "=" * (-len(packed) % 4)).decode()))
        except (binascii.Error, UnicodeDecodeError):
            return []
    if _WORD.match(instruction):
        return _words(instruction, known)
    return [Cited(source, pages) for source, pages in endnote_citations(instruction)]


def _csl(text: str) -> Iterator[Cited]:
    try:
        data, _ = json.JSONDecoder().raw_decode(text)
        items = data["citationItems"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return
    for item in items if isinstance(items, list) else ():
        source = item.get("itemData") if isinstance(item, dict) else None
        if not isinstance(source, dict):
            return
        said = {name: str(item.get(name) or "") for name in ("locator", "prefix", "suffix")}
        yield Cited(source, label=str(item.get("label") or "page"), **said)


def _words(instruction: str, known: Mapping[str, Source]) -> list[Cited]:
    """CITATION Tag \\p 12 \\m Another (ECMA-376 part 1, 17.16.5.7): each \\m begins another source."""
    found: list[Cited] = []
    for part in re.split(r"\\m\s+", re.sub(r"^\s*CITATION\s+", "", instruction)):
        tag, _, rest = part.strip().partition(" ")
        source = known.get(tag.lower())
        if source is None:
            return []
        said = {switch: text.strip('"') for switch, text in _SWITCH.findall(rest)}
        more = said.get("f", ""), said.get("s", "")
        found.append(Cited(source, said.get("p", ""), "page", *more))
    return found
