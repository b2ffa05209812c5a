"""Pages that stand alone: one file, nothing loaded from anywhere."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

from markupsafe import Markup

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
    return _colours(style) + "".join(looks)


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
    if style.font:  # of headings and tables too, as on the pages of PDF and Word
        rules += [f'--serif: "{style.font}", serif', f'--sans: "{style.font}", sans-serif']
    css = f":root {{ {'; '.join(rules)}; }}\n" if rules else ""
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
