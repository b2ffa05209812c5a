"""What a Word file remembers of the report that it was made from."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from shadowreport.core.report import Report


@dataclass(frozen=True, slots=True)
class Record:
    """The origin of a file: the report's name, the commit (empty where there is none), the fingerprint of all
    that was read (of the public edition `public_sum`), the sections (empty for all), for whom it was made, the
    edition (empty where there is one)."""

    report: str
    revision: str
    content: str
    sections: tuple[str, ...] = ()
    organisation: str = ""
    name: str = ""
    edition: str = ""

    def text(self) -> str:
        """The record as a line."""
        return json.dumps({"version": 1, **asdict(self)}, ensure_ascii=False)


def public_sum(report: Report) -> str:
    """A fingerprint of what the public edition says: one of the sources would let whoever has the file try
    whether a guess at what is withheld is right."""
    said = [
        [
            section.name,
            section.title,
            [asdict(item, dict_factory=_unplaced) for item in section.items],
        ]
        for section in report.sections
    ]
    return hashlib.sha256(json.dumps(said, default=repr, sort_keys=True).encode()).hexdigest()


def _unplaced(values: list[tuple[str, Any]]) -> dict[str, Any]:
    """The values of something without its place: lines tell how long a withheld passage is."""
    return {name: value for name, value in values if name != "place"}


def read_record(text: str) -> Record | None:
    """The record in a line; None where it is none of ours."""
    try:
        data = json.loads(text)
        record = Record(
            report=str(data["report"]),
            revision=str(data["revision"]),
            content=str(data["content"]),
            sections=tuple(map(str, data.get("sections", ()))),
            organisation=str(data.get("organisation", "")),
            name=str(data.get("name", "")),
            edition=str(data.get("edition", "")),
        )
        hashes = record.revision + record.content  # they name a commit and a file
        return record if re.fullmatch("[0-9a-f]*", hashes) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
