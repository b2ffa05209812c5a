"""Renders a report as one HTML file that needs nothing else: no connection, no folder beside it.

pandoc writes the text, all that is new in one run; templates/report.html.j2 is the page around it. The page's
content security policy names the one style and the one script by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from shadowreport.core.ast import plain
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Block, Picture, Place
from shadowreport.machine.files import read_text
from shadowreport.machine.programs import ProgramError
from shadowreport.machine.toolkit import template
from shadowreport.render.html_text import PICTURE, Text
from shadowreport.render.output import Output
from shadowreport.render.pieces import write_pieces
from shadowreport.resolve.jinja import Templates
from shadowreport.resolve.resolved import Resolved, ResolvedSection

_BORDER = "<!--{}-->"
_SOURCE = re.compile(f'src="{PICTURE}([^"]+)"')
_TYPES = {"png": "image/png", "jpg": "image/jpeg"}


def render(resolved: Resolved, project: Path) -> Output:
    """The report as one HTML page.

    Raises Failure where pandoc fails and for a template that fails or is missing.
    """
    content = Text(resolved)
    head, facts = ([], []) if resolved.partial else content.cover()
    sections = content.sections()
    parts = _write([head, facts, content.end_notes(), *([section] for section in sections)])
    images = {picture.name: picture for picture in resolved.report.images.values()}
    head_html, facts_html, notes, *bodies = (_embed(part, images) for part in parts)
    style = _asset(project, "report.css") + _rules(content.widths)
    script = _asset(project, "report.js")
    page = Templates(project).render(
        "report.html.j2",
        words=resolved.words,
        title=_title(resolved),
        report_title=resolved.report.title,
        partial=resolved.partial,
        masthead=Markup(head_html),
        facts=Markup(facts_html),
        body=Markup("\n".join(bodies)),
        notes=Markup(notes),
        first_note=resolved.first_note,
        contents=_contents(resolved.sections),
        style=Markup(style),
        script=Markup(script),
        policy=Markup(_policy(style, script)),
    )
    return Output(page.encode())


def _write(parts: list[list[Block]]) -> list[str]:
    """The HTML of each part."""
    try:
        return write_pieces(parts, ["-t", "html5", "--wrap=none"], ("html", _BORDER))
    except ProgramError as error:
        raise Failure([Diagnostic("program-failed", Place("sections"), str(error))]) from None


def _embed(html: str, images: Mapping[str, Picture]) -> str:
    def source(match: re.Match[str]) -> str:
        picture = images[match[1]]
        kind = _TYPES[picture.name.rpartition(".")[2]]
        return f'src="data:{kind};base64,{base64.b64encode(picture.data).decode()}"'

    return _SOURCE.sub(source, html)


def _asset(project: Path, name: str) -> str:
    return read_text(template(project, name), f"templates/{name}")


def _rules(widths: Mapping[str, str]) -> str:
    """Style rules for the widths that authors wrote."""
    return "".join(f".{name} {{ {widths[name]}; }}\n" for name in sorted(widths))


def _policy(style: str, script: str) -> str:
    """Nothing is loaded from anywhere; see the Content Security Policy, level 3, section 6."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def _title(resolved: Resolved) -> str:
    name = resolved.report.short_title or resolved.report.title
    return f"{plain(resolved.sections[0].title)} – {name}" if resolved.partial else name


def _contents(sections: tuple[ResolvedSection, ...]) -> list[dict[str, Any]]:
    """The list of contents: parts with the sections in them."""
    parts: list[dict[str, Any]] = []
    for section in sections:
        entry = {
            "anchor": section.anchor,
            "title": plain(section.title),
            "paragraphs": section.paragraphs,
            "level": section.level,
            "sections": [],
        }
        if section.level == 1 or not parts:
            parts.append(entry)
        else:
            parts[-1]["sections"].append(entry)
    return parts
