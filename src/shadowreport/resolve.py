"""Resolve: numbers given, references and citations settled, generated pieces made and put in.

What comes out is one AST that every renderer understands, in these terms of ours:

    Div #par-ID .paragraph number=N      a numbered paragraph and all that belongs to it (without a
                                         number where the section carries none)
    Div .box                             a box; in it Div .box-heading and
    Div #rec-ID .recommendation number=N a recommendation (no number where it is alone)
    Div .recommendation-table            the table of earlier recommendations
    Link .ref                            a reference; first= and last= where it is a range
    Table #tbl-ID                        a numbered table; Span .table-number in its caption
    Note                                 a footnote, whether written or cited
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from shadowreport.citations import settle
from shadowreport.diagnostics import Diagnostic, Failure, did_you_mean
from shadowreport.fragments import Templates, fill, read_fragments
from shadowreport.matrix.annex import annex
from shadowreport.model import Block, Box, Heading, Inline, Paragraph, Place, Report, Section
from shadowreport.numbering import Label, anchor, boxes_by_paragraph, is_reference, number
from shadowreport.pandoc_ast import (
    attr,
    div,
    node,
    para,
    plain,
    replace_outer,
    text,
    transform,
    walk,
)
from shadowreport.programs import ProgramError
from shadowreport.resources import template
from shadowreport.words import Words, load_words

STYLE = "un-note.csl"
_ROMAN = ("I", "II", "III", "IV", "V")
_SOURCE_GROUPS = ("instruments", "un", "legislation", "other")


@dataclass(frozen=True, slots=True)
class ResolvedSection:
    """A section or an annex, ready for every renderer. `paragraphs` is a text such as 33–56."""

    name: str
    title: list[Inline]
    level: int
    blocks: list[Block]
    paragraphs: str = ""
    is_annex: bool = False

    @property
    def anchor(self) -> str:
        """Its anchor: sec-NAME."""
        return anchor("sec", self.name)

    def whole(self) -> list[Block]:
        """Its blocks under its heading."""
        return [node("Header", self.level, attr(self.anchor), self.title), *self.blocks]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A report with nothing left to decide. The `first_` numbers differ from 1 where only some of
    the sections are shown (`partial`), so that what is shown carries its true numbers."""

    report: Report
    words: Words
    labels: Mapping[str, Label]
    cover: list[Block]
    sections: tuple[ResolvedSection, ...]
    partial: bool = False
    first_paragraph: int = 1
    first_note: int = 1
    first_table: int = 1

    def blocks(self) -> list[Block]:
        """The whole text, each section under its heading."""
        result: list[Block] = []
        for section in self.sections:
            result.extend(section.whole())
        return result


def resolve(report: Report, project: Path, only: Sequence[str] = ()) -> Resolved:
    """The report with everything settled; `only` names the sections to keep (all where empty).

    Raises Failure for a template or a style that fails and for an unknown section.
    """
    words = load_words(project, report.language)
    labels = number(report)
    try:
        with ThreadPoolExecutor(1) as pool:  # pandoc reads the pieces while it cites
            making = pool.submit(_pieces, report, words, labels, Templates(project))
            texts = [_texts(section, labels, words) for section in report.sections]
            texts, entries = _cite(texts, report, template(project, STYLE))
            pieces = making.result()
        handlers = _handlers(labels, words)
        bodies = [
            _body(section, blocks, pieces, handlers)
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
                    labels[anchor("sec", section.name)].text,
                )
                for section, blocks in zip(report.sections, bodies, strict=True)
            ),
        )
        if only:
            return _select(resolved, only)
        annexes = _annexes(resolved, entries, Templates(project))
        return replace(resolved, sections=(*resolved.sections, *annexes))
    except ProgramError as error:
        raise Failure([Diagnostic("program-failed", Place("sections"), str(error))]) from None


# --- generated pieces ---------------------------------------------------------------------------


def _pieces(
    report: Report, words: Words, labels: Mapping[str, Label], templates: Templates
) -> dict[str, list[Block]]:
    html = {
        "cover": templates.render("cover.html.j2", report=cover_data(report, words), words=words)
    }
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
    return read_fragments(html)


def cover_data(report: Report, words: Words) -> dict[str, Any]:
    """What templates are given for a cover."""
    return {
        "title": words.typeset(report.title),
        "subtitle": words.typeset(report.subtitle),
        "short_title": words.typeset(report.short_title),
        "state": report.state,
        "session": report.session,
        "date": words.date(report.date),
        "publication": words.typeset(report.publication),
        "submitted_to": words["submitted_to"].replace(
            "{committee}", words.committee(report.committee)
        ),
        "organisations": [
            {"name": words.typeset(item.name), "description": words.typeset(item.description), "url": item.url}
            for item in report.organisations
        ],
        "contacts": [
            {"name": words.typeset(item.name), "email": item.email, "url": item.url} for item in report.contacts
        ],
    }


