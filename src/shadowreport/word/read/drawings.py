"""Reads what is drawn into the text: pictures, text boxes, charts, objects, formulas."""

from __future__ import annotations

from shadowreport.word.content import Embedded, Inline, Picture, TextBox
from shadowreport.word.names import NAMESPACES, Element, name, short
from shadowreport.word.read.story import Around, Story

_MATH = f"{{{NAMESPACES['m']}}}"


def is_readable(choice: Element) -> bool:
    """Whether a way of writing something new holds what we know: text or a picture."""
    return any(short(item) in ("w:txbxContent", "a:blip") for item in choice.iter())


def read_drawing(story: Story, element: Element, around: Around, out: list[Inline]) -> None:
    """A DrawingML drawing or a VML picture: images, text boxes, and whatever else it holds."""
    before = len(out)
    for item in element.iter(name("w:txbxContent")):
        if not _inside_another(item, element):
            _text_box(story, item, out)
    description = _description(element)
    for item in element.iter(name("a:blip"), name("v:imagedata")):
        part = _image_part(story, item)
        out.append(Picture(part, description, around.revision))
        if not part:
            story.note("word-dropped", "a picture that lies outside the file", "insert it and save")
    if len(out) == before:
        _unreadable(story, element, description, out)


def _inside_another(box: Element, top: Element) -> bool:
    above = box.getparent()
    while above is not None and above is not top:
        if short(above) in ("w:txbxContent", "mc:Fallback") and _has_choice(above):
            return True
        above = above.getparent()
    return False


def _has_choice(element: Element) -> bool:
    return short(element) == "w:txbxContent" or any(
        short(item) == "mc:Choice" and is_readable(item) for item in element.getparent()
    )


def _text_box(story: Story, content: Element, out: list[Inline]) -> None:
    fields, story.fields = story.fields, []
    blocks = story.read_blocks(story, content)
    story.fields = fields
    if any(True for _ in blocks):
        out.append(TextBox(tuple(blocks)))


def _description(element: Element) -> str:
    for item in element.iter(name("wp:docPr"), name("pic:cNvPr"), name("v:shape")):
        text = item.get("descr") or item.get("alt") or item.get("title")
        if text:
            return " ".join(text.split())
    return ""


def _image_part(story: Story, element: Element) -> str:
    identifier = element.get(name("r:embed")) or element.get(name("r:id")) or ""
    item = story.package.related(story.part).get(identifier)
    return item.target if item and not item.external and item.target in story.package else ""


def _unreadable(story: Story, element: Element, description: str, out: list[Inline]) -> None:
    kind = next((what for word, what in _KINDS.items() if _holds(element, word)), "a drawing")
    texts = [item.text or "" for item in element.iter(name("a:t"))]
    text = " ".join(" ".join(texts).split())
    if kind == "a drawing" and not text and not description:
        story.note("word-dropped", "a line or shape without text")
        return
    hint = "insert it as a picture, or describe it in a sentence"
    story.note("word-dropped", f"{kind} ({description or text or 'no description'})"[:160], hint)
    out.append(Embedded(kind, text))


def _holds(element: Element, word: str) -> bool:
    return any(word in str(item.tag) for item in element.iter())


_KINDS = {
    "/chart}": "a chart",
    "/diagram}": "a diagram (SmartArt)",
    "OLEObject": "an embedded object",
}


def read_object(story: Story, element: Element, around: Around, out: list[Inline]) -> None:
    """An embedded object; the picture that stands for it is kept."""
    before = len(out)
    read_drawing(story, element, around, out)
    if len(out) > before and isinstance(out[-1], Picture):
        story.note("word-changed", "an embedded object came in as a picture", "check that it shows")


def _linear(element: Element) -> str:
    """A formula on one line: fractions with a stroke, exponents behind ^, roots by their sign."""
    tag = str(element.tag).removeprefix(_MATH)
    if tag == "t":
        return element.text or ""
    said = [(str(item.tag).removeprefix(_MATH), _linear(item)) for item in element]
    parts = dict(said)
    if tag == "f":
        return f"{_grouped(parts.get('num', ''))}/{_grouped(parts.get('den', ''))}"
    if tag in ("sSup", "sSub", "sSubSup"):
        low, high = (_grouped(parts.get(name, "")) for name in ("sub", "sup"))
        return parts.get("e", "") + (f"_{low}" if low else "") + (f"^{high}" if high else "")
    if tag == "rad":
        return f"{parts.get('deg', '')}√{_grouped(parts.get('e', ''))}"
    if tag == "d":
        return f"({', '.join(text for kind, text in said if kind == 'e')})"
    return "".join(text for _, text in said)


def _grouped(text: str) -> str:
    return text if text.isalnum() or not text else f"({text})"


def read_formula(story: Story, element: Element, _around: Around, out: list[Inline]) -> None:
    text = _linear(element)
    hint = "write it as text, or insert it as a picture"
    story.note("word-changed", f"a formula came in as plain text ('{text[:60]}')", hint)
    out.append(Embedded("a formula", text))
