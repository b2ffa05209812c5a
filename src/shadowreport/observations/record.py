"""A document as data of references/, and that data laid under what a file of it holds already."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from shadowreport.core.unwritten import TODO, holds_place
from shadowreport.observations.demands import Demand, Observations, Said
from shadowreport.observations.front import Front
from shadowreport.observations.words import Words

_SHORT, _LINE = 20, 90  # letters of an item, and of a text, that stand on a line with others


def record(
    front: Front, found: Observations, words: Words, questions: bool = False
) -> dict[str, Any]:
    """What a file of references/ says of a document."""
    language = words.language.code
    english = words.lexicon.languages["en"]
    column, *_ = filter(
        None,
        (
            item.list("observations", "column_questions" if questions else "column")
            for item in (words.language, english)
        ),
    )
    head = {
        "committee": front.committee,
        "symbol": front.symbol or TODO,
        "state": front.state,
        "session": front.session,
        "published": front.published,
        "adopted": front.adopted,
        "cycle": front.year or TODO,
        "heading": {language: column.format(committee=front.committee, year=front.year)},
    }
    return {
        **{key: value for key, value in head.items() if value},
        "recommendations": {item.key: _demand(item, language) for item in found.demands},
        "paragraphs": {number: _said(said, language) for number, said in found.paragraphs.items()},
    }


def _demand(demand: Demand, language: str) -> dict[str, Any]:
    data = {
        "text": {language: demand.text},
        "heading": {language: demand.heading} if demand.heading else None,
        "concerns": demand.concerns,
        "articles": demand.articles,
        "general_recommendations": demand.general,
        "follow_up": demand.follow_up,
        "important": demand.important,
        "notes": demand.notes,
    }
    return {key: value for key, value in data.items() if value}


def _said(said: Said, language: str) -> dict[str, Any]:
    data = {
        "part": {"recommendations": "other"}.get(said.part, said.part),
        "heading": {language: said.heading} if said.heading else None,
        "text": {language: said.text},
        "notes": said.notes,
    }
    return {key: value for key, value in data.items() if value}


def styled(data: Any) -> Any:
    """Data in the layout that people give it: short lists on a line, numbers of paragraphs quoted."""
    if isinstance(data, list):
        items = CommentedSeq(map(styled, data))
        if all(len(str(item)) < _SHORT for item in data):
            items.fa.set_flow_style()
        return items
    if not isinstance(data, dict):
        number = isinstance(data, str) and data.replace(".", "").isdigit()
        return DoubleQuotedScalarString(data) if number else data
    made = CommentedMap({styled(key): styled(value) for key, value in data.items()})
    heading = made.get("heading")
    if isinstance(heading, CommentedMap) and all(len(text) < _LINE for text in heading.values()):
        heading.fa.set_flow_style()
    return made


# --- a file that is there -----------------------------------------------------------------------


@dataclass(slots=True)
class Merge:
    """Lays a document under a file's data: what somebody wrote stays, not what only holds a place. `kept` are the
    paths whose words the document has otherwise, `placeholders` the demands without words that it has not."""

    language: str
    language_of: Callable[[str], str]
    kept: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    placeholders: list[str] = field(default_factory=list)

    def file(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
        """The data of the file with what it lacked."""
        merged = self._laid(old, {key: new[key] for key in new if key not in _TABLES}, ())
        for table in _TABLES:
            if old.get(table) or new[table]:
                merged[table] = self._table(table, old.get(table) or {}, new[table])
        return merged

    def _table(self, name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
        there = {_paragraph(key) for key in new}
        places = [key for key, entry in old.items() if _holds_place(entry)]
        self.placeholders += [key for key in places if _paragraph(key) not in there]
        old = {key: old[key] for key in old if key not in places or key in self.placeholders}
        split = {_paragraph(key) for key in old}
        merged = {
            key: self._laid(entry, new.get(key, {}), (name, key)) for key, entry in old.items()
        }
        for key, entry in new.items():
            if key not in old and _paragraph(key) in split:
                message = f"demand {key} of the document is not in the file, which divides its paragraph in another way"
                at = next(known for known in old if _paragraph(known) == _paragraph(key))
                self.kept.append(((name, at), message))
            elif key not in old:
                merged[key] = entry
        return merged if list(merged) == list(old) else dict(sorted(merged.items(), key=_order))

    def _laid(
        self, old: Mapping[str, Any], new: Mapping[str, Any], path: tuple[str, ...]
    ) -> dict[str, Any]:
        merged = dict(old)
        for key, value in new.items():
            if not merged.get(key) or merged[key] == TODO:
                merged[key] = value
            elif key in _TEXTS:
                merged[key] = self._text(merged[key], value, (*path, key))
        return merged

    def _text(self, old: Any, new: Mapping[str, str], path: tuple[str, ...]) -> Any:
        texts = old if isinstance(old, dict) else {self.language_of(old): old}
        if texts.get(self.language, new[self.language]) != new[self.language]:
            if path[-1] == "text":
                self.kept.append(
                    (path, "the document words this otherwise; what stands here was kept")
                )
            return old
        return old if self.language in texts else {**texts, **new}


def _holds_place(entry: Mapping[str, Any]) -> bool:
    """Whether nobody has written a demand yet: those of a new report say TODO."""
    said = entry.get("text") or ""
    return all(map(holds_place, said.values() if isinstance(said, dict) else [str(said)]))


_TABLES = ("recommendations", "paragraphs")
_TEXTS = ("text", "heading")


def _paragraph(key: str) -> str:
    return key.partition(".")[0]


def _order(item: tuple[str, Any]) -> tuple[int, ...]:
    return tuple(int(re.sub(r"\D", "", part) or 0) for part in item[0].split("."))
