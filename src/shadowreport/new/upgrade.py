"""`invoke upgrade`: the toolkit's files in a project, as the version that is installed writes them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.machine.write import write_tree
from shadowreport.new.tooling import RECORD, checksum, record, tooling

Fate = Literal["added", "renewed", "beside"]


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What became of each file that differs: added; renewed; or, where somebody changed it, left, and
    the new one written beside it as NAME.new. `before` is the version that wrote them, or empty."""

    before: str
    files: dict[str, Fate]


def upgrade(folder: Path) -> Upgraded:
    """Brings the toolkit's files of a project up to date; nobody's own words are written over.

    Raises Failure where the record cannot be read or a file cannot be written.
    """
    before, sums = _record(folder)
    fates: dict[str, Fate] = {}
    write: dict[str, bytes] = {}
    new = tooling()
    for name, data in new.items():
        there = folder / name
        if not there.is_file():
            fates[name], write[name] = "added", data
        elif checksum(there.read_bytes()) == checksum(data):
            continue
        elif checksum(there.read_bytes()) == sums.get(name):
            fates[name], write[name] = "renewed", data
        elif sums.get(name) != checksum(
            data
        ):  # the same as was offered before is not offered again
            fates[name], write[f"{name}.new"] = "beside", data
    if write or before != json.loads(record(new))["version"]:
        write_tree(folder, {**write, RECORD: record(new)})
    return Upgraded(before, fates)


def _record(folder: Path) -> tuple[str, dict[str, str]]:
    path = folder / RECORD
    if not path.is_file():
        return "", {}
    try:
        data = json.loads(path.read_text("utf-8"))
        return str(data["version"]), dict(data["files"])
    except (ValueError, TypeError, KeyError):
        hint = "delete it; files that differ are then written beside yours, as NAME.new"
        message = "this record of the toolkit's files cannot be read"
        raise Failure([Diagnostic("unreadable-file", Place(RECORD), message, hint)]) from None
