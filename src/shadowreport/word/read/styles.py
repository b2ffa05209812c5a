"""Word's styles with their inheritance worked in (ECMA-376 part 1, 17.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from shadowreport.word.based import based_on
from shadowreport.word.content import NO_FRAME, PLAIN, Frame, Look
from shadowreport.word.names import Element, child, name, number, switch, value

_SWITCHES = {
    "bold": "w:b",
    "italic": "w:i",
    "strike": "w:strike",
    "small_caps": "w:smallCaps",
    "caps": "w:caps",
    "hidden": "w:vanish",
}
_LEVELLED = re.compile(r"(.*?)\s*([1-9])")
_RAISED = 4  # half-points above the line; less is a matter of looks


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it inherits. `outline` is a heading's level from 1, else 0."""

    name: str = ""
    look: Look = PLAIN
    frame: Frame = NO_FRAME
    outline: int = 0
    num_id: str = ""
    num_level: int = 0


@dataclass(frozen=True, slots=True)
class StyleNames:
    """What the built-in styles are called, which programs write in the language of their user:
    those of headings before their level, and how those of a contents page begin."""

    heading: re.Pattern[str] = re.compile("heading", re.IGNORECASE)
    contents: re.Pattern[str] = re.compile(r"toc\b|table of figures", re.IGNORECASE)


ENGLISH = StyleNames()  # what Word itself writes, whatever its language


def styles_of_contents(root: Element) -> set[str | None]:
    """The ids of the styles of a contents page."""
    return {
        value(style, "w:styleId")
        for style in root.iter(name("w:style"))
        if ENGLISH.contents.match(value(child(style, "w:name")) or "")
    }


class Styles:
    """The styles of a file, by id."""

    def __init__(self, root: Element | None, names: StyleNames) -> None:
        self.names = names
        self._elements: dict[str | None, Element] = {}
        self._ready: dict[str, Style] = {}
        self.default = ""
        for element in root.iter(name("w:style")) if root is not None else ():
            identifier = value(element, "w:styleId") or ""
            self._elements[identifier] = element
            is_default = (value(element, "w:default") or "") in ("1", "true", "on")
            if is_default and value(element, "w:type") == "paragraph":
                self.default = identifier
        defaults = child(root, "w:docDefaults", "w:rPrDefault", "w:rPr")
        self._base = Style(look=look_of(defaults, PLAIN))
        language = child(defaults, "w:lang") if defaults is not None else None
        self.language = value(language) or ""

    def paragraph(self, identifier: str | None) -> Style:
        """A paragraph's style; the default one where it names none or an unknown one."""
        known = identifier if identifier in self._elements else self.default
        return self._style(known or "", self._base)

    def character(self, identifier: str | None) -> Element | None:
        """The element of a character style."""
        return self._elements.get(identifier or "")

    def run(self, properties: Element | None, base: Look) -> tuple[Look, str]:
        """The look of a run inside a paragraph of a look, and the name of its own style."""
        identifier = value(child(properties, "w:rStyle")) if properties is not None else None
        chain = list(based_on(identifier or "", self._elements))
        for element in reversed(chain):
            base = look_of(child(element, "w:rPr"), base)
        title = value(child(chain[0], "w:name")) if chain else None
        return look_of(properties, base), title or ""

    def _style(self, identifier: str, base: Style) -> Style:
        if identifier not in self._ready:
            style = base
            for element in reversed(list(based_on(identifier, self._elements))):
                style = _layer(style, element, self.names)
            self._ready[identifier] = style
        return self._ready[identifier]


def _layer(style: Style, element: Element, names: StyleNames) -> Style:
    title = value(child(element, "w:name")) or ""
    properties = child(element, "w:pPr")
    outline = style.outline
    level = value(child(properties, "w:outlineLvl")) if properties is not None else None
    heading = _LEVELLED.fullmatch(title.strip())
    if heading and names.heading.fullmatch(heading[1]):
        outline = int(heading[2])
    elif level is not None:
        outline = number(level, 9) + 1 if number(level, 9) < 9 else 0
    num_id, num_level = style.num_id, style.num_level
    numbering = child(properties, "w:numPr") if properties is not None else None
    if numbering is not None:
        num_id = value(child(numbering, "w:numId")) or num_id
        num_level = number(value(child(numbering, "w:ilvl")), num_level)
    return replace(
        style,
        name=title,
        look=look_of(child(element, "w:rPr"), style.look),
        frame=frame_of(properties, style.frame),
        outline=outline,
        num_id=num_id,
        num_level=num_level,
    )


def look_of(properties: Element | None, base: Look) -> Look:
    """A look with the run properties of an element laid over it."""
    if properties is None or not len(properties):
        return base
    changes: dict[str, bool | int | str] = {}
    for key, tag in _SWITCHES.items():
        state = switch(child(properties, tag))
        if state is not None:
            changes[key] = state
    if (double := switch(child(properties, "w:dstrike"))) is not None:
        changes["strike"] = changes.get("strike", False) or double
    underline = value(child(properties, "w:u"))
    if underline is not None:
        changes["underline"] = underline != "none"
    position = value(child(properties, "w:vertAlign"))
    if position is not None:
        changes["superscript"] = position == "superscript"
        changes["subscript"] = position == "subscript"
    elif raised := number(value(child(properties, "w:position"))):  # LibreOffice, of a web page
        changes["superscript"], changes["subscript"] = raised >= _RAISED, raised <= -_RAISED
    highlight = value(child(properties, "w:highlight"))
    if highlight is not None:
        changes["highlight"] = highlight != "none"
    size = value(child(properties, "w:sz"))
    if size is not None:
        changes["size"] = number(size)
    colour = value(child(properties, "w:color"))
    if colour is not None:
        changes["colour"] = "" if colour.lower() in ("auto", "000000") else colour.upper()
    return replace(base, **changes) if changes else base


def frame_of(properties: Element | None, base: Frame) -> Frame:
    """A frame with the paragraph properties of an element laid over it."""
    if properties is None or not len(properties):
        return base
    changes: dict[str, bool | int] = {}
    indent = child(properties, "w:ind")
    if indent is not None:
        for key, names in {"left": ("w:left", "w:start"), "right": ("w:right", "w:end")}.items():
            for attribute in names:
                if value(indent, attribute) is not None:
                    changes[key] = number(value(indent, attribute))
    borders = child(properties, "w:pBdr")
    if borders is not None:
        kinds = [value(side) for side in borders]
        changes["bordered"] = sum(kind not in (None, "none", "nil") for kind in kinds) >= 2
    shading = child(properties, "w:shd")
    if shading is not None:
        changes["shaded"] = is_shaded(shading)
    alignment = value(child(properties, "w:jc"))
    if alignment is not None:
        changes["centred"] = alignment == "center"
    return replace(base, **changes) if changes else base


def is_shaded(shading: Element | None) -> bool:
    """Whether a `w:shd` shows: a colour that is neither white nor left to the program."""
    if shading is None:
        return False
    fill = (value(shading, "w:fill") or "auto").lower()
    pattern = value(shading) or "clear"
    return fill not in ("auto", "ffffff") or pattern not in ("clear", "nil")
