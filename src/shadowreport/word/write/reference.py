"""Makes of a coalition's own Word file one that a report can be written in.

Of their file comes what is seen: styles, headers, footers, page. What our elements need and it
lacks is added from the toolkit's file: styles, and the list of paragraphs and recommendations.
Nothing else comes over, so no path, name, macro or revision id can reach a report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy

from shadowreport.word.names import NAMESPACES, Element, child, etree, name, number, short, value
from shadowreport.word.ours import NUMBERED
from shadowreport.word.read.package import Relationship, read_package
from shadowreport.word.write.bare import bare
from shadowreport.word.write.completed import complete_boxes, complete_list, complete_styles
from shadowreport.word.write.draft import Draft
from shadowreport.word.write.neutral import neutral
from shadowreport.word.write.unnamed import without_names, without_theme_names
from shadowreport.word.write.unseen import UNSEEN, unseen
from shadowreport.word.write.zip import MissingPart, Parts

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_ML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"
# what of a file's settings is how a page looks; all else says how, by whom and where it was written
_SETTINGS = {
    *("zoom", "mirrorMargins", "gutterAtTop", "autoHyphenation", "consecutiveHyphenLimit"),
    *("hyphenationZone", "doNotHyphenateCaps", "defaultTabStop", "evenAndOddHeaders"),
    *("characterSpacingControl", "compat", "themeFontLang", "clrSchemeMapping"),
    *("decimalSymbol", "listSeparator"),
}
_LEFT = re.compile(
    r"(?<![A-Za-z_])[A-Z]+(?:_[A-Z]+)+(?![A-Za-z_])|\{\{.*?\}\}|«.*?»|\[[^\]\d][^\]]*\]"
)
_PATH = re.compile(r"(?:\b[A-Za-z]:\\|\\\\\w|file://|/(?:home|Users)/)\S*")
FILLED = ("SHORT_TITLE", "SESSION")  # what a report puts into headers and footers
_LINKS = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_TWIPS = 1440 / 25.4  # a millimetre, in twentieths of a point
Cleaner = Callable[[bytes], tuple[str, bytes] | None]  # of a picture: its name and bytes


def mended(
    data: bytes, toolkit: bytes, file: str, picture: Cleaner
) -> tuple[bytes, list[tuple[str, str]]]:
    """The file that a report is written in, and what had to be done to it. `picture` cleans one, and
    gives the name under which it is kept. Raises Failure and MissingPart for a file that is none."""
    draft = Draft(read_package(data, file), read_package(toolkit, file))
    for relation in ("styles", "numbering", "settings"):
        _common(draft, relation)
    _theme(draft)
    section = _section(draft)
    heads = [_head(draft, item, picture) for item in _references(section)]
    document = etree.Element(name("w:document"), nsmap={k: NAMESPACES[k] for k in ("w", "r")})
    body = etree.SubElement(document, name("w:body"))
    etree.SubElement(body, name("w:p"))
    body.append(section)
    draft.put("word/document.xml", document, f"{_WORD_ML}.document.main+xml")
    trees = [draft.parts.tree(part) for part in heads]
    added = complete_styles(draft, trees)
    complete_list(draft, NUMBERED in added)
    complete_boxes(draft)
    without_names(draft, trees)
    _frame(draft)
    return draft.parts.packed(), draft.told


def paper(data: bytes) -> tuple[float, float] | None:
    """Width and height of a Word file's upright page in millimetres, where it says so."""
    for size in Parts(data).tree("word/document.xml").iter(name("w:pgSz")):
        sides = (number(value(size, "w:w")), number(value(size, "w:h")))
        return min(sides) / _TWIPS, max(sides) / _TWIPS
    return None


def _common(draft: Draft, relation: str) -> None:
    part = draft.old.relative(relation)
    if part is not None:
        root = draft.old.tree(part)
    elif relation == "styles":
        raise MissingPart(f"has no part word/{relation}.xml")
    else:  # a file without lists, or settings, has none
        root = etree.Element(name(f"w:{relation}"), nsmap={"w": NAMESPACES["w"]})
    bare(root)
    neutral(root)
    if relation == "settings":
        for item in list(root):
            if short(item).removeprefix("w:") not in _SETTINGS:
                root.remove(item)
    draft.put(f"word/{relation}.xml", root, f"{_WORD_ML}.{relation}+xml", relation)


def _theme(draft: Draft) -> None:
    part = draft.old.relative("theme")
    root = draft.old.tree(part) if part else None
    if root is not None and not bare(root):
        neutral(root)
        without_theme_names(root)
        draft.put("word/theme/theme1.xml", root, _THEME_TYPE, "theme")


# --- the page, its headers and footers ------------------------------------------------------------


def _section(draft: Draft) -> Element:
    """The last section's page; headers and footers that it does not have are those before it."""
    document = draft.old.tree(draft.old.main)
    told = "".join(item.text or "" for item in document.iter(name("w:t"))).strip()
    if told:
        hint = (
            "put what stands on each page into its header or footer, and the rest into the report"
        )
        draft.tell(f"its own text is not part of reports: '{told[:40]}'", hint)
    sections = list(document.iter(name("w:sectPr")))
    if not sections:
        return deepcopy(child(draft.ours.tree(draft.ours.main), "w:body", "w:sectPr"))
    known: dict[tuple[str, str], Element] = {}
    for section in sections:
        known |= {(short(item), value(item, "w:type") or ""): item for item in _references(section)}
    last = deepcopy(sections[-1])
    last.attrib.clear()
    for item in _references(last):
        last.remove(item)
    last[:0] = [deepcopy(item) for item in known.values()]
    bare(last, {item.get(name("r:id")) or "" for item in known.values()})
    neutral(last)
    return last


