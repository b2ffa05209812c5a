"""Pages that stand alone: one file, nothing loaded from anywhere."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

from markupsafe import Markup

from shadowreport.core.scripts import SCRIPTS
from shadowreport.core.style import BULLETS, COLOURS, MARGINS, Style
from shadowreport.load.style import load_style
from shadowreport.machine.files import read_text
from shadowreport.machine.toolkit import template
from shadowreport.resolve.jinja import Templates


def page(project: Path, name: str, **data: Any) -> str:
    """The page that `templates/<name>.html.j2` makes of the data, with overview.css and <name>.js.

    Raises Failure for a template that fails.
    """
    look, _, _ = load_style(project)  # what is wrong with it is told by a check
    style = asset(project, "overview.css") + style_rules(look)
    script = asset(project, f"{name}.js") if template(project, f"{name}.js").is_file() else ""
    return alone(project, name, style, script, **data)


def alone(
    project: Path, name: str, style: str, script: str, *, pictures: bool = False, **data: Any
) -> str:
    """A page with its one style and its one script, allowed by their hashes; nothing is loaded from
    anywhere (Content Security Policy, level 3, section 6). `pictures` may stand in it as data."""
    policy = f"default-src 'none'; style-src {_hash(style)}"
    policy += f"; script-src {_hash(script)}" if script else ""
    policy += "; img-src data:" if pictures else ""
    return Templates(project).render(
        f"{name}.html.j2",
        style=Markup(style),
        script=Markup(script),
        policy=Markup(f"{policy}; base-uri 'none'; form-action 'none'"),
        **data,
    )


def style_rules(style: Style) -> str:
    """CSS for what differs from the toolkit's own look."""
    looks = [_LOOKS.get(f"{kind} {form}", "") for kind, form in _forms(style)]
    if style.bullets != BULLETS[0]:
        looks.append(f'main ul {{ list-style-type: "{style.bullets}\\2002"; }}\n')
    if (style.paper, style.margins) != (Style().paper, MARGINS):
        sides = (style.margins[side] for side in ("top", "right", "bottom", "left"))
        margins = " ".join(f"{side:g}mm" for side in sides)
        looks.append(f"@page {{ size: {style.paper}; margin: {margins}; }}\n")
    if style.links.underline is not None:
        line = "underline" if style.links.underline else "none"
        looks.append(f"{_LINKS} {{ text-decoration-line: {line}; }}\n")
    if style.heading_font:
        family = _stack(style.heading_font, "serif")
        looks.append(f":is(h1, h2, h3, h4, h5, h6) {{ font-family: {family}; }}\n")
    return _faces(style) + _colours(style) + "".join(looks)


_LINKS = 'a:is([href^="http"], [href^="mailto:"])'


def _stack(family: str, kind: str) -> str:
    """A list of families: of a script first, each for the letters of its script alone."""
    return f'var(--scripts) "{family}", {kind}'


def _faces(style: Style) -> str:
    """The fonts of scripts, where the reader's machine has them, under the codes of the scripts: nothing is loaded."""
    return "".join(
        f'@font-face {{ font-family: "{code}"; font-weight: {weight}; src: {_local(family, names)}; '
        f"unicode-range: {SCRIPTS[code].css}; }}\n"
        for code, family in style.script_fonts.items()
        for weight, names in (("400", ("", " Regular")), ("700", (" Bold",)))
    )


def _local(family: str, names: tuple[str, ...]) -> str:
    return ", ".join(f'local("{family}{name}")' for name in names)


def _forms(style: Style) -> tuple[tuple[str, str], ...]:
    return ("boxes", style.boxes), ("tables", style.tables)


_BOX = "main :is(.box, .summary)"
_LOOKS = {
    "boxes frame": f"{_BOX} {{ border: 1px solid var(--line); }}\n",
    "boxes rules": f"{_BOX} {{ border: solid var(--accent-text); border-width: 2px 0; }}\n",
    "boxes plain": f"{_BOX} {{ border: 0; }}\n",
    "tables grid": "main :is(table, th, td) { border-color: var(--soft); }\n",
    "tables plain": (
        "main table { border: solid var(--accent-text); border-width: 2px 0; }\n"
        "main :is(th, td) { border: 0; }\n"
        "main :is(thead, tbody) th { background: none; color: var(--accent-text); }\n"
        "main thead th { position: static; border-block-end: 1px solid var(--accent-text); }\n"
    ),
}


def _colours(style: Style) -> str:
    """A report's own colours and letters in the place of the toolkit's. Where a screen is dark, only the
    ground of heads is its own: the other colours are chosen for light paper."""
    own = {name: value for name, value in style.colours.items() if value != COLOURS[name]}
    light = {
        variable: own[name]
        for variable, name in _VARIABLES.items()
        if name in own and variable != "--accent"
    }
    rules = [f"--accent: #{own['accent']}"] if "accent" in own else []
    if style.script_fonts:
        faces = " ".join(f'"{code}",' for code in style.script_fonts)
        rules.append(f"--scripts: {faces}")
    if style.font:  # of tables too, as on the pages of PDF and Word
        rules += [f"--{name}: {_stack(style.font, name)}" for name in ("serif", "sans")]
    css = f":root {{ {'; '.join(rules)}; }}\n" if rules else ""
    if style.links.colour:
        light["--link"] = style.links.colour
    if light:
        inner = "; ".join(f"{variable}: #{value}" for variable, value in light.items())
        css += f"@media print, not (prefers-color-scheme: dark) {{ :root {{ {inner}; }} }}\n"
    return css


_VARIABLES = {
    "--accent": "accent",
    "--accent-text": "accent",
    "--shade": "shade",
    "--line": "line",
    "--soft": "quiet",
    "--link": "accent",
}


def asset(project: Path, name: str) -> str:
    """A style or script of templates/, the project's own where it has one."""
    return read_text(template(project, name), f"templates/{name}")


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
