"""Renders a report as one HTML file that needs nothing else: no connection, no folder beside it.

pandoc writes the text, all that is new in one run; templates/report.html.j2 is the page around it. The page's
content security policy names the one style and the one script by their hashes.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from shadowreport.core.ast import plain
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Block, Picture, Place
from shadowreport.machine.programs import ProgramError
from shadowreport.render import remarks
from shadowreport.render.html_text import PICTURE, Text
from shadowreport.render.output import Output
from shadowreport.render.page import alone, asset, style_rules
from shadowreport.render.pieces import write_pieces
from shadowreport.render.remarks import RemarksOn
from shadowreport.resolve.resolved import Entry, Resolved

_BORDER = "<!--{}-->"
_SOURCE = re.compile(f'src="{PICTURE}([^"]+)"')
_BLOCKED = re.compile(r"""<img\b[^>]*?\ssrc=["']?(?!["']?data:)([^"'>\s]*)""")


def render(resolved: Resolved, project: Path, on: RemarksOn | None = None) -> Output:
    """The report as one HTML page; one that takes its readers' remarks where `on` is given.

    Raises Failure where pandoc fails and for a template that fails or is missing.
    """
    content = Text(resolved)
    head, facts = ([], []) if resolved.partial else content.cover()
    sections = content.sections()
    parts = _write([head, facts, content.end_notes(), *([section] for section in sections)])
    images = {picture.name: picture for picture in resolved.report.images.values()}
    head_html, facts_html, notes, *bodies = (_embed(part, images) for part in parts)
    look = asset(project, "report.css") + style_rules(resolved.report.style)
    look += _rules(content.widths)
    page = alone(
        project,
        "report",
        look + (remarks.style(project) if on else ""),
        asset(project, "report.js") + (remarks.script(project, resolved.words, on) if on else ""),
        pictures=True,
        words=resolved.words,
        title=_title(resolved),
        report_title=resolved.report.title,
        partial=resolved.partial,
        masthead=Markup(head_html),
        facts=Markup(facts_html),
        body=Markup("\n".join(bodies)),
        notes=Markup(notes),
        first_note=resolved.first_note,
        contents=_contents(resolved.contents("html")),
        lists=[asdict(item) for item in resolved.lists()],
        edition=resolved.edition,
    )
    if blocked := _BLOCKED.search(page):
        raise _bad(
            f"shows the picture '{blocked[1][:60]}', which no page loads: pages stand alone",
            "name pictures in cover.html.j2 as images/NAME, or in templates/style.yaml",
        )
    if str(escape(resolved.edition)) not in page:
        message = "does not print the name of the edition: {{ edition }}"
        raise _bad(message, "add it, or remove your template to use the toolkit's own")
    return Output(page.encode())


def _bad(message: str, hint: str) -> Failure:
    place = Place("templates/report.html.j2")
    return Failure([Diagnostic("bad-template", place, message, hint)])


def _write(parts: list[list[Block]]) -> list[str]:
    """The HTML of each part."""
    try:
        return write_pieces(parts, ["-t", "html5", "--wrap=none"], ("html", _BORDER))
    except ProgramError as error:
        raise Failure([Diagnostic("program-failed", Place("sections"), str(error))]) from None


def _embed(html: str, images: Mapping[str, Picture]) -> str:
    def source(match: re.Match[str]) -> str:
        picture = images[match[1]]
        data = picture.dots or picture.data
        kind = "image/jpeg" if picture.name.endswith("jpg") else "image/png"
        return f'src="data:{kind};base64,{base64.b64encode(data).decode()}"'

    return _SOURCE.sub(source, html)


def _rules(widths: Mapping[str, str]) -> str:
    """Style rules for the widths that authors wrote."""
    return "".join(f".{name} {{ {widths[name]}; }}\n" for name in sorted(widths))


def _title(resolved: Resolved) -> str:
    name = resolved.report.short_title or resolved.report.title
    return f"{plain(resolved.sections[0].title)} – {name}" if resolved.partial else name


def _contents(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """The list of contents: parts with the sections and the headings in them."""
    parts: list[dict[str, Any]] = []
    for entry in entries:
        if entry.level == 1 or not parts:
            parts.append({**asdict(entry), "sections": []})
        else:
            parts[-1]["sections"].append(asdict(entry))
    return parts
