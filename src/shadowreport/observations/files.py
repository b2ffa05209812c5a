"""The file of references/ into which a document goes, and what it becomes there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from shadowreport.core.problems import Diagnostic, Failure, some
from shadowreport.core.report import Place
from shadowreport.core.unwritten import TODO
from shadowreport.load import schema
from shadowreport.machine.files import MAX_REFERENCES, read_text
from shadowreport.observations.front import Front
from shadowreport.observations.record import Merge, styled
from shadowreport.source.yaml import read_yaml
from shadowreport.source.yaml_edit import dumped, edited


@dataclass(frozen=True, slots=True)
class Taken:
    """What was found in one document, and the file of references/ that says it."""

    source: str
    file: str
    front: Front
    language: str
    counts: Mapping[str, int]
    columns: tuple[str, ...] = ()  # of a table: which was taken for what


@dataclass(slots=True)
class Imported:
    """What an import made: texts by file, before (empty where the file is new) and after."""

    taken: list[Taken] = field(default_factory=list)
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def changed(self) -> dict[str, str]:
        """The texts that differ from those of the files."""
        return {file: text for file, text in self.after.items() if text != self.before.get(file)}


def file_of(
    project: Path,
    data: Mapping[str, Any],
    result: Imported,
    several: bool = False,
    infix: str = "",
) -> str:
    """The file of a document: the one with its symbol, else the one of its committee and year. Of
    `several` that a table has of one year, the further ones have a letter behind it."""
    for path in sorted((project / "references").glob("*.yaml")):
        result.before.setdefault(
            f"references/{path.name}", read_text(path, path.name, MAX_REFERENCES)
        )
    texts = result.before | result.after
    symbols = {file: symbol_of(text) for file, text in texts.items()}
    for file, symbol in symbols.items():
        if symbol not in ("", TODO) and symbol == data["symbol"]:
            return file
    stem = f"references/{data['committee'].lower()}{infix}-{data['cycle']}"
    for letter in ("", *(ascii_lowercase[1:] if several else "")):
        file = f"{stem}{letter}.yaml"
        if symbols.get(file, "") in ("", TODO) or data["symbol"] == TODO:
            return file
    message = f"this file is of {symbols[f'{stem}.yaml']}, and the document is {data['symbol']}"
    hint = "give the file another name, and import again"
    raise Failure([Diagnostic("observations-unreadable", Place(f"{stem}.yaml"), message, hint)])


def symbol_of(text: str) -> str:
    """The symbol of the document that a file of references/ is of, without reading all of the file."""
    match = re.search(r"^symbol:[ \t]*([^#\n]*)", text, re.MULTILINE)
    return match[1].strip().strip("'\"") if match else ""


def merge_into(file: str, data: Mapping[str, Any], result: Imported, language_of: Any) -> None:
    """Puts a document's data into a file; what somebody wrote there stays, and is told. Raises Failure where the
    file is broken."""
    text = result.after.get(file, result.before.get(file, ""))
    if not text:
        result.after[file] = dumped(styled(data))
        return
    old = read_yaml(text, file)
    merge = Merge(next(iter(data["heading"])), language_of)
    merged = merge.file(old.data, data)
    problems = schema.problems(old, "references")
    if problems:
        raise Failure(problems)
    result.diagnostics += [
        Diagnostic("observations-kept", old.place(*path), message, "compare the two")
        for path, message in merge.kept
    ]
    if merge.placeholders:
        message = f"the document has no demands {some(merge.placeholders)}, which are TODO here"
        hint = "take them out, here and under recommendations: and answers: of the sections"
        place = old.place("recommendations", merge.placeholders[0])
        result.diagnostics.append(Diagnostic("observations-left", place, message, hint))
    result.after[file] = edited(text, styled(merged), file)
