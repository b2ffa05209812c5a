"""The files of the project that an import makes, as bytes by their path."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from shadowreport.core.layout import SETTINGS, SOURCES
from shadowreport.core.unwritten import TODO
from shadowreport.importing.cycles import CycleFile
from shadowreport.importing.draft import Draft, Section
from shadowreport.importing.recognise.vocabulary import Vocabulary
from shadowreport.source.divisions import CONFIDENTIAL
from shadowreport.source.ids import slug
from shadowreport.source.rewrite import as_found
from shadowreport.source.yaml import read_yaml
from shadowreport.source.yaml_edit import dumped, edited, flow_list
from shadowreport.word.content import Document

ORGANISATION = "coalition"
_PLACEHOLDER_STATE = f"{TODO}: the State party"
_ON_THE_COVER = {"session": "session: 106th session, April 2022", "date": "date: 2022-03-01"}
_CAPITALISED = re.compile(r"\b[^\W\d_a-zа-я][^\W\d_]{3,}\b")
_FORMULA = re.compile(r"[=+\-@\t\r]")


# --- sections -----------------------------------------------------------------------------------


def section_file(section: Section, body: str) -> bytes:
    """A section file: front matter, then the body."""
    data = CommentedMap()
    data["title"] = title_of(section)
    data["level"] = section.level
    if not section.numbered:
        data["numbered"] = False
    if section.held:
        data["edition"] = CONFIDENTIAL
    data["authors"] = flow_list([ORGANISATION])
    data["status"] = "draft"
    if section.rows:
        rows = CommentedSeq()
        rows.extend(flow_list(dict.fromkeys(demand.id for demand in row)) for row in section.rows)
        data["recommendations"] = rows
    text = body.strip("\n")
    return ("---\n" + dumped(data) + "---\n" + (f"\n{text}\n" if text else "")).encode()


def title_of(section: Section) -> str:
    """A section's title on one line."""
    return " ".join(section.title.plain.split()) or "[…]"


# --- references ---------------------------------------------------------------------------------


def cycle_file(file: CycleFile, language: str) -> bytes:
    """A file of references/: made new, or an existing one with the demands that it lacked."""
    entries = CommentedMap()
    for key, demand in sorted(file.entries.items(), key=lambda item: _order(item[0])):
        entry = CommentedMap({"text": demand.words, "theme": file.themes[key]})
        if demand.label:
            entry["label"] = DoubleQuotedScalarString(demand.label)
        entries[DoubleQuotedScalarString(key)] = entry
    cycle = file.cycle
    if file.text:
        known = read_yaml(file.text, cycle.stem).data
        known["recommendations"] |= entries
        return as_found(file.found, edited(file.text, known, cycle.stem))
    data = CommentedMap()
    data["committee"] = cycle.committee or TODO
    data["symbol"] = cycle.symbol or TODO
    data["cycle"] = DoubleQuotedScalarString(cycle.year or TODO)
    heading = CommentedMap({language: cycle.heading})
    heading.fa.set_flow_style()
    data["heading"] = heading
    data["recommendations"] = entries
    data.yaml_set_start_comment(
        "Demands as the imported report words them. Compare them with the committee's document;\n"
        "articles: [..] and follow_up: true can be added to each."
    )
    if not cycle.symbol:
        comment = "the UN symbol of the document, as its first page has it"
        data.yaml_set_comment_before_after_key("symbol", before=comment)
    comment = "adopted: 2014-02-20   (the date of adoption, when it is known)"
    data.yaml_set_comment_before_after_key("cycle", before=comment)
    return dumped(data).encode()


def _order(key: str) -> tuple[int, ...]:
    return tuple(int(re.sub(r"\D", "", part) or 0) for part in key.split("."))


# --- report.yaml --------------------------------------------------------------------------------


