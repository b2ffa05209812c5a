"""Builds a report in each look of tests/house_styles.yaml and tells what Word and PDF show otherwise than it asks
for: `python tools/try_styles.py [FOLDER]`. With a folder, pictures of the PDFs' pages are put there."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from conftest import Tiny
from house_styles import FORMATS, asked, build_in, differences, house_styles


def main() -> None:
    """Prints the figures, and each value that differs."""
    pictures = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    styles, wrong = house_styles(), 0
    for nth, style in enumerate(styles, 1):
        with tempfile.TemporaryDirectory() as folder:
            tiny = Tiny(Path(folder))
            told = [*build_in(tiny, style), *differences(tiny, style)]
            wrong += len(told)
            for line in told:
                print(f"style {nth}: {line}")
            if pictures:
                _draw(tiny.project / "build" / "tiny.pdf", pictures / f"{nth:02}")
    values = len(styles) * len(asked({}))
    print(f"{len(styles)} styles in {', '.join(FORMATS)}: {wrong} of {values} values wrong or told")


def _draw(pdf: Path, name: Path) -> None:
    name.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["pdftoppm", "-r", "50", "-png", str(pdf), str(name)], check=True)


if __name__ == "__main__":
    main()
