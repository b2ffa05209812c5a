"""Gives a coalition's own Word file what our elements need and it lacks: styles, the list of paragraphs
and recommendations, and frames of boxes."""

from __future__ import annotations

from copy import deepcopy

from shadowreport.word.based import based_on
from shadowreport.word.names import Element, child, name, number, short, value
from shadowreport.word.ours import BOX_RECOMMENDATION, FRAMES, NUMBERED, style_id
from shadowreport.word.write.draft import Draft
from shadowreport.word.write.numbers import add_list, count_in
from shadowreport.word.write.order import put, within

_SHOWN = 8  # names of styles in a message


def complete_styles(draft: Draft, heads: list[Element]) -> list[str]:
    """Every style of ours by its name and id: theirs where they have it, else the toolkit's. Gives
    the names of those."""
    root = draft.parts.tree("word/styles.xml")
    numbering = draft.parts.tree("word/numbering.xml")
    ours = list(draft.ours.tree(draft.ours.relative("styles") or "").iter(name("w:style")))
    names = {_name(item).lower() for item in ours}
    _make_way((root, numbering, *heads), ours)
    added: list[str] = []
    wider = _measure(draft.parts.tree("word/document.xml")) - _measure(
        draft.ours.tree(draft.ours.main)
    )
    for wanted in ours:
        styles = list(root.iter(name("w:style")))
        identifier = wanted.get(name("w:styleId"))
        named = next((s for s in styles if _name(s).lower() == _name(wanted).lower()), None)
        holder = next((s for s in styles if s.get(name("w:styleId")) == identifier), None)
        if named is None and holder is not None and _name(holder).lower() not in names:
            hint = f"name it '{_name(wanted)}' in Word again"
            draft.tell(f"its style '{_name(holder)}' is taken as '{_name(wanted)}'", hint)
            holder.find(name("w:name")).set(name("w:val"), _name(wanted))
        elif named is None:
            added.append(_name(wanted))
            root.append(_fresh(wanted, styles, wider))
        elif named is not holder:
            trees = (root, numbering, *heads)
            if holder is not None:
                _rename(trees, identifier, f"{identifier}Own")
            _rename(trees, named.get(name("w:styleId")), identifier)
    if added:
        more = f" and {len(added) - _SHOWN} more" if len(added) > _SHOWN else ""
        message = f"lacks styles of reports: {', '.join(added[:_SHOWN])}{more}"
        hint = "the toolkit's are used; docs/templates.md says how to have your own"
        draft.tell(message, hint)
    return added


_POINTER = {"paragraph": "w:pStyle", "character": "w:rStyle", "table": "w:tblStyle"}


def _make_way(trees: tuple[Element, ...], ours: list[Element]) -> None:
    """A style of theirs of another kind than ours of the same name or id, such as a paragraph's that is
    called Table, gets names of its own: Word knows a style by its name alone."""
    kinds = {item.get(name("w:styleId")): item.get(name("w:type")) for item in ours}
    kinds |= {_name(item).lower(): item.get(name("w:type")) for item in ours}
    for style in list(trees[0].iter(name("w:style"))):
        kind, identifier = style.get(name("w:type")), style.get(name("w:styleId"))
        if {kinds.get(identifier, kind), kinds.get(_name(style).lower(), kind)} == {kind}:
            continue
        style.set(name("w:styleId"), f"{identifier}Other")
        within(style, "w:name").set(name("w:val"), f"{_name(style)} Other")
        for item in (item for tree in trees for item in tree.iter()):
            inner = short(item) == "w:basedOn" and item.getparent().get(name("w:type")) == kind
            if value(item) == identifier and (inner or short(item) == _POINTER.get(kind or "")):
                item.set(name("w:val"), f"{identifier}Other")


def _name(style: Element) -> str:
    return value(child(style, "w:name")) or ""


def _fresh(wanted: Element, styles: list[Element], wider: int) -> Element:
    """A style of ours on a page whose text is `wider` than ours: what stands at its edge goes along."""
    style = deepcopy(wanted)
    for tab in style.iter(name("w:tab")):
        if value(tab) == "right":
            tab.set(name("w:pos"), str(number(value(tab, "w:pos")) + wider))
    default = name("w:default")
    kind = style.get(name("w:type"))
    if any(item.get(default) and item.get(name("w:type")) == kind for item in styles):
        style.attrib.pop(default, None)
    return style


