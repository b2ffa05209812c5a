"""Hunts for merges that lose something in silence: edits a small report's Word file at random.

    python tools/hunt_merges.py --count 200 [--first 1] [--kinds KIND+KIND] [--minutes 60] [--show]
    [--libreoffice]

Each seed makes one to three edits of the file that was sent (tests/monkey.py), merges it, builds
the report and holds the build against the returned file with all changes accepted, as another
reader sees both (tests/accepted.py). What differs must have been reported by merge, `check` must
find nothing new that merge did not report, and citations, references, ties, comments and authors
must be as many as in the returned file. What is otherwise is printed with its seed. `--libreoffice` has
LibreOffice open and save each file before it is merged.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from libreoffice import edit  # noqa: E402
from merge_judge import kinds_of, origin, tried  # noqa: E402

_UNOPENED = "comment_on_footnote"  # LibreOffice 7.4 opens no file with one, whoever made it


def main() -> int:
    """Tries the seeds; how many were faulty."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--kinds", default="", help="these edits instead of the seed's own")
    parser.add_argument("--minutes", type=float, default=60, help="stop after so many")
    parser.add_argument("--show", action="store_true", help="print what changed in the sources")
    parser.add_argument("--libreoffice", action="store_true", help="let it save each file first")
    arguments = parser.parse_args()
    through = _saved if arguments.libreoffice else None
    only = arguments.kinds.split("+") if arguments.kinds else []
    end = time.monotonic() + 60 * arguments.minutes
    edits: Counter[str] = Counter()
    bad = told = runs = 0
    with tempfile.TemporaryDirectory(prefix="hunt-") as folder:
        source = origin(Path(folder) / "origin")
        for seed in range(arguments.first, arguments.first + arguments.count):
            if time.monotonic() > end:
                break
            kinds = [kind for kind in only or kinds_of(seed) if not through or kind != _UNOPENED]
            found = tried(source, seed, kinds, through)
            runs += bool(found.done)
            edits.update(found.done)
            told += bool(found.reports)
            bad += bool(found.faults)
            if found.faults or arguments.show:
                print(
                    f"seed {seed}: {'+'.join(found.done)}", *found.faults, sep="\n    ", flush=True
                )
            if arguments.show:
                print(found.patch)
    kinds = f"{edits.total()} edits of {len(edits)} kinds"
    print(f"{runs} files with {kinds}: {told} with reports, {bad} faulty")
    return bad


def _saved(file: Path) -> Path:
    """A file as LibreOffice saves it."""
    target = file.parent / "saved" / file.name
    with tempfile.TemporaryDirectory(prefix="hunt-") as scratch:
        return edit(file, target, [], Path(scratch))


if __name__ == "__main__":
    sys.exit(bool(main()))
