"""Each module turns a resolved report into the bytes of one format.

To add an output, write a module with a function `render(resolved, project) -> Output` and put it
into the table below; docs/extending.md walks through it. Nothing is imported here, so that a task
can name the formats before anybody needs them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """What is known of a format: its name for people, what it is for, the module that makes it."""

    name: str
    help: str
    module: str


# by the extension of the file, which is also what people type behind --formats; the slow ones first,
# since they are begun in this order
FORMATS = {
    "docx": Format("DOCX", "Word, to hand in and to work in", "shadowreport.render.docx"),
    "pdf": Format("PDF", "tagged, to hand in and to print", "shadowreport.render.pdf"),
    "html": Format("HTML", "one page that needs nothing else", "shadowreport.render.html"),
    "json": Format("JSON", "the report as data, for other programs", "shadowreport.render.json"),
    "md": Format(
        "Markdown", "all numbers in place, to read and to compare", "shadowreport.render.markdown"
    ),
}
