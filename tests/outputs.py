"""What an output may hold, whoever wrote the sections: asked of the finished files."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from documents import W, fields, page, pdf_text
from lxml import etree

from shadowreport.core.ast import blocks_of, walk
from shadowreport.machine.programs import pandoc

SCHEMES = re.compile(r"(https?|mailto):|#")
_ELEMENTS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "script",
        "body",
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "button",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "img",
        "input",
        "label",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "q",
        "s",
        "section",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "svg",
        "path",
        "aside",
        "output",
        "search",
        "form",
    ]
)
_FIELDS = re.compile(r"(REF|SEQ|TOC|PAGE|NUMPAGES|PAGEREF|HYPERLINK|STYLEREF)\b")
_FORGED = (
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "commentReference",
    "altChunk",
    "object",
    "fldSimple",
)


def everything(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every byte of every output as its reader sees it: parts and streams unpacked."""
    for path in sorted(folder.iterdir()):
        if not path.is_file():
            continue
        yield path.name, path.read_bytes()
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield f"{path.name}/{name}", archive.read(name)
        elif path.suffix == ".pdf":
            unpacked = io.BytesIO()
            with pikepdf.open(path) as pdf:
                pdf.save(unpacked, stream_decode_level=pikepdf.StreamDecodeLevel.all)
            yield f"{path.name} unpacked", unpacked.getvalue()
            yield f"{path.name} text", pdf_text(path).encode()


def markup_in_html(path: Path) -> Iterator[str]:
    """What a page holds that no section may bring into it."""
    tree = page(path)
    for element in tree.iter(etree.Element):
        if element.tag not in _ELEMENTS:
            yield f"<{element.tag}>"
        for name, value in element.attrib.items():
            if name.startswith("on") or name in ("style", "srcdoc", "action", "formaction"):
                yield f"{element.tag} {name}={value}"
            if name in ("href", "xlink:href") and not SCHEMES.match(value):
                yield f"href={value}"
            if name == "src" and not re.match(r"data:image/(png|jpeg);base64,", value):
                yield f"src={value}"
    for name, allowed in (("script", 1), ("style", 1), ("iframe", 0)):
        if len(tree.findall(f".//{name}")) > allowed:
            yield f"more than {allowed} <{name}>"
    if tree.xpath("//comment()"):
        yield "a comment"


def markup_in_docx(path: Path) -> Iterator[str]:
    """What a Word file holds that no section may bring into it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in parts:
        if re.search(r"comments|vbaProject|embeddings|customXml|\.bin$", name):
            yield f"part {name}"
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
            yield from (f"{name}: {found}" for found in _in_part(name, root))


def _in_part(name: str, root: Any) -> Iterator[str]:
    if name.endswith(".rels"):
        for item in root:
            if item.get("TargetMode") == "External":
                kind = item.get("Type", "").rpartition("/")[2]
                if kind != "hyperlink" or not SCHEMES.match(item.get("Target", "")):
                    yield f"{kind} to {item.get('Target')}"
        return
    for instruction, _ in fields(root):
        if not _FIELDS.match(instruction):
            yield f"field {instruction}"
    for tag in _FORGED:
        if next(root.iter(W + tag), None) is not None:
            yield f"w:{tag}"


def markup_in_pdf(path: Path) -> Iterator[str]:
    """What a PDF holds that no section may bring into it."""
    with pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            if not isinstance(thing, pikepdf.Dictionary):
                continue
            action = (
                str(thing.get("/S", ""))
                if "/S" in thing and not isinstance(thing["/S"], pikepdf.Dictionary)
                else ""
            )
            if action in (
                "/JavaScript",
                "/Launch",
                "/SubmitForm",
                "/ImportData",
                "/GoToR",
                "/Rendition",
            ):
                yield f"action {action}"
            for key in ("/JS", "/EmbeddedFiles", "/AA"):
                if key in thing:
                    yield key
            uri = thing.get("/URI", None)
            if uri is None and isinstance(thing.get("/A", None), pikepdf.Dictionary):
                uri = thing["/A"].get("/URI", None)
            if uri is not None and not SCHEMES.match(str(uri)):
                yield f"URI {uri}"


def markup_in_markdown(path: Path) -> Iterator[str]:
    """What the Markdown output holds, as pandoc's usual dialect reads it."""
    blocks = blocks_of(
        pandoc(["-f", "markdown-yaml_metadata_block", "-t", "json"], path.read_bytes())
    )
    for element in walk(blocks):
        if element["t"] in ("RawBlock", "RawInline", "Math"):
            yield f"{element['t']} {element['c']}"
        elif element["t"] == "Link" and not SCHEMES.match(element["c"][2][0]):
            yield f"link to {element['c'][2][0]}"


def markup_in_json(path: Path) -> Iterator[str]:
    """JSON holds text alone; it must be whole."""
    json.loads(path.read_bytes())
    yield from ()


MARKUP = {
    "html": markup_in_html,
    "docx": markup_in_docx,
    "pdf": markup_in_pdf,
    "md": markup_in_markdown,
    "json": markup_in_json,
}
