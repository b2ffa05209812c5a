"""Reads numbers back from finished files: of paragraphs, recommendations, notes, tables, figures, references.

Each format is read in its own way, by what its own readers go by: Word's list definitions and field
codes, the structure of a tagged PDF as poppler prints it, elements of HTML, marks of Markdown. Nothing
here is shared with what wrote the files.
"""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from documents import W, page, tool
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

_CAPTION = re.compile(
    r"\s*(?:(?:Table|Tableau|Cuadro|Таблица)|(Figure|Figura|Рисунок))\s(\d+)\.\s*(.*)", re.DOTALL
)
_SHORT = 16  # letters by which a text is told from others


@dataclass(slots=True)
class Reading:
    """What a file shows: `numbered` paragraphs and recommendations in order (number, first letters of
    the text), `marks` of notes by their number (the letters before the mark), `notes` by their number
    (first letters), numbered `tables` and `figures` (number, caption), and all its text, in letters and digits alone, with a
    note's mark as ^."""

    numbered: list[tuple[str, str]] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    tables: list[tuple[int, str]] = field(default_factory=list)
    figures: list[tuple[int, str]] = field(default_factory=list)
    text: str = ""

    def mark(self, number: int, before: str) -> None:
        """Keeps a note's mark, with the letters of its block before it."""
        self.marks.append((number, letters(before)[-_SHORT:]))

    def caption(self, caption: str) -> list[tuple[int, str]]:
        """Keeps the number of a caption that has one; gives those of its kind so far."""
        match = _CAPTION.match(caption)
        if not match:
            return []
        found = self.figures if match[1] else self.tables
        found.append((int(match[2]), start(match[3])))
        return found


def letters(text: str) -> str:
    """A text without all that formats may show in their own way: spaces, marks, hyphens."""
    return "".join(filter(str.isalnum, text))


def start(text: str) -> str:
    """The first letters of a text."""
    return letters(text)[:_SHORT]


# --- Word ---------------------------------------------------------------------------------------


def read_docx(path: Path) -> Reading:
    """The numbers that Word gives by itself, from the list definitions of the styles."""
    with zipfile.ZipFile(path) as archive:
        parts = {
            name: etree.fromstring(archive.read(f"word/{name}.xml"))
            for name in ("document", "styles", "numbering", "footnotes")
        }
    reading = Reading()
    lists = _Lists(parts["styles"], parts["numbering"])
    starting = next(parts["document"].iter(W + "numStart"), None)
    note = 0 if starting is None else int(starting.get(W + "val")) - 1
    texts = {item.get(W + "id"): item for item in parts["footnotes"] if not item.get(W + "type")}
    counts = {"Table": 0, "Figure": 0}
    for paragraph in parts["document"].iter(W + "p"):
        if any(parent.tag == W + "sdt" for parent in paragraph.iterancestors()):
            continue  # the contents
        shown = ""
        for element in paragraph.iter(W + "t", W + "footnoteReference", W + "instrText"):
            if element.tag == W + "t":
                shown += element.text or ""
            elif element.tag == W + "footnoteReference":
                note += 1
                reading.mark(note, shown)
                told = _text(texts[element.get(W + "id")])
                reading.notes.append((note, start(told)))
                reading.text += letters(told)
            elif sequence := re.search(
                r"SEQ (Table|Figure)\b.*?(?:\\r (\d+)|$)", element.text or ""
            ):
                counted = sequence[1]
                counts[counted] = int(sequence[2] or counts[counted] + 1)
        number = lists.number(paragraph)
        if number:
            reading.numbered.append((number, start(shown)))
        if _style(paragraph) in ("TableCaption", "Caption", "ImageCaption"):
            found = reading.caption(shown)
            count = counts["Figure" if found is reading.figures else "Table"]
            assert not found or found[-1][0] == count, "Word counts another number than it shows"
        reading.text += letters(shown)
    return reading


def _text(element: Any) -> str:
    return "".join(item.text or "" for item in element.iter(W + "t"))


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(W + "val")


class _Lists:
    """Counts the paragraphs whose styles number them."""

    def __init__(self, styles: Any, numbering: Any) -> None:
        self.levels: dict[str, tuple[int, str]] = {}
        definitions = {
            item.get(W + "numId"): item.find(W + "abstractNumId").get(W + "val")
            for item in numbering.iter(W + "num")
        }
        abstract = {
            item.get(W + "abstractNumId"): item for item in numbering.iter(W + "abstractNum")
        }
        for style in styles.iter(W + "style"):
            properties = style.find(f"{W}pPr/{W}numPr")
            if properties is None or properties.find(W + "numId") is None:
                continue
            level = properties.find(W + "ilvl")
            at = 0 if level is None else int(level.get(W + "val"))
            number = definitions.get(properties.find(W + "numId").get(W + "val"))
            self.levels[style.get(W + "styleId")] = at, number or ""
        self.counts: dict[str, list[int]] = {}
        self.starts = {
            name: [_first(level) for level in item.iter(W + "lvl")]
            for name, item in abstract.items()
        }

    def number(self, paragraph: Any) -> str:
        """The number that Word shows before a paragraph; empty where its style gives none."""
        if paragraph.find(f"{W}pPr/{W}numPr") is not None or _style(paragraph) not in self.levels:
            return ""
        level, name = self.levels[_style(paragraph)]
        counts = self.counts.setdefault(name, [first - 1 for first in self.starts[name]])
        counts[level] += 1
        counts[level + 1 :] = [first - 1 for first in self.starts[name][level + 1 :]]
        return str(counts[level])


