"""Frees a part of somebody's Word file of what no reader of a report should get: who wrote and
changed it, when, from where; what it would fetch; and everything that is no plain Word."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from shadowreport.word.names import NAMESPACES, Element, name, short

_KNOWN = {
    *(NAMESPACES[prefix] for prefix in ("w", "r", "m", "mc", "a", "wp", "wps", "pic", "v", "o")),
    "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "http://schemas.microsoft.com/office/word/2010/wordml",
    "urn:schemas-microsoft-com:office:word",
}
_OFFICE_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_UNWRAPPED = {"w:ins", "w:moveTo", "w:sdt", "w:sdtContent", "w:smartTag", "w:customXml"}
_DROPPED = re.compile(
    r"w:(?:del|moveFrom|proofErr|sdtPr|sdtEndPr|comment\w+|perm\w+|bookmark\w+|object|control|altChunk|"
    r"subDoc|customXml\w+|smartTagPr|move\w+Range\w+|\w+Change|rsid|nsid|tmpl|printerSettings|"
    r"numPicBullet|lvlPicBulletId|lastRenderedPageBreak|doc[VP]ar\w*)|\w+:extLst|o:OLEObject"
)
_FIELDS = {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "STYLEREF"}
_OF_OURS = re.compile(r'\s*STYLEREF\s+"?(?:(?:heading )?[1-6]\b|cover )', re.IGNORECASE)
_FILE = re.compile(r"[\\/]|\.\w{2,4}$")  # Word once gave pictures the path of their file to say
# where a shape leads to, what LibreOffice calls it, what a link says when somebody points at it
_UNTOLD = {"href", "ID", "tooltip"}
_DRAWN = {"w:object", "w:altChunk", "w:subDoc"}
_SHAPES = {"v:shape", "v:rect", "v:oval", "v:line", "v:group", "v:roundrect"}
_HOLDERS = {"w:drawing", "w:pict"}


def bare(root: Element, links: Collection[str] = ()) -> list[str]:
    """Takes out what must not leave; `links` are the relationships that may stay. What readers would
    have seen and do not see now is told."""
    told = [*_placeholders(root), *_fields(root)]
    for element in list(root.iter()):
        if not _inside(element, root):
            continue
        kind = short(element)
        if _foreign(element) or _DROPPED.fullmatch(kind):
            told += ["what another program made"] * (kind in _DRAWN)
            _take_out(element)
        elif kind in _UNWRAPPED:
            _unwrap(element)
        else:
            _attributes(element)
            told += _link(element, links)
    return told


def _inside(element: Element, root: Element) -> bool:
    return element is root or any(item is root for item in element.iterancestors())


def _foreign(element: Element) -> bool:
    return not isinstance(element.tag, str) or element.tag[1:].partition("}")[0] not in _KNOWN


def _attributes(element: Element) -> None:
    """Without revision ids, and without paths in what pictures say of themselves."""
    kind = short(element)
    for key in list(element.attrib):
        local = key.rpartition("}")[2]
        if local.startswith("rsid") or key.startswith(_OFFICE_2010) or local in _UNTOLD:
            del element.attrib[key]
        elif local in ("descr", "title", "alt") and _FILE.search(element.get(key)):
            element.set(key, "")
    if kind in ("wp:docPr", "pic:cNvPr"):
        element.set("name", "Picture")
    if kind in _SHAPES:
        element.attrib.pop("id", None)  # Word's name for it


def _link(element: Element, links: Collection[str]) -> Iterator[str]:
    """Nothing that leads to a part or an address which is not taken over."""
    lost = [
        key
        for key, value in element.attrib.items()
        if key.startswith(f"{{{NAMESPACES['r']}}}") and value not in links
    ]
    if lost == [name("r:link")] and element.get(name("r:embed")):  # the picture itself is there
        del element.attrib[lost.pop()]
    if not lost:
        return
    if short(element) == "w:hyperlink":
        _unwrap(element)
        return
    holder = next((item for item in element.iterancestors() if short(item) in _HOLDERS), None)
    if holder is not None and short(element) != "a:hlinkClick":
        yield "a picture that is no PNG or JPEG inside the file"
    _take_out(holder if holder is not None and short(element) != "a:hlinkClick" else element)


def _placeholders(root: Element) -> Iterator[str]:
    """A field to fill in that nobody has filled in, or that says a property of the file, such as its author."""
    for field in list(root.iter(name("w:sdt"))):
        empty = next(field.iter(name("w:showingPlcHdr")), None) is not None
        if empty or any(short(item).endswith("dataBinding") for item in field.iter()):
            words = "".join(item.text or "" for item in field.iter(name("w:t")))
            yield f"the {'empty field' if empty else 'field'} '{words[:40]}'"
            _take_out(field)


def _fields(root: Element) -> Iterator[str]:
    """Fields that could say a name, a path or another report's title."""
    for field in list(root.iter(name("w:fldSimple"))):
        kind = _kind(field.get(name("w:instr")) or "")
        if kind not in _FIELDS:
            yield f"the field {kind}"
            _take_out(field)
    for runs in list(_complex_fields(root)):
        words = "".join(item.text or "" for run in runs for item in run.iter(name("w:instrText")))
        kind = _kind(words)
        if kind not in _FIELDS:
            yield f"the field {kind}"
            for run in runs:
                _take_out(run)


def _kind(instruction: str) -> str:
    kind = (instruction.split() or ["?"])[0].upper()
    if kind != "STYLEREF" or _OF_OURS.match(instruction):
        return kind
    return " ".join(instruction.split())  # Word would print an error on each page


def _complex_fields(root: Element) -> Iterator[list[Element]]:
    """The runs of each field, from its begin to its end, with those of fields inside it."""
    runs: list[Element] = []
    depth = 0
    for run in root.iter(name("w:r")):
        kinds = [item.get(name("w:fldCharType")) for item in run.iter(name("w:fldChar"))]
        depth += kinds.count("begin")
        if depth:
            runs.append(run)
        depth -= kinds.count("end")
        if runs and depth <= 0:
            yield runs
            runs, depth = [], 0
    if runs:
        yield runs


def _take_out(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Element) -> None:
    for item in list(element):
        element.addprevious(item)
    _take_out(element)
