"""Words of somebody's header that no reader sees: hidden by a style, in the colour of their ground, or as
small as a speck. They would be read by everyone who copies the page, or opens the file otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from shadowreport.core.style import contrast
from shadowreport.word.based import based_on
from shadowreport.word.names import Element, child, name, number, short, switch, value

_HIDDEN = ("w:vanish", "w:webHidden", "w:specVanish")
_SPECK = 4  # half-points; smaller letters are dots
_FAINT = 1.25  # of contrast; what is fainter cannot be told from its ground
_PAPER = "FFFFFF"
_LIGHT = {"background1", "light1"}  # of a theme, where no colour is given beside it
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_SHAPES = ("w:drawing", "w:pict")
UNSEEN, UNCERTAIN = "hidden text", "in white"


def unseen(root: Element, styles: Element | None) -> Iterator[tuple[str, str]]:
    """Takes such words out, and gives what they are with the words; those that may stand upon a picture
    stay, and are given too."""
    known = {item.get(name("w:styleId")): item for item in _styles(styles)}
    pictures = next(root.iter(*map(name, _SHAPES)), None) is not None
    for run in list(root.iter(name("w:r"))):
        words = "".join(item.text or "" for item in run.iter(name("w:t"))).strip()
        looks = list(_looks(run, known))
        if _hidden(looks) or (words and _speck(looks)):
            yield UNSEEN, words
            run.getparent().remove(run)
        elif words and _faint(run, looks, known):
            if pictures or _in_styled_table(run):
                yield UNCERTAIN, words
            else:
                yield UNSEEN, words
                run.getparent().remove(run)


def _styles(styles: Element | None) -> Iterator[Element]:
    return styles.iter(name("w:style")) if styles is not None else iter(())


def _paragraph(run: Element) -> Element | None:
    return next(run.iterancestors(name("w:p")), None)


def _looks(run: Element, known: dict[str | None, Element]) -> Iterator[Element]:
    """What says how a run's letters look, the strongest first."""
    own = child(run, "w:rPr")
    if own is not None:
        yield own
    named = (value(child(own, "w:rStyle")), value(child(_paragraph(run), "w:pPr", "w:pStyle")))
    for style in (item for identifier in named for item in based_on(identifier, known)):
        look = child(style, "w:rPr")
        if look is not None:
            yield look


def _first(looks: Sequence[Element], kind: str) -> Element | None:
    return next((found for look in looks if (found := child(look, kind)) is not None), None)


def _hidden(looks: Sequence[Element]) -> bool:
    return any(switch(_first(looks, kind)) for kind in _HIDDEN)


def _speck(looks: Sequence[Element]) -> bool:
    size = _first(looks, "w:sz")
    return size is not None and number(value(size), _SPECK) < _SPECK


def _faint(run: Element, looks: Sequence[Element], known: dict[str | None, Element]) -> bool:
    if _first(looks, "w:highlight") is not None:
        return False
    colour = _colour(_first(looks, "w:color"))
    ground = _ground(run, looks, known)
    return bool(colour and ground) and contrast(colour, ground) < _FAINT


def _colour(element: Element | None) -> str:
    said = value(element) or ""
    if _COLOUR.fullmatch(said):
        return said
    return _PAPER if value(element, "w:themeColor") in _LIGHT else ""


def _ground(run: Element, looks: Sequence[Element], known: dict[str | None, Element]) -> str:
    """The colour behind a run; empty where it is a pattern, or one that only its theme knows."""
    paragraph = _paragraph(run)
    named = value(child(paragraph, "w:pPr", "w:pStyle"))
    around = [child(item, "w:pPr") for item in (paragraph, *based_on(named, known))]
    cells = [child(item, "w:tcPr") for item in run.iterancestors(name("w:tc"))]
    for holder in (*looks, *around, *cells):
        shade = child(holder, "w:shd")
        if shade is not None:
            plain = value(shade) in ("clear", "nil", None) and not value(shade, "w:themeFill")
            fill = value(shade, "w:fill") or "auto"
            if not plain or fill != "auto":
                return fill if plain and _COLOUR.fullmatch(fill) else ""
    return _PAPER


def _in_styled_table(run: Element) -> bool:
    tables = run.iterancestors(name("w:tbl"))
    return any(child(item, "w:tblPr", "w:tblStyle") is not None for item in tables) or any(
        short(item).endswith("txbxContent") for item in run.iterancestors()
    )