def _first(level: Any) -> int:
    found = level.find(W + "start")
    return 0 if found is None else int(found.get(W + "val"))


# --- PDF ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Tag:
    """An element of the structure of a PDF: what is in it, texts and elements."""

    name: str
    inner: list[_Tag | str] = field(default_factory=list)

    def text(self) -> str:
        return "".join(item if isinstance(item, str) else item.text() for item in self.inner)

    def tags(self) -> Iterator[_Tag]:
        """Every element in it."""
        for item in self.inner:
            if isinstance(item, _Tag):
                yield item
                yield from item.tags()

    def first(self, name: str) -> _Tag:
        """The first element of a name in it."""
        return next(tag for tag in self.tags() if tag.name == name)


def read_pdf(path: Path) -> Reading:
    """What a program that reads a PDF aloud goes by: its structure."""
    command = [tool("pdfinfo", "poppler-utils"), "-struct-text", str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    reading = Reading()
    for element in structure(done.stdout.decode("utf-8", "replace")).inner:
        if isinstance(element, _Tag) and element.name != "TOC":
            _block(element, reading)
    return reading


def structure(printed: str) -> _Tag:
    """The elements of a PDF, as poppler prints them."""
    root = _Tag("")
    above = [(-1, root)]
    for match in re.finditer(r'^( *)(?:"((?:.|\n)*?)"$|(\w+)\b.*$|/.*$)', printed, re.MULTILINE):
        depth = len(match[1])
        if match[3] == "Object" or (match[2] is None and match[3] is None):
            continue
        while above[-1][0] >= depth:
            above.pop()
        if match[3] is None:
            above[-1][1].inner.append(match[2])
        else:
            above[-1][1].inner.append(tag := _Tag(match[3]))
            above.append((depth, tag))
    return root


_BLOCKS = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "Caption", "LBody", "TH", "TD", "BlockQuote"}


def _block(element: _Tag, reading: Reading, before: str = "") -> str:
    """Reads an element; gives the text of the block in which it stands, up to its end."""
    if element.name in _BLOCKS:
        before = ""
    for index, item in enumerate(element.inner):
        following = element.inner[index + 1] if index + 1 < len(element.inner) else ""
        if isinstance(item, str):
            before += item
        elif item.name == "Note":
            number = item.first("Lbl").text()
            reading.mark(int(number), before)
            reading.notes.append((int(number), start(item.text().removeprefix(number))))
            reading.text += letters(item.text())
        elif item.name == "Lbl" and isinstance(following, _Tag) and following.name == "Note":
            told = following.first("Lbl").text()
            assert item.text() == told, f"the mark {item.text()} behind {before} calls note {told}"
        elif item.name in _BLOCKS or item.name == "Lbl":
            inside = _block(item, reading)
            before = inside if (element.name, item.name) == ("Caption", "P") else before
        else:
            before = _block(item, reading, before)
    if element.name == "P" and element.inner and isinstance(element.inner[0], str):
        number = re.fullmatch(r"(\d+)\.", element.inner[0])
        if number:
            before = before.removeprefix(element.inner[0])
            reading.numbered.append((number[1], start(before)))
    if element.name == "Caption":
        reading.caption(before)
    if element.name in _BLOCKS:
        reading.text += letters(before)
    return before


# --- HTML ---------------------------------------------------------------------------------------


def read_html(path: Path) -> Reading:
    """What a browser shows, without the list of contents."""
    reading = Reading()
    main = page(path).find(".//main")
    for element in [*main.iter("section")]:
        if element.get("id") == "notes":
            (notes,) = element.iterchildren("ol")
            for number, note in enumerate(notes, int(notes.get("start", "1"))):
                assert note.get("id") == f"fn-{number}", (
                    "a note stands in another place than it says"
                )
                reading.notes.append((number, start(_shown(note))))
                reading.text += letters(_shown(note))
            element.getparent().remove(element)
    for block in main.iter(
        "p", "h2", "h3", "h4", "h5", "h6", "th", "td", "li", "figcaption", "caption", "dt", "dd"
    ):
        shown = _html_block(block, reading)
        number = next((item for item in block if item.get("class") == "num"), None)
        if number is not None:
            reading.numbered.append(
                ((number.text or "").rstrip("."), start(shown.removeprefix(number.text or "")))
            )
            shown = shown.removeprefix(number.text or "")
        if block.tag in ("caption", "figcaption"):
            reading.caption(shown)
        reading.text += letters(shown)
    return reading


