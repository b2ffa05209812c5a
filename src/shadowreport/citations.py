"""Citations: citeproc, inside pandoc, turns `[@key, para. 9]` into the text of a footnote.

Only the citations go through it, each in a paragraph of its own and in the order of the report (so
that "Ibid." is right); the report's text does not.
"""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from shadowreport.model import Block, Inline
from shadowreport.pandoc_ast import attr, blocks_of, div, document, para, walk
from shadowreport.programs import pandoc


def settle(
    citations: Sequence[Inline],
    sources: Mapping[str, Mapping[str, Any]],
    style: Path,
    language: str,
) -> tuple[list[list[Inline]], dict[str, list[Inline]]]:
    """For each citation (a Cite, or a Note that holds some) the inlines that take its place, and
    for each cited source its entry in the list of sources. Raises programs.ProgramError."""
    used = {
        citation["citationId"]
        for element in walk(list(citations))
        if element["t"] == "Cite"
        for citation in element["c"][0]
    }
    cited = [dict(sources[key]) for key in sources if key in used]
    if not cited:
        return [[inline] for inline in citations], {}
    blocks = [
        div(attr(f"c{index}"), [para(inline)])
        for index, inline in enumerate(copy.deepcopy(list(citations)))
    ]
    meta = {
        "lang": {"t": "MetaString", "c": language},
        "link-bibliography": {"t": "MetaBool", "c": True},
    }
    with tempfile.TemporaryDirectory(prefix="shadowreport-") as folder:
        bibliography = Path(folder) / "sources.json"
        bibliography.write_text(
            json.dumps([_csl_json(source) for source in cited]), encoding="utf-8"
        )
        arguments = [
            "-f",
            "json",
            "-t",
            "json",
            "--citeproc",
            f"--csl={style}",
            f"--bibliography={bibliography}",
        ]
        done = blocks_of(pandoc(arguments, document(blocks, meta)))
    settled = [
        block["c"][1][0]["c"]
        for block in done
        if block["t"] == "Div"
        and block["c"][0][0].startswith("c")
        and block["c"][0][0][1:].isdigit()
    ]
    return settled, _entries(done)


def _entries(blocks: list[Block]) -> dict[str, list[Inline]]:
    """The entries of citeproc's bibliography by source."""
    return {
        element["c"][0][0].removeprefix("ref-"): element["c"][1][0]["c"]
        for element in walk(blocks)
        if element["t"] == "Div" and element["c"][0][0].startswith("ref-")
    }


def _csl_json(source: Mapping[str, Any]) -> dict[str, Any]:
    """A source as CSL JSON: dates typed as 2016-08-09 become date parts, numbers become texts."""
    result: dict[str, Any] = {}
    for key, value in source.items():
        if key in ("issued", "accessed", "original-date", "event-date"):
            result[key] = _date(value)
        else:
            result[key] = str(value) if isinstance(value, int) else value
    return result


def _date(value: Any) -> Any:
    if isinstance(value, dict | list):
        return value
    parts = str(value).split("-")
    if all(part.isdigit() for part in parts) and len(parts) <= 3:
        return {"date-parts": [[int(part) for part in parts]]}
    return {"literal": str(value)}
