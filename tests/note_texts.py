"""The whole texts of footnotes as finished files show them, each format read in its own way.

What stands in italics is between ⟨ and ⟩, but in a PDF, whose structure tells the words alone.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from documents import W, page, part, tool
from readings import structure

from shadowreport.core.ast import blocks_of
from shadowreport.machine.programs import pandoc

_INVISIBLE = re.compile("[\u200b\u00ad\u2060\ufeff]")


def spaced(text: str) -> str:
    """A text with one kind of space, and without the places where a line may end."""
    return " ".join(_INVISIBLE.sub("", text).split()).replace("⟩⟨", "").replace("⟩ ⟨", " ")


def without_spaces(text: str) -> str:
    """What a PDF tells of a text: where its lines end it has spaces of its own, and no italics."""
    return re.sub(r"[\s⟨⟩]", "", _INVISIBLE.sub("", text))


def in_docx(file: Path) -> list[str]:
    """The footnotes of a Word file."""
    notes = part(file, "word/footnotes.xml").iter(W + "footnote")
    return [spaced("".join(map(_run, note.iter(W + "r")))) for note in notes if not _rule(note)]


def _rule(note: Any) -> bool:
    return note.get(W + "type") is not None


def _run(run: Any) -> str:
    text = "".join(node.text or " " for node in run.iter(W + "t", W + "tab"))
    return f"⟨{text}⟩" if text.strip() and run.find(f"{W}rPr/{W}i") is not None else text


def in_html(file: Path) -> list[str]:
    """The footnotes of a page."""
    (notes,) = page(file).xpath("//section[@id='notes']/ol")
    return [spaced(_shown(note)) for note in notes]


def _shown(element: Any) -> str:
    if element.get("class") in ("back", "unseen"):
        return element.tail or ""
    inside = (element.text or "") + "".join(map(_shown, element))
    return (f"⟨{inside}⟩" if element.tag == "em" else inside) + (element.tail or "")


def in_markdown(file: Path) -> list[str]:
    """The footnotes of a Markdown file, in the order of their marks."""
    blocks = blocks_of(
        pandoc(["-f", "markdown-citations-yaml_metadata_block", "-t", "json"], file.read_bytes())
    )
    found: list[str] = []
    _collect(blocks, found)
    return found


def _collect(value: Any, found: list[str]) -> None:
    if isinstance(value, dict) and value.get("t") == "Note":
        found.append(spaced(_words(value["c"])))
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            _collect(item, found)


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "".join(map(_words, value))
    if not isinstance(value, dict):
        return ""
    kind, content = value["t"], value.get("c")
    if kind == "Str":
        return content
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind == "Quoted":
        left, right = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
        return left + _words(content[1]) + right
    return f"⟨{_words(content)}⟩" if kind == "Emph" else _words(content)


def in_pdf(file: Path) -> list[str]:
    """The footnotes of a PDF, without spaces, by its structure."""
    command = [tool("pdfinfo", "poppler-utils"), "-struct-text", str(file)]
    printed = subprocess.run(command, capture_output=True, check=True).stdout
    tags = structure(printed.decode("utf-8", "replace")).tags()
    notes = [tag for tag in tags if tag.name == "Note"]
    return [without_spaces(n.text().removeprefix(n.first("Lbl").text())) for n in notes]


READ: dict[str, Callable[[Path], list[str]]] = {
    "docx": in_docx,
    "html": in_html,
    "md": in_markdown,
    "pdf": in_pdf,
}


def differing(folder: Path, name: str, wanted: list[str]) -> list[tuple[str, int, str, str]]:
    """What the notes of a report's files say otherwise than wanted: format, number, read, wanted."""
    found: list[tuple[str, int, str, str]] = []
    for kind, read in READ.items():
        notes = read(folder / f"{name}.{kind}")
        seen = [without_spaces(note) if kind == "pdf" else spaced(note) for note in wanted]
        notes += ["(none)"] * (len(seen) - len(notes))
        seen += ["(none)"] * (len(notes) - len(seen))
        pairs = zip(notes, seen, strict=True)
        found += [(kind, n, one, other) for n, (one, other) in enumerate(pairs, 1) if one != other]
    return found