def _table_data(report: Report, section: Section, words: Words) -> dict[str, Any]:
    earlier = report.earlier()
    rows = [
        [
            [
                {
                    "text": words.of(earlier[mention.id].text),
                    "paragraph": earlier[mention.id].paragraph,
                }
                for mention in row
                if mention.id.partition("/")[0] == cycle.stem
            ]
            for cycle in report.cycles
        ]
        for row in section.rows
    ]
    return {
        "rows": rows,
        "cycles": [
            {"heading": words.of(cycle.heading), "symbol": cycle.symbol} for cycle in report.cycles
        ],
    }


# --- the text of a section ----------------------------------------------------------------------


def _texts(section: Section, labels: Mapping[str, Label], words: Words) -> list[Block]:
    """A block for each item of the section that is printed, without what is generated."""
    blocks: list[Block] = []
    for item in section.items:
        if isinstance(item, Heading):
            blocks.append(node("Header", item.level, attr(), item.inlines))
        elif isinstance(item, Paragraph):
            blocks.append(_numbered("paragraph", anchor("par", item.id), labels, item.blocks))
        elif isinstance(item, Box):
            own = [
                _numbered("recommendation", anchor("rec", own.id), labels, own.blocks)
                for own in item.recommendations
            ]
            blocks.append(div(attr("", "box"), own))
    return _keep_references_together(transform(blocks, _handlers(labels, words)))


def _body(
    section: Section,
    texts: list[Block],
    pieces: Mapping[str, list[Block]],
    handlers: Mapping[str, Any],
) -> list[Block]:
    """The section's text with its generated pieces: the table, and what is around a box."""
    blocks: list[Block] = []
    if section.rows:
        table = transform(pieces[f"table {section.name}"], handlers)
        blocks.append(div(attr("", "recommendation-table"), table))
    boxes = 0
    for block in texts:
        if block["t"] == "Div" and block["c"][0][1] == ["box"]:
            slots = {own["c"][0][0]: [own] for own in block["c"][1]}
            around = transform(pieces[f"box {section.name} {boxes}"], handlers)
            block = div(block["c"][0], fill(around, slots))
            boxes += 1
        blocks.append(block)
    return blocks


def _numbered(kind: str, name: str, labels: Mapping[str, Label], blocks: list[Block]) -> Block:
    value = labels[name].number
    pairs = {"number": str(value)} if value else {}
    return div(attr(name, kind, **pairs), blocks)


def _handlers(labels: Mapping[str, Label], words: Words) -> dict[str, Any]:
    quotes: Sequence[str] = words.entries["quotes"]

    def cite(content: Any) -> Any:
        citations, _ = content
        first, rest = citations[0], citations[1:]
        if not is_reference(first["citationId"]):
            return None
        if first["citationMode"]["t"] == "AuthorInText":
            # pandoc takes brackets that follow a reference for a part of it
            result = [_reference(first["citationId"], labels), *first["citationSuffix"]]
            behind = cite([rest, []]) or [node("Cite", rest, [])] if rest else []
            return [*result, {"t": "Space"}, *behind] if behind else result
        result = [node("Str", "[")]
        for index, citation in enumerate(citations):
            result += text("; ") if index else []
            before = citation["citationPrefix"]
            result += [*before, {"t": "Space"}] if before else []
            result += [_reference(citation["citationId"], labels), *citation["citationSuffix"]]
        return [*result, node("Str", "]")]

    def quoted(content: Any) -> Any:
        first = 0 if content[0]["t"] == "DoubleQuote" else 2
        return [node("Str", quotes[first]), *content[1], node("Str", quotes[first + 1])]

    def table(content: Any) -> Any:
        (identifier, _, _), caption, specs, head, bodies, foot = content
        label = labels.get(anchor("tbl", identifier)) if identifier else None
        if label:
            mark = node("Span", attr("", "table-number"), [node("Str", label.text)])
            long = caption[1]
            start = [node("Str", words["table"] + "\u00a0"), mark, node("Str", "."), {"t": "Space"}]
            caption = [caption[0], [{"t": long[0]["t"], "c": [*start, *long[0]["c"]]}, *long[1:]]]
        bodies = [[body[0], 1 if len(specs) > 1 else 0, *body[2:]] for body in bodies]
        pairs = attr(anchor("tbl", identifier), number=label.text) if label else attr()
        return node("Table", pairs, caption, specs, head, bodies, foot)

    return {"Cite": cite, "Quoted": quoted, "Table": table}


