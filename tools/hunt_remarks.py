"""Hunts for remarks that get lost: readers write on the page of the sample report while it is edited.

    python tools/hunt_remarks.py [--remarks 500] [--edits 100] [--first 1] [--count 1]

Each seed selects words at random in the page of `send --format html`, in Chromium, writes a remark on
each, edits the section files at random (words, ids, places, sections, halves of paragraphs), merges
the saved file and looks in the lines of the files whether each remark stands directly below the
paragraph that it is on (tests/remark_judge.py, which shares no code with merge).
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from remark_judge import Files, misplaced, write_remarks  # noqa: E402

from shadowreport.core.report import Place  # noqa: E402
from shadowreport.roundtrip.merge import merge  # noqa: E402
from shadowreport.roundtrip.send import send  # noqa: E402

_PAYLOADS = ROOT / "tests" / "hostile" / "payloads.txt"
_HOSTILE = [
    *(
        "a --> b",
        "a {>>b<<} c",
        "---",
        "# head",
        "[^x]: note",
        "- item",
        "|a|b|",
    ),
    *("{#id}", "@par-nothing", "[@nobody]", "=", "===", "    code", "1. one", "> quoted", "$x$"),
]


def main() -> int:
    """Tries the seeds; how many were faulty."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--remarks", type=int, default=500)
    parser.add_argument("--edits", type=int, default=100)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--count", type=int, default=1)
    asked = parser.parse_args()
    seeds = range(asked.first, asked.first + asked.count)
    return sum(_tried(seed, asked.remarks, asked.edits) for seed in seeds)


def _line(project: Path, place: Place) -> str:
    return (project / place.file).read_text("utf-8").split("\n")[place.line - 1]


def _tried(seed: int, remarks: int, edits: int) -> bool:
    chance = random.Random(seed)
    payloads = _PAYLOADS.read_text("utf-8").split("\n")
    texts = ["Why?", *_HOSTILE, *(line for line in payloads if line and not line.startswith("# "))]
    with tempfile.TemporaryDirectory(prefix="hunt-") as folder:
        project, saved = Path(folder) / "report", Path(folder) / "saved.json"
        for name in ("sections", "references"):
            shutil.copytree(ROOT / name, project / name)
        sent = send(project, kind="html")
        assert sent.files, sent.diagnostics
        files = Files(project)
        wishes = files.wishes(chance, remarks, texts)
        seen = write_remarks(sent.files[0], wishes, saved)
        done = Counter(files.edit(chance) for _ in range(edits))
        files.write()
        result = merge(project, saved)
        told = "\n".join(map(str, result.diagnostics))
        faults = [f"not selected: {words}" for words in seen["lost"]]
        faults += misplaced(files, wishes, told)
        faults += [
            f"{item}: {_line(project, item.place)}"
            for item in result.diagnostics
            if item.severity == "error"
        ]
    gone = sum(wish.block.gone for wish in wishes)
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(done.items()) if kind)
    print(f"seed {seed}: {len(wishes)} remarks, {gone} on paragraphs that went; edits: {kinds}")
    print(*(f"    {fault}" for fault in faults), f"    {len(faults)} faults", sep="\n", flush=True)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
