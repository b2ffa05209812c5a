"""Hunts for numbers that differ between the formats.

    python tools/hunt_numbers.py --count 500 [--seed 1] [--keep FOLDER]

Makes random reports of every block in every other, builds them, reads the numbers of paragraphs,
recommendations, notes, tables and references back from every file, and prints what differs. `--keep`
leaves the reports that do in a folder.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from random_report import disagreements  # noqa: E402


def main() -> int:
    """Prints what was found; gives 1 where there is something."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    bad = 0
    for seed in range(options.seed, options.seed + options.count):
        with tempfile.TemporaryDirectory() as folder:
            found = list(disagreements(Path(folder), seed))
            if found and options.keep:
                shutil.copytree(folder, options.keep / str(seed), dirs_exist_ok=True)
        for line in found:
            print(f"{seed}: {line}")
        bad += bool(found)
    print(f"{options.count} reports, {bad} with differences")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