def _references(section: Element) -> list[Element]:
    return [item for item in section if short(item) in ("w:headerReference", "w:footerReference")]


def _head(draft: Draft, reference: Element, picture: Cleaner) -> str:
    """A header or footer, with its pictures and addresses."""
    relation = draft.old.related(draft.old.main).get(reference.get(name("r:id")) or "")
    kind = short(reference)[2:8]
    if relation is None or relation.target not in draft.old:
        missing = relation.target if relation else f"of a {kind}"
        raise MissingPart(f"has the part {missing} missing")
    root = draft.old.tree(relation.target)
    kept = dict(_kept(draft, relation.target, picture))
    styles = draft.parts.tree("word/styles.xml")
    for what, words in list(unseen(root, styles)):
        if what == UNSEEN:
            hint = "nobody sees it, and everyone has it who copies the page; write it so that it is seen"
            draft.tell(
                f"its {kind} loses {UNSEEN}: '{words[:40]}'"
                if words
                else f"its {kind} loses {UNSEEN}",
                hint,
            )
        else:
            hint = "it is seen where a picture or a shade lies behind it; make sure that one does"
            draft.tell(f"its {kind} says '{words[:40]}' {what}", hint)
    for what in bare(root, kept):
        draft.tell(f"its {kind} loses {what}", "reports do not take it over; write it out as text")
    neutral(root)
    for words in _found(root, _PATH):
        hint = "a path tells of a machine and who uses it; take it out in Word"
        draft.tell(f"its {kind} says '{words}' on each page", hint)
    for words in _left(root):
        hint = f"only {' and '.join(FILLED)} are filled in; write the words themselves"
        draft.tell(f"its {kind} would say '{words}' on each page", hint)
    part = f"word/{kind}{len(draft.relations)}.xml"
    draft.put(part, root, f"{_WORD_ML}.{kind}+xml", kind)
    reference.set(name("r:id"), draft.relations[-1][0])
    if kept:
        rels = _relationships((id, *item) for id, item in kept.items())
        draft.parts.put_tree(f"word/_rels/{part[5:]}.rels", rels)
    return part


def _kept(draft: Draft, part: str, picture: Cleaner) -> Iterator[tuple[str, tuple[str, str, bool]]]:
    """The relationships of a part that may stay: pictures, cleaned, and addresses."""
    for id, item in draft.old.related(part).items():
        if item.external and item.kind == "hyperlink" and _LINKS.match(item.target):
            yield id, ("hyperlink", item.target, True)
        elif (found := _picture(draft, item, picture)) is not None:
            draft.parts[f"word/media/{found[0]}"] = found[1]
            yield id, ("image", f"media/{found[0]}", False)


def _picture(draft: Draft, item: Relationship, picture: Cleaner) -> tuple[str, bytes] | None:
    inside = item.kind == "image" and not item.external and item.target in draft.old
    return picture(draft.old.data(item.target)) if inside else None


def _left(root: Element) -> Iterator[str]:
    return (found for found in _found(root, _LEFT) if found not in FILLED)


def _found(root: Element, pattern: re.Pattern[str]) -> Iterator[str]:
    """What a pattern finds in the paragraphs of a header or footer."""
    for paragraph in root.iter(name("w:p")):
        found = paragraph.iter(name("w:t"), name("w:tab"))
        yield from pattern.findall("".join(item.text or " " for item in found))


# --- the package ----------------------------------------------------------------------------------


def _frame(draft: Draft) -> None:
    """What holds the parts together."""
    types = etree.Element(
        f"{{{_PACKAGE}/content-types}}Types", nsmap={None: f"{_PACKAGE}/content-types"}
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    defaults = {"rels": rels, "xml": "application/xml", "png": "image/png", "jpg": "image/jpeg"}
    for extension, kind in defaults.items():
        etree.SubElement(types, name("ct:Default"), Extension=extension, ContentType=kind)
    for part, kind in draft.types.items():
        etree.SubElement(types, name("ct:Override"), PartName=f"/{part}", ContentType=kind)
    draft.parts.put_tree("[Content_Types].xml", types)
    main = [("rId1", "officeDocument", "word/document.xml", False)]
    draft.parts.put_tree("_rels/.rels", _relationships(main))
    inner = [(id, kind, target, False) for id, kind, target in draft.relations]
    draft.parts.put_tree("word/_rels/document.xml.rels", _relationships(inner))


def _relationships(items: Iterable[tuple[str, str, str, bool]]) -> Element:
    root = etree.Element(name("rel:Relationships"), nsmap={None: NAMESPACES["rel"]})
    for id, kind, target, external in items:
        item = etree.SubElement(root, name("rel:Relationship"), Id=id, Type=f"{_OFFICE}/{kind}")
        item.set("Target", target)
        if external:
            item.set("TargetMode", "External")
    return root
