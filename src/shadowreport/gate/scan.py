"""Searches files and folders on the disk, whatever they are."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.gate import Gate
from shadowreport.machine.files import read_bytes

_LIMIT = 300_000_000  # bytes of a file
_HISTORY = ".git"  # which has a search of its own


def scan(gate: Gate, paths: Sequence[str]) -> Iterator[Diagnostic]:
    """What is withheld in some files, and in all files of some folders."""
    for path in paths:
        files = sorted(_files(Path(path))) if Path(path).is_dir() else [Path(path)]
        for file in files:
            yield from _problems(gate, file)


def _files(folder: Path) -> Iterator[Path]:
    for top, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != _HISTORY]
        yield from (Path(top) / name for name in names)


def _problems(gate: Gate, file: Path) -> list[Diagnostic]:
    name = file.as_posix()
    try:
        return gate.problems(name, read_bytes(file, name, _LIMIT))
    except Failure as failure:
        reason = failure.diagnostics[0].message
        return [Diagnostic("not-searched", Place(gate.search.mask(name)), reason)]