_INNER = ("p", "ul", "ol", "dl", "div", "blockquote", "table", "figure")


def _shown(element: Any) -> str:
    """The text of an element without links back and what is for ears alone."""
    if element.get("class") in ("back", "unseen"):
        return element.tail or ""
    return (element.text or "") + "".join(map(_shown, element)) + (element.tail or "")


def _html_block(block: Any, reading: Reading) -> str:
    shown = ""

    def walk(element: Any) -> None:
        nonlocal shown
        for item in element:
            if item.get("class") == "fnref":
                number = int(item.text)
                assert item.get("href") == f"#fn-{number}", "a mark leads to another note"
                reading.mark(number, shown)
            elif item.tag not in _INNER and item.get("class") != "unseen":
                shown += item.text or ""
                walk(item)
            shown += item.tail or ""

    shown = block.text or ""
    walk(block)
    return shown


# --- Markdown and JSON --------------------------------------------------------------------------


def read_markdown(path: Path) -> Reading:
    """What stands in the file, by its lines."""
    reading = Reading()
    source = path.read_text("utf-8").replace("\u00a0", " ")
    source = re.sub(r"\]\((?!map\.png)[^()\s]+\)|<(https?:[^>]*)>", r"\1", source)  # addresses
    definition = re.compile(r"^\[\^(\d+)\]: (.*(?:\n(?!\[\^).+)*)", re.MULTILINE)
    reading.notes = [(int(number), start(text)) for number, text in definition.findall(source)]
    body = definition.sub(lambda match: match[2], source)
    for number, text in re.findall(
        r"^[> ]*\*\*(\d+)\.\*\*(.*(?:\n[> ]*[^>\s].*)*)", body, re.MULTILINE
    ):
        reading.numbered.append((number, start(re.sub(r"\[\^\d+\]", "", text))))
    for caption in re.findall(r"^[> ]*: (Table.*(?:\n[> ]*[^>\s].*)*)", body, re.MULTILINE):
        reading.caption(re.sub(r"\[\^\d+\]", "", caption))
    for caption in re.findall(
        r"!\[((?:Figure|Figura|Рисунок)\s\d+\.(?:[^\[\]]|\[[^\[\]]*\])*)\]\(", body
    ):
        reading.caption(re.sub(r"\[\^\d+\]", "", caption))
    shown = ""
    body = re.sub(r"(?<!\S)\d+\.(?=\s)", "", body)  # numbers of lists
    body = re.sub(r"!\[[^\[\]]*\]\([^()\s]+\)(?=\[\^)", "", body)  # pictures within a line
    body = body.replace("](map.png)", "")
    for piece in re.split(r"(\[\^\d+\])", body):
        if piece.startswith("[^"):
            reading.mark(int(piece[2:-1]), shown.rpartition(" ")[2])
        else:
            shown += piece
    reading.text = letters(shown)
    return reading


def read_json(path: Path) -> Reading:
    """What other programs read."""
    data = json.loads(path.read_text("utf-8"))
    reading = Reading(notes=[(note["number"], start(note["text"])) for note in data["footnotes"]])
    reading.text = letters("".join(note["text"] for note in data["footnotes"]))
    items = [item for section in data["sections"] for item in section["items"]]
    for item in items:
        inside = {"box": "recommendations", "summary": "paragraphs"}.get(item["type"])
        for own in item[inside] if inside else [item]:
            reading.text += letters(own["text"])
            if own.get("number"):
                reading.numbered.append((str(own["number"]), start(own["text"])))
            for one in (*own.get("tables", ()), *own.get("figures", ())):
                found = reading.caption(one["caption"])
                assert found[-1][0] == one["number"], f"{one} has another number"
    return reading


READERS = {
    "docx": read_docx,
    "pdf": read_pdf,
    "html": read_html,
    "md": read_markdown,
    "json": read_json,
}


def differences(readings: dict[str, Reading]) -> Iterator[str]:
    """What is not the same in all formats, in words."""
    first, *others = readings
    for other in others:
        for name in ("numbered", "notes", "tables", "figures", "marks"):
            one, two = (
                sorted(getattr(readings[kind], name), key=_order) for kind in (first, other)
            )
            if name == "numbered":
                one, two = readings[first].numbered, readings[other].numbered
            if name == "marks" and other == "json":
                continue
            for a, b in zip_longest(one, two):
                if not _same(a, b):
                    yield f"{name}: {first} has {a}, {other} has {b}"
                    break


def _order(found: tuple[int, str]) -> int:
    return found[0]


def _same(one: tuple[int | str, str] | None, two: tuple[int | str, str] | None) -> bool:
    """Whether two findings are the same; a format may show less of the text beside a number."""
    if one is None or two is None:
        return False
    ends = one[1].endswith(two[1]) or two[1].endswith(one[1])
    starts = one[1].startswith(two[1]) or two[1].startswith(one[1])
    return one[0] == two[0] and (ends or starts)
