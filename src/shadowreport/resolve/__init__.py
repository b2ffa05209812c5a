"""Numbers given, references and citations settled, generated pieces put in.

resolved.py says in which terms the text comes out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from shadowreport.core.ast import attr, div, node, text, transform
from shadowreport.core.demands import printed
from shadowreport.core.direction import isolate
from shadowreport.core.evidence import with_evidence
from shadowreport.core.lexicon import Language
from shadowreport.core.numbering import anchor, number, ranges
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import (
    Block,
    Box,
    CycleDocument,
    Heading,
    Label,
    Paragraph,
    Picture,
    Place,
    Report,
    Section,
)
from shadowreport.core.spacing import keep_whole
from shadowreport.core.wide import close_up
from shadowreport.machine.programs import ProgramError
from shadowreport.machine.toolkit import template
from shadowreport.resolve.annexes import make_annexes
from shadowreport.resolve.citations import cite
from shadowreport.resolve.crossrefs import handlers, keep_together, numbered
from shadowreport.resolve.headings import name_headings
from shadowreport.resolve.jinja import Templates, fill, read_fragments
from shadowreport.resolve.resolved import Resolved, ResolvedSection
from shadowreport.resolve.selection import chosen, select

STYLE = "un-note.csl"


def resolve(report: Report, project: Path, only: Sequence[str] = ()) -> Resolved:
    """The report with everything settled; `only` names the sections to keep (all where empty).

    Raises Failure for a template or a style that fails and for an unknown section.
    """
    words = report.speech.language
    labels = number(report)
    listed = dict(ranges(report.sections, labels))  # of a shorter document, what is in it
    report = with_evidence(report)
    try:
        with ThreadPoolExecutor(1) as pool:  # pandoc reads the pieces while it cites
            making = pool.submit(_pieces, report, words, labels, project)
            texts = [_texts(section, labels, words, report.images) for section in report.sections]
            places = chosen(report, only)  # "Ibid." follows the notes that are printed
            citing = template(project, report.style.citations or STYLE)
            entries = cite([texts[index] for index in places], report, citing, words)
            pieces = making.result()
        settling = handlers(labels, words, report.images)
        bodies = [
            _body(section, blocks, pieces, settling)
            for section, blocks in zip(report.sections, texts, strict=True)
        ]
        resolved = Resolved(
            report=report,
            words=words,
            labels=labels,
            cover=pieces["cover"],
            sections=tuple(
                ResolvedSection(
                    section.name,
                    text(words.typeset(section.title)),
                    section.level,
                    blocks,
                    listed[anchor("sec", section.name)].text,
                )
                for section, blocks in zip(report.sections, bodies, strict=True)
            ),
        )
        if only:
            return _as_written(select(resolved, places))
        annexes = make_annexes(resolved, entries, project)
        return _as_written(replace(resolved, sections=(*resolved.sections, *annexes)))
    except ProgramError as error:
        raise Failure([Diagnostic("program-failed", Place("sections"), str(error))]) from None


def _as_written(resolved: Resolved) -> Resolved:
    """The texts with the spaces and the directions of their script, and names for what the contents list."""
    report = resolved.report
    depth = max((report.contents_depth, *report.style.contents.values()))
    named = tuple(name_headings(section, depth) for section in resolved.sections)
    resolved = replace(resolved, sections=named)
    texts = [resolved.cover]
    texts += [part for section in named for part in (section.title, section.blocks)]
    set_right = {"arabic": isolate, "han": close_up}.get(resolved.words.script)
    kept = resolved.words.spacing
    for part in texts:
        if set_right:
            set_right(part)
        if kept:
            keep_whole(part, kept)
    return resolved


# --- generated pieces ---------------------------------------------------------------------------


def _pieces(
    report: Report, words: Language, labels: Mapping[str, Label], project: Path
) -> dict[str, list[Block]]:
    templates = Templates(project)
    html = {
        "cover": templates.render("cover.html.j2", report=cover_data(report, words), words=words)
    }
    html["summary"] = templates.render("summary.html.j2", words=words)
    for section in report.sections:
        if section.rows:
            data = _table_data(report, section, words)
            html[f"table {section.name}"] = templates.render(
                "recommendation-table.html.j2", words=words, **data
            )
        for index, box in enumerate(section.boxes()):
            items = [
                {"anchor": anchor("rec", item.id), "label": labels[anchor("rec", item.id)].text}
                for item in box.recommendations
                if anchor("rec", item.id) in labels
            ]
            html[f"box {section.name} {index}"] = templates.render(
                "box.html.j2", words=words, recommendations=items
            )
    return read_fragments(html, report.images, project)


def cover_data(report: Report, words: Language) -> dict[str, Any]:
    """What templates are given for a cover."""
    return {
        "title": words.typeset(report.title),
        "subtitle": words.typeset(report.subtitle),
        "short_title": words.typeset(report.short_title),
        "logo": report.style.logo and asdict(report.style.logo),
        "cover": report.style.cover and asdict(report.style.cover),
        "state": report.state,
        "session": report.session,
        "date": words.date(report.date),
        "publication": words.typeset(report.publication),
        "submitted_to": words["submitted_to"].replace(
            "{committee}", words.committee(report.committee)
        ),
        "organisations": [
            {
                "name": words.typeset(item.name),
                "description": words.typeset(item.description),
                "url": item.url,
            }
            for item in report.organisations
        ],
        "contacts": [
            {"name": words.typeset(item.name), "email": item.email, "url": item.url}
            for item in report.contacts
        ],
    }


def running_head(report: Report, words: Language) -> dict[str, str]:
    """What stands at the start and at the end of the head of each page."""
    said = {
        "title": report.title,
        "short_title": report.short_title,
        "session": report.session,
        "state": report.state,
        "date": words.date(report.date),
        "organisations": ", ".join(item.name for item in report.organisations),
    }
    return {
        end: words.typeset(text.format_map(said).strip()) for end, text in report.style.head.items()
    }


def _table_data(report: Report, section: Section, words: Language) -> dict[str, Any]:
    earlier = report.earlier()
    shown = _columns(report)
    rows = [
        [
            [
                {
                    "text": printed(earlier[mention.id], words),
                    "paragraph": earlier[mention.id].paragraph,
                }
                for mention in row
                if mention.id.partition("/")[0] == cycle.stem
            ]
            for cycle in shown
        ]
        for row in section.rows
    ]
    cycles = [{"heading": words.of(cycle.heading), "symbol": cycle.symbol} for cycle in shown]
    return {"rows": rows, "cycles": cycles}


def _columns(report: Report) -> list[CycleDocument]:
    """The cycles of which a table of the report shows something: all tables have the same columns."""
    rows = (row for section in report.sections for row in section.rows)
    named = {mention.id.partition("/")[0] for row in rows for mention in row}
    return [cycle for cycle in report.cycles if cycle.stem in named]


# --- the text of a section ----------------------------------------------------------------------


def _texts(
    section: Section, labels: Mapping[str, Label], words: Language, images: Mapping[str, Picture]
) -> list[Block]:
    """A block for each item of the section that is printed, without what is generated."""
    blocks: list[Block] = []
    summary: list[Block] = []
    for item in section.items:
        if isinstance(item, Heading):
            blocks.append(node("Header", item.level, attr(), item.inlines))
        elif isinstance(item, Paragraph) and item.summary:
            summary.append(numbered("point", anchor("par", item.id), labels, item.blocks))
        elif isinstance(item, Paragraph):
            blocks.append(numbered("paragraph", anchor("par", item.id), labels, item.blocks))
        elif isinstance(item, Box):
            own = [
                numbered("recommendation", anchor("rec", own.id), labels, own.blocks)
                for own in item.recommendations
            ]
            blocks.append(div(attr("", "box"), own))
    if summary:
        blocks.insert(0, div(attr("", "summary"), summary))
    return transform(blocks, handlers(labels, words, images), keep_together)


def _body(
    section: Section,
    texts: list[Block],
    pieces: Mapping[str, list[Block]],
    handlers: Mapping[str, Any],
) -> list[Block]:
    """The section's text with its generated pieces: the table, and what is around a box or the summary."""
    blocks: list[Block] = []
    if texts and _class(texts[0]) == "summary":
        points, *texts = texts
        blocks.append(div(points["c"][0], fill(pieces["summary"], {"points": points["c"][1]})))
    if section.rows:
        table = transform(pieces[f"table {section.name}"], handlers)
        blocks.append(div(attr("", "recommendation-table"), table))
    boxes = 0
    for block in texts:
        if _class(block) == "box":
            slots = {own["c"][0][0]: [own] for own in block["c"][1]}
            around = transform(pieces[f"box {section.name} {boxes}"], handlers)
            block = div(block["c"][0], fill(around, slots))
            boxes += 1
        blocks.append(block)
    return blocks


def _class(block: Block) -> str:
    return "".join(block["c"][0][1][:1]) if block["t"] == "Div" else ""
