"""PDF: typst_text.py writes Typst, templates/report.typ says how it looks, typst makes a tagged PDF."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from shadowreport.core.ast import plain
from shadowreport.core.layout import TEMPLATES
from shadowreport.core.numbering import CAPTIONED
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Block, Place, Report
from shadowreport.core.scripts import SCRIPTS
from shadowreport.core.style import FONT, Logo
from shadowreport.machine.cache import remembered
from shadowreport.machine.programs import ProgramError
from shadowreport.machine.toolkit import template, templates
from shadowreport.machine.typst import (
    MAIN,
    Typesetter,
    TypstProblem,
    TypstResult,
    fonts,
    script_fonts,
)
from shadowreport.render.finish_pdf import finish
from shadowreport.render.measured import strayed
from shadowreport.render.output import Output
from shadowreport.render.pdf_problems import TEMPLATE, WRITTEN, refused, told, unknown_fonts
from shadowreport.render.typst_text import Writer
from shadowreport.resolve import cover_data, running_head
from shadowreport.resolve.resolved import Resolved

# on each page, whatever template is used
_EDITION = """\
#set page(foreground: pdf.artifact(place(top + center, dy: 0.9cm, text(
  font: "Libertinus Serif", size: 9.5pt, weight: "bold", fill: rgb("#9b1c1c"),
  json("report.json").edition,
))))
"""
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_MISSING = re.compile(
    r"the text `\"(.*?)\"` could not be displayed"  # no font has it
    r"|the PDF contains the codepoint `\"(.*?)\"`"  # private: PDF/A forbids it, whatever it looks like
)


def render(resolved: Resolved, project: Path) -> Output:
    """The report as PDF/UA-1 and PDF/A-2a. Raises Failure where typst refuses it."""
    files = sources(resolved, project)
    folders, scripts_font = script_fonts(project, resolved.words.fonts)
    timestamp = _timestamp(resolved.report)

    own = template(project, TEMPLATE) != templates() / TEMPLATE

    def make() -> bytes:
        data, facts = _compile(resolved, files, timestamp, folders, own=own)
        head = json.dumps(facts).encode()
        return len(head).to_bytes(4) + head + data

    found = [
        path for folder in fonts(project) for path in sorted(folder.rglob("*")) if path.is_file()
    ]
    inputs = (part for pair in files.items() for part in pair)
    parts = (
        str(timestamp),
        str(own),
        scripts_font,
        *inputs,
        *(path.read_bytes() for path in found),
    )
    done = remembered("pdf", parts, make)
    end = 4 + int.from_bytes(done[:4])
    facts = json.loads(done[4:end])
    return Output(done[end:], tuple(told(facts, resolved, folders)), facts["pages"])


def sources(resolved: Resolved, project: Path) -> dict[str, bytes]:
    """All that typst may see, by the names of files."""
    body = Writer(resolved.report.images, resolved.report.style).source(resolved.blocks())
    mark = _EDITION if resolved.edition else ""
    main = f'{mark}#import "report.typ": *\n#show: report.with(json("report.json"))\n#include "body.typ"\n'
    images = resolved.report.images
    named = {key.removeprefix(TEMPLATES): key for key in images if key.startswith(TEMPLATES)}
    return {
        MAIN: main.encode(),
        "body.typ": f'#import "report.typ": *\n\n{body}'.encode(),
        "report.json": json.dumps(_data(resolved)).encode(),
        TEMPLATE: template(project, TEMPLATE).read_bytes(),
        **{f"images/{picture.name}": picture.data for picture in images.values()},
        **{name: images[key].data for name, key in named.items()},
    }


def _compile(
    resolved: Resolved,
    files: Mapping[str, bytes],
    timestamp: int,
    folders: list[Path],
    *,
    own: bool,
) -> tuple[bytes, dict[str, Any]]:
    """The PDF, and what is to be said of it: its pages, the letters and families that no font has, what
    does not fit its page. `own`: the project has a template of its own, whose margins are not known.
    Raises Failure where typst refuses the document."""
    names, heads = list(_names(resolved.blocks())), [item.anchor for item in resolved.sections]
    try:
        with Typesetter(folders) as typesetter:
            result, missing = laid_out(typesetter, files, timestamp, [*names, *heads])
    except ProgramError as error:
        raise Failure([Diagnostic("program-failed", Place("sections"), str(error))]) from None
    fatal = [problem for problem in result.problems if problem.fatal]
    if fatal or not result.pdf:
        raise Failure([refused(fatal)])
    places = [place for place in result.places if place["name"] not in heads]
    sections = [(plain(section.title), section.paragraphs) for section in resolved.sections]
    words = resolved.words
    leftward = words.direction == "rtl"
    data, pages = finish(result.pdf, places, sections, words.data["words"], leftward=leftward)
    style = None if own else resolved.report.style
    starts = [place for place in result.places if place["name"].startswith(WRITTEN)]
    off = strayed(data, starts, style, cover=not resolved.partial)
    return data, {
        "pages": pages,
        "missing": missing,
        "fonts": unknown_fonts(result.problems) if own else [],
        "strayed": [(item.place, item.said) for item in off],
    }


def laid_out(
    typesetter: Typesetter,
    files: Mapping[str, bytes],
    timestamp: int,
    names: Sequence[str] = (),
) -> tuple[TypstResult, str]:
    """Sources as a PDF, with codes for the letters that no font has; and those letters. Raises
    ProgramError."""
    missing = ""
    result = typesetter.pdf(files, timestamp, names)
    while letters := _missing(result.problems, missing):
        missing += letters
        result = typesetter.pdf(with_codes(files, missing), timestamp, names)
    return result, missing


def with_codes(files: Mapping[str, bytes], letters: str) -> dict[str, bytes]:
    """Sources that show the codes of some letters instead of them."""
    main = files[MAIN]
    return {**files, MAIN: _stand_in(letters).encode() + main if letters else main}


def _names(blocks: Sequence[Block]) -> Iterator[str]:
    """What the PDF can be opened at by name, besides headings, which typst names itself."""
    for block in blocks:
        if block["t"] in ("Div", *CAPTIONED) and block["c"][0][0]:
            yield block["c"][0][0]
        if block["t"] == "Div":
            yield from _names(block["c"][1])


def _data(resolved: Resolved) -> dict[str, Any]:
    words = resolved.words
    return {
        **cover_data(resolved.report, words),
        "style": look(resolved.report),
        "head": running_head(resolved.report, words),
        "language": words.code.partition("-")[0],
        "region": words.region,
        "direction": words.direction,
        "fonts": list(words.fonts.get("pdf", ())),
        "partial": resolved.partial,
        "edition": resolved.edition,
        "first_note": resolved.first_note,
        "lists": [asdict(item) for item in resolved.lists()],
        "contents_depth": resolved.report.contents_of("pdf"),
        "paragraphs": {section.anchor: section.paragraphs for section in resolved.sections},
        "words": dict(words.data["words"]),
        "own_words": dict(words.own_words),
    }


def look(report: Report) -> dict[str, Any]:
    """The look for templates in Typst: colours as #RRGGBB, lengths in millimetres."""
    style = report.style
    width, height = style.size
    return {
        "colours": {name: f"#{value}" for name, value in style.colours.items()},
        "font": style.font or FONT,
        "heading_font": style.heading_font or style.font or FONT,
        "script_fonts": [
            {"name": family, "covers": SCRIPTS[code].typst}
            for code, family in style.script_fonts.items()
        ],
        "links": {"colour": f"#{style.link_colour}", "underline": bool(style.links.underline)},
        "width": width,
        "height": height,
        "margins": style.margins,
        "two_sided": style.two_sided,
        "boxes": style.boxes,
        "tables": style.tables,
        "bullets": style.bullets,
        "numbers": style.numbered("{number}").split("{number}"),
        "logo": _picture(report, style.logo),
        "cover": _picture(report, style.cover),
    }


