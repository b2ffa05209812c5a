"""The fonts that templates/style.yaml names, and the look of links, in a Word file.

Word keeps four fonts for a run: for ASCII, for other letters of its first group, for those of East Asia and
for complex scripts (17.3.2.26). That is one for Latin, Cyrillic and Georgian letters alike, so the letters of a
script that has a font of its own get it themselves, where they stand.
"""

from __future__ import annotations

import re
from copy import deepcopy

from shadowreport.core.scripts import SCRIPTS
from shadowreport.core.style import Style
from shadowreport.word.names import NAMESPACES, Element
from shadowreport.word.ours import CONTENTS_HEADING, style_id
from shadowreport.word.write.order import within
from shadowreport.word.write.zip import Parts

_W = f"{{{NAMESPACES['w']}}}"
_TEXTS = re.compile(r"word/(?:document|footnotes|header\d*|footer\d*)\.xml")
_HEADINGS = re.compile(rf"Heading\d|Title|CoverTitle|{style_id(CONTENTS_HEADING)}")
_LINK = "Hyperlink"  # the style that pandoc gives to addresses
_ALL = ("ascii", "hAnsi", "eastAsia", "cs")


def set_fonts(package: Parts, style: Style) -> None:
    """Sets the families that a style names; the rest stays as the Word file has it."""
    styles = package.tree("word/styles.xml")
    if style.font:
        _text(styles, style.font)
    for item in styles.iter(_W + "style") if style.heading_font else ():
        if _HEADINGS.fullmatch(item.get(_W + "styleId", "")):
            _set(within(within(item, "w:rPr"), "w:rFonts"), style.heading_font, "ascii", "hAnsi")
    for code, family in style.script_fonts.items():
        if SCRIPTS[code].slot != "hAnsi":
            for fonts in styles.iter(_W + "rFonts"):
                _set(fonts, family, SCRIPTS[code].slot)
        for name in package.names():
            if _TEXTS.fullmatch(name):
                _by_letters(package.tree(name), SCRIPTS[code].pattern, family)


def set_links(package: Parts, style: Style) -> None:
    """The colour of links, and whether a line stands below them."""
    for item in package.tree("word/styles.xml").iter(_W + "style"):
        if item.get(_W + "styleId") == _LINK:
            look = within(item, "w:rPr")
            if style.links.colour:
                within(look, "w:color").set(_W + "val", style.links.colour)
            if style.links.underline is not None:
                line = "single" if style.links.underline else "none"
                within(look, "w:u").set(_W + "val", line)


def _text(styles: Element, family: str) -> None:
    """The family of the text's letters: the one that the styles take where they name no other."""
    defaults = styles.find(f"{_W}docDefaults//{_W}rFonts")
    if defaults is None:
        return
    for key in ("ascii", "hAnsi"):
        usual = defaults.get(_W + key)
        for fonts in list(styles.iter(_W + "rFonts")):
            if fonts.get(_W + key) == usual:
                _set(fonts, family, key)


def _set(fonts: Element, family: str, *slots: str) -> None:
    for slot in slots:
        fonts.set(_W + slot, family)
        theme = "cstheme" if slot == "cs" else f"{slot}Theme"
        fonts.attrib.pop(_W + theme, None)  # it would win


def _by_letters(root: Element, letters: str, family: str) -> None:
    """Runs with letters of a script are parted where these begin and end; spaces between them go along."""
    words = re.compile(rf"({letters}+(?:[^\w]+{letters}+)*)")
    for run in list(root.iter(_W + "r")):
        texts = [item for item in run if item.tag != _W + "rPr"]
        if len(texts) != 1 or texts[0].tag != _W + "t":
            continue
        pieces = words.split(texts[0].text or "")
        for at, piece in enumerate(pieces) if len(pieces) > 1 else ():
            if piece:
                part = deepcopy(run)
                _say(part, piece, family if at % 2 else "")
                run.addprevious(part)
        if len(pieces) > 1:
            run.getparent().remove(run)


def _say(run: Element, text: str, family: str) -> None:
    said = run.find(_W + "t")
    said.text = text
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    if family:
        _set(within(within(run, "w:rPr"), "w:rFonts"), family, *_ALL)
