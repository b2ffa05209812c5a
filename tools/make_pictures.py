"""Takes the pictures of the tour: real pages of the sample report, as a person sees them.

    python tools/make_pictures.py          (CHROMIUM names another browser than chromium)

Builds the report of this repository in a folder of its own, and makes docs/images/tour-*.png.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
NAME = "kazakhstan-cerd-2022"
TASKS = ("build --formats pdf,html,docx", "matrix --formats html", "status --format html")
# picture: the file that is opened, and the window's size
WINDOWS = {
    "tour-page": (f"{NAME}.html", (1200, 800)),
    "tour-phone": (f"{NAME}.html", (500, 800)),
    "tour-matrix": (f"{NAME}-matrix.html", (1200, 800)),
    "tour-status": (f"{NAME}-status.html", (1200, 800)),
}
PDF_PAGE = 6  # of the report: paragraphs, a box, a table of earlier recommendations
WIDE, COLOURS = 800, 48


def main() -> None:
    """Builds, opens, takes."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for name in ("sections", "references"):
            shutil.copytree(ROOT / name, project / name)
        for task in TASKS:
            command = [sys.executable, "-m", "shadowreport.tasks.command", *task.split()]
            subprocess.run(command, cwd=project, check=True)
        build = project / "build"
        for picture, (file, size) in WINDOWS.items():
            save(photograph((build / file).as_uri(), size, project), picture)
        with pypdfium2.PdfDocument(build / f"{NAME}.pdf") as pdf:
            save(pdf[PDF_PAGE - 1].render(scale=2).to_pil(), "tour-pdf")


def photograph(address: str, size: tuple[int, int], folder: Path) -> Image.Image:
    """What a browser shows of a page."""
    taken = folder / "taken.png"
    browser = os.environ.get("CHROMIUM", "chromium")
    window = f"--window-size={size[0]},{size[1]}"
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", window)
    subprocess.run(
        [browser, *options, f"--screenshot={taken}", address], check=True, capture_output=True
    )
    with Image.open(taken) as picture:
        return picture.convert("RGB")


def save(picture: Image.Image, name: str) -> None:
    """A small file: as wide as a page of the site, and of few colours."""
    if picture.width > WIDE:
        picture = picture.resize(
            (WIDE, picture.height * WIDE // picture.width), Image.Resampling.LANCZOS
        )
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
