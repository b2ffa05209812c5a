"""Pages that stand alone: one file, nothing loaded from anywhere."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

from markupsafe import Markup

from shadowreport.machine.files import read_text
from shadowreport.machine.toolkit import template
from shadowreport.resolve.jinja import Templates


def page(project: Path, name: str, **data: Any) -> str:
    """The page that `templates/<name>.html.j2` makes of the data, with overview.css and <name>.js.

    Its content security policy names style and script by their hashes. Raises Failure for a
    template that fails.
    """
    style = _asset(project, "overview.css")
    script = _asset(project, f"{name}.js") if template(project, f"{name}.js").is_file() else ""
    policy = f"default-src 'none'; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    if script:
        policy += f"; script-src {_hash(script)}"
    return Templates(project).render(
        f"{name}.html.j2",
        style=Markup(style),
        script=Markup(script),
        policy=Markup(policy),
        **data,
    )


def _asset(project: Path, name: str) -> str:
    return read_text(template(project, name), f"templates/{name}")


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