def settings_file(draft: Draft, document: Document, name: str, words: Vocabulary) -> bytes:
    """sections/report.yaml: what the file says, and placeholders with a comment for the rest."""
    title = " ".join(draft.title.plain.split()) if draft.title else document.properties.title
    committee = _committee(draft, title, words)
    code, state = draft.state, draft.state_name
    data = CommentedMap()
    data["name"] = slug(name, room=60, most=8, dull=words.little_words) or "report"
    data["title"] = title or f"{TODO}: the title of the report"
    if draft.subtitle:
        data["subtitle"] = draft.subtitle
    data["state"] = CommentedMap({"name": state or _PLACEHOLDER_STATE})
    if code:
        data["state"]["code"] = code
    data["committee"] = committee or TODO
    for key, value in {"session": draft.session, "date": draft.date}.items():
        if value:
            data[key] = DoubleQuotedScalarString(value)
    known = words.lexicon.committees.get(committee)
    if known:
        name = known.treaty.get(draft.language, known.treaty["en"])
        data["treaty"] = CommentedMap({"name": name, "short": known.treaty_called(draft.language)})
        data["profile"] = committee.lower()
    data["language"] = draft.language
    data["cycles"] = flow_list([cycle.stem for cycle in draft.cycles])
    organisation = CommentedMap({"id": ORGANISATION, "name": f"{TODO}: name of the coalition"})
    data["organisations"] = CommentedSeq([organisation])
    wanted = {"recommendations": draft.cycles, "sources": draft.sources}
    data["annexes"] = flow_list([name for name, found in wanted.items() if found])
    _comment(data, bool(state), len(title) > 100, unsure_language=draft.unsure_language)
    return dumped(data).encode()


def _comment(data: CommentedMap, guessed: bool, long_title: bool, *, unsure_language: bool) -> None:
    data.yaml_set_start_comment(
        f"Made by 'invoke import-report'. Go through it once: what is marked {TODO} is missing."
    )
    comments = {
        "state": "guessed from the words and symbols of the text" if guessed else "",
        "language": f"{TODO}: is this the language of the report?" if unsure_language else "",
        "organisations": "the members of the coalition, each with an id, a name, a description and "
        "a url;\nthen put their ids under authors: in the sections",
        "annexes": "also known: sources, abbreviations",
        "committee": "\n".join(
            example for key, example in _ON_THE_COVER.items() if key not in data
        ),
    }
    if long_title:
        comments["state"] = (
            f"short_title: a shorter one for the head of each page\n{comments['state']}"
        )
    for key, text in comments.items():
        if text.strip():
            data.yaml_set_comment_before_after_key(key, before=text.strip())


def _committee(draft: Draft, title: str, words: Vocabulary) -> str:
    named = Counter(cycle.committee for cycle in draft.cycles if cycle.committee)
    return named.most_common(1)[0][0] if named else words.committee_of(title)


# --- the map ------------------------------------------------------------------------------------


def map_file(draft: Draft) -> bytes:
    """import-map.csv: the old number of each paragraph, its id, its new number, its file."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["old number", "id", "new number", "file", "first words"])
    for old, identifier, new, file, words in map_rows(draft):
        writer.writerow([_safe(old), identifier, new, file, _safe(words)])
    return stream.getvalue().encode()


def map_rows(draft: Draft) -> Iterator[tuple[str, str, str, str, str]]:
    """Old number, id, new number, file and first words of every paragraph."""
    number = 0
    for section, paragraph in draft.numbered():
        counted = section.numbered and not paragraph.summary
        number += counted
        new = str(number) if counted else ""
        words = " ".join(paragraph.text.plain.split()[:8])
        yield paragraph.old, paragraph.id, new, f"sections/{section.file}", words


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def files_of(
    draft: Draft,
    document: Document,
    bodies: Mapping[str, str],
    cycles: list[CycleFile],
    images: Mapping[str, bytes],
    name: str,
    words: Vocabulary,
) -> dict[str, bytes]:
    """Every file of the project but the import's own report."""
    files = {SETTINGS: settings_file(draft, document, name, words)}
    for section in draft.sections:
        files[f"sections/{section.file}"] = section_file(section, bodies[section.file])
    for file in cycles:
        files[f"references/{file.cycle.stem}.yaml"] = cycle_file(file, draft.language)
    if draft.sources:
        files[SOURCES] = dumped({"references": draft.sources}).encode()
    for address, data in images.items():
        files[f"sections/{address}"] = data
    files["import-map.csv"] = map_file(draft)
    return files
