"""A Word file as pandoc reads it without losing or adding a word, for a comparison.

pandoc's reader takes a title, an author, a date at the beginning for data about the file, leaves out
the numbers of captions, the results of small fields and text above other text, moves captions, and
makes one of what describes a table. Here they become ordinary words, or go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shadowreport.word.names import Element, child, etree, name, short, value
from shadowreport.word.read.package import Package
from shadowreport.word.read.settle import settle
from shadowreport.word.read.styles import styles_of_contents
from shadowreport.word.read.symbols import drawn, font_of, readable
from shadowreport.word.write.even_rows import even_rows
from shadowreport.word.write.unboxed import without_boxes
from shadowreport.word.write.zip import Parts

_CAPTIONS = ("caption", "table caption", "image caption")
_KEPT = "Kept "  # before the name of a caption's style while pandoc reads it
_NOT_READ = ("w:tblCaption", "w:tblDescription")
_LINK = "HYPERLINK"
FIRST = "¶"  # the text of a first paragraph, behind which a title is one of many


def prepared(package: Package) -> tuple[bytes, int]:
    """The file with its tracked changes accepted and a paragraph `FIRST` before all others, and how
    many text boxes became paragraphs. `as_named` undoes what became of the names of styles."""
    styles = package.relative("styles")
    tree = package.tree(styles) if styles else None
    contents = styles_of_contents(tree) if tree is not None else set[str | None]()
    boxes = 0
    for part in (package.main, *map(package.relative, ("footnotes", "endnotes"))):
        if part:
            root = package.tree(part)
            settle(root, "accept")
            boxes += without_boxes(root)
            _drop(_of_contents(root, contents))
            _drop(root.iter(*map(name, _NOT_READ)))
            _without_codes(root)
            _plain_signs(root)
            even_rows(root)
    for title in tree.iter(name("w:name")) if tree is not None else ():
        if (value(title) or "").lower() in _CAPTIONS:
            title.set(name("w:val"), _KEPT + (value(title) or ""))
    body = child(package.tree(package.main), "w:body")
    if body is not None:
        body.insert(0, _paragraph(FIRST))
    return _packed(package), boxes


def as_named(style: str) -> str:
    """The name that a style has in the file."""
    return style.removeprefix(_KEPT)


def _packed(package: Package) -> bytes:
    parts = Parts()
    for part in package.names():
        parts[part] = package.data(part)
    for part in filter(
        None, (package.main, *map(package.relative, ("footnotes", "endnotes", "styles")))
    ):
        parts.put_tree(part, package.tree(part))
    return parts.packed()


def _drop(elements: Iterable[Element]) -> None:
    for element in list(elements):
        element.getparent().remove(element)


def _of_contents(root: Element, styles: set[str | None]) -> Iterator[Element]:
    for style in root.iter(name("w:pStyle")):
        if value(style) in styles:
            yield style.getparent().getparent()


def _without_codes(root: Element) -> None:
    """Fields become their results, except links."""
    for field in list(root.iter(name("w:fldSimple"))):
        if not (value(field, "w:instr") or "").strip().startswith(_LINK):
            _replace(field, list(field))
    for field in _fields(root):
        instruction = "".join(item.text or "" for item in field if short(item) == "w:instrText")
        if not instruction.strip().startswith(_LINK):
            _drop(field)


def _fields(root: Element) -> Iterator[list[Element]]:
    """The marks and instructions of each field, inner fields before outer ones."""
    open_fields: list[list[Element]] = []
    for item in list(root.iter(name("w:fldChar"), name("w:instrText"))):
        kind = value(item, "w:fldCharType")
        if kind == "begin":
            open_fields.append([])
        if open_fields:
            open_fields[-1].append(item)
        if kind == "end" and open_fields:
            yield open_fields.pop()


def _plain_signs(root: Element) -> None:
    for sign in list(root.iter(name("w:sym"))):
        text, _ = drawn(value(sign, "w:char") or "", value(sign, "w:font") or "")
        _replace(sign, [_text(text)])
    for text in root.iter(name("w:t")):
        text.text = readable(text.text or "", font_of(text))
    for ruby in list(root.iter(name("w:ruby"))):
        base, above = child(ruby, "w:rubyBase"), child(ruby, "w:rt")
        words = [*(base if base is not None else ()), *_bracketed(above)]
        run = ruby.getparent()
        for item in reversed(words):
            run.addnext(item)
        run.remove(ruby)


def _bracketed(above: Element | None) -> Iterator[Element]:
    if above is not None:
        yield _run("(")
        yield from above
        yield _run(")")


def _replace(element: Element, others: list[Element]) -> None:
    parent = element.getparent()
    at = parent.index(element)
    parent[at : at + 1] = others


def _text(text: str) -> Element:
    element = etree.Element(name("w:t"))
    element.text = text
    return element


def _run(text: str) -> Element:
    element = etree.Element(name("w:r"))
    element.append(_text(text))
    return element


def _paragraph(text: str) -> Element:
    element = etree.Element(name("w:p"))
    element.append(_run(text))
    return element
