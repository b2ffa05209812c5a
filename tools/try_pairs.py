"""Compares Word files that nobody here made, pair by pair: `invoke redline old.docx --new new.docx`.

    python tools/try_pairs.py FOLDER [--only PART] [--show]

A pair is two files of a folder whose names begin alike up to the first number (WC001-A, WC001-B); it
goes both ways. With all changes accepted the redline must say what the new file says, with all
rejected what the old one says, letter by letter, as a reader sees both that shares no code with the
toolkit (tests/settled.py). How many words are marked is held against a plain comparison of words.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import permutations, takewhile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from settled import Way, letters, marked, words  # noqa: E402

from shadowreport.redline.revisions import redline  # noqa: E402

_GROUP = re.compile(r"\D*\d+")
_WAYS: tuple[Way, Way] = ("reject", "accept")
_MANY = 1.5  # times as many words marked as need be


class Tried(NamedTuple):
    """What became of a pair: `refused`, what is wrong, and the words that are marked and must be."""

    faults: list[str]
    refused: str = ""
    marked: int = 0
    needed: int = 0


def pairs(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Two and two of the files whose names begin alike, both ways."""
    groups: dict[str, list[Path]] = {}
    for path in sorted(folder.rglob("*.docx")):
        match = _GROUP.match(path.name)
        groups.setdefault(match[0] if match else path.name, []).append(path)
    for files in groups.values():
        yield from permutations(files, 2)


def tried(old: Path, new: Path) -> Tried:
    """Compares two files and judges the result."""
    with tempfile.TemporaryDirectory(prefix="pairs-") as folder:
        output = Path(folder) / "redline.docx"
        result = redline(Path(folder), str(old), str(new), output)
        if not output.is_file():
            return Tried([], " ".join(sorted({item.code for item in result.diagnostics})))
        both = words(old), words(new)
        faults = [
            _differing(way, letters(output, way), letters(file))
            for way, file in zip(_WAYS, (old, new), strict=True)
        ]
        if not result.lines and letters(old) != letters(new):
            faults.append("said that nothing differs")
        return Tried([item for item in faults if item], "", marked(output), _needed(*both))


def _needed(old: list[str], new: list[str]) -> int:
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return sum(b - a + d - c for tag, a, b, c, d in codes if tag != "equal")


def _differing(way: str, found: str, wanted: str) -> str:
    if found == wanted:
        return ""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(found, wanted, strict=False))
    at = sum(1 for _ in same)
    start = max(0, at - 15)
    return f"{way}: …{found[start : at + 25]}… instead of …{wanted[start : at + 25]}…"


def main() -> int:
    """Tries all pairs; how many were wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="files with this in their names")
    parser.add_argument("--show", action="store_true", help="print the words marked of each pair")
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    for old, new in pairs(arguments.folder):
        if arguments.only not in old.name or arguments.only not in new.name:
            continue
        found = tried(old, new)
        many = found.marked > _MANY * max(found.needed, 1)
        counts["pairs"] += 1
        counts["refused"] += bool(found.refused)
        counts["wrong"] += bool(found.faults)
        counts["large"] += many
        if found.faults or found.refused or many or arguments.show:
            said = f"{found.marked} words marked for {found.needed}"
            told = [said, found.refused, *found.faults]
            print(f"{old.name} → {new.name}", *filter(None, told), sep="\n    ", flush=True)
    print(", ".join(f"{count} {name}" for name, count in counts.items()))
    return counts["wrong"]


if __name__ == "__main__":
    sys.exit(bool(main()))
