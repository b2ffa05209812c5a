"""The generated annexes: recommendations (by section, by addressee), sources, abbreviations, matrix, and
those of the project's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from shadowreport.core.addressees import addressee_of
from shadowreport.core.ast import attr, node, para, plain, text, transform, walk
from shadowreport.core.ids import WITHHELD
from shadowreport.core.layout import ANNEX
from shadowreport.core.lexicon import Language
from shadowreport.core.numbering import CAPTIONED, anchor, boxes_by_paragraph, roman
from shadowreport.core.report import Block, Inline, OwnAnnex
from shadowreport.outcomes.matrix_annex import annex
from shadowreport.resolve.citations import bare
from shadowreport.resolve.jinja import Templates, fill, read_fragments
from shadowreport.resolve.resolved import Resolved, ResolvedSection

_SOURCE_GROUPS = ("instruments", "un", "legislation", "other")


def make_annexes(
    resolved: Resolved, entries: Mapping[str, list[Inline]], project: Path
) -> list[ResolvedSection]:
    """The annexes that report.yaml asks for, in its order; one without content is left out, and keeps
    its number where the report has two editions.

    `entries` are the entries of the list of sources by key.
    """
    report, words = resolved.report, resolved.words
    templates = Templates(project)
    own = report.own_annexes
    made = {
        name: _own(own[name]) if name in own else _MAKERS[name](resolved, entries)
        for name in report.annexes
    }
    made = {name: (data, slots) for name, (data, slots) in made.items() if any(data.values())}
    html = {
        name: templates.render(ANNEX.format(name), words=words, **data)
        for name, (data, _) in made.items()
    }
    pieces = read_fragments(html, report.images, project) if html else {}
    result: list[ResolvedSection] = []
    # those of a report with two editions count alike in both, whichever of them has nothing in it
    counted = report.annexes if report.edition else tuple(made)
    for name, (_, slots) in made.items():
        heading = words.typeset(own[name].title) if name in own else words[f"annex_{name}"]
        title = _title(words, counted.index(name) + 1 if len(counted) > 1 else 0, heading)
        blocks = transform(fill(pieces[name], slots), {"Link": _as_reference})
        result.append(ResolvedSection(f"annex-{name}", text(title), 1, blocks, is_annex=True))
    return result


def _title(words: Language, number: int, heading: str) -> str:
    """Such as Annex II. Sources; of one annex alone without a number."""
    own = words.annexes[number - 1 : number] if number else ()
    if own:
        return f"{words['annex']} {own[0]}{words.mark('colon')}{heading}"
    mark = f" {roman(number).upper()}" if number else ""
    return f"{words['annex']}{mark}. {heading}"


def _as_reference(content: Any) -> Any:
    _, inlines, target = content
    return node("Link", attr("", "place"), inlines, target) if target[0].startswith("#") else None


Annex = tuple[dict[str, Any], dict[str, list[Block]]]


def _own(annex: OwnAnnex) -> Annex:
    """What the template of an annex of the project's own is given."""
    return {"title": annex.title, "data": annex.data}, {}


def _texts(resolved: Resolved) -> dict[str, list[Block]]:
    """The recommendations of the report, by their anchors."""
    return {
        element["c"][0][0]: _words_alone(element["c"][1])
        for section in resolved.sections
        for box in section.blocks
        if box["t"] == "Div" and box["c"][0][1] == ["box"]
        for element in walk(box)
        if element["t"] == "Div" and element["c"][0][1] == ["recommendation"]
    }


def _addressees(resolved: Resolved, _entries: object) -> Annex:
    """The recommendations by whom they ask to act, in the order in which those are first asked; not
    those that are withheld, whose addressees are too."""
    held = anchor("rec", f"{WITHHELD}-")
    texts = {name: text for name, text in _texts(resolved).items() if not name.startswith(held)}
    told = addressee_of(resolved.report)
    groups: dict[str, list[dict[str, str]]] = {}
    for name, blocks in texts.items():
        whom = told(plain(blocks))
        groups.setdefault(whom, []).append({"anchor": name, "label": resolved.labels[name].text})
    nobody = groups.pop("", [])
    data = [{"title": name, "recommendations": items} for name, items in groups.items()]
    if nobody:
        data.append({"title": resolved.words["no_addressee"], "recommendations": nobody})
    return {"groups": data}, texts


def _recommendations(resolved: Resolved, _entries: object) -> Annex:
    texts = _texts(resolved)
    sections: list[dict[str, Any]] = []
    for section in resolved.report.sections:
        found = [
            item
            for _, boxes in boxes_by_paragraph(section)
            for box in boxes
            for item in box.recommendations
        ]
        if found:
            names = [anchor("rec", item.id) for item in found]
            items = [{"anchor": name, "label": resolved.labels[name].text} for name in names]
            sections.append(
                {
                    "anchor": anchor("sec", section.name),
                    "title": resolved.words.typeset(section.title),
                    "recommendations": items,
                }
            )
    return {"sections": sections}, texts


def _words_alone(blocks: list[Block]) -> list[Block]:
    """A recommendation for a list of them: its notes, tables and figures, which have numbers, stand in its box."""
    return transform(blocks, dict.fromkeys(("Note", *CAPTIONED), lambda _: []))


def _sources(resolved: Resolved, entries: Mapping[str, list[Inline]]) -> Annex:
    groups: dict[str, list[str]] = {name: [] for name in _SOURCE_GROUPS}
    for key in entries:
        groups[_group(resolved.report.sources[key], resolved.words)].append(key)
    data = [
        {"title": resolved.words[f"sources_{name}"], "sources": keys}
        for name, keys in groups.items()
        if keys
    ]
    return {"groups": data}, {key: [para(*bare(inlines))] for key, inlines in entries.items()}


def _group(source: Mapping[str, Any], words: Language) -> str:
    if source["type"] == "treaty":
        return "instruments"
    if source["type"] == "legislation":
        return "legislation"
    symbol = str(source.get("number", ""))
    authors = {author.get("literal") for author in source.get("author", ())}
    by_committee = bool(authors & set(words.committees.values()))
    return "un" if by_committee or (source["type"] == "report" and "/" in symbol) else "other"


def _abbreviations(resolved: Resolved, _entries: object) -> Annex:
    return {"abbreviations": sorted(resolved.report.abbreviations.items())}, {}


def _matrix(resolved: Resolved, _entries: object) -> Annex:
    return annex(resolved.report, resolved.words), {}


_MAKERS: Mapping[str, Callable[[Resolved, Mapping[str, list[Inline]]], Annex]] = {
    "recommendations": _recommendations,
    "addressees": _addressees,
    "sources": _sources,
    "abbreviations": _abbreviations,
    "matrix": _matrix,
}