def _measure(document: Element) -> int:
    """The width of the text on a page, in twentieths of a point."""
    section = child(document, "w:body", "w:sectPr")
    size, margins = (child(section, kind) for kind in ("w:pgSz", "w:pgMar"))
    sides = sum(number(value(margins, f"w:{side}")) for side in ("left", "right"))
    return number(value(size, "w:w")) - sides


_POINTING = ("w:basedOn", "w:next", "w:link", "w:pStyle", "w:rStyle", "w:tblStyle")
_POINTING_LISTS = ("w:styleLink", "w:numStyleLink")


def _rename(trees: tuple[Element, ...], old: str, new: str) -> None:
    for element in (item for tree in trees for item in tree.iter()):
        if short(element) == "w:style" and element.get(name("w:styleId")) == old:
            element.set(name("w:styleId"), new)
        elif short(element) in (*_POINTING, *_POINTING_LISTS) and value(element) == old:
            element.set(name("w:val"), new)


def complete_list(draft: Draft, told: bool) -> None:
    """Numbered paragraphs and recommendations are levels 1 and 2 of one list."""
    root = draft.parts.tree("word/numbering.xml")
    styles = {
        item.get(name("w:styleId")): item
        for item in draft.parts.tree("word/styles.xml").iter(name("w:style"))
    }
    pair = [style_id(item) for item in (NUMBERED, BOX_RECOMMENDATION)]
    if _linked(root, [styles[item] for item in pair], pair):
        return
    for link in list(root.iter(name("w:pStyle"))):
        if value(link) in pair:
            link.getparent().remove(link)
    ours = draft.ours.tree(draft.ours.relative("numbering") or "")
    free = add_list(root, deepcopy(ours.find(name("w:abstractNum"))))
    for level, item in enumerate(pair):
        count_in(within(styles[item], "w:pPr"), level, free)
    if not told:
        hint = "the toolkit's list is used; link both styles to levels 1 and 2 of one list in Word"
        what = f"does not number '{NUMBERED}' and '{BOX_RECOMMENDATION}' by one list of 1, 2, 3"
        draft.tell(what, hint)


def _linked(root: Element, styles: list[Element], pair: list[str]) -> bool:
    numbers = [child(item, "w:pPr", "w:numPr") for item in styles]
    lists = {value(child(item, "w:numId")) for item in numbers}
    levels = [value(child(item, "w:ilvl")) or "0" for item in numbers]
    entries = {item.get(name("w:numId")): item for item in root.iter(name("w:num"))}
    entry = entries.get(lists.pop() or "") if len(lists) == 1 else None
    wanted = value(child(entry, "w:abstractNumId"))
    for definition in root.iter(name("w:abstractNum")):
        if wanted is not None and definition.get(name("w:abstractNumId")) == wanted:
            found = list(definition.iter(name("w:lvl")))[:2]
            linked = [value(child(level, "w:pStyle")) for level in found] == pair
            return levels == ["0", "1"] and linked and all(map(_counts, found))
    return False


def _counts(level: Element) -> bool:
    """Whether it counts 1, 2, 3, as the other formats do."""
    counted = (value(child(level, "w:start")), value(child(level, "w:numFmt")))
    return counted in (("1", "decimal"), ("1", None))


# --- boxes ----------------------------------------------------------------------------------------

_FRAME = ("w:pBdr", "w:shd")


def complete_boxes(draft: Draft) -> None:
    """A box that has neither lines nor a ground is none: it gets those of the toolkit's."""
    styles, ours = (
        {item.get(name("w:styleId")): item for item in root.iter(name("w:style"))}
        for root in (
            draft.parts.tree("word/styles.xml"),
            draft.ours.tree(draft.ours.relative("styles") or ""),
        )
    )
    bare_ones = [item for item in FRAMES if not _framed(style_id(item), styles)]
    for item in bare_ones:
        look = within(styles[style_id(item)], "w:pPr")
        for piece in (child(ours[style_id(item)], "w:pPr", kind) for kind in _FRAME):
            if piece is not None:
                put(look, deepcopy(piece))
    if bare_ones:
        message = f"has boxes without lines or ground: {', '.join(bare_ones)}"
        draft.tell(message, "the toolkit's are used; give these styles a border or shading in Word")


def _framed(style: str, styles: dict[str | None, Element]) -> bool:
    looks = (child(item, "w:pPr") for item in based_on(style, styles))
    return any(child(look, kind) is not None for look in looks for kind in _FRAME)
