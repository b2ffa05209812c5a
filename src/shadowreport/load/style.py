"""Reads templates/style.yaml: how a report looks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import ImageColor

from shadowreport.core.column_widths import SAMPLES, breadths_of
from shadowreport.core.layout import STYLE, TEMPLATE_IMAGES, TEMPLATES
from shadowreport.core.problems import Diagnostic, Failure, did_you_mean
from shadowreport.core.report import Mention, Picture, Place
from shadowreport.core.scripts import HAN
from shadowreport.core.style import (
    APART,
    BOXES,
    BULLETS,
    COLOURS,
    HEAD,
    HEAD_WORDS,
    LEAST,
    MARGINS,
    NUMBERS,
    TABLES,
    USUAL,
    Breadths,
    Links,
    Logo,
    Style,
)
from shadowreport.load.images import load_picture
from shadowreport.load.schema import problems
from shadowreport.machine.cache import remembered
from shadowreport.machine.files import MAX_REFERENCES, read_text
from shadowreport.machine.programs import ProgramError
from shadowreport.machine.typst import Typesetter, families, font_files, fonts
from shadowreport.source.yaml import Yaml, read_yaml

_WIDTHS = {"logo": 40.0, "cover": 150.0}  # millimetres, where none are given
_PICTURES = (".png", ".jpg", ".jpeg", ".svg")
_VALUE = re.compile(r"(colours|margins|logo|cover|links)\.(\w+): '")
_COLOURED = ("colours", "links")
_HEX = re.compile(r"[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}")
_UNITS = {"mm": 1.0, "cm": 10.0, "pt": 25.4 / 72, "in": 25.4, '"': 25.4}
_LENGTH = re.compile(r"(\d+(?:[.,]\d+)?)\s*(mm|cm|pt|in|\")")
_NAMES = re.compile(r"\{([^{}]*)\}")


def load_style(project: Path) -> tuple[Style, dict[str, Picture], list[Diagnostic]]:
    """The style of a project, the pictures that it names, by key, and what is wrong with it."""
    if not (project / STYLE).exists():
        return Style(), {}, []
    try:
        yaml = read_yaml(read_text(project / STYLE, STYLE, MAX_REFERENCES), STYLE)
    except Failure as failure:
        return Style(), {}, list(failure.diagnostics)
    found = problems(yaml, "style")
    if found:
        return Style(), {}, [_with_meant(item, yaml.data) for item in found]
    shown: dict[str, Logo] = {}
    pictures: dict[str, Picture] = {}
    for kind in ("logo", "cover"):
        try:
            shown |= {kind: _logo(project, yaml, kind, pictures)} if kind in yaml.data else {}
        except Failure as failure:
            found += failure.diagnostics
    style = _style(yaml.data, shown)
    unknown = list(_unknown_font(style, yaml, project))
    if style.fonts and not unknown:
        style = replace(style, breadths=_broadest(style.fonts, project))
    found += [*_faint(style, yaml), *unknown]
    found += [*_unknown_words(style, yaml), *_no_citations(style, yaml, project)]
    for check in (_no_room_to_bind, _shared_letters, _unmarked_links):
        found += check(style, yaml)
    return style, pictures, found


def _with_meant(item: Diagnostic, data: Any) -> Diagnostic:
    """A colour by its name or in another form, and a length with a unit, are told as they are written here."""
    named = _VALUE.match(item.message)
    holder = data.get(named[1]) if named and isinstance(data, dict) else None
    value = str(holder.get(named[2], "")) if named and isinstance(holder, dict) else ""
    meant = (_colour if named and named[1] in _COLOURED else _millimetres)(value.strip())
    if not named or not meant or item.code != "bad-value":
        return item
    more = "" if named[1] in _COLOURED else f". {item.hint}"
    return replace(item, hint=f"write {named[2]}: {meant}{more}")


def _colour(value: str) -> str:
    try:
        red, green, blue, *_ = ImageColor.getrgb(
            value if not _HEX.fullmatch(value) else f"#{value}"
        )
    except ValueError:
        return ""
    return f"'#{red:02x}{green:02x}{blue:02x}'"


def _millimetres(value: str) -> str:
    length = _LENGTH.fullmatch(value)
    return f"{float(length[1].replace(',', '.')) * _UNITS[length[2]]:.0f}" if length else ""


def template_pictures(project: Path) -> tuple[dict[str, Picture], list[Diagnostic]]:
    """The pictures of templates/images/, which templates may name, by key; and what is wrong with them."""
    pictures: dict[str, Picture] = {}
    found: list[Diagnostic] = []
    for path in sorted((project / TEMPLATE_IMAGES).glob("*")):
        if path.suffix.lower() in _PICTURES and not path.is_symlink():
            key = f"{TEMPLATE_IMAGES}/{path.name}"
            try:
                mention = Mention(path.name, Place(key))
                pictures[key] = load_picture(project / TEMPLATE_IMAGES, mention, TEMPLATE_IMAGES)
            except Failure as failure:
                found += failure.diagnostics
    return pictures, found


def _style(data: dict[str, Any], shown: dict[str, Logo]) -> Style:
    colours = {name: value.lstrip("#").upper() for name, value in data.get("colours", {}).items()}
    return Style(
        colours=COLOURS | colours,
        font=data.get("font", ""),
        paper=data.get("paper", "A4"),
        margins=MARGINS | data.get("margins", {}),
        logo=shown.get("logo"),
        cover=shown.get("cover"),
        numbers=str(data.get("numbers", NUMBERS[0])),
        head=HEAD | data.get("running_head", {}),
        two_sided=data.get("two_sided", False),
        citations=data.get("citations", ""),
        boxes=data.get("boxes", BOXES[0]),
        tables=data.get("tables", TABLES[0]),
        bullets=data.get("bullets", BULLETS[0]),
        contents=data.get("contents", {}),
        heading_font=data.get("heading_font", ""),
        script_fonts=data.get("script_fonts", {}),
        links=_links(data.get("links", {})),
    )


def _links(data: dict[str, Any]) -> Links:
    return Links(data.get("colour", "").lstrip("#").upper(), data.get("underline"))


def _logo(project: Path, yaml: Yaml, kind: str, pictures: dict[str, Picture]) -> Logo:
    """A picture of the cover, which is put among the others. Raises Failure where it cannot be shown."""
    data = yaml.data[kind]
    mention = Mention(data["file"], yaml.place(kind, "file"))
    key = f"{TEMPLATE_IMAGES}/{data['file']}"
    pictures[key] = load_picture(project / TEMPLATE_IMAGES, mention, TEMPLATE_IMAGES)
    return Logo(key, data["alternative"], float(data.get("width", _WIDTHS[kind])))


def _faint(style: Style, yaml: Yaml) -> Iterator[Diagnostic]:
    for text, ground, name, ratio in style.faint():
        keys = (name, "colour") if name == "links" else ("colours", name)
        place = yaml.place(*keys) if keys[1] in yaml.data.get(keys[0], {}) else yaml.place()
        message = f"#{text} on #{ground} has a contrast of {ratio:.1f}, and {LEAST} is the least that can be read"
        hint = f"make {name} {'lighter' if name == 'shade' else 'darker'} (WCAG 2.2, level AA)"
        yield Diagnostic("low-contrast", place, message, hint)


def _unknown_font(style: Style, yaml: Yaml, project: Path) -> Iterator[Diagnostic]:
    named = [(("font",), style.font), (("heading_font",), style.heading_font)]
    named += [(("script_fonts", code), family) for code, family in style.script_fonts.items()]
    known = families(fonts(project)) if style.fonts else []
    for keys, family in named:
        if family and family not in known:
            hint = f"put its files (.ttf, .otf) into templates/fonts/; {did_you_mean(family, known) or 'there are: ' + ', '.join(known)}"
            message = f"there is no font '{family}'"
            yield Diagnostic("unknown-font", yaml.place(*keys), message, hint)


def _shared_letters(style: Style, yaml: Yaml) -> Iterator[Diagnostic]:
    """Fonts of which nobody can say, by a letter, which one is meant."""
    first, *more = [code for code in style.script_fonts if code in HAN] or [""]
    for code in more:
        message = f"{code} and {first} have the same letters, and one font shows them"
        hint = "name the font of the report's own language alone"
        yield Diagnostic("bad-value", yaml.place("script_fonts", code), message, hint)


def _unmarked_links(style: Style, yaml: Yaml) -> Iterator[Diagnostic]:
    ratio = style.unmarked_links()
    if ratio:
        message = f"links have no line, and their colour stands out from the text by a contrast of {ratio:.1f}: nobody sees that they are links"
        hint = f"say underline: true, or choose a colour with a contrast of {APART:g} to black (WCAG 2.2, technique G183)"
        place = yaml.place("links", "underline")
        yield Diagnostic("low-contrast", place, message, hint, "warning")


def _broadest(families: Sequence[str], project: Path) -> Breadths:
    """How broad letters are in the broadest of some fonts: a table has room for each of them."""
    narrow, small, capitals, wide = zip(
        *(_breadths(family, project) for family in families), strict=True
    )
    return max(narrow), max(small), max(capitals), max(wide)


def _breadths(font: str, project: Path) -> Breadths:
    """How broad the letters of a font are, as typst measures them; those of ours where it cannot."""
    folders = fonts(project)

    def measured() -> bytes:
        with Typesetter(folders) as typesetter:
            widths = typesetter.widths(font, "".join(letters for letters, _ in SAMPLES))
        return json.dumps(breadths_of(widths)).encode()

    try:
        found = remembered("breadths", (font, repr(SAMPLES), *font_files(folders)), measured)
    except ProgramError:
        return USUAL
    narrow, small, capitals, wide = json.loads(found)
    return narrow, small, capitals, wide


def _unknown_words(style: Style, yaml: Yaml) -> Iterator[Diagnostic]:
    """Names in a running head that stand for nothing: they would be printed on each page."""
    for end in yaml.data.get("running_head", {}):
        for word in _NAMES.findall(style.head[end]):
            if word not in HEAD_WORDS:
                message = f"a running head knows no {{{word}}}"
                hint = did_you_mean(word, HEAD_WORDS)
                yield Diagnostic("bad-value", yaml.place("running_head", end), message, hint)


def _no_room_to_bind(style: Style, yaml: Yaml) -> Iterator[Diagnostic]:
    inner, outer = style.margins["left"], style.margins["right"]
    if style.two_sided and inner <= outer:
        message = f"nothing is left for the binding: the inner margin has {inner:g} mm, the outer {outer:g}"
        hint = "say under margins: more millimetres for left:, the inner one, than for right:"
        yield Diagnostic("bad-value", yaml.place("two_sided"), message, hint, "warning")


def _no_citations(style: Style, yaml: Yaml, project: Path) -> Iterator[Diagnostic]:
    if style.citations and not (project / TEMPLATES / style.citations).is_file():
        message = f"there is no {TEMPLATES}{style.citations}"
        hint = "put the style (CSL 1.0, class 'note') there, or leave citations: out"
        yield Diagnostic("bad-value", yaml.place("citations"), message, hint)
