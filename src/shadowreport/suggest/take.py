"""Proposals that a person took, written into the front matter of the sections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from shadowreport.core.layout import section_meant
from shadowreport.core.numbering import anchor
from shadowreport.core.problems import Diagnostic, Failure, did_you_mean
from shadowreport.core.report import Report, Section
from shadowreport.formatting.ids import with_ids
from shadowreport.machine.files import MAX_REFERENCES, read_text
from shadowreport.source import front_matter
from shadowreport.source.yaml import read_yaml
from shadowreport.source.yaml_edit import edited, flow_list


def take(report: Report, project: Path, wanted: Mapping[str, str]) -> dict[str, str]:
    """The new texts of files that say what a person confirmed. `wanted` gives for a demand's id

    - SECTION#PARAGRAPH, which answers it; a paragraph without an id of its own gets one;
    - the id of an older demand that it repeats;
    - rec-ID, the report's own recommendation that it takes up.

    Raises Failure for unknown names."""
    ties: dict[str, list[tuple[str, str]]] = defaultdict(list)
    sections: dict[str, Section] = {}
    said: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    own = {
        anchor("rec", item.id): item
        for part in report.sections
        for box in part.boxes()
        for item in box.recommendations
    }
    for demand, where in wanted.items():
        _known(demand, report.earlier(), report, f"there is no demand '{demand}'")
        stem, _, key = demand.partition("/")
        if "#" not in where:
            older = "/" in where
            name = where if older else anchor("rec", where.removeprefix("rec-"))
            _known(name, report.earlier() if older else own, report, f"there is no '{where}'")
            said[f"references/{stem}.yaml"].append((key, "repeats" if older else "takes_up", name))
            continue
        name, _, paragraph = where.partition("#")
        section = section_meant(report.sections, name)
        ids = {item.id: item for item in section.paragraphs()}
        paragraph = paragraph.removeprefix("par-")
        _known(paragraph, ids, section, f"there is no paragraph '{paragraph}' in {section.file}")
        sections[section.file] = section
        ties[section.file].append((paragraph, demand))
    texts = {file: _tied(project, sections[file], pairs) for file, pairs in ties.items()}
    return texts | {file: _said(project, file, items) for file, items in said.items()}


def _known(word: str, names: Mapping[str, Any], of: Report | Section, message: str) -> None:
    if word not in names:
        hint = did_you_mean(word, list(names))
        raise Failure([Diagnostic("bad-value", of.place, message, hint)])


def _said(project: Path, file: str, items: list[tuple[str, str, str]]) -> str:
    """A file of references/ whose demands name what they repeat or take up."""
    text = read_text(project / file, file, MAX_REFERENCES)
    data = read_yaml(text, file).data
    for key, what, name in items:
        demand = data["recommendations"][key]
        demand[what] = flow_list(dict.fromkeys([*demand.get(what, ()), name]))
    return edited(text, data, file)


def _tied(project: Path, section: Section, pairs: list[tuple[str, str]]) -> str:
    file = section.file
    text = read_text(project / file, file)
    text = with_ids(text, file, {f"par-{paragraph}" for paragraph, _ in pairs})
    data = front_matter.read(text, file).data
    known: dict[str, Any] = dict(data.get("paragraphs") or {})
    keys = {key.removeprefix("par-"): key for key in known}
    for paragraph, demand in pairs:
        key = keys.setdefault(paragraph, paragraph)
        tie = dict(known.get(key) or {})
        answers = CommentedSeq(dict.fromkeys([*tie.get("answers", ()), demand]))
        answers.fa.set_flow_style()
        known[key] = CommentedMap(
            {"answers": answers, **{k: v for k, v in tie.items() if k != "answers"}}
        )
        known[key].fa.set_flow_style()
    order = [keys[item.id] for item in section.paragraphs() if item.id in keys]
    data["paragraphs"] = {key: known[key] for key in dict.fromkeys([*order, *known])}
    return front_matter.with_data(text, file, data)
