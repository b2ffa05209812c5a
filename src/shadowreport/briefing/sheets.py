"""The texts of a session as pages: a brief (PDF), a statement and questions (Word), cards (PNG)."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import pikepdf
from babel.lists import format_list
from babel.numbers import format_decimal

from shadowreport.briefing.points import Point, Question
from shadowreport.core.demands import printed
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.core.wordcount import words_in
from shadowreport.machine.toolkit import template
from shadowreport.machine.typst import MAIN, Typesetter, script_fonts
from shadowreport.render.docx import render_page
from shadowreport.render.pdf import laid_out, look, with_codes
from shadowreport.resolve.jinja import read_fragment
from shadowreport.resolve.resolved import Resolved

TEMPLATE = "session.typ"
Words = dict[str, Any]  # of templates/session.yaml
_MOST = 20  # lines of a list on a page of a brief: no more can fit
_DATE = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp())  # the same file from the same report


def brief(
    resolved: Resolved,
    project: Path,
    words: Words,
    found: Sequence[Point],
    asked: Sequence[Point],
    pages: int,
) -> tuple[bytes, str]:
    """As many of the first findings and recommendations as fit on the pages; and the letters that no font
    has, for which codes stand. Raises Failure where not even one of each fits."""
    with _typesetter(resolved, project) as typesetter:
        longest = max(len(found), len(asked))
        for most in range(min(_MOST * pages, longest), 0, -1):
            data = _brief_data(resolved, words, found[:most], asked[:most])
            pdf, missing = _pdf(typesetter, project, "brief", data)
            with pikepdf.open(io.BytesIO(pdf)) as document:
                if len(document.pages) <= pages:
                    return pdf, missing
    message = f"one finding and one recommendation are more than {pages} pages"
    hint = "write short: texts for the paragraphs, and shorten what the cover says of contacts"
    raise Failure([Diagnostic("no-brief", resolved.report.place, message, hint)])


def _brief_data(
    resolved: Resolved, words: Words, found: Sequence[Point], asked: Sequence[Point]
) -> dict[str, Any]:
    report, language = resolved.report, resolved.words
    contacts = [", ".join(filter(None, (item.name, item.email))) for item in report.contacts]
    parts = [(words["findings"], found), (words["recommendations"], asked)]
    return {
        **_looks(resolved),
        "title": f"{words['brief']} – {report.state}",
        "line": " · ".join(filter(None, (resolved.edition, _committee(resolved), report.session))),
        "by": " · ".join(language.typeset(item.name) for item in report.organisations),
        "parts": [
            {"title": title, "points": [_line(point, words) for point in points]}
            for title, points in parts
            if points
        ],
        "notes": [
            language.typeset(words["numbers"].format(title=report.title)),
            *(
                [f"{words['contact']} – {language.mark('semicolon').join(contacts)}"]
                if contacts
                else []
            ),
        ],
    }


def _committee(resolved: Resolved) -> str:
    return resolved.words.typeset(resolved.words.committee(resolved.report.committee))


def _looks(resolved: Resolved) -> dict[str, Any]:
    """What style.yaml and the language say of the pages."""
    return {
        "style": look(resolved.report),
        "language": resolved.words.code.partition("-")[0],
        "region": resolved.words.region,
        "direction": resolved.words.direction,
        "fonts": list(resolved.words.fonts.get("pdf", ())),
    }


def _line(point: Point, words: Words) -> dict[str, str]:
    return {"text": point.text, "para": words["para"].format(number=point.number)}


def cards(
    resolved: Resolved, project: Path, words: Words, points: Sequence[Point]
) -> tuple[list[tuple[bytes, str]], str]:
    """A picture of each finding, and the text for those who do not see it; and the letters that no font has."""
    result: list[tuple[bytes, str]] = []
    letters = ""
    with _typesetter(resolved, project) as typesetter:
        for point in points:
            data = {
                **_looks(resolved),
                "title": point.theme,
                "theme": point.theme,
                "source": resolved.words.typeset(resolved.report.short_title),
                **_line(point, words),
            }
            _, missing = _pdf(typesetter, project, "card", data)
            letters += missing
            files = with_codes(_sources(project, "card", data), missing)
            spoken = f"{point.theme}: {point.text} {data['para']} {data['source']}"
            result.append((typesetter.png(files), spoken))
    return result, letters


def _typesetter(resolved: Resolved, project: Path) -> Typesetter:
    return Typesetter(script_fonts(project, resolved.words.fonts)[0])


def _pdf(
    typesetter: Typesetter, project: Path, kind: str, data: dict[str, Any]
) -> tuple[bytes, str]:
    """A sheet, and the letters that no font has."""
    result, missing = laid_out(typesetter, _sources(project, kind, data), _DATE)
    fatal = [problem for problem in result.problems if problem.fatal]
    if fatal:
        place = Place(f"templates/{TEMPLATE}")
        raise Failure(
            [Diagnostic("bad-template", place, item.message, item.detail) for item in fatal]
        )
    return result.pdf, missing


def _sources(project: Path, kind: str, data: dict[str, Any]) -> dict[str, bytes]:
    main = f'#import "{TEMPLATE}": {kind}\n#{kind}(json("session.json"))\n'
    return {
        MAIN: main.encode(),
        TEMPLATE: template(project, TEMPLATE).read_bytes(),
        "session.json": json.dumps(data).encode(),
    }


def statement(
    resolved: Resolved,
    project: Path,
    words: Words,
    found: Sequence[Point],
    asked: Sequence[Point],
    minutes: int,
) -> tuple[bytes, str]:
    """An oral statement that can be read out in so many minutes, and how long it is, for who makes it. Numbers of
    paragraphs stand in it for those who follow the text; they are not counted."""
    report, language = resolved.report, resolved.words
    room = minutes * int(words["rate"])
    names = format_list([item.name for item in report.organisations], locale=language.locale)
    said = [
        words["address"].format(committee=language.committee(report.committee)),
        words["opening"].format(organisations=names, state=report.state),
        words["asking"],
        words["closing"],
    ]
    frame = [language.typeset(text) for text in said]
    used = sum(map(words_in, frame))
    kept: tuple[list[Point], list[Point]] = ([], [])
    for nth in range(max(len(found), len(asked))):
        for points, taken in zip((found, asked), kept, strict=True):
            size = words_in(points[nth].text) if nth < len(points) else 0
            if size and used + size <= room:
                taken.append(points[nth])
                used += size
    if not kept[0]:
        message = f"{minutes} minutes are {room} words, and no finding fits into them"
        hint = "give more --minutes, or write short: texts for the paragraphs that matter most"
        raise Failure([Diagnostic("no-brief", report.place, message, hint)])
    spoken = round(used / int(words["rate"]), 1)
    minutes_said = format_decimal(spoken, locale=language.locale)
    length = words["length"].format(words=used, minutes=minutes_said)
    address, opening, asking, closing = (f"<p>{escape(text)}</p>" for text in frame)
    page = (
        f"<h1>{escape(words['statement'])}</h1><p><em>{escape(length)}</em></p>{address}{opening}"
    )
    page += _paragraphs(kept[0], words)
    page += f"{asking}{_paragraphs(kept[1], words)}" if kept[1] else ""
    return _word(
        page + closing, words["statement"], resolved, project
    ), f"{used:,} words, about {spoken} minutes"


def _paragraphs(points: Sequence[Point], words: Words) -> str:
    lines = (_line(point, words) for point in points)
    return "".join(f"<p>{escape(item['text'])} {escape(item['para'])}</p>" for item in lines)


def question_list(
    resolved: Resolved, project: Path, words: Words, questions: Sequence[Question]
) -> bytes:
    """A numbered question for each finding, under its theme; a theme stands where it is first met."""
    page, theme = f"<h1>{escape(words['questions'])}</h1>", ""
    themes = list(dict.fromkeys(item.point.theme for item in questions))
    ordered = sorted(questions, key=lambda item: themes.index(item.point.theme))
    for nth, item in enumerate(ordered, 1):
        if item.point.theme != theme:
            theme = item.point.theme
            page += f"<h2>{escape(theme)}</h2>"
        text = words["question"].format(
            symbol=item.symbol,
            paragraph=item.demand.paragraph,
            text=printed(item.demand, resolved.words).rstrip(),
            finding=item.finding,
            para=words["para"].format(number=item.point.number),
        )
        page += f"<p>{nth}. {escape(resolved.words.typeset(text))}</p>"
    return _word(page, words["questions"], resolved, project)


def _word(page: str, kind: str, resolved: Resolved, project: Path) -> bytes:
    report = resolved.report
    blocks = read_fragment(page, report.images, project)
    return render_page(report, blocks, project, title=f"{kind} – {report.state}")
