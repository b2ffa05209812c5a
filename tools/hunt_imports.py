"""Hunts for Word files whose import does not build: imports each file and builds it at once.

    python tools/hunt_imports.py FOLDER... [--seconds 90] [--only PART]

Each file becomes a project in a temporary folder, which is built in every format. What did not go
as it should is printed with its codes; the figures come last, a line a folder, as docs/importing.md
shows them. One process does the work and is replaced where a file takes too long.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.importing import ImportOptions, import_report
from shadowreport.pipeline import build

_SUFFIXES = (".docx", ".docm", ".dotx", ".doc", ".rtf", ".odt")
_GOOD = ("built", "refused")


class Outcome(NamedTuple):
    """What became of a file, and the words for it."""

    kind: str
    words: str
    seconds: float = 0.0


def outcome(file: Path) -> Outcome:
    """Imports a file into a temporary project, and builds it."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hunt-") as folder:
        try:
            kind, words = _tried(file, Path(folder) / "report")
        except Exception:
            kind, words = "traceback", traceback.format_exc()
    return Outcome(kind, words, time.monotonic() - started)


def _tried(file: Path, into: Path) -> tuple[str, str]:
    try:
        result = import_report(file, into, ImportOptions(track_changes="accept"))
    except Failure as failure:
        return "refused", _codes(failure.diagnostics)
    unfaithful = [item for item in result.diagnostics if item.code == "import-unfaithful"]
    made = build(into, cached=False)
    if not made.succeeded:
        return "does not build", _said(made.diagnostics)
    return ("unfaithful", _said(unfaithful, "")) if unfaithful else ("built", "")


def _codes(found: tuple[Diagnostic, ...]) -> str:
    return found[-1].code


def _said(found: tuple[Diagnostic, ...] | list[Diagnostic], severity: str = "error") -> str:
    shown = [item for item in found if not severity or item.severity == severity]
    lines = [f"[{item.code}] {item.place}: {item.message[:150]}" for item in shown[:3]]
    return "\n    ".join([*lines, *([f"... {len(shown)} in all"] if len(shown) > 3 else [])])


def _work(pipe: Connection) -> None:
    while True:
        pipe.send(outcome(pipe.recv()))


class Worker:
    """The process that does the work."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._start()

    def _start(self) -> None:
        self.pipe, other = get_context("spawn").Pipe()
        self.process = get_context("spawn").Process(target=_work, args=(other,), daemon=True)
        self.process.start()

    def outcome(self, file: Path) -> Outcome:
        """What becomes of a file, or that it took too long."""
        self.pipe.send(file)
        if self.pipe.poll(self.seconds):
            return self.pipe.recv()
        self.process.kill()
        self._start()
        return Outcome("slow", f"longer than {self.seconds:.0f} s", self.seconds)


def files_of(folder: Path) -> Iterator[Path]:
    """The Word files below a folder, and what calls itself one."""
    yield from sorted(path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES)


def main() -> int:
    """Tries every file; how many did not go as they should."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--seconds", type=float, default=90)
    parser.add_argument("--only", default="", help="files with this in their name")
    arguments = parser.parse_args()
    worker = Worker(arguments.seconds)
    bad, table = (
        0,
        ["| files | tried | built | refused | not built | reasons |", "|---|--:|--:|--:|--:|---|"],
    )
    for folder in arguments.folders:
        kinds: Counter[str] = Counter()
        reasons: Counter[str] = Counter()
        for file in files_of(folder):
            if arguments.only not in file.name:
                continue
            found = worker.outcome(file)
            kinds[found.kind] += 1
            reasons[found.words] += found.kind == "refused"
            if found.kind not in _GOOD:
                print(
                    f"{found.kind}: {file} ({found.seconds:.1f} s)\n    {found.words}", flush=True
                )
        wrong = sum(kinds.values()) - sum(kinds[kind] for kind in _GOOD)
        bad += wrong
        why = ", ".join(f"{code} {count}" for code, count in reasons.most_common() if count)
        table.append(
            f"| {folder.name} | {sum(kinds.values())} | {kinds['built']} | {kinds['refused']} "
            f"| {wrong} | {why} |"
        )
    print("\n".join(table))
    return bad


if __name__ == "__main__":
    sys.exit(bool(main()))