def _picture(report: Report, logo: Logo | None) -> dict[str, Any] | None:
    return logo and {
        "name": report.images[logo.key].name,
        "alternative": logo.alternative,
        "width": logo.width,
    }


def _timestamp(report: Report) -> int:
    try:
        return int(datetime.fromisoformat(report.date).replace(tzinfo=UTC).timestamp())
    except ValueError:
        return 0


# --- letters without a font -----------------------------------------------------------------------


def _missing(problems: Sequence[TypstProblem], known: str) -> str:
    """The letters that typst could not show, each once, less those that are known."""
    detail = "\n".join(problem.detail for problem in problems if problem.fatal)
    told = (match[1] or match[2] for match in _MISSING.finditer(detail))
    found = dict.fromkeys("".join(map(_character, told)))
    return "".join(letter for letter in found if letter not in known)


def _stand_in(letters: str) -> str:
    """Typst that shows the code of a letter where no font has the letter itself: [U+4E16]."""
    signs = "".join(f"\\\\u{{{ord(letter):x}}}" for letter in letters)
    digits = "upper(str(letter.to-unicode(), base: 16))"
    code = f'{{ let code = {digits}; "[U+" + "0" * calc.max(0, 4 - code.len()) + code + "]" }}'
    each = f"letter => box(text(dir: ltr, {code}))"
    shown = f"found.text.codepoints().map({each}).join()"
    # from the first to the last of a text at once: typst goes a step deeper with each place that a rule finds
    return (
        f'#show regex("[{signs}](?s:.*[{signs}])?"): it => {{ let at = 0; '
        f'for found in it.text.matches(regex("[{signs}]+")) '
        f"{{ it.text.slice(at, found.start); {shown}; at = found.end }}; it.text.slice(at) }}\n"
    )


def _character(text: str) -> str:
    """What typst names: it writes private characters as \\u{f0b7}."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
