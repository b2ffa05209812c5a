"""Takes pictures of pages in other languages, for docs/languages.md.

    python tools/make_language_pictures.py [FONTS]          (FONTS: a folder with a Chinese font)

Russian and Kazakh are pages of the sample report of this repository, Arabic and Chinese of the reports that
the tests type. Makes docs/images/language-*.png; Chinese only where a font is named or installed.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from conftest import copy_translated_sample  # noqa: E402
from typed_report import lay  # noqa: E402

from shadowreport.pipeline import build  # noqa: E402

IMAGES = ROOT / "docs" / "images"
SAMPLE = {"ru": 11, "kk": 4}  # pages: a table, numbered paragraphs and footnotes; letters of Kazakh
TYPED = {"ar": 3, "zh": 3}  # a table, a chart, references and footnotes
WIDE, COLOURS = 560, 48


def main(fonts: str = "") -> None:
    """Builds each, and takes its page."""
    with tempfile.TemporaryDirectory() as folder:
        for code, number in (SAMPLE | TYPED).items():
            project = Path(folder) / code
            make(code, project, fonts)
            result = build(project, ("pdf",), language=code if code in SAMPLE else "")
            for problem in result.diagnostics if not result.succeeded else ():
                print(f"{code} is left out: {problem}")
            for file in result.files:
                take(file, number, code)


def make(code: str, project: Path, fonts: str) -> None:
    """The files of a report."""
    if code in SAMPLE:
        copy_translated_sample(project)
        return
    if fonts:
        shutil.copytree(fonts, project / "templates" / "fonts")

    def write(name: str, text: str) -> Any:
        file = project / name
        file.parent.mkdir(parents=True, exist_ok=True)
        return file.write_text(text, encoding="utf-8")

    lay(code, write)


def take(file: Path, number: int, code: str) -> None:
    """A page as a small file: of few colours."""
    with pypdfium2.PdfDocument(file) as pdf:
        page = pdf[number - 1].render(scale=3).to_pil()
    small = page.resize((WIDE, page.height * WIDE // page.width), Image.Resampling.LANCZOS)
    small = small.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(IMAGES / f"language-{code}.png", optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:2])