def _reference(name: str, labels: Mapping[str, Label]) -> Inline:
    label = labels[name]
    pairs = (
        {"first": label.first, "last": label.last}
        if label.last
        else {"first": label.first}
        if label.first
        else {}
    )
    return node("Link", attr("", "ref", **pairs), [node("Str", label.text)], [f"#{name}", ""])


def _keep_references_together(value: Any) -> Any:
    """A space before a reference does not break: 'paragraph' never parts from its number."""
    if isinstance(value, dict):
        return {
            key: _keep_references_together(item) if isinstance(item, list | dict) else item
            for key, item in value.items()
        }
    result = [
        _keep_references_together(item) if isinstance(item, list | dict) else item for item in value
    ]
    for index in range(1, len(result)):
        item, before = result[index], result[index - 1]
        if (
            isinstance(item, dict)
            and item.get("t") == "Link"
            and item["c"][0][1] == ["ref"]
            and isinstance(before, dict)
            and before.get("t") in ("Space", "SoftBreak")
        ):
            result[index - 1] = {"t": "Str", "c": "\u00a0"}
    return result


# --- citations ----------------------------------------------------------------------------------


def _cite(
    bodies: list[list[Block]], report: Report, style: Path
) -> tuple[list[list[Block]], dict[str, list[Inline]]]:
    citations = list(_citations(bodies))
    settled, entries = settle(citations, report.sources, style, report.language)
    if len(settled) != len(citations):
        hint = "see whether templates/un-note.csl is still a note style"
        raise Failure(
            [
                Diagnostic(
                    "bad-template",
                    Place(f"templates/{STYLE}"),
                    "citeproc gave back another number of citations",
                    hint,
                )
            ]
        )
    made = [_bare(inlines) for inlines in settled]
    marks = {
        id(inline)
        for element, inlines in zip(citations, made, strict=True)
        if element["t"] == "Cite"
        for inline in inlines
        if inline["t"] == "Note"
    }
    results = iter(made)
    replaced = replace_outer(
        bodies, lambda element: next(results) if _is_citation(element) else None
    )
    _set_marks(replaced, marks)
    return replaced, entries


_AFTER = re.compile(r"[.,;:!?]+[”’»“]*")


def _set_marks(value: Any, marks: set[int]) -> None:
    """Sets the marks of cited footnotes as UN documents do: without a space before them, after the
    punctuation that follows, and with a comma between two of them."""
    if isinstance(value, dict):
        for item in value.values():
            if isinstance(item, list | dict):
                _set_marks(item, marks)
        return
    index = 0
    while index < len(value):
        item = value[index]
        if isinstance(item, dict) and id(item) in marks:
            if index and value[index - 1]["t"] in ("Space", "SoftBreak"):
                del value[index - 1]
                index -= 1
            following = value[index + 1] if index + 1 < len(value) else {"t": ""}
            match = _AFTER.match(following["c"]) if following["t"] == "Str" else None
            if match:
                value.insert(index, node("Str", match[0]))
                value[index + 2] = node("Str", following["c"][match.end() :])
                index += 1
        if index and _is_note(item) and _is_note(value[index - 1]):
            value.insert(index, node("Superscript", [node("Str", ",")]))
            index += 1
        if isinstance(item, list | dict):
            _set_marks(item, marks)
        index += 1


def _is_note(value: Any) -> bool:
    return isinstance(value, dict) and value.get("t") == "Note"


def _citations(value: Any) -> Iterator[Inline]:
    found: list[Inline] = []

    def collect(element: dict[str, Any]) -> list[Any] | None:
        if _is_citation(element):
            found.append(element)
            return [element]
        return None

    replace_outer(value, collect)
    return iter(found)


def _is_citation(element: dict[str, Any]) -> bool:
    if element["t"] == "Note":
        return any(inner["t"] == "Cite" for inner in walk(element["c"]))
    return element["t"] == "Cite"


def _bare(inlines: list[Inline]) -> list[Inline]:
    """What citeproc made, without its own wrapping elements."""
    return transform(
        inlines, {"Cite": lambda content: content[1], "Span": lambda content: content[1]}
    )


# --- annexes ------------------------------------------------------------------------------------


def _annexes(
    resolved: Resolved, entries: Mapping[str, list[Inline]], templates: Templates
) -> list[ResolvedSection]:
    report, words = resolved.report, resolved.words
    makers = {
        "recommendations": _recommendations,
        "sources": _sources,
        "abbreviations": _abbreviations,
        "matrix": _matrix,
    }
    made = {name: makers[name](resolved, entries) for name in report.annexes}
    made = {name: (data, slots) for name, (data, slots) in made.items() if any(data.values())}
    html = {
        name: templates.render(f"annex-{name}.html.j2", words=words, **data)
        for name, (data, _) in made.items()
    }
    pieces = read_fragments(html) if html else {}
    result: list[ResolvedSection] = []
    for index, (name, (_, slots)) in enumerate(made.items()):
        mark = f" {_ROMAN[index]}" if len(made) > 1 else ""
        title = f"{words['annex']}{mark}. {words[f'annex_{name}']}"
        blocks = transform(fill(pieces[name], slots), {"Link": _as_reference})
        result.append(ResolvedSection(f"annex-{name}", text(title), 1, blocks, is_annex=True))
    return result


