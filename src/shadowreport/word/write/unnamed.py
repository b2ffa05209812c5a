"""A coalition's styles, lists and theme without the names that their maker gave them: "Style Ivan Petrov" tells
who drew the letterhead. What no part of a report uses is left out; what is used gets a name of no meaning."""

from __future__ import annotations

from collections.abc import Iterator

from shadowreport.word.names import Element, child, name, short, value
from shadowreport.word.ours import COVER
from shadowreport.word.write.draft import Draft
from shadowreport.word.write.order import within

_POINTING = ("w:pStyle", "w:rStyle", "w:tblStyle")
_OPTIONAL = ("w:next", "w:link")  # of a style; without them it looks the same
_LABELS = ("w:aliases", "w:latentStyles")
_PLAIN_NAME = "House Style"
_THEMED = ("a:theme", "a:clrScheme", "a:fontScheme", "a:fmtScheme")
_UNUSED = ("a:custClrLst", "a:extraClrSchemeLst", "a:objectDefaults")


def without_names(draft: Draft, heads: list[Element]) -> None:
    """Leaves of styles and lists what the toolkit's have, and what those and the `heads` use."""
    styles, lists = (draft.parts.tree(f"word/{part}.xml") for part in ("styles", "numbering"))
    ours = {_name(item) for item in draft.ours.tree(draft.ours.relative("styles") or "")}
    kept = _kept(styles, lists, heads, ours)
    for label in list(styles.iter(*map(name, _LABELS))):
        label.getparent().remove(label)
    for style in list(styles.iter(name("w:style"))):
        if style.get(name("w:styleId")) not in kept:
            styles.remove(style)
    _without_pointers(styles, lists, kept)
    _without_lists(lists, [styles, *heads])
    _rename(styles, lists, heads, ours)


def without_theme_names(root: Element) -> None:
    """The colours and letters of a theme, without what their maker called them."""
    for item in root.iter(*map(name, _THEMED)):
        item.set("name", "Report")
    for item in list(root.iter(*map(name, _UNUSED))):
        item.getparent().remove(item)


def _name(style: Element) -> str:
    return (value(child(style, "w:name")) or "").lower()


def _is_ours(style: Element, ours: set[str]) -> bool:
    """Templates of the cover may have styles of their own, which the report does not know of yet."""
    return _name(style) in ours or _name(style).startswith(COVER.lower())


def _kept(styles: Element, lists: Element, heads: list[Element], ours: set[str]) -> set[str | None]:
    """The ids of ours, of those that headers use, and of all that these are based on."""
    known = {item.get(name("w:styleId")): item for item in styles.iter(name("w:style"))}
    wanted: list[str | None] = [
        identifier
        for identifier, item in known.items()
        if _is_ours(item, ours) or item.get(name("w:default")) in ("1", "true", "on")
    ]
    wanted += [value(item) for head in heads for item in head.iter(*map(name, _POINTING))]
    wanted += [value(item) for item in lists.iter(name("w:numStyleLink"))]
    kept: set[str | None] = set()
    while wanted:
        identifier = wanted.pop()
        if identifier in known and identifier not in kept:
            kept.add(identifier)
            wanted.append(value(child(known[identifier], "w:basedOn")))
    return kept


def _without_pointers(styles: Element, lists: Element, kept: set[str | None]) -> None:
    links = lists.iter(name("w:pStyle"), name("w:styleLink"))
    pointers = (*styles.iter(*map(name, _OPTIONAL)), *links)
    for pointer in list(pointers):
        if value(pointer) not in kept:
            pointer.getparent().remove(pointer)


def _without_lists(lists: Element, users: list[Element]) -> None:
    used = {value(item) for user in users for item in user.iter(name("w:numId"))}
    for entry in list(lists.iter(name("w:num"))):
        if entry.get(name("w:numId")) not in used:
            lists.remove(entry)
    held = {value(item) for item in lists.iter(name("w:abstractNumId"))}
    for definition in list(lists.iter(name("w:abstractNum"))):
        if definition.get(name("w:abstractNumId")) not in held:
            lists.remove(definition)
        else:
            for label in list(definition.iter(name("w:name"))):
                definition.remove(label)


def _rename(styles: Element, lists: Element, heads: list[Element], ours: set[str]) -> None:
    foreign = [item for item in styles.iter(name("w:style")) if not _is_ours(item, ours)]
    names = {
        item.get(name("w:styleId")): f"{_PLAIN_NAME} {at}" for at, item in enumerate(foreign, 1)
    }
    for style in foreign:
        plain = names[style.get(name("w:styleId"))]
        within(style, "w:name").set(name("w:val"), plain)
        style.set(name("w:customStyle"), "1")
        style.set(name("w:styleId"), plain.replace(" ", ""))
    for pointer in _pointers(styles, lists, *heads):
        plain = names.get(value(pointer))
        if plain:
            pointer.set(name("w:val"), plain.replace(" ", ""))


def _pointers(*trees: Element) -> Iterator[Element]:
    kinds = (*_POINTING, *_OPTIONAL, "w:basedOn", "w:styleLink", "w:numStyleLink")
    return (item for tree in trees for item in tree.iter() if short(item) in kinds)
