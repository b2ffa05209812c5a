"""XLIFF 2.0, the file that translators' tools read and write.

Elements and attributes after the OASIS Standard of 5 August 2014: a unit for each text, `<ph>` and `<pc>` for
its tags. What they stand for stays at home: it is nothing to translate, and may say what is withheld. Tools
may divide a text into several segments, write `<sc>` and `<ec>` for a pair, and put annotations around
words; all of it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from shadowreport.core.lexicon import Language
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.translating.returned import Returned, Unit, tidy
from shadowreport.translating.segments import Code, Row, Segment, Tag, shown
from shadowreport.translating.told import code_called
from shadowreport.translating.wanted import NOTES, Part, Wanted, Work
from shadowreport.word.names import etree

_NS = "urn:oasis:names:tc:xliff:document:2.0"
_Q = f"{{{_NS}}}"
_DONE = ("translated", "reviewed", "final")
_TYPES = {  # what a tool shows of a pair
    "italics": {"type": "fmt", "subType": "xlf:i"},
    "bold": {"type": "fmt", "subType": "xlf:b"},
    "a link": {"type": "link"},
}
_KEEP = {"canCopy": "no", "canDelete": "no"}


def written(work: Work) -> bytes:
    """The file for translators."""
    root = etree.Element(
        f"{_Q}xliff",
        {"version": "2.0", "srcLang": work.source, "trgLang": work.target},
        nsmap={None: _NS},
    )
    texts = [text for part in work.parts for text in _part(root, part)]
    words = work.words
    etree.indent(root)  # before there is text: white space inside of it would be text
    for element, row, segment in texts:
        _content(element, row, segment, words)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


_Text = tuple[Any, Row, Segment]


def _part(root: Any, part: Part) -> list[_Text]:
    file = _add(root, "file", {"id": part.name, "original": part.file})
    return [item for text in part.texts for item in _unit(file, text)]


def _unit(file: Any, wanted: Wanted) -> Iterator[_Text]:
    segment = wanted.segment
    unit = _add(file, "unit", {"id": segment.id})
    notes = _add(unit, "notes", {})
    for category, text in wanted.notes:
        _add(notes, "note", {"category": category}).text = text
    own = _add(unit, "segment", {"state": "initial"})
    yield _add(own, "source", {}), segment.row, segment
    if wanted.former:
        yield _add(own, "target", {}), wanted.former, segment


def _add(parent: Any, name: str, attributes: dict[str, str]) -> Any:
    return etree.SubElement(parent, f"{_Q}{name}", attributes)


def _content(parent: Any, row: Row, segment: Segment, words: Language) -> None:
    at = parent
    last: Any = None
    for part in row:
        if isinstance(part, Tag) and part.role == "close":
            at, last = at.getparent(), at
        elif isinstance(part, Tag):
            element = _code(at, part, segment.codes[part.number - 1], words)
            at, last = (element, None) if part.role == "open" else (at, element)
        elif last is None:
            at.text = part
        else:
            last.tail = part


def _code(parent: Any, tag: Tag, code: Code, words: Language) -> Any:
    number = str(tag.number)
    if tag.role == "alone":
        told = f"{shown(tag)} {code_called(code.what, words)}"
        return _add(parent, "ph", {"id": number, "disp": told} | _KEEP)
    return _add(parent, "pc", {"id": number} | _TYPES.get(code.what, {}) | _KEEP)


# --- and back -----------------------------------------------------------------------------------


def read(data: bytes, file: str) -> Returned:
    """What a translator's file says. Raises Failure where it is none, or declares a document type."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _no_xliff(file, f"it cannot be read ({str(error)[:80]})") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _no_xliff(file, "it declares a document type, which no translator's tool does")
    if root.tag != f"{_Q}xliff":
        hint = "save it as XLIFF 2.0, as 'invoke translate' made it"
        raise _no_xliff(file, "it is another kind of file, or another version", hint)
    units = [
        _read_unit(part.get("id", ""), unit)
        for part in root.iter(f"{_Q}file")
        for unit in part.iter(f"{_Q}unit")
    ]
    remarks = [text for part in root.iter(f"{_Q}file") for text in _remarks(part)]
    return Returned(file, root.get("trgLang", ""), tuple(units), tuple(remarks))


def _no_xliff(file: str, why: str, hint: str = "ask the translator for the file again") -> Failure:
    message = f"this is no file of a translator: {why}"
    return Failure([Diagnostic("not-from-translators", Place(file), message, hint)])