def _as_reference(content: Any) -> Any:
    _, inlines, target = content
    return node("Link", attr("", "place"), inlines, target) if target[0].startswith("#") else None


Annex = tuple[dict[str, Any], dict[str, list[Block]]]


def _recommendations(resolved: Resolved, _entries: object) -> Annex:
    texts = {
        element["c"][0][0]: _without_notes(element["c"][1])
        for section in resolved.sections
        for element in walk(section.blocks)
        if element["t"] == "Div" and element["c"][0][1] == ["recommendation"]
    }
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


def _without_notes(blocks: list[Block]) -> list[Block]:
    return transform(blocks, {"Note": lambda content: []})


def _sources(resolved: Resolved, entries: Mapping[str, list[Inline]]) -> Annex:
    groups: dict[str, list[str]] = {name: [] for name in _SOURCE_GROUPS}
    for key in entries:
        groups[_group(resolved.report.sources[key], resolved.words)].append(key)
    data = [
        {"title": resolved.words[f"sources_{name}"], "sources": keys}
        for name, keys in groups.items()
        if keys
    ]
    return {"groups": data}, {key: [para(*_bare(inlines))] for key, inlines in entries.items()}


def _group(source: Mapping[str, Any], words: Words) -> str:
    if source["type"] == "treaty":
        return "instruments"
    if source["type"] == "legislation":
        return "legislation"
    symbol = str(source.get("number", ""))
    authors = {author.get("literal") for author in source.get("author", ())}
    by_committee = bool(authors & set(words.entries.get("committees", {}).values()))
    return "un" if by_committee or (source["type"] == "report" and "/" in symbol) else "other"


def _abbreviations(resolved: Resolved, _entries: object) -> Annex:
    return {"abbreviations": sorted(resolved.report.abbreviations.items())}, {}


def _matrix(resolved: Resolved, _entries: object) -> Annex:
    return annex(resolved.report, resolved.words), {}


# --- one section alone --------------------------------------------------------------------------


def _select(resolved: Resolved, only: Sequence[str]) -> Resolved:
    """Some sections alone, by name or by the number of their file, with their true numbers."""
    names = {section.name: section for section in resolved.report.sections}
    numbers = {
        Path(section.file).name.partition("-")[0]: section.name
        for section in resolved.report.sections
    }
    wanted: set[str] = set()
    for word in only:
        name = numbers.get(word, word)
        if name not in names:
            hint = did_you_mean(word, [*names, *numbers])
            raise Failure(
                [Diagnostic("bad-value", Place("sections"), f"there is no section '{word}'", hint)]
            )
        wanted.add(name)
    first = next(index for index, section in enumerate(resolved.sections) if section.name in wanted)
    before = resolved.sections[:first]
    kept = [section for section in resolved.sections if section.name in wanted]
    present = {
        element["c"][0][0]
        for section in kept
        for element in walk(section.blocks)
        if element["t"] in ("Div", "Table")
    }
    present |= {section.anchor for section in kept}
    return replace(
        resolved,
        partial=True,
        sections=tuple(
            replace(section, blocks=_unlink(section.blocks, present)) for section in kept
        ),
        first_paragraph=1 + _count_paragraphs(before),
        first_note=1
        + sum(element["t"] == "Note" for section in before for element in walk(section.blocks)),
        first_table=1
        + sum(
            element["t"] == "Table" and element["c"][0][0] != ""
            for section in before
            for element in walk(section.blocks)
        ),
    )


def _count_paragraphs(sections: Sequence[ResolvedSection]) -> int:
    return sum(
        element["t"] == "Div" and element["c"][0][1] == ["paragraph"] and bool(element["c"][0][2])
        for section in sections
        for element in section.blocks
    )


def _unlink(blocks: list[Block], present: set[str]) -> list[Block]:
    """References to what is not shown keep their text and lose their link."""

    def link(content: Any) -> Any:
        (_, classes, pairs), inlines, (url, _) = content
        targets = {url.removeprefix("#"), *(value for _, value in pairs)}
        return inlines if classes == ["ref"] and not targets <= present else None

    return transform(blocks, {"Link": link})


def note_text(note: Mapping[str, Any]) -> str:
    """The plain text of a footnote."""
    return re.sub(r"[ \t\n]+", " ", plain(note["c"])).strip()
