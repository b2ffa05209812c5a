"""Builds a report of tables of every shape and tells which words stand over others or beyond the
margins, in the PDF and, through LibreOffice, in the Word file: `python tools/try_tables.py [60]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from conftest import Tiny
from documents import through_libreoffice
from pages import misplaced, read_pages
from tables import tables


def main() -> None:
    """Prints the figures, and each word in a wrong place."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as folder:
        tiny = Tiny(Path(folder))
        tiny.section("100-part", "\n\n".join(f"Text.\n\n{table}" for table in tables(count)))
        tiny.build("pdf", "docx")
        word = through_libreoffice(tiny.project / "build" / "tiny.docx", "pdf", tiny.project)
        for kind, pdf in (("PDF", tiny.project / "build" / "tiny.pdf"), ("Word", word)):
            pages = read_pages(pdf)
            wrong = misplaced(pages)
            print(f"{kind}: {count} tables, {len(pages)} pages, {len(wrong)} words in wrong places")
            for item, why in wrong:
                print(f"  page {item.page}: {item.text!r} {why}")


if __name__ == "__main__":
    main()