def _read_unit(section: str, unit: Any) -> Unit:
    parts = [item for item in unit if item.tag in (f"{_Q}segment", f"{_Q}ignorable")]
    source = _joined(part.find(f"{_Q}source") for part in parts)
    said = [part for part in parts if not _empty(part.find(f"{_Q}target"))]
    fault = _beside(parts) or (_fault(unit, parts) if said else "")
    target = _joined(_said(part) for part in _ordered(parts)) if said and not fault else ()
    states = [part.get("state", "initial") for part in parts if part.tag == f"{_Q}segment"]
    done = bool(target) and all(state in _DONE for state in states)
    line = unit.sourceline or 1
    remarks = tuple(_remarks(unit))
    return Unit(section, unit.get("id", ""), line, source, target, done, fault, remarks)


def _remarks(parent: Any) -> Iterator[str]:
    """The notes that a translator wrote: ours are of known kinds."""
    for note in parent.iterfind(f"{_Q}notes/{_Q}note"):
        text = " ".join((note.text or "").split())
        if text and note.get("category") not in NOTES:
            yield text


def _fault(unit: Any, parts: Sequence[Any]) -> str:
    """Why a text that was divided, or that holds what XLIFF does not have, cannot be put together."""
    if unit.find(f".//{_Q}target//{_Q}cp") is not None:
        return "it holds a control character"
    inside = (item for target in unit.iterfind(f".//{_Q}target") for item in target.iter())
    strange = next((etree.QName(item).localname for item in inside if item.tag not in _KNOWN), "")
    if strange:
        return f"it holds <{strange}>, which stands for nothing of this text"
    missing = [part for part in parts if _missing(part)]
    if missing:
        return "only a part of it is translated"
    places = [_place(part, nth) for nth, part in enumerate(parts, 1)]
    return "" if len({*places}) == len(places) else "two parts of it have the same place"


def _beside(parts: Sequence[Any]) -> str:
    """That words stand where a text has none, and would get lost."""
    if any(len(part.findall(f"{_Q}{name}")) > 1 for part in parts for name in ("source", "target")):
        return "it has two translations, or two originals, of one segment"
    around = [text for part in parts for text in (part.text, *(inner.tail for inner in part))]
    stray = next((text.strip() for text in around if text and text.strip()), "")
    return f"'{stray[:40]}' stands outside of its translation" if stray else ""


def _missing(part: Any) -> bool:
    """Whether a segment has words and no translation; what stands between segments needs none."""
    wanted = part.tag == f"{_Q}segment" and not _empty(part.find(f"{_Q}source"))
    return wanted and _empty(part.find(f"{_Q}target"))


def _ordered(parts: Sequence[Any]) -> list[Any]:
    """Segments in the order of the translation, which may be another one than that of the original."""
    order = [(_place(part, nth), nth) for nth, part in enumerate(parts, 1)]
    return [parts[nth - 1] for _, nth in sorted(order)]


def _place(part: Any, nth: int) -> int:
    target = part.find(f"{_Q}target")
    return _number(target, "order") or nth if target is not None else nth


def _empty(element: Any) -> bool:
    return element is None or not _row(element)


def _said(part: Any) -> Any:
    target = part.find(f"{_Q}target")
    return part.find(f"{_Q}source") if target is None else target


def _joined(elements: Iterator[Any]) -> Row:
    return tidy([item for element in elements if element is not None for item in _parts(element)])


def _row(element: Any) -> Row:
    return tidy(list(_parts(element)))


def _parts(element: Any) -> Iterator[str | Tag]:
    yield element.text or ""
    for inner in element:
        name = etree.QName(inner).localname
        if name == "pc":
            yield Tag(_number(inner, "id"), "open")
            yield from _parts(inner)
            yield Tag(_number(inner, "id"), "close")
        elif name in _TAGS:
            role, key = _TAGS[name]
            yield Tag(_number(inner, key), role)
        elif name == "cp":
            yield ""  # a character that XML does not have, nor a report: the unit's fault
        else:  # an annotation: its words belong to the text
            yield from _parts(inner)
        yield inner.tail or ""


# what may stand in a translation: tags, and annotations around words
_KNOWN = [f"{_Q}{name}" for name in ("target", "ph", "pc", "sc", "ec", "cp", "mrk", "sm", "em")]
_TAGS: dict[str, tuple[Any, str]] = {
    "ph": ("alone", "id"),
    "sc": ("open", "id"),
    "ec": ("close", "startRef"),
}


def _number(element: Any, key: str) -> int:
    text = element.get(key) or ""
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0
