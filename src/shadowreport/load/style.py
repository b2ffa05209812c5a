"""Reads templates/style.yaml: how a report looks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shadowreport.core.layout import STYLE
from shadowreport.core.problems import Diagnostic, Failure, did_you_mean
from shadowreport.core.report import Mention, Picture
from shadowreport.core.style import COLOURS, LEAST, MARGINS, Logo, Style
from shadowreport.load.images import load_picture
from shadowreport.load.schema import problems
from shadowreport.machine.files import MAX_REFERENCES, read_text
from shadowreport.machine.typst import families, fonts
from shadowreport.source.yaml import Yaml, read_yaml

IMAGES = "templates/images"
_WIDTH = 40.0  # of a logo, where none is given


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
        return Style(), {}, found
    logo, pictures = None, {}
    if "logo" in yaml.data:
        try:
            logo, pictures = _logo(project, yaml)
        except Failure as failure:
            found += failure.diagnostics
    style = _style(yaml.data, logo)
    found += [*_faint(style, yaml), *_unknown_font(style, yaml, project)]
    return style, pictures, found


def _style(data: dict[str, Any], logo: Logo | None) -> Style:
    colours = {name: value.lstrip("#").upper() for name, value in data.get("colours", {}).items()}
    return Style(
        colours=COLOURS | colours,
        font=data.get("font", ""),
        paper=data.get("paper", "A4"),
        margins=MARGINS | data.get("margins", {}),
        logo=logo,
    )


def _logo(project: Path, yaml: Yaml) -> tuple[Logo, dict[str, Picture]]:
    data = yaml.data["logo"]
    mention = Mention(data["file"], yaml.place("logo", "file"))
    picture = load_picture(project / IMAGES, mention, IMAGES)
    key = f"{IMAGES}/{data['file']}"
    logo = Logo(key, data["alternative"], float(data.get("width", _WIDTH)))
    return logo, {key: picture}


def _faint(style: Style, yaml: Yaml) -> Iterator[Diagnostic]:
    for text, ground, name, ratio in style.faint():
        place = (
            yaml.place("colours", name) if name in yaml.data.get("colours", {}) else yaml.place()
        )
        message = f"#{text} on #{ground} has a contrast of {ratio:.1f}, and {LEAST} is the least that can be read"
        hint = f"make {name} {'lighter' if name == 'shade' else 'darker'} (WCAG 2.2, level AA)"
        yield Diagnostic("low-contrast", place, message, hint)


def _unknown_font(style: Style, yaml: Yaml, project: Path) -> Iterator[Diagnostic]:
    if not style.font:
        return
    known = families(fonts(project))
    if style.font not in known:
        hint = f"put its files (.ttf, .otf) into templates/fonts/; {did_you_mean(style.font, known) or 'there are: ' + ', '.join(known)}"
        message = f"there is no font '{style.font}'"
        yield Diagnostic("unknown-font", yaml.place("font"), message, hint)
