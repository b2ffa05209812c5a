"""What a paragraph of a Word file is, by its look: its style, its list, its neighbour."""

from __future__ import annotations

from collections.abc import Mapping

from shadowreport.roundtrip.origin import Sent
from shadowreport.roundtrip.returned import WordText
from shadowreport.source.leaf import Kind, Leaf
from shadowreport.word import ours

_STYLES: Mapping[str, Kind] = {
    ours.NUMBERED: "paragraph",
    ours.BODY: "paragraph",
    ours.FIRST: "paragraph",
    ours.CONTINUED: "continued",
    ours.SUMMARY: "point",
    ours.BOX_RECOMMENDATION: "recommendation",
    ours.BOX_SINGLE: "recommendation",
    ours.BOX_CONTINUED: "recommendation",
    ours.QUOTATION: "quote",
    ours.COMPACT: "item",
    ours.LISTED: "item",
}
_BY_STYLE: dict[str, Kind] = {style.lower(): kind for style, kind in _STYLES.items()}
_BOX_STYLES = frozenset(map(str.lower, ours.BOX))
_COVER_STYLES = ("title", "subtitle")  # Word's own
_LOOKS: Mapping[str, str] = {
    "paragraph": "a numbered paragraph",
    "point": "a point of the summary",
    "continued": "a paragraph that goes on",
    "recommendation": "a recommendation",
    "quote": "a quotation",
    "item": "an item of a list",
}


def kind_of(back: WordText, near: Leaf) -> Kind:
    """What a new paragraph is, by its style; by its neighbour where the style says nothing."""
    kind = _BY_STYLE.get(back.style.lower())
    if kind == "item" and not back.listed:
        kind = None
    if kind is None and back.listed:
        kind = "item"
    if kind is None:
        kind = (
            "recommendation"
            if near.kind == "recommendation" and near.box >= 0 and back.style.lower() in _BOX_STYLES
            else "paragraph"
        )
    return kind


def new_look(sent: Sent, leaf: Leaf, back: WordText) -> str:
    """What a paragraph was made by another style or level; empty where it is what it was."""
    if back.outline != sent.word.outline:
        return f"a heading of level {back.outline}" if back.outline else "ordinary text"
    if leaf.kind == "item" and back.listed and back.level != sent.word.level:
        return f"an item of level {back.level + 1}"
    if leaf.kind == "item" and not back.listed:
        return "no item of a list"
    if back.centred and not sent.word.centred:
        return "a centred paragraph"
    if back.style.lower() in _COVER_STYLES and sent.word.style.lower() not in _COVER_STYLES:
        return f"a {back.style.lower()}"
    old, new = (_BY_STYLE.get(word.style.lower()) for word in (sent.word, back))
    return _LOOKS.get(new, "") if old and new and new != old else ""
