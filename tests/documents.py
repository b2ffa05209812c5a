"""Reads what was built, each format in its own way, so that tests can compare them."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(docx: Path, name: str) -> Any:
    """A part of a DOCX, parsed."""
    with zipfile.ZipFile(docx) as archive:
        return etree.fromstring(archive.read(name))


def paragraphs(docx: Path) -> list[Any]:
    """The paragraphs of a DOCX's body, those in tables too."""
    return list(part(docx, "word/document.xml").iter(W + "p"))


def style(paragraph: Any) -> str:
    """The style id of a paragraph."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(W + "val")


def text(element: Any) -> str:
    """The text of a piece of a DOCX as a reader sees it: field results, not their codes."""
    return "".join(node.text or "" for node in element.iter(W + "t"))


def bookmarks(element: Any) -> list[str]:
    """The names of the bookmarks that begin in an element."""
    return [node.get(W + "name") for node in element.iter(W + "bookmarkStart")]


def fields(element: Any) -> list[tuple[str, str]]:
    """The fields of a piece of a DOCX: instruction and result."""
    found: list[tuple[str, str]] = []
    instruction, result, state = "", "", ""
    for node in element.iter(W + "fldChar", W + "instrText", W + "t"):
        kind = node.get(W + "fldCharType")
        if kind == "begin":
            instruction, result, state = "", "", "code"
        elif kind == "separate":
            state = "result"
        elif kind == "end":
            found.append((instruction.strip(), result))
            state = ""
        elif node.tag == W + "instrText":
            instruction += node.text or ""
        elif state == "result":
            result += node.text or ""
    return found


def pdf_text(pdf: Path) -> str:
    """The text of a PDF as poppler reads it, page furniture included."""
    return subprocess.run(
        [tool("pdftotext", "poppler-utils"), "-layout", str(pdf), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def page(file: Path) -> Any:
    """An HTML page, parsed."""
    return html.fromstring(file.read_bytes())


def through_libreoffice(docx: Path, form: str, folder: Path) -> Path:
    """A DOCX converted by LibreOffice, in a profile of its own. It falls over now and then, so it
    may try again; a file that it cannot open fails each time."""
    office = tool("soffice", "libreoffice-writer")
    made = folder / f"{docx.stem}.{form.partition(':')[0]}"
    for attempt in range(3):
        profile = f"-env:UserInstallation=file://{folder}/profile-{attempt}"
        command = [office, "--headless", profile, "--convert-to", form, "--outdir", str(folder)]
        done = subprocess.run([*command, str(docx)], capture_output=True, check=False, timeout=180)
        if done.returncode == 0 and made.exists():
            return made
    raise AssertionError(f"LibreOffice could not convert the file: {done.stderr.decode()}")


def tool(name: str, package: str) -> str:
    """The path of a program; the test skips where it is not installed."""
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed (Debian package {package})")
    return found


def words(value: str) -> str:
    """A text with all white space folded and hyphenation at line ends undone, to compare formats."""
    value = value.replace("\u00a0", " ").replace("\u00ad", "")
    return re.sub(r"\s+", " ", value).strip()
